"""Formulas are taken out of Markdown only where every renderer of formulas reads the same ones."""

from __future__ import annotations

import pytest

from converter import Options, convert
from converter.verify import verify
from converter.verify.formula_marks import marked, restored
from converter.verify.renderers import render

PLAIN = {
    # name: (Markdown, HTML of its marks)
    "in a line": ("设 $x_1$ 为 `y`", '设 <span class="math">x_1</span> 为 `y`'),
    "display in a line": ("设 $$x$$ 为", '设 <div class="math in-line">x</div> 为'),
    "a block": ("设\n\n$$\na|b\n$$\n", '设\n\n<div class="math">\na|b\n</div>\n\n\n'),
    "a block in an item": ("- a\n\n  $$\n  b\n  $$\n", '- a\n\n  <div class="math">\n  b\n  </div>\n\n\n'),
    "a reference": ("$a &lt; b$", '<span class="math">a &lt; b</span>'),
    "an escaped sign": ("花 5\\$，$x$", '花 5\\$，<span class="math">x</span>'),
}
NOT_PLAIN = {
    "a sign that opens nothing": "花 $5，设 $x$ 为正",
    "a sign behind a backslash that is a character": "设 \\\\$x$",
    "three signs": "设 $$$x$$",
    "a sign in code": "用 `$y` 和 $x$",
    "a sign behind an escaped backtick": "用 \\`，$a\\{b$，$c$`",
    "a cell": "| a |\n| - |\n| $b|c$ |",
    "two lines": "设 $a\n- b$",
    "two of a line that begins with one": "$$a$$，$$b$$",
    "a block that its item does not hold": "- a\n\n  $$\nb\n  $$\n",
    "a block behind a line": "设\n$$\nx\n$$\n",
    "a mark of the author's": "\ue0010\ue002 $x$",
}
HTML = (
    '<p>设 <span class="katex--inline">x^2|y</span> 为正，费用 5 元</p><span class="katex--display">y = a_i</span>'
    '<ul><li>甲 <span class="katex--inline">z</span></li></ul>'
)
INSERTED = (
    "$",
    "$$",
    "|",
    "\n",
    "\n\n",
    "\n- ",
    "\n> ",
    "\n# ",
    "\\",
    " ",
    "`",
    "*",
    "_",
    "<b>",
    "[",
    "\n    ",
    "&lt;",
)


@pytest.mark.parametrize("name", PLAIN)
def test_plain_formulas_get_marks_and_come_back(name: str) -> None:
    markdown, html = PLAIN[name]
    found = marked(markdown)
    assert found.is_plain
    assert "math" not in found.text
    assert restored(found.text, found.formulas) == html


@pytest.mark.parametrize("name", NOT_PLAIN)
def test_what_a_renderer_might_read_otherwise_is_not_plain(name: str) -> None:
    markdown = NOT_PLAIN[name]
    assert not marked(markdown).is_plain
    assert render(markdown, "auto") == render(markdown, "markdown-it")


@pytest.mark.parametrize("flavor", ["gfm", "jekyll"])
def test_no_fault_near_a_formula_is_missed(flavor: str) -> None:
    """The choice of the renderer changes no verdict, whatever is put into, or taken out of, the Markdown."""
    options = Options(flavor=flavor)
    good = str(convert(HTML, options=options))
    assert verify(HTML, good, options=options).perfect
    faulty = {good[:place] + text + good[place:] for place in range(len(good) + 1) for text in INSERTED}
    faulty |= {good[:place] + good[place + 1 :] for place in range(len(good))}
    verdicts = {
        markdown: (
            verify(HTML, markdown, options=options),
            verify(HTML, markdown, options=options, renderer="markdown-it"),
        )
        for markdown in faulty
    }
    assert [markdown for markdown, (auto, other) in verdicts.items() if auto != other] == []
    assert sum(not auto.perfect for auto, _ in verdicts.values()) > len(good) * 10
