"""The last gate, and what is written of a document that it does not let through."""

from __future__ import annotations

from dataclasses import replace

import pytest

from converter import convert
from converter.model import Node
from converter.options import Options
from converter.options.flavors import FLAVORS
from converter.serializer.escape import InlineText, inline_rows
from converter.serializer.gate import RULE, intruders, schemes_of
from tests.kit.harmless import live, shown
from tests.laws.test_vectors import RENDERERS

HTTP = schemes_of(Node("body"))
FOREIGN = {
    "tag": "a <img src=x onerror=f()> b",
    "attribute": 'a <sup onclick="f()">b</sup>',
    "block": "<script>f()</script>",
    "scheme": "[a](javascript:f())",
    "scheme of an autolink": "<javascript:f()>",
    "scheme in HTML": '<img src="javascript:f()" alt="">',
    "definition": "[a]: /x",
}
OWN = {
    "HTML": 'a<sup>2</sup> <a href="/x" title="&lt;b&gt;">b</a> <br> <!-- --> <kbd>c</kbd>',
    "table": '<table>\n<tr><td colspan="2">&lt;b onclick=f()&gt;</td></tr>\n</table>',
    "link": "[a](https://b) ![c](/d) <mailto:e@f.g>",
    "escapes": "\\<img src=x> `<b onclick=f()>` [a\\](b)",
    "footnote": "[^1]: a",
}


@pytest.mark.parametrize("markdown", FOREIGN.values(), ids=FOREIGN)
def test_foreign_markup_is_seen(markdown: str) -> None:
    assert intruders(markdown, HTTP)


@pytest.mark.parametrize("markdown", OWN.values(), ids=OWN)
def test_own_markup_passes(markdown: str) -> None:
    assert intruders(markdown, HTTP) == []


def test_schemes_of_the_article_pass() -> None:
    body = Node("body", [Node("p", [Node("a", ["a"], {"href": "Magnet:x"})])])
    assert intruders("[a](magnet:x)", schemes_of(body)) == []


HOSTILE = (
    '<p>a &lt;img src=x onerror=f()&gt; <b>b</b> <code>c|</code> <a href="/d" title="e">f</a></p>'
    '<p><script type="math/tex">x_1</script></p><script type="math/tex; mode=display">y</script><pre>z</pre>'
)


@pytest.mark.parametrize("flavor", FLAVORS)
def test_a_document_with_a_broken_escape_is_rewritten(flavor: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(inline: InlineText) -> None:
        inline.document.suspicious = True

    rows = tuple(replace(row, apply=broken) if row.name == "opener" else row for row in inline_rows.INLINE_ROWS)
    monkeypatch.setattr(inline_rows, "INLINE_ROWS", rows)
    inline_rows._triggered_rows.cache_clear()  # it remembers the rows
    document = convert(HOSTILE, options=Options(flavor=flavor))
    inline_rows._triggered_rows.cache_clear()
    assert [finding.rule for finding in document.findings].count(RULE) == 1
    for render in RENDERERS.values():
        page = render(document.text)
        assert list(live(page)) == []
        assert "a <img src=x onerror=f()> b c| f" in shown(page)


def test_the_gate_lets_documents_through() -> None:
    assert RULE not in [finding.rule for finding in convert(HOSTILE).findings]
