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

from converter.batch.names import shown
from converter.batch.result import Result
from converter.batch.storage import files
from converter.batch.storage.urls import is_url
from converter.batch.values import BatchError, Outcome, Row
from converter.rules.findings import FINDINGS
from converter.version import __version__

SUFFIXES = (".jsonl", ".html")


class Reports:
    """The reports of a run, as listeners; BatchError where one cannot be written."""

    def __init__(self, paths: tuple[Path, ...]) -> None:
        for path in paths:
            if path.suffix.lower() not in SUFFIXES:
                raise BatchError(f"{path}: a report ends in {' or '.join(SUFFIXES)}", exit_code=2)
        kinds = {".jsonl": JsonLines, ".html": Page}
        self.listeners = [kinds[path.suffix.lower()](path) for path in paths]
        self._stack = ExitStack()

    def __enter__(self) -> Reports:
        try:
            for listener in self.listeners:
                self._stack.enter_context(listener)
        except OSError as error:
            self._stack.close()
            raise BatchError(f"{error.filename}: {files.reason(error)}", exit_code=2) from error
        return self

    def finish(self, result: Result) -> None:
        """Put every report in its place; BatchError where that cannot be done."""
        for listener in self.listeners:
            try:
                listener.finish(result)
            except OSError as error:
                raise BatchError(f"{listener.path}: {files.reason(error)}") from error

    def __exit__(self, *_: object) -> None:
        self._stack.close()


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


class JsonLines:
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

    def planned(self, total: int) -> None:
        """See Listener."""

    def received(self, count: int) -> None:
        """See Listener."""

    def row(self, row: Row) -> None:
        """See Listener."""
        proof = {"differences": row.differences} if row.differences else {}
        self._file.write(json.dumps(record(row) | proof, ensure_ascii=False) + "\n")

    def finish(self, result: Result) -> None:
        """Put the report in its place."""
        self._file.close()
        files.put(self._rows, self.path)


class Page(JsonLines):
    """A page with totals, failures, findings by rule, and every row: sorted, searched and paged in the browser."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._rules: Counter[str] = Counter()
        self._failures: list[Row] = []
        self._differing: list[Row] = []
        self._base = os.path.abspath(path.parent)

    def row(self, row: Row) -> None:
        """See Listener."""
        self._rules.update(dict(row.rules))
        if row.outcome is Outcome.FAILED and len(self._failures) < MAX_FAILURES:
            self._failures.append(row)
        if row.differences and len(self._differing) < MAX_FAILURES:
            self._differing.append(row)
        links = (self._link(row.path), self._link(row.target))
        values = [*record(row).values()]
        values[-1] = sum(count for _, count in row.rules)
        self._file.write(f"{_script_json([*values, *links])},\n")

    def finish(self, result: Result) -> None:
        """Put head and totals before the rows, and the page in its place."""
        self._file.close()
        head, foot = (package_files("converter.batch") / "report.html").read_text("utf-8").split("/*ROWS*/")
        with (
            files.replacing(self.path) as whole,
            whole.open("w", encoding="utf-8", newline="\n") as page,
            self._rows.open(encoding="utf-8") as rows,
        ):
            page.write(head.replace("<!--SUMMARY-->", self._summary(result)))
            while block := rows.read(1 << 20):
                page.write(block)
            page.write(foot)

    def _link(self, path: str) -> str:
        if not path or is_url(path):  # which no browser opens
            return ""
        return quote(os.fsencode(os.path.relpath(os.path.abspath(path), self._base).replace(os.sep, "/")))

    def _failure(self, row: Row) -> tuple[str, str]:
        return _linked(self._link(row.path), row.source), escape(row.message)

    def _differences(self, row: Row) -> tuple[str, str]:
        """Return a document and what verification found in it, a line each, with its line in front."""
        document = _linked(self._link(row.target), shown(row.target))
        return document, "<br>".join(escape(difference) for difference in row.differences)

    def _summary(self, result: Result) -> str:
        totals = "".join(
            f"<li class={name}><b>{count:,}</b> {name}</li>" for name, count in result.counts.items() if count
        )
        parts = [f"<p>csdn2md {__version__}: {escape(str(result))}</p><ul class=totals>{totals}</ul>"]
        if self._failures:
            title = _title("Failures", result.counts[Outcome.FAILED])
            parts.append(_table(title, ("source", "what"), [self._failure(row) for row in self._failures]))
        if self._differing:
            title = _title("Differences from the source", result.differing)
            parts.append(
                _table(title, ("document", "differences"), [self._differences(row) for row in self._differing])
            )
        if self._rules:
            rules = [(escape(rule), f"{count:,}", _meaning(rule)) for rule, count in self._rules.most_common()]
            parts.append(_table("Findings by rule", ("rule", "times", "meaning"), rules))
            parts.append("<p><code>csdn2md rule NAME</code> explains a rule, with an example.</p>")
        return "\n".join(parts)


MAX_FAILURES = 1000


def _title(words: str, count: int) -> str:
    return f"{words}: {count:,}" + (f" (here the first {MAX_FAILURES:,})" if count > MAX_FAILURES else "")


def _linked(address: str, text: str) -> str:
    return f'<a href="{escape(address)}">{escape(text)}</a>' if address else escape(text)


def _meaning(rule: str) -> str:
    """Return what a finding means, as HTML."""
    return escape(FINDINGS[rule].meaning) if rule in FINDINGS else ""


def _table(title: str, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    head = "".join(f"<th>{name}</th>" for name in heads)
    body = "\n".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    table = f"<table><thead><tr>{head}</tr></thead><tbody>\n{body}</tbody></table>"
    return f'<h2>{title}</h2>\n<div class="list" tabindex="0">{table}</div>'


def _script_json(value: object) -> str:
    """JSON that is safe inside a script element, whatever the strings hold."""
    text = json.dumps(value)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
