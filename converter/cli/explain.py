"""`csdn2md explain`: print what the rules did to one source."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

import click

from converter.cli.one_document import converted, limited, named, read_source
from converter.cli.parameters import Settings, conversion_options, options_in_force
from converter.translation import _, translated

if TYPE_CHECKING:
    from converter.model import Document, Finding
    from converter.options import Options
    from converter.verify import Balance

MAX_QUOTE = 100
"""Characters of a source's text that one line quotes."""


@click.command()
@click.argument("file", type=click.Path())
@click.option(
    "--html", "as_page", is_flag=True, help="Write an HTML page that shows the source, with the changes of each "
    "rule marked in it."
)  # fmt: skip
@conversion_options
def explain(file: str, as_page: bool, settings: Settings) -> None:
    """Print what FILE (-: stdin) is, what each rule dropped or rewrote in it, and the sum of characters."""
    from converter.batch.names import shown
    from converter.batch.pairs import LIMIT, TIMEOUT
    from converter.batch.values import DEFAULT_MAX_SIZE
    from converter.cli.explain_page import explain_page
    from converter.source.decode import decode

    name = shown(file)
    data = read_source(file, DEFAULT_MAX_SIZE)
    options = options_in_force(settings, named(name))
    document, balance = limited(partial(_work, data, name, options), TIMEOUT, name, LIMIT)
    if as_page:
        click.echo(explain_page(decode(data)[0], document, balance, name), nl=False)
        return
    kind = (_(document.kind.name), translated(document.kind.reason))
    click.echo(": ".join(filter(None, (name, *kind))))
    for line in finding_lines(document.findings, name):
        click.echo(line)
    click.echo(f"\n{balance.in_words(_)}")
    if document.findings:
        hint = _("csdn2md rule NAME says what a rule is, as in: csdn2md rule {rule}")
        click.echo("\n" + hint.format(rule=document.findings[0].rule))


def _work(data: bytes, name: str, options: Options) -> tuple[Document, Balance]:
    from converter.verify import conservation

    document = converted(data, name, options)
    return document, conservation(data, document)


def finding_lines(findings: Iterable[Finding], name: str) -> list[str]:
    """Return a line for each finding: file and line, rule, the text before, the text after."""
    lines = []
    for finding in findings:
        location = f"{name}:{finding.line}" if finding.line else name
        change = _("dropped") if finding.kept is None else f"-> {_quoted(finding.kept)}"
        lines.append(f"{location}: {finding.rule}: {_quoted(finding.text)} {change}")
    return lines


def _quoted(text: str) -> str:
    from converter.batch.names import shown

    words = " ".join(text.split())
    return shown(f'"{words[:MAX_QUOTE]}…"' if len(words) > MAX_QUOTE else f'"{words}"')
