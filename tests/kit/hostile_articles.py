"""Random hostile articles: text, attributes, code, formulas and titles that try to become markup when rendered.

An article is HTML.  Its blocks and inline content are of every kind that the vocabulary has, nested at random; its
words are pieces of markup (of HTML, CommonMark, GFM, kramdown, goldmark and template engines) that one block, one
line or one attribute begins and another may complete.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape
from random import Random
from typing import Any

from tests.kit.grammar_articles import grammar_article
from tests.kit.lined_articles import lined_article
from tests.kit.paired_articles import paired_article
from tests.kit.spliced_articles import spliced_article
from tests.kit.vectors import VECTORS

PIECES: tuple[str, ...] = (
    "<img src=x", "<img src=x onerror=alert(1)>", "<x", "<x a=\"", "<p", "<div", "<名", "<_", "<:", "<a:b", "</x>", "</",
    "<", ">", "/>", "<!", "<!--", "-->", "<!-->", "<?", "?>", "<![CDATA[", "]]>", "<!DOCTYPE", "<script>alert(1)</script>",
    "<script>", "</script>", "<style>", "<svg onload=alert(1)>", "<iframe src=javascript:alert(1)>", "<textarea>",
    "<img src=\"x\" onerror=\"alert(1)\">", "<b onclick=\"alert(1)\">", "<b onclick=\"alert(1)\"/>", "<p onclick=\"alert(1)\">",
    "<pre>", "<details ontoggle=alert(1) open>", "<sup onclick=alert(1)>", "<kbd onclick=alert(1)>", "</sup>", "</kbd>",
    " onerror=alert(1)", " onclick=\"alert(1)\"", " onmouseover='alert(1)' ", " style=\"x\"", " a=\"", "=\"", "\"", "'",
    "`", "``", "```", "~~~", "~~", "~", "*", "**", "_", "__", "***",
    "{: onclick=\"alert(1)\"", "{: onclick=\"alert(1)\"}", "{:", "{:x: onclick=\"alert(1)\"}", "{: x}", "{:x}",
    "{::nomarkdown}", "{:/nomarkdown}", "{:/}", "{::comment}", "{:/comment}", "{::options parse_block_html=\"true\" /}",
    "{::", "{", "}", "{#a onclick=alert(1)}", "{style=\"x\"}", "{onclick=\"alert(1)\"}", "{.a onclick=x}",
    "$", "$$", "\\", "\\\\", "\\(", "\\)", "\\[", "\\]",
    "[", "]", "![", "](", "](javascript:alert(1))", "[a](javascript:alert(1))", "[a]: javascript:alert(1)", "[a]:", "[a]",
    "[a][]", "[b][a]", "]: javascript:alert(1)", "[^1]: ", "[^1]", "^[", "*[a]: ", "*[", "javascript:alert(1)",
    "<javascript:alert(1)>", "<javascript:alert(1)//", "<data:text/html,x>", "<mailto:a@b.c>", "<a@b.c>", "(", ")",
    "&lt;", "&#60;", "&#x3c;", "&lt;img src=x onerror=alert(1)&gt;", "&", "&amp;", ";", "&#96;", "&colon;",
    "|", "||", "|-|", "| --- |", "---", "===", "- ", "+ ", "1. ", "> ", "# ", ": ", ":", "    ", "^", "!", "#", "=", "<br>",
    "http://a.b/", "www.a.b", "==", "%%", "{{", "}}", "{%", "%}", "{{<", ">}}", "{{%", "{#", "<!--more-->", "{% raw %}",
    "中", "文 ", "a", "b ", "1", " ", " ", "\u00a0", "\u200b", "，", "。", "\t", "\x0c", "\u2028",
)  # fmt: skip
PUBLISHED = tuple(vector for vectors in VECTORS.values() for vector in vectors)
ADDRESSES = ("/x", "#a", "https://a.b/c", "javascript:alert(1)", "data:text/html,<script>alert(1)</script>")
FLAVORS_OF_ATTACKS = (
    *(
        "gfm",
        "gfm",
        "gfm",
        "commonmark",
        "jekyll",
        "jekyll",
        "hugo",
        "hugo",
        "hugo-legacy",
        "hexo",
        "obsidian",
        "github",
    ),
)
OWN_SITE = {
    "name": "wiki",
    "redirects": [{"address": "wiki.example/go", "field": "to"}],
    "equation-servers": [{"address": "wiki.example/tex?", "field": "q"}],
}
"""Rows of a site of one's own, which unwrap addresses and formulas."""
SETTINGS_OF_ATTACKS: Mapping[str, tuple[Any, ...]] = {
    "strong_em_symbol": ("_",),
    "newline_style": ("backslash",),
    "heading_style": ("atx_closed", "underlined"),
    "bullets": ("*", "+-"),
    "toc": ("keep",),
    "code_language": ("text",),
    "guess_language": (True,),
    "comments": ("section",),
    "title_heading": (True,),
    "sites": ((OWN_SITE,),),
}
"""Options that some articles are converted with."""
PLAIN_TAGS = ("b", "i", "del", "sup", "sub", "kbd", "mark", "u", "span")
BLOCK_TAGS = ("blockquote", "div", "center")


