"""Text of the inline elements that are open: emphasis, inline code and links.

Neighbouring elements of one kind are one run: ``<b>a</b><b>b</b>`` is one bold text, as Markdown has to write it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from converter.verify import normalize
from converter.verify.facts import Facts

CODE_KINDS = frozenset(("code", "optional-code"))
"""Kinds of marks that are recorded in headings too, and whose text is compared to the last character."""
OPTIONAL = "optional-"
"""Prefix of the kinds of marks that the Markdown may have or not."""


@dataclass(slots=True)
class Run:
    """Text of an inline element so far, and where it began."""

    line: int
    offset: int
    pieces: list[str] = field(default_factory=list)


class MarkRuns:
    """Emphasis and inline code: kinds ``strong``, ``em``, ``del``, ``sup``, ``sub``, ``code`` and ``optional-...``.

    runs: those that text may still be added to, by kind.  depths: how many elements of a kind are open.
    Text must be given to ``add`` while there are any of them.
    """

    def __init__(self, facts: Facts, *, notes: bool) -> None:
        """Write facts into ``facts``; ``notes``: the text may hold notes of failed image transfers."""
        self._facts, self._notes = facts, notes
        self.depths: dict[str, int] = {}
        self.runs: dict[str, Run] = {}

    def open(self, kind: str) -> None:
        """Begin an element."""
        self.depths[kind] = self.depths.get(kind, 0) + 1

    def close(self, kind: str) -> None:
        """End an element; its run goes on if the next text has the same mark."""
        depth = self.depths[kind] - 1
        if depth:
            self.depths[kind] = depth
        else:
            del self.depths[kind]

    def add(self, text: str, line: int, offset: int, *, in_heading: bool) -> None:
        """Add text to the runs of the open elements, and end the other runs."""
        if self.runs:
            self.end_closed()
        for kind in self.depths:
            if not in_heading or kind in CODE_KINDS:
                if kind not in self.runs:
                    self.runs[kind] = Run(line, offset)
                self.runs[kind].pieces.append(text)

    def end_closed(self) -> None:
        """End the runs of elements that are closed."""
        for kind in tuple(self.runs):
            if kind not in self.depths:
                self._end(kind)

    def end_all(self) -> None:
        """End all runs, as the end of a line does."""
        for kind in tuple(self.runs):
            self._end(kind)

    def _end(self, kind: str) -> None:
        run = self.runs.pop(kind)
        text = "".join(run.pieces)
        if self._notes:
            text = normalize.without_notes(text)
        if kind in CODE_KINDS:
            if kind == "optional-code":
                self._facts.optional_code.add((text,))
            elif text:
                self._facts.inline_code.add((text,), run.line, run.offset)
        elif text := normalize.trimmed(text):
            if kind.startswith(OPTIONAL):
                self._facts.optional_emphasis.add((kind.removeprefix(OPTIONAL), text))
            else:
                self._facts.emphasis.add((kind, text), run.line, run.offset)


class LinkRuns:
    """Links; neighbouring ones with the same URL are one.

    run: the one that text may still be added to.  url: that of the open link, "" for none.
    Text must be given to ``add`` while there is one of them.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._urls: list[str] = []
        self.url = ""
        self.run: Run | None = None
        self._run_url = ""

    def open(self, url: str) -> None:
        """Begin a link ("": one without a destination)."""
        self._urls.append(url)
        self.url = url

    def close(self) -> None:
        """End the innermost link."""
        self._urls.pop()
        self.url = self._urls[-1] if self._urls else ""

    def add(self, text: str, line: int, offset: int) -> None:
        """Add text ("": an image) to the open link, and end the run of another URL."""
        if self._run_url != self.url:
            self.end()
        if self.url:
            if self.run is None:
                self.run, self._run_url = Run(line, offset), self.url
            self.run.pieces.append(text)

    def end(self) -> None:
        """Record the link whose text was added last."""
        if (run := self.run) is not None:
            self.run = None
            self._facts.links.add((self._run_url, "".join(run.pieces)), run.line, run.offset)
            self._run_url = ""
