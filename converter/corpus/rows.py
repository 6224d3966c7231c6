"""Makes the row of a document: what its Markdown holds, read from the tree that it was written from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from converter import frontmatter
from converter.batch.values import Outcome, Row
from converter.corpus.columns import EMPTY
from converter.model import Document, Meta, Node
from converter.options import Options
from converter.pipeline import convert
from converter.rules.completeness import INCOMPLETE
from converter.scraper.dates import normal_date
from converter.standalone.catalogue import original_url, words_by_script
from converter.standalone.convert import describe
from converter.standalone.health import health, of_duplicate
from converter.verify.renderers import render

BREAKS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "dl", "table", "pre", "blockquote"), "\n\n"),
    **dict.fromkeys(("details", "footnote", "hr", "more"), "\n\n"),
    **dict.fromkeys(("li", "tr", "dt", "dd", "summary", "br"), "\n"),
    **dict.fromkeys(("td", "th"), "\t"),
}
"""What stands between an element of the tree and the text before it."""
OF_PAGE = ("kind", "license", "source_url", "column", "views", "likes", "favorites", "comments")
"""Fields of the metadata that are columns."""
_MATH = re.compile(r'<(span|div) class="math[^"]*"')


def row_of(document: Document, output: str, options: Options) -> dict[str, Any]:
    """Return what a row says of a document itself.  output: its path."""
    body = _tree(document, options)
    text = plain_text(body)
    front, _ = frontmatter.split(document.front_matter)
    texts = {key: front.text(key) or "" for key in ("original_title", "author", "updated")} if front else {}
    post, meta = describe(document, front, output), document.metadata
    nodes = list(body.nodes())
    return {
        **_of_page(meta),
        "path": output,
        "id": post.id,
        "url": meta.url or original_url(front),
        "title": texts.get("original_title") or meta.title or post.title,
        "author": texts.get("author") or meta.author,
        "date": normal_date(post.date) or meta.date,
        "updated": normal_date(texts.get("updated", "")) or meta.updated,
        "tags": (front.listed("tags") if front else ()) or meta.tags,
        "categories": post.categories,
        "front_matter": document.front_matter,
        "markdown": document.text,
        "text": text,
        "characters": len("".join(text.split())),
        "words": words_by_script(text).total(),
        "code": [
            {"language": node.attributes.get("lang", ""), "text": _text(node)} for node in nodes if node.tag == "pre"
        ],
        "formulas": list(_formulas(body)),
        "images": [_record(node, "src", alt=node.attributes.get("alt", "")) for node in nodes if node.tag == "img"],
        "links": [_record(node, "href", text=_text(node)) for node in nodes if "href" in node.attributes],
    }


def facts_of(row: Row, *, proved: bool) -> dict[str, Any]:
    """Return what the run says of a document."""
    rules = dict(row.rules)
    return {
        "source": row.source,
        "source_hash": row.source_hash.hex(),
        "findings": [{"rule": rule, "count": count} for rule, count in row.rules],
        "completeness": min(INCOMPLETE & rules.keys(), default=""),
        "simhash": f"{row.sketch.simhash:016x}" if row.sketch else "",
        **({"verify_score": row.score, "differences": len(row.differences)} if proved else {}),
    }


def has_row(row: Row) -> bool:
    """Return whether the result of a run is a document that a corpus gets."""
    return isinstance(row.note, str) and row.sketch is not None and row.outcome is not Outcome.FAILED


def finished_row(row: Row, *, proved: bool) -> dict[str, Any]:
    """Return the row of a document with all columns; those of duplicates are empty."""
    return with_health({**EMPTY, **json.loads(str(row.note)), **facts_of(row, proved=proved)})


def with_health(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row with its health, of which everything else in it is known."""
    found = health(row["markdown"], incomplete=bool(row["completeness"]), score=row["verify_score"])
    is_copy = row["duplicate"] and row["fullest"] != row["path"]
    return {**row, "health": of_duplicate(found) if is_copy else found}


def plain_text(body: Node) -> str:
    """Return the text of a tree: blocks with an empty line between them, cells with a tab."""
    written: list[str] = []
    between = ""
    waiting: list[Node | str | None] = [body]
    while waiting:
        part = waiting.pop()
        if part is None:
            between = _longer(between, "\n\n")
        elif isinstance(part, str):
            written += (between, part) if written else (part,)
            between = ""
        else:
            own = BREAKS.get(part.tag, "")
            between = _longer(between, own)
            waiting += (None, *reversed(part.children)) if own == "\n\n" else reversed(part.children)
    return "".join(written)


def _longer(one: str, other: str) -> str:
    """Return the stronger of two separators: a line is more than a cell, a paragraph more than a line."""
    return max(one, other, key=("", "\t", "\n", "\n\n").index)


def _of_page(meta: Meta) -> dict[str, str | int | None]:
    """Return what only the page says."""
    return {name: getattr(meta, name) for name in OF_PAGE}


def _tree(document: Document, options: Options) -> Node:
    """Return the tree of a document; that of a source which is Markdown is read from the rendered Markdown."""
    if document.article is not None and document.kind.name != "mixed":
        return document.article.body
    html = _MATH.sub(_named_formula, render(document.text, flavor=options.flavor))
    article = convert(html, options=Options(assume="html")).article
    return article.body if article else Node("body")


def _named_formula(match: re.Match[str]) -> str:
    """Return the tag of a rendered formula with the classes by which the cleaner knows it."""
    return f'<{match[1]} class="math {"display" if match[1] == "div" else "inline"}"'


def _formulas(body: Node) -> Iterator[dict[str, Any]]:
    """Yield the formulas; a formula among blocks, or marked as one, is a display formula."""
    for node in body.nodes():
        inline = node.tag not in ("body", "blockquote", "li", "dd", "details", "footnote")
        for child in node.children:
            if isinstance(child, Node) and child.tag == "math":
                yield {"tex": _text(child), "display": int(not inline or "display" in child.attributes)}


def _record(node: Node, name: str, **more: str) -> dict[str, str]:
    return {"url": node.attributes.get(name, ""), **more}


def _text(node: Node) -> str:
    return "".join(node.texts())
