"""The laws that any input is held to, as one function: used by the fuzzer and by hypothesis."""

from __future__ import annotations

from markdown_it import MarkdownIt

from converter import convert
from converter.model import ConversionError, Document, Node
from converter.options import Options
from converter.vocabulary import problems
from tests.kit.harmless import live, shown

_MARKDOWN_IT = MarkdownIt("commonmark", {"html": True, "maxNesting": 200}).enable(["table", "strikethrough"])
_MARKDOWN_IT.validateLink = lambda _url: True  # type: ignore[method-assign, assignment]  # what may be linked, the converter says
HTML = Options(assume="html")


def broken_laws(source: bytes | str) -> list[str]:
    """What an input breaks: nothing, or a line for each law (DESIGN, section 10).

    Any other exception than ConversionError goes through: totality is the first law.
    """
    try:
        document = convert(source, options=HTML, name="fuzz.html")
    except ConversionError as error:
        return [] if error.name == "fuzz.html" else [f"error without a name: {error}"]
    return [*_broken(document), *_unstable(source, document)]


def _broken(document: Document) -> list[str]:
    found: list[str] = []
    if document.article is None:
        return ["no article"]
    found.extend(f"vocabulary: {problem}" for problem in problems(document.article.body))
    try:
        str(document).encode("utf-8")
    except UnicodeEncodeError as error:
        found.append(f"not UTF-8: {error}")
    if document.text and (not document.text.endswith("\n") or document.text.endswith("\n\n")):
        found.append("final newline")
    html = _MARKDOWN_IT.render(document.text)
    found.extend(f"live: {problem}" for problem in live(html))
    said, seen = _said(document.article.body), _ink(shown(html))
    if said is not None and said != seen:
        found.append(f"text: {said!r} shows as {seen!r}")
    return found


def _said(body: Node) -> str | None:
    """What an article says, its images their alternatives; None where rendering adds words of its own."""
    pieces: list[str] = []
    for node in body.walk():
        if isinstance(node, str):
            pieces.append(node)
        elif node.tag in ("math", "noteref", "footnote") or "checked" in node.attributes:
            return None
        elif node.tag == "img":
            pieces.append(node.attributes.get("alt", ""))
    return _ink("".join(pieces))


def _ink(text: str) -> str:
    return "".join(character for character in text if not character.isspace() and character not in "\ufffd\x00")


def _unstable(source: bytes | str, document: Document) -> list[str]:
    if convert(source, options=HTML, name="fuzz.html").text != document.text:
        return ["not deterministic"]
    return []
