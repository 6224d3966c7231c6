"""Edit front matter as the options ask: add, rename and remove keys, restore the title, repair YAML.

Every edit changes the text, so that all other bytes stay.  It is checked by parsing the block before and
after: an edit that would change anything else is not made, and a Finding says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from converter.frontmatter.block import FrontMatter, has_key
from converter.frontmatter.members import Member, members
from converter.frontmatter.repair import DUPLICATE, duplicates, repaired
from converter.frontmatter.writing import Value, add_line, value_text
from converter.model import Finding, Meta
from converter.options import Options

Values: TypeAlias = Mapping[str, Any]
KEPT = "frontmatter/kept"
"""The rule id of an edit that was asked for and not made."""

_TOML_MEMBER = re.compile(r"^([\"']?)([\w-]+)\1[ \t]*=[^\n]*(?:\n|\Z)", re.MULTILINE)
_LEAD = re.compile(r"[ \t]*[:=]")
_VALUE = re.compile(
    r"([ \t]*[:=][ \t]*)"
    r"(?:\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\n]|'')*'|[^\s\"'|>#](?:[^\n]*?[^ \t\n])??)"
    r"((?:[ \t]+#[^\n]*)?[ \t]*\r?\n?)\Z"
)
"""A value on one line; the groups are what stands before it and after it."""
_TOML_TABLE = re.compile(r"^[ \t]*\[", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit.

    rule: the rule id of its Finding.
    text: makes the edit in the block's text.
    values: makes the same edit in the parsed values, to check the other one.
    subject: the key, the keys or the title, for its Finding.
    """

    rule: str
    text: Callable[[FrontMatter], FrontMatter]
    values: Callable[[Values], Values]
    subject: str


def edited(
    front: FrontMatter, options: Options, meta: Meta, *, has_formulas: bool
) -> tuple[FrontMatter, tuple[Finding, ...]]:
    """Return the block with the edits that the options ask for, and a Finding for each one made or refused."""
    findings: tuple[Finding, ...] = ()
    if options.repair_front_matter:
        front, findings = repaired(front)
    for edit in _edits(front, options, meta, has_formulas=has_formulas):
        front, finding = _applied(front, edit)
        findings = (*findings, *finding)
    return front, findings


def troubles(front: FrontMatter) -> tuple[Finding, ...]:
    """Return findings of what a YAML loader would reject in a block, or read differently from another loader."""
    plain = front.plain_keys()
    if plain is None and (error := front.error()):
        return (Finding("frontmatter/invalid", error, front.raw),)
    if plain is not None and len(set(plain)) == len(plain):
        return ()
    return tuple(Finding(DUPLICATE, key, key) for key in duplicates(front))


def _applied(front: FrontMatter, edit: Edit) -> tuple[FrontMatter, tuple[Finding, ...]]:
    """Return the block after an edit, or as it was if the edit changes anything else, and the Finding that says so."""
    before = front.values()
    if before is None:
        return front, (Finding(KEPT, edit.subject, "the block is not valid"),)
    wanted = edit.values(before)
    if _same(wanted, before):
        return front, ()
    after = edit.text(front)
    if not _same(after.values(), wanted):
        return front, (Finding(KEPT, edit.subject, "cannot be done by changing a line"),)
    return after, (Finding(edit.rule, edit.subject, edit.subject),)


def _same(one: Any, other: Any) -> bool:
    """Return whether parsed values are equal.

    What aliases repeat is compared once: written out, it may have any size.
    """
    waiting, known = [(one, other)], set()
    while waiting:
        pair = waiting.pop()
        one, other = pair
        if one is other or (id(one), id(other)) in known:
            continue
        known.add((id(one), id(other)))
        if isinstance(one, dict) and isinstance(other, dict):
            if one.keys() != other.keys():
                return False
            waiting.extend((value, other[key]) for key, value in one.items())
        elif isinstance(one, list) and isinstance(other, list):
            if len(one) != len(other):
                return False
            waiting.extend(zip(one, other, strict=True))
        elif one != other:
            return False
    return True


