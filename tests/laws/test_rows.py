"""Every row of the tables of rules and sites is used by a fixture: without the row, some fixture is converted differently.

A row without a fixture fails here, and so does a row that no longer does anything.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest

import converter.rules
from converter.cleaner.by_class import CLASS_HANDLERS
from converter.cleaner.inline_elements import MARKS
from converter.model import ConversionError, Document
from converter.sites.record import Site
from tests.laws.test_fixtures import FIXTURES, SOURCES, converted, stem

ELSEWHERE = {
    **dict.fromkeys(("ENTRIES", "FINDINGS"), "test_rule: each entry is of a finding, and its example is true"),
    **dict.fromkeys(
        "PAGE_SIGNS ARTICLE_SIGNS LOCK_WORDS CUT LITTLE_TEXT INCOMPLETE".split(),
        "test_incomplete: an example of each sign",
    ),
    **dict.fromkeys(
        "LANGUAGE_SIGNS HOLDERS LEAST_WEIGHT MOST_DOUBT LEAST_CODE MOST_CODE".split(),
        "test_guessed_language: an example of each sign",
    ),
    "BY_TAG": "its rows are TAG_ROWS",
    "METADATA": "test_metadata: each row names its page",
    "ROOTS": "test_roots: each row names its page",
    "SITES": "their rows are those of the tables",
    "SELECTOR": "test_metadata: what a selector may be",
    "OWN_EXAMPLE": "test_rule: the example of a row of a user's own",
    "DATE": "a part of patterns of METADATA",
    "ADDRESS_KEYS": "test_frontmatter",
    "WRAPPERS": "test_kind: compiled into patterns",
    **dict.fromkeys(("TITLE_IDS", "TITLE_CLASSES"), "test_page: a heading of the pages has both"),
    "ADDRESS_MARKERS": "test_page: compiled into patterns",
    "TITLE_NAMES": "test_metadata: compiled into patterns",
    "DESCRIPTION_LEADS": "test_page: compiled into patterns",
    **dict.fromkeys(("ARTICLE_ADDRESSES", "ARTICLE_PATHS", "HOME"), "test_addresses"),
    **dict.fromkeys(("STAMPS", "IMAGE_HOSTS", "ANY_HOST", "OWN"), "test_standalone"),
    **dict.fromkeys(
        """ATTRIBUTES DATA_START ELEMENTS ICON_CLASS ICON_HOLDERS ICON_SIZE LOCAL_REFERENCE MERMAID_ID MERMAID_STYLE
        SHAPES SILENT STUB STYLE_ESCAPES UNDRAWN WORDLESS""".split(),
        "test_drawings",
    ),
    "CODE_TOOLBARS": "its rows are rows of CLASS_HANDLERS",
    **dict.fromkeys(("LIMITS", "CODE_TAGS"), "test_limits"),
    **dict.fromkeys(("FORMULA_CLASSES", "MATHJAX_GLYPHS"), "its rows are rows of CLASS_HANDLERS"),
    "TAG_ROWS:head": "test_overrides: only an lxml document has one inside",
}
"""Tables whose rows another test sees to, or whose rows are rows of another table here."""
JOINED = re.compile("COMMON_|(?:DECLARED|STANDARD|LAST)_METADATA")
"""Names of tables of ``rules`` whose rows are rows of ``sites.tables``."""
NEVER = re.compile(r"(?!)")
EVERY = [*SOURCES, *sorted((FIXTURES.parent / "pages").glob("*.html"))]


class Row(NamedTuple):
    """One row: its table, its name, and the table without it."""

    table: str
    name: str
    whole: Any
    rest: Any


def tables() -> Iterator[tuple[str, Any]]:
    """Every table that a stage reads: of ``rules``, of ``sites.tables``, and the cleaner's by tag and class."""
    names = [f"converter.rules.{module.name}" for module in pkgutil.iter_modules(converter.rules.__path__)]
    for module in map(importlib.import_module, (*names, "converter.sites.tables")):
        for name, value in vars(module).items():
            if name.isupper() and not (name.startswith("_") or JOINED.match(name) or isinstance(value, Site)):
                yield name, value
    yield from (("MARKS", MARKS), ("CLASS_HANDLERS", CLASS_HANDLERS))


def rows() -> Iterator[Row]:
    for table, whole in tables():
        if table not in ELSEWHERE:
            parts = (Row(table, name, whole, rest) for name, rest in without_each(whole))
            yield from (row for row in parts if f"{table}:{row.name}" not in ELSEWHERE)


def without_each(table: Any) -> Iterator[tuple[str, Any]]:
    """(name, table without it) for each row; a pattern that is a flat choice has a row a choice."""
    if isinstance(table, Mapping):
        for key in sorted(table):
            yield key, MappingProxyType({name: row for name, row in table.items() if name != key})
    elif isinstance(table, (tuple, frozenset)):
        for entry in sorted(table) if isinstance(table, frozenset) else table:
            yield str(entry if isinstance(entry, str) else entry[0]), type(table)(row for row in table if row != entry)
    elif isinstance(table, re.Pattern):
        choices = table.pattern.split("|")
        flat = len(choices) > 1 and "(" not in table.pattern
        for choice in choices if flat else [table.pattern]:
            rest = [other for other in choices if other != choice] if flat else []
            yield choice, re.compile("|".join(rest), table.flags) if rest else NEVER
    else:
        yield str(table), "\0"


def outcome(source: Path) -> Document | str:
    try:
        return converted(source)
    except (ConversionError, KeyError) as error:  # a row that the code names is missed at once
        return repr(error)


@pytest.fixture(scope="module")
def before() -> dict[Path, Document | str]:
    return {source: outcome(source) for source in EVERY}


def replace_everywhere(patch: pytest.MonkeyPatch, whole: Any, rest: Any) -> None:
    """Put a table without one of its rows in the place of the table, in each module that holds it."""
    for name, module in list(sys.modules.items()):
        if name.startswith("converter"):
            for attribute, value in list(vars(module).items()):
                if value is whole:
                    patch.setattr(module, attribute, rest)


@pytest.mark.parametrize("row", list(rows()), ids=lambda row: f"{row.table}:{row.name[:40]}")
def test_each_row_is_used(row: Row, before: dict[Path, Document | str], monkeypatch: pytest.MonkeyPatch) -> None:
    replace_everywhere(monkeypatch, row.whole, row.rest)
    candidates = sorted(EVERY, key=lambda source: not likely(row, source))
    assert any(outcome(source) != before[source] for source in candidates), f"no fixture uses {row.table} {row.name}"


def likely(row: Row, source: Path) -> bool:
    """Whether a fixture is worth trying first: it holds the row's name."""
    return row.name.lower() in source.read_text("utf-8", "replace").lower() or stem(source).startswith(row.name)


def test_tables_seen_to_elsewhere_exist() -> None:
    assert {name for name, _ in tables()} >= {name.partition(":")[0] for name in ELSEWHERE}


def test_without_a_change_every_fixture_comes_out_as_before(before: dict[Path, Document | str]) -> None:
    """The check itself: what differs without a row differs because of it."""
    assert {source: outcome(source) for source in EVERY} == before
