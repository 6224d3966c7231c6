"""Makes the names of outputs, and names that can be shown on one line."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from converter.model import Csdn2mdError
from converter.source.suffixes import POST_SUFFIXES

NAMED_SUFFIXES = (*POST_SUFFIXES, ".txt")
"""Suffixes that become ``.md`` in the output's name."""

_UNSAFE = re.compile("[\x00-\x1f\x7f\udc80-\udcff]")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_DRIVE = re.compile(r"^[A-Za-z]:(?=/|$)")
_DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"com{n}" for n in "123456789¹²³"), *(f"lpt{n}" for n in "123456789¹²³"))
)
"""Names that Windows keeps for devices, whatever the suffix (Win32 "Naming Files, Paths, and Namespaces")."""


class PathError(Csdn2mdError):
    """A name that cannot become the name of an output."""


def shown(name: str) -> str:
    """Return the name on one line: control characters and bytes that are no UTF-8 as escapes."""
    if name.isprintable():
        return name
    return _UNPRINTABLE.sub(_escape, name)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code & 0xFF:02x}" if code < 0x100 or 0xDC80 <= code <= 0xDCFF else f"\\u{code:04x}"


def safe_part(part: str) -> str:
    """Return one component of a path as every system and every repository can hold it."""
    part = _UNSAFE.sub("_", part)
    stem, dot, rest = part.partition(".")
    return f"{stem}_{dot}{rest}" if stem.rstrip(" ").lower() in _DEVICES else part


def safe_path(path: str) -> str:
    """Return a relative path made safe, with ``/`` between parts; PathError where it would leave the output folder."""
    parts = [part for part in path.split("/") if part not in ("", ".")]
    if ".." in parts:
        raise PathError("the name leads out of the output folder")
    if not parts:
        raise PathError("the name is empty")
    return "/".join(map(safe_part, parts))


def member_path(name: str) -> str:
    """Return the relative path that the name of an archive's member stands for, whoever packed it."""
    return _DRIVE.sub("", name.replace("\\", "/"))


def output_name(path: str) -> str:
    """Return the relative path of the output for that of a source: the suffix becomes ``.md``."""
    path = safe_path(path)
    folded = path.lower()
    for suffix in NAMED_SUFFIXES:
        if folded.endswith(suffix) and not folded.endswith("/" + suffix) and folded != suffix:
            return path[: -len(suffix)] + ".md"
    return path + ".md"


def collision_key(output: str, *, folds_case: bool = True) -> str:
    """Return a key that is equal for two outputs that would be one file.

    folds_case: the file system of the outputs takes names that differ in case, or in the form of their
    accents, for one name.
    """
    if not folds_case or (output.isascii() and output.islower()):
        return output
    return unicodedata.normalize("NFC", output).casefold()


def name_of_its_own(output: str, identity: str) -> str:
    """Return the output's name with a suffix made of what identifies its source: ``a.md``, ``a-3f29c1.md``."""
    digest = hashlib.blake2b(identity.encode("utf-8", "surrogateescape"), digest_size=3).hexdigest()
    return f"{output.removesuffix('.md')}-{digest}.md"
