"""What the rules did to one source, as a page: its HTML with each thing they took marked where it stood."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

from converter.model import Document, Finding
from converter.verify import Balance

REACH = 40
"""Lines below a finding's own in which its words are looked for."""
HUES = 12
"""How many colours the rules share."""
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
""" + "\n".join(f".h{n}{{background:hsl({n * 360 // HUES} 90% 88%)}}" for n in range(HUES))
POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def explanation_page(source: str, document: Document, balance: Balance, name: str) -> str:
    """A page of its own, without scripts: the sum, the rules, and the source with what they took marked."""
    findings = document.findings
    hues = {rule: place % HUES for place, rule in enumerate(dict.fromkeys(finding.rule for finding in findings))}
    return (
        f'<!DOCTYPE html>\n<html lang="en"><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}"><title>{escape(name)}</title>'
        f"<style>{STYLE}</style>\n<h1>{escape(name)}</h1>\n<pre>{escape(str(balance))}</pre>\n"
        f"<table><tr><th>Rule</th><th>Times</th><th>Lines</th></tr>{''.join(_rules(findings, hues))}</table>\n"
        f'<div class="source">{"".join(_source(source, findings, hues))}</div>\n</html>\n'
    )


def _rules(findings: Iterable[Finding], hues: dict[str, int]) -> Iterator[str]:
    """A row of the table for each rule."""
    lines: dict[str, list[int]] = {}
    for finding in findings:
        lines.setdefault(finding.rule, []).append(finding.line)
    for rule, places in lines.items():
        links = ", ".join(f'<a href="#{line}">{line}</a>' for line in dict.fromkeys(places) if line)
        yield f'<tr><td><span class="rule h{hues[rule]}">{escape(rule)}</span></td><td class="n">{len(places)}</td>'
        yield f"<td>{links}</td></tr>\n"


def _source(source: str, findings: Iterable[Finding], hues: dict[str, int]) -> Iterator[str]:
    """The lines of the source, marked, each with its findings below it."""
    lines = source.splitlines() or [""]
    by_line = {line: list(found) for line, found in groupby(sorted(findings, key=_line), key=_line)}
    marks = _marks(lines, by_line)
    for finding in by_line.get(0, ()):
        yield _note(finding, hues)
    for number, line in enumerate(lines, 1):
        yield f'<div id="{number}">{_marked(line, marks.get(number, []), hues)}</div>\n'
        for finding in by_line.get(number, ()):
            yield _note(finding, hues)


def _line(finding: Finding) -> int:
    return finding.line


def _note(finding: Finding, hues: dict[str, int]) -> str:
    became = "dropped" if finding.kept is None else f"now {_short(finding.kept)}" if finding.kept else ""
    words = escape(" — ".join(filter(None, (_short(finding.text), became))))
    return f'<div class="note"><span class="rule h{hues[finding.rule]}">{escape(finding.rule)}</span> {words}</div>\n'


def _short(text: str, most: int = 200) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[:most] + "…"


Span = tuple[int, int, str]


def _marks(lines: list[str], by_line: dict[int, list[Finding]]) -> dict[int, list[Span]]:
    """Where the words of findings stand: by line, spans that do not overlap."""
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
    return {line: _apart(spans) for line, spans in marks.items()}


def _find(lines: list[str], word: str, line: int, column: int) -> tuple[int, int, int] | None:
    """(line, first column, column behind it) of the next place of a word, within reach."""
    pattern = re.compile(f"{re.escape(escape(word, quote=False))}|{re.escape(word)}")
    for number in range(line, min(line + REACH, len(lines)) + 1):
        if found := pattern.search(lines[number - 1], column):
            return number, *found.span()
        column = 0
    return None


def _apart(spans: list[Span]) -> list[Span]:
    """Spans in order, without those that overlap one before."""
    kept: list[Span] = []
    for span in sorted(spans):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _marked(line: str, spans: list[Span], hues: dict[str, int]) -> str:
    """A line of source as HTML."""
    pieces, place = [], 0
    for start, end, rule in spans:
        pieces.append(escape(line[place:start]))
        pieces.append(f'<mark class="h{hues[rule]}" title="{escape(rule)}">{escape(line[start:end])}</mark>')
        place = end
    return "".join((*pieces, escape(line[place:])))
