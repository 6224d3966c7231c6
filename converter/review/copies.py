"""Posts that are alike, found while the review page checks them."""

from __future__ import annotations

from contextlib import closing

from converter import frontmatter
from converter.scraper.dates import normal_date
from converter.similarity.groups import Groups, memberships
from converter.similarity.sketch import sketch_of


class Copies:
    """Collects posts and finds those that are alike, as the catalogue does."""

    def __init__(self) -> None:
        self._groups = Groups()

    def add(self, name: str, markdown: str, text: str) -> None:
        """Take a post: its Markdown, and what a reader sees of it."""
        front, _ = frontmatter.split(markdown)
        self._groups.add(name, sketch_of(text, normal_date((front.text("date") if front else "") or "")))

    def fuller(self) -> dict[str, str]:
        """Return, for each post of which another one is a fuller copy, that one; nothing can be added afterwards."""
        with closing(self._groups) as groups:
            told = memberships(groups.found())
        return {name: group["fullest"] for name, group in told.items() if group["fullest"] != name}
