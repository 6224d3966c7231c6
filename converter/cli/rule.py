"""`csdn2md rule`: say what the findings of a rule mean."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from converter.cli.help import GroupedCommand
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
def rule(name: str) -> None:
    """Say what rule NAME removes or changes and where that comes from, with an example; without NAME, list all."""
    from converter.rules.findings import FINDINGS

    entry = FINDINGS.get(name)
    if entry is not None:
        return click.echo("\n".join(description(entry)))
    listed = [entry for entry in FINDINGS.values() if not name or entry.rule.startswith(f"{name.rstrip('/')}/")]
    if not listed:
        near = difflib.get_close_matches(name, FINDINGS, 3)
        meant = _("did you mean {names}?").format(names=", ".join(near))
        hint = meant if near else _("csdn2md rule lists all rules")
        raise click.UsageError(_("no rule {name!r}: {hint}").format(name=name, hint=hint))
    width = max(len(entry.rule) for entry in listed)
    for entry in listed:
        click.echo(f"{entry.rule:<{width}}  {_(entry.meaning)}")
    return None


def description(entry: FindingEntry) -> Iterator[str]:
    """Yield the lines that say what a finding means, where it comes from, and an example."""
    yield entry.rule
    yield f"  {_(entry.meaning)}"
    for origin in origins(entry):
        yield "  " + _("from: {origin}").format(origin=origin)
    for title, text in ((_("before"), entry.before), (_("with"), entry.options), (_("after"), entry.after)):
        if text:
            yield "\n  " + _("{does}:").format(does=title)
            yield from (f"    {line}".rstrip() for line in text.splitlines())


def origins(entry: FindingEntry) -> list[str]:
    """Return where a finding comes from: what the entry says, then each row that removes elements by its rule."""
    from converter.rules.chrome import TAG_ROWS
    from converter.sites.tables import CLASS_ROWS, ID_ROWS

    tables = (("class", CLASS_ROWS), ("id", ID_ROWS), ("element", TAG_ROWS))
    rows = [
        f"{row.origin} ({kind} {name})"
        for kind, table in tables
        for name, row in table.items()
        if row.rule == entry.rule
    ]
    return [entry.origin, *rows] if entry.origin else rows
