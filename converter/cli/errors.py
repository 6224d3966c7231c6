"""How commands report errors: one line `error: FILE: what` on stderr, and the exit code."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

FAILED_EXIT = 1
USAGE_EXIT = 2
SIGNAL_EXIT = 128
"""Added to the number of the signal that ended a command, as shells do it."""
INTERRUPT_NUMBER = 2
"""SIGINT, which Ctrl-C sends."""


def error_lines(message: str) -> str:
    """Return a message with `error: ` before each of its lines."""
    return "\n".join(f"error: {line}" for line in message.splitlines() or [""])


def print_error(message: str) -> None:
    """Print a message of the form `FILE: what` to stderr, with `error: ` before each line."""
    click.echo(error_lines(message), err=True)


def os_error_message(error: OSError, name: str = "") -> str:
    """Return `FILE: what` for an error of the operating system; name: the file where the error names none."""
    from converter.batch.names import shown
    from converter.batch.storage.files import reason

    file = str(error.filename or name)
    return f"{shown(file)}: {reason(error)}" if file else reason(error)


class Failure(click.ClickException):
    """An error that ends a command with exit code 1."""

    exit_code = FAILED_EXIT

    def show(self, file: Any = None) -> None:
        """Print the error line."""
        print_error(self.format_message())


class UsageFailure(click.UsageError):
    """A usage error (exit code 2), printed with the same `error: ` as every other error."""

    def show(self, file: Any = None) -> None:
        """Print the usage of the command and the error line."""
        if self.ctx is not None:
            click.echo(self.ctx.get_usage(), err=True)
            click.echo(f"Try '{self.ctx.command_path} --help' for help.\n", err=True)
        print_error(self.format_message())


class CommandGroup(click.Group):
    """The group of all commands: prints usage errors like all errors, and ends quietly on Ctrl-C."""

    def make_context(self, *arguments: Any, **extra: Any) -> click.Context:
        """Read the arguments of the group itself."""
        with _usage_failures():
            return super().make_context(*arguments, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; on Ctrl-C print `stopped` instead of a traceback and exit with 130."""
        try:
            with _usage_failures():
                return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("stopped", err=True)
            ctx.exit(SIGNAL_EXIT + INTERRUPT_NUMBER)


@contextmanager
def _usage_failures() -> Iterator[None]:
    """Raise click's own usage errors as UsageFailure (but not those that print help, which have a `show`)."""
    try:
        yield
    except click.UsageError as error:
        if type(error).show is not click.UsageError.show:
            raise
        raise UsageFailure(error.format_message(), error.ctx) from None
