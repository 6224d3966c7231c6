"""`csdn2md convert`: convert posts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from converter.cli.arguments import ConvertArguments, job_of
from converter.cli.convert_help import EXAMPLES, GROUPS, ConvertCommand
from converter.cli.errors import FAILED_EXIT, SIGNAL_EXIT, USAGE_EXIT, print_error
from converter.cli.one_document import convert_to_stdout, goes_to_stdout
from converter.cli.parameters import JOBS, RENDERER, Seconds, Settings, Size, conversion_options, require_renderer
from converter.cli.standalone import PREVIEW, StandaloneArguments, kept_settings_of, run_standalone, standalone_options
from converter.translation import _

if TYPE_CHECKING:
    from converter.batch import Job, Result
    from converter.batch.interrupts import Interrupts
    from converter.batch.listener import Listener
    from converter.cli.dry_run import DryRun


@click.command(cls=ConvertCommand, groups=GROUPS, examples=EXAMPLES)
@click.argument("sources", nargs=-1, metavar="SOURCE...", type=click.Path())
@click.option(
    "-o", "--out", "target", default="", metavar="OUT", type=click.Path(),
    help="Output folder; for one source also a file, or - for stdout; a name that ends in .jsonl, .jsonl.gz or "
    ".parquet gets all documents as the rows of one table  [default for one file: stdout]",
)  # fmt: skip
@click.option("--in-place", is_flag=True, help="Rewrite posts in their own folder; an .html becomes .md beside it.")
@click.option("--delete-source", is_flag=True, help="With --in-place: remove an .html after its .md is written.")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if a document would change.")
@click.option("--diff", is_flag=True, help="Write nothing; print what would change.")
@click.option("--dry-run", is_flag=True, help="Write nothing; print what would happen to which files, and exit 0.")
@click.option(
    "--files-from", multiple=True, metavar="LIST", type=click.Path(),
    help="Read sources from a file, one a line (-: stdin).",
)  # fmt: skip
@click.option(
    "--base", type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
    help="With --files-from: folder whose structure OUT mirrors  "
    "[default: the current folder, or the nearest that holds all]",
)  # fmt: skip
@click.option("-0", "--null", "null_separated", is_flag=True, help="With --files-from: names end with NUL.")
@click.option(
    "--path-field",
    default="path",
    show_default=True,
    metavar="NAME",
    help="Field of JSON Lines, CSV and Parquet sources that holds the path of a document.",
)
@click.option(
    "--content-field",
    default="content",
    show_default=True,
    metavar="NAME",
    help="Field of JSON Lines, CSV and Parquet sources that holds the content of a document.",
)
@conversion_options
@JOBS
@click.option("--verify", is_flag=True, help="Check that the rendered Markdown matches its source.")
@click.option("--strict", is_flag=True, help="With --verify: do not write a document that differs.")
@RENDERER
@click.option(
    "--fail-on",
    type=click.Choice(("incomplete",)),
    help="Exit 1 if a document holds no whole article: locked, cut, empty, a list of articles, an error page.",
)
@click.option("--force", is_flag=True, help="Convert everything again; overwrite files that csdn2md did not write.")
@click.option("--prune", is_flag=True, help="Remove outputs whose source no longer exists.")
@click.option(
    "--on-collision",
    type=click.Choice(("rename", "skip", "error")),
    default="rename",
    show_default=True,
    help="What to do with documents whose outputs would have the name of another: write them under a name of their "
    "own, leave them out, or write nothing.",
)
@click.option(
    "--timeout",
    type=Seconds(min=0),
    default=60.0,
    show_default=True,
    metavar="SECONDS",
    help="Longest time for one document (0: no limit).",
)
@click.option(
    "--max-size", type=Size(), default="64MB", show_default=True, metavar="SIZE", help="Largest size of one document."
)
@click.option(
    "--report",
    "reports",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the outcome of each document to a .jsonl or .html file.",
)
@click.option(
    "--engine",
    type=click.Choice(("local", "dask")),
    default="local",
    show_default=True,
    help="Where the work is done: on this machine, or by the workers of a Dask cluster.",
)
@click.option(
    "--scheduler",
    default="",
    metavar="ADDRESS",
    help="With --engine dask: address of the scheduler  [default: start a cluster of --jobs processes]",
)
@click.option(
    "--manifest",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="File that records what was converted  [default: in the output folder]",
)
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
@click.option("-v", "--verbose", is_flag=True, help="Print a line for each document.")
@standalone_options
@click.pass_context
def convert(
    context: click.Context, /, *, settings: Settings, standalone: StandaloneArguments, **given: Any
) -> None:  # fmt: skip
    """Convert posts: files, folders, patterns, archives (.zip .tar .jsonl .csv .parquet), or - for stdin to stdout."""
    if given["dry_run"] and standalone.assets in ("download", "check"):
        standalone = replace(standalone, assets=PREVIEW)
    arguments = ConvertArguments(settings=settings, standalone=standalone, **given)
    if arguments.verify:
        require_renderer(arguments.renderer)
    if goes_to_stdout(arguments):
        context.exit(convert_to_stdout(arguments))
    context.exit(_run(job_of(arguments), arguments))


def _run(job: Job, arguments: ConvertArguments) -> int:
    """Run a job, print its progress and summary, and return the exit code."""
    from converter.batch.interrupts import Interrupts
    from converter.batch.report import Reports
    from converter.batch.values import BatchError
    from converter.cli.console import Console
    from converter.cli.summary import left_out, notes, summary_line
    from converter.model import Csdn2mdError

    standalone = _standalone_or_kept(job, arguments)
    console = Console(job, quiet=arguments.quiet, verbose=arguments.verbose, lists_changes=arguments.check)
    plan = _plan_of(job) if arguments.dry_run else None
    interrupts = Interrupts()
    try:
        with interrupts.catching(), console, Reports(arguments.reports) as reports:
            listeners: tuple[Listener, ...] = (console, *reports.listeners, *((plan,) if plan else ()))
            result, lines = _run_engine(job, arguments, listeners, interrupts, standalone=standalone)
            reports.finish(result)
    except Csdn2mdError as error:
        print_error(str(error))
        return error.exit_code if isinstance(error, BatchError) else USAGE_EXIT
    finally:
        interrupts.close()
    told = plan.lines(result) if plan else (*filter(None, (summary_line(result, job),)), *left_out(result))
    console.summary(result, (*told, *notes(result), *lines))
    return _exit_code(result, arguments)


def _plan_of(job: Job) -> DryRun:
    from converter.cli.dry_run import DryRun

    return DryRun(job)


def _standalone_or_kept(job: Job, arguments: ConvertArguments) -> bool:
    """Return whether images, links or redirects are handled; say so where an earlier run is the reason."""
    from converter.batch.names import shown

    if arguments.standalone.requested:
        return True
    kept = kept_settings_of(job)
    if kept.changes_posts and not arguments.quiet:
        line = _("as in the last run into {folder}: {settings}")
        click.echo(line.format(folder=shown(str(job.out)), settings=kept.in_words()), err=True)
    return kept.changes_posts


def _run_engine(
    job: Job, arguments: ConvertArguments, listeners: tuple[Listener, ...], interrupts: Interrupts, *, standalone: bool
) -> tuple[Result, list[str]]:
    """Run a job with or without images, links and redirects; return its result and more lines for the summary."""
    from converter.batch.documents import convert_post
    from converter.batch.runner import run

    if job.corpus:
        return _run_corpus(job, listeners, interrupts)
    if standalone:
        return run_standalone(
            job, arguments.standalone, listeners=listeners, interrupts=interrupts, force=arguments.force,
            quiet=arguments.quiet,
        )  # fmt: skip
    return run(job, convert=convert_post, listeners=listeners, interrupts=interrupts), []


def _run_corpus(
    job: Job, listeners: tuple[Listener, ...], interrupts: Interrupts
) -> tuple[Result, list[str]]:  # fmt: skip
    """Run a job whose documents become the rows of one table, or of the parts that a cluster writes."""
    from converter.batch.names import shown
    from converter.batch.values import EngineName
    from converter.corpus.files import suffix_of
    from converter.corpus.parts import convert_to_parts
    from converter.corpus.runner import convert_to_corpus

    if job.options.comments == "data":
        raise click.UsageError(_("--comments data has no place in a corpus: use section, which writes them below"))
    in_parts = job.engine is EngineName.DASK and suffix_of(job.corpus) == ".parquet"
    convert = convert_to_parts if in_parts else convert_to_corpus
    result, count = convert(job, listeners=listeners, interrupts=interrupts)
    line = _("{count:,} rows in {file}").format(count=count, file=shown(job.corpus))
    return result, [] if result.stopped or result.fatal else [line]


def _exit_code(result: Result, arguments: ConvertArguments) -> int:
    if result.stopped:
        return SIGNAL_EXIT + result.stopped
    if arguments.dry_run and not result.fatal:
        return 0
    would_change = arguments.check and (result.converted or result.copied)
    incomplete = arguments.fail_on == "incomplete" and result.incomplete
    failed = result.failed or result.fatal or result.differing or result.images_missing or would_change or incomplete
    return FAILED_EXIT if failed else 0
