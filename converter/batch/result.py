"""The counts of a run, and the same in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from converter.batch.values import SKIPPED, Outcome

WRITTEN_WORDS = (
    "{count:,} converted", "{count:,} copied", "{count:,} drawing written", "{count:,} drawings written",
    "{count:,} with comments", "{count:,} removed", "{count:,} renamed",
)  # fmt: skip
PLANNED_WORDS = (
    "{count:,} would be converted", "{count:,} would be copied", "{count:,} drawing would be written",
    "{count:,} drawings would be written", "{count:,} with comments", "{count:,} would be removed",
    "{count:,} would be renamed",
)  # fmt: skip
"""Words of a summary for the documents that a run wrote, and for those that it would write."""


REJECTED = {
    False: frozenset(("frontmatter/invalid", "frontmatter/duplicate-key")),
    True: frozenset(("frontmatter/invalid",)),
}
"""Rules of front matter that YAML loaders reject, by whether it was to be repaired: a repaired key has its rule too."""


@dataclass(slots=True)
class Result:
    """Counts of a run.

    ``stopped`` is the number of the signal that ended it early, or 0; ``differing`` counts the documents that were
    found not to say what their source says, ``verified`` those that do (both 0 if none is verified),
    ``renamed`` the outputs whose own name another document has.  ``incomplete`` names the documents that hold no
    whole article, ``like_html`` those that look like HTML but were left as they are, ``rejected`` those whose
    front matter YAML loaders reject.  ``left_out`` counts, by suffix, the files in source folders that are no
    posts and that no post refers to.  ``images_missing`` counts the images that the run requested and did not get,
    ``comments`` the files of comments that it wrote.
    """

    counts: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(Outcome, 0))
    seconds: float = 0.0
    stopped: int = 0
    fatal: str = ""
    differing: int = 0
    incomplete: list[str] = field(default_factory=list)
    like_html: list[str] = field(default_factory=list)
    rejected: list[str] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    verified: int = 0
    renamed: int = 0
    images_missing: int = 0
    comments: int = 0

    @property
    def converted(self) -> int:
        """Documents written from HTML (in a check or diff: that would be)."""
        return self.counts[Outcome.CONVERTED]

    @property
    def copied(self) -> int:
        """Markdown posts and local files that were copied as they are."""
        return self.counts[Outcome.COPIED]

    @property
    def unchanged(self) -> int:
        """Outputs that already were what they should be."""
        return self.counts[Outcome.UNCHANGED]

    @property
    def skipped(self) -> int:
        """Outputs left alone: edited by a person, or their source has vanished."""
        return sum(self.counts[outcome] for outcome in SKIPPED)

    @property
    def pruned(self) -> int:
        """Outputs removed because their source has vanished."""
        return self.counts[Outcome.PRUNED]

    @property
    def failed(self) -> int:
        """Sources that could not be converted or written."""
        return self.counts[Outcome.FAILED]

    def __str__(self) -> str:
        return self.in_words()

    def in_words(self, *, written: bool = True, say: Callable[[str], str] = str) -> str:
        """Return the counts that are not 0, and the time; written: False where the run only says what it would do.

        say: returns a message in the language of the user.
        """
        drawn = self.counts[Outcome.DRAWN] - self.comments
        converted, copied, drawing, drawings, comments, pruned, renamed = WRITTEN_WORDS if written else PLANNED_WORDS
        named = (
            (converted, self.converted),
            (copied, self.copied),
            (drawing if drawn == 1 else drawings, drawn),
            (comments, self.comments),
            ("{count:,} unchanged", self.unchanged),
            ("{count:,} kept", self.counts[Outcome.KEPT]),
            ("{count:,} without a source", self.counts[Outcome.VANISHED]),
            (pruned, self.pruned),
            (renamed, self.renamed),
            ("{count:,} failed", self.failed),
            ("{count:,} verified", self.verified),
            ("{count:,} differing from their source", self.differing),
        )
        told = say(", ").join(say(words).format(count=count) for words, count in named if count)
        return say("{told} in {seconds:.1f} s").format(told=told or say("no documents"), seconds=self.seconds)
