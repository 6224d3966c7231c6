"""`csdn2md index`: write a catalogue of the converted posts."""

from __future__ import annotations

from pathlib import Path

import click

from converter.cli.errors import Failure, os_error_message


@click.command()
@click.argument("folder", metavar="OUT", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("-o", "--out", "outs", multiple=True, type=click.Path(path_type=Path), metavar="FILE",
              help="File to write: .md (a page), .jsonl, .csv, .sqlite (with full-text search)  [default: INDEX.md "
              "and index.jsonl in OUT]")  # fmt: skip
def index(folder: Path, outs: tuple[Path, ...]) -> None:
    """Write a catalogue of the posts in OUT: titles, dates, tags, number of words and images, addresses."""
    from converter.model import Csdn2mdError, OptionError
    from converter.standalone import catalogue_files
    from converter.standalone.catalogue import INDEX, entries

    paths = outs or (folder / INDEX, folder / "index.jsonl")
    try:
        for path in paths:
            catalogue_files.writer_of(path)
        catalogue = catalogue_files.create_database("", entries(folder))
        for path in paths:
            catalogue_files.write(catalogue, path, folder)
            click.echo(f"wrote {path}")
        catalogue.close()
    except OptionError as error:
        raise click.UsageError(str(error)) from None
    except Csdn2mdError as error:
        raise Failure(str(error)) from error
    except OSError as error:
        raise Failure(os_error_message(error)) from error
