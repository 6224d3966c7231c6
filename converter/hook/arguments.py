"""The arguments of `csdn2md-hook`, read by click: imported only for options, or where a file is to be converted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import click

from converter.cli.errors import UsageFailure
from converter.cli.help import translate_help
from converter.cli.parameters import Settings, conversion_options
from converter.translation import _, activate


@dataclass(frozen=True, slots=True, kw_only=True)
class HookArguments:
    """The arguments as given; settings: the conversion settings that are given, by the field of Options."""

    files: tuple[str, ...]
    check: bool
    verify: bool
    delete_source: bool
    settings: Settings


@click.command("csdn2md-hook", context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--check", is_flag=True, help="Change nothing; print the posts that would be fixed.")
@click.option("--verify", is_flag=True, help="Check changed posts against the HTML that git's HEAD has of them.")
@click.option("--delete-source", is_flag=True, help="Remove an .html when its .md is written.")
@conversion_options
@click.argument("files", nargs=-1, metavar="[FILE]...")
def hook_command(
    files: tuple[str, ...], check: bool, verify: bool, delete_source: bool, settings: Settings
) -> HookArguments:  # fmt: skip
    """Convert posts that still hold a blog's HTML, in place."""
    if check and verify:
        raise click.UsageError(_("--check and --verify exclude each other"))
    return HookArguments(files=files, check=check, verify=verify, delete_source=delete_source, settings=settings)


def read(arguments: Sequence[str]) -> HookArguments:
    """Read the command line, and choose the language of what the hook prints.

    SystemExit: 0 for --help, 2 for a usage error, which is printed.
    """
    if activate():
        translate_help(hook_command)
    try:
        context = hook_command.make_context("csdn2md-hook", list(arguments))
        given: HookArguments = hook_command.invoke(context)
    except click.exceptions.Exit as ended:
        raise SystemExit(ended.exit_code) from None
    except click.UsageError as error:
        failure = UsageFailure(error.format_message(), error.ctx)
        failure.show()
        raise SystemExit(failure.exit_code) from None
    return given
