"""The one walk over an article: each element is asked once what it is, and adds itself to a flow."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import islice
from typing import TypeAlias

from lxml.etree import _Element, iterwalk

from converter.cleaner.flow import Flow
from converter.cleaner.runs import REAL, STYLED_EM, STYLED_STRONG, Marks
from converter.extract import urls
from converter.extract.text import text_of
from converter.extract.whitespace import visible
from converter.model import BODY, HEADINGS, NO_ATTRIBUTES, Article, Finding, Inline, Node
from converter.options import Options
from converter.rules.chrome import CLASS_ROWS, ID_ROWS, TAG_ROWS, Chrome
from converter.rules.hosts import TRANSFER_SIGN
from converter.rules.math import MATHJAX_PREFIXES

MAX_DEPTH = 300
"""Elements nested deeper than this become text (finding ``html/too-deep``); real articles reach 254."""
DEEPER = 3
"""How many levels a quote, a list, a table or a definition list counts for beyond its own: they nest in the result
too, so that writing it takes more of the interpreter's stack.  All together fits in the 1,000 frames of a thread."""

_LAID_OUT = ("p", "td", "h1", "h2", "h3", "h4", "div", "strong", "b", "font", "a", "ul", "ol", "tr", "center")
_TRANSFER = re.compile(
    TRANSFER_SIGN.join(
        (r"\[?", r"(?:失败|中)[^\[\]()]{0,80}?(?:直接上传|(?=\(img-))((?:\([^()]*\))*)\]?((?:\([^()]*\))*)")
    )
)
_TRANSFER_ADDRESS = re.compile(r"\((https?:[^()\s]+)\)")
_HIDING = (("hidden", "", "chrome/hidden"), ("class_", "artid", "meta/artid"))
"""Attributes that take an element out: name, value ("" for any), rule."""
TELLING = frozenset(("class", "class_", "hidden", "id", "name", "style"))
"""Attributes that may change what an element is."""
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_STYLES = (
    (STYLED_STRONG, re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)),
    (STYLED_EM, re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE)),
)

Handler: TypeAlias = "Callable[[Cleaner, _Element, Flow, Marks, int], None]"
"""Adds an element to a flow, under the marks open around it, so many elements deep."""
Special: TypeAlias = "Callable[[Cleaner, _Element, Flow, Marks], bool]"
"""Looks closer at an element for one of its classes; True when the element is done with."""


