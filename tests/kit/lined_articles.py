"""Random hostile articles of lines: what begins a block stands where a line begins, in code, formulas and after breaks.

A renderer may see a block where another sees a line of code, of a formula or of a paragraph, and then all that follows
is read anew.  So each line begins as a block could, each container may begin with any block, and blocks of one kind
follow each other.  Saved pages with comments, drawings, cards and odd addresses are tried, too.
"""

from __future__ import annotations

from html import escape
from random import Random

PAYLOADS = (
    "<b onclick=alert(1)>", "<img src=x onerror=alert(1)>", "[a](javascript:alert(1))", "<javascript:alert(1)>", "![a](javascript:x)",
    "{: onclick=\"alert(1)\"}", "<b", "onclick=alert(1)>", "`<b onclick=alert(1)>`", "[a]: javascript:alert(1)", "[a]", "{::nomarkdown}<b onclick=x>{:/}",
    "word", "字", "a | b", "a `|` b", "[^1]", "$x$", "\\", "<!--", "--><b onclick=x>", "</code></pre><b onclick=x>", "http://a.b/<b onclick=x>", "{{< x >}}",
    "{% include x %}", "*a*", "~~b~~", "==c==", "^[<b onclick=x>](javascript:x)", "&lt;b onclick=x&gt;", "a\\", "\\<b onclick=x>", "<b a='", "' onclick=x>",
)  # fmt: skip
STARTS = (
    "", "", "- ", "+ ", "* ", "1. ", "1) ", "12. ", "+\t", "-|", "1.|", "> ", ">", "# ", "## ", "#", "---", "***", "* * *", "===", "- - -", "```", "````", "~~~", "``` x",
    "$$", ": ", ":|", "^", "|", "| - |", "|-|-|", "|=|", "[^1]: ", "[a]: ", "*[a]: ", "{:", "{: x}", "{:x: ", "{::comment}", "<!--", "-->", "<div>", "</div>", "<pre>",
    "<?", "    ", "  ", "\t", " \t- ", "   + ", "- [ ] ", "[ ] ", "[x] ", "&nbsp;", "\\", "\u3000", "\u00a0- ", "\u2028- ", "\x0b- ", "\x0c+ ", "<details>", "{% raw %}",
    "{% endraw %}", ":::", "%%", "<x\n", "***a", "__", "* a\n  - ", "%", "% -", "\n", "\n\n", "+ ```", "- ~~~", "> ```", "1. $$", "-- -", "~~~ ~~~",
)  # fmt: skip
"""What may begin a block in one renderer or in another."""
ADDRESSES = (
    "/x", "#a", "https://a.b/c", "---:x", "1:2", "https://xn--/", "//a.b", "https://[x", "data:image/svg+xml,<svg onload=alert(1)>", "data:image/png;base64,AA", "x y",
    "javascript&colon;alert(1)", "java\nscript:alert(1)", "\x01javascript:alert(1)", "https://a.b/%zz", "https://a.b/%C4%E3", "https://a:99999/", "file:///C:/x", "a:b",
    "https://wiki.example/go?to=javascript:x", "https://wiki.example/tex?q=$<b onclick=x>", "\ufeffjavascript:x", "\ufeff1:x", "vbscript:x", "%6aavascript:x", "https://a.b/x](y", "https://a.b/'\">", "mailto:<b onclick=x>", "https://a.0x1/", "?x=<b>&lt;", "{{x}}",
)  # fmt: skip
DRAWINGS = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0" onclick="alert(1)"/>{}</svg>',
    '<svg viewBox="0 0 9 9"><text>{}</text><a href="javascript:alert(1)"><rect width="9" height="9"/></a></svg>',
    '<svg><foreignObject><b onclick="alert(1)">{}</b></foreignObject><circle r="4" style="fill:url(javascript:x)"/></svg>',
)  # fmt: skip
"""Drawings that hold what must go, around a text."""


