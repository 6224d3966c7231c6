"""Write a value in the format of a block, and add a line to a block."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import TypeAlias

from converter.frontmatter.block import FrontMatter
from converter.frontmatter.parsing import Format
from converter.frontmatter.scalars import scalar

Value: TypeAlias = str | bool | tuple[str, ...]
"""A value that can be written behind a key."""

_INDENT = re.compile(r"^([ \t]*)[^\s#]", re.MULTILINE)
_TABLE = re.compile(r"^[ \t]*\[", re.MULTILINE)


def add_line(front: FrontMatter, key: str, value: Value) -> FrontMatter:
    """Return the block with one more line at its top level; everything else stays as it was.

    The line becomes the last one.  In a TOML block with tables it becomes the first one, because behind a
    table it would belong to the table.  A YAML block in flow style (``{...}``) is returned as it is: a
    line cannot be added to it.
    """
    offset, line = _NEW_LINES[front.format](front, key, value)
    raw = front.raw[:offset] + line + front.raw[offset:]
    return FrontMatter(raw, front.format, front.start, front.end + len(line))


def value_text(front: FrontMatter, value: Value) -> str:
    """Return a value as it is written in a block of this format."""
    return _VALUE_TEXTS[front.format](value)


def flow_sequence(values: tuple[str, ...]) -> str:
    """Return strings as a YAML sequence in flow style: ``[a, b]``."""
    return "[" + ", ".join(scalar(value, flow=True) for value in values) + "]"


def _yaml_line(front: FrontMatter, key: str, value: Value) -> tuple[int, str]:
    first = _INDENT.search(front.raw, front.start, front.end)
    indent = first[1] if first else ""
    if first and front.raw[first.end() - 1] in "{[":
        return front.end, ""
    return front.end, f"{indent}{key}: {_yaml_value(value)}{front.line_end}"


def _toml_line(front: FrontMatter, key: str, value: Value) -> tuple[int, str]:
    offset = front.start if _TABLE.search(front.raw, front.start, front.end) else front.end
    return offset, f"{key} = {_toml_value(value)}{front.line_end}"


def _json_line(front: FrontMatter, key: str, value: Value) -> tuple[int, str]:
    inner = front.inner
    first = _INDENT.search(inner)
    indent = first[1] if first else ""
    member = f"{indent}{json.dumps(key)}: {_json_value(value)}"
    if not inner.strip():
        return front.start, f"{member}{front.line_end}"
    return front.start + len(inner.rstrip()), f",{front.line_end}{member}"


_NEW_LINES: Mapping[Format, Callable[[FrontMatter, str, Value], tuple[int, str]]] = {
    "yaml": _yaml_line,
    "toml": _toml_line,
    "json": _json_line,
}
"""By format: takes a block, a key and a value; returns the offset in ``raw`` for a new line, and the line."""


def _yaml_value(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return scalar(value) if isinstance(value, str) else flow_sequence(value)


def _toml_value(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return _toml_string(value) if isinstance(value, str) else f"[{', '.join(map(_toml_string, value))}]"


def _toml_string(value: str) -> str:
    """Return a basic string (TOML 1.0, String): JSON's escapes are valid there, but DEL needs one too."""
    text = re.sub("[\ud800-\udfff]", "\ufffd", value)
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _json_value(value: Value) -> str:
    """Return JSON; in ASCII if a lone surrogate makes it impossible to encode."""
    has_surrogate = any("\ud800" <= character <= "\udfff" for character in str(value))
    return json.dumps(value, ensure_ascii=has_surrogate)


_VALUE_TEXTS: Mapping[Format, Callable[[Value], str]] = {"yaml": _yaml_value, "toml": _toml_value, "json": _json_value}
