"""`csdn2md verify`: check an archive that is already converted against its sources."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from converter.cli.errors import FAILED_EXIT, print_error
from converter.cli.parameters import AGAINST, JOBS, RENDERER, require_renderer
from converter.options.flavors import FLAVORS

if TYPE_CHECKING:
    from converter.batch.pairs import Checked
    from converter.options import Options


@click.command()
@click.argument("out", type=click.Path(exists=True, path_type=Path))
@AGAINST
@RENDERER
@click.option("--flavor", type=click.Choice(tuple(FLAVORS)), default="gfm", help="The flavor given to convert.")
@click.option("--toc", type=click.Choice(("drop", "keep")), default="drop", help="The --toc given to convert.")
@click.option("--code-language", default="", metavar="NAME", help="The --code-language given to convert.")
@JOBS
@click.option("-q", "--quiet", is_flag=True, help="Print differences only, no summary.")
@click.pass_context
def verify(
    context: click.Context, /, out: Path, against: Path, renderer: str, flavor: str, toc: str, code_language: str,
    jobs: int | None, quiet: bool,
) -> None:  # fmt: skip
    """Check that the rendered Markdown in OUT matches its sources; exit 1 if it differs."""
    from converter.batch.engines.local import cores
    from converter.model import OptionError
    from converter.options import Options

    require_renderer(renderer)
    try:
        options = Options(flavor=flavor, toc="keep" if toc == "keep" else "drop", code_language=code_language)
    except OptionError as error:
        raise click.UsageError(str(error)) from None
    context.exit(_verify(out, against, options=options, renderer=renderer, jobs=jobs or cores(), quiet=quiet))


def _verify(out: Path, against: Path, *, options: Options, renderer: str, jobs: int, quiet: bool) -> int:
    """Check every pair, print the differences, and return the exit code: 0 where every pair matches, else 1."""
    from converter.batch import pairs

    total = differing = failed = 0
    for checked in pairs.check_all(pairs.find(against, out), options=options, renderer=renderer, jobs=jobs):
        total += 1
        failed += bool(checked.error)
        differing += bool(checked.differences)
        if checked.error:
            print_error(checked.error)
        for line in difference_lines(checked):
            click.echo(line)
    if not quiet:
        perfect = total - differing - failed
        click.echo(f"{total:,} documents: {perfect:,} perfect, {differing:,} differ, {failed:,} could not be compared")
    return FAILED_EXIT if differing or failed or not total else 0


def difference_lines(checked: Checked) -> Iterator[str]:
    """Yield a line `FILE:LINE: what differs` for each difference of a pair."""
    for difference in checked.differences:
        location = f"{checked.markdown}:{difference.line}" if difference.line else checked.markdown
        yield f"{location}: {difference}"
