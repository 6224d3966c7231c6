"""Sites of a user's own: the ``[[site]]`` tables of a configuration file or of ``--rules`` as records, and back.

Each record has the fields of ``sites.record.Site`` that hold for any site, under the names of FIELDS.  A table is
checked as strictly as an option: OptionError names the file, the line and the field.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple, NoReturn, TypeAlias, get_args

from converter.model import OptionError
from converter.options.settings import toml_value
from converter.rules.chrome import Chrome
from converter.rules.findings import FINDINGS, OWN_EXAMPLE, FindingEntry
from converter.rules.limits import LimitName
from converter.rules.metadata import SELECTOR, Field, Holder, MetaRow
from converter.rules.roots import Root
from converter.sites.record import Site

GROUP = "site."
"""Start of the ids of findings of such a site: ``site.NAME/ROW``."""
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
_WORD = re.compile(r"[^\s\"'<>=]+")
_UNSAFE = re.compile(r"[^\w.-]+")


class _Text(NamedTuple):
    """What a text must be: a function that accepts it, and the same in words."""

    accepts: Callable[[str], bool]
    shape: str


def _compiles(text: str) -> bool:
    try:
        return bool(text) and re.compile(text) is not None
    except re.error:
        return False


def _is_selector(text: str) -> bool:
    return bool(text) and all(part and SELECTOR.fullmatch(part) for part in text.split(" "))


def _is_held(text: str) -> bool:
    selector, at, attribute = text.partition("@")
    return bool(text.strip()) and (not at or (_is_selector(selector) and bool(attribute)))


def _one_of(choices: tuple[str, ...]) -> _Text:
    return _Text(choices.__contains__, f"one of {', '.join(map(toml_value, choices))}")


_ANY = _Text(bool, "a text")
_ONE_WORD = _Text(lambda text: _WORD.fullmatch(text) is not None, "one word")
_PATTERN = _Text(_compiles, "a regular expression")
_SELECTOR = _Text(
    _is_selector, "a selector, as tag, .class, #id, tag.class, [name=word], or several with a space between"
)
_HELD = _Text(_is_held, "a name, or a selector (with @attribute behind it where holder is attribute)")

_Shape: TypeAlias = _Text | Mapping[str, _Text]
"""What the entries of a field are: texts, or tables with these keys."""
_NAMED = {"class": _ONE_WORD, "id": _ONE_WORD}
FIELDS: Mapping[str, _Shape] = MappingProxyType(
    {
        "roots": {**_NAMED, "element": _ONE_WORD, "inside": _ONE_WORD},
        "chrome": {**_NAMED, "rule": _ONE_WORD, "holds": _one_of(get_args(LimitName)), "origin": _ANY},
        "metadata": {
            "field": _one_of(get_args(Field)),
            "holder": _one_of(get_args(Holder)),
            "name": _HELD,
            "pattern": _PATTERN,
        },
        "title-names": _PATTERN,
        "tag-links": _SELECTOR,
        "category-links": _SELECTOR,
        "category-addresses": _ANY,
        "redirects": {"address": _ANY, "field": _ONE_WORD},
        "keyword-links": _PATTERN,
        "furniture-images": _ANY,
        "equation-servers": {"address": _ANY, "field": _ONE_WORD},
    }
)
"""The fields of a table beside ``name``, each a list."""
_ONE_OF = {"roots": ("class", "id", "element"), "chrome": ("class", "id")}
"""Keys of which a table has exactly one."""
_OPTIONAL = frozenset(("inside", "rule", "holds", "origin", "pattern"))


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
        furniture_images=tuple(("image/code-button", (part.lower(),)) for part in rows["furniture-images"]),
        equation_servers=tuple((row["address"], row["field"]) for row in rows["equation-servers"]),
    )


def _entries(key: str, entries: object, place: _Place) -> list[Any]:
    """Return the entries of a field, checked."""
    shape = FIELDS[key]
    if not isinstance(entries, list):
        place.fail(key, f"must be a list, not {toml_value(entries)}")
    for entry in entries:
        if isinstance(shape, _Text):
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


def _check(value: object, wanted: _Text, field: str, place: _Place) -> None:
    if not isinstance(value, str) or not wanted.accepts(value):
        word = toml_value(value) if isinstance(value, str) else field.rpartition(" ")[2]
        place.fail(field, f"must be {wanted.shape}, not {toml_value(value)}", word)


def _check_keys(key: str, entry: dict[str, str], shape: Mapping[str, _Text], place: _Place) -> None:
    """Fail where an entry lacks a key, or has two of which it must have one."""
    either = _ONE_OF.get(key, ())
    word = next(iter(entry.values()), key)
    if either and sum(name in entry for name in either) != 1:
        place.fail(key, f"must have one of {', '.join(either)}", word)
    lacking = [name for name in shape if name not in entry and name not in _OPTIONAL and name not in either]
    if lacking:
        place.fail(key, f"must have {', '.join(lacking)}", word)
    holder = entry.get("holder")
    if holder in ("text", "attribute") and not _is_selector(entry["name"].partition("@")[0]):
        place.fail(
            f"{key}: name", f"must be {_SELECTOR.shape}, not {toml_value(entry['name'])}", toml_value(entry["name"])
        )
    if holder is not None and (holder == "attribute") != ("@" in entry["name"]):
        place.fail(f"{key}: name", f"must be {_HELD.shape}, not {toml_value(entry['name'])}", toml_value(entry["name"]))


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
        "furniture-images": [part for _, parts in site.furniture_images for part in parts],
        "equation-servers": [{"address": address, "field": field} for address, field in site.equation_servers],
    }
