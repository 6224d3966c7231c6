"""`csdn2md search`: find words in converted posts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from converter.cli.errors import Failure, os_error_message, print_error
from converter.cli.parameters import WholeNumber
from converter.translation import _

if TYPE_CHECKING:
    from converter.standalone.search_index import Hit


@click.command()
@click.argument("out", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("words", nargs=-1, required=True)
@click.option("-n", "--limit", type=WholeNumber(1), default=20, show_default=True, metavar="N",
              help="How many posts are shown.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print JSON, one list of all posts found.")
def search(out: Path, words: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Find the posts in OUT that hold all WORDS, the best first, with the line.

    Words of Chinese have any length; code is found as it is written (a+b, C++, std::vector); "two words" in double
    quotes stand beside each other. Upper and lower case are the same. The index is kept in OUT, in a hidden file, and
    brought up to date by each search.
    """
    import sqlite3

    from converter.model import Csdn2mdError
    from converter.standalone import search_index

    try:
        index = search_index.opened(out)
        search_index.update(index, out, lambda path, why: print_error(f"{out / path}: {why}"))
        hits = search_index.search(index, out, " ".join(words), limit)
        index.close()
    except Csdn2mdError as error:
        raise Failure(str(error)) from error
    except sqlite3.Error as error:
        raise Failure(f"{out / search_index.NAME}: {error}") from error
    except OSError as error:
        raise Failure(os_error_message(error)) from error
    if as_json:
        click.echo(json.dumps([hit._asdict() for hit in hits], ensure_ascii=False, indent=1))
    else:
        _print(out, hits)


def _print(out: Path, hits: list[Hit]) -> None:
    for hit in hits:
        place = f"{out / hit.path}:{hit.line}" if hit.line else str(out / hit.path)
        click.echo(f"{click.style(place, fg='blue')}  {click.style(hit.title, bold=True)}")
        if hit.snippet:
            click.echo(f"    {hit.snippet}")
    if not hits:
        click.echo(_("no post holds all of these words"), err=True)
