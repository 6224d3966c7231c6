"""Random hostile articles made of published attacks, cut apart and changed, between fragments of renderers' markup."""

from __future__ import annotations

from html import escape
from random import Random

from tests.kit.vectors import POSITIONS, VECTORS

PUBLISHED = tuple(vector for vectors in VECTORS.values() for vector in vectors)
FRAGMENTS = (
    "`", "``", "```", "~~~\n", "$", "$$", "\n", "\n\n", "[", "]", "](", ")", "![", "[^1]", "[^1]: ", "[a]: ", "{:", "}", "{::nomarkdown}", "{:/}",
    "{::comment}", "|", "\n| - |\n", "\\", "&", "&lt;", "&#", ";", "<!--", "-->", "<", ">", '"', "'", "=", "* ", "*", "**", "_", "~~", "> ", "- ", "1. ",
    "    ", "\t", "# ", " #", ": ", "^", "%%", "==", "{{", "}}", "{%", "%}", "{{<", ">}}", "<!--more-->", "://", "www.", "http://", "mailto:", "\u00a0", "\u2003",
    "\u200b", "\x0b", "\x0c", "\r", "\x00", "\ufeff", "\u2029", "--", "...", "+", "!", "#", "@", "/", "?", "<x", "</x", "<?", "<!", "<![CDATA[", "]]>", "%7B", "中",
)  # fmt: skip
WRAPPERS = (
    "<p>{}</p>", "<h2>{}</h2>", "<li>{}</li>", "<td>{}</td>", "<code>{}</code>", "<pre>{}</pre>", "<b>{}</b>", "<i>{}</i>", "<del>{}</del>", "<sup>{}</sup>",
    "<kbd>{}</kbd>", "<blockquote>{}</blockquote>", "<a href='/x'>{}</a>", "<div>{}</div>", "<summary>{}</summary>", "<dt>{}</dt>", "<dd>{}</dd>", "<span>{}</span>",
    '<span class="katex"><span class="katex-mathml">a\n \n{}</span></span>', '<ol start="2"><li>{}</li></ol>', "<ul><li>{}</li></ul>", "<table><tr><td>{}</td><td>b</td></tr></table>",
    "<details><summary>s</summary>{}</details>", "{}", "{}<br>", "<br>{}", '<p>a<sup class="footnote-ref"><a href="#fn1">1</a></sup>{}</p>', '<li id="fn1" class="footnote-item">{}</li>',
    "<pre><code class='language-x'>{}</code></pre>", '<p class="x" title="{}">a</p>', '<img src="{}" alt="b">', '<img src="/x" alt="{}">', '<img src="/x" title="{}">', '<a href="{}">c</a>',
    '<a href="/x" title="{}">d</a>', '<a id="{}"></a>', '<pre class="brush: {}">e</pre>', '<code class="language-{}">f</code>',
    '<img src="https://latex.csdn.net/eq?{}">',
)  # fmt: skip
"""HTML around a piece; a piece is written as text, or as it is."""


class Splicer:
    """Cuts and changes attacks."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def changed(self, text: str) -> str:
        """Return a text after up to six changes of single characters and fragments."""
        for _ in range(self.random.choice((0, 0, 1, 2, 3, 6))):
            index = self.random.randint(0, len(text))
            other = self.random.randint(0, len(text))
            low, high = sorted((index, min(other, index + 12)))
            match self.random.randrange(7):
                case 0:
                    text = text[:low] + text[high:]
                case 1:
                    text = text[:index] + text[low:high] + text[index:]
                case 2 if low < len(text):
                    text = f"{text[:low]}&#{ord(text[low])};{text[low + 1 :]}"
                case 3:
                    text = text[:low] + text[low:high].swapcase() + text[high:]
                case 4 if high > low:
                    text = text[:low] + text[low:high][::-1] + text[high:]
                case _:
                    text = text[:index] + self.random.choice(FRAGMENTS) + text[index:]
        return text

    def pieces(self) -> list[str]:
        """Return an attack cut into up to four pieces, with fragments of markup between them."""
        attack = self.changed(self.random.choice(PUBLISHED)[:400])
        cuts = sorted(self.random.randint(0, len(attack)) for _ in range(self.random.choice((0, 1, 1, 2, 3))))
        parts = [attack[start:end] for start, end in zip((0, *cuts), (*cuts, len(attack)), strict=True)]
        return [self.random.choice(("", "", self.random.choice(FRAGMENTS))) + part for part in parts]

    def wrapped(self, piece: str) -> str:
        """Return a piece in one or two wrappers, mostly as text."""
        text = escape(piece) if self.random.random() < 0.85 else piece
        for _ in range(self.random.choice((1, 1, 2))):
            text = self.random.choice(WRAPPERS).replace("{}", text)
        return text

    def article(self) -> str:
        """Return the HTML of an article: one to three attacks, or one in a position of the published list."""
        if self.random.random() < 0.15:
            frame = self.random.choice(tuple(POSITIONS.values()))
            return frame(self.changed(self.random.choice(PUBLISHED)[:400]))
        parts = [self.wrapped(piece) for _ in range(self.random.randint(1, 3)) for piece in self.pieces()]
        if self.random.random() < 0.2:
            self.random.shuffle(parts)
        glue = self.random.choice(("", "", " ", "\n", self.random.choice(("a", "<br>", "<hr>", "<p>b</p>"))))
        return glue.join(parts)


def spliced_article(random: Random) -> str:
    """Return the HTML of an article."""
    return Splicer(random).article()
