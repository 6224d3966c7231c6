"""One walk over a tree of HTML, of any depth, that tells a recorder what it sees."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

from lxml.etree import _Element

from converter.verify import text as same
from converter.verify.recorder import Recorder
from converter.verify.values import Facts

Leave: TypeAlias = Callable[[], None]
Told: TypeAlias = "Leave | None"
"""What entering an element gives: what to do behind its end (WALK: nothing), or SKIP (go not into it)."""
SKIP: Final = None


def nothing() -> None:
    """Do nothing behind an element."""


WALK: Final = nothing

BLOCKS = frozenset(
    """p div section article header footer main nav aside figure figcaption address center dl dt dd fieldset form
    legend details summary ul ol li menu dir blockquote pre table caption colgroup thead tbody tfoot tr td th h1 h2 h3
    h4 h5 h6 hr body html hgroup search option textarea""".split()
)
"""Elements before and behind which a line ends."""
EMPHASIS: Mapping[str, str] = MappingProxyType(
    {
        "strong": "strong", "b": "strong", "em": "em", "i": "em", "del": "del", "s": "del", "strike": "del",
        "sup": "sup", "sub": "sub", "code": "code", "tt": "soft", "kbd": "soft", "samp": "soft",
    }
)  # fmt: skip
_ROW_GROUPS = frozenset(("thead", "tbody", "tfoot"))


class Walker:
    """What sources and renderings have in common; the two kinds add what is their own."""

    def __init__(self, recorder: Recorder, *, formulas: bool) -> None:
        self.recorder = recorder
        self.formulas = formulas
        self.code_depth = 0
        self.handlers: dict[str, Callable[[_Element], Told]] = {
            **dict.fromkeys(BLOCKS, self.block),
            **{tag: self._emphasis(kind) for tag, kind in EMPHASIS.items()},
            **{f"h{level}": self._heading(level) for level in range(1, 7)},
            **dict.fromkeys(("ul", "ol", "menu", "dir"), self.open_list),
            "code": self.code_span,
            "li": self.item,
            "blockquote": self.quote,
            "a": self.link,
            "br": self.line_break,
            "hr": self.rule,
            "img": self.image,
            "table": self.table,
        }

    def facts(self, root: _Element) -> Facts:
        """All that a tree shows."""
        self.walk(root)
        return self.recorder.finish()

    def walk(self, root: _Element) -> None:
        """Tell all that an element holds."""
        enter, tell_text = self.enter, self.text
        if text := root.text:
            tell_text(text)
        stack: list[tuple[Iterator[_Element], Leave, _Element]] = []
        children, parent = iter(root), root
        leave: Leave = WALK
        while True:
            for child in children:
                told = enter(child)
                if told is not None:
                    if text := child.text:
                        tell_text(text)
                    if len(child):
                        stack.append((children, leave, parent))
                        children, leave, parent = iter(child), told, child
                        break
                    told()
                if text := child.tail:
                    tell_text(text)
            else:
                leave()
                if not stack:
                    return
                if text := parent.tail:
                    tell_text(text)
                children, leave, parent = stack.pop()

    def tell(self, element: _Element) -> None:
        """Tell an element with all it holds."""
        told = self.enter(element)
        if told is not None:
            self.walk(element)
            told()

    def enter(self, element: _Element) -> Told:
        """Tell that an element begins."""
        raise NotImplementedError

    def locate(self, element: _Element) -> None:
        """Take the line that an element stands on."""
        raise NotImplementedError

    def text(self, text: str) -> None:
        """Tell a text node; formulas as typed are formulas where the document has any."""
        if text.isspace():
            self.recorder.blank()
            return
        if self.formulas and not self.code_depth and ("$" in text or "\\" in text):
            place = 0
            for match in same.RAW_TEX.finditer(text):
                if match.start() > place:
                    self.recorder.text(text[place : match.start()])
                tex = next(filter(None, match.groups()))
                self.recorder.formula(tex, display=bool(match[1] or match[2]))
                place = match.end()
            text = text[place:]
        if text:
            self.recorder.text(text)

    # ----------------------------------------------------------------------------------------------
    # Elements

    def block(self, _element: _Element) -> Told:
        """An element that only parts what is around it."""
        if self.recorder.in_heading:
            return WALK
        self.recorder.end()
        return self.recorder.end

    def _emphasis(self, kind: str) -> Callable[[_Element], Told]:
        def leave() -> None:
            self.recorder.close(kind)

        def enter(_element: _Element) -> Told:
            self.recorder.open(kind)
            return leave

        return enter

    def code_span(self, _element: _Element) -> Told:
        """``code`` in a line."""
        self.recorder.open("code")
        self.code_depth += 1

        def leave() -> None:
            self.recorder.close("code")
            self.code_depth -= 1

        return leave

    def _heading(self, level: int) -> Callable[[_Element], Told]:
        def enter(_element: _Element) -> Told:
            opened = self.recorder.open_heading()
            return lambda: self.recorder.close_heading(level, opened)

        return enter

    def open_list(self, element: _Element) -> Told:
        """``ul`` or ``ol``."""
        start = element.get("start", "")
        number = int(start) if start.isascii() and start.isdecimal() and len(start) < 10 else 1
        self.recorder.open_list(ordered=element.tag == "ol", start=number)
        return self.recorder.close_list

    def item(self, element: _Element) -> Told:
        """``li``."""
        opened = self.recorder.open_item()
        checked = task_state(element)
        return lambda: self.recorder.close_item(opened, checked)

    def quote(self, _element: _Element) -> Told:
        """``blockquote``."""
        opened = self.recorder.open_quote()
        return lambda: self.recorder.close_quote(opened)

    def link(self, element: _Element) -> Told:
        """``a``."""
        self.recorder.open_link(same.link(element.get("href") or ""))
        return self.recorder.close_link

    def line_break(self, _element: _Element) -> Told:
        """``br``."""
        if self.recorder.in_heading:
            self.recorder.text(" ")
        else:
            self.recorder.end()
        return SKIP

    def rule(self, _element: _Element) -> Told:
        """``hr``."""
        self.recorder.rule()
        return SKIP

    def image(self, element: _Element) -> Told:
        """``img``."""
        self.recorder.image(same.image(element.get("src") or ""), same.alternative(element.get("alt")))
        return SKIP

    def table(self, element: _Element) -> Told:
        """``table``: a grid, or a frame around something else (it holds tables, or no row has two filled cells)."""
        rows, strays = grid(element)
        nested = next(element.iterdescendants("table"), None) is not None
        if nested or all(sum(map(is_filled, row)) < 2 for row in rows):
            return self.block(element)
        self.recorder.end()
        for stray in strays:
            if isinstance(stray, str):
                self.text(stray)
            else:
                self.tell(stray)
            self.recorder.end()
        for row in rows:
            self._row(row)
        return SKIP

    def _row(self, row: list[_Element]) -> None:
        if row and (around := row[0].getparent()) is not None:
            self.locate(around)
        line, offset = self.recorder.line, self.recorder.offset
        texts = []
        for cell in row:
            mark = self.recorder.mark
            self.tell(cell)
            texts.append(self.recorder.since(mark))
        self.recorder.row([text for text in texts if text], line, offset)


def grid(table: _Element) -> tuple[list[list[_Element]], list[_Element | str]]:
    """(cells of each row, what stands between them and is shown before the table)."""
    rows: list[list[_Element]] = []
    strays: list[_Element | str] = []

    def gather(group: _Element, wanted: frozenset[str]) -> list[_Element]:
        found = []
        if group.text and not group.text.isspace():
            strays.append(group.text)
        for child in group:
            if child.tag in wanted:
                found.append(child)
                if child.tag in _ROW_GROUPS:
                    gather(child, _ROWS)
                elif child.tag == "tr":
                    rows.append(gather(child, _CELLS))
            elif isinstance(child.tag, str):
                strays.append(child)
            if child.tail and not child.tail.isspace():
                strays.append(child.tail)
        return found

    gather(table, _ROWS)
    return rows, strays


_ROWS = frozenset((*_ROW_GROUPS, "tr"))
_CELLS = frozenset(("td", "th"))


def is_filled(cell: _Element) -> bool:
    """True when a cell has words or a picture."""
    return bool(same.squash("".join(cell.itertext()))) or next(cell.iter("img"), None) is not None


def task_state(item: _Element) -> str:
    """``x`` or a blank for a task of a list, "" for any other item."""
    box = next(item.iter("input"), None)
    if box is None or box.get("type") != "checkbox" or next(box.iterancestors("li"), None) is not item:
        return ""
    return " " if box.get("checked") is None else "x"
