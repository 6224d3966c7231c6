"""Read what the style of an element means for its text."""

from __future__ import annotations

import re

_BOLD = re.compile(r"(?<![\w-])font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_ITALIC = re.compile(r"(?<![\w-])font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE)
_UNDONE = {
    "strong": re.compile(r"(?<![\w-])font-weight\s*:\s*(?:normal|lighter|[1-4]00)", re.IGNORECASE),
    "em": re.compile(r"(?<![\w-])font-style\s*:\s*normal", re.IGNORECASE),
}
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)


def hides(style: str) -> bool:
    """Return whether a style hides its element."""
    return _HIDDEN.search(style) is not None


def emphasis_of(style: str) -> list[str]:
    """Return the kinds of emphasis that a style gives."""
    if "font" not in style.lower():
        return []
    return [kind for kind, way in (("optional-strong", _BOLD), ("optional-em", _ITALIC)) if way.search(style)]


def takes_back(style: str, kind: str) -> bool:
    """Return whether a style takes back the emphasis that the tag of its element gives."""
    return kind in _UNDONE and _UNDONE[kind].search(style) is not None
