"""The renderers: cmark-gfm by its functions in C, and the choice between it and markdown-it."""

from __future__ import annotations

from pathlib import Path

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options as CmarkOptions

from converter.verify import cmark, renderers, verify
from converter.verify.renderers import render

MARKDOWN = "# 标题\n\n- [x] a\n- b ~~c~~[^1]\n\n| d | e |\n| - | - |\n| <i>f</i> | `g` |\n\n[^1]: http://example.com/\n"
STATM = Path("/proc/self/statm")


def test_the_html_is_that_of_the_package() -> None:
    options = CmarkOptions.CMARK_OPT_UNSAFE | CmarkOptions.CMARK_OPT_FOOTNOTES | CmarkOptions.CMARK_OPT_SOURCEPOS
    extensions = list(cmark.EXTENSIONS)
    assert cmark.html_of(MARKDOWN) == cmarkgfm.markdown_to_html_with_extensions(MARKDOWN, options, extensions)


@pytest.mark.skipif(not STATM.exists(), reason="only Linux tells how much memory is in use")
def test_the_memory_of_a_document_is_freed() -> None:
    markdown = MARKDOWN * 200
    cmark.html_of(markdown)
    before = int(STATM.read_text().split()[1])
    for _ in range(40):
        cmark.html_of(markdown)
    grown = int(STATM.read_text().split()[1]) - before
    assert grown < 2_500, f"{grown} pages for 40 documents of {len(markdown)} characters"


def test_formulas_that_are_not_plain_are_left_to_markdown_it() -> None:
    assert render("$a_1$ $b", "auto", formulas=True) == render("$a_1$ $b", "markdown-it", formulas=True)
    assert "data-sourcepos" in render("$a_1$ b", "auto", formulas=True)
    assert "data-sourcepos" in render("$a_1$ $b", "auto", formulas=False)


@pytest.mark.parametrize("renderer", renderers.RENDERERS)
def test_lines_only_where_they_are_wanted(renderer: str) -> None:
    markdown = "a\n\nb\n\n<div>c</div>\n"
    with_lines, without = (render(markdown, renderer, lines=lines) for lines in (True, False))
    assert "3" in with_lines
    assert "3" not in without


def test_without_cmark_all_is_left_to_markdown_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cmark, "is_available", lambda: False)
    assert render("a", "auto", formulas=False) == render("a", "markdown-it", formulas=False)
    assert renderers.in_turn("auto") == ("auto",)
    with pytest.raises(renderers.RendererError, match="needs cmarkgfm"):
        render("a", "cmark-gfm")


def test_what_seems_to_differ_is_rendered_by_markdown_it_too(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def noted(markdown: str, renderer: str, *, formulas: bool, flavor: str, lines: bool) -> str:
        asked.append(renderer)
        return render(markdown, renderer, formulas=formulas, flavor=flavor, lines=lines)

    monkeypatch.setattr("converter.verify.fidelity.render", noted)
    assert verify("<p>a</p>", "a\n").perfect
    assert asked == ["auto"]
    assert verify("<p>a</p>", "b\n") == verify("<p>a</p>", "b\n", renderer="markdown-it")
    assert asked == ["auto", "auto", "markdown-it", "markdown-it"]
