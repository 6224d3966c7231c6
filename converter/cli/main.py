"""The command line.  Imports of what a command needs stand in the command: starting must be fast."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from converter.cli.review import command as review
from converter.cli.shared import JOBS, RENDERER
from converter.cli.standalone import index, is_asked_for, run_standalone, standalone_options
from converter.cli.verify import command as verify_archive
from converter.cli.verify import need_renderer
from converter.options.settings import SETTINGS, Setting
from converter.source.suffixes import MARKDOWN_SUFFIXES, has_suffix
from converter.version import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

    from converter.batch import Job, Mode, Result
    from converter.batch.runner import Listener
    from converter.model import Document
    from converter.options import Options
    from converter.options.settings import Value


UNITS = {"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30}
SIGNAL_EXIT = 128
USAGE_EXIT = 2


class Size(click.ParamType):  # type: ignore[type-arg]  # generic in newer versions of click only
    """A number of bytes, as ``64MB``."""

    name = "size"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number; fails where it is none."""
        if isinstance(value, int):
            return value
        match = re.fullmatch(r"(\d+)\s*([kmg]?)(i?b)?", value.strip().lower())
        if match is None:
            self.fail(f"{value!r} is no size, such as 64MB", param, ctx)
        return int(match[1]) * UNITS[match[2]]


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="csdn2md")
def cli() -> None:
    """Turn an archive of CSDN-style blog HTML into Markdown."""


def conversion_options(command: Any) -> Any:
    """The options that say how to convert: one for each setting; what is not given is None (or empty)."""
    for setting in reversed(tuple(SETTINGS.values())):
        command = _conversion_option(setting)(command)
    return command


class VerifyFlag(click.Command):
    """A command whose ``--verify`` takes a value only behind ``=``: a source may stand behind it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Give a bare ``--verify`` its value."""
        return super().parse_args(ctx, ["--verify=report" if arg == "--verify" else arg for arg in args])


def _conversion_option(setting: Setting) -> Any:
    name, default = f"--{setting.key}", setting.default
    if isinstance(default, bool):
        shown = " [default: on]" if default else ""
        return click.option(f"{name}/--no-{setting.key}", default=None, help=setting.help + shown)
    kind = click.Choice(setting.choices) if setting.choices else Word(setting)
    if isinstance(default, tuple):
        return click.option(name, type=kind, multiple=True, help=setting.help)
    shown = f" [default: {default}]" if default else ""
    return click.option(name, type=kind, default=None, help=setting.help + shown)


