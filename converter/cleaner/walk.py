"""The one walk over an article: each element is asked once what it is, and adds itself to a flow."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeAlias

from lxml.etree import XPath, _Element, tostring

from converter import codeblocks, formulas, media
from converter.cleaner.flow import Flow, OpenList
from converter.cleaner.runs import EM, STRONG, STYLED_EM, STYLED_STRONG, Mark, Marks
from converter.cleaner.tables import Grid, table_node
from converter.model import BODY, HEADINGS, NO_ATTRIBUTES, Article, Finding, Inline, Node, Options
from converter.rules.chrome import CLASS_ROWS, CODE_BOXES, CODE_TOOLBARS, ID_ROWS, TAG_ROWS, Chrome
from converter.rules.math import FORMULA_CLASSES, MATHJAX_PREFIXES
from converter.whitespace import EDGES, visible

MAX_DEPTH = 360
"""Elements nested deeper than this become text (finding ``html/too-deep``); real articles reach 254."""

_PRETTY = XPath(
    "(.//*[self::p or self::li or self::strong or self::a or self::span or self::h2 or self::h3 or self::h4"
    " or self::td or self::font][normalize-space(text()[1])][not(ancestor::pre)])[position() <= 40]"
)
_TARGETS = XPath(
    "descendant::a[starts-with(@href, '#') and string-length(@href) > 1]"
    "[not(ancestor::*[contains(concat(' ', @class, ' '), ' toc ')])]/@href"
)
_MATH_SCRIPT = XPath("boolean(descendant::script[starts-with(@type, 'math/tex')])")
_TOC_LINK = XPath("boolean(descendant::a[contains(@href, '#')] or descendant::ul)")
_NOTE_ITEMS = XPath("descendant::li[starts-with(@id, 'fn')]")
_NOTE_LINKS = XPath("descendant::sup[contains(@class, 'footnote-ref')]/a[starts-with(@href, '#fn')]/@href")
_ADDRESSES = XPath(
    "self::*[self::iframe or self::embed or self::video or self::audio or self::object] | descendant::source"
    " | descendant::embed | descendant::iframe"
)
_TRANSFER = re.compile(
    r"\[?外链图片转存(?:失败|中)[^\[\]]{0,80}?(?:直接上传|img-)(?P<address>(?:\([^()]*\))*)\]?(?P<behind>(?:\([^()]*\))*)"
)
_TRANSFER_SIGN = "外链图片转存"
_TRANSFER_ADDRESS = re.compile(r"\((https?:[^()\s]+)\)")
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_ITALIC = re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE)
_TASK = re.compile(r"task-list-item-checkbox")


def clean(article: _Element, *, options: Options, keep_origin: bool = False) -> Article:
    """Canonical HTML of an article, and what was dropped or rewritten on the way.

    article: the element that holds the article; it is left as it is.
    keep_origin: let each block, image and formula keep its source element (``Node.origin``).
    """
    return Cleaner(article, options=options, keep_origin=keep_origin).article()


class Cleaner:
    """The state of one walk: what is known of the document, and the findings."""

    def __init__(self, article: _Element, *, options: Options, keep_origin: bool) -> None:
        self.root = article
        self.options = options
        self.keep_origin = keep_origin
        self.findings: list[Finding] = []
        text = tostring(article, method="text", encoding="unicode", with_tail=False)
        self.has_transfers = _TRANSFER_SIGN in text
        self.prettified = is_prettified(article)
        self.targets = frozenset(media.fragment(href[1:]) for href in _TARGETS(article))
        self.mathjax = bool(_MATH_SCRIPT(article))
        self.noted = frozenset(href[1:] for href in _NOTE_LINKS(article))
        self.notes: dict[str, Node] = {}
        self.numbers = 0
        self.known: dict[str, Chrome | str | None] = {}

    def article(self) -> Article:
        """Walk the whole article."""
        if self.prettified:
            self.find("space/prettified", "", kept="")
        flow = Flow(prettified=self.prettified)
        self.walk(self.root, flow, (), 0)
        body = Node(BODY, [*flow.finish(), *self.notes.values()])
        return Article(body, tuple(self.findings))

    # ----------------------------------------------------------------------------------------------
    # Findings and nodes

    def find(self, rule: str, text: str, *, kept: str | None = None, element: _Element | None = None) -> None:
        """Note what a rule did; ``kept`` is what stands for the text now."""
        line = 0 if element is None else element.sourceline or 0
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

    def flow(self, *, split_pictures: bool = True, one_line: bool = False) -> Flow:
        """A new, empty flow."""
        return Flow(prettified=self.prettified, split_pictures=split_pictures and not one_line, one_line=one_line)

    # ----------------------------------------------------------------------------------------------
    # The walk

    def walk(self, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
        """Add what an element holds to a flow."""
        if depth > MAX_DEPTH:
            return self.flatten(element, flow, marks)
        text = element.text
        if text:
            self.text(text, flow, marks)
        depth += 1
        for child in element:
            tag = child.tag
            if tag.__class__ is str:
                if tag in TAG_ROWS:
                    self.drop_tag(child, flow, marks)
                else:
                    inner = self.inspect(child, flow, marks) if child.keys() else marks
                    if inner is not None:
                        if (mark := MARKS.get(tag)) is not None:
                            self.walk(child, flow, inner if mark in inner else (*inner, mark), depth)
                        elif (handler := HANDLERS.get(tag)) is not None:
                            handler(self, child, flow, inner, depth)
                        else:
                            self.walk(child, flow, inner, depth)
            tail = child.tail
            if tail:
                self.text(tail, flow, marks)
        return None

    def text(self, text: str, flow: Flow, marks: Marks) -> None:
        """Add a text node; notes of pictures that could not be transferred become the pictures they name."""
        if not self.has_transfers or _TRANSFER_SIGN not in text:
            return flow.text(text, marks)
        place = 0
        for note in _TRANSFER.finditer(text):
            if note.start() > place:
                flow.text(text[place : note.start()], marks)
            place = note.end()
            addresses = _TRANSFER_ADDRESS.findall(note["address"] + note["behind"])
            self.find("image/failed-transfer", note[0], kept=addresses[0] if addresses else None)
            if addresses:
                flow.leaf(Node("img", [], {"src": addresses[0]}), marks)
        if place < len(text):
            flow.text(text[place:], marks)
        return None

    def flatten(self, element: _Element, flow: Flow, marks: Marks) -> None:
        """Add what is nested too deep as text."""
        text = "".join(element.itertext())
        if visible(text):
            self.find("html/too-deep", text, kept=text, element=element)
            self.text(text, flow, marks)

    def drop_tag(self, element: _Element, flow: Flow, marks: Marks) -> None:
        """Drop an element for its tag, unless it is a formula's script or a task's box."""
        if element.tag == "script" and (formula := formulas.script(element)) is not None:
            return self.formula(formula, element, flow, marks)
        return self.drop(TAG_ROWS[str(element.tag)].rule, element)

    def inspect(self, element: _Element, flow: Flow, marks: Marks) -> Marks | None:
        """Marks for an element by its attributes; None when they say that it goes or is done with."""
        attributes = dict(element.items())
        name = attributes.get("class")
        if name:
            row = self.known[name] if name in self.known else self.learn(name)
            if isinstance(row, Chrome):
                self.drop(row.rule, element)
                return None
            if row is not None and SPECIAL[row](self, element, flow, marks):
                return None
        identity = attributes.get("id") or attributes.get("name")
        if identity:
            if identity in ID_ROWS:
                self.drop(ID_ROWS[identity].rule, element)
                return None
            if self.targets and (anchor := media.fragment(identity)) in self.targets and element.tag != "li":
                flow.leaf(Node("a", [], {"id": anchor}), ())
        style = attributes.get("style")
        if style:
            if "none" in style and _HIDDEN.search(style):
                self.drop("chrome/hidden", element)
                return None
            if "font-" in style and element.tag in STYLED:
                marks = self.styled(style, marks)
        if "hidden" in attributes or attributes.get("class_") == "artid":
            self.drop("chrome/hidden" if "hidden" in attributes else "meta/artid", element)
            return None
        return marks

    def learn(self, name: str) -> Chrome | str | None:
        """The row of CLASS_ROWS, or the key of SPECIAL, that a class attribute asks for."""
        row: Chrome | str | None = None
        for word in name.split():
            row = CLASS_ROWS.get(word) or (word if word in SPECIAL else None)
            if row is None and word.startswith(MATHJAX_PREFIXES):
                row = "MathJax"
            if row is not None:
                break
        self.known[name] = row
        return row

    def styled(self, style: str, marks: Marks) -> Marks:
        """Marks with the emphasis that a style gives."""
        if STRONG not in marks and STYLED_STRONG not in marks and _BOLD.search(style):
            marks = (*marks, STYLED_STRONG)
        if EM not in marks and STYLED_EM not in marks and _ITALIC.search(style):
            marks = (*marks, STYLED_EM)
        return marks

    # ----------------------------------------------------------------------------------------------
    # Special classes: True when the element is done with

    def special_formula(self, element: _Element, flow: Flow, marks: Marks) -> bool:
        """KaTeX: the TeX is in it, or its words are all there is."""
        found = formulas.katex(element)
        if found is None:
            return False
        self.formula(found, element, flow, marks)
        return True

    def special_mathjax(self, element: _Element, _flow: Flow, _marks: Marks) -> bool:
        """MathJax's drawing goes where the TeX stands in a script."""
        if self.mathjax:
            self.drop("math/mathjax-glyphs", element)
        return self.mathjax

    def special_toc(self, element: _Element, _flow: Flow, _marks: Marks) -> bool:
        """A generated table of contents."""
        if self.options.toc == "keep" or not _TOC_LINK(element):
            return False
        self.drop("toc/generated", element)
        return True

    def special_toolbar(self, element: _Element, _flow: Flow, _marks: Marks) -> bool:
        """A highlighter's toolbar, if it stands in a highlighter's box."""
        for holder in list(element.iterancestors())[:2]:
            if not CODE_BOXES.isdisjoint(codeblocks.classes(holder)):
                self.drop("code/toolbar", element)
                return True
        return False

    def special_lines(self, element: _Element, flow: Flow, _marks: Marks) -> bool:
        """Code as a box for each line."""
        return self.code(codeblocks.line_boxes(element), element, flow)

    def special_note_reference(self, element: _Element, flow: Flow, marks: Marks) -> bool:
        """A footnote's number in the text."""
        link = element.find("a")
        identity = "" if link is None else link.get("href", "")[1:]
        if not any(item.get("id") == identity for item in _NOTE_ITEMS(self.root)):
            return False
        text = "".join(element.itertext()).strip()
        self.find("footnote/reference", text, kept=f"[^{_note_id(identity)}]", element=element)
        flow.leaf(Node("noteref", [], {"id": _note_id(identity)}), marks)
        return True

    def special_note(self, element: _Element, _flow: Flow, marks: Marks) -> bool:
        """A footnote's text, if something refers to it."""
        identity = element.get("id", "")
        if identity not in self.noted:
            return False
        inner = self.flow()
        self.walk(element, inner, marks, 0)
        self.notes[identity] = self.node("footnote", [*inner.finish()], element, {"id": _note_id(identity)})
        return True

    # ----------------------------------------------------------------------------------------------
    # Leaves

    def formula(self, found: tuple[str, bool], element: _Element, flow: Flow, marks: Marks) -> None:
        """Add a formula: a block of its own when it is displayed."""
        tex, display = found
        self.find("math/tex", shown(element), kept=tex, element=element)
        if not tex.strip():
            return
        node = self.node("math", [tex], element)
        if display and not flow.one_line:
            flow.block(node)
        else:
            flow.leaf(node, marks)

    def code(self, text: str | None, element: _Element, flow: Flow) -> bool:
        """Add a code block; False when the element held none after all."""
        if text is None:
            return False
        for image in element.iter("img"):
            self.walk_image(image, flow)
        if (whole := "".join(element.itertext())).split() != text.split():
            self.find("code/furniture", whole, kept=text, element=element)
        if text.strip():
            language = codeblocks.language(element)
            flow.block(self.node("pre", [text], element, {"lang": language} if language else NO_ATTRIBUTES))
        else:
            flow.flush()
        return True

    def walk_image(self, element: _Element, flow: Flow) -> None:
        """Add an image from inside a code block in front of it."""
        flow.flush()
        visit_img(self, element, flow, (), 0)
        flow.flush()


