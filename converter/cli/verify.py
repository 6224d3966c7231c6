"""`csdn2md verify`: check an archive that is already converted against its sources."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from converter.cli.errors import FAILED_EXIT, USAGE_EXIT, Failure, print_error
from converter.cli.parameters import (
    AGAINST,
    JOBS,
    RENDERER,
    Settings,
    conversion_options,
    options_in_force,
    require_renderer,
)
from converter.translation import _, translated

if TYPE_CHECKING:
    from converter.batch.pairs import Checked, Pairs


@click.command()
@click.argument("out", type=click.Path(exists=True, path_type=Path))
@AGAINST
@RENDERER
@conversion_options
@JOBS
@click.option("-q", "--quiet", is_flag=True, help="Print differences only, no summary.")
@click.pass_context
def verify(
    context: click.Context, /, out: Path, against: Path | None, renderer: str, jobs: int | None, quiet: bool,
    settings: Settings,
) -> None:  # fmt: skip
    """Check that the rendered Markdown in OUT matches its sources; exit 1 if it differs.

    Sources and options are those that OUT was converted with; with --against, those that are named here.
    """
    from converter.batch.engines.local import cores

    require_renderer(renderer)
    pairs = pairs_of(out, against, settings)
    context.exit(_verify(pairs, renderer=renderer, jobs=jobs or cores(), quiet=quiet))


def pairs_of(out: Path, against: Path | None, settings: Settings) -> Pairs:
    """Return the documents to compare: of the manifest, or of the sources and options that the command line names."""
    from converter.batch import pairs
    from converter.batch.values import BatchError

    if against is not None:
        return pairs.named(against, out, options_in_force(settings, (str(against),), str(out)))
    if settings:
        raise click.UsageError(_("conversion options go with --against: without it the manifest says what they were"))
    try:
        return pairs.remembered(out)
    except BatchError as error:
        raise (click.UsageError if error.exit_code == USAGE_EXIT else Failure)(str(error)) from None


def _verify(found: Pairs, *, renderer: str, jobs: int, quiet: bool) -> int:
    """Check every pair, print the differences, and return the exit code: 0 where every pair matches, else 1."""
    from converter.batch import pairs

    total = differing = failed = 0
    for checked in pairs.check_all(found, renderer=renderer, jobs=jobs):
        total += 1
        failed += bool(checked.error)
        differing += bool(checked.differences)
        if checked.error:
            print_error(checked.error)
        for line in difference_lines(checked):
            click.echo(line)
    if not quiet:
        perfect = total - differing - failed
        line = _("{total:,} documents: {perfect:,} perfect, {differing:,} differ, {failed:,} could not be compared")
        click.echo(line.format(total=total, perfect=perfect, differing=differing, failed=failed))
    return FAILED_EXIT if differing or failed or not total else 0


def difference_lines(checked: Checked) -> Iterator[str]:
    """Yield a line `FILE:LINE: what differs` for each difference of a pair."""
    from converter.verify.verdict import at_line

    for difference in checked.differences:
        yield at_line(difference.line, translated(str(difference)), str(checked.markdown))
