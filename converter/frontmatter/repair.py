"""Front matter that a YAML loader rejects, mended by the smallest edit that it takes.

What loaders of sites reject (PyYAML, Ruby's psych, Go's yaml, js-yaml; the last two also a key that is
there twice, where the first two take the last one): tabs, backslashes in double quotes, quotes in
quotes, values that are not quoted and hold a colon or begin with an indicator.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from typing import Any

from converter.frontmatter.block import FrontMatter
from converter.frontmatter.members import keys, members
from converter.frontmatter.parsing import refusal
from converter.model import Finding

DUPLICATE = "frontmatter/duplicate-key"
_HEAD = r"[ ]*(?:- +)*(?:[^\s\"'#:][^:\n]*:[ ]+)?"
_QUOTED = re.compile(rf"(?P<head>{_HEAD})(?P<value>(?P<quote>[\"'])(?P<inner>.*)(?P=quote))[ \t]*\Z")
_BARE = re.compile(rf"(?P<head>{_HEAD})(?P<value>\S(?:.*[^ \t\n])?)[ \t]*\Z")
_TABS = re.compile(r"\A([ \t]*\t[ \t]*)|(?<=:)[ ]*\t[ \t]*")
_LONE_BACKSLASH = re.compile(r"\\(?![\"\\])|\\\\")
_INNER_DOUBLE = re.compile(r"\\.|\"")
_BLOCK_SCALAR = re.compile(r":[ \t]+[|>][-+0-9]*[ \t]*(?:#.*)?\Z")
TAB = "  "


def duplicates(front: FrontMatter) -> tuple[str, ...]:
    """The top-level keys that a YAML block has more than once."""
    found = keys(front.inner) if front.format == "yaml" else []
    if len(set(found)) == len(found):
        return ()
    return tuple(key for key, count in Counter(found).items() if count > 1)


def repaired(front: FrontMatter) -> tuple[FrontMatter, tuple[Finding, ...]]:
    """The block as every loader takes it, and a Finding for each edit; as it was where that cannot be done."""
    if front.format != "yaml" or refusal(front.inner, "yaml") or not strict_error(front.inner):
        return front, ()
    first = front.raw.count("\n", 0, front.start) + 1
    text, findings = _mended(front.inner, first)
    text, more = _without_duplicates(text, first)
    if strict_error(text):
        return front, ()
    return front.with_inner(text), (*findings, *more)


def strict_error(text: str) -> str:
    """What the strictest loader has against YAML, in one line; "" where it is a mapping that all take."""
    import yaml

    fast = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loader = yaml.SafeLoader if "\t" in text else fast  # the two differ in where they take tabs
    try:
        root = yaml.compose(text, Loader=loader)
        twice = _twice(root)
        value = yaml.load(text, Loader=loader)
    except Exception as error:  # YAMLError, ValueError of an impossible date, RecursionError
        return " ".join(str(error).split()) or type(error).__name__
    if twice:
        return f"key {twice!r} is there twice"
    return "" if value is None or isinstance(value, dict) else "not a mapping"


def _twice(root: Any) -> str:
    """A key that a mapping has twice, anywhere below a node; "" where there is none."""
    waiting, known = [root], {0}
    while waiting:
        node = waiting.pop()
        children = getattr(node, "value", None)
        if not isinstance(children, list) or id(node) in known:  # what an alias names is the same node again
            continue
        known.add(id(node))
        seen: set[Hashable] = set()
        for child in children:
            if not isinstance(child, tuple):
                waiting.append(child)
                continue
            key, value = child
            if isinstance(key.value, str) and key.value in seen:
                return key.value
            seen.add(key.value if isinstance(key.value, str) else id(key))
            waiting.append(value)
    return ""


def _mended(text: str, first: int) -> tuple[str, list[Finding]]:
    """The lines (the first of which is line ``first``) with each member mended that no loader takes by itself."""
    findings: list[Finding] = []
    for member in reversed(members(text)):
        old = text[member.start : member.end]
        if strict_error(old):
            new, found = _mended_member(old, first + member.line)
            if not strict_error(new):
                text = text[: member.start] + new + text[member.end :]
                findings = found + findings
    return text, findings


def _mended_member(old: str, first: int) -> tuple[str, list[Finding]]:
    lines, findings = old.split("\n"), []
    in_block = _BLOCK_SCALAR.search(lines[0].rstrip("\r")) is not None
    for number, line in enumerate(lines):
        content = line.removesuffix("\r")
        for rule, new in _edits(content, tabs_only=in_block):
            findings.append(Finding(rule, content, new, first + number))
            content = new
        lines[number] = content + "\r" * line.endswith("\r")
    return "\n".join(lines), findings


def _without_duplicates(text: str, first: int) -> tuple[str, list[Finding]]:
    """The lines without the members whose key comes again: the last one holds, as it does for Jekyll."""
    findings = []
    everyone = members(text)
    last = {member.key: member for member in everyone}
    for member in reversed(everyone):
        if member is not last[member.key]:
            findings.append(Finding(DUPLICATE, text[member.start : member.end].rstrip(), None, first + member.line))
            text = text[: member.start] + text[member.end :]
    return text, findings[::-1]


def _edits(line: str, *, tabs_only: bool) -> Iterator[tuple[str, str]]:
    """The edits that make a line loadable by itself, each with its rule; the last one does it."""
    new = _TABS.sub(_spaces, line)
    if new != line:
        yield "frontmatter/tab", new
        line = new
    if tabs_only or not strict_error(_alone(line)):
        return
    for rule, edit in EDITS:
        new = edit(line)
        if new != line and not strict_error(_alone(new)):
            yield rule, new
            return


def _alone(line: str) -> str:
    """A line as a mapping of its own: its indentation and list markers off."""
    content = re.sub(r"\A[ ]*(?:- +)*", "", line)
    return content if re.match(r"[^\s\"'#:][^:]*:(?:\s|\Z)", content) else f"x: {content}"


def _spaces(match: re.Match[str]) -> str:
    return " " if match[1] is None else match[1].replace("\t", TAB)


def _double_backslashes(line: str) -> str:
    """Backslashes that were meant as such: where one is no escape, none is."""
    match = _QUOTED.match(line)
    if match is None or match["quote"] != '"':
        return line
    return _with(line, match, '"' + _LONE_BACKSLASH.sub(_doubled, match["inner"]) + '"')


def _doubled(match: re.Match[str]) -> str:
    return r"\\"


def _inner_quotes(line: str) -> str:
    """Quotes inside of the same quotes."""
    match = _QUOTED.match(line)
    if match is None:
        return line
    if match["quote"] == "'":
        return _with(line, match, "'" + match["inner"].replace("'", "''") + "'")
    inner = _INNER_DOUBLE.sub(lambda one: one[0] if one[0][0] == "\\" else '\\"', match["inner"])
    return _with(line, match, f'"{inner}"')


def _both(line: str) -> str:
    return _inner_quotes(_double_backslashes(line))


def _quote(line: str) -> str:
    """A value that is no plain scalar: quotes around it, and its own bytes as they are wherever that can be."""
    match = _BARE.match(line)
    if match is None:
        return line
    value = match["value"]
    if not set('"\\').intersection(value):
        return _with(line, match, f'"{value}"')
    return _with(line, match, "'" + value.replace("'", "''") + "'")


def _with(line: str, match: re.Match[str], value: str) -> str:
    return line[: match.start("value")] + value + line[match.end("value") :]


EDITS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("frontmatter/backslash", _double_backslashes),
    ("frontmatter/quote", _inner_quotes),
    ("frontmatter/quote", _both),
    ("frontmatter/unquoted", _quote),
)
"""From the smallest to the largest."""