def _note_id(identity: str) -> str:
    return identity.removeprefix("fn").lstrip(":-") or identity


def is_prettified(article: _Element) -> bool:
    """True when BeautifulSoup's pretty-printer laid the source out: each text on a line of its own."""
    elements = _PRETTY(article)
    own_line = sum((element.text or "").startswith("\n") for element in elements)
    return bool(own_line > 0.8 * len(elements))


def shown(element: _Element) -> str:
    """The text of an element, blanks folded."""
    return " ".join("".join(element.itertext()).split())


# --------------------------------------------------------------------------------------------------
# Elements by tag

Handler: TypeAlias = Callable[[Cleaner, _Element, Flow, Marks, int], None]
Special: TypeAlias = Callable[[Cleaner, _Element, Flow, Marks], bool]


def visit_block(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
    """A block that only parts what is around it: ``div``, ``section``, ``center``, ..."""
    flow.flush()
    cleaner.walk(element, flow, marks, depth)
    flow.flush()


def visit_paragraph(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
    """``p``: as a block, and a list item that holds one is loose."""
    flow.flush()
    count = len(flow.blocks)
    cleaner.walk(element, flow, marks, depth)
    flow.flush()
    if len(flow.blocks) > count:
        flow.loose = True


def visit_heading(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
    """``h1`` to ``h6``: one line; blocks inside that are no text come behind it."""
    flow.flush()
    anchors = flow.take_anchors()
    inner = cleaner.flow(one_line=True)
    cleaner.walk(element, inner, tuple(mark for mark in marks if mark.tag == "a"), depth)
    line, rest = lead_line(inner)
    line = [*anchors, *_without_bold(line)]
    if _is_heading(line):
        flow.blocks.append(cleaner.node(str(element.tag), line, element))
    elif line:
        flow.blocks.append(Node("p", line))
    flow.blocks.extend(rest)


def lead_line(flow: Flow) -> tuple[list[Inline], list[Node]]:
    """(the paragraphs that a flow begins with, as one line; the blocks behind them)."""
    blocks = flow.finish()
    line: list[Inline] = []
    place = 0
    for place, block in enumerate([*blocks, Node(BODY)]):
        if block.tag != "p":
            break
        part = [" " if isinstance(node, Node) and node.tag == "br" else node for node in block.children]
        line = [*line, " ", *part] if line else part
    return line, blocks[place:]


def _without_bold(line: list[Inline]) -> list[Inline]:
    """A heading's content without bold around all of it: headings are bold."""
    while len(line) == 1 and isinstance(only := line[0], Node) and only.tag == "strong":
        line = only.children
    return line


def _is_heading(line: list[Inline]) -> bool:
    """True when a heading has words; a picture alone is a picture."""
    return any(text.strip(EDGES) for node in line for text in ([node] if isinstance(node, str) else node.texts()))


def visit_br(_cleaner: Cleaner, _element: _Element, flow: Flow, _marks: Marks, _depth: int) -> None:
    """``br``: the serializer's hard break."""
    flow.line_break()


def visit_hr(cleaner: Cleaner, element: _Element, flow: Flow, _marks: Marks, _depth: int) -> None:
    """``hr``."""
    flow.block(cleaner.node("hr", [], element))


def visit_quote(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
    """``blockquote``."""
    flow.flush()
    inner = cleaner.flow()
    cleaner.walk(element, inner, marks, depth)
    if blocks := inner.finish():
        flow.blocks.append(cleaner.node("blockquote", [*blocks], element))


def visit_list(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
    """``ul`` and ``ol``: code, a part of the item before it, or a list of its own."""
    if element.tag == "ol" and cleaner.code(codeblocks.numbered_list(element), element, flow):
        return
    if (item := _open_item(element, flow)) is not None:
        inner = cleaner.flow()
        visit_list(cleaner, element, inner, marks, depth)
        item.children.extend(inner.finish())
        return
    flow.flush()
    outer = flow.list
    start = element.get("start", "")
    flow.list = OpenList("ol" if element.tag == "ol" else "ul", int(start) if re.fullmatch(r"\d{1,9}", start) else 1)
    cleaner.walk(element, flow, marks, depth)
    flow.flush()
    flow.list = outer


def _open_item(element: _Element, flow: Flow) -> Node | None:
    """The item that a list belongs to which stands in a list without an item around it."""
    parent = element.getparent()
    if flow.list is None or flow.list.node is None or parent is None or parent.tag not in LISTS or flow.runs:
        return None
    item = flow.list.node.children[-1]
    return item if isinstance(item, Node) and flow.blocks and flow.blocks[-1] is flow.list.node else None


def visit_item(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
    """``li``: goes to the open list; text since the last item parts the list in two."""
    flow.flush()
    if flow.list is None:
        flow.list = OpenList("ul", 1)
    here = flow.list
    inner = cleaner.flow(split_pictures=False)
    identity = element.get("id", "")
    if cleaner.targets and media.fragment(identity) in cleaner.targets:
        inner.leaf(Node("a", [], {"id": media.fragment(identity)}), ())
    cleaner.walk(element, inner, marks, depth)
    blocks = inner.finish()
    if not blocks:
        return
    node = here.node
    if node is None or not flow.blocks or flow.blocks[-1] is not node:
        attributes = {"tight": "true"}
        if here.tag == "ol" and here.number != 1:
            attributes["start"] = str(here.number)
        node = here.node = cleaner.node(here.tag, [], element, attributes)
        flow.blocks.append(node)
    here.number += 1
    checked = _checkbox(element)
    node.children.append(cleaner.node("li", [*blocks], element, {"checked": checked} if checked else NO_ATTRIBUTES))
    if inner.loose or sum(block.tag == "p" for block in blocks) > 1:
        node.attributes = {name: value for name, value in node.attributes.items() if name != "tight"}


def _checkbox(element: _Element) -> str:
    """``true`` or ``false`` for a task's item, "" for any other."""
    for child in element.iter("input", "li"):
        if child is not element and child.tag == "li":
            break
        if child.tag == "input" and child.get("type") == "checkbox" and _TASK.search(child.get("class", "")):
            return "true" if child.get("checked") is not None else "false"
    return ""


def visit_pre(cleaner: Cleaner, element: _Element, flow: Flow, _marks: Marks, _depth: int) -> None:
    """``pre``: a code block."""
    cleaner.code(codeblocks.exact_text(element), element, flow)


def visit_code(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
    """``code`` in a line: one span, whatever it holds, parted by what is no text."""
    if not any(mark.tag == "code" for mark in marks):
        marks = (*marks, Mark("code", number=cleaner.number()))
    cleaner.walk(element, flow, marks, depth)


def visit_kbd(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
    """``kbd``: a key each, even side by side."""
    cleaner.walk(element, flow, (*marks, Mark("kbd", number=cleaner.number())), depth)


def visit_link(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
    """``a``: its words under the address it leads to, or alone where that is none."""
    href = element.get("href")
    if not href:
        return cleaner.walk(element, flow, marks, depth)
    if href.startswith("#"):
        target, rule = "#" + media.fragment(href[1:]), ""
    else:
        target, rule = media.link_target(href)
    if rule:
        cleaner.find(rule, href, kept=target, element=element)
    marks = tuple(mark for mark in marks if mark.tag != "a")
    if target:
        title = " ".join(element.get("title", "").split())
        marks = (*marks, Mark("a", target, title if title != "".join(element.itertext()).strip() else ""))
    return cleaner.walk(element, flow, marks, depth)


def visit_img(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, _depth: int) -> None:
    """``img``: a picture, or the formula it draws."""
    attributes = {name: value for name, value in element.items()}
    source = media.image_source(attributes)
    if tex := media.image_tex(source):
        cleaner.find("math/image", "", kept=tex, element=element)
        return flow.leaf(cleaner.node("math", [tex], element), marks)
    target, rule = media.image_target(source)
    if rule:
        cleaner.find(rule, "", kept=target or None, element=element)
    if target:
        kept = {"src": target}
        if alt := media.alternative(attributes.get("alt", "")):
            kept["alt"] = alt
        if title := " ".join(attributes.get("title", "").split()):
            kept["title"] = title
        flow.leaf(cleaner.node("img", [], element, kept), marks)
    return None


def visit_player(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, _depth: int) -> None:
    """``iframe``, ``video``, ``object`` ...: a link to what it plays."""
    for holder in _ADDRESSES(element):
        source = holder.get("src") or holder.get("data-src") or holder.get("data") or ""
        target, _ = media.link_target(source)
        if target and media.scheme(target) in ("", "http", "https"):
            cleaner.find("media/player", "", kept=target, element=element)
            flow.text(target.removeprefix("//"), (*(mark for mark in marks if mark.tag != "a"), Mark("a", target)))
            break
    if text := shown(element):
        cleaner.find("media/fallback", text, element=element)


def visit_textarea(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
    """``textarea``: code that a script would have drawn, or text."""
    if not cleaner.code(codeblocks.text_area(element), element, flow):
        visit_block(cleaner, element, flow, marks, depth)


def visit_math(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
    """``math``: TeX where a note has it, else its words."""
    if not cleaner.special_formula(element, flow, marks):
        cleaner.walk(element, flow, marks, depth)


def visit_table(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
    """``table``: code beside its gutter, a layout to unwrap, or a table."""
    if cleaner.code(codeblocks.gutter_table(element), element, flow):
        return
    flow.flush()
    grid = Grid(element)
    if grid.is_layout:
        cleaner.walk(element, flow, marks, depth)
        flow.flush()
        return
    for stray in grid.strays:
        if isinstance(stray, str):
            cleaner.text(stray, flow, marks)
        else:
            visit_block(cleaner, stray, flow, marks, depth)
    flow.flush()
    rows = [[(cell, _cell_content(cleaner, cell, marks, depth)) for cell in row] for row in grid.rows]
    if node := table_node(rows):
        node.origin = element if cleaner.keep_origin else None
        flow.blocks.append(node)


def _cell_content(cleaner: Cleaner, cell: _Element, marks: Marks, depth: int) -> list[Inline]:
    """What a cell holds: inlines when that is all, else blocks."""
    inner = cleaner.flow(split_pictures=False)
    own = cleaner.inspect(cell, inner, marks) if cell.keys() else marks
    if own is None:
        return []
    cleaner.walk(cell, inner, own, depth)
    blocks = inner.finish()
    if len(blocks) == 1 and blocks[0].tag == "p":
        return blocks[0].children
    return [*blocks]


def visit_definitions(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
    """``dl``: terms and what they mean; one without terms is only a box."""
    if element.find("dt") is None:
        return visit_block(cleaner, element, flow, marks, depth)
    node = cleaner.node("dl", [], element)
    for child in element:
        inner = cleaner.flow(one_line=child.tag == "dt")
        if isinstance(child.tag, str):
            cleaner.walk(child, inner, marks, depth)
        if child.tag == "dt":
            line, blocks = lead_line(inner)
            node.children.extend([Node("dt", _without_bold(line))] if line else [])
        else:
            blocks = inner.finish()
        if child.tail and visible(child.tail):
            blocks = [*blocks, Node("p", [" ".join(child.tail.split())])]
        node.children.extend([Node("dd", [*blocks])] if blocks else [])
    if node.children:
        flow.block(node)
    return None


def visit_details(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
    """``details``: a summary, taken out of what unfolds under it."""
    head = element.find("summary")
    line: list[Inline] = []
    if head is not None:
        inner = cleaner.flow(one_line=True)
        cleaner.walk(head, inner, marks, depth)
        line, _ = lead_line(inner)
    inner = cleaner.flow()
    cleaner.walk(element, inner, marks, depth)
    blocks = inner.finish()
    if line or blocks:
        flow.block(cleaner.node("details", [Node("summary", line), *blocks], element))


def visit_summary(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
    """``summary``: its details have taken it; one outside details is a block."""
    parent = element.getparent()
    if parent is None or parent.tag != "details" or parent.find("summary") is not element:
        visit_block(cleaner, element, flow, marks, depth)


MARKS: Mapping[str, Mark] = MappingProxyType(
    {
        "strong": STRONG,
        "b": STRONG,
        "em": EM,
        "i": EM,
        "del": Mark("del"),
        "s": Mark("del"),
        "strike": Mark("del"),
        "sup": Mark("sup"),
        "sub": Mark("sub"),
        "u": Mark("u"),
        "ins": Mark("u"),
        "mark": Mark("mark"),
    }
)
"""Inline elements that are emphasis or the like, by tag."""

STYLED = frozenset(("span", "font", "strong", "b", "em", "i", "a", "u", "mark"))
"""Inline elements whose style may be emphasis."""

LISTS = frozenset(("ul", "ol", "menu", "dir"))

HANDLERS: Mapping[str, Handler] = MappingProxyType(
    {
        **dict.fromkeys(
            """div section article header footer main nav aside figure figcaption address center dd dt fieldset form
            legend caption colgroup thead tbody tfoot tr td th body html hgroup search option""".split(),
            visit_block,
        ),
        "p": visit_paragraph,
        **dict.fromkeys(HEADINGS, visit_heading),
        "br": visit_br,
        "hr": visit_hr,
        "blockquote": visit_quote,
        **dict.fromkeys(LISTS, visit_list),
        "li": visit_item,
        "pre": visit_pre,
        "code": visit_code,
        **dict.fromkeys(("tt", "samp"), visit_code),
        "kbd": visit_kbd,
        "a": visit_link,
        "img": visit_img,
        **dict.fromkeys(("iframe", "embed", "video", "audio", "object"), visit_player),
        "textarea": visit_textarea,
        "math": visit_math,
        "table": visit_table,
        "dl": visit_definitions,
        "details": visit_details,
        "summary": visit_summary,
    }
)
"""What each element does; one that is not here is transparent."""

SPECIAL: Mapping[str, Special] = MappingProxyType(
    {
        **dict.fromkeys(FORMULA_CLASSES, Cleaner.special_formula),
        "MathJax": Cleaner.special_mathjax,
        "toc": Cleaner.special_toc,
        **dict.fromkeys(CODE_TOOLBARS, Cleaner.special_toolbar),
        "lines": Cleaner.special_lines,
        "footnote-ref": Cleaner.special_note_reference,
        "footnote-item": Cleaner.special_note,
    }
)
"""Classes that ask for a closer look; the function says whether the element is done with."""
