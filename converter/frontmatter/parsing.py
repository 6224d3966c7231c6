"""Parse what stands between the delimiters of front matter, as YAML, TOML or JSON."""

from __future__ import annotations

import re
from typing import Any, Literal, TypeAlias

Format: TypeAlias = Literal["yaml", "toml", "json"]

MOST_CHARACTERS, MOST_COLLECTIONS, MOST_MERGES = 65_536, 2_000, 64
"""Sizes up to which front matter is parsed; what is larger is kept as text like any other."""
_COLLECTION = re.compile(r"[\[{]|[-?:](?=\s)")
"""Characters that may begin a sequence or a mapping of YAML."""

_FORBIDDEN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
"""Characters that YAML does not allow, or reads in a way of its own; and the tab, which it allows in quotes."""
_DOUBLE, _SINGLE = r"\"(?:[^\"\\\n]++|\\[\"\\bfnrtv])*+\"", r"'[^'\n]*+'"
_VALUE = (
    rf"(?: +(?:{_DOUBLE}|{_SINGLE}|\[(?:{_SINGLE}(?:, {_SINGLE})*)?\]|\[(?:{_DOUBLE}(?:, {_DOUBLE})*)?\]"
    r"|\d+|(?!0000)\d{4}-(?:(?:0[13-9]|1[0-2])-(?:0[1-9]|[12]\d|30)|(?:0[13578]|1[02])-31|02-(?:0[1-9]|1\d|2[0-8]))"
    r"(?: (?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d \+\d{4})?"
    r"|(?:[A-Za-z/]|(?:\d[\dA-Za-z_.-]*+)?+[^\x00-\x7f\s])"
    r"(?:[^\s:#]++| (?![ #])|:(?=\S)|(?<=\S)#)*+))?"
)
_PLAIN_LINE = re.compile(rf"^( *)([A-Za-z_][\w-]*):({_VALUE})\n", re.MULTILINE)
"""A line of YAML with a key and a value that is valid for certain; the groups are the indentation, the key, the value.
Nearly all front matter of the dumps has only such lines: no parser is needed to know that it is valid."""


def plain_keys(text: str, start: int, end: int) -> list[str] | None:
    """Return the top-level keys of ``text[start:end]`` if it is YAML so simple that it is valid for certain.

    None says nothing: such text may be valid, too.
    """
    lines = [] if _FORBIDDEN.search(text, start, end) else _PLAIN_LINE.findall(text, start, end)
    if len(lines) != text.count("\n", start, end) or text[end - 1] != "\n":
        return None
    keys: list[str] = []
    inner, is_open = "", False
    for indent, key, value in lines:
        if not indent:
            keys.append(key)
            inner, is_open = "", not value
        elif is_open:
            inner, is_open = indent, False
        elif indent != inner:
            return None
    return keys


def refusal(inner: str, kind: Format) -> str:
    """Return why the text between the delimiters is not parsed at all; empty if it is parsed.

    A few lines of YAML can stand for a structure of any size: nested deeper than the call stack of the
    parser, which ends the interpreter, or merged from itself again and again.
    """
    if len(inner) > MOST_CHARACTERS:
        return f"longer than {MOST_CHARACTERS} characters"
    if kind == "yaml" and inner.count("<<") * inner.count("*") > MOST_MERGES:
        return "merged from too many parts"
    if kind == "yaml" and len(_COLLECTION.findall(inner)) > MOST_COLLECTIONS:
        return f"more than {MOST_COLLECTIONS} sequences or mappings"
    return ""


def parse(inner: str, kind: Format) -> tuple[dict[str, Any] | None, str]:
    """Return the values between the delimiters and no error, or None and what is wrong, in one line.

    The handlers of python-frontmatter parse YAML and JSON; the standard library parses TOML, because
    their handler needs one more package for it.
    """
    if refused := refusal(inner, kind):
        return None, refused
    from frontmatter.default_handlers import JSONHandler, YAMLHandler  # 40 ms that most runs need not wait for

    try:
        if kind == "toml":
            import tomllib

            values = tomllib.loads(inner)
        elif kind == "json":
            values = JSONHandler().load("{" + inner + "}")
        else:
            values = YAMLHandler().load(inner)
    except Exception as error:  # YAMLError, ValueError, RecursionError, KeyError: the parsers document none
        return None, " ".join(str(error).split()) or type(error).__name__
    if values is None:
        return {}, ""
    return (values, "") if isinstance(values, dict) else (None, "not a mapping")
