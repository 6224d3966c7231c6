"""`csdn2md rule`: say what the findings of a rule mean."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import click

from converter.cli.help import GroupedCommand
from converter.cli.parameters import RULES
from converter.translation import _

if TYPE_CHECKING:
    from converter.rules.findings import FindingEntry


@click.command(
    cls=GroupedCommand,
    examples=(
        ("csdn2md rule chrome/copy-button", "Say what one rule does"),
        ("csdn2md rule image", "List the rules of a group"),
    ),
)
@click.argument("name", required=False, default="")
@RULES
def rule(name: str, rules: tuple[str, ...]) -> None:
    """Say what rule NAME removes or changes and where that comes from, with an example; without NAME, list all."""
    from converter.rules.findings import FINDINGS

    entries = {**FINDINGS, **_own_entries(rules)}
    entry = entries.get(name)
    if entry is not None:
        return click.echo("\n".join(description(entry)))
    listed = [
        entry for entry in entries.values() if not name or entry.rule.startswith((f"{name.rstrip('/')}/", f"{name}."))
    ]
    if not listed:
        near = difflib.get_close_matches(name, entries, 3)
        meant = _("did you mean {names}?").format(names=", ".join(near))
        hint = meant if near else _("csdn2md rule lists all rules")
        raise click.UsageError(_("no rule {name!r}: {hint}").format(name=name, hint=hint))
    width = max(len(entry.rule) for entry in listed)
    for entry in listed:
        click.echo(f"{entry.rule:<{width}}  {_(entry.meaning)}")
    return None


def _own_entries(rules: tuple[str, ...]) -> dict[str, FindingEntry]:
    """Return the entries of the user's own sites: of files, and of the configuration file around the current folder."""
    from converter.model import OptionError
    from converter.options.files import find, sites_in_force
    from converter.options.own_sites import entries_of

    try:
        return entries_of(sites_in_force(find(()), rules))
    except OptionError as error:
        raise click.UsageError(str(error)) from None


def description(entry: FindingEntry) -> Iterator[str]:
    """Yield the lines that say what a finding means, where it comes from, and an example."""
    yield entry.rule
    yield f"  {_(entry.meaning)}"
    for origin in origins(entry, _):
        yield "  " + _("from: {origin}").format(origin=origin)
    for title, text in ((_("before"), entry.before), (_("with"), entry.options), (_("after"), entry.after)):
        if text:
            yield "\n  " + _("{does}:").format(does=title)
            yield from (f"    {line}".rstrip() for line in text.splitlines())


def origins(entry: FindingEntry, say: Callable[[str], str] = str) -> list[str]:
    """Return where a finding comes from: what the entry says, then each row that removes elements by its rule.

    say: returns a message in the language of the user; rows name products and years, in English only.
    """
    from converter.rules.chrome import TAG_ROWS
    from converter.sites.tables import CLASS_ROWS, ID_ROWS

    tables = (("class", CLASS_ROWS), ("id", ID_ROWS), ("element", TAG_ROWS))
    rows = [
        f"{row.origin} ({kind} {name})"
        for kind, table in tables
        for name, row in table.items()
        if row.rule == entry.rule
    ]
    return [say(entry.origin), *rows] if entry.origin else rows
