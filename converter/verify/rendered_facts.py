"""Facts of Markdown, read from the HTML that a renderer made of it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

from lxml import etree
from lxml.etree import _Element

from converter.verify import normalize
from converter.verify.facts import Facts
from converter.verify.local_addresses import NONE, LocalAddresses
from converter.verify.recorder import Recorder
from converter.verify.renderers import LINE
from converter.verify.walker import SKIP, WALK, Visit, Walker

HIDDEN = frozenset(("script", "style", "template", "noscript", "title", "svg", "canvas", "input", "button", "select"))
HIDDEN_CLASSES = frozenset(("footnote-backref", "footnotes-sep"))
MATH = frozenset(("math", "math in-line"))
NO_PLAYERS: Mapping[str, bool] = MappingProxyType({})
_PARSER = etree.HTMLParser(encoding="utf-8", huge_tree=True, collect_ids=False)


def rendered_facts(
    html: str,
    *,
    formulas: bool,
    first_line: int = 1,
    titles: frozenset[str] = frozenset(),
    players: Mapping[str, bool] = NO_PLAYERS,
    local: LocalAddresses = NONE,
    lines: bool = True,
) -> Facts:
    """Return the facts of rendered Markdown.

    formulas: text between dollar signs may be a formula.
    first_line: the line of the file where the Markdown begins, after the front matter.
    titles: a first heading with one of these texts is the page's title, which the article does not hold.
    players: URLs of players, and whether the source links to them, too; links to them stand for the players.
    local: the local addresses, which are compared as those of the source that they stand for.
    lines: each fact has the line that it comes from.
    """
    recorder = Recorder(notes=normalize.TRANSFER_SIGN in html)
    tree = etree.HTML(html.encode("utf-8", "replace"), _PARSER) if html and not html.isspace() else None
    if tree is None:
        return recorder.finish()
    local.restore(tree)
    if lines:
        walker: RenderedWalker = LineWalker(recorder, formulas=formulas, players=players, first_line=first_line)
    else:
        walker = RenderedWalker(recorder, formulas=formulas, players=players)
    first = next(tree.iter("h1"), None)
    if first is not None and normalize.squash("".join(first.itertext())) in titles:
        walker.title = first
    return walker.facts(tree)


class RenderedWalker(Walker):
    """A walk over the HTML of a Markdown renderer, whose facts have no lines."""

    methods: ClassVar[Mapping[str, str]] = {**Walker.methods, "pre": "pre", "span": "formula_or", "div": "formula_or"}

    def __init__(self, recorder: Recorder, *, formulas: bool, players: Mapping[str, bool]) -> None:
        super().__init__(recorder, formulas=formulas)
        self.players = players
        self.title: _Element | None = None

    def enter(self, element: _Element) -> Visit:
        """Record the start of an element, unless a renderer or browser shows nothing of it."""
        tag = element.tag
        if not isinstance(tag, str) or tag in HIDDEN or element is self.title:
            return SKIP
        name = element.get("class")
        if name and "footnote" in name and not HIDDEN_CLASSES.isdisjoint(name.split()):
            return SKIP
        handler = self.handlers.get(tag)
        return handler(self, element) if handler else WALK

    def locate(self, element: _Element) -> None:
        """Set no line."""

    def link(self, element: _Element) -> Visit:
        """Record a link; the links of footnotes are skipped, and those to players.

        Where the source links to what it plays, the link to the player is the one whose text is its address.
        """
        href = element.get("href") or ""
        if href.startswith("#fn"):
            return SKIP
        address = normalize.address(href) if self.players else ""
        if address in self.players and (not self.players[address] or _says(element, address)):
            return SKIP
        return super().link(element)

    def pre(self, element: _Element) -> Visit:
        """Record a code block."""
        code = element.find("code")
        if code is not None:
            self.locate(code)
        words = (code.get("class") or "").split() if code is not None else []
        declared = next((word[9:] for word in words if word.startswith("language-")), "")
        self.recorder.code("".join(element.itertext()), normalize.language(declared), "")
        return SKIP

    def formula_or(self, element: _Element) -> Visit:
        """Record a formula, or another ``span`` or ``div``."""
        if element.get("class") in MATH:
            self.recorder.formula(element.text or "", display=element.tag == "div")
            return SKIP
        return self.block(element) if element.tag == "div" else WALK


class LineWalker(RenderedWalker):
    """A walk over the HTML of a Markdown renderer, whose facts have the lines of the Markdown."""

    counts_lines = True

    def __init__(
        self, recorder: Recorder, *, formulas: bool, players: Mapping[str, bool], first_line: int
    ) -> None:  # fmt: skip
        super().__init__(recorder, formulas=formulas, players=players)
        self.lines_before = first_line - 1
        recorder.line = first_line

    def text(self, text: str) -> None:
        """Record a text node, and count its line ends."""
        super().text(text)
        if "\n" in text:
            self.recorder.line += text.count("\n")

    def enter(self, element: _Element) -> Visit:
        """Record the start of an element with its line."""
        if isinstance(element, etree._Comment):
            if (number := element.text or "").isdecimal():
                self.recorder.line = int(number) + self.lines_before
        elif element.tag not in HIDDEN and element is not self.title:
            self.locate(element)
        return super().enter(element)

    def locate(self, element: _Element) -> None:
        """Set the recorder's line to the Markdown line that an element came from."""
        line = element.get(LINE) or element.get("data-sourcepos", "").partition(":")[0]
        if line.isdecimal():
            self.recorder.line = int(line) + self.lines_before


def _says(link: _Element, address: str) -> bool:
    """Return True for a link whose text is its address."""
    return normalize.address("".join(link.itertext())) == address
