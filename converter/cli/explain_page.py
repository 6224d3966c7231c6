"""An HTML page that shows what the rules did to one source: the source, with each change marked in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby
from typing import TypeAlias

from converter.model import Document, Finding
from converter.options.own_sites import meaning_of
from converter.translation import _, translated
from converter.verify import Balance

SEARCH_LINES = 40
"""How many lines after the line of a finding are searched for its words."""
COLORS = 12
"""How many colors the rules share."""
STYLE = """
body{font:14px/1.5 system-ui,"Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif}
body{color:#1f2328;margin:0 24px 60px}h1{font-size:20px;overflow-wrap:anywhere}
table{border-collapse:collapse}td,th{padding:3px 14px 3px 0;text-align:left;vertical-align:top}
td.n{text-align:right;font-variant-numeric:tabular-nums}
.source{font:12px/1.6 ui-monospace,Menlo,Consolas,monospace}
.source{border-top:1px solid #d1d9e0;margin-top:16px;padding-top:8px}
.source div{white-space:pre-wrap;overflow-wrap:anywhere;padding-left:64px;position:relative}
.source div[id]::before{content:attr(id);position:absolute;left:0;width:48px;text-align:right;color:#8c959f}
.source .note{font-family:system-ui,sans-serif;color:#59636e;padding:0 0 0 72px}
mark,.rule{border-radius:3px;padding:0 2px}.rule{font-weight:600;padding:0 6px}
""" + "\n".join(f".h{n}{{background:hsl({n * 360 // COLORS} 90% 88%)}}" for n in range(COLORS))
POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def explain_page(source: str, document: Document, balance: Balance, name: str) -> str:
    """Return a page without scripts: the sum of characters, the rules, and the marked source.

    source: the decoded source of the document; name: the title of the page.
    """
    findings = document.findings
    colors = {rule: index % COLORS for index, rule in enumerate(dict.fromkeys(finding.rule for finding in findings))}
    return (
        f'<!DOCTYPE html>\n<html lang="{_("en")}"><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}"><title>{escape(name)}</title>'
        f"<style>{STYLE}</style>\n<h1>{escape(name)}</h1>\n<p>{escape(translated(str(document.kind)))}</p>\n"
        f"<pre>{escape(balance.in_words(_))}</pre>\n"
        f"<table><tr><th>{_('Rule')}</th><th>{_('Times')}</th><th>{_('Lines')}</th><th>{_('Meaning')}</th></tr>"
        f"{''.join(_rules(findings, colors))}</table>\n"
        f'<div class="source">{"".join(_source(source, findings, colors))}</div>\n</html>\n'
    )


def _rules(findings: Iterable[Finding], colors: dict[str, int]) -> Iterator[str]:
    """Yield a row of the table for each rule."""
    lines: dict[str, list[int]] = {}
    for finding in findings:
        lines.setdefault(finding.rule, []).append(finding.line)
    for rule, numbers in lines.items():
        links = ", ".join(f'<a href="#{line}">{line}</a>' for line in dict.fromkeys(numbers) if line)
        yield f'<tr><td><span class="rule h{colors[rule]}">{escape(rule)}</span></td><td class="n">{len(numbers)}</td>'
        meaning = translated(meaning_of(rule))
        yield f"<td>{links}</td><td>{escape(meaning)}</td></tr>\n"


def _source(source: str, findings: Iterable[Finding], colors: dict[str, int]) -> Iterator[str]:
    """Yield the lines of the source with their marks, each followed by its findings."""
    lines = source.splitlines() or [""]
    by_line = {line: list(found) for line, found in groupby(sorted(findings, key=_line), key=_line)}
    marks = _marks(lines, by_line)
    for finding in by_line.get(0, ()):
        yield _note(finding, colors)
    for number, line in enumerate(lines, 1):
        yield f'<div id="{number}">{_marked(line, marks.get(number, []), colors)}</div>\n'
        for finding in by_line.get(number, ()):
            yield _note(finding, colors)


def _line(finding: Finding) -> int:
    return finding.line


def _note(finding: Finding, colors: dict[str, int]) -> str:
    now = _("now {text}").format(text=_short(finding.kept)) if finding.kept else ""
    became = _("dropped") if finding.kept is None else now
    words = escape(" — ".join(filter(None, (_short(finding.text), became))))
    return f'<div class="note"><span class="rule h{colors[finding.rule]}">{escape(finding.rule)}</span> {words}</div>\n'


def _short(text: str, most: int = 200) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[:most] + "…"


Span: TypeAlias = tuple[int, int, str]
"""Start and end in a line, and the rule."""


def _marks(lines: list[str], by_line: dict[int, list[Finding]]) -> dict[int, list[Span]]:
    """Return the spans of the words of findings, by line number; spans of one line do not overlap."""
    marks: dict[int, list[Span]] = {}
    for number, findings in by_line.items():
        line, column = number, 0
        for finding in findings if 0 < number <= len(lines) else ():
            for word in finding.text.split():
                found = _find(lines, word, line, column)
                if found is None:
                    continue
                line, start, column = found
                marks.setdefault(line, []).append((start, column, finding.rule))
    return {line: _without_overlaps(spans) for line, spans in marks.items()}


def _find(lines: list[str], word: str, line: int, column: int) -> tuple[int, int, int] | None:
    """Return the line, start and end of the next occurrence of a word, None where it is not near."""
    pattern = re.compile(f"{re.escape(escape(word, quote=False))}|{re.escape(word)}")
    for number in range(line, min(line + SEARCH_LINES, len(lines)) + 1):
        if found := pattern.search(lines[number - 1], column):
            return number, *found.span()
        column = 0
    return None


def _without_overlaps(spans: list[Span]) -> list[Span]:
    """Return the spans in order, without those that overlap an earlier one."""
    kept: list[Span] = []
    for span in sorted(spans):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _marked(line: str, spans: list[Span], colors: dict[str, int]) -> str:
    """Return a line of the source as HTML, its spans marked."""
    pieces, position = [], 0
    for start, end, rule in spans:
        pieces.append(escape(line[position:start]))
        pieces.append(f'<mark class="h{colors[rule]}" title="{escape(rule)}">{escape(line[start:end])}</mark>')
        position = end
    return "".join((*pieces, escape(line[position:])))
