"""The block above a post: found, kept byte for byte, read only when asked, one line added at most.

A block is recognised as python-frontmatter's handlers do: a first line of three or more ``-`` (YAML)
or ``+`` (TOML), or a ``{`` (JSON) alone on its line, and the next such line (``}``) ends it.  As in
Jekyll and Pandoc, ``...`` ends a YAML block too.  A block that never ends is none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, TypeAlias

from converter.frontmatter.scalars import scalar
from converter.model import Meta
from converter.rules.metadata import ADDRESS_KEYS
from converter.sites.tables import UTC_OFFSET

Format: TypeAlias = Literal["yaml", "toml", "json"]

_OPENING = re.compile(r"\ufeff?(?:\s*\n)?(?:(-{3,})|(\+{3,})|(\{))[ \t]*\r?\n")
_CLOSING: Mapping[Format, re.Pattern[str]] = {
    "yaml": re.compile(r"^(?:-{3,}|\.{3})[ \t]*(?:\r?\n|\Z)", re.MULTILINE),
    "toml": re.compile(r"^\+{3,}[ \t]*(?:\r?\n|\Z)", re.MULTILINE),
    "json": re.compile(r"^\}[ \t]*(?:\r?\n|\Z)", re.MULTILINE),
}
_JSON_MEMBER = re.compile(r"\s*[\"}]")
_INDENT = re.compile(r"^([ \t]*)[^\s#]", re.MULTILINE)
_TABLE = re.compile(r"^[ \t]*\[", re.MULTILINE)
_QUOTED = re.compile(r"(\"(?:[^\"\\]++|\\.)*+\"|'(?:[^']++|'')*')[ \t]*+,?[ \t]*+(?:#.*)?$")
_COMMENT = re.compile(r"(?<!\s)\s+#.*$")
_COLLECTION = re.compile(r"[\[{]|[-?:](?=\s)")
"""What may open a sequence or a mapping of YAML."""
MOST_FRONT_MATTER, MOST_COLLECTIONS, MOST_MERGES = 65_536, 2_000, 64
"""Sizes up to which a block is parsed; one beyond is kept like any other."""
_PARSED = frozenset(("", *"|>&*![{"))
_ADDRESS = re.compile(r"[\"']?https?://")

_KEY = r"[A-Za-z_][\w-]*:"
_RAW = r"\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff"
"""What stands nowhere in YAML, not even between quotation marks (and the tab, which does)."""
_DOUBLE, _SINGLE = rf"\"[^\"\\{_RAW}]*\"", rf"'[^'{_RAW}]*'"
_VALUE = (
    rf"(?: +(?:{_DOUBLE}|{_SINGLE}|\[(?:{_SINGLE}(?:, {_SINGLE})*)?\]|\[(?:{_DOUBLE}(?:, {_DOUBLE})*)?\]"
    r"|\d+|(?!0000)\d{4}-(?:(?:0[13-9]|1[0-2])-(?:0[1-9]|[12]\d|30)|(?:0[13578]|1[02])-31|02-(?:0[1-9]|1\d|2[0-8]))"
    r"(?: (?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d \+\d{4})?"
    r"|(?:[A-Za-z/]|(?:\d[\dA-Za-z_.-]*+)?+[\u4e00-\u9fff])"
    r"(?:[\w./?=&%+,，、。！？（）()\u4e00-\u9fff-]++| (?![ #])|:(?=\S))*+))?\n"
)
_PLAIN_YAML = re.compile(rf"(?:{_KEY}\n(?P<indent> +){_KEY}{_VALUE}(?:(?P=indent){_KEY}{_VALUE})*+|{_KEY}{_VALUE})*+")
"""YAML that is valid at a glance, as nearly all blocks of the dumps are: no loader need be asked."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """A block as it stands in the file: ``raw`` with delimiters and the final line end.

    ``raw[start:end]`` is what is between the delimiter lines (of JSON: between the braces).
    """

    raw: str
    format: Format
    start: int
    end: int

    @property
    def inner(self) -> str:
        """The lines between the delimiters."""
        return self.raw[self.start : self.end]

    @property
    def line_end(self) -> str:
        """The block's own line end."""
        return "\r\n" if self.raw[: self.start].endswith("\r\n") else "\n"

    def with_inner(self, inner: str) -> FrontMatter:
        """The block with other lines between its delimiters."""
        raw = self.raw[: self.start] + inner + self.raw[self.end :]
        return FrontMatter(raw, self.format, self.start, self.start + len(inner))

    def values(self) -> dict[str, Any] | None:
        """Return the parsed block, or None where it is not valid (``error()`` says why)."""
        return _load(self)[0]

    def error(self) -> str:
        """Return what makes the block invalid, in one line; empty where it is valid."""
        if self.format == "yaml" and _PLAIN_YAML.fullmatch(self.raw, self.start, self.end):
            return ""
        return _load(self)[1]

    def find(self, key: str) -> str | None:
        """Return the text behind a top-level key up to the end of its line, unparsed, or None."""
        match = _member(self.format, key).search(self.raw, self.start, self.end) if key in self.raw else None
        return match[1].strip() if match else None

    def text(self, key: str) -> str | None:
        """Return the string that a top-level key holds, or None; only a value of many lines is parsed for it."""
        line = self.find(key)
        if line is None:
            return None
        quoted = _QUOTED.match(line)
        if quoted is None and line[:1] not in _PARSED:
            return _COMMENT.sub("", line).rstrip(",") if self.format == "yaml" else line.rstrip(",")
        value = _unquoted(quoted) if quoted else (self.values() or {}).get(key, line)
        if isinstance(value, dict | list) and "*" in self.inner:
            return line  # aliases: written out, a few lines may be longer than any memory
        return "" if value is None else str(value)


