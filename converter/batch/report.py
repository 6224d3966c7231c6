"""Writes reports of a run, row by row: JSON Lines, or one HTML page that needs no other file."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from html import escape
from importlib.resources import files as package_files
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

from converter.batch.listener import Listener
from converter.batch.names import shown
from converter.batch.result import Result
from converter.batch.storage import files
from converter.batch.storage.urls import is_url
from converter.batch.values import BatchError, Outcome, Row
from converter.options.own_sites import meaning_of
from converter.similarity.groups import Group, Groups, memberships
from converter.translation import chinese, in_chinese, marked
from converter.version import __version__

SUFFIXES = (".jsonl", ".html")


class Reports:
    """The reports of a run, as listeners; BatchError where one cannot be written."""

    def __init__(self, paths: tuple[Path, ...]) -> None:
        for path in paths:
            if path.suffix.lower() not in SUFFIXES:
                raise BatchError(f"{path}: a report ends in .jsonl or .html", exit_code=2)
        kinds = {".jsonl": JsonLines, ".html": Page}
        self._files = [kinds[path.suffix.lower()](path) for path in paths]
        self._sketches = Sketches()
        self.listeners: tuple[Sketches | JsonLines, ...] = (self._sketches, *self._files) if paths else ()
        self._stack = ExitStack()

    def __enter__(self) -> Reports:
        try:
            for file in self._files:
                self._stack.enter_context(file)
        except OSError as error:
            self._stack.close()
            raise BatchError(f"{error.filename}: {files.reason(error)}", exit_code=2) from error
        return self

    def finish(self, result: Result) -> None:
        """Put every report in its place; BatchError where that cannot be done."""
        groups = tuple(self._sketches.groups.found())
        for file in self._files:
            try:
                file.finish(result, groups)
            except OSError as error:
                raise BatchError(f"{file.path}: {files.reason(error)}") from error

    def __exit__(self, *_: object) -> None:
        self._stack.close()
        self._sketches.groups.close()


class Sketches(Listener):
    """Finds the documents of a run that are alike."""

    def __init__(self) -> None:
        self.groups = Groups()

    def row(self, row: Row) -> None:
        """See Listener."""
        if row.sketch is not None:
            self.groups.add(record(row)["output"], row.sketch)


def record(row: Row) -> dict[str, Any]:
    """Return a row as it stands in reports."""
    return {
        "source": row.source,
        "output": shown(row.target or row.output),
        "outcome": str(row.outcome),
        "message": row.message,
        "seconds": round(row.seconds, 6),
        "bytes_in": row.bytes_in,
        "bytes_out": row.bytes_out,
        "kind": row.kind,
        "renamed_from": row.taken if row.output else "",
        "findings": dict(row.rules),
    }


class JsonLines(Listener):
    """One JSON object per document, in the plan's order. The file appears when the run is over."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._rows = Path(files.staged_beside(str(path), of="rows"))

    def __enter__(self) -> JsonLines:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._file: IO[str] = self._rows.open("w", encoding="utf-8", newline="\n")
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self._rows.unlink(missing_ok=True)

    def row(self, row: Row) -> None:
        """See Listener."""
        proof: dict[str, Any] = {"differences": row.differences} if row.differences else {}
        if row.shares:
            proof["shares"] = dict(row.shares)
        self._file.write(json.dumps(record(row) | proof, ensure_ascii=False) + "\n")

    def finish(self, result: Result, groups: tuple[Group, ...]) -> None:
        """Put the report in its place; a document that is like others gets what is known of these."""
        self._file.close()
        told = memberships(groups)
        if not told:
            files.put(self._rows, self.path)
            return
        with (
            files.replacing(self.path) as whole,
            whole.open("w", encoding="utf-8", newline="\n") as file,
            self._rows.open(encoding="utf-8") as rows,
        ):
            for row in map(json.loads, rows):
                file.write(json.dumps(row | told.get(row["output"], {}), ensure_ascii=False) + "\n")


