"""Convert one source in memory: `csdn2md convert -` (stdin to stdout), and the first step of `explain`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from converter.cli.errors import FAILED_EXIT, Failure
from converter.cli.parameters import Settings, options_in_force

if TYPE_CHECKING:
    from converter.cli.arguments import ConvertArguments
    from converter.model import Document


def convert_stdin(arguments: ConvertArguments) -> int:
    """Convert stdin to stdout and return the exit code.

    Raises click.UsageError for options that need files, Failure where there is nothing to write.
    """
    _refuse_file_options(arguments)
    data = sys.stdin.buffer.read(arguments.max_size + 1)
    if len(data) > arguments.max_size:
        raise Failure(f"-: is larger than --max-size ({arguments.max_size:,} bytes)")
    document = convert_source(data, "-", arguments.settings)
    differs = bool(arguments.proof) and not _matches_source(data, document, arguments)
    if differs and arguments.proof == "strict":
        raise Failure("-: does not say what its source says: not written (--verify=strict)")
    sys.stdout.buffer.write(data if document.kind == "markdown" else str(document).encode())
    sys.stdout.buffer.flush()
    return FAILED_EXIT if differs else 0


def convert_source(data: bytes, name: str, settings: Settings) -> Document:
    """Convert the content of a file (name `-`: of stdin); Failure where that cannot be done."""
    from converter.model import ConversionError
    from converter.pipeline import convert

    try:
        return convert(data, name=name, options=options_in_force(settings, () if name == "-" else (name,)))
    except ConversionError as error:
        location = f"{name}: line {error.line}" if error.line else name
        raise Failure(f"{location}: {error.message}") from None


def _refuse_file_options(arguments: ConvertArguments) -> None:
    if arguments.target or arguments.in_place or arguments.check or arguments.diff:
        raise click.UsageError(
            "- converts stdin to stdout: -o, --in-place, --check and --diff cannot be used with it"
        )  # fmt: skip
    if arguments.standalone.requested:
        raise click.UsageError(
            "- converts stdin to stdout: --assets, --link-local and --redirects need an output folder (-o)"
        )


def _matches_source(data: bytes, document: Document, arguments: ConvertArguments) -> bool:
    """Return whether a document matches its source; print each difference to stderr."""
    from converter.verify import prove

    options = options_in_force(arguments.settings, ())
    verdict = prove(data, document, options=options, renderer=arguments.renderer)
    for difference in verdict.differences:
        click.echo(f"-:{difference.line}: {difference}", err=True)
    return verdict.perfect