def _edits(front: FrontMatter, options: Options, meta: Meta, *, has_formulas: bool) -> Iterable[Edit]:
    """Yield the edits that the options ask for, in the order in which they are made."""
    yield from (_drop(key) for key in options.drop)
    yield from map(_rename, options.rename)
    if options.restore_title and meta.title:
        yield _restore_title(meta.title)
    if "math" in options.add and has_formulas:
        yield _add("math", True)
    for key, value in _from_page(meta):
        if value and key in options.add:
            yield _add(key, value)


def _from_page(meta: Meta) -> tuple[tuple[str, Value], ...]:
    """Return the keys that ``add`` may name, each with what the page says."""
    return (
        ("tags", meta.tags),
        ("kind", meta.kind),
        ("license", meta.license),
        ("source", meta.source_url),
        ("column", meta.column),
    )


def _add(key: str, value: Value) -> Edit:
    """Return the edit that adds a key where it is missing."""
    parsed = list(value) if isinstance(value, tuple) else value

    def text(front: FrontMatter) -> FrontMatter:
        return front if has_key(front, (key,)) else add_line(front, key, value)

    return Edit(
        f"frontmatter/add-{key}", text, lambda values: values if key in values else {**values, key: parsed}, key
    )


def _drop(key: str) -> Edit:
    """Return the edit that removes a key."""

    def text(front: FrontMatter) -> FrontMatter:
        return _changed(front, key, lambda inner, one: inner[: one.start] + inner[one.end :])

    def values(old: Values) -> Values:
        return {name: value for name, value in old.items() if name != key}

    return Edit("frontmatter/drop", text, values, key)


def _rename(names: str) -> Edit:
    """Return the edit that renames a key; names: ``old:new``, as Options checks it."""
    old, _, new = names.partition(":")

    def text(front: FrontMatter) -> FrontMatter:
        return _changed(front, old, lambda inner, one: inner[: one.key_start] + new + inner[one.key_end :])

    def values(before: Values) -> Values:
        return before if new in before else {new if name == old else name: value for name, value in before.items()}

    return Edit("frontmatter/rename", text, values, names)


def _restore_title(title: str) -> Edit:
    """Return the edit that replaces the block's title."""

    def replaced(front: FrontMatter) -> Callable[[str, Member], str]:
        return lambda inner, one: _with_value(inner, one, value_text(front, title), front.line_end)

    def text(front: FrontMatter) -> FrontMatter:
        return _changed(front, "title", replaced(front))

    def values(old: Values) -> Values:
        return {**old, "title": title} if "title" in old else old

    return Edit("frontmatter/title", text, values, title)


def _with_value(inner: str, member: Member, value: str, line_end: str) -> str:
    """Return the text with another value of a member; what stands around the value on its line stays."""
    old = inner[member.key_end : member.end]
    line = _VALUE.match(old)
    lead, tail = (line[1], line[2]) if line else (_LEAD.match(old)[0] + " ", line_end)  # type: ignore[index]
    return inner[: member.key_end] + lead + value + tail + inner[member.end :]


def _changed(front: FrontMatter, key: str, change: Callable[[str, Member], str]) -> FrontMatter:
    """Return the block with every member of a key changed, from the last to the first."""
    inner = front.inner
    for member in reversed(_members(front)):
        if member.key == key:
            inner = change(inner, member)
    return front.with_inner(inner)


def _members(front: FrontMatter) -> list[Member]:
    """Return the top-level members whose lines can be changed: none of JSON, and of TOML those on one line."""
    if front.format == "yaml":
        return members(front.inner)
    if front.format == "json":
        return []
    table = _TOML_TABLE.search(front.inner)
    end = table.start() if table else len(front.inner)
    return [
        Member(match[2], match.start(), match.end(2) + len(match[1]), match.start(), match.end(), 0)
        for match in _TOML_MEMBER.finditer(front.inner, 0, end)
    ]
