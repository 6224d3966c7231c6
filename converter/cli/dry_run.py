"""`convert --dry-run`: the plan of a run, with examples."""

from __future__ import annotations

import os
import posixpath
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from converter.batch.input.walk import other_files
from converter.batch.listener import Listener
from converter.batch.names import NAMED_SUFFIXES, shown
from converter.batch.values import COMMENTS, WRITTEN, Outcome, Row
from converter.cli.summary import nothing_found
from converter.cli.wide_text import columns
from converter.source.suffixes import has_suffix
from converter.translation import _, marked, translated

if TYPE_CHECKING:
    from converter.batch import Job, Result

EXAMPLES = 3
"""Examples that a line of the plan names."""
KINDS = 4
"""Kinds of files that are left out, by their suffixes, that the plan names."""
TITLES = {
    Outcome.CONVERTED: marked("convert"),
    Outcome.COPIED: marked("copy"),
    Outcome.DRAWN: marked("draw"),
    Outcome.KEPT: marked("keep"),
    Outcome.UNCHANGED: marked("unchanged"),
    Outcome.VANISHED: marked("without a source"),
    Outcome.PRUNED: marked("remove"),
    Outcome.FAILED: marked("cannot convert"),
}
"""The line of the plan for an outcome."""
RENAME, LEAVE_OUT, WRITE_COMMENTS = marked("rename"), marked("leave out"), marked("write comments")
ORDER = (
    *(
        "convert",
        "copy",
        "draw",
        WRITE_COMMENTS,
        RENAME,
        "keep",
        "unchanged",
        "without a source",
        "remove",
        "cannot convert",
    ),
    LEAVE_OUT,
)
"""The lines of the plan."""


@dataclass(slots=True)
class Entry:
    """A line of the plan: how many, and the first examples."""

    count: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, example: str) -> None:
        """Count one more; keep its example if it is one of the first."""
        self.count += 1
        if len(self.examples) < EXAMPLES:
            self.examples.append(example)


class DryRun(Listener):
    """Is told of a run that writes nothing: collects what would happen to each document."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._entries: dict[str, Entry] = {title: Entry() for title in ORDER}
        self._copied: set[str] = set()

    def row(self, row: Row) -> None:
        """See Listener."""
        title = WRITE_COMMENTS if row.kind == COMMENTS and row.outcome in WRITTEN else TITLES.get(row.outcome)
        if title is None:
            return
        self._entries[title].add(_example(row))
        if row.outcome is Outcome.COPIED and row.path:
            self._copied.add(os.path.abspath(row.path))  # noqa: PTH100 resolve() would follow a symbolic link
        if row.outcome in (Outcome.CONVERTED, Outcome.COPIED) and is_renamed(row):
            self._entries[RENAME].add(_example(row))

    def lines(self, result: Result) -> Iterator[str]:
        """Yield the plan: a line for each thing that would happen to at least one document."""
        has_documents = any(entry.count for entry in self._entries.values())
        kinds = self._add_left_out()
        told = [(title, entry) for title, entry in self._entries.items() if entry.count]
        if not has_documents:
            yield nothing_found(self._job)
        elif result.stopped:
            yield _("plan, as far as it was made:")
        else:
            yield _("plan (nothing is written):")
        most = max((columns(_(title)) for title, _entry in told), default=0)
        for title, entry in told:
            more = ", ..." if entry.count > len(entry.examples) else ""
            note = f" ({kinds})" if title == LEAVE_OUT else ""
            padded = _(title) + " " * (most - columns(_(title)))
            yield f"  {padded} {entry.count:>9,}  {', '.join(entry.examples)}{more}{note}"

    def _add_left_out(self) -> str:
        """Add the files in the source folders that are no posts and that no post refers to; return their kinds."""
        suffixes = Counter[str]()
        for source in self._job.sources:
            for file in other_files(source, self._job.out) if os.path.isdir(source) else ():  # noqa: PTH112
                if os.path.abspath(file.path) not in self._copied:  # noqa: PTH100
                    self._entries[LEAVE_OUT].add(shown(file.path))
                    suffixes[posixpath.splitext(file.name)[1] or _("no suffix")] += 1
        kinds = [f"{count:,} {suffix}" for suffix, count in suffixes.most_common(KINDS)]
        return ", ".join(kinds) + (", ..." if len(suffixes) > KINDS else "")


def is_renamed(row: Row) -> bool:
    """Return whether the output of a document has another name than its source, the suffix aside."""
    source, output = posixpath.basename(row.source), posixpath.basename(row.output)
    if row.kind != "file" and has_suffix(source, NAMED_SUFFIXES):
        source = posixpath.splitext(source)[0] + ".md"
    return source != output


def _example(row: Row) -> str:
    if row.outcome in WRITTEN and row.source != shown(row.target):
        return f"{row.source} -> {shown(row.target)}"
    return translated(row.message) if row.outcome is Outcome.KEPT else row.source
