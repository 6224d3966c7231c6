"""The judge of `make bench-fidelity` that is not ours: what it takes from an article, and its scores."""

from __future__ import annotations

import pytest

for name in ("comrak", "apted", "rapidfuzz"):
    pytest.importorskip(name, reason="make bench-fidelity installs it")
round_trip = pytest.importorskip("benchmarks.round_trip")

ARTICLE = """<div><p class="toc">一</p><p>见 <code>a</code> 和
 <span class="katex"><span class="katex-mathml"><math><annotation>x^2</annotation></math></span><span
 class="katex-html">x2</span></span>。</p>
<pre><code>int  a;<br>b();</code><ul class="pre-numbering"><li>1</li></ul></pre>
<table><tr><th>名</th><th>值</th></tr><tr><td>甲</td><td>1</td></tr></table>
<table><tr><td>一列是版面</td></tr></table></div>"""
MARKDOWN = "见 `a` 和 $x^2$。\n\n```\nint  a;\nb();\n```\n\n| 名 | 值 |\n| --- | --- |\n| 甲 | 1 |\n\n一列是版面\n"


def scores(markdown: str) -> dict[str, float]:
    shown = round_trip.parts(round_trip.render(markdown))
    found: dict[str, float] = round_trip.scores(round_trip.parts(ARTICLE), shown)
    return found


def test_the_parts_of_an_article() -> None:
    found = round_trip.parts(ARTICLE)
    assert (found.text, found.code, found.formulas) == ("见a和。一列是版面", "int  a;\nb();", "x^2")
    assert found.tables.size == 1 + 1 + 2 + 4


def test_the_same_is_perfect() -> None:
    assert scores(MARKDOWN) == dict.fromkeys(round_trip.KINDS, 1.0)


@pytest.mark.parametrize(
    ("kind", "was", "now"),
    [("text", "见", ""), ("code", "int  a", "int a"), ("formulas", "$x^2$", "x2"), ("tables", "| 甲 | 1 |\n", "")],
)
def test_each_loss_lowers_its_score(kind: str, was: str, now: str) -> None:
    assert scores(MARKDOWN.replace(was, now))[kind] < 1