class Page(JsonLines):
    """A page with totals, failures, findings by rule, and every row: sorted, searched and paged in the browser."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._rules: Counter[str] = Counter()
        self._failures: list[Row] = []
        self._differing: list[Row] = []
        self._largest: dict[str, tuple[float, Row]] = {}
        self._base = os.path.abspath(path.parent)

    def row(self, row: Row) -> None:
        """See Listener."""
        self._rules.update(dict(row.rules))
        if row.outcome is Outcome.FAILED and len(self._failures) < MAX_FAILURES:
            self._failures.append(row)
        if row.differences and len(self._differing) < MAX_FAILURES:
            self._differing.append(row)
        for rule, share in row.shares:
            if share > self._largest.get(rule, (0.0, row))[0]:
                self._largest[rule] = share, row
        links = (self._link(row.path), self._link(row.target))
        values = [*record(row).values()]
        values[-1] = sum(count for _, count in row.rules)
        translation = in_chinese(row.message) if row.message else ""
        self._file.write(f"{_script_json([*values, *links, translation])},\n")

    def finish(self, result: Result, groups: tuple[Group, ...]) -> None:
        """Put head and totals before the rows, and the page in its place."""
        self._file.close()
        head, foot = (package_files("converter.batch") / "report.html").read_text("utf-8").split("/*ROWS*/")
        with (
            files.replacing(self.path) as whole,
            whole.open("w", encoding="utf-8", newline="\n") as page,
            self._rows.open(encoding="utf-8") as rows,
        ):
            page.write(head.replace("<!--SUMMARY-->", self._summary(result, groups)))
            while block := rows.read(1 << 20):
                page.write(block)
            page.write(foot)

    def _link(self, path: str) -> str:
        if not path or is_url(path) or not os.path.exists(path):  # which no browser opens
            return ""
        return quote(os.fsencode(os.path.relpath(os.path.abspath(path), self._base).replace(os.sep, "/")))

    def _failure(self, row: Row) -> tuple[str, str]:
        return _linked(self._link(row.path), row.source), _both(row.message, in_chinese(row.message))

    def _differences(self, row: Row) -> tuple[str, str]:
        """Return a document and what verification found in it, a line each, with its line in front."""
        document = _linked(self._link(row.target), shown(row.target))
        return document, "<br>".join(_both(found, in_chinese(found)) for found in row.differences)

    def _most(self, rule: str) -> str:
        """Return the largest share of a text that a rule took, with its document; "" where none is known."""
        if rule not in self._largest:
            return ""
        share, row = self._largest[rule]
        return f"{share:.0%}: {_linked(self._link(row.target), shown(row.target or row.source))}"

    def _duplicates(self, groups: tuple[Group, ...]) -> str:
        """Return the table of the documents that are alike, as HTML."""
        if not groups:
            return ""
        heads = (marked("documents that are alike"), marked("earliest"), marked("most text"))
        link = self._output_link
        rows = [
            ("<br>".join(link(member.key) for member in group.members), link(group.earliest), link(group.fullest))
            for group in groups[:MAX_FAILURES]
        ]
        return _table(_title(marked("Duplicates"), len(groups)), heads, rows)

    def _output_link(self, output: str) -> str:
        return _linked(self._link(output), output)

    def _summary(self, result: Result, groups: tuple[Group, ...]) -> str:
        totals = "".join(
            f'<li class="{name}"><b>{count:,}</b> {_message(name)}</li>'
            for name, count in result.counts.items()
            if count
        )
        words = _both(str(result), result.in_words(say=chinese))
        parts = [f"<p>csdn2md {__version__}: {words}</p><ul class=totals>{totals}</ul>"]
        if self._failures:
            title = _title(marked("Failures"), result.counts[Outcome.FAILED])
            parts.append(
                _table(title, (marked("source"), marked("what")), [self._failure(row) for row in self._failures])
            )
        if self._differing:
            title = _title(marked("Differences from the source"), result.differing)
            parts.append(
                _table(
                    title,
                    (marked("document"), marked("differences")),
                    [self._differences(row) for row in self._differing],
                )
            )
        parts += filter(None, [self._duplicates(groups)])
        if self._rules:
            heads: tuple[str, ...] = (marked("rule"), marked("times"), marked("meaning"))
            rules = self._rules.most_common()
            cells: list[tuple[str, ...]] = [(escape(rule), f"{count:,}", _meaning(rule)) for rule, count in rules]
            if self._largest:
                heads = (*heads, marked("most of one text"))
                cells = [(*row, self._most(rule)) for row, (rule, _) in zip(cells, rules, strict=True)]
            parts.append(_table(_message(marked("Findings by rule")), heads, cells))
            hint = marked("csdn2md rule NAME explains a rule, with an example.")
            parts.append(f"<p>{_message(hint)}</p>")
        return "\n".join(parts)


MAX_FAILURES = 1000


def _title(message: str, count: int) -> str:
    first = marked(" (here the first {number:,})")
    more = _both(first.format(number=MAX_FAILURES), chinese(first).format(number=MAX_FAILURES))
    return f"{_message(message)}: {count:,}" + (more if count > MAX_FAILURES else "")


def _both(english: str, translation: str) -> str:
    """Return a text as HTML that the page shows in the language of the reader."""
    if translation == english:
        return escape(english)
    return f'<span data-zh="{escape(translation)}">{escape(english)}</span>'


def _message(message: str) -> str:
    """Return a message of the catalogue as HTML in both languages."""
    return _both(message, chinese(message))


def _linked(address: str, text: str) -> str:
    return f'<a href="{escape(address)}">{escape(text)}</a>' if address else escape(text)


def _meaning(rule: str) -> str:
    """Return what a finding means, as HTML."""
    return _message(meaning) if (meaning := meaning_of(rule)) else ""


def _table(title: str, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    head = "".join(f"<th>{_message(name)}</th>" for name in heads)
    body = "\n".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    table = f"<table><thead><tr>{head}</tr></thead><tbody>\n{body}</tbody></table>"
    return f'<h2>{title}</h2>\n<div class="list" tabindex="0">{table}</div>'


def _script_json(value: object) -> str:
    """JSON that is safe inside a script element, whatever the strings hold."""
    text = json.dumps(value)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
