"""Nothing of an article is live in what its Markdown renders to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from types import MappingProxyType

import cmarkgfm
import frontmatter
import pytest
from cmarkgfm.cmark import Options as CmarkOptions
from markdown_it import MarkdownIt

from converter import convert
from converter.options import Options
from tests.kit.harmless import live, shown
from tests.kit.vectors import POSITIONS, SHOWN, VECTORS

_MARKDOWN_IT = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
_EXTENSIONS = ["table", "strikethrough", "autolink", "tasklist"]
_UNSAFE = CmarkOptions.CMARK_OPT_UNSAFE | CmarkOptions.CMARK_OPT_FOOTNOTES


def _cmark(text: str) -> str:
    try:
        return str(cmarkgfm.markdown_to_html_with_extensions(text, _UNSAFE, extensions=_EXTENSIONS))
    except UnicodeDecodeError as error:  # it has read behind the end of a text
        return f"<plaintext>{error}"


RENDERERS: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {"markdown-it": _MARKDOWN_IT.render, "cmark-gfm": _cmark}
)
ALL = [vector for vectors in VECTORS.values() for vector in vectors]


def test_there_are_enough_vectors() -> None:
    assert len(set(ALL)) >= 400


@pytest.mark.parametrize("position", POSITIONS)
def test_nothing_is_live(position: str) -> None:
    found = []
    for vector in ALL:
        markdown = convert(POSITIONS[position](vector)).text
        for name, render in RENDERERS.items():
            if problems := list(live(render(markdown))):
                found.append((name, vector, markdown, problems))
    assert found == []


def _visible(text: str) -> str:
    """A text as far as a page shows it: blanks, and what has no width, do not count."""
    return "".join(character for character in text if character.isprintable() and not character.isspace())


@pytest.mark.parametrize("position", SHOWN)
def test_text_stays_text(position: str) -> None:
    found = []
    for vector in ALL:
        markdown = convert(POSITIONS[position](vector)).text
        for name, render in RENDERERS.items():
            html = render(markdown)
            if _visible(vector) not in _visible(shown(html)):
                found.append((name, vector, markdown, html))
    assert found == []


@pytest.mark.parametrize("flavor", ["gfm", "jekyll", "hugo", "hexo"])
def test_front_matter_holds_its_values(flavor: str) -> None:
    for vector in ALL:
        page = f"<html><head><title>{escape(vector)}</title></head><body><p>words</p></body></html>"
        document = convert(page, options=Options(flavor=flavor))
        post = frontmatter.loads(str(document))
        assert post.content == "words"
        title = post.get("title", "")
        assert isinstance(title, str)
        assert set(post.keys()) <= {"title"}
