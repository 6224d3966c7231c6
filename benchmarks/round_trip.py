"""A judge of fidelity that shares nothing with csdn2md: the Markdown goes back to HTML, and the two HTMLs are compared.

comrak, an implementation of CommonMark and GitHub's extensions in Rust, renders the Markdown.  Text, code, formulas
and tables are taken from the article and from the rendered HTML by the same few lines below, which know the layouts of
highlighters and formula engines only as far as they repeat what an author wrote.  Scores are those of WebMainBench, a
public benchmark of extraction: 1 minus the edit distance (rapidfuzz) divided by the length of the longer text, for
tables 1 minus the tree edit distance (apted) divided by the number of nodes of the larger tree (TEDS).  White space
counts in code only: the pretty-printer of a dump added it everywhere else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote

import comrak
from apted import APTED, Config
from lxml import etree
from lxml.etree import _Element
from rapidfuzz.distance import Levenshtein

KINDS = ("text", "code", "formulas", "tables")
UNSEEN = frozenset("script style template svg noscript button textarea select head title".split())
"""Elements that hold nothing that an author wrote."""
REPEATED = frozenset(
    "katex-html MathJax MathJax_Display MathJax_Preview MathJax_SVG MathJax_SVG_Display MJX_Assistive_MathML "
    "pre-numbering hljs-ln-numbers hljs-button line-numbers-rows gutter toc".split()
)
"""Classes of elements that repeat something: drawn formulas, line numbers, buttons, tables of contents."""
LATEX_SERVER = "//latex."
"""In the address of an image that a server draws of the TeX behind its question mark."""
FORMULA = re.compile(r"\$\$?([^$]+)\$\$?")
MOST_NODES = 300
"""Tables of more rows and cells are not compared: the time grows with the square."""
_PARSER = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
_EXTENSIONS, _RENDERING = comrak.ExtensionOptions(), comrak.RenderOptions()
for _name in ("table", "strikethrough", "tasklist", "autolink", "footnotes", "math_dollars"):
    setattr(_EXTENSIONS, _name, True)
_RENDERING.unsafe_ = True


@dataclass(frozen=True)
class Tree:
    """Tables, a row or a cell, as the tree edit distance needs it."""

    tag: str
    text: str = ""
    children: tuple[Tree, ...] = ()

    @property
    def size(self) -> int:
        """The number of nodes."""
        return 1 + sum(child.size for child in self.children)


class Costs(Config):  # type: ignore[misc]  # apted has no types
    """The costs of TEDS: 1 for a node more or less, the share of differing characters for another text."""

    def rename(self, one: Tree, other: Tree) -> float:
        """Return the cost of making a node another one."""
        return Levenshtein.normalized_distance(one.text, other.text) if one.tag == other.tag else 1.0

    def children(self, node: Tree) -> tuple[Tree, ...]:
        """Return the children of a node."""
        return node.children


@dataclass(frozen=True)
class Parts:
    """What an article says, by kind."""

    text: str
    code: str
    formulas: str
    tables: Tree


def render(markdown: str) -> str:
    """Return Markdown as HTML."""
    return comrak.render_markdown(markdown, extension_options=_EXTENSIONS, render_options=_RENDERING)


def scores(article: Parts, shown: Parts) -> dict[str, float]:
    """Return the score, 0 to 1, of each kind that an article has."""
    pairs = {kind: (getattr(article, kind), getattr(shown, kind)) for kind in KINDS[:3]}
    found = {kind: Levenshtein.normalized_similarity(*pair) for kind, pair in pairs.items() if pair[0]}
    most = max(article.tables.size, shown.tables.size)
    if article.tables.children and most <= MOST_NODES:
        distance = APTED(article.tables, shown.tables, Costs()).compute_edit_distance()
        found["tables"] = max(0.0, 1 - distance / most)
    return found


def parts(html: str) -> Parts:
    """Return what HTML says."""
    root = etree.HTML(f"<body>{html}</body>".encode("utf-8", "replace"), _PARSER)
    for element in [*root.iter("*")]:
        if (tex := _tex(element)) is not None:
            _replace(element, f"${tex}$")
        elif element.tag in UNSEEN or _is_repeated(element):
            _replace(element, "")
    code = [_code(element) for element in _taken(root, "pre")]
    tables = Tree("tables", "", tuple(_table(element) for element in _taken(root, "table")))
    text = "".join(root.itertext())
    formulas = "\n".join(map(_bare, FORMULA.findall(text)))
    return Parts(_bare(FORMULA.sub("", text)), "\n".join(code), formulas, tables)


def _is_repeated(element: _Element) -> bool:
    return not REPEATED.isdisjoint(element.get("class", "").split()) or element.get("id", "").endswith("-toc")


def _bare(text: str) -> str:
    """Return a text without white space, and without the characters that show nothing."""
    return re.sub(r"[\s\u200b-\u200f\ufeff]+", "", text)


def _tex(element: _Element) -> str | None:
    """Return the TeX that an element is; None for all others."""
    classes = element.get("class", "").split()
    if "katex" in classes:
        for annotation in element.iter("annotation"):
            return "".join(annotation.itertext())
        lines = [line.strip() for box in element.iter("span") if "katex-mathml" in box.get("class", "")
                 for line in "".join(box.itertext()).split("\n") if line.strip()]  # fmt: skip
        return lines[-1] if lines else None
    if element.tag == "img" and LATEX_SERVER in element.get("src", ""):
        return unescape(unquote(element.get("src", "").partition("?")[2]))
    if element.tag == "script" and element.get("type", "").startswith("math/tex"):
        return element.text or ""
    return "".join(element.itertext()) if "data-math-style" in element.attrib else None


def _replace(element: _Element, text: str) -> None:
    """Put a text in the place of an element."""
    parent, text = element.getparent(), text + (element.tail or "")
    if parent is None:
        return
    before = element.getprevious()
    if before is None:
        parent.text = (parent.text or "") + text
    else:
        before.tail = (before.tail or "") + text
    parent.remove(element)


def _taken(root: _Element, tag: str) -> list[_Element]:
    """Take the outermost elements of a tag out of a tree; of tables those that hold data, not a whole layout."""
    found = [one for one in root.iter(tag) if tag == "pre" or _holds_data(one)]
    outer = [one for one in found if not any(above in found for above in one.iterancestors(tag))]
    for element in outer:
        tail, element.tail = element.tail, None
        parent = element.getparent()
        if parent is not None:
            place = etree.Element("span")
            place.tail = tail
            parent.replace(element, place)
    return outer


def _holds_data(table: _Element) -> bool:
    if any(one is not table for one in table.iter("table", "h1", "h2", "h3", "h4", "pre")):
        return False
    return any(sum(1 for _ in row.iterchildren("td", "th")) > 1 for row in table.iter("tr"))


def _code(pre: _Element) -> str:
    """Return the lines of a block of code, without spaces at their ends and empty lines around them."""
    for line in pre.iter("br", "li", "tr"):
        line.tail = "\n" + (line.tail or "" if line.tag == "br" else (line.tail or "").lstrip("\n"))
    lines = "".join(pre.itertext()).replace("\xa0", " ").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def _table(table: _Element) -> Tree:
    """Return a table as a tree of rows and cells; a heading cell is a cell, as Markdown has no table without."""
    return Tree("table", "", tuple(
        Tree("tr", "", tuple(Tree("td", _bare("".join(cell.itertext()))) for cell in row.iterchildren("td", "th")))
        for row in table.iter("tr")
    ))  # fmt: skip
