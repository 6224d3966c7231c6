"""Random hostile articles after a grammar: each attack is a pair of halves, one half here and the other further on.

An article is a list of blocks from a grammar of HTML as blogs write it: editors' code boxes, formulas of all engines,
footnotes of all renderers, tables with spans, lists in quotes in lists.  Its holes (text, attributes, code, TeX,
languages, titles, alt texts, labels of footnotes) hold plain words, but for a few that get the halves of an attack.
"""

from __future__ import annotations

from html import escape
from random import Random

PAYLOAD = "onclick=alert(1)"
BAD_URL = "javascript:alert(1)"
PAIRS: tuple[tuple[str, str], ...] = (
    ("<x a=\"", f"\" {PAYLOAD}>"), ("<b\n", f"{PAYLOAD}>"), ("<p a='", f"' {PAYLOAD}>"), ("<img src=x ", "onerror=alert(1)>"),
    ("<a href=", f"{BAD_URL}>x</a>"), ("<!--", f"--><b {PAYLOAD}>"), ("<!-- ", f"><b {PAYLOAD}>"), ("<?", f"?><b {PAYLOAD}>"),
    ("<![CDATA[", f"]]><b {PAYLOAD}>"), ("<!X", f"><b {PAYLOAD}>"), ("</p a=\"", f"\"><b {PAYLOAD}>"), ("<script", ">alert(1)</script>"),
    ("<style>", "*{x:expression(alert(1))}</style>"), ("<textarea>", f"</textarea><b {PAYLOAD}>"), ("<pre", f" {PAYLOAD}>"),
    ("<div markdown=\"1\"", f" {PAYLOAD}>"), ("<div markdown=1>", f"<b {PAYLOAD}></div>"), ("<svg><", f"b {PAYLOAD}>"),
    ("`", f"` <b {PAYLOAD}>"), ("``", f"`` <b {PAYLOAD}> ``"), ("```", f"\n<b {PAYLOAD}>\n```"), ("~~~", f"\n~~~\n<b {PAYLOAD}>"),
    ("[a](", f"{BAD_URL})"), ("[a", f"]({BAD_URL})"), ("![a](", f"{BAD_URL})"), ("[a][b]", f"[b]: {BAD_URL}"), ("[b]", f"[b]: {BAD_URL}"),
    ("[b]:", f" {BAD_URL}"), ("[b]: <", f"{BAD_URL}>"), ("[^1]:", f" {BAD_URL}"), ("[^1]", f"({BAD_URL})"), ("^[", f"]({BAD_URL})"),
    ("*[b]:", f" <b {PAYLOAD}>"), ("[a]:\n", f"{BAD_URL}\n'x'"), ("[a\n", f"]: {BAD_URL}"), ("<", f"{BAD_URL}>"), ("<java", "script:alert(1)>"),
    ("{:", f" {PAYLOAD}}}"), ("{: ", f"{PAYLOAD}}}"), ("{:a: ", f"{PAYLOAD}}}"), ("{:a}", f"{{:a: {PAYLOAD}}}"), ("{::nomarkdown}", f"<b {PAYLOAD}>{{:/}}"),
    ("{::nomarkdown type=\"html\"}", f"<b {PAYLOAD}>{{:/nomarkdown}}"), ("{::comment}", "{:/comment}"), ("{::options ", "parse_block_html=\"true\" /}"),
    ("{", f"{PAYLOAD}}}"), ("{#a ", f"{PAYLOAD}}}"), ("{style=\"", "color:red\"}"), ("$", f"$ <b {PAYLOAD}>"), ("$$", f"$$ <b {PAYLOAD}> $$"),
    ("$$\n", f"<b {PAYLOAD}>\n$$"), ("\\(", f"\\)<b {PAYLOAD}>"), ("\\[", f"\\]<b {PAYLOAD}>"), ("\\", f"<b {PAYLOAD}>"), ("&lt;", f"b {PAYLOAD}&gt;"),
    ("&#60", f";b {PAYLOAD}>"), ("&#x3c;", "img src=x onerror=alert(1)>"), ("&lt", f";b {PAYLOAD}>"), ("&", f"lt;b {PAYLOAD}>"),
    ("|", f"|<b {PAYLOAD}>|\n|-|-|"), ("||", f"`|` <b {PAYLOAD}>"), ("*", f"*<b {PAYLOAD}>"), ("~~", f"~~<b {PAYLOAD}>"), ("==", f"==<b {PAYLOAD}>"),
    ("{{", f"\"<b {PAYLOAD}>\" }}}}"), ("{% raw %}", f"{{% endraw %}}<b {PAYLOAD}>"), ("{%", "include x %}"), ("{{<", f" x \"<b {PAYLOAD}>\" >}}}}"),
    ("{{%", " x %}}"), ("{#", f"#}}<b {PAYLOAD}>"), ("{% endraw %}", "{{ site }}"), ("<!--more", f"--><b {PAYLOAD}>"), ("%%", f"%%<b {PAYLOAD}>"),
    ("[[", f"]]<b {PAYLOAD}>"), ("![[", "]]"), ("---\n", f"\n---\n<b {PAYLOAD}>"), (": ", f"<b {PAYLOAD}>"), ("# a {", f"{PAYLOAD}}}"),
    ("www.", f"a.b<b {PAYLOAD}>"), ("http://a.b/", f"<b {PAYLOAD}>"), ("a@b.c", f"><b {PAYLOAD}>"), ("<a@", f"b.c {PAYLOAD}>"),
    (":::", f"<b {PAYLOAD}>\n:::"), ("<<", f"b {PAYLOAD}>>"), ("<\\", f"b {PAYLOAD}>"), ("\\<b ", f"{PAYLOAD}>"), ("<b/", f"{PAYLOAD}>"),
    ("<b\t", f"{PAYLOAD}>"), ("<b\x0c", f"{PAYLOAD}>"), ("<b\u2028", f"{PAYLOAD}>"), ("<\ufeffb ", f"{PAYLOAD}>"), ("＜b ", f"{PAYLOAD}＞"),
)  # fmt: skip
"""What begins, and what completes it: raw HTML, code, links, definitions, kramdown, attributes, formulas, templates."""
WHOLE = (f"<b {PAYLOAD}>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", f"[a]({BAD_URL})", f"<{BAD_URL}>")
FILL = (
    "word", "a b", "字", "，", " ", "\u00a0", "\u3000", "\u200b", "x.y", "1", "-", "a_b", "c*d", "\n", ":", "!", "^", "(", ")",
    "<", ">", "&", "\\", "|", "'", '"', "a < b", "C:\\x", "5 > 3", "$5", "#", "~", "=", "…", "：", "“", "😀", "\u0301", "\u00ad", "&copy;",
)  # fmt: skip
"""Text between the halves."""
MARKS = (
    "b",
    "i",
    "em",
    "strong",
    "del",
    "s",
    "sup",
    "sub",
    "kbd",
    "mark",
    "u",
    "span",
    "font",
    "small",
    "code",
    "a",
    "cite",
    "big",
)
LANGUAGES = ("python", "c++", "js", "", "lang-x", "objective-c", "c#")
TARGETS = ("/x", "#a", "http://a.b/c?d=e&f=g", "//a.b", "mailto:a@b.c", "data:image/png;base64,AAAA", "a b", "/(x)", "")
ENCODINGS = 0.15
"""The share of halves whose characters are changed: encoded, doubled, or parted."""


