"""All regular expressions of the package, how they are used, and texts that make them work hardest."""

from __future__ import annotations

import ast
import dataclasses
import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import converter

codes: Any = importlib.import_module("re._constants")
parser: Any = importlib.import_module("re._parser")

ANCHORED = frozenset(("match", "fullmatch"))
SEARCHING = frozenset(("search", "finditer", "findall", "sub", "subn", "split"))
LINE_TABLES = frozenset(("LINE_ROWS", "FIRST_LINE", "LATER_LINE"))
"""Tables whose patterns are tried once at the start of each line, on that line alone."""
MOST_DEPTH = 6
"""Levels of tuples, mappings and records below a module's names in which patterns are looked for."""
UNLIKELY = "\x01"
"""A character that hardly any pattern names: what follows a repetition and makes it fail."""


class Found(NamedTuple):
    """A pattern, where it stands, and whether it is only ever tried at one position of a text."""

    name: str
    pattern: re.Pattern[Any]
    is_anchored: bool


@cache
def all_patterns() -> tuple[Found, ...]:
    """Return each pattern that a module of the package holds by a name, in rows of its tables too."""
    found: dict[tuple[str | bytes, int], Found] = {}
    seen: set[int] = set()
    for module in _modules():
        for name, value in list(vars(module).items()):
            if name.startswith("__"):
                continue
            anchored = _is_anchored(module.__name__, name)
            for pattern in _patterns(value, seen, 0):
                key = (pattern.pattern, pattern.flags)
                found.setdefault(key, Found(f"{module.__name__}.{name}", pattern, anchored))
    return tuple(found.values())


def _modules() -> Iterator[ModuleType]:
    for module in pkgutil.walk_packages(converter.__path__, "converter."):
        if not module.name.endswith("__main__"):
            yield importlib.import_module(module.name)


def _is_anchored(module: str, name: str) -> bool:
    """Return whether the module that a private name is of, or any module, only matches at one position."""
    methods = _methods()
    called = methods.get((module, name)) if name.startswith("_") else methods.get(("", name))
    return name in LINE_TABLES or (bool(called) and called <= ANCHORED)  # type: ignore[operator]


@cache
def _methods() -> Mapping[tuple[str, str], frozenset[str]]:
    """Return by module ("": any) and name of a pattern the methods that are called on it."""
    called: dict[tuple[str, str], set[str]] = {}
    package = Path(next(iter(converter.__path__)))
    for path in package.rglob("*.py"):
        module = ".".join(("converter", *path.relative_to(package).with_suffix("").parts))
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in ANCHORED | SEARCHING:
                owner = node.value
                if isinstance(owner, ast.Name | ast.Attribute):
                    name = owner.id if isinstance(owner, ast.Name) else owner.attr
                    for key in ((module, name), ("", name)):
                        called.setdefault(key, set()).add(node.attr)
    return {key: frozenset(methods) for key, methods in called.items()}


def _patterns(value: object, seen: set[int], depth: int) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
        return
    if depth > MOST_DEPTH or isinstance(value, str | bytes | type) or id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, Mapping):
        parts: Iterator[object] = iter(value.values())
    elif isinstance(value, tuple | list | set | frozenset):
        parts = iter(value)
    elif dataclasses.is_dataclass(value):
        parts = (getattr(value, field.name, None) for field in dataclasses.fields(value))
    else:
        return
    for part in parts:
        yield from _patterns(part, seen, depth + 1)


# --------------------------------------------------------------------------------------------------
# Texts that make a pattern work


def attacks(pattern: re.Pattern[Any]) -> list[Callable[[int], Any]]:
    """Return functions that build a text of a given length: repetitions of what the pattern repeats or begins with."""
    source = pattern.pattern
    items = list(parser.parse(source, pattern.flags & ~re.UNICODE if isinstance(source, bytes) else pattern.flags))
    units: dict[tuple[str, str, str], None] = {}
    whole = _sample(items)
    for prefix, body in _repetitions(items, ""):
        for unit in (body, prefix + body, prefix):
            if unit:
                for lead in ("", prefix):
                    for tail in (UNLIKELY, "", "\n"):
                        units[lead, unit, tail] = None
    for unit in (whole, whole[:-1], whole[:1]):
        if unit:
            units["", unit, UNLIKELY] = None
    return [_builder(*unit, is_bytes=isinstance(source, bytes)) for unit in units]


