"""The front matter of a post: found and kept byte for byte, and parsed only if its values are asked for.

A block is recognised as python-frontmatter's handlers do: it begins with a first line of three or more
``-`` (YAML) or ``+`` (TOML), or of one ``{`` (JSON), and the next such line (for JSON ``}``) ends it.  As
in Jekyll and Pandoc, ``...`` ends a YAML block, too.  A block that never ends is no front matter.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from converter.frontmatter.parsing import Format, parse, plain_keys

_OPENING = re.compile(r"\ufeff?(?:\s*\n)?(?:(-{3,})|(\+{3,})|(\{))[ \t]*\r?\n")
_CLOSING: Mapping[Format, re.Pattern[str]] = {
    "yaml": re.compile(r"^(?:-{3,}|\.{3})[ \t]*(?:\r?\n|\Z)", re.MULTILINE),
    "toml": re.compile(r"^\+{3,}[ \t]*(?:\r?\n|\Z)", re.MULTILINE),
    "json": re.compile(r"^\}[ \t]*(?:\r?\n|\Z)", re.MULTILINE),
}
_JSON_MEMBER = re.compile(r"\s*[\"}]")
_QUOTED = re.compile(r"(\"(?:[^\"\\]++|\\.)*+\"|'(?:[^']++|'')*+')[ \t]*+,?[ \t]*+(?:#.*)?$")
_SIMPLE_LIST = re.compile(r"\[(?:'[^'\\]*+'(?:, *'[^'\\]*+')*+|\"[^\"\\]*+\"(?:, *\"[^\"\\]*+\")*+)?\]")
_IN_QUOTES = re.compile(r"(['\"])(.*?)\1")
_COMMENT = re.compile(r"(?<!\s)\s+#.*$")
_NEEDS_PARSER = frozenset(("", *"|>&*![{"))
"""First characters of a value that only a parser can read ("": the value stands on the lines below)."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """A block as it stands in the file.

    raw: the block with its delimiter lines and final line end.
    start, end: ``raw[start:end]`` is what stands between the delimiter lines (of JSON: the braces).
    """

    raw: str
    format: Format
    start: int
    end: int

    @property
    def inner(self) -> str:
        """Return the lines between the delimiters."""
        return self.raw[self.start : self.end]

    @property
    def line_end(self) -> str:
        """Return the line end that the block uses."""
        return "\r\n" if self.raw[: self.start].endswith("\r\n") else "\n"

    def with_inner(self, inner: str) -> FrontMatter:
        """Return the block with other lines between its delimiters."""
        raw = self.raw[: self.start] + inner + self.raw[self.end :]
        return FrontMatter(raw, self.format, self.start, self.start + len(inner))

    def values(self) -> dict[str, Any] | None:
        """Return the parsed values, or None if the block is not valid (``error()`` says why)."""
        return parse(self.inner, self.format)[0]

    def error(self) -> str:
        """Return why the block is not valid, in one line; empty if it is valid."""
        return parse(self.inner, self.format)[1]

    def plain_keys(self) -> list[str] | None:
        """Return the top-level keys of a block that is valid for certain, without a parser; None for any other."""
        return plain_keys(self.raw, self.start, self.end) if self.format == "yaml" else None

    def find(self, key: str) -> str | None:
        """Return the rest of the line behind a top-level key, unparsed; None if there is no such key."""
        first = self.raw.find(key, self.start, self.end)
        if first < 0:
            return None
        start = self.start if self.format == "json" else max(first - 1, self.start)  # a quotation mark may be before it
        match = _member(self.format, key).search(self.raw, start, self.end)
        return match[1].strip() if match else None

    def text(self, key: str) -> str | None:
        """Return the value of a top-level key as a string; None if there is no such key.

        The block is parsed only if the value is no scalar on one line.
        """
        line = self.find(key)
        if line is None:
            return None
        quoted = _QUOTED.match(line)
        if quoted is None and line[:1] not in _NEEDS_PARSER:
            return _COMMENT.sub("", line).rstrip(",") if self.format == "yaml" else line.rstrip(",")
        value = _unquoted(quoted[1]) if quoted else (self.values() or {}).get(key, line)
        if isinstance(value, dict | list) and "*" in self.inner:
            return line  # with aliases, a few lines may stand for more text than fits in memory
        return "" if value is None else str(value)

    def listed(self, key: str) -> tuple[str, ...]:
        """Return the strings in the list of a top-level key; a single string counts as a list of one.

        The block is parsed only if the value is no list of quoted strings on one line.
        """
        line = self.find(key)
        if line is None:
            return ()
        if _SIMPLE_LIST.fullmatch(line):
            return tuple(match[2] for match in _IN_QUOTES.finditer(line))
        value = (self.values() or {}).get(key)
        return tuple(map(str, value)) if isinstance(value, list) else (str(value),) if value else ()


def split(text: str) -> tuple[FrontMatter | None, str]:
    """Return the front matter of a post (None if it has none) and the rest; nothing is parsed.

    For every text, the raw block and the rest together are the text.
    """
    opening = _OPENING.match(text)
    if opening is None:
        return None, text
    kind: Format = "yaml" if opening[1] else "toml" if opening[2] else "json"
    if kind == "json" and not _JSON_MEMBER.match(text, opening.end()):
        return None, text
    closing = _CLOSING[kind].search(text, opening.end())
    if closing is None:
        return None, text
    raw = text[: closing.end()]
    return FrontMatter(raw, kind, opening.end(), closing.start()), text[closing.end() :]


def has_key(front: FrontMatter, names: Iterable[str]) -> bool:
    """Return whether one of the names is a top-level key; the block need not be valid."""
    return any(front.find(name) is not None for name in names)


def _unquoted(text: str) -> str:
    """Return the string that a quoted scalar stands for."""
    if text[0] == "'":
        return text[1:-1].replace("''", "'")
    if "\\" not in text:
        return text[1:-1]
    try:
        return str(json.loads(text, strict=False))
    except ValueError:  # an escape that YAML has and JSON has not
        return text[1:-1]


@lru_cache
def _member(kind: Format, key: str) -> re.Pattern[str]:
    """Return the pattern of a line with a top-level key; its group is the rest of the line."""
    name = re.escape(key)
    if kind == "json":
        return re.compile(rf'^\s*"{name}"\s*:(.*)$', re.MULTILINE)
    mark = "=" if kind == "toml" else ":"
    return re.compile(rf"^[\"']?{name}[\"']?[ \t]*{mark}(.*)$", re.MULTILINE)
