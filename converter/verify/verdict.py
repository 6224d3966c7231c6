"""The result of a comparison: the differences, each in words, and a score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Facet: TypeAlias = Literal[
    "text", "blocks", "spaces", "headings", "lists", "tables", "quotes", "code", "language", "images", "links",
    "formulas", "emphasis", "inline code", "conservation", "selection",
]  # fmt: skip
"""The kinds of facts that are compared."""
LEAST_SHARE = 0.01
"""Share of a text from which on reports name what a rule took."""
LONGEST_SHOWN = 100
"""How many characters of a text a message shows."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact that is not the same in the source and in the rendered Markdown.

    line: line of the Markdown file where the fact is, or would be (0: it has no line).
    what: the name of the fact in messages (``image``, ``heading level``).
    was, now: the fact in the source and in the Markdown; "" where it is missing.
    subject: text that shows which heading, which item, ... is meant where ``was`` and ``now`` do not.
    source_line: line of the source where the fact is (0: not known).
    """

    facet: Facet
    line: int
    what: str
    was: str = ""
    now: str = ""
    subject: str = ""
    source_line: int = 0

    def __str__(self) -> str:
        if self.facet == "selection":
            return f"selection: {self.what}: {_shown(self.was)}"
        if not self.now:
            return f"{self.what} missing: {_shown(self.was)}"
        if not self.was:
            return f"{self.what} added: {_shown(self.now)}"
        if self.subject:
            return f"{self.what} {_shown(self.was)} became {_shown(self.now)}: {_shown(self.subject)}"
        return f"{self.what} differs: {_quoted(self.was)} became {_quoted(self.now)}"


def at_line(line: int, words: str, name: str = "") -> str:
    """Return words behind the file (if it is named) and the line (0: none) that they are about."""
    place = f"{name}:{line}" if name and line else name or str(line or "")
    return f"{place}: {words}" if place else words


def _shown(text: str) -> str:
    text = text.replace("\n", "⏎")
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"


def _quoted(text: str) -> str:
    return f'"{_shown(text)}"'


@dataclass(frozen=True, slots=True)
class Verdict:
    """The differences of one Markdown file, and the share of facts that are the same (``score``, 0.0 to 1.0).

    shares: the share of the text that each rule took which took more than LEAST_SHARE of it; only ``prove`` knows it.
    """

    differences: tuple[Difference, ...] = ()
    score: float = 1.0
    shares: tuple[tuple[str, float], ...] = ()

    @property
    def perfect(self) -> bool:
        """True when the rendered Markdown shows all facts of the source, and no others."""
        return not self.differences