@dataclass(frozen=True)
class Attack:
    """One article, the flavor that it is converted for, and other options."""

    html: str
    flavor: str
    settings: Mapping[str, Any] = field(default_factory=dict)


class Writer:
    """Writes articles from one source of random numbers."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def words(self, most: int = 5) -> str:
        """Return hostile text."""
        if self.random.random() < 0.04:
            return self.random.choice(PUBLISHED)[:300]
        return "".join(self.random.choices(PIECES, k=self.random.randint(1, most)))

    def attribute(self) -> str:
        return escape(self.words(3))

    def address(self) -> str:
        return escape(self.random.choice(ADDRESSES) + (self.words(2) if self.random.random() < 0.5 else ""))

    def formula(self, *, display: bool = False) -> str:
        """Return a formula in one of the forms that pages have."""
        tex = self.words(4)
        match self.random.randrange(3):
            case 0 if "</script" not in tex.lower():
                return f'<script type="math/tex{"; mode=display" if display else ""}">{tex}</script>'
            case 1:
                return f'<img src="https://latex.csdn.net/eq?{escape(tex)}">'
            case _:
                mode = "katex--display" if display else "katex"
                return f'<span class="{mode}"><span class="katex-mathml">x\n \n{escape(tex)}</span></span>'

    def inline(self, depth: int = 2) -> str:
        """Return one inline thing."""
        choice = self.random.randrange(13 if depth else 9)
        if choice < 5:
            return escape(self.words(), quote=False)
        if choice == 5:
            return f"<code>{escape(self.words(4))}</code>"
        if choice == 6:
            return self.formula()
        if choice == 7:
            return f'<img src="{self.address()}" alt="{self.attribute()}" title="{self.attribute()}">'
        if choice == 8:
            return self.random.choice(("<br>", self.words(1), f'<a id="{self.attribute()}"></a>'))
        if choice == 9:
            return f'<a href="{self.address()}" title="{self.attribute()}">{self.line(depth - 1)}</a>'
        tag = self.random.choice(PLAIN_TAGS)
        return f"<{tag}>{self.line(depth - 1)}</{tag}>"

    def line(self, depth: int = 2) -> str:
        """Return inline content."""
        return "".join(self.inline(depth) for _ in range(self.random.randint(1, 4)))

    def block(self, depth: int = 2) -> str:
        """Return one block."""
        choice = self.random.randrange(17 if depth else 12)
        if choice < 7:
            return f"<p>{self.line()}</p>"
        if choice == 7:
            level = self.random.randint(1, 6)
            return f"<h{level}>{self.line()}</h{level}>"
        if choice == 8:
            return f'<pre><code class="language-{self.attribute()}">{escape(self.words(8))}</code></pre>'
        if choice == 9:
            return self.table()
        if choice == 10:
            return self.formula(display=True)
        if choice == 11:
            return self.random.choice(
                ("<hr>", self.words(2), f"<details><summary>{self.line()}</summary>{self.line()}</details>")
            )
        if choice in (12, 13):
            items = "".join(f"<li>{self.content(depth)}</li>" for _ in range(self.random.randint(1, 3)))
            return f"<ol>{items}</ol>" if choice == 12 else f"<ul>{items}</ul>"
        if choice == 14:
            return f"<dl><dt>{self.line()}</dt><dd>{self.content(depth)}</dd></dl>"
        if choice == 15:
            return (
                f'<p>a<sup class="footnote-ref"><a href="#fn1">1</a></sup></p>'
                f'<ol><li id="fn1" class="footnote-item">{self.line()}</li></ol>'
            )
        tag = self.random.choice(BLOCK_TAGS)
        return f"<{tag}>{self.content(depth)}</{tag}>"

    def content(self, depth: int) -> str:
        """Return what an item or a quote holds."""
        if self.random.random() < 0.5:
            return self.line()
        return "".join(self.block(depth - 1) for _ in range(self.random.randint(1, 2)))

    def table(self) -> str:
        """Return a table, now and then one that no pipe table can hold."""
        span = ' colspan="2"' if self.random.random() < 0.15 else ""
        rows = [
            "".join(f"<td{span}>{self.line(1)}</td>" for _ in range(self.random.randint(1, 3)))
            for _ in range(self.random.randint(1, 3))
        ]
        return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"

    def article(self) -> str:
        """Return the HTML of an article."""
        return "".join(self.block() for _ in range(self.random.randint(1, 5)))


def hostile_article(random: Random) -> str:
    """Return the HTML of an article."""
    return Writer(random).article()


GENERATORS: Mapping[str, Callable[[Random], str]] = {
    "hostile": hostile_article,
    "grammar": grammar_article,
    "spliced": spliced_article,
    "lined": lined_article,
    "paired": paired_article,
}
"""The generators of articles, which have nothing in common."""


def attack(seed: int) -> Attack:
    """Return the article of a seed; seeds take the generators in turn."""
    random = Random(seed)
    flavor = random.choice(FLAVORS_OF_ATTACKS)
    article = list(GENERATORS.values())[seed % len(GENERATORS)](random)
    settings = {name: random.choice(values) for name, values in SETTINGS_OF_ATTACKS.items() if random.random() < 0.06}
    return Attack(article, flavor, settings)