class Cleaner:
    """The state of one walk: what is known of the document, and the findings."""

    def __init__(
        self,
        article: _Element,
        *,
        options: Options,
        first_line: int,
        keep_origin: bool,
        finish_images: bool,
        handlers: Mapping[str, Handler],
        special: Mapping[str, Special],
    ) -> None:
        self.root = article
        self.handlers = handlers
        self.special = special
        self.options = options
        self.first_line = first_line
        self.keep_origin = keep_origin
        self.finish_images = finish_images
        self.findings: list[Finding] = []
        self.prettified = is_prettified(article)
        self.targets: set[str] = set()
        """Anchors that a link in the article leads to."""
        self.noted: set[str] = set()
        """Footnotes that the text refers to."""
        self.notes: dict[str, Node] = {}
        self.mathjax = False
        """Whether formulas have their TeX in scripts."""
        self.boxes = False
        """Whether there are boxes to tick."""
        self.survey()
        self.numbers = 0
        self.known: dict[str, Chrome | str | None] = {}
        self.looks: dict[str, Marks | None] = {}
        self.taken: set[_Element] = set()
        """Elements that something before them has already added."""

    def article(self) -> Article:
        """Walk the whole article."""
        if self.prettified:
            self.find("space/prettified", "", kept="")
        flow = self.flow()
        self.walk(self.root, flow, (), 0)
        body = Node(BODY, [*flow.finish(), *self.notes.values()])
        return Article(body, tuple(self.findings))

    def survey(self) -> None:
        """See what the article refers to further down."""
        referred: set[str] = set()
        for element in self.root.iter("a", "input", "script"):
            if element.tag == "a":
                href = element.get("href", "")
                if href[:1] == "#" != href:
                    if self.options.toc == "keep" or not _is_in_toc(element):
                        self.targets.add(urls.fragment(href[1:]))
                    if href.startswith("#fn") and _is_reference(element.getparent()):
                        referred.add(href[1:])
            elif element.tag == "input":
                self.boxes = True
            elif element.get("type", "").startswith("math/tex"):
                self.mathjax = True
        if referred:
            self.noted = referred.intersection(item.get("id", "") for item in self.root.iter("li"))

    # ----------------------------------------------------------------------------------------------
    # Findings and nodes

    def find(self, rule: str, text: str, *, kept: str | None = None, element: _Element | None = None) -> None:
        """Note what a rule did; ``kept`` is what stands for the text now."""
        line = 0 if element is None or not element.sourceline else element.sourceline + self.first_line - 1
        self.findings.append(Finding(rule, text, kept, line))

    def drop(self, rule: str, element: _Element) -> None:
        """Note that an element went with all it shows."""
        self.find(rule, shown(element), element=element)

    def node(
        self,
        tag: str,
        children: list[Inline],
        element: _Element,
        attributes: Mapping[str, str] = NO_ATTRIBUTES,
    ) -> Node:
        """A node that remembers its source element where that is wanted."""
        return Node(tag, children, attributes, element if self.keep_origin else None)

    def number(self) -> int:
        """A number that no other mark of this document has."""
        self.numbers += 1
        return self.numbers

    def flow(self, *, split_pictures: bool = True, in_line: bool = False) -> Flow:
        """A new, empty flow."""
        return Flow(self.prettified, split_pictures and not in_line, in_line)

    # ----------------------------------------------------------------------------------------------
    # The walk

    def walk(self, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
        """Add what an element holds to a flow."""
        if depth > MAX_DEPTH:
            return self.flatten(element, flow, marks)
        depth += 1
        prettified, handlers = self.prettified, self.handlers
        text = element.text
        if text:
            if not text.isspace():
                if TRANSFER_SIGN in text:
                    self.transferred(text, flow, marks)
                else:
                    flow.runs.append((text, marks))
            elif not prettified:
                flow.blank(marks)
        for child in element:
            tag = child.tag
            handler = handlers.get(tag)  # type: ignore[arg-type]  # a comment has a function for its tag
            if handler is None and isinstance(tag, str):
                handler = handlers["span"]
            if handler is not None:
                inner: Marks | None = marks
                names = child.keys()
                if names and not TELLING.isdisjoint(names):
                    inner = self.inspect(child, names, flow, marks)
                if inner is not None:
                    handler(self, child, flow, inner, depth)
            tail = child.tail
            if tail:
                if not tail.isspace():
                    if TRANSFER_SIGN in tail:
                        self.transferred(tail, flow, marks)
                    else:
                        flow.runs.append((tail, marks))
                elif not prettified:
                    flow.blank(marks)
        return None

    def text(self, text: str, flow: Flow, marks: Marks) -> None:
        """Add a text node."""
        if TRANSFER_SIGN in text:
            self.transferred(text, flow, marks)
        else:
            flow.text(text, marks)

    def transferred(self, text: str, flow: Flow, marks: Marks) -> None:
        """Add text in which notes of pictures that could not be transferred become the pictures they name."""
        place = 0
        for note in _TRANSFER.finditer(text):
            flow.text(text[place : note.start()], marks)
            place = note.end()
            addresses = _TRANSFER_ADDRESS.findall(note[1] + note[2])
            self.find("image/failed-transfer", note[0], kept=addresses[0] if addresses else None)
            if addresses:
                flow.leaf(Node("img", [], {"src": addresses[0]}), marks)
        flow.text(text[place:], marks)

    def flatten(self, element: _Element, flow: Flow, marks: Marks) -> None:
        """Add what is nested too deep as text, breaks and images."""
        pieces: list[str] = []
        walker = iterwalk(element, events=("start", "end", "comment", "pi"))
        for event, node in walker:
            if event == "start":
                if node is not element and node.tag in TAG_ROWS:
                    walker.skip_subtree()
                elif node.tag in ("br", "img"):
                    self.handlers[node.tag](self, node, flow, marks, 0)
                elif node.tag in self.handlers:
                    self.text(" ", flow, marks)
                if node.tag not in TAG_ROWS and node.text:
                    pieces.append(node.text)
                    self.text(node.text, flow, marks)
            elif node is not element and node.tail:
                pieces.append(node.tail)
                self.text(node.tail, flow, marks)
        text = "".join(pieces)
        if visible(text):
            self.find("html/too-deep", text, kept=text, element=element)

    def inspect(self, element: _Element, names: list[str], flow: Flow, marks: Marks) -> Marks | None:
        """Marks for an element by its attributes, of these names; None when they say that it goes or is done with."""
        if "class" in names:
            name = element.get("class", "")
            row = self.known[name] if name in self.known else self.learn(name)
            if isinstance(row, Chrome):
                self.drop(row.rule, element)
                return None
            if row is not None and self.special[row](self, element, flow, marks):
                return None
        if "id" in names or "name" in names:
            identity = element.get("id") or element.get("name") or ""
            if identity in ID_ROWS:
                self.drop(ID_ROWS[identity].rule, element)
                return None
            if self.targets and (anchor := urls.fragment(identity)) in self.targets and element.tag != "li":
                flow.leaf(Node("a", [], {"id": anchor}), ())
        if "style" in names:
            style = element.get("style", "")
            look = self.looks[style] if style in self.looks else self.see(style)
            if look is None:
                self.drop("chrome/hidden", element)
                return None
            if look and element.tag not in HEADINGS:
                marks = (*marks, *(mark for mark in look if mark not in marks and REAL[mark] not in marks))
        for attribute, value, rule in _HIDING:
            if attribute in names and value in ("", element.get(attribute)):
                self.drop(rule, element)
                return None
        return marks

    def learn(self, name: str) -> Chrome | str | None:
        """The row of CLASS_ROWS, or the key of the special classes, that a class attribute asks for."""
        row: Chrome | str | None = None
        for word in name.split():
            row = CLASS_ROWS.get(word) or (word if word in self.special else None)
            if row is None and word.startswith(MATHJAX_PREFIXES):
                row = "MathJax"
            if row is not None:
                break
        self.known[name] = row
        return row

    def see(self, style: str) -> Marks | None:
        """The emphasis that a style gives; None when it hides."""
        look: Marks | None = None
        if "none" not in style or not _HIDDEN.search(style):
            look = tuple(mark for mark, pattern in _STYLES if "font-" in style and pattern.search(style))
        self.looks[style] = look
        return look


def _is_in_toc(link: _Element) -> bool:
    """True for a link of a generated table of contents."""
    return any("toc" in holder.get("class", "").split() for holder in link.iterancestors())


def _is_reference(holder: _Element | None) -> bool:
    """True for the element around the link to a footnote."""
    return holder is not None and holder.tag == "sup" and "footnote-ref" in holder.get("class", "")


def is_prettified(article: _Element) -> bool:
    """True when BeautifulSoup's pretty-printer laid the source out: each tag and text on a line of its own.

    What stands on lines of its own is indented by one space more than its closing tag, but behind a
    ``pre`` the printer indents no more.
    """
    deep = fitting = foreign = 0
    for element in islice(article.iter(*_LAID_OUT), 40):
        indent = _indent(element)
        if indent is not None:
            deep += indent > 0
            fitting += indent >= 0
            foreign += indent < 0
            if foreign == 12 or (fitting == 29 and deep > 2):  # what follows cannot tip the scales
                break
    judged = fitting + foreign
    return deep > 0.05 * judged and fitting > 0.7 * judged


def _indent(element: _Element) -> int | None:
    """Indent of an element's content where the printer may have laid it out; -1 where not, None for no answer."""
    text = element.text
    if not text:
        return None
    if text[0] == "\n":
        indent = len(text) - len(text[1:].lstrip(" ")) - 1
        holds = len(element) > 0
        last = (element[-1].tail or "") if holds else text
        if last.rpartition("\n")[2] == " " * (indent - (holds or visible(text))):
            return indent
    return None if any(holder.tag == "pre" for holder in islice(element.iterancestors(), 5)) else -1


def shown(element: _Element) -> str:
    """The text of an element, blanks folded."""
    return " ".join(text_of(element).split())
