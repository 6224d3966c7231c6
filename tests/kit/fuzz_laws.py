"""Checks the laws that hold for any input, in one function for the fuzzer and for hypothesis."""

from __future__ import annotations

from markdown_it import MarkdownIt

from converter import convert
from converter.model import ConversionError, Document, Node
from converter.options import Options
from converter.vocabulary import problems
from tests.kit.harmless import live, shown

_MARKDOWN_IT = MarkdownIt("commonmark", {"html": True, "maxNesting": 200}).enable(["table", "strikethrough"])
_MARKDOWN_IT.validateLink = lambda _url: True  # type: ignore[method-assign, assignment]  # the converter decides what may be linked
HTML = Options(assume="html")


def broken_laws(source: bytes | str) -> list[str]:
    """Return a line for each law that an input breaks.

    Laws: errors name the file, the tree stays in the vocabulary, the text is UTF-8 with one final newline,
    nothing in the rendered page is outside the allow-list, the page shows the article's text, and a second
    conversion gives the same.  Any exception other than ConversionError is raised: it breaks the first law.
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
    expected, seen = _text_of(document.article.body), _visible(shown(html))
    if expected is not None and expected != seen:
        found.append(f"text: {expected!r} shows as {seen!r}")
    return found


def _text_of(body: Node) -> str | None:
    """Return the text of an article, with alt texts; None where the renderer adds words of its own."""
    pieces: list[str] = []
    for node in body.walk():
        if isinstance(node, str):
            pieces.append(node)
        elif node.tag in ("math", "noteref", "footnote") or "checked" in node.attributes:
            return None
        elif node.tag == "img":
            pieces.append(node.attributes.get("alt", ""))
    return _visible("".join(pieces))


def _visible(text: str) -> str:
    return "".join(character for character in text if not character.isspace() and character not in "\ufffd\x00")


def _unstable(source: bytes | str, document: Document) -> list[str]:
    if convert(source, options=HTML, name="fuzz.html").text != document.text:
        return ["not deterministic"]
    return []
