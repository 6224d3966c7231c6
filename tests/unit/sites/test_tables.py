from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import pytest

import converter.sites
from converter.sites import tables
from converter.sites.record import Site

OF_THE_FIRST = frozenset(("home", "article_paths", "utc_offset", "transfer_sign", "transfer_note"))
"""Fields that are read of the first site only."""
TABLES = {
    "chrome_by_class": "CLASS_ROWS",
    "chrome_by_id": "ID_ROWS",
    "editor_alternatives": "EMPTY_ALTERNATIVES",
}
"""Fields whose table has another name."""
ROWS = [field.name for field in fields(Site) if field.name not in ("name", "formula_servers", *OF_THE_FIRST)]


def records() -> list[Site]:
    """Return the records of all files of the package."""
    found: list[Site] = []
    for module in pkgutil.iter_modules(converter.sites.__path__):
        if module.name != "tables":
            names = vars(importlib.import_module(f"converter.sites.{module.name}")).values()
            found.extend(value for value in names if isinstance(value, Site))
    return found


def test_every_record_is_joined_once() -> None:
    assert sorted(site.name for site in records()) == sorted(site.name for site in tables.SITES)
    assert len({site.name for site in tables.SITES}) == len(tables.SITES)


@pytest.mark.parametrize("name", ROWS)
def test_every_field_reaches_its_table(name: str) -> None:
    table: Any = getattr(tables, "METADATA" if name.endswith("metadata") else TABLES.get(name, name.upper()))
    held = (*table.values(), *table.items()) if isinstance(table, Mapping) else table
    rows = [row for site in tables.SITES for row in getattr(site, name)]
    assert rows
    assert [row for row in rows if row not in held] == []


def test_the_patterns_of_formula_servers_are_one() -> None:
    parts = tables.FORMULA_SERVERS.pattern.split("|")
    assert {server for site in tables.SITES for server in site.formula_servers} < set(parts)


def test_only_the_first_site_has_what_is_read_of_it_alone() -> None:
    for site in tables.SITES[1:]:
        assert [name for name in OF_THE_FIRST if getattr(site, name)] == []


def test_names_of_chrome_are_unique() -> None:
    for name in ("chrome_by_class", "chrome_by_id"):
        names = [row.name for site in tables.SITES for row in getattr(site, name)]
        assert len(set(names)) == len(names)


def test_a_site_asks_before_the_standards_and_what_it_has_in_reserve_behind_them() -> None:
    order = [row.id for row in tables.METADATA if row.field == "title"]
    assert order == [
        "title/csdn-heading",
        "title/csdn-id",
        "title/csdn-script",
        "title/old-theme",
        "title/csdn-list",
        "title/cnblogs",
        "title/iteye",
        "title/weixin",
        "title/juejin",
        "title/jianshu-2019",
        "title/oschina",
        "title/hexo",
        "title/fluid",
        "title/microdata",
        "title/open-graph",
        "title/json",
        "title/json-csdn",
        "title/head",
    ]
