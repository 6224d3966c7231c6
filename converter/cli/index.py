"""`csdn2md index`: write a catalogue of the converted posts."""

from __future__ import annotations

from pathlib import Path

import click

from converter.cli.errors import FAILED_EXIT, Failure, os_error_message, print_error
from converter.source.suffixes import MARKDOWN_SUFFIXES
from converter.translation import _


@click.command()
@click.argument("folder", metavar="OUT", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("-o", "--out", "outs", multiple=True, type=click.Path(path_type=Path), metavar="FILE",
              help="File to write: .md (a page), .jsonl, .csv, .sqlite (with full-text search)  [default: INDEX.md "
              "and index.jsonl in OUT]")  # fmt: skip
def index(folder: Path, outs: tuple[Path, ...]) -> None:
    """Write a catalogue of the posts in OUT: titles, dates, tags, number of words and images, addresses.

    A file that is empty or no text is named and left out; the exit code is then 1.
    """
    from converter.model import Csdn2mdError, OptionError
    from converter.standalone import catalogue_files
    from converter.standalone.catalogue import INDEX, entries

    left_out = 0

    def report(path: str, why: str) -> None:
        nonlocal left_out
        left_out += 1
        print_error(f"{folder / path}: {why}")

    paths = outs or (folder / INDEX, folder / "index.jsonl")
    try:
        for path in paths:
            catalogue_files.writer_of(path)
        catalogue = catalogue_files.create_database("", entries(folder, report))
        for path in paths:
            catalogue_files.write(catalogue, path, folder)
            click.echo(_("wrote {path}").format(path=path))
        if not catalogue.execute("SELECT count(*) FROM posts").fetchone()[0]:
            line = _("no posts in {where} (looked for {suffixes})")
            click.echo(line.format(where=folder, suffixes=", ".join(MARKDOWN_SUFFIXES)))
        catalogue.close()
        if left_out:
            click.get_current_context().exit(FAILED_EXIT)
    except OptionError as error:
        raise click.UsageError(str(error)) from None
    except Csdn2mdError as error:
        raise Failure(str(error)) from error
    except OSError as error:
        raise Failure(os_error_message(error)) from error
