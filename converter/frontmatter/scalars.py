"""Write a string as a YAML scalar that PyYAML, Ruby's psych and Go's yaml read back as that string."""

from __future__ import annotations

import re

_PLAIN = re.compile(
    r"[A-Za-z\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff](?:[^\x00-\x1f\x7f-\x9f:#]++|:(?=[^\s\x00-\x1f]))*+"
)
"""A string that needs no quotes: it begins with a letter (also Chinese or Japanese), has no ``: `` or ``#``."""

_FLOW_MARKS = re.compile(r"[,\[\]{}:]")
_WORDS = frozenset(("true", "false", "yes", "no", "on", "off", "null", "y", "n", "nan", "inf"))
"""Words that YAML 1.1 or 1.2 does not read as a string."""

_SPECIAL = re.compile('["\\\\\x00-\x1f\x7f-\x9f\xa0\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]')
_NAMED = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def scalar(value: str, *, flow: bool = False) -> str:
    """Return a string as a YAML scalar: plain if that is safe, else in double quotes.

    flow: the scalar stands in a sequence in flow style, where some more characters are special.
    """
    if _PLAIN.fullmatch(value) and value.lower() not in _WORDS and not _is_special(value, flow):
        return value
    return '"' + _SPECIAL.sub(_escape, value) + '"'


def _is_special(value: str, flow: bool) -> bool:
    """Return whether a string has a character that a plain scalar may not have."""
    return value[-1].isspace() or _SPECIAL.search(value) is not None or (flow and _FLOW_MARKS.search(value) is not None)


def _escape(match: re.Match[str]) -> str:
    """Return the escape of a character (YAML 1.2.2, 5.7)."""
    character = match[0]
    if named := _NAMED.get(character):
        return named
    if "\ud800" <= character <= "\udfff":
        return "\\uFFFD"  # a lone surrogate is no character: UTF-8 cannot encode it
    return f"\\x{ord(character):02X}" if ord(character) < 256 else f"\\u{ord(character):04X}"
