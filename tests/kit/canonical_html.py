"""Reads clean HTML (of the CommonMark specification, or of a Markdown renderer) into nodes of the vocabulary.

Independent of the cleaner: it knows no website and repairs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import html as lxml_html
from lxml.html import HtmlElement

from converter.model import BLOCKS, HEADINGS, INLINES, Inline, Node

ALIAS = {"b": "strong", "i": "em", "s": "del", "strike": "del"}
EDGES = re.compile(r"[ \t\n\r\f]+")


def read_html(source: str) -> Node:
    """Return the body of clean HTML as a Node."""
    root = lxml_html.document_fromstring(f"<html><body>{source}</body></html>").find("body")
    assert root is not None
    return Node("body", list(_flow(root)))


def _attributes(element: HtmlElement, *names: str) -> dict[str, str]:
    return {name: str(element.get(name)) for name in names if element.get(name) is not None}


def _raw(element: HtmlElement) -> str:
    return "".join(str(text) for text in element.itertext())


def _inlines(element: HtmlElement) -> list[Inline]:
    found: list[Inline] = [EDGES.sub(" ", element.text or "")]
    for child in element:
        found += _inline(child)
        found.append(EDGES.sub(" ", child.tail or ""))
    return found


def _inline(element: HtmlElement) -> list[Inline]:
    if not isinstance(element.tag, str):
        return []
    tag = ALIAS.get(element.tag, element.tag)
    if tag == "code":
        return [Node("code", [_raw(element)])]
    if tag == "a":
        return [Node("a", _inlines(element), _attributes(element, "href", "title"))]
    if tag == "img":
        return [Node("img", [], _attributes(element, "src", "alt", "title"))]
    if tag in INLINES:
        return [Node(tag, _inlines(element))]
    return _inlines(element)


def normalized(nodes: Iterable[Inline]) -> list[Inline]:
    """Return inline nodes with text joined and whitespace collapsed: none at the edges or beside a hard break."""
    out: list[Inline] = []
    _normalize(nodes, out)
    return _trimmed_end(out)


def _normalize(nodes: Iterable[Inline], out: list[Inline], last: str = " ") -> str:
    for node in nodes:
        if isinstance(node, str):
            text = node[1:] if node.startswith(" ") and last in " \n" else node
            if not text:
                continue
            if out and isinstance(out[-1], str):
                out[-1] += text
            else:
                out.append(text)
            last = text[-1]
        elif node.tag == "br":
            _strip_end(out)
            out.append(node)
            last = "\n"
        elif node.tag in ("code", "img", "math"):
            out.append(node)
            last = "x"
        else:
            inner: list[Inline] = []
            last = _normalize(node.children, inner, last)
            out.append(Node(node.tag, inner, node.attributes))
    return last


def _strip_end(out: list[Inline]) -> None:
    if not out:
        return
    end = out[-1]
    if isinstance(end, str):
        out[-1] = end.rstrip(" ")
        if not out[-1]:
            out.pop()
    elif end.tag not in ("code", "br", "img", "math"):
        _strip_end(end.children)


def _trimmed_end(out: list[Inline]) -> list[Inline]:
    _strip_end(out)
    while out and isinstance(out[-1], Node) and out[-1].tag == "br":
        out.pop()
        _strip_end(out)
    return out


def _flow(element: HtmlElement) -> list[Node]:
    """Return the blocks of an element; inline content between them becomes paragraphs."""
    blocks: list[Node] = []
    run: list[Inline] = [EDGES.sub(" ", element.text or "")]

    def flush() -> None:
        if nodes := normalized(run):
            blocks.append(Node("p", nodes))
        run.clear()

    for child in element:
        if isinstance(child.tag, str) and child.tag in {*BLOCKS, "div", "section"} - {"math"}:
            flush()
            blocks += _block(child)
        else:
            run.extend(_inline(child))
        run.append(EDGES.sub(" ", child.tail or ""))
    flush()
    return blocks


def _block(element: HtmlElement) -> list[Node]:
    tag = str(element.tag)
    if tag in ("ul", "ol"):
        return [_list(element)]
    if tag == "pre":
        return [_pre(element)]
    if tag == "table":
        return [_table(element)]
    if tag == "hr":
        return [Node("hr")]
    if tag == "p" or tag in HEADINGS:
        nodes = normalized(_inlines(element))
        return [Node(tag, nodes)] if nodes or tag != "p" else []
    if tag == "blockquote":
        return [Node("blockquote", [*_flow(element)])]
    return _flow(element)


def _pre(element: HtmlElement) -> Node:
    code = element.find("code")
    name = str((code if code is not None else element).get("class") or "")
    lang = name.removeprefix("language-") if name.startswith("language-") else ""
    return Node("pre", [_raw(element).removesuffix("\n")], {"lang": lang} if lang else {})


def _list(element: HtmlElement) -> Node:
    tight = not any(child.tag == "p" for item in element for child in item)
    attributes = {**({"tight": "1"} if tight else {}), **_attributes(element, "start")}
    return Node(str(element.tag), [_item(item) for item in element if item.tag == "li"], attributes)


def _item(element: HtmlElement) -> Node:
    box = next(element.iter("input"), None)
    attributes = {}
    if box is not None:
        attributes["checked"] = "true" if box.get("checked") is not None else "false"
        box.drop_tree()
    return Node("li", [*_flow(element)], attributes)


def _table(element: HtmlElement) -> Node:
    rows: list[Inline] = []
    for row in element.iter("tr"):
        cells: list[Inline] = [
            Node(str(cell.tag), normalized(_inlines(cell)), _attributes(cell, "align", "colspan", "rowspan"))
            for cell in row
            if cell.tag in ("th", "td")
        ]
        rows.append(Node("tr", cells))
    return Node("table", rows)
