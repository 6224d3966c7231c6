"""Walk over an article once: each element is given to the handler of its tag, which adds it to a flow."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from lxml.etree import _Element, iterwalk

from converter.cleaner.attributes import (
    MEANINGFUL_ATTRIBUTES,
    RARE_NAMES,
    REMOVING_ATTRIBUTES,
    class_row,
    marks_of_style,
)
from converter.cleaner.failed_transfers import transfer_notes
from converter.cleaner.flow import Flow
from converter.cleaner.prettified import is_prettified
from converter.cleaner.references import read_references
from converter.cleaner.runs import ELEMENT_MARKS, Marks
from converter.extract import urls
from converter.extract.contents import is_toc_part
from converter.extract.limits import holds_more
from converter.extract.text import shown_text_of
from converter.extract.whitespace import visible
from converter.model import BODY, HEADINGS, NO_ATTRIBUTES, Article, Finding, Inline, Node
from converter.options import Options
from converter.rules.chrome import TAG_ROWS, Chrome
from converter.rules.contents import TOC_ID_END
from converter.rules.math import TEX_ATTRIBUTES
from converter.sites.tables import ID_ROWS, TRANSFER_SIGN

MAX_DEPTH = 300
"""Elements nested deeper than this become text (finding ``html/too-deep``); real articles reach 254."""
EXTRA_DEPTH = 3
"""How many levels a quote, a list, a table or a definition list counts for beyond its own: they nest in the result
too, so that writing it takes more of the interpreter's stack.  All together fits in the 1,000 frames of a thread."""
MAX_KEPT = 8
"""How many elements inside each other are asked whether they are chrome or were left open."""

TagHandler: TypeAlias = "Callable[[Cleaner, _Element, Flow, Marks, int], None]"
"""Adds an element to a flow; the arguments are the cleaner, the element, the flow, the marks around it, its depth."""
ClassHandler: TypeAlias = "Callable[[Cleaner, _Element, Flow, Marks], bool]"
"""Handles an element for one of its classes; True when nothing more of the element is to be added."""


