"""Sites of a user's own: the ``[[site]]`` tables of a configuration file or of ``--rules`` as records, and back.

Each record has the fields of ``sites.record.Site`` that hold for any site, under the names of FIELDS.  A table is
checked as strictly as an option: OptionError names the file, the line and the field.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from converter.model import OptionError
from converter.options.own_fields import (
    FIELDS,
    HELD,
    NO_REFERER,
    ONE_OF,
    OPTIONAL,
    SELECTOR_TEXT,
    Text,
    is_selector,
)
from converter.options.own_patterns import address_pattern
from converter.options.settings import toml_value
from converter.rules.chrome import Chrome
from converter.rules.findings import FINDINGS, OWN_EXAMPLE, FindingEntry
from converter.rules.metadata import MetaRow
from converter.rules.roots import Root
from converter.rules.urls import ImageHost
from converter.sites.record import OWN_SITE, AddressForm, Site

GROUP = "site."
"""Start of the ids of findings of such a site: ``site.NAME/ROW``."""
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
_UNSAFE = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a table stands: the file, its text, and how many tables of the kind stand before it."""

    file: str
    text: str
    number: int

    def fail(self, field: str, problem: str, word: str = "") -> NoReturn:
        """Raise an OptionError that names the file, the line of a word (of the table without it), and the field."""
        raise OptionError(f"{self._with_line(word or field)}: {field}: {problem}")

    def _with_line(self, word: str) -> str:
        lines = self.text.split("\n")
        starts = [number for number, line in enumerate(lines) if re.match(r"\s*\[\[\s*[\w.\"' -]*\bsite\s*\]\]", line)]
        if self.number >= len(starts):
            return self.file
        start, *behind = *starts[self.number :], len(lines)
        found = next((number for number in range(start, behind[0]) if word in lines[number]), start)
        return f"{self.file}:{found + 1}"


def own_sites(tables: object, file: str, text: str = "") -> tuple[Site, ...]:
    """Return the sites that tables give; OptionError for a field or value that is not allowed.

    file, text: where they are from, for error messages.
    """
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise OptionError(f"{file}: site: must be a list of tables, not {toml_value(tables)}")
    return tuple(_site(table, _Place(file, text, number)) for number, table in enumerate(tables))


def _site(table: dict[str, Any], place: _Place) -> Site:
    name = table.get("name")
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        place.fail("name", f"must be a name of small letters, digits and -, not {toml_value(name)}")
    for key in table:
        if key != "name" and key not in FIELDS:
            place.fail(key, _unknown(key, ("name", *FIELDS)))
    rows = {key: _entries(key, table.get(key, []), place) for key in FIELDS}
    chrome = [(row, Chrome(_named(row)[1], _rule(name, row), row.get("origin", name), row.get("holds", "labels")))
              for row in rows["chrome"]]  # fmt: skip
    return Site(
        name=name,
        roots=tuple(_root(name, row) for row in rows["roots"]),
        wrappers=tuple(rows["wrappers"]),
        chrome_by_class=tuple(made for row, made in chrome if "class" in row),
        chrome_by_id=tuple(made for row, made in chrome if "id" in row),
        metadata=tuple(
            MetaRow(
                f"{row['field']}/{name}", row["field"], row["holder"], row["name"], name, "", row.get("pattern", "")
            )
            for row in rows["metadata"]
        ),
        title_names=tuple(rows["title-names"]),
        tag_links=tuple(rows["tag-links"]),
        category_links=tuple(rows["category-links"]),
        category_addresses=tuple(rows["category-addresses"]),
        redirects=tuple(("link/redirect", row["address"], row["field"]) for row in rows["redirects"]),
        keyword_links=tuple(("link/keyword", re.compile(pattern)) for pattern in rows["keyword-links"]),
        link_cards=tuple((row["class"], row["title"]) for row in rows["link-cards"]),
        article_addresses=tuple(
            AddressForm(f"article/{name}", address_pattern(form), form, f"{name}{OWN_SITE}")
            for form in rows["article-addresses"]
        ),
        image_hosts=_image_hosts(name, rows["image-hosts"]),
        formula_servers=tuple(map(re.escape, rows["formula-servers"])),
        furniture_images=tuple(("image/code-button", (part.lower(),)) for part in rows["furniture-images"]),
        equation_servers=tuple((row["address"], row["field"]) for row in rows["equation-servers"]),
    )


def _entries(key: str, entries: object, place: _Place) -> list[Any]:
    """Return the entries of a field, checked."""
    shape = FIELDS[key]
    if not isinstance(entries, list):
        place.fail(key, f"must be a list, not {toml_value(entries)}")
    for entry in entries:
        if isinstance(shape, Text):
            _check(entry, shape, key, place)
            continue
        if not isinstance(entry, dict):
            place.fail(key, f"must be a list of tables, not {toml_value(entries)}")
        for name, value in entry.items():
            if name not in shape:
                place.fail(f"{key}: {name}", _unknown(name, tuple(shape)), name)
            _check(value, shape[name], f"{key}: {name}", place)
        _check_keys(key, entry, shape, place)
    return entries