class Word(click.ParamType):  # type: ignore[type-arg]  # generic in newer versions of click only
    """A word as a setting takes it."""

    def __init__(self, setting: Setting) -> None:
        self.name = setting.metavar
        self._setting = setting

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word; fails where it is not allowed."""
        if not self._setting.takes(value):
            self.fail(f"{value!r} is not {self._setting.word}", param, ctx)
        return str(value)


@cli.command(cls=VerifyFlag)
@click.argument("sources", nargs=-1, metavar="SOURCE...")
@click.option("-o", "--out", "target", metavar="OUT", help="The folder to write (or the file, for one source).")
@click.option("--in-place", is_flag=True, help="Rewrite posts where they stand; an .html becomes .md beside it.")
@click.option("--delete-source", is_flag=True, help="With --in-place: remove an .html when its .md is written.")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if a document would change.")
@click.option("--diff", is_flag=True, help="Write nothing; print what would change.")
@click.option("--files-from", multiple=True, metavar="LIST", help="Read sources from a file, a line each (-: stdin).")
@click.option("-0", "--null", "null_separated", is_flag=True, help="With --files-from: names end with NUL.")
@click.option(
    "--path-field",
    default="path",
    show_default=True,
    metavar="NAME",
    help="Field of JSON Lines and Parquet sources that holds a document's path.",
)
@click.option(
    "--content-field", default="content", show_default=True, metavar="NAME", help="Field that holds its content."
)
@conversion_options
@JOBS
@click.option(
    "--verify",
    "proof",
    type=click.Choice(("report", "strict")),
    metavar="[=strict]",
    help="Hold the Markdown, rendered, against its source; strict: write none that differs.",
)
@RENDERER
@click.option("--force", is_flag=True, help="Convert all anew; overwrite files that csdn2md did not write.")
@click.option("--prune", is_flag=True, help="Remove outputs whose source is gone.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0),
    default=60.0,
    show_default=True,
    metavar="SECONDS",
    help="What one document may take (0: any).",
)
@click.option(
    "--max-size", type=Size(), default="64MB", show_default=True, metavar="SIZE", help="What one document may have."
)
@click.option(
    "--report",
    "reports",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write what became of each document: .jsonl, or .html to look at.",
)
@click.option(
    "--engine",
    type=click.Choice(("local", "dask")),
    default="local",
    show_default=True,
    help="Who does the work: this machine, or the workers of a Dask cluster.",
)
@click.option(
    "--scheduler",
    default="",
    metavar="ADDRESS",
    help="With --engine dask: the scheduler (else a cluster of --jobs processes is made here).",
)
@click.option(
    "--manifest",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Where to remember what was done  [default: in the output folder]",
)
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
@click.option("-v", "--verbose", is_flag=True, help="Print a line for each document.")
@standalone_options
@click.pass_context
def convert(context: click.Context, /, **given: Any) -> None:  # fmt: skip
    """Convert posts: files, folders, patterns, archives (.zip .tar .jsonl .parquet), or - for stdin to stdout."""
    if given["proof"]:
        need_renderer(given["renderer"])
    if given["sources"] == ("-",):
        _convert_stdin(given)
        return
    job = _job(given)
    context.exit(_run(job, given))


def _options(given: dict[str, Any], sources: Sequence[str]) -> Options:
    """The options in force for sources; click.UsageError for a configuration file at fault."""
    from converter.model import OptionError
    from converter.options.files import options_for

    try:
        return options_for(sources, _chosen(given))
    except OptionError as error:
        raise click.UsageError(str(error)) from None


def _chosen(given: dict[str, Any]) -> dict[str, Value]:
    """The settings that the command line names."""
    chosen = {setting.name: given[setting.name] for setting in SETTINGS.values()}
    return {name: value for name, value in chosen.items() if value is not None and value != ()}


def _mode(given: dict[str, Any]) -> Mode:
    from converter.batch.values import Mode

    if given["diff"]:
        return Mode.DIFF
    return Mode.CHECK if given["check"] or given["assets"] == "check" else Mode.WRITE


def _job(given: dict[str, Any]) -> Job:
    """The job that the options ask for; click.UsageError where they contradict each other."""
    from converter.batch.engines.local import cores
    from converter.batch.storage import remote
    from converter.batch.values import EngineName, Job, Proof

    target, mode = remote.plain(given["target"] or ""), _mode(given)
    url = target if remote.is_url(target) else ""
    out = Path(target) if target and not url else None
    if not given["sources"] and not given["files_from"]:
        raise click.UsageError("name what to convert: files, folders, archives, or - for stdin")
    if "-" in given["sources"]:
        raise click.UsageError("- stands alone: stdin is one document")
    if target and given["in_place"]:
        raise click.UsageError("--in-place and -o exclude each other")
    if not target and not given["in_place"] and mode == "write":
        raise click.UsageError("name an output folder with -o, or choose --in-place, --check or --diff")
    if given["delete_source"] and not given["in_place"]:
        raise click.UsageError("--delete-source goes with --in-place")
    if given["manifest"] and not target:
        raise click.UsageError("--manifest goes with -o")
    if given["scheduler"] and given["engine"] != EngineName.DASK:
        raise click.UsageError("--scheduler goes with --engine dask")
    if given["engine"] == EngineName.DASK and is_asked_for(given):
        raise click.UsageError("--assets, --link-local and --redirects are for --engine local")
    one_file = out is not None and _is_one_file(given, out)
    return Job(
        sources=given["sources"], lists=given["files_from"], null_separated=given["null_separated"],
        out=None if one_file else out, out_file=out if one_file else None, out_url=url, mode=mode,
        options=_options(given, given["sources"]),
        jobs=given["jobs"] or cores(), force=given["force"], prune=given["prune"],
        proof=Proof(given["proof"] or ""), renderer=given["renderer"],
        delete_source=given["delete_source"], timeout=given["timeout"], max_size=given["max_size"],
        path_field=given["path_field"], content_field=given["content_field"],
        engine=EngineName(given["engine"]), scheduler=given["scheduler"], manifest=given["manifest"],
    )  # fmt: skip


def _is_one_file(given: dict[str, Any], out: Path) -> bool:
    """Whether ``-o`` names a file: there is one source, a file, and the name says so."""
    named = given["sources"]
    return (
        len(named) == 1 and not given["files_from"] and has_suffix(out.name, MARKDOWN_SUFFIXES)
        and not out.is_dir() and Path(named[0]).is_file()
    )  # fmt: skip


def _run(job: Job, given: dict[str, Any]) -> int:
    from converter.batch.documents import convert_post
    from converter.batch.interrupts import Interrupts
    from converter.batch.report import Reports
    from converter.batch.runner import run
    from converter.batch.values import BatchError
    from converter.cli.console import Console
    from converter.model import Csdn2mdError

    console = Console(job, quiet=given["quiet"], verbose=given["verbose"])
    interrupts = Interrupts()
    try:
        with interrupts.catching(), console, Reports(given["reports"]) as reports:
            listeners: tuple[Listener, ...] = (console, *reports.listeners)
            if is_asked_for(given):
                result, lines = run_standalone(
                    job, given, listeners=listeners, interrupts=interrupts, quiet=given["quiet"]
                )  # fmt: skip
            else:
                result, lines = run(job, convert=convert_post, listeners=listeners, interrupts=interrupts), []
            reports.finish(result)
    except Csdn2mdError as error:
        for line in str(error).splitlines():
            click.echo(f"error: {line}", err=True)
        return error.exit_code if isinstance(error, BatchError) else USAGE_EXIT
    finally:
        interrupts.close()
    console.summary(result, lines)
    return _exit_code(result, given)


def _exit_code(result: Result, given: dict[str, Any]) -> int:
    if result.stopped:
        return SIGNAL_EXIT + result.stopped
    would_change = given["check"] and (result.converted or result.copied)
    return 1 if result.failed or result.fatal or result.differing or would_change else 0


def _convert_stdin(given: dict[str, Any]) -> None:
    if given["target"] or given["in_place"] or given["check"] or given["diff"]:
        raise click.UsageError("- converts stdin to stdout: -o, --in-place, --check and --diff do not go with it")
    if is_asked_for(given):
        raise click.UsageError("- converts stdin to stdout: --assets, --link-local and --redirects need a folder (-o)")
    data = sys.stdin.buffer.read(given["max_size"] + 1)
    if len(data) > given["max_size"]:
        raise Failure(f"-: is larger than --max-size ({given['max_size']:,} bytes)")
    document = _converted(data, "-", given)
    differs = bool(given["proof"]) and not _proved(data, document, given)
    if differs and given["proof"] == "strict":
        raise Failure("-: does not say what its source says: not written (--verify=strict)")
    sys.stdout.buffer.write(data if document.kind == "markdown" else str(document).encode())
    sys.stdout.buffer.flush()
    if differs:
        click.get_current_context().exit(1)


def _proved(data: bytes, document: Document, given: dict[str, Any]) -> bool:
    """Whether a document says what its source says; what differs goes to stderr."""
    from converter.verify import prove

    verdict = prove(data, document, options=_options(given, ()), renderer=given["renderer"])
    for difference in verdict.differences:
        click.echo(f"-:{difference.line}: {difference}", err=True)
    return verdict.perfect


def _converted(data: bytes, name: str, given: dict[str, Any]) -> Document:
    from converter.model import ConversionError
    from converter.pipeline import convert as convert_post

    try:
        return convert_post(data, name=name, options=_options(given, () if name == "-" else (name,)))
    except ConversionError as error:
        raise Failure(
            f"{name}: line {error.line}: {error.message}" if error.line else f"{name}: {error.message}"
        ) from None


class Failure(click.ClickException):
    """One line ``error: ...``, exit code 1."""

    def show(self, file: Any = None) -> None:
        """Print it."""
        click.echo(f"error: {self.format_message()}", err=True)


@cli.command()
@click.argument("file", type=click.Path())
@click.option(
    "--html", "as_page", is_flag=True, help="Write a page: the source, with what each rule took marked in it."
)
@conversion_options
def explain(file: str, as_page: bool, **given: Any) -> None:
    """Print what each rule dropped or rewrote in FILE (- for stdin), and the sum."""
    from converter.batch import names
    from converter.batch.storage import files
    from converter.batch.values import DEFAULT_MAX_SIZE
    from converter.cli.console import explained
    from converter.cli.explanation import explanation_page
    from converter.source.decode import decode
    from converter.verify import conservation

    name = names.shown(file)
    try:
        data = sys.stdin.buffer.read() if file == "-" else files.read_source(file, DEFAULT_MAX_SIZE)[0]
    except OSError as error:
        raise Failure(f"{name}: {files.reason(error)}") from None
    except files.FileError as problem:
        raise Failure(f"{name}: {problem}") from None
    document = _converted(data, name, given)
    balance = conservation(data, document)
    if as_page:
        click.echo(explanation_page(decode(data)[0], document, balance, name), nl=False)
        return
    for line in explained(document.findings, name):
        click.echo(line)
    click.echo(f"\n{balance}")


@cli.command()
@click.argument("files", nargs=-1, type=click.Path(), metavar="[FILE...]")
@conversion_options
def config(files: tuple[str, ...], **given: Any) -> None:
    """Print what is in force for FILEs (or for the current folder), and where each value came from."""
    from converter.model import OptionError
    from converter.options.files import find, in_force
    from converter.options.settings import shown

    try:
        rows = in_force(find(files), _chosen(given))
    except OptionError as error:
        raise click.UsageError(str(error)) from None
    lines = [(f"{row.key} = {shown(row.value)}", row.origin) for row in rows]
    width = max(len(line) for line, _ in lines)
    for line, origin in lines:
        click.echo(f"{line:<{width}}  # {origin}")


cli.add_command(verify_archive)
cli.add_command(review)
cli.add_command(index)


def main() -> None:
    """The console command. (A reader that closes the pipe early is no news: click ends with 1, quietly.)"""
    cli(prog_name="csdn2md")