def split(text: str) -> tuple[FrontMatter | None, str]:
    """Return the front matter of a post (None without) and the rest; nothing is parsed.

    The raw block and the rest together are the text, whatever it is.
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
    """Tell whether one of the names is a top-level key of the block; read from its text, valid or not."""
    return any(front.find(name) is not None for name in names)


def names_address(front: FrontMatter, url: str) -> bool:
    """Tell whether the block says where the post is from: in a key made for it, or this very address."""
    return _holds(front.raw, url.partition("://")[2]) or any(
        _ADDRESS.match(front.find(key) or "") for key in ADDRESS_KEYS if key in front.raw
    )


def _holds(text: str, address: str) -> bool:
    """Tell whether address is in text, and not as the start of a longer one."""
    end = text.find(address) + len(address) if address else -1
    return end >= len(address) > 0 and not text[end : end + 1].isalnum()


Value: TypeAlias = str | bool | tuple[str, ...]


def add_line(front: FrontMatter, key: str, value: Value) -> FrontMatter:
    """Return the block with one more line, the last at its top level; all that stood there stays.

    A TOML block with tables takes the line first, for behind a table it would be the table's.  A YAML
    block in flow style (``{...}``) is returned as it is: it has no place for a line.
    """
    place, line = _PLACES[front.format](front, key, value)
    raw = front.raw[:place] + line + front.raw[place:]
    return FrontMatter(raw, front.format, front.start, front.end + len(line))


def value_text(front: FrontMatter, value: Value) -> str:
    """Return a value as it is written in a block of this format."""
    return _WRITERS[front.format](value)


def with_provenance(front: FrontMatter, meta: Meta, *, original_url: bool = True) -> FrontMatter:
    """Return the block with what else would be lost with the page's chrome.

    ``original_title`` where the block's title is not the page's own (dumps took the punctuation out),
    ``original_url`` where the block names no address; each only if the page knows it.
    """
    title = front.text("title")
    if meta.title and title is not None and title.split() != meta.title.split():
        front = front if has_key(front, ("original_title",)) else add_line(front, "original_title", meta.title)
    if original_url and meta.url and not names_address(front, meta.url):
        front = add_line(front, "original_url", meta.url)
    return front


def compose(meta: Meta) -> FrontMatter:
    """Return a YAML block of what a page knows: title, dates, author, tags, categories, address."""
    members = [
        ("title", scalar(meta.title)),
        ("date", _date(meta.date)),
        ("updated", _date(meta.updated)),
        ("author", scalar(meta.author)),
        ("categories", _flow(meta.categories)),
        ("tags", _flow(meta.tags)),
        ("original_url", scalar(meta.url)),
    ]
    given = (meta.title, meta.date, meta.updated, meta.author, meta.categories, meta.tags, meta.url)
    lines = [f"{key}: {text}\n" for (key, text), value in zip(members, given, strict=True) if value]
    inner = "".join(lines)
    return FrontMatter(f"---\n{inner}---\n", "yaml", 4, 4 + len(inner))


def _flow(values: tuple[str, ...]) -> str:
    return "[" + ", ".join(scalar(value, flow=True) for value in values) + "]"


def _date(value: str) -> str:
    """Write the clock of a date, so that no site generator shifts it: as the dumps do."""
    return f"{value} {UTC_OFFSET}" if _FULL_DATE.fullmatch(value) else scalar(value)


_FULL_DATE = re.compile(r"[12]\d{3}-\d\d-\d\d \d\d:\d\d:\d\d")


def _yaml_value(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return scalar(value) if isinstance(value, str) else _flow(value)


def _yaml_place(front: FrontMatter, key: str, value: Value) -> tuple[int, str]:
    first = _INDENT.search(front.raw, front.start, front.end)
    indent = first[1] if first else ""
    if first and front.raw[first.end() - 1] in "{[":
        return front.end, ""
    return front.end, f"{indent}{key}: {_yaml_value(value)}{front.line_end}"


def _toml_place(front: FrontMatter, key: str, value: Value) -> tuple[int, str]:
    place = front.start if _TABLE.search(front.raw, front.start, front.end) else front.end
    return place, f"{key} = {_toml_value(value)}{front.line_end}"


def _json_place(front: FrontMatter, key: str, value: Value) -> tuple[int, str]:
    inner = front.inner
    place = front.start + len(inner.rstrip())
    first = _INDENT.search(inner)
    indent = first[1] if first else ""
    comma = "," if inner.strip() else ""
    start = front.line_end if comma else ""
    end = "" if comma else front.line_end
    member = f"{json.dumps(key)}: {_json_value(value)}"
    return (place if comma else front.start), f"{comma}{start}{indent}{member}{end}"


def _json_value(value: Value) -> str:
    return json.dumps(value, ensure_ascii=_unencodable(str(value)))


_PLACES = {"yaml": _yaml_place, "toml": _toml_place, "json": _json_place}


def _unquoted(match: re.Match[str]) -> str:
    text = match[1]
    if text[0] == "'":
        return text[1:-1].replace("''", "'")
    if "\\" not in text:
        return text[1:-1]
    try:
        return str(json.loads(text, strict=False))
    except ValueError:  # an escape that YAML has and JSON has not
        return text[1:-1]


def _unencodable(value: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in value)


def _toml_value(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return _toml_string(value) if isinstance(value, str) else f"[{', '.join(map(_toml_string, value))}]"


def _toml_string(value: str) -> str:
    """Write a basic string (TOML 1.0, String): JSON's escapes are valid there, but DEL needs one too."""
    text = re.sub("[\ud800-\udfff]", "\ufffd", value)
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


