"""``csdn2md verify``: prove an archive that was converted already."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from converter.cli.shared import AGAINST, JOBS, RENDERER
from converter.options.flavors import FLAVORS

if TYPE_CHECKING:
    from converter.batch.pairs import Checked
    from converter.options import Options


@click.command("verify")
@click.argument("out", type=click.Path(exists=True, path_type=Path))
@AGAINST
@RENDERER
@click.option("--flavor", type=click.Choice(tuple(FLAVORS)), default="gfm", help="As it was converted with.")
@click.option("--toc", type=click.Choice(("drop", "keep")), default="drop", help="As it was converted with.")
@click.option("--code-language", default="", metavar="NAME", help="As it was converted with.")
@JOBS
@click.option("-q", "--quiet", is_flag=True, help="Print differences only, no summary.")
@click.pass_context
def command(
    context: click.Context, /, out: Path, against: Path, renderer: str, flavor: str, toc: str, code_language: str,
    jobs: int | None, quiet: bool,
) -> None:  # fmt: skip
    """Hold the Markdown in OUT against its sources; exit 1 if it does not say what they say."""
    from converter.batch.engines.local import cores
    from converter.options import Options

    need_renderer(renderer)
    options = Options(flavor=flavor, toc="keep" if toc == "keep" else "drop", code_language=code_language)
    context.exit(run_verify(out, against, options=options, renderer=renderer, jobs=jobs or cores(), quiet=quiet))


def need_renderer(name: str) -> None:
    """Usage error where a renderer is not installed."""
    from converter.verify import RendererError
    from converter.verify.renderers import render

    try:
        render("", name)
    except RendererError as error:
        raise click.UsageError(str(error)) from None


def run_verify(
    out: Path, against: Path, *, options: Options, renderer: str, jobs: int, quiet: bool = False,
    echo: Callable[[str], None] = click.echo,
) -> int:  # fmt: skip
    """Check every pair and print what differs; the exit code: 0 where all is well, else 1."""
    from converter.batch import pairs

    total = differing = failed = 0
    for checked in pairs.check_all(pairs.find(against, out), options=options, renderer=renderer, jobs=jobs):
        total += 1
        failed += bool(checked.error)
        differing += bool(checked.differences)
        for line in lines(checked):
            echo(line)
    if not quiet:
        perfect = total - differing - failed
        echo(f"{total:,} documents: {perfect:,} perfect, {differing:,} differ, {failed:,} not to compare")
    return 1 if differing or failed or not total else 0


def lines(checked: Checked) -> Iterator[str]:
    """A line for each difference, as a person would say it."""
    if checked.error:
        yield f"error: {checked.error}"
    for difference in checked.differences:
        place = f"{checked.markdown}:{difference.line}" if difference.line else checked.markdown
        yield f"{place}: {difference}"
