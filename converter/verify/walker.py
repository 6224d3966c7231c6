"""Walk a tree of HTML, of any depth, and give a recorder the content of each element."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any, ClassVar, Final, TypeAlias

from lxml.etree import _Element, iterwalk

from converter.rules.more import MORE_TAG
from converter.verify import drawings, normalize
from converter.verify.facts import Facts
from converter.verify.recorder import Recorder
from converter.verify.table_cells import grid

AtEnd: TypeAlias = Callable[[], None]
Visit: TypeAlias = "AtEnd | None"
"""Result of visiting the start of an element: what to call at its end, or SKIP: do not walk what it holds."""
SKIP: Final = None


def nothing() -> None:
    """Do nothing at the end of an element."""


WALK: Final = nothing
"""Walk what the element holds; there is nothing to do at its end."""

BLOCKS = frozenset(
    f"""p div section article header footer main nav aside figure figcaption address center dl dt dd fieldset form
    legend details summary ul ol li menu dir blockquote pre table caption colgroup thead tbody tfoot tr td th h1 h2 h3
    h4 h5 h6 hr body html hgroup search option textarea {MORE_TAG}""".split()
)
"""Elements before and after which a line ends."""
EMPHASIS: Mapping[str, str] = MappingProxyType(
    {
        "strong": "strong", "b": "strong", "em": "em", "i": "em", "del": "del", "s": "del", "strike": "del",
        "sup": "sup", "sub": "sub", "code": "code", "tt": "optional-code", "kbd": "optional-code",
        "samp": "optional-code",
    }
)  # fmt: skip
"""The kind of mark that each element gives to its text."""


class Walker(ABC):
    """A walk over HTML; the subclasses add what only articles or only rendered Markdown have.

    methods: the name of the method for each tag; handlers: the methods.
    counts_lines: ``text`` is called also for text that is only whitespace, because it counts line ends.
    """

    counts_lines = False
    methods: ClassVar[Mapping[str, str]] = {
        **dict.fromkeys(BLOCKS, "block"),
        **dict.fromkeys(EMPHASIS, "emphasis"),
        **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
        **dict.fromkeys(("ul", "ol", "menu", "dir"), "open_list"),
        "code": "code_span",
        "q": "quotation",
        "li": "item",
        "blockquote": "quote",
        "a": "link",
        "br": "line_break",
        "hr": "thematic_break",
        "img": "image",
        "table": "table",
    }
    handlers: ClassVar[Mapping[str, Callable[[Any, _Element], Visit]]]

    def __init_subclass__(cls) -> None:
        cls.handlers = {tag: getattr(cls, name) for tag, name in cls.methods.items()}

    def __init__(self, recorder: Recorder, *, formulas: bool) -> None:
        """Walk for a recorder; ``formulas``: text between dollar signs may be a formula."""
        self.recorder = recorder
        self.end_line = recorder.end_line
        self.formulas = formulas
        self.code_depth = 0

    def facts(self, root: _Element) -> Facts:
        """Return the facts of a tree."""
        self.walk(root)
        return self.recorder.finish()

    def walk(self, root: _Element) -> None:
        """Record all that an element holds."""
        enter, recorder, counts_lines = self.enter, self.recorder, self.counts_lines
        record_text = self.text if self.formulas or counts_lines else recorder.text
        if text := root.text:
            record_text(text)
        stack: list[tuple[Iterator[_Element], AtEnd, _Element]] = []
        children, parent = iter(root), root
        at_end: AtEnd = WALK
        while True:
            for child in children:
                visit = enter(child)
                if visit is not None:
                    if text := child.text:
                        if counts_lines or not text.isspace():
                            record_text(text)
                        else:
                            recorder.whitespace = True
                    if len(child):
                        stack.append((children, at_end, parent))
                        children, at_end, parent = iter(child), visit, child
                        break
                    visit()
                if text := child.tail:
                    if counts_lines or not text.isspace():
                        record_text(text)
                    else:
                        recorder.whitespace = True
            else:
                at_end()
                if not stack:
                    return
                if text := parent.tail:
                    record_text(text)
                children, at_end, parent = stack.pop()

    def record(self, element: _Element) -> None:
        """Record an element with all it holds."""
        visit = self.enter(element)
        if visit is not None:
            self.walk(element)
            visit()

    @abstractmethod
    def enter(self, element: _Element) -> Visit:
        """Record the start of an element."""

    @abstractmethod
    def locate(self, element: _Element) -> None:
        """Set the recorder's line to that of an element."""

    def text(self, text: str) -> None:
        """Record a text node, and the formulas in it where the document may have any."""
        if text.isspace():
            self.recorder.whitespace = True
            return
        if self.formulas and not self.code_depth and ("$" in text or "\\" in text):
            text = self._record_formulas(text)
        if text:
            self.recorder.text(text)

    def _record_formulas(self, text: str) -> str:
        """Record a text up to its last formula, and return the rest; dollar signs in notes begin no formula."""
        position = 0
        for match in normalize.FORMULA_OR_NOTE.finditer(text):
            if match["note"]:
                continue
            if match.start() > position:
                self.recorder.text(text[position : match.start()])
            tex = next(filter(None, match.group(2, 3, 4, 5)))
            self.recorder.formula(tex, display=bool(match[2] or match[3]))
            position = match.end()
        return text[position:]

    # ----------------------------------------------------------------------------------------------
    # Elements

    def block(self, _element: _Element) -> Visit:
        """Record a box: a line ends before and after it, but in a heading."""
        if self.recorder.in_heading:
            return WALK
        self.end_line()
        return self.end_line

    def emphasis(self, element: _Element) -> Visit:
        """Record emphasis."""
        kind, marks = EMPHASIS[str(element.tag)], self.recorder.marks
        marks.open(kind)
        return partial(marks.close, kind)

    def code_span(self, _element: _Element) -> Visit:
        """Record ``code`` in a line."""
        self.recorder.marks.open("code")
        self.code_depth += 1

        def at_end() -> None:
            self.recorder.marks.close("code")
            self.code_depth -= 1

        return at_end

    def heading(self, element: _Element) -> Visit:
        """Record a heading."""
        heading = self.recorder.open_heading(int(str(element.tag)[1]))
        return partial(self.recorder.close_heading, heading)

    def open_list(self, element: _Element) -> Visit:
        """Record a list."""
        self.recorder.open_list(ordered=element.tag == "ol", start=_number(element.get("start"), 1))
        return self.recorder.close_list

    def item(self, element: _Element) -> Visit:
        """Record a list item."""
        item = self.recorder.open_item()
        item.parent.next_number = _number(element.get("value"), item.parent.next_number)
        checked = task_state(element)
        return partial(self.recorder.close_item, item, checked)

    def quotation(self, element: _Element) -> Visit:
        """Record the quotation marks that a browser draws around a ``q``."""
        inner = next(element.iterancestors("q"), None) is not None
        self.recorder.text("‘" if inner else "“")
        return lambda: self.recorder.text("’" if inner else "”")

    def quote(self, _element: _Element) -> Visit:
        """Record a block quote."""
        quote = self.recorder.open_quote()
        return partial(self.recorder.close_quote, quote)

    def link(self, element: _Element) -> Visit:
        """Record a link."""
        self.recorder.links.open(normalize.link(element.get("href") or ""))
        return self.recorder.links.close

    def line_break(self, _element: _Element) -> Visit:
        """Record a line break; in a heading it is a space."""
        if self.recorder.in_heading:
            self.recorder.text(" ")
        else:
            self.recorder.end_line()
        return SKIP

    def thematic_break(self, _element: _Element) -> Visit:
        """Record a thematic break."""
        self.recorder.thematic_break()
        return SKIP

    def image(self, element: _Element) -> Visit:
        """Record an image."""
        source = element.get("src") or ""
        shown = drawings.ADDRESS if drawings.is_drawing(source) else normalize.image(source)
        self.recorder.image(shown, normalize.alternative(element.get("alt")))
        return SKIP

    def table(self, element: _Element) -> Visit:
        """Record a table row by row; one for layout only (it holds tables, or no row has two filled cells) is a box."""
        rows, misplaced = grid(element)
        nested = next(element.iterdescendants("table"), None) is not None
        if nested or all(sum(map(is_filled, row)) < 2 for row in rows):
            return self.block(element)
        self.recorder.begin_block()
        for content in misplaced:
            if isinstance(content, str):
                self.text(content)
            else:
                self.record(content)
            self.recorder.end_line()
        for row in rows:
            self._row(row)
        return SKIP

    def _row(self, row: list[_Element]) -> None:
        if row and (around := row[0].getparent()) is not None:
            self.locate(around)
        line, offset = self.recorder.line, self.recorder.offset
        texts = []
        for cell in row:
            start = self.recorder.piece_count
            self.record(cell)
            texts.append(self.recorder.text_since(start))
        self.recorder.table_row([text for text in texts if text], line, offset)


def _number(written: str | None, otherwise: int) -> int:
    return int(written) if written and written.isascii() and written.isdecimal() and len(written) < 10 else otherwise


def is_filled(cell: _Element) -> bool:
    """Return True when a cell has text or an image."""
    return bool(normalize.squash("".join(cell.itertext()))) or next(cell.iter("img"), None) is not None


def _texts_before(box: _Element, item: _Element) -> Iterator[str]:
    """Yield the texts of an item that stand before a checkbox in it."""
    for event, node in iterwalk(item, events=("start", "end")):
        if node is box:
            return
        if event == "start":
            yield node.text or ""
        elif node is not item:
            yield node.tail or ""


def task_state(item: _Element) -> str:
    """Return ``x`` or a space for a task of a list, "" for any other item."""
    box = next(item.iter("input"), None)
    if box is None or box.get("type") != "checkbox" or next(box.iterancestors("li"), None) is not item:
        return ""
    if normalize.squash("".join(_texts_before(box, item))):
        return ""
    return " " if box.get("checked") is None else "x"
