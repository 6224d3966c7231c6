"""Link cards that programs write, whatever the site: a link around a box with title, description, icon and address."""

from __future__ import annotations

COMMON_LINK_CARDS = (
    ("bookmark", "bookmark-title"),  # Notion's export
    ("kg-bookmark-container", "kg-bookmark-title"),  # Ghost
)
"""(Class of the card, class of the title on it)."""
