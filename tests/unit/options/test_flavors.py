"""What each flavor writes that portable Markdown does not."""

from __future__ import annotations

import pytest

from converter import convert
from converter.options import Options
from converter.options.flavors import FLAVORS
from converter.verify import prove
from tests.kit.flavors_page import documentation
from tests.kit.paths import DATA, ROOT

LIQUID_OFF = "---\nrender_with_liquid: false\n---\n"
NUNJUCKS_OFF = "---\ndisableNunjucks: true\n---\n"
FOOTNOTED = (
    '<p>a<sup class="footnote-ref"><a href="#fn1" id="fnref1">[1]</a></sup></p><hr class="footnotes-sep">'
    '<section class="footnotes"><ol class="footnotes-list"><li id="fn1" class="footnote-item">'
    '<p>note <a href="#fnref1" class="footnote-backref">↩︎</a></p></li></ol></section>'
)


def tex(formula: str) -> str:
    annotation = f'<annotation encoding="application/x-tex">{formula}</annotation>'
    return (
        f'<span class="katex"><span class="katex-mathml"><math><semantics>{annotation}</semantics></math></span></span>'
    )


BRACES = r"\{a\}_{b} * {c}_{d} *"
CASES: list[tuple[str, str, str, str]] = [
    ("jekyll", "text", "<p>{{ a }} {% b %}</p>", "&#123;{ a }} &#123;% b %}"),
    ("jekyll", "code block", "<p>x</p><pre><code>{{ a }}</code></pre>", "x\n\n{% raw %}\n\n```\n{{ a }}\n```\n\n{% endraw %}"),
    ("jekyll", "first block", "<pre><code>{{ a }} {%</code></pre>", '```\n{{ "{{" }} a }} {{ "{%" }}\n```'),
    ("jekyll", "endraw", "<p>x</p><pre><code>{% endraw %}</code></pre>", 'x\n\n```\n{{ "{%" }} endraw %}\n```'),
    ("jekyll", "code first in an item", "<p>x</p><ul><li><pre>{{ a }}</pre></li></ul>",
     'x\n\n- ```\n  {{ "{{" }} a }}\n  ```'),
    ("jekyll", "inline code", "<p><code>{{ a }}</code></p>", "<code>&#123;&#123; a &#125;&#125;</code>"),
    ("jekyll", "formula", f"<p>x {tex('a_b')} y</p>", "x $$a_b$$ y"),
    ("jekyll", "template in formula", f"<p>x {tex('{{a}}')} y</p>", 'x $${ {a}}$$ y'),
    ("jekyll", "pipe in formula", f"<p>x {tex('a|b')} y</p>", "x $$a|b$$ y\n<!-- -->"),
    ("jekyll", "list start", "<ol start='3'><li>a</li></ol>", '3. a\n{: start="3"}'),
    ("jekyll", "list from one", "<ol><li>a</li></ol>", "1. a"),
    ("jekyll", "table with spans", "<table><tr><td colspan='2'>{{ a }}</td></tr><tr><td>b</td><td>c</td></tr></table>",
     '<table>\n<tr><td colspan="2">&#123;{ a }}</td></tr>\n<tr><td>b</td><td>c</td></tr>\n</table>'),
    ("gfm", "list start", "<ol start='3'><li>a</li></ol>", "3. a"),
    ("gfm", "template", "<p>{{ a }} <code>{% b %}</code></p>", "{{ a }} `{% b %}`"),
    ("hugo", "text", "<p>{{< a >}} {{% b %}} {{ c }}</p>", "&#123;{< a >}} &#123;{% b %}} {{ c }}"),
    ("hugo", "code block", "<pre><code>{{< a >}}\n{{% b %}}</code></pre>", "```\n{{</* a */>}}\n{{%/* b */%}}\n```"),
    ("hugo", "inline code", "<p><code>{{< a >}}</code></p>", "`{{</* a */>}}`"),
    ("hugo", "open tag", "<pre><code>{{< a</code></pre>", "<pre><code>&#123;{&lt; a</code></pre>"),
    ("hugo", "comment form", "<pre><code>{{&lt;/* a */&gt;}}</code></pre>",
     "<pre><code>&#123;{&lt;/* a */&gt;}}</code></pre>"),
    ("hugo", "divider", "<p>&lt;!--more--&gt;</p><pre>&lt;!--more--&gt;</pre>",
     "&#60;!--more-->\n\n<pre><code>&lt;!--more--&gt;</code></pre>"),
    ("hugo", "plain formula", f"<p>x {tex('a_b + c_d')} y</p>", "x $a_b + c_d$ y"),
    ("hugo", "formula with markup", f"<p>x {tex(BRACES)} y</p>", rf"x ${BRACES}$ y"),
    ("hugo-legacy", "formula with markup", f"<p>x {tex(BRACES)} y</p>",
     r"x $&#92;{a&#92;}&#95;{b} * {c}_{d} *$ y"),
    ("hugo", "formula apart", f'<p><span class="katex--display">{tex("a = b")}</span></p>', "$$\na = b\n$$"),
    ("hugo-legacy", "formula apart", f'<p><span class="katex--display">{tex("a = b")}</span></p>', "$$a = b$$"),
    ("hugo", "quotes in formula", f"<p>x {tex(chr(102) + chr(39))} y</p>", "x $f'$ y"),
    ("hugo-legacy", "quotes in formula", f"<p>x {tex(chr(102) + chr(39))} y</p>", "x $f&#39;$ y"),
    ("hugo-legacy", "footnote in a heading", FOOTNOTED.replace("<p>a", "<h2><em>a").replace("</p><hr", "</em></h2><hr"),
     "## *a*[^1]\n\n[^1]: note"),
    ("hugo-legacy", "code block", "<pre><code>{{< a >}}</code></pre>", "```\n{{</* a */>}}\n```"),
    ("hexo", "text", "<p>{{ a }} {% b %} {# c #}</p>", "&#123;{ a }} &#123;% b %} &#123;# c #}"),
    ("hexo", "code block", "<pre><code>{{ a }}</code></pre>", "```\n{{ a }}\n```"),
    ("hexo", "inline code", "<p><code>{{ a }}</code></p>", "<code>&#123;&#123; a &#125;&#125;</code>"),
    ("hexo", "footnotes", FOOTNOTED, 'a<sup><a href="#fn-1">1</a></sup>\n\n1. <a id="fn-1"></a>note'),
    ("hexo", "card", '<p><a href="https://a.example/b">t<img src="https://a.example/i.png">https://a.example/b</a></p>',
     r"[t![](https://a.example/i.png)https\://a.example/b](https://a.example/b)"),
    ("obsidian", "comment", "<p>100%% a ==b== [[c]]</p>", "100&#37;% a &#61;=b&#61;= &#91;[c]]"),
    ("obsidian", "code", "<p><code>a == b %%</code></p>", "`a == b %%`"),
]  # fmt: skip


