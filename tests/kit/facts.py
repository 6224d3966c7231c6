"""Lists the facts that a reader sees in an article, to compare rendered Markdown with the nodes it was written from."""

from __future__ import annotations

import re
from urllib.parse import unquote

from converter.model import Node
from converter.serializer.delimiters import is_punctuation_or_symbol

MARKS = frozenset(("strong", "em", "del", "sup", "sub", "mark", "u", "kbd"))
Fact = tuple[str, ...]


def facts(body: Node) -> list[Fact]:
    """Return each visible character with its emphasis, link and block path; code, images and thematic breaks in order."""
    out: list[Fact] = []
    _flow(body, (), (), out)
    return out


def _flow(node: Node, path: Fact, marks: Fact, out: list[Fact]) -> None:
    for number, child in enumerate(node.children):
        if isinstance(child, str):
            _text(child, path, marks, out)
        else:
            _node(child, number, path, marks, out)


def _text(text: str, path: Fact, marks: Fact, out: list[Fact]) -> None:
    for char in text:
        if not char.isspace():
            # punctuation may stand inside or outside of emphasis
            shown = tuple(m for m in marks if m[0] == "@") if is_punctuation_or_symbol(char) else marks
            out.append((char, *path, *sorted(set(shown))))


def _node(node: Node, number: int, path: Fact, marks: Fact, out: list[Fact]) -> None:
    tag = "td" if node.tag == "th" else node.tag
    if tag in ("code", "pre"):
        text = "".join(node.texts())
        shown = text.strip().replace("\n", " ") if tag == "code" else text.strip("\n")
        out.append((tag, shown, node.attributes.get("lang", ""), *path, *sorted(m for m in set(marks) if m[0] == "@")))
    elif tag == "img":
        name = unquote(node.attributes.get("src", ""))
        out.append(
            (tag, name, "".join(node.attributes.get("alt", "").split()), node.attributes.get("title", ""), *path)
        )
    elif tag == "a":
        _link(node, path, marks, out)
    elif tag in MARKS:
        _flow(node, path, (*marks, tag), out)
    elif tag == "hr":
        out.append((tag, *path))
    elif tag == "p":
        out.append(("-", *path))  # where a paragraph starts
        _flow(node, path, marks, out)
    else:
        name = f"{tag}{node.attributes.get('start', '')}" if tag == "ol" else tag
        label = name + "".join(f"[{v}]" for k, v in sorted(node.attributes.items()) if k in ("checked",))
        _flow(node, (*path, f"{label}:{number}" if tag in ("li", "tr", "td") else label), marks, out)


def _link(node: Node, path: Fact, marks: Fact, out: list[Fact]) -> None:
    href = unquote(node.attributes.get("href", ""))
    shown = "".join(node.texts())
    if re.sub(r"^(mailto:|https?://|ftp://)", "", href) == re.sub(r"^(https?://|ftp://)", "", shown):
        _flow(node, path, marks, out)  # a bare address made a link changes nothing for a reader
    else:
        _flow(node, path, (*marks, f"@{href} {node.attributes.get('title', '')}".strip()), out)
