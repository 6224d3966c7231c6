"""Read what the style of an element means for its text."""

from __future__ import annotations

import re

_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_ITALIC = re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)


def hides(style: str) -> bool:
    """Return whether a style hides its element."""
    return "none" in style and _HIDDEN.search(style) is not None


def emphasis_of(style: str) -> list[str]:
    """Return the kinds of emphasis that a style gives."""
    if "font" not in style.lower():
        return []
    return [kind for kind, way in (("optional-strong", _BOLD), ("optional-em", _ITALIC)) if way.search(style)]