def _builder(lead: str, unit: str, tail: str, *, is_bytes: bool) -> Callable[[int], Any]:
    def build(length: int) -> Any:
        text = lead + unit * (length // len(unit)) + tail
        return text.encode("latin-1", "replace") if is_bytes else text

    return build


def _repetitions(items: list[Any], prefix: str) -> Iterator[tuple[str, str]]:
    """Yield (a text that leads to a repetition, a text that it repeats) for each unbounded repetition."""
    for code, value in items:
        if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            least, most, inner = value
            inner = list(inner)
            if most is codes.MAXREPEAT or most > 50:
                for body in {_sample(inner), *_alternatives(inner)}:
                    yield prefix, body
            yield from _repetitions(inner, prefix)
            prefix += _sample(inner) * max(least, 0)
            continue
        for branch in _branches(code, value):
            yield from _repetitions(branch, prefix)
        prefix += _sample([(code, value)])


def _alternatives(items: list[Any]) -> Iterator[str]:
    """Yield other characters that a repeated class or a branch takes."""
    for code, value in items:
        if code is codes.IN:
            yield from (_sample([(codes.IN, [part])]) for part in value if part[0] is not codes.NEGATE)
            yield from (char for char in " \t\n<a[(*\\-=\"'" if _takes(value, char))
        elif code in (codes.ANY, codes.NOT_LITERAL):
            yield from " <a"
        for branch in _branches(code, value):
            yield _sample(branch)
            yield from _alternatives(branch)


def _branches(code: Any, value: Any) -> list[list[Any]]:
    if code is codes.SUBPATTERN:
        return [list(value[3])]
    if code is codes.BRANCH:
        return [list(branch) for branch in value[1]]
    if code is codes.ATOMIC_GROUP:
        return [list(value)]
    if code is codes.ASSERT:
        return [list(value[1])]
    if code is codes.GROUPREF_EXISTS:
        return [list(branch) for branch in value[1:] if branch]
    return []


_CATEGORIES = {
    codes.CATEGORY_DIGIT: "1",
    codes.CATEGORY_NOT_DIGIT: "a",
    codes.CATEGORY_SPACE: " ",
    codes.CATEGORY_NOT_SPACE: "a",
    codes.CATEGORY_WORD: "a",
    codes.CATEGORY_NOT_WORD: "-",
}


def _sample(items: list[Any]) -> str:
    """Return a short text that the items match, assertions aside."""
    out = ""
    for code, value in items:
        if code is codes.LITERAL:
            out += chr(value)
        elif code is codes.NOT_LITERAL:
            out += "a" if value != ord("a") else "b"
        elif code is codes.ANY:
            out += "a"
        elif code is codes.IN:
            out += next((char for char in _members(value) if _takes(value, char)), "a")
        elif code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            out += _sample(list(value[2])) * max(value[0], 1 if value[1] else 0)
        elif branches := _branches(code, value):
            out += "" if code is codes.ASSERT else _sample(branches[0])
    return out


def _members(parts: list[Any]) -> Iterator[str]:
    """Yield characters that a class may take, those that it names first."""
    for code, value in parts:
        if code is codes.LITERAL:
            yield chr(value)
        elif code is codes.RANGE:
            yield chr(value[0])
        elif code is codes.CATEGORY:
            yield _CATEGORIES[value]
    yield from "a1 -<\n中"


def _takes(parts: list[Any], char: str) -> bool:
    """Return whether a class takes a character."""
    negated, inside = False, False
    for code, value in parts:
        if code is codes.NEGATE:
            negated = True
        elif code is codes.LITERAL:
            inside |= chr(value) == char
        elif code is codes.RANGE:
            inside |= value[0] <= ord(char) <= value[1]
        elif code is codes.CATEGORY:
            name = str(value).rpartition("_")[2]
            holds = {"DIGIT": char.isdigit(), "SPACE": char.isspace(), "WORD": char.isalnum() or char == "_"}[name]
            inside |= holds != ("NOT" in str(value))
    return inside != negated
