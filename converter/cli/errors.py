"""How commands report errors: one line `error: FILE: what` on stderr, and the exit code."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import click

from converter.cli.help import write_commands
from converter.translation import _, translated

FAILED_EXIT = 1
USAGE_EXIT = 2
SIGNAL_EXIT = 128
"""Added to the number of the signal that ended a command, as shells do it."""
INTERRUPT_NUMBER = 2
"""SIGINT, which Ctrl-C sends."""


def error_lines(message: str) -> str:
    """Return a message, translated, with `error: ` before each of its lines."""
    return "\n".join(_("error: {message}").format(message=line) for line in translated(message).splitlines() or [""])


def print_error(message: str) -> None:
    """Print a message of the form `FILE: what` to stderr, with `error: ` before each line."""
    click.echo(error_lines(message), err=True)


def os_error_message(error: OSError, name: str = "") -> str:
    """Return `FILE: what` for an error of the operating system; name: the file where the error names none."""
    from converter.batch.names import shown
    from converter.batch.storage.files import reason

    file = str(error.filename or name)
    return f"{shown(file)}: {reason(error)}" if file else reason(error)


def end_with(error: OSError) -> int:
    """Print an error of the operating system that no command expects; return the exit code.

    Without the name of a file it is that of stdout, whose buffer must not be written once more when Python ends.
    """
    if isinstance(error, FileNotFoundError) and not error.filename:
        message = _("the current folder is gone: change to another one")
    else:
        message = os_error_message(error, "stdout")
    with suppress(OSError):
        print_error(message)
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return FAILED_EXIT


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
            hint = _("Try '{command} --help' for help.").format(command=self.ctx.command_path)
            click.echo(f"{hint}\n", err=True)
        print_error(self.format_message())


class CommandGroup(click.Group):
    """The group of all commands: prints usage errors like all errors, and ends quietly on Ctrl-C.

    A file, folder or URL in place of a command is answered with the command line that was meant.
    """

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that the first argument names; UsageFailure where it names something else."""
        if self.get_command(ctx, args[0]) is None and (meant := command_line_for(args[0])):
            raise UsageFailure(meant, ctx)
        return super().resolve_command(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands in the order in which they were added."""
        return list(self.commands)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the whole first sentence of each command's help."""
        write_commands(self, ctx, formatter)

    def make_context(self, *arguments: Any, **extra: Any) -> click.Context:
        """Read the arguments of the group itself."""
        with _usage_failures():
            return super().make_context(*arguments, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; on Ctrl-C print `stopped` instead of a traceback and exit with 130."""
        try:
            with _usage_failures(ctx):
                return super().invoke(ctx)
        except (KeyboardInterrupt, click.Abort):  # click raises Abort while it asks
            click.echo(_("stopped"), err=True)
            ctx.exit(SIGNAL_EXIT + INTERRUPT_NUMBER)


def is_web_address(name: str) -> bool:
    """Return whether a name is the address of a page on the web."""
    return name.lower().startswith(("http://", "https://"))


def address_message(address: str) -> str:
    """Return what to do with the address of a page, which csdn2md does not download."""
    return _(
        "{address}: csdn2md downloads no pages: save the page first "
        "(in a browser: Save page as, Web page, HTML only), then name the file"
    ).format(address=address)


def command_line_for(name: str) -> str:
    """Return what to type for a file, folder or address that stands in place of a command, "" for any other word."""
    if is_web_address(name):
        return address_message(name)
    if os.path.isdir(name):  # noqa: PTH112 Path.is_dir() fails for a name that is too long
        return _("{name}: is a folder, not a command: try: csdn2md convert {quoted} -o OUT").format(
            name=name, quoted=shlex.quote(name)
        )
    if os.path.exists(name):  # noqa: PTH110
        return _("{name}: is a file, not a command: try: csdn2md convert {quoted}").format(
            name=name, quoted=shlex.quote(name)
        )
    return ""


@contextmanager
def _usage_failures(group: click.Context | None = None) -> Iterator[None]:
    """Raise click's own usage errors as UsageFailure (but not those that print help, which have a `show`).

    group: the context of the group whose command runs; its usage is printed where the error names no command.
    """
    try:
        yield
    except click.UsageError as error:
        if type(error).show is not click.UsageError.show:
            raise
        raise UsageFailure(error.format_message(), error.ctx or _context_of_command(group)) from None


def _context_of_command(group: click.Context | None) -> click.Context | None:
    """Return a context of the command that a group runs, to print its usage; None without a group."""
    if group is None or not isinstance(group.command, click.Group):
        return group
    command = group.command.commands.get(group.invoked_subcommand or "")
    return click.Context(command, parent=group, info_name=command.name) if command else group
