"""How `--help` is laid out: options in groups, examples below them, every sentence whole, in the user's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import click

from converter.translation import _, marked

Groups: TypeAlias = Mapping[str, Sequence[str]]
"""The long names of options without dashes, by the title of their group, in the order of `--help`."""

OTHER = marked("Other options")
"""The group of options that no group names."""


class GroupedCommand(click.Command):
    """A command whose `--help` shows its options in groups, and examples with a sentence for each.

    groups: see Groups.  examples: pairs of a command line and what it does.
    """

    def __init__(
        self, *arguments: Any, groups: Groups | None = None, examples: Sequence[tuple[str, str]] = (), **extra: Any
    ) -> None:
        super().__init__(*arguments, **extra)
        self.groups, self.examples = groups or {}, examples

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write a section for each group, and one for the options that are in none."""
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        records = {_name(option): record for option in options if (record := option.get_help_record(ctx))}
        for title, names in self.groups.items():
            with formatter.section(_(title)):
                formatter.write_dl([records.pop(name) for name in names if name in records])
        if records:
            with formatter.section(_(OTHER) if self.groups else _("Options")):
                formatter.write_dl(list(records.values()))

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples."""
        if self.examples:
            with formatter.section(_("Examples")):
                for line, does in self.examples:
                    formatter.write_text(_("{does}:").format(does=_(does)))
                    formatter.write(f"{'':{formatter.current_indent + 2}}{line}\n")


def _name(option: click.Option) -> str:
    """Return the long name of an option without its dashes."""
    return max(option.opts, key=len).lstrip("-")


def write_commands(group: click.Group, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    """Write a line for each command of a group with the whole first sentence of its help."""
    commands = [(name, command) for name in group.list_commands(ctx) if (command := group.get_command(ctx, name))]
    with formatter.section(_("Commands")):
        formatter.write_dl([(name, command.get_short_help_str(limit=200)) for name, command in commands])


class TranslatedContext(click.Context):
    """A context whose help is in the language of the user, and is laid out for wide characters."""

    def make_formatter(self) -> click.HelpFormatter:
        """Return a formatter; the help that it is for is translated only now, for it takes some milliseconds."""
        from converter.cli.wide_text import WideFormatter

        _translate(self.command)
        return WideFormatter(width=self.terminal_width, max_width=self.max_content_width)


def translate_help(command: click.Command) -> None:
    """Have the help of a command and of its subcommands printed in the language of the user."""
    command.context_class = TranslatedContext
    for param in command.params:
        if isinstance(param.type, click.Path):
            param.type.name = _(param.type.name)  # which its errors begin with
    for subcommand in command.commands.values() if isinstance(command, click.Group) else ():
        translate_help(subcommand)


def _translate(command: click.Command) -> None:
    """Put the help of a command, of its options and of its subcommands into the language of the user."""
    import inspect

    command.help = _(inspect.cleandoc(command.help or ""))
    for param in command.params:
        if isinstance(param, click.Option) and param.help:
            param.help = _(param.help)
    for subcommand in command.commands.values() if isinstance(command, click.Group) else ():
        _translate(subcommand)
