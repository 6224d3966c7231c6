"""Convert one document in memory: a file or stdin to stdout, and the first step of `explain`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import click

from converter.cli.arguments import has_many_sources
from converter.cli.errors import FAILED_EXIT, Failure, address_message, is_web_address, os_error_message
from converter.cli.parameters import options_in_force
from converter.translation import _, translated

if TYPE_CHECKING:
    from converter.cli.arguments import ConvertArguments
    from converter.model import Document
    from converter.options import Options

Result = TypeVar("Result")
STDIN = "-"


def goes_to_stdout(arguments: ConvertArguments) -> bool:
    """Return whether the run writes one document to stdout: stdin, `-o -`, or one file and no other place to write.

    Raises click.UsageError for `-o -` with more than one document.
    """
    if arguments.sources == (STDIN,):
        return True
    is_one = not has_many_sources(arguments)
    if arguments.target == STDIN and not is_one:
        raise click.UsageError(_("-o - writes one document to stdout: name one file"))
    elsewhere = arguments.target or arguments.in_place or arguments.check or arguments.diff or arguments.dry_run
    return is_one and (arguments.target == STDIN or not elsewhere)


def convert_to_stdout(arguments: ConvertArguments) -> int:
    """Convert the one source to stdout and return the exit code.

    Raises click.UsageError for options that need an output folder, Failure where there is nothing to write.
    """
    (file,) = arguments.sources
    if sys.stdout is None:
        raise Failure(_("{file}: stdout is closed").format(file=file))
    _refuse_file_options(arguments, file)
    data = read_source(file, arguments.max_size)
    options = options_in_force(arguments.settings, named(file), quiet=arguments.quiet)
    _refuse_comments(options, file)
    document, differences = limited(partial(_work, data, file, arguments, options), arguments.timeout, file)
    for line in differences:
        click.echo(line, err=True)
    if differences and arguments.strict:
        raise Failure(_("{file}: does not say what its source says: not written (--strict)").format(file=file))
    sys.stdout.buffer.write(data if document.kind.is_copied else str(document).encode())
    sys.stdout.buffer.flush()
    return FAILED_EXIT if differences else 0


def read_source(file: str, max_size: int) -> bytes:
    """Return the content of a file, or of stdin for `-`; Failure where it cannot be read or is larger than max_size."""
    from converter.batch.names import shown
    from converter.batch.storage import files

    if is_web_address(file):
        raise click.UsageError(address_message(file))
    try:
        if file != STDIN:
            return files.read_source(file, max_size)[0]
        if sys.stdin is None:
            raise Failure(_("-: stdin is closed"))
        data = sys.stdin.buffer.read(max_size + 1)
    except OSError as error:
        raise Failure(os_error_message(error, file)) from None
    except files.FileError as error:
        raise Failure(f"{shown(file)}: {error}") from None
    if len(data) > max_size:
        raise Failure(_("-: is larger than --max-size ({limit:,} bytes)").format(limit=max_size))
    return data


def converted(data: bytes, name: str, options: Options) -> Document:
    """Convert the content of a file (name `-`: of stdin); Failure where that cannot be done."""
    from converter.model import ConversionError
    from converter.pipeline import convert

    try:
        return convert(data, name=name, options=options)
    except ConversionError as error:
        location = _("{name}: line {line}").format(name=name, line=error.line) if error.line else name
        raise Failure(f"{location}: {error.message}") from None


def named(name: str) -> tuple[str, ...]:
    """Return the sources from which the configuration file is searched."""
    return () if name == STDIN else (name,)


def _refuse_comments(options: Options, file: str) -> None:
    """Raise click.UsageError for comments as data, which one stream has no place for."""
    if options.comments == "data":
        message = _("{file}: --comments data writes files of its own: name an output with -o (or use section)")
        raise click.UsageError(message.format(file=file))


def _refuse_file_options(arguments: ConvertArguments, file: str) -> None:
    without = _("{file}: goes to stdout without -o OUT").format(file=file)
    does = _("- converts stdin to stdout") if file == STDIN else without
    elsewhere = arguments.target not in ("", STDIN) or arguments.in_place or arguments.check or arguments.diff
    if elsewhere or arguments.dry_run:
        message = _("{does}: -o, --in-place, --check, --diff and --dry-run cannot be used with it")
        raise click.UsageError(message.format(does=does))
    if arguments.standalone.requested or arguments.reports or arguments.prune or arguments.manifest:
        message = _(
            "{does}: --assets, --link-local, --redirects, --report, --prune and --manifest need an output folder (-o)"
        )
        raise click.UsageError(message.format(does=does))


def _work(data: bytes, file: str, arguments: ConvertArguments, options: Options) -> tuple[Document, list[str]]:
    """Return the document of a source, and a line for each difference between the two if that was asked for."""
    document = converted(data, file, options)
    if not arguments.verify:
        return document, []
    from converter.verify import prove
    from converter.verify.verdict import at_line

    verdict = prove(data, document, options=options, renderer=arguments.renderer)
    return document, [at_line(one.line, translated(str(one)), file) for one in verdict.differences]


def limited(work: Callable[[], Result], seconds: float, file: str, limit: str = "--timeout") -> Result:
    """Return the result of work that is killed after so many seconds; Failure where it takes longer or crashes.

    limit: what the message calls the limit.
    """
    from converter.batch.engines.killable import DiedError, killable
    from converter.batch.engines.local import too_slow
    from converter.batch.interrupts import TimedOut

    try:
        return killable(work, seconds)
    except TimedOut:
        raise Failure(f"{file}: {too_slow(seconds, limit)}") from None
    except DiedError as error:
        raise Failure(f"{file}: {error}") from None
