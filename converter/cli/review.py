"""``csdn2md review``: look at originals and their Markdown side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from converter.cli.shared import AGAINST, JOBS, RENDERER
from converter.cli.verify import need_renderer

if TYPE_CHECKING:
    from converter.review.index import Archive


@click.command("review")
@click.argument("out", type=click.Path(exists=True, path_type=Path))
@AGAINST
@click.option(
    "--export",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Write the page as static files instead of serving it.",
)
@click.option("--port", type=click.IntRange(0, 65535), default=8437, show_default=True, help="Where to serve (0: any).")
@RENDERER
@JOBS
@click.pass_context
def command(
    context: click.Context, /, out: Path, against: Path, folder: Path | None, port: int, renderer: str, jobs: int | None
) -> None:  # fmt: skip
    """Show posts and their Markdown side by side, worst first, in a browser on this machine."""
    from converter.batch.engines.local import cores
    from converter.options import Options
    from converter.review.index import Archive

    need_renderer(renderer)
    archive = Archive(out=out, source=against, options=Options(), renderer=renderer, jobs=jobs or cores())
    context.exit(run_export(archive, folder) if folder else run_review(archive, port))


def run_review(archive: Archive, port: int) -> int:
    """Serve the page until interrupted; the exit code."""
    from converter.review.index import Index
    from converter.review.server import Server

    index = Index(archive)
    try:
        server = Server(index, port)
    except OSError as error:
        click.echo(f"error: port {port}: {error.strerror} (--port 0 takes any)", err=True)
        return 1
    index.start()
    click.echo(f"{server.address}  (Ctrl-C ends)")
    with server:
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            click.echo()
    return 0


def run_export(archive: Archive, folder: Path) -> int:
    """Write the page as static files; the exit code."""
    from converter.review.export import export
    from converter.review.index import Index

    index = Index(archive)
    index.fill()
    if index.problem:
        click.echo(f"error: {index.problem}", err=True)
        return 1
    try:
        count = export(index, folder)
    except OSError as error:
        click.echo(f"error: {error.filename}: {error.strerror}", err=True)
        return 1
    click.echo(f"{count:,} posts: open {folder / 'index.html'}")
    return 0
