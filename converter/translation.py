"""Texts in the language of the user, from the catalogue converter/locale/zh_CN/LC_MESSAGES/csdn2md.mo.

Only the command line and the hooks switch it on (`activate`): the library, reports in JSON and the manifest stay
English.  The parts above the library mark their texts with `_`; what the library says (errors, differences, outcomes)
is translated where it is printed, by `translated`, which knows the text again by the patterns of the catalogue.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

TYPE_CHECKING = False  # not imported from typing: that import takes longer than a hook needs for its files
if TYPE_CHECKING:
    import re

DOMAIN = "csdn2md"
FOLDER = Path(__file__).parent / "locale"
CHINESE = "zh_CN"
VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
"""Variables of the environment that name the language, as gettext reads them: the first that is set decides."""
WINDOWS_CHINESE = 0x04
"""The primary language of a language identifier of Windows (LANG_CHINESE)."""
MO_MAGIC = 0x950412DE
FIELD = r"\{([a-z]\w*)\}"

SPOKEN = frozenset(
    "what why error reason hint allowed allowed_string wanted accepted problem message also limit count name".split()
)
"""Fields of the library's messages that may hold another message; all others hold what users wrote."""
WHAT_AND_VALUE = "{what} {value}"
"""Fields that a pattern alone cannot tell apart."""

_active: dict[str, str] = {}
"""The translations in use by message; empty where the language is English."""


def activate() -> bool:
    """Use Chinese in this program if the environment asks for it and the terminal can print it; return whether it is.

    Messages of click are translated too: it asks gettext for the domain that is set here.
    """
    if not (_wants_chinese() and _can_print(sys.stdout) and _can_print(sys.stderr)):
        return False
    import gettext

    os.environ["LANGUAGE"] = CHINESE  # for gettext, which knows neither zh_SG nor the language of Windows
    gettext.bindtextdomain(DOMAIN, FOLDER)
    gettext.textdomain(DOMAIN)
    _active.update(catalogue())
    return True


def _wants_chinese() -> bool:
    named = next((value for name in VARIABLES if (value := os.environ.get(name))), None)
    if named is not None:
        return named.lower().startswith("zh")
    if sys.platform != "win32":
        return False
    import ctypes

    return ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF == WINDOWS_CHINESE


def _can_print(stream: object) -> bool:
    try:
        "中".encode(getattr(stream, "encoding", None) or "utf-8")
    except (UnicodeError, LookupError):
        return False
    return True


def _(message: str) -> str:
    """Return a message in the language of the user; its placeholders are filled in afterwards, with `str.format`."""
    return _active.get(message, message)


def marked(message: str) -> str:
    """Return a message as it is: marks it for the catalogue where it is translated later."""
    return message


def counted(singular: str, plural: str, number: int) -> str:
    """Return one of two messages by a number, in the language of the user (the `ngettext` of gettext)."""
    return _active.get(singular) or (singular if number == 1 else plural)


def translated(text: str) -> str:
    """Return a text of the library in the language of the user; a text that the catalogue does not know as it is."""
    return "\n".join(_line(line, _active) for line in text.split("\n")) if _active else text


def chinese(message: str) -> str:
    """Return a message in Chinese, whatever the language of the user: for pages in both languages."""
    return catalogue().get(message, message)


def in_chinese(text: str) -> str:
    """Return a text of the library in Chinese, whatever the language of the user: for pages in both languages."""
    return "\n".join(_line(line, catalogue()) for line in text.split("\n"))


_read: dict[str, str] = {}
_patterns: list[tuple[str, re.Pattern[str], str]] = []


def catalogue() -> dict[str, str]:
    """Return the Chinese translations by message, read once."""
    if not _read:
        import struct

        data = (FOLDER / CHINESE / "LC_MESSAGES" / f"{DOMAIN}.mo").read_bytes()
        magic, _revision, count, keys, values = struct.unpack_from("<5I", data)
        if magic != MO_MAGIC:
            raise ValueError(f"{DOMAIN}.mo is no catalogue")
        for index in range(count):
            key, value = (
                data[start : start + size].decode().partition("\0")[0]
                for size, start in (struct.unpack_from("<2I", data, table + 8 * index) for table in (keys, values))
            )
            if key:
                _read[key] = value
    return _read


def _line(line: str, known: dict[str, str]) -> str:
    """Return a line translated: as a message, by a pattern, or what stands behind a `NAME: `."""
    if not line.strip():
        return line
    if line in known:
        return known[line]
    for literal, pattern, message in _message_patterns():
        if literal in line and (match := pattern.fullmatch(line)):
            found = match.groupdict()
            if WHAT_AND_VALUE in message:
                found["what"], found["value"] = _longest_name(f"{found['what']} {found['value']}", known)
            values = {name: _line(value, known) if name in SPOKEN else value for name, value in found.items()}
            return known[message].format(**values)
    name, colon, rest = line.partition(": ")
    return f"{name}: {_line(rest, known)}" if colon else line


def _longest_name(text: str, known: dict[str, str]) -> tuple[str, str]:
    """Return the longest message that a text begins with (`heading level`, not `heading`), and the rest."""
    parts = text.split(" ")
    cuts = range(len(parts) - 1, 1, -1)
    cut = next((cut for cut in cuts if " ".join(parts[:cut]) in known), 1)
    return " ".join(parts[:cut]), " ".join(parts[cut:])


def _message_patterns() -> list[tuple[str, re.Pattern[str], str]]:
    """Return (longest literal part, pattern, message) of messages with placeholders, the most exact first."""
    if not _patterns:
        import re

        for message in catalogue():
            parts = re.split(FIELD, message)
            names, literals = parts[1::2], parts[::2]
            if names and len(names) == len(set(names)) and any(map(str.isalpha, "".join(literals))):
                fields = [f"(?P<{name}>.*?)" for name in names]
                pattern = "".join(map(str.__add__, map(re.escape, literals), [*fields, ""]))
                _patterns.append((max(literals, key=len), re.compile(pattern), message))
        _patterns.sort(key=lambda row: -len(re.sub(FIELD, "", row[2])))
    return _patterns