def _check(value: object, wanted: Text, field: str, place: _Place) -> None:
    if not isinstance(value, str) or not wanted.accepts(value):
        word = toml_value(value) if isinstance(value, str) else field.rpartition(" ")[2]
        place.fail(field, f"must be {wanted.shape}, not {toml_value(value)}", word)


def _check_keys(key: str, entry: dict[str, str], shape: Mapping[str, Text], place: _Place) -> None:
    """Fail where an entry lacks a key, or has two of which it must have one."""
    either = ONE_OF.get(key, ())
    word = next(iter(entry.values()), key)
    if either and sum(name in entry for name in either) != 1:
        place.fail(key, f"must have one of {', '.join(either)}", word)
    lacking = [name for name in shape if name not in entry and name not in OPTIONAL and name not in either]
    if lacking:
        place.fail(key, f"must have {', '.join(lacking)}", word)
    holder = entry.get("holder")
    if holder in ("text", "attribute") and not is_selector(entry["name"].partition("@")[0]):
        place.fail(
            f"{key}: name", f"must be {SELECTOR_TEXT.shape}, not {toml_value(entry['name'])}", toml_value(entry["name"])
        )
    if holder is not None and (holder == "attribute") != ("@" in entry["name"]):
        place.fail(f"{key}: name", f"must be {HELD.shape}, not {toml_value(entry['name'])}", toml_value(entry["name"]))


def _unknown(key: str, allowed: tuple[str, ...]) -> str:
    near = difflib.get_close_matches(key.replace("_", "-"), allowed, 1)
    hint = f"did you mean {near[0]!r}? " if near else ""
    return f"unknown key: {hint}allowed are {', '.join(allowed)}"


def _named(row: Mapping[str, str]) -> tuple[str, str]:
    """Return (attribute, value) of the element that a row names; a tag has no attribute."""
    return next(("" if key == "element" else key, row[key]) for key in ("class", "id", "element") if key in row)


def _root(site: str, row: Mapping[str, str]) -> Root:
    attribute, value = _named(row)
    return Root(f"{site}/{value}", attribute, value, site, "", row.get("inside", ""))


def _image_hosts(site: str, rows: Iterable[Mapping[str, str]]) -> tuple[ImageHost, ...]:
    """Return the hosts that rows name, each with all its referers in order."""
    found: dict[str, tuple[str, ...]] = {}
    for row in rows:
        referer = "" if row["referer"] == NO_REFERER else row["referer"]
        found[row["domain"]] = (*found.get(row["domain"], ()), referer)
    return tuple(ImageHost(domain, referers, site) for domain, referers in found.items())


def _rule(site: str, row: Mapping[str, str]) -> str:
    return f"{GROUP}{site}/{row.get('rule') or _UNSAFE.sub('-', _named(row)[1])}"


def meaning_of(rule: str) -> str:
    """Return what the findings of a rule mean, one of a user's own too; "" for an unknown rule."""
    entry = FINDINGS.get(OWN_EXAMPLE if rule.startswith(GROUP) else rule)
    return entry.meaning if entry else ""


def entries_of(sites: Iterable[Site]) -> dict[str, FindingEntry]:
    """Return an entry for each rule of a user's own sites."""
    found: dict[str, FindingEntry] = {}
    for site in sites:
        for kind, rows in (("class", site.chrome_by_class), ("id", site.chrome_by_id)):
            for row in rows:
                origin = f"{row.origin} ({kind} {row.name})"
                known = found.get(row.rule)
                found[row.rule] = FindingEntry(
                    row.rule, meaning_of(row.rule), f"{known.origin}, {origin}" if known else origin
                )
    return found


def data_of(site: Site) -> dict[str, Any]:
    """Return a site as the table that ``own_sites`` makes it of."""
    return {
        "name": site.name,
        "roots": [
            {row.attribute or "element": row.value} | ({"inside": row.inside} if row.inside else {})
            for row in site.roots
        ],
        "wrappers": list(site.wrappers),
        "chrome": [
            {key: row.name, "rule": row.rule.partition("/")[2], "holds": row.holds, "origin": row.origin}
            for key, rows in (("class", site.chrome_by_class), ("id", site.chrome_by_id))
            for row in rows
        ],
        "metadata": [
            {"field": row.field, "holder": row.holder, "name": row.name}
            | ({"pattern": row.pattern} if row.pattern else {})
            for row in site.metadata
        ],
        "title-names": list(site.title_names),
        "tag-links": list(site.tag_links),
        "category-links": list(site.category_links),
        "category-addresses": list(site.category_addresses),
        "redirects": [{"address": address, "field": field} for _, address, field in site.redirects],
        "keyword-links": [pattern.pattern for _, pattern in site.keyword_links],
        "link-cards": [{"class": box, "title": title} for box, title in site.link_cards],
        "article-addresses": [row.origin for row in site.article_addresses],
        "image-hosts": [
            {"domain": host.domain, "referer": referer or NO_REFERER}
            for host in site.image_hosts
            for referer in host.referers
        ],
        "formula-servers": [re.sub(r"\\(.)", r"\1", pattern) for pattern in site.formula_servers],
        "furniture-images": [part for _, parts in site.furniture_images for part in parts],
        "equation-servers": [{"address": address, "field": field} for address, field in site.equation_servers],
    }
