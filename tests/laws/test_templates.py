"""Template tags in an article, wherever they stand, are text to the engine that reads the Markdown, and to readers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape
from types import MappingProxyType

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options as CmarkOptions

from converter import convert
from converter.options import Options
from tests.kit.harmless import shown
from tests.kit.vectors import POSITIONS, SHOWN, as_text

WORDS = """{{ a }}|{{- a -}}|{% a %}|{%- if a -%}|{# a #}|{{< a >}}|{{< a >}}b{{< /a >}}|{{% a %}}|{{</* a */>}}|{{%/* a */%}}
{{< a|{{<a|{{% a|{{ a|{% a|{# a|{{{ a }}}|{%% a %%}|}} {{|%} {%|{%{% a %}%}|{ {% a|{{/* a */}}|{% raw %} {% endraw %}
{% endraw|{% endraw %}{{ a }}|<!--more-->|<!--more--> {{< a >}}|{{$ a|{{$ a }}""".replace("\n", "|").split("|")


def _parted(text: str) -> str:
    """Text as CSDN serves it: a comment behind each brace."""
    return escape(text).replace("{", "{<!-- -->")


_SPANNED = "<table><tr><td colspan=2>{}</td></tr><tr><td>a</td><td>b</td></tr></table>"
_MORE = {
    "block cell": "<table><tr><td>a</td><td><ul><li>{0}</li></ul><pre>{0}</pre></td></tr><tr><td>b</td><td>c</td></tr></table>",
    "code in a spanned cell": _SPANNED.format("<code>{}</code>"),
    "code in a cell": "<table><tr><td>a</td><td><code>{}</code></td></tr><tr><td>b</td><td>c</td></tr></table>",
    "raised": "<p>a<sup>{0}</sup><sub>{0}</sub><mark>{0}</mark><u>{0}</u></p>",
    "code in bold": "<p>a <b><code>{}</code></b></p>",
    "anchor": '<p>a <a id="t">{}</a> <a href="#t">b</a></p>',
    "code in a quote": "<blockquote><pre>{}\n\nb</pre></blockquote>",
    "code in an item": "<ol><li><p>a</p><pre>{}\n\nb</pre></li></ol>",
    "code that begins an item": "<p>a</p><ul><li><pre>{}\n\nb</pre></li></ul>",
    "beside a formula": '<p>{} <script type="math/tex">x</script></p>',
    "code in details": "<details><summary>a</summary><pre>{}\n\nb</pre></details>",
    "code in a note": '<p>a<sup class="footnote-ref"><a href="#fn1">1</a></sup></p><ol><li id="fn1" class="footnote-item">'
    "<p>b</p><pre>{}\n\nc</pre></li></ol>",
}
PLACES: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        **{name: POSITIONS[name] for name in POSITIONS if not name.startswith("markup")},
        **{name: as_text(frame) for name, frame in _MORE.items()},
        "braces parted": lambda text: f"<p>{_parted(text)}</p>",
        "braces parted, in a spanned cell": lambda text: _SPANNED.format(_parted(text)),
        "braces parted, in a kbd": lambda text: f"<p>a <kbd>{_parted(text)}</kbd></p>",
    }
)
"""A document for a text, by where it stands."""
READ = (*SHOWN, *(name for name in PLACES if name not in POSITIONS))
"""Places in which the reader must see the text."""

_LIQUID = re.compile(r"\{% raw %\}(.*?)\{% endraw %\}|\{\{ \"(\{[{%])\" \}\}|(\{[{%])", re.DOTALL)
_SHORTCODES = re.compile(r"\{\{(<|%)/\*((?:(?!/\*).)*?)\*/(>|%)\}\}|(\{\{[<%]|<!--more-->)", re.DOTALL)
_NUNJUCKS = re.compile(r"(?s:^([ >\d.-]*)(`{3,}|~{3,})[^`\n]*\n.*?\n[ >]*\2$)|(\{[{%#])", re.MULTILINE)
"""Tags that the engine would read; the last group matches those that the converter must not leave."""


def liquid(text: str) -> str:
    """Return what Liquid makes of text whose only tags are those that the converter writes."""
    return _LIQUID.sub(lambda found: _unless_live(found) or found[1] or found[2] or "", text)


def shortcodes(text: str) -> str:
    """Return what Hugo makes of text: shortcodes in a comment lose the comment."""
    return _SHORTCODES.sub(lambda found: _unless_live(found) or f"{{{{{found[1]}{found[2]}{found[3]}}}}}", text)


def nunjucks(text: str) -> str:
    """Return what Nunjucks makes of text in Hexo, which takes code blocks out first."""
    return _NUNJUCKS.sub(lambda found: _unless_live(found) or found[0], text)


def _unless_live(found: re.Match[str]) -> str:
    live = found[found.re.groups]
    assert not live, f"{live} in {found.string!r}"
    return ""


ENGINES: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {"jekyll": liquid, "hugo": shortcodes, "hugo-legacy": shortcodes, "hexo": nunjucks}
)
_OPTIONS = CmarkOptions.CMARK_OPT_UNSAFE | CmarkOptions.CMARK_OPT_FOOTNOTES


def render(markdown: str) -> str:
    return str(cmarkgfm.markdown_to_html_with_extensions(markdown, _OPTIONS, extensions=["table", "strikethrough"]))


@pytest.mark.parametrize("position", PLACES)
@pytest.mark.parametrize("flavor", ENGINES)
def test_no_engine_finds_a_tag(flavor: str, position: str) -> None:
    for words in WORDS:
        markdown = convert(PLACES[position](words), options=Options(flavor=flavor)).text
        html = render(ENGINES[flavor](markdown))
        if position in READ:
            assert "".join(words.split()) in "".join(shown(html).split()), markdown


@pytest.mark.parametrize("flavor", ENGINES)
def test_the_engines_find_tags(flavor: str) -> None:
    with pytest.raises(AssertionError, match="in "):
        ENGINES[flavor]("a\n\n```\nb\n```\n\n{{< c >}}\n")
