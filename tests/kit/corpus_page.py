"""Writes docs/corpus.md and docs/zh/corpus.md from the table of columns: `python -m tests.kit.corpus_page`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from converter.corpus.columns import COLUMNS, INTEGER, NUMBER, RECORDS, TEXT, TEXTS, Column
from converter.translation import chinese
from tests.kit.paths import ROOT

PAGES = {False: "docs/corpus.md", True: "docs/zh/corpus.md"}
"""The page in each language: whether it is Chinese."""
MARK = "<!-- columns: from converter/corpus/columns.py, by python -m tests.kit.corpus_page -->"
KINDS_IN_CHINESE: Mapping[str, str] = {
    TEXT: "文本", TEXTS: "文本列表", INTEGER: "整数", NUMBER: "小数", **dict.fromkeys(RECORDS, "记录列表"),
}  # fmt: skip
HEADS = {False: "| Column | Type | What it holds |", True: "| 列 | 类型 | 内容 |"}


def table(*, in_chinese: bool) -> str:
    """Return the table of the columns."""
    say: Callable[[str], str] = chinese if in_chinese else str
    rows = (f"| `{column.name}` | {_kind(column, in_chinese)} | {say(column.meaning)} |" for column in COLUMNS)
    return "\n".join((HEADS[in_chinese], "| --- | --- | --- |", *rows))


def _kind(column: Column, in_chinese: bool) -> str:
    kind = KINDS_IN_CHINESE[column.kind] if in_chinese else column.kind.replace(column.name, "list of records")
    fields = ", ".join(f"`{field}`" for field in RECORDS.get(column.kind, ()))
    return f"{kind}{'：' if in_chinese else ': '}{fields}" if fields else kind


def page(*, in_chinese: bool) -> str:
    """Return a page as it is, with the table of now."""
    text = (ROOT / PAGES[in_chinese]).read_text("utf-8")
    return re.sub(
        rf"({re.escape(MARK)}\n\n)(?:\|[^\n]*\n)*", lambda match: match[1] + table(in_chinese=in_chinese) + "\n", text
    )


if __name__ == "__main__":
    for in_chinese, path in PAGES.items():
        (ROOT / path).write_text(page(in_chinese=in_chinese), "utf-8")