@pytest.mark.parametrize(("flavor", "source", "expected"), [(a, c, d) for a, _, c, d in CASES],
                         ids=[f"{a}-{b}" for a, b, _, _ in CASES])  # fmt: skip
def test_flavors(flavor: str, source: str, expected: str) -> None:
    options = Options(flavor=flavor)
    document = convert(source, options=options)
    assert document.text == f"{expected}\n"
    assert prove(source, document, options=options).perfect or flavor == "hexo"


@pytest.mark.parametrize(
    ("flavor", "front", "guarded"),
    [
        ("jekyll", "", True),
        ("jekyll", "---\nrender_with_liquid: true\n---\n", True),
        ("jekyll", LIQUID_OFF, False),
        ("jekyll", NUNJUCKS_OFF, True),
        ("hexo", LIQUID_OFF, True),
        ("hexo", NUNJUCKS_OFF, False),
        ("hugo", LIQUID_OFF + NUNJUCKS_OFF, True),
    ],
)
def test_front_matter_switches_the_engine_off(flavor: str, front: str, guarded: bool) -> None:
    source = f"{front}<div id='content_views'><p>x</p><p>{{{{&lt; a</p></div>"
    assert ("&#123;" in convert(source, options=Options(flavor=flavor)).text) is guarded


def test_the_documentation_is_the_table() -> None:
    written = (ROOT / "docs/flavors.md").read_text("utf-8")
    assert written == documentation(), "write it anew: python -m tests.kit.flavors_page > docs/flavors.md"


@pytest.mark.parametrize("name", [row.name for row in FLAVORS.values() if row.needs])
def test_the_sites_are_set_up_as_the_documentation_says(name: str) -> None:
    """Every setting that a flavor asks for is in the configuration that the sites are built with."""
    folder = DATA / "sites" / name
    configured = next(path for path in folder.iterdir() if path.stem in ("config", "_config")).read_text("utf-8")
    wanted = [line.split("  #")[0].split("      #")[0].strip() for line in FLAVORS[name].needs.splitlines()]
    assert [line for line in wanted if line and not line.startswith("#") and line not in normal(configured)] == []


def normal(text: str) -> str:
    return "\n".join(line.strip() for line in text.splitlines())
