"""`csdn2md review`: show posts and their Markdown side by side."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from converter.cli.errors import Failure, os_error_message
from converter.cli.parameters import (
    AGAINST,
    JOBS,
    RENDERER,
    Settings,
    WholeNumber,
    conversion_options,
    require_renderer,
)
from converter.cli.verify import pairs_of
from converter.translation import _, translated

if TYPE_CHECKING:
    from converter.review.index import Archive


@click.command()
@click.argument("out", type=click.Path(exists=True, path_type=Path))
@AGAINST
@click.option(
    "--export",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Write the page as static files instead of serving it.",
)
@click.option("--port", type=WholeNumber(0, 65535), default=8437, show_default=True,
              help="Port of the local server (0: any free port).")  # fmt: skip
@click.option(
    "--browser/--no-browser", default=True, help="Open the page in the browser, if this is a terminal of a screen."
)
@RENDERER
@JOBS
@conversion_options
def review(
    out: Path, against: Path | None, folder: Path | None, port: int, browser: bool, renderer: str, jobs: int | None,
    settings: Settings,
) -> None:  # fmt: skip
    """Show posts and their Markdown side by side in a browser on this machine, the worst first.

    Sources and options are those that OUT was converted with; with --against, those that are named here.
    """
    from converter.batch.engines.local import cores
    from converter.review.index import Archive

    require_renderer(renderer)
    pairs = pairs_of(out, against, settings)
    archive = Archive(out=out, pairs=pairs, renderer=renderer, jobs=jobs or cores())
    if folder:
        _export(archive, folder)
    else:
        _serve(archive, port, browser=browser)


def _serve(archive: Archive, port: int, *, browser: bool) -> None:
    """Serve the page until Ctrl-C; Failure where the port cannot be used."""
    from converter.review.index import Index
    from converter.review.server import Server

    index = Index(archive)
    try:
        server = Server(index, port)
    except OSError as error:
        raise Failure(
            _("port {port}: {why} (--port 0 uses any free port)").format(
                port=port, why=translated(error.strerror or "")
            )
        ) from None
    with server:
        try:
            index.start()
            click.echo(_("{address}  (Ctrl-C ends)").format(address=server.address))
            if browser and has_browser():
                import webbrowser

                webbrowser.open(server.address)
            server.serve_forever()
        except KeyboardInterrupt:
            click.echo()


def has_browser() -> bool:
    """Return whether a page can be opened: from a terminal, on a machine with a screen."""
    screen = sys.platform in ("win32", "darwin") or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))
    return screen and sys.stdout.isatty()


def _export(archive: Archive, folder: Path) -> None:
    """Write the page as static files; Failure where that cannot be done."""
    from converter.review.export import export
    from converter.review.index import Index

    index = Index(archive)
    index.fill()
    if index.problem:
        raise Failure(index.problem)
    try:
        count = export(index, folder)
    except OSError as error:
        raise Failure(os_error_message(error)) from None
    click.echo(_("{count:,} posts: open {page}").format(count=count, page=folder / "index.html"))
