"""Builders of hostile documents, by shape; a document of any size has the same shape."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeAlias

Build: TypeAlias = Callable[[int], str]
"""Takes a size in bytes and returns a document of about that size."""


def repeated(unit: str, before: str = "", after: str = "") -> Build:
    """Return a builder that repeats a unit."""
    return lambda size: before + unit * (size // len(unit.encode())) + after


def nested(opening: str, closing: str = "", core: str = "core") -> Build:
    """Return a builder that nests elements, closed again or not."""
    step = len((opening + closing).encode())
    return lambda size: opening * (size // step) + core + closing * (size // step)


def numbered(unit: str, before: str = "", after: str = "") -> Build:
    """Return a builder that repeats a unit with a running number in the place of ``{}``."""

    def build(size: int) -> str:
        count = size // (len(unit.encode()) + 5 * unit.count("{}"))
        return before + "".join([unit.replace("{}", str(n)) for n in range(count)]) + after

    return build


def _notes(size: int) -> str:
    count = size // 160
    marks = [f'<p>w<sup class="footnote-ref"><a href="#fn{n}" id="fnref{n}">[{n}]</a></sup></p>' for n in range(count)]
    items = [f'<li id="fn{n}" class="footnote-item"><p>note {n}</p></li>' for n in range(count)]
    return f"{''.join(marks)}<section><ol>{''.join(items)}</ol></section>"


def _anchors(size: int) -> str:
    count = size // 60
    links = [f'<a href="#t{n}">go</a> ' for n in range(count)]
    return f"<p>{''.join(links)}</p>" + "".join([f'<h2 id="t{n}">head</h2>' for n in range(count)])


def _wide_table(size: int) -> str:
    """Return a table of ten rows and as many columns as the size allows."""
    return f"<table>{('<tr>' + '<td>cell</td>' * (size // 130) + '</tr>') * 10}</table>"


def _deep_mix(size: int) -> str:
    """Return many trees of the depth that is kept: slow for code that walks ancestors or descendants of each node."""
    tree = "<div><span>" * 120 + "x" + "</span></div>" * 120
    return tree * (size // len(tree))


NESTED: Mapping[str, Build] = {
    **{f"nested {tag}": nested(f"<{tag}>", f"</{tag}>") for tag in "div span blockquote b font p pre code kbd".split()},
    **{f"unclosed {tag}": nested(f"<{tag}>") for tag in "div b a p li td table pre textarea select option".split()},
    "nested ul": nested("<ul><li>", "</li></ul>"),
    "nested bare ul": nested("<ul>", "</ul>"),
    "nested ul, words": nested("<ul><li>word ", "</li></ul>"),
    "nested ol": nested("<ol><li>", "</li></ol>"),
    "nested table": nested("<table><tr><td>", "</td></tr></table>"),
    "nested filled table": nested("<table><tr><td>a</td><td>", "</td></tr></table>"),
    "nested dl": nested("<dl><dt>t</dt><dd>", "</dd></dl>"),
    "nested details": nested("<details><summary>s</summary>", "</details>"),
    "nested sup": nested("<sup>", "</sup>"),
    "nested i, words": nested("<i>word <b>", "</b> word</i>"),
    "nested a, b, i": nested('<a href="/x"><b><i>', "</i></b></a>"),
    "nested styled span": nested('<span style="font-weight:bold">a', "</span>"),
    "nested katex": nested('<span class="katex">', "</span>"),
    "nested pre, spans": lambda size: "<pre>" + nested("<span class='token x'>", "</span>")(size) + "</pre>",
    "nested pre, divs": lambda size: "<pre>" + nested("<div>", "</div>")(size) + "</pre>",
    "open tag below div": lambda size: "<div>" * 3000 + "<" + "a" * max(size - 15000, 1),
    "nested headings": nested("<h1>a", "</h1>"),
    "many deep trees": _deep_mix,
}
SIBLINGS: Mapping[str, Build] = {
    **{
        f"siblings {name}": repeated(unit)
        for name, unit in {
            "p": "<p>a</p>",
            "div": "<div>a</div>",
            "empty div": "<div></div>",
            "span": "<span>a</span>",
            "b": "<b>a</b>",
            "b apart": "<b>a</b> b ",
            "i in word": "<i>a</i>b",
            "del": "<del>a</del>b",
            "strong, punctuation": "<strong>a：</strong>b",
            "code": "<code>a</code> ",
            "touching code": "<code>a</code>",
            "kbd": "<kbd>a</kbd>",
            "link": '<a href="/x">a</a>',
            "link apart": '<a href="/x">a</a> b ',
            "empty link": '<a href="/x"></a>',
            "linked brackets": '<a href="/x">[a</a>] ',
            "image": '<img src="/x.png">',
            "image apart": '<img src="/x.png"> b ',
            "sup": "<sup>a</sup>",
            "br": "<br>",
            "br words": "a<br>",
            "br in b": "<b>a<br></b>",
            "hr": "<hr>",
            "h2": "<h2>a</h2>",
            "quote": "<blockquote>a</blockquote>",
            "li": "<li>a</li>",
            "ul": "<ul><li>a</li></ul>",
            "pre": "<pre>a</pre>",
            "dl": "<dl><dt>a</dt><dd>b</dd></dl>",
            "details": "<details><summary>a</summary>b</details>",
            "table": "<table><tr><td>a</td><td>b</td></tr></table>",
            "script": "<script>a</script>",
            "svg": "<svg><path/></svg>",
            "comment": "<!--a-->",
            "stray end": "</div>",
            "stray end p": "a</p>",
            "iframe": '<iframe src="//a.b/c"></iframe>',
            "styled": '<span style="font-weight:700">a</span> ',
            "anchor": '<a name="x"></a>',
            "checkbox": '<li><input type="checkbox" class="task-list-item-checkbox">a</li>',
            "unknown": "<x-y>a</x-y>",
            "dd alone": "<dd>a",
            "failed transfer": "[外链图片转存失败(img-a)(https://a.b/c)]",
            "half transfer": "[外链图片转存失败",
            "katex": '<span class="katex"><span class="katex-mathml">a\n \nx</span></span> ',
            "display formula": '<span class="katex--display"><span class="katex-mathml">a\n \nx</span></span>',
            "mathjax": '<script type="math/tex">x</script> ',
            "formula image": '<img src="https://latex.csdn.net/eq?x%5E2"> ',
            "dead link": '<a href="javascript:x">a</a>',
        }.items()
    },
    "ul, children without li": repeated("<ul>a</ul>", "<ul><li>x</li>", "</ul>"),
    "li, words": repeated("<li>a</li>b", "<ul>", "</ul>"),
    "br in heading": repeated("a<br>", "<h2>", "</h2>"),
    "p in heading": repeated("<p>a</p>", "<h2>", "</h2>"),
    "p in summary": repeated("<p>a</p>", "<details><summary>", "</summary></details>"),
    "p in cell": repeated("<p>a</p>", "<table><tr><td>x</td><td>", "</td></tr></table>"),
    "br in cell": repeated("a<br>", "<table><tr><td>x</td><td>", "</td></tr></table>"),
    "summaries": repeated("<summary>a</summary>", "<details>", "</details>"),
    "terms": repeated("<dt>a</dt>", "<dl>", "</dl>"),
    "lines in pre": repeated("<div>a</div>", "<pre>", "</pre>"),
    "empty lines in pre": repeated("<div></div>", "<pre>", "</pre>"),
    "tokens in pre": repeated('<span class="token x">a</span> ', "<pre>", "</pre>"),
    "images in pre": repeated('<img src="/x.png">a', "<pre>", "</pre>"),
    "items of code": repeated("<li>a</li>", '<pre><ol class="linenums">', "</ol></pre>"),
    "lines of code": repeated('<div class="line">a</div>', '<div class="lines">', "</div>"),
    "code in b, i": repeated("<b>a<code>b</code></b><i>c</i>", "<p>", "</p>"),
    "overlap b, i": repeated("<b>a<i>b</b>c</i>"),
    "quote of p": repeated("<p>a</p>", "<blockquote>" * 30, "</blockquote>" * 30),
    "items 30 deep": repeated("<li>a</li>", "<ul><li>" * 30 + "<ul>", "</ul>" + "</li></ul>" * 30),
    "toc": repeated('<div class="toc"><ul><li><a href="#a">a</a></li></ul></div>'),
    "words as rows": repeated("word", "<table>", "</table>"),
}
TEXT: Mapping[str, Build] = {
    **{
        f"text {name}": repeated(unit, "<p>", "</p>")
        for name, unit in {
            "letters": "a",
            "words": "word ",
            "lines": "word\n",
            "blanks": " ",
            "line ends": "\n",
            "CJK": "字",
            "astral": "😀",
            "combining": "\u0301",
            "zero width": "\u200b",
            "nbsp": "\xa0",
            "bidi": "\u202e\u202c",
            "private": "\ue000",
            "backtick": "`",
            "asterisk": "*",
            "underscore": "_",
            "tilde": "~",
            "open bracket": "[",
            "close bracket": "]",
            "brackets": "[]",
            "dollar": "$",
            "pipe": "|",
            "backslash": "\\",
            "ampersand": "&",
            "less": "< ",
            "bare less": "<",
            "less, escaped": "&lt;",
            "greater": ">",
            "brace": "{",
            "braces": "{{",
            "caret": "^",
            "hash": "#",
            "bang": "!",
            "colon": ":",
            "dash": "-",
            "plus": "+",
            "equals": "=",
            "digit": "1",
            "dot": ".",
            "paren": "(",
            "quote": '"',
            "backtick apart": "` ",
            "asterisk apart": "*a ",
            "asterisk words": "a*b",
            "asterisk close": "a* ",
            "underscore apart": "_a ",
            "asterisks 1 2 3": "*a **b ***c ",
            "asterisk both": "a*b*c ",
            "tilde apart": "~a ",
            "tildes apart": "~~a ",
            "dollar apart": "$a",
            "dollars apart": "$$ a",
            "pipe lines": "a|b\n",
            "bracket paren": "[a](",
            "paren brackets": "](a)[",
            "footnote": "[^a]",
            "footnote open": "[^a",
            "caret bracket": "^[",
            "image": "![a](b)",
            "link": "[a](b) ",
            "task": "[ ] ",
            "reference": "[a]: b\n",
            "abbreviation": "*[a]: b\n",
            "tag": "&lt;a&gt;",
            "tag open": "&lt;a ",
            "tag attribute": '&lt;a b="',
            "comment open": "&lt;!-- ",
            "cdata open": "&lt;![CDATA[",
            "instruction": "&lt;?a ",
            "autolink": "&lt;http://a ",
            "autolink mail": "&lt;a@b",
            "mail open": "&lt;a",
            "tag colon": "&lt;a:b:",
            "entity": "&amp;amp;",
            "entity open": "&amp;a",
            "entity number": "&#65;",
            "entity flood": "&nbsp;",
            "entity unknown": "&zzz;",
            "entity huge": "&#x110000;",
            "entity surrogate": "&#xd800;",
            "address": "http://a.b ",
            "address long": "http://a.b/*",
            "www": "www.a.b ",
            "www dots": "www.",
            "attribute list": "{:a}",
            "attribute open": "{:a",
            "liquid": "{{ a }}",
            "liquid tag": "{% a %}",
            "shortcode": "{{< a >}}",
            "transfer": "外链图片转存",
            "line heading": "# a\n",
            "line list": "- a\n",
            "line number": "1. a\n",
            "runs of backticks": "``` `` ` ",
            "long number": "1234567890",
            "colon slash": "://",
            "backslash star": "\\*",
            "artid": "artid",
            "toc": "[TOC]\n",
            "less letter": "<a<",
            "less slash": "</",
            "less bang": "<!",
            "less question": "<?",
        }.items()
    },
    **{
        f"cell {name}": repeated(unit, "<table><tr><td>x</td><td>", "</td></tr></table>")
        for name, unit in {
            "pipe": "|",
            "backtick": "`",
            "asterisk": "*",
            "bracket": "[",
            "backslash": "\\",
            "less": "&lt;a ",
        }.items()
    },
    **{
        f"linked {name}": repeated(unit, '<a href="/x">', "</a>")
        for name, unit in {
            "bracket": "[",
            "close bracket": "]",
            "asterisk": "*a ",
            "backtick": "` ",
            "tilde": "~~a ",
            "caret": "[^a",
        }.items()
    },
    **{
        f"bold {name}": repeated(unit, "<b>x", "x</b>")
        for name, unit in {
            "asterisk": "*",
            "asterisk apart": "*a ",
            "asterisk both": "a*b ",
            "underscore": "_a ",
            "tilde": "~a ",
            "punctuation": "。",
            "blanks": "\xa0",
            "colon": "：a",
        }.items()
    },
    **{
        f"heading {name}": repeated(unit, "<h2>", "</h2>")
        for name, unit in {"hash": "#", "hash apart": "# ", "brace": "{a ", "brace open": " {#a", "words": "a "}.items()
    },
    **{
        f"code {name}": repeated(unit, "<p>a <code>", "</code> b</p>")
        for name, unit in {"backtick": "`", "backticks": "` `` ", "less": "&lt;", "words": "a "}.items()
    },
    **{
        f"pre {name}": repeated(unit, "<pre>", "</pre>")
        for name, unit in {
            "backtick": "`",
            "fences": "```\n",
            "lines": "a\n",
            "blanks": " ",
            "line ends": "\n",
            "braces": "{{",
        }.items()
    },
    "item of lines": repeated("a<br>", "<ul><li>", "</li></ul>"),
    "item of rules": repeated("***<br>", "<ul><li><p>a</p>", "</li></ul>"),
    "item of code": repeated("a\n\n", "<ul><li><pre>", "</pre></li></ul>"),
    "item of stars": repeated("* ", "<ul><li><pre>a\n\n", "</pre></li></ul>"),
    "title": repeated("a ", '<a href="/x" title="', '">x</a>'),
    "title, references": repeated("&amp;amp;", '<a href="/x" title="', '">x</a>'),
    "address": repeated("(", '<a href="/', '">x</a>'),
    "address, references": repeated("&amp;amp;", '<a href="/', '">x</a>'),
    "address, controls": repeated("\u200b", '<a href="/x', '">x</a>'),
    "address, scheme": repeated("a", '<a href="', '">x</a>'),
    "address, redirect": repeated("target=", '<a href="https://link.csdn.net/?', '">x</a>'),
    "address, percent": repeated("%41", '<a href="#', '">x</a>'),
    "alt": repeated("](a ", '<img src="/x" alt="', '">'),
    "image of oss": repeated("?x-oss-process=", '<img src="/x', '">'),
    "image size": repeated(" =1x", '<img src="/x', '">'),
    "image tex": repeated("&amp;plus;", '<img src="https://latex.csdn.net/eq?', '">'),
    "image data": repeated("A", '<img src="data:image/png;base64,', '">'),
    "formula": repeated("x + ", '<span class="katex"><span class="katex-mathml">a\n \n', "</span></span>"),
    "formula, blank lines": repeated(
        "x\n \n", '<span class="katex"><span class="katex-mathml">a\n \n', "</span></span>"
    ),
    "style": repeated("font-weight ", '<p style="', '">x</p>'),
    "style spaces": repeated(" ", '<p style="font-weight', '">x</p>'),
    "class": repeated("a ", '<p class="', '">x</p>'),
    "language": repeated("lang-", '<pre class="', '">x</pre>'),
    "brush": repeated("brush: ", '<pre class="', '">x</pre>'),
}
WHOLE: Mapping[str, Build] = {
    "attributes": numbered(' a{}="x"', "<p", ">x</p>"),
    "classes": numbered('<p class="c{}">x</p>'),
    "ids": numbered('<p id="i{}">x</p>'),
    "anchors": _anchors,
    "footnotes": _notes,
    "permalinks": repeated('<a href="#x">#</a>', '<h2 id="a">t', "</h2>"),
    "code in a line": repeated("*<code>*a</code>", "<p>", "</p>"),
    "brackets around a link": nested("[", "]", '<a href="/x">a</a>'),
    "harmful code in a line": repeated("a <code>&lt;b></code>", "<p>", "</p>"),
    "table rows": repeated("<tr><td>a</td><td>b</td></tr>", "<table>", "</table>"),
    "table rows, pipes": repeated("<tr><td>a|b</td><td>`c`</td></tr>", "<table>", "</table>"),
    "table rows, lists": repeated("<tr><td>a</td><td><ul><li>b</li></ul></td></tr>", "<table>", "</table>"),
    "table spans": repeated("<tr><td colspan=1000 rowspan=1000>a</td><td>b</td></tr>", "<table>", "</table>"),
    "table ragged": numbered("<tr><td>a</td><td>b</td></tr>", "<table><tr>" + "<td>x</td>" * 100 + "</tr>", "</table>"),
    "table columns": _wide_table,
    "table groups": repeated("<tbody><tr><td>a</td><td>b</td></tr></tbody>", "<table>", "</table>"),
    "gutter table": repeated(
        "<br>", '<table><tr><td class="gutter">1</td><td class="code"><pre>', "</pre></td></tr></table>"
    ),
    "hljs-ln": repeated(
        '<tr><td class="hljs-ln-numbers">1</td><td class="hljs-ln-code">a</td></tr>',
        '<pre><code><table class="hljs-ln">',
        "</table></code></pre>",
    ),
    "prettified p": repeated("<p>\n word\n <b>\n  x\n </b>\n</p>\n"),
    "prettified b": repeated("<b>\n a\n</b>\n", "<p>\n x\n</p>\n" * 10 + "<p>\n", "</p>"),
    "prettified nested": nested("<div>\n<p>\n a\n</p>\n", "</div>\n"),
    "prettified braces": repeated("{\n <!-- -->\n", "<p>\n x\n</p>\n" * 10 + "<p>\n", "</p>"),
    "front matter": repeated("a: b\n", "---\n", "---\n<p>x</p>"),
    "front matter, keys": numbered("k{}: 1\n", "---\n", "---\n<p>x</p>"),
    "front matter, blanks": repeated(" ", "---\na", "\nb: 1\n---\n<p>x</p>"),
    "front matter, block of blanks": repeated(" ", "---\nx: |\n  a", "b\n---\n<p>x</p>"),
    "front matter, open": repeated("a: b\n", "---\n"),
    "front matter, nested": repeated("[", "---\ntitle: ", "\n---\n<p>x</p>"),
    "front matter, aliases": repeated("- &a [*a]\n", "---\nx:\n", "---\n<p>x</p>"),
    "markdown": repeated("# a\n\nb **c** `d`\n", "---\ntitle: x\n---\n"),
    "markdown fences": repeated("```\n<div>\n", "---\ntitle: x\n---\n"),
    "markup, raw": repeated("<pre>", "---\ntitle: x\n---\n<p>"),
    "lead comments": repeated("<!-- a", "", ""),
    "lead instructions": repeated("<?a ", "", ""),
    "lead blanks": repeated(" \n", "", "<p>x</p>"),
    "wrapper ids": repeated("<div id=", "---\ntitle: x\n---\n"),
    "wrapper attributes": repeated('<div class="a" ', "---\ntitle: content_views\n---\ncontent_views <div "),
    "wrapper class": repeated("a ", '<div class="content_views_ ', '"><p>x</p></div>'),
    "page": repeated(
        "<p>a</p>", '<html><head><title>x</title></head><body><div id="content_views">', "</div></body></html>"
    ),
    "page, empty roots": repeated('<div id="content_views"></div>', "<html><body>", "</body></html>"),
    "page, metas": repeated('<meta name="a" content="b">', "<html><head>", "</head><body><p>x</p></body></html>"),
    "page, tag metas": repeated('<meta property="article:tag" content="b">', "<html><head>", "</head><p>x</p></html>"),
    "page, tag links": numbered(
        '<a class="tag-link" href="/category_{}">t{}</a>', "<html><body><article>x</article>", "</body></html>"
    ),
    "page, script": repeated("a = 'b", "<html><head><script>", "</script></head><body><p>x</p></body></html>"),
    "page, script names": repeated("var ", "<html><head><script>", "=</script></head><body><p>x</p></body></html>"),
    "page, script letters": repeated("a", "<html><head><script>=", "</script></head><body><p>x</p></body></html>"),
    "page, json": repeated(
        "[", '<html><head><script type="application/ld+json">', "</script></head><body><p>x</p></body></html>"
    ),
    "page, title": repeated("_a", "<html><head><title>", "-CSDN博客</title></head><body><p>x</p></body></html>"),
    "page, title blanks": repeated(" ", "<html><head><title>a", "-b</title></head><body><p>x</p></body></html>"),
    "page, keywords": repeated(
        "a ,", '<html><head><meta name="keywords" content="', '"></head><body><p>x</p></body></html>'
    ),
    "page, dates": repeated("2011-1-1 ", '<html><body><div class="up-time">', "</div><p>x</p></body></html>"),
    "page, date blanks": repeated(" ", '<html><body><span class="time">于', "</span><p>x</p></body></html>"),
    "artid markers": repeated('<p class="artid" alt="68:74:74:70">x</p>'),
    "artid hex": repeated("61:", '<p class="artid" alt="', '"></p><p>x</p>'),
    "artid words": repeated('<p class="a" ', "", "artid"),
    "artid attributes": repeated("<p artid class_=", "", ""),
    "first heading": repeated('<h1 id="articleContentId">a</h1>'),
    "stray lead": repeated("a ", "---\ntitle: x\n---\n", '<div id="content_views">b</div>'),
    "stray addresses": repeated("https://blog.csdn.net/a/", "---\ntitle: x\n---\n", '<div id="content_views">b</div>'),
    "copyright note": repeated("https://blog.csdn.net/", '<div id="content_views"><p>x</p></div>'),
}

SHAPES: Mapping[str, Build] = MappingProxyType({**NESTED, **SIBLINGS, **TEXT, **WHOLE})
"""All shapes by name."""
