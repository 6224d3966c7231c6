"""Repair front matter that YAML loaders reject, by the smallest edit that makes it valid.

The loaders are those of site generators: PyYAML, Ruby's psych, Go's yaml and js-yaml.  They reject tabs,
backslashes in double quotes, quotes inside the same quotes, and values without quotes that hold a colon or
begin with an indicator.  Go's yaml and js-yaml also reject a key that appears twice; the others take the last one.
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
_HEAD = r"[ ]*+(?:- ++(?=[^ \n]))*+(?:[^\s\"'#:][^:\n]*:[ ]+)?"
_QUOTED = re.compile(rf"(?P<head>{_HEAD})(?P<value>(?P<quote>[\"'])(?P<inner>.*)(?P=quote))[ \t]*\Z")
_BARE = re.compile(rf"(?P<head>{_HEAD})(?P<value>\S(?:.*[^ \t\n])?)[ \t]*\Z")
_TABS = re.compile(r"\A([ \t]*\t[ \t]*)|(?<=:)[ ]*\t[ \t]*")
_LONE_BACKSLASH = re.compile(r"\\(?![\"\\])|\\\\")
_INNER_DOUBLE = re.compile(r"\\.|\"")
_BLOCK_SCALAR = re.compile(r":[ \t]+[|>][-+0-9]*+[ \t]*+(?:#.*)?\Z", re.DOTALL)
TAB = "  "


def duplicates(front: FrontMatter) -> tuple[str, ...]:
    """Return the top-level keys that a YAML block has more than once."""
    found = keys(front.inner) if front.format == "yaml" else []
    if len(set(found)) == len(found):
        return ()
    return tuple(key for key, count in Counter(found).items() if count > 1)


def repaired(front: FrontMatter) -> tuple[FrontMatter, tuple[Finding, ...]]:
    """Return the block as every loader accepts it, and a Finding for each edit; unchanged if that is not possible."""
    if front.format != "yaml" or refusal(front.inner, "yaml") or not strict_error(front.inner):
        return front, ()
    first = front.raw.count("\n", 0, front.start) + 1
    text, findings = _with_valid_members(front.inner, first)
    text, more = _without_duplicates(text, first)
    if strict_error(text):
        return front, ()
    return front.with_inner(text), (*findings, *more)


def strict_error(text: str) -> str:
    """Return why the strictest loader rejects YAML, in one line; empty if it is a mapping that all loaders accept."""
    import yaml

    fast = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loader = yaml.SafeLoader if "\t" in text else fast  # they differ in where they accept tabs
    try:
        root = yaml.compose(text, Loader=loader)
        duplicate = _duplicate_key(root)
        value = yaml.load(text, Loader=loader)
    except Exception as error:  # YAMLError, ValueError of an impossible date, RecursionError
        return " ".join(str(error).split()) or type(error).__name__
    if duplicate:
        return f"the key {duplicate!r} appears twice"
    return "" if value is None or isinstance(value, dict) else "not a mapping"


def _duplicate_key(root: Any) -> str:
    """Return a key that a mapping at or below a node has twice; empty if there is none."""
    waiting, known = [root], {0}
    while waiting:
        node = waiting.pop()
        children = getattr(node, "value", None)
        if not isinstance(children, list) or id(node) in known:  # an alias stands for the same node again
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


def _with_valid_members(text: str, first: int) -> tuple[str, list[Finding]]:
    """Return the text with each member repaired that is not valid by itself, and a Finding for each edit.

    first: the number of the text's first line in the file.
    """
    findings: list[Finding] = []
    for member in reversed(members(text)):
        old = text[member.start : member.end]
        if strict_error(old):
            new, found = _repaired_member(old, first + member.line)
            if not strict_error(new):
                text = text[: member.start] + new + text[member.end :]
                findings = found + findings
    return text, findings


def _repaired_member(old: str, first: int) -> tuple[str, list[Finding]]:
    """Return a member's lines with the edits that each line needs, and a Finding for each edit."""
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
    """Return the text without members whose key appears again below: the last one counts, as for Jekyll."""
    findings = []
    found = members(text)
    last = {member.key: member for member in found}
    for member in reversed(found):
        if member is not last[member.key]:
            findings.append(Finding(DUPLICATE, text[member.start : member.end].rstrip(), None, first + member.line))
            text = text[: member.start] + text[member.end :]
    return text, findings[::-1]


def _edits(line: str, *, tabs_only: bool) -> Iterator[tuple[str, str]]:
    """Yield the edits that make a line valid by itself, each as its rule id and the line after it."""
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
    """Return a line as a mapping of its own, without indentation and list markers."""
    content = re.sub(r"\A[ ]*(?:- +)*", "", line)
    return content if re.match(r"[^\s\"'#:][^:]*:(?:\s|\Z)", content) else f"x: {content}"


def _spaces(match: re.Match[str]) -> str:
    return " " if match[1] is None else match[1].replace("\t", TAB)


def _double_backslashes(line: str) -> str:
    """Return the line with the backslashes of a double-quoted value escaped: all were meant as backslashes."""
    match = _QUOTED.match(line)
    if match is None or match["quote"] != '"':
        return line
    return _with_value(line, match, '"' + _LONE_BACKSLASH.sub(_doubled, match["inner"]) + '"')


def _doubled(match: re.Match[str]) -> str:
    return r"\\"


def _inner_quotes(line: str) -> str:
    """Return the line with the quotes inside the same quotes escaped."""
    match = _QUOTED.match(line)
    if match is None:
        return line
    if match["quote"] == "'":
        return _with_value(line, match, "'" + match["inner"].replace("'", "''") + "'")
    inner = _INNER_DOUBLE.sub(lambda one: one[0] if one[0][0] == "\\" else '\\"', match["inner"])
    return _with_value(line, match, f'"{inner}"')


def _both(line: str) -> str:
    """Return the line with the backslashes and the inner quotes escaped."""
    return _inner_quotes(_double_backslashes(line))


def _quote(line: str) -> str:
    """Return the line with quotes around its value, chosen so that few of its characters need an escape."""
    match = _BARE.match(line)
    if match is None:
        return line
    value = match["value"]
    if not set('"\\').intersection(value):
        return _with_value(line, match, f'"{value}"')
    return _with_value(line, match, "'" + value.replace("'", "''") + "'")


def _with_value(line: str, match: re.Match[str], value: str) -> str:
    """Return the line with another value."""
    return line[: match.start("value")] + value + line[match.end("value") :]


EDITS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("frontmatter/backslash", _double_backslashes),
    ("frontmatter/quote", _inner_quotes),
    ("frontmatter/quote", _both),
    ("frontmatter/unquoted", _quote),
)
"""The edits with their rule ids, from the smallest to the largest; the first that makes the line valid is made."""
