"""One number that says how much is wrong with a post, so that the worst can be looked at first."""

from __future__ import annotations

from typing import NamedTuple

WHOLE = 100
"""The health of a post with which nothing is wrong."""


class Harm(NamedTuple):
    """A thing that is wrong with a post: the points that each takes, and that all together take at most."""

    each: int
    most: int

    def of(self, count: int) -> int:
        """Return the points that so many of them take."""
        return min(self.each * count, self.most)


INCOMPLETE = Harm(50, 50)
DIFFERENT = Harm(1, 30)
"""For each hundredth of the facts that verification did not find."""
DUPLICATE = Harm(10, 10)
"""For a post of which another one is a fuller copy."""
DEAD_IMAGE = Harm(5, 20)
IN_TEXT = (("外链图片转存失败", Harm(5, 20)), ("锟斤拷", Harm(5, 20)), ("\N{REPLACEMENT CHARACTER}", Harm(1, 20)))
"""What stands in a text where an image was not moved, or where bytes were read in a wrong encoding."""


def health(text: str, *, incomplete: bool = False, dead_images: int = 0, score: float | None = None) -> int:
    """Return the health of a post, from WHOLE down to 0.  score: of its verification; None where there was none."""
    harm = INCOMPLETE.of(incomplete) + DEAD_IMAGE.of(dead_images)
    harm += DIFFERENT.of(round((1 - score) * 100)) if score is not None else 0
    harm += sum(kind.of(text.count(sign)) for sign, kind in IN_TEXT)
    return max(0, WHOLE - harm)


def of_duplicate(found: int) -> int:
    """Return the health of a post of which another one is a fuller copy.  found: without regard to that."""
    return max(0, found - DUPLICATE.each)