class Lines:
    """Writes one article; ``notes`` counts its footnotes."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.notes = 0

    def line(self) -> str:
        """Return the text of a line."""
        parts = [self.random.choice(STARTS)]
        parts += self.random.choices(PAYLOADS, k=self.random.choice((0, 1, 1, 1, 2)))
        return self.random.choice(("", " ")).join(parts) if self.random.random() < 0.3 else "".join(parts)

    def lines(self, most: int = 5) -> str:
        return "\n".join(self.line() for _ in range(self.random.randint(1, most)))

    def address(self) -> str:
        return escape(self.random.choice(ADDRESSES))

    def inline(self, depth: int) -> str:
        """Return inline content of one kind."""
        text = escape(self.line().replace("\n", " "), quote=False)
        match self.random.randrange(14 if depth else 9):
            case 0 | 1 | 2:
                return text
            case 3:
                return "<br>" * self.random.choice((1, 1, 2)) + text
            case 4:
                return f"<code>{escape(self.lines(2))}</code>"
            case 5:
                return f'<script type="math/tex">{self.tex(2)}</script>'
            case 6:
                return f'<img src="{self.address()}" alt="{escape(self.line())}" title="{escape(self.lines(2))}">'
            case 7 if self.notes < 3:
                self.notes += 1
                return f'<sup class="footnote-ref"><a href="#fn{self.notes}" id="fnref{self.notes}">[{self.notes}]</a></sup>'
            case 8:
                return f'<a id="{escape(self.line())}"></a>'
            case 9 | 10 if depth:
                return f'<a href="{self.address()}" title="{escape(self.lines(2))}">{self.inlines(depth - 1)}</a>'
            case _ if not depth:
                return text
            case _:
                tag = self.random.choice(
                    ("b", "i", "del", "sup", "sub", "kbd", "mark", "u", "span", "font", "q", "code")
                )
                return f"<{tag}>{self.inlines(depth - 1)}</{tag}>"

    def inlines(self, depth: int = 2) -> str:
        return "".join(self.inline(depth) for _ in range(self.random.randint(1, 4)))

    def tex(self, most: int) -> str:
        return self.lines(most).replace("</", "< /")

    def code(self) -> str:
        """Return a block of code of several lines."""
        text = escape(self.lines(6), quote=False)
        language = escape(self.random.choice(("", "python", "math", "mermaid", self.line())))
        match self.random.randrange(4):
            case 0:
                return f'<pre><code class="language-{language}">{text}</code></pre>'
            case 1:
                items = "".join(f"<li>{line}</li>" for line in text.split("\n"))
                return (
                    f'<pre class="prettyprint"><code class="{language}"><ol class="hljs-ln">{items}</ol></code></pre>'
                )
            case 2:
                return f'<pre name="code" class="{language}">\n{text}\n\n{escape(self.line())}</pre>'
            case _:
                return f"<pre>{text}</pre>"

    def block(self, depth: int) -> str:
        """Return a block of one kind."""
        match self.random.randrange(16 if depth else 8):
            case 0 | 1:
                return f"<p>{self.inlines()}</p>"
            case 2 | 3:
                return self.code()
            case 4:
                return f'<script type="math/tex; mode=display">{self.tex(5)}</script>'
            case 5:
                level = self.random.randint(1, 6)
                return f"<h{level}>{self.inlines(1)}</h{level}>"
            case 6:
                return self.random.choice(
                    ("<hr>", "<!--more-->", f"<center>{self.inlines(1)}</center>", self.drawing(), "<p></p>")
                )
            case 7:
                caption = f"<figcaption>{self.inlines(1)}</figcaption>" if self.random.random() < 0.7 else ""
                return f'<figure><img src="{self.address()}" alt="{escape(self.line())}">{caption}</figure>'
            case 8 | 9 | 10:
                return "".join(self.list(depth - 1) for _ in range(self.random.choice((1, 1, 2, 3))))
            case 11:
                return f"<blockquote>{self.blocks(depth - 1)}</blockquote>"
            case 12:
                terms = "".join(
                    f"<dt>{self.inlines(1)}</dt><dd>{self.blocks(depth - 1)}</dd>"
                    for _ in range(self.random.randint(1, 2))
                )
                return f"<dl>{terms}</dl>"
            case 13:
                return f"<details><summary>{self.inlines(1)}</summary>{self.blocks(depth - 1)}</details>"
            case _:
                return self.table(depth - 1)

    def list(self, depth: int) -> str:
        """Return a list; its items begin with any block."""
        tag = self.random.choice(("ul", "ul", "ol", "ol", f'ol start="{self.random.choice((0, 3, 9, 99, -1, "x"))}"'))
        box = '<input type="checkbox" checked>' if self.random.random() < 0.15 else ""
        items = [
            box + (self.inlines(1) if self.random.random() < 0.35 else self.blocks(depth))
            for _ in range(self.random.randint(1, 3))
        ]
        return f"<{tag}>{''.join(f'<li>{item}</li>' for item in items)}</{tag[:2]}>"

    def table(self, depth: int) -> str:
        """Return a table with a caption now and then, and cells of inline content or of blocks."""
        caption = f"<caption>{self.inlines(1)}</caption>" if self.random.random() < 0.2 else ""
        rows = "".join(
            "<tr>" + "".join(
                f"<{tag}>{self.inlines(1) if self.random.random() < 0.75 else self.block(min(depth, 1))}</{tag}>"
                for tag in self.random.choices(("td", "td", "th"), k=self.random.randint(1, 3))
            ) + "</tr>"
            for _ in range(self.random.randint(1, 3))
        )  # fmt: skip
        return f"<table>{caption}{rows}</table>"

    def drawing(self) -> str:
        return self.random.choice(DRAWINGS).replace("{}", escape(self.line()))

    def blocks(self, depth: int) -> str:
        return "".join(self.block(max(depth, 0)) for _ in range(self.random.choice((1, 1, 2, 3))))

    def footnotes(self) -> str:
        """Return the footnotes, each of any blocks."""
        items = "".join(
            f'<li id="fn{number}" class="footnote-item">{self.blocks(1)} <a href="#fnref{number}" class="footnote-backref">↩︎</a></li>'
            for number in range(1, self.notes + 1)
        )
        return f'<hr class="footnotes-sep"><section class="footnotes"><ol class="footnotes-list">{items}</ol></section>'

    def article(self) -> str:
        """Return the HTML of an article, now and then as a saved page with comments of readers."""
        body = "".join(self.block(3) for _ in range(self.random.randint(1, 4)))
        if self.notes:
            body += self.footnotes()
        if self.random.random() > 0.1:
            return body
        title = escape(self.line())
        comments = "".join(
            f"<li class='comment-line-box'><a href='{self.address()}'><span class='name'>{escape(self.line())}</span></a>"
            f"<span class='new-comment'>{self.inlines(1)}<span class='date' title='{escape(self.line())}'></span></span></li>"
            for _ in range(2)
        )
        return (
            f"<html><head><title>{title}</title></head><body><h1 class='title-article'>{title}</h1>"
            f"<div id='content_views'>{body}</div><div class='comment-box'><ul>{comments}</ul></div></body></html>"
        )


def lined_article(random: Random) -> str:
    """Return the HTML of an article."""
    return Lines(random).article()
