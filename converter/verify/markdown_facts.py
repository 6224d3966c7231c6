"""Facts of Markdown as a renderer shows it."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree
from lxml.etree import _Element

from converter.verify import text as same
from converter.verify.recorder import Recorder
from converter.verify.renderers import LINE
from converter.verify.values import Facts
from converter.verify.walker import SKIP, WALK, Told, Walker

HIDDEN = frozenset(("script", "style", "template", "noscript", "title", "svg", "canvas", "input", "button", "select"))
HIDDEN_CLASSES = frozenset(("footnote-backref", "footnotes-sep"))
MATH = frozenset(("math", "math in-line"))
_PARSER = etree.HTMLParser(encoding="utf-8", huge_tree=True)


def rendered_facts(
    html: str,
    *,
    formulas: bool,
    first_line: int = 1,
    titles: frozenset[str] = frozenset(),
    media: frozenset[str] = frozenset(),
) -> Facts:
    """Facts of rendered Markdown.

    titles: a first heading that says one of these is the page's title, which the article does not hold.
    media: addresses of players; links to them stand for what the source plays.
    first_line: where the Markdown begins in its file, behind the front matter.
    """
    recorder = Recorder(notes=same.TRANSFER_SIGN in html, loose=False)
    tree = etree.HTML(html.encode("utf-8", "replace"), _PARSER) if html and not html.isspace() else None
    if tree is None:
        return recorder.finish()
    walker = RenderedWalker(recorder, formulas=formulas, first_line=first_line, media=media)
    first = next(tree.iter("h1"), None)
    if first is not None and same.squash("".join(first.itertext())) in titles:
        walker.title = first
    return walker.facts(tree)


class RenderedWalker(Walker):
    """A walk over a renderer's HTML."""

    def __init__(self, recorder: Recorder, *, formulas: bool, first_line: int, media: frozenset[str]) -> None:
        super().__init__(recorder, formulas=formulas)
        self.before = first_line - 1
        self.media = media
        self.title: _Element | None = None
        self.handlers["pre"] = self.pre
        self.handlers["span"] = self.handlers["div"] = self.formula_or
        recorder.line = first_line

    def text(self, text: str) -> None:
        """Tell a text node; line ends in it count."""
        super().text(text)
        if "\n" in text:
            self.recorder.line += text.count("\n")

    def enter(self, element: _Element) -> Told:
        """Tell an element of the rendering."""
        tag = element.tag
        if not isinstance(tag, str):
            if isinstance(element, etree._Comment) and (number := element.text or "").isdecimal():
                self.recorder.line = int(number) + self.before
            return SKIP
        if tag in HIDDEN or element is self.title:
            return SKIP
        if given := element.items():
            named = dict(given)
            self._locate(named)
            name = named.get("class")
            if name and "footnote" in name and not HIDDEN_CLASSES.isdisjoint(name.split()):
                return SKIP
        handler = self.handlers.get(tag)
        return handler(element) if handler else WALK

    def locate(self, element: _Element) -> None:
        """Take the line that an element came from."""
        self._locate(dict(element.items()))

    def _locate(self, given: Mapping[str, str]) -> None:
        line = given.get(LINE) or given.get("data-sourcepos", "").partition(":")[0]
        if line.isdecimal():
            self.recorder.line = int(line) + self.before

    def link(self, element: _Element) -> Told:
        """``a``; footnotes' own links and links to players are no text."""
        href = element.get("href") or ""
        if href.startswith("#fn") or (self.media and same.address(href) in self.media):
            return SKIP
        return super().link(element)

    def pre(self, element: _Element) -> Told:
        """A code block."""
        code = element.find("code")
        if code is not None:
            self.locate(code)
        words = (code.get("class") or "").split() if code is not None else []
        declared = next((word[9:] for word in words if word.startswith("language-")), "")
        self.recorder.code("".join(element.itertext()), same.language(declared), "")
        return SKIP

    def formula_or(self, element: _Element) -> Told:
        """A formula, or a box."""
        if element.get("class") in MATH:
            self.recorder.formula(element.text or "", display=element.tag == "div")
            return SKIP
        return self.block(element) if element.tag == "div" else WALK