class Cleaner:
    """The state of one walk over an article: what is known of the source, and the findings so far.

    A handler calls ``walk`` for what an element holds, ``node``, ``new_flow`` and ``new_number`` to build, ``record``
    and ``record_removal`` for the findings.
    """

    def __init__(
        self,
        article: _Element,
        *,
        options: Options,
        first_line: int,
        keep_origin: bool,
        finish_images: bool,
        tag_handlers: Mapping[str, TagHandler],
        class_handlers: Mapping[str, ClassHandler],
    ) -> None:
        """Read what must be known before the walk; the arguments are those of ``article.clean``, and the tables."""
        self.root = article
        self.options = options
        self.first_line = first_line
        self.keep_origin = keep_origin
        self.finish_images = finish_images
        self.tag_handlers = tag_handlers
        self.class_handlers = class_handlers
        self.prettified = is_prettified(article)
        self.references = read_references(article, with_toc=options.toc == "keep")
        self.anchors = self.references.anchors
        """Anchors that a link in the article leads to; the others are not kept."""
        self.footnotes: dict[str, Node] = {}
        """Footnotes by their ``id`` in the source, in order; they come at the end of the article."""
        self.kept_chrome: dict[_Element, Chrome] = {}
        """Elements whose content stays although a row of chrome names them: they hold more than it lets them hold."""
        self.added_summaries: set[_Element] = set()
        """``summary`` elements that their ``details`` have added already."""
        self.has_more = False
        """The article has a marker at which a blog cuts it."""
        self.findings: list[Finding] = []
        self.last_number = 0
        self.rows_by_class: dict[str, Chrome | str | None] = {}
        """``class_row`` of each ``class`` attribute so far."""
        self.marks_by_style: dict[str, Marks | None] = {}
        """``marks_of_style`` of each ``style`` attribute so far."""

    def clean(self) -> Article:
        """Walk over the whole article and return it."""
        if self.prettified:
            self.record("space/prettified", "", kept="")
        flow = self.new_flow()
        self.walk(self.root, flow, (), 0)
        blocks = [*flow.finish(), *self.footnotes.values()]
        if self.has_more:
            blocks = with_markers_outside(blocks)
        body = Node(BODY, [*blocks])
        return Article(body, tuple(self.findings), self.prettified)

    # ----------------------------------------------------------------------------------------------
    # Findings and nodes

    def record(self, rule: str, text: str, *, kept: str | None = None, element: _Element | None = None) -> None:
        """Add a finding: a rule changed ``text`` to ``kept`` (None: removed it), at the line of the element."""
        line = 0 if element is None or not element.sourceline else element.sourceline + self.first_line - 1
        self.findings.append(Finding(rule, text, kept, line))

    def record_removal(self, rule: str, element: _Element) -> None:
        """Add a finding: a rule removed an element with all its text."""
        self.record(rule, one_line_text(element), element=element)

    def remove_chrome(self, row: Chrome, element: _Element) -> bool:
        """Remove an element that a row names, if it holds no more than the row may take; return whether it did."""
        if self.is_within_kept_chrome(element):
            return False
        if holds_more(element, row):
            self.kept_chrome[element] = row
            self.record("chrome/kept", row.name, kept=row.name, element=element)
            return False
        self.record_removal(row.rule, element)
        return True

    def is_within_kept_chrome(self, element: _Element) -> bool:
        """Return whether so many elements around this one were kept that looking into each would take too long."""
        kept = self.kept_chrome
        return bool(kept) and sum(ancestor in kept for ancestor in element.iterancestors()) >= MAX_KEPT

    def node(
        self,
        tag: str,
        children: list[Inline],
        element: _Element,
        attributes: Mapping[str, str] = NO_ATTRIBUTES,
    ) -> Node:
        """Return a new node, with its source element where the caller of ``clean`` wants that."""
        return Node(tag, children, attributes, element if self.keep_origin else None)

    def new_number(self) -> int:
        """Return a number that no other mark of this article has."""
        self.last_number += 1
        return self.last_number

    def new_flow(self, *, split_pictures: bool = True, single_line: bool = False) -> Flow:
        """Return a new, empty flow; for the arguments see ``Flow``."""
        return Flow(self.prettified, split_pictures and not single_line, single_line)

    # ----------------------------------------------------------------------------------------------
    # The walk

    def walk(self, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
        """Add what an element holds to a flow, under the marks that are open around it."""
        if depth > MAX_DEPTH:
            return self.add_flattened(element, flow, marks)
        depth += 1
        prettified, handlers = self.prettified, self.tag_handlers
        text = element.text
        if text:
            if not text.isspace():
                if TRANSFER_SIGN in text:
                    self.add_text_with_notes(text, flow, marks)
                else:
                    flow.runs.append((text, marks))
            elif not prettified:
                flow.add_space(marks)
        for child in element[:]:  # lxml makes a list in half the time of an iterator
            tag = child.tag
            handler = handlers.get(tag)  # type: ignore[arg-type]  # a comment has a function for its tag
            if handler is None and isinstance(tag, str):
                handler = handlers["span"]
            if handler is not None:
                inner: Marks | None = marks
                names = child.keys()
                if names and not MEANINGFUL_ATTRIBUTES.isdisjoint(names):
                    inner = self.apply_attributes(child, names, flow, marks)
                if inner is not None:
                    handler(self, child, flow, inner, depth)
            tail = child.tail
            if tail:
                if not tail.isspace():
                    if TRANSFER_SIGN in tail:
                        self.add_text_with_notes(tail, flow, marks)
                    else:
                        flow.runs.append((tail, marks))
                elif not prettified:
                    flow.add_space(marks)
        return None

    def apply_attributes(self, element: _Element, names: list[str], flow: Flow, marks: Marks) -> Marks | None:
        """Apply what the attributes of an element say; return the marks for it, None when it is not to be added.

        ``names`` are the names of its attributes.  An anchor that a link leads to is added to the flow.  None stands
        for an element that was removed, or that the handler of a class has added already.
        """
        if "class" in names:
            value = element.get("class", "")
            if value in self.rows_by_class:
                row = self.rows_by_class[value]
            else:
                row = self.rows_by_class[value] = class_row(value, self.class_handlers)
            if row is not None:
                if isinstance(row, Chrome):
                    if self.remove_chrome(row, element):
                        return None
                elif self.class_handlers[row](self, element, flow, marks):
                    return None
        if "id" in names or "name" in names:
            name = element.get("id") or element.get("name") or ""
            if name in ID_ROWS and self.remove_chrome(ID_ROWS[name], element):
                return None
            if name.endswith(TOC_ID_END) and self.options.toc == "drop" and is_toc_part(element):
                self.record_removal("toc/generated", element)
                return None
            if self.anchors and (anchor := urls.fragment(name)) in self.anchors and element.tag != "li":
                flow.add_leaf(Node("a", [], {"id": anchor}), ())
        if "style" in names:
            style = element.get("style", "")
            if style in self.marks_by_style:
                styled = self.marks_by_style[style]
            else:
                styled = self.marks_by_style[style] = marks_of_style(style)
            if styled is None:
                self.record_removal("chrome/hidden", element)
                return None
            if styled and element.tag not in HEADINGS:
                marks = (*marks, *(mark for mark in styled if mark not in marks and ELEMENT_MARKS[mark] not in marks))
        if not RARE_NAMES.isdisjoint(names):
            for attribute in TEX_ATTRIBUTES:
                if attribute in names and self.class_handlers[attribute](self, element, flow, marks):
                    return None
            for attribute, wanted, rule in REMOVING_ATTRIBUTES:
                if attribute in names and wanted in ("", element.get(attribute)):
                    self.record_removal(rule, element)
                    return None
        return marks

    def add_text(self, text: str, flow: Flow, marks: Marks) -> None:
        """Add a text of the source that is not in an element being walked over."""
        if TRANSFER_SIGN in text:
            self.add_text_with_notes(text, flow, marks)
        else:
            flow.add_text(text, marks)

    def add_text_with_notes(self, text: str, flow: Flow, marks: Marks) -> None:
        """Add a text with notes of failed transfers; each note becomes the image whose address it gives."""
        done = 0
        for note in transfer_notes(text):
            flow.add_text(text[done : note.start], marks)
            done = note.end
            self.record("image/failed-transfer", note.text, kept=note.address or None)
            if note.address:
                flow.add_leaf(Node("img", [], {"src": note.address}), marks)
        flow.add_text(text[done:], marks)

    def add_flattened(self, element: _Element, flow: Flow, marks: Marks) -> None:
        """Add what an element holds as text, breaks and images only, however deep it is nested."""
        pieces: list[str] = []
        walker = iterwalk(element, events=("start", "end", "comment", "pi"))
        for event, node in walker:
            if event == "start":
                if node is not element and node.tag in TAG_ROWS:
                    walker.skip_subtree()
                elif node.tag in ("br", "img"):
                    self.tag_handlers[node.tag](self, node, flow, marks, 0)
                elif node.tag in self.tag_handlers:
                    self.add_text(" ", flow, marks)
                if node.tag not in TAG_ROWS and node.text:
                    pieces.append(node.text)
                    self.add_text(node.text, flow, marks)
            elif node is not element and node.tail:
                pieces.append(node.tail)
                self.add_text(node.tail, flow, marks)
        text = "".join(pieces)
        if visible(text):
            self.record("html/too-deep", text, kept=text, element=element)


def with_markers_outside(blocks: list[Node]) -> list[Node]:
    """Return blocks whose ``more`` nodes stand alone: one within another block comes behind that."""
    found: list[Node] = []
    for block in blocks:
        found.append(block)
        if block.tag != "more":
            inside = [node for node in block.nodes() if any(_is_more(child) for child in node.children)]
            for node in inside:
                node.children = [child for child in node.children if not _is_more(child)]
            found += [Node("more")] if inside else []
    return found


def _is_more(child: Inline) -> bool:
    return isinstance(child, Node) and child.tag == "more"


def one_line_text(element: _Element) -> str:
    """Return the text that an element shows, each run of whitespace as one space."""
    return " ".join(shown_text_of(element).split())