class Grammar:
    """Writes one article.  ``holes`` are the halves that are not yet in it, from the last to the first."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.holes: list[str] = []
        self.notes = 0

    def article(self) -> str:
        """Return the HTML of an article with one to four attacks, each in two places or in one."""
        halves: list[str] = []
        for _ in range(self.random.randint(1, 4)):
            opening, closing = self.random.choice(PAIRS)
            if self.random.random() < 0.15:
                closing = self.random.choice(WHOLE)
            position = self.random.randint(0, len(halves))
            halves.insert(position, self.changed(opening))
            halves.insert(self.random.randint(position + 1, len(halves)), self.changed(closing))
        self.holes = halves[::-1]
        out: list[str] = []
        while self.holes or not out:
            out.append(self.block(2))
        body = "".join(out)
        return body + self.footnotes() if self.notes else body

    def changed(self, half: str) -> str:
        """Return a half as it is, or with some of its characters changed."""
        if not half or self.random.random() > ENCODINGS:
            return half
        index = self.random.randrange(len(half))
        char = half[index]
        forms = (
            f"&#{ord(char)};",
            f"&#x{ord(char):x};",
            char * 2,
            f"\\{char}",
            f"{char}\u200b",
            f"{char} ",
            char.upper(),
            "",
            f"{char}\n",
            f"\x00{char}",
        )
        return half[:index] + self.random.choice(forms) + half[index + 1 :]

    def hole(self) -> str:
        """Return text: filling, and now and then the next half."""
        text = "".join(self.random.choices(FILL, k=self.random.randint(0, 3)))
        if not self.holes or self.random.random() > 0.45:
            return text or "x"
        half = self.holes.pop()
        return self.random.choice((half, half, half + text, text + half, f"{text} {half}"))

    def text(self) -> str:
        return escape(self.hole(), quote=False)

    def value(self) -> str:
        return escape(self.hole())

    def target(self) -> str:
        given = self.random.random()
        if given < 0.2:
            return self.value()
        return escape(self.random.choice(TARGETS)) + (self.value() if given < 0.5 else "")

    def inline(self, depth: int) -> str:
        """Return one piece of inline content."""
        choice = self.random.randrange(16)
        if choice < 6 or depth < 0:
            return self.text()
        if choice < 10:
            tag = self.random.choice(MARKS)
            given = f' href="{self.target()}" title="{self.value()}"' if tag == "a" else ""
            return f"<{tag}{given}>{self.inlines(depth - 1)}</{tag}>"
        match choice:
            case 10:
                return f'<img data-src="{self.target()}" src="{self.target()}" alt="{self.value()}" title="{self.value()}">'
            case 11:
                return self.formula(display=False)
            case 12:
                self.notes += 1
                return f'<sup class="footnote-ref"><a href="#fn{self.notes}" id="fnref{self.notes}">[{self.notes}]</a></sup>'
            case 13:
                return self.random.choice(
                    ("<br>", "<br><br>", f'<a name="{self.value()}"></a>', f"<!--{self.hole()}-->")
                )
            case 14:
                return f"<code>{self.text()}</code>{self.text()}"
            case _:
                return f"<ruby>{self.text()}<rt>{self.text()}</rt></ruby>{self.text()}"

    def inlines(self, depth: int) -> str:
        return "".join(self.inline(depth) for _ in range(self.random.randint(1, 3)))

    def formula(self, *, display: bool) -> str:
        """Return a formula as one of the engines writes it."""
        tex = self.hole()
        mode = "; mode=display" if display else ""
        match self.random.randrange(5):
            case 0 if "</" not in tex:
                return f'<script type="math/tex{mode}">{tex}</script>'
            case 1:
                source = f'<annotation encoding="application/x-tex">{escape(tex)}</annotation>'
                box = f'<span class="katex"><span class="katex-mathml"><math><semantics>{source}</semantics></math></span></span>'
                return f'<span class="katex-display">{box}</span>' if display else box
            case 2:
                return f'<img class="mathcode" src="https://latex.csdn.net/eq?{escape(tex)}" alt="{escape(tex)}">'
            case 3:
                return f"<math><mi>{escape(tex)}</mi><mo>=</mo><mtext>{self.text()}</mtext></math>"
            case _:
                return f'<span class="katex{"--display" if display else "--inline"}"><span class="katex-mathml">x\n \n{escape(tex)}</span></span>'

    def code(self) -> str:
        """Return a code block of one of the highlighters."""
        language, lines = (
            self.random.choice((self.value(), self.random.choice(LANGUAGES))),
            [self.text() for _ in range(self.random.randint(1, 3))],
        )
        text = "\n".join(lines)
        match self.random.randrange(5):
            case 0:
                return f'<pre class="prettyprint"><code class="prism language-{language}">{text}</code></pre>'
            case 1:
                return f'<pre name="code" class="{language}">{text}</pre>'
            case 2:
                rows = "".join(
                    f'<tr><td class="hljs-ln-numbers">1</td><td class="hljs-ln-code">{line}</td></tr>' for line in lines
                )
                return f'<pre><code class="{language} hljs"><table class="hljs-ln">{rows}</table></code></pre>'
            case 3:
                return f'<div class="highlight"><pre data-lang="{language}"><span class="k">{text}</span></pre></div>'
            case _:
                return f"<pre>{text}</pre>"

    def table(self) -> str:
        """Return a table, plain or with what needs HTML."""
        rows = []
        for number in range(self.random.randint(1, 3)):
            tag = "th" if not number and self.random.random() < 0.5 else "td"
            given = self.random.choice(
                ("", "", "", ' rowspan="2"', f' align="{self.value()}"', f' style="text-align:{self.value()}"')
            )
            cells = "".join(
                f"<{tag}{given}>{self.random.choice((self.inlines(1), self.inlines(1), self.block(0)))}</{tag}>"
                for _ in range(self.random.randint(1, 3))
            )
            rows.append(f"<tr>{cells}</tr>")
        return f"<table>{''.join(rows)}</table>"

    def block(self, depth: int) -> str:
        """Return one block."""
        choice = self.random.randrange(19 if depth > 0 else 11)
        if choice < 5:
            return f"<p>{self.inlines(2)}</p>"
        match choice:
            case 5:
                level = self.random.randint(1, 6)
                return f'<h{level} id="{self.value()}">{self.inlines(1)}</h{level}>'
            case 6:
                return self.code()
            case 7:
                return self.formula(display=True)
            case 8:
                return self.random.choice(("<hr>", self.text(), f"<!--{self.random.choice(('more', 'x'))}-->"))
            case 9:
                return f'<figure><img src="{self.target()}" alt="{self.value()}"><figcaption>{self.inlines(1)}</figcaption></figure>'
            case 10:
                return f'<div class="{self.random.choice(("x", "toc", "markdown"))}">{self.inlines(1)}</div>'
            case 11 | 12:
                return self.table()
            case 13 | 14:
                tag = self.random.choice(("ul", "ol", 'ol start="7"'))
                items = "".join(f"<li>{self.items(depth)}</li>" for _ in range(self.random.randint(1, 3)))
                return f"<{tag}>{items}</{tag[:2]}>"
            case 15:
                return f"<blockquote>{self.items(depth)}</blockquote>"
            case 16:
                return f"<dl><dt>{self.inlines(1)}</dt><dd>{self.items(depth)}</dd></dl>"
            case 17:
                return f"<details><summary>{self.inlines(1)}</summary>{self.items(depth)}</details>"
            case _:
                box = self.random.choice(("", 'checked=""'))
                return f'<ul class="contains-task-list"><li class="task-list-item"><input type="checkbox" {box}>{self.inlines(1)}</li></ul>'

    def items(self, depth: int) -> str:
        """Return what a container holds: inline content, blocks, or one after the other."""
        parts = [
            self.inlines(1) if self.random.random() < 0.5 else self.block(depth - 1)
            for _ in range(self.random.randint(1, 2))
        ]
        return "".join(parts)

    def footnotes(self) -> str:
        """Return the section of footnotes; what is left of the halves stands in it."""
        items = "".join(
            f'<li id="fn{number}" class="footnote-item"><p>{self.inlines(1)} <a href="#fnref{number}" class="footnote-backref">↩︎</a></p></li>'
            for number in range(1, self.notes + 1)
        )
        return f'<hr class="footnotes-sep"><section class="footnotes"><ol class="footnotes-list">{items}</ol></section>'


def grammar_article(random: Random) -> str:
    """Return the HTML of an article."""
    return Grammar(random).article()