_WRITERS: Mapping[Format, Callable[[Value], str]] = {"yaml": _yaml_value, "toml": _toml_value, "json": _json_value}


@lru_cache
def _member(kind: Format, key: str) -> re.Pattern[str]:
    name = re.escape(key)
    if kind == "json":
        return re.compile(rf'^\s*"{name}"\s*:(.*)$', re.MULTILINE)
    mark = "=" if kind == "toml" else ":"
    return re.compile(rf"^[\"']?{name}[\"']?[ \t]*{mark}(.*)$", re.MULTILINE)


def refusal(inner: str, kind: Format) -> str:
    """Why what stands between delimiters is not parsed at all, "" for what is.

    YAML lets a few lines stand for a structure of any size: nested deeper than the parser's stack, which ends the
    interpreter, or merged from itself again and again.
    """
    if len(inner) > MOST_FRONT_MATTER:
        return f"longer than {MOST_FRONT_MATTER} characters"
    if kind == "yaml" and inner.count("<<") * inner.count("*") > MOST_MERGES:
        return "merged from too many parts"
    if kind == "yaml" and len(_COLLECTION.findall(inner)) > MOST_COLLECTIONS:
        return f"more than {MOST_COLLECTIONS} sequences or mappings"
    return ""


def _load(front: FrontMatter) -> tuple[dict[str, Any] | None, str]:
    """Parse with python-frontmatter's handlers; TOML with the standard library, theirs needs a package."""
    from frontmatter.default_handlers import JSONHandler, YAMLHandler  # 40 ms that most runs need not wait for

    if refused := refusal(front.inner, front.format):
        return None, refused
    try:
        if front.format == "toml":
            import tomllib

            values = tomllib.loads(front.inner)
        elif front.format == "json":
            values = JSONHandler().load("{" + front.inner + "}")
        else:
            values = YAMLHandler().load(front.inner)
    except Exception as error:  # the loaders raise what they like: YAMLError, ValueError, RecursionError, KeyError
        return None, " ".join(str(error).split()) or type(error).__name__
    if values is None:
        return {}, ""
    return (values, "") if isinstance(values, dict) else (None, "not a mapping")
