"""Random hostile articles of few words: constructs that touch or hold each other, in any place, before code that attacks.

An article has two to four kinds of marks, each of which some renderer reads, and they stand everywhere in it: in text, in
code, in attributes.  What means something together stands side by side in most articles, which it does seldom in long ones.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from random import Random

MARKS = (
    "<", ">", "[", "]", "(", ")", "*", "**", "_", "~", "~~", "`", "``", "```", "\\", "\\\\", "$", "$$", "|", "!", "^", "{", "}",
    ":", "]:", "](", "[^1]", "[^1]:", "*[", "*[a]:", "[a]:", "\"", "'", "=", "===", "-", "---", "#", "+", "1.", "> ", "- ", "<!", "<!--",
    "-->", "<b", "<b ", "<?", "</", "&lt;", "&", ";", "http://a.b/", "www.a.b", "a@b.c", " ", "  ", "\u00a0", "\u2028", "a", "字", "，",
    "{:", "{: ", "{::", "{::nomarkdown}", "{:/}", "{{", "{%", "}}", "==", "%%", "<!--more-->", "\n", "~~~", "://", "a:", "t:",
    "<hexoPostRenderCodeBlock>", "</hexoPostRenderCodeBlock>", "<!--code\ufffc0-->", "HUGOMORE42",
)  # fmt: skip
"""Text that is markup to some renderer, or the half of some, or a sign that a site generator puts into a post."""
PAYLOADS = (
    "<b onclick=alert(1)>",
    "<img src=x onerror=alert(1)>",
    "[](javascript:alert(1))",
    "<javascript:alert(1)>",
    '{: onclick="alert(1)"}',
)
WRAPPERS = ("b", "i", "del", "sup", "sub", "kbd", "mark", "u", "span")
NOTE = '<sup class="footnote-ref"><a href="#fn{0}" id="fnref{0}">[{0}]</a></sup>'
PLACES: Mapping[str, Callable[[str, str], str]] = {
    "paragraph": lambda a, b: f"<p>{a}{b}</p>",
    "paragraphs": lambda a, b: f"<p>{a}</p><p>{b}</p>",
    "item": lambda a, b: f"<ul><li>{a}{b}</li></ul>",
    "items": lambda a, b: f"<ol><li>{a}</li><li>{b}</li></ol>",
    "loose item": lambda a, b: f"<ol start=7><li><p>{a}</p><p>{b}</p></li></ol>",
    "nested item": lambda a, b: f"<ul><li>{a}<ol start=3><li>{b}</li></ol></li></ul>",
    "lists": lambda a, b: f"<ul><li>{a}</li></ul><ul><li>{b}</li></ul>",
    "numbered lists": lambda a, b: f"<ol><li>{a}</li></ol><ol><li>{b}</li></ol>",
    "task": lambda a, b: (
        f'<ul class="contains-task-list"><li class="task-list-item"><input type="checkbox">{a}{b}</li></ul>'
    ),
    "quote": lambda a, b: f"<blockquote>{a}{b}</blockquote>",
    "quote in an item": lambda a, b: f"<ul><li><blockquote><p>{a}</p>{b}</blockquote></li></ul>",
    "heading": lambda a, b: f"<h2>{a}{b}</h2>",
    "heading above": lambda a, b: f"<h1>{a}</h1><p>{b}</p>",
    "cells": lambda a, b: f"<table><tr><td>{a}</td><td>x</td></tr><tr><td>{b}</td><td>y</td></tr></table>",
    "row": lambda a, b: f"<table><tr><td>{a}</td><td>{b}</td></tr><tr><td>x</td></tr></table>",
    "table in HTML": lambda a, b: f"<table><tr><td colspan=2>{a}</td></tr><tr><td>{b}</td><td>x</td></tr></table>",
    "definition": lambda a, b: f"<dl><dt>{a}</dt><dd>{b}</dd></dl>",
    "details": lambda a, b: f"<details><summary>{a}</summary>{b}</details>",
    "caption": lambda a, b: f'<figure><img src="/x" alt="x"><figcaption>{a}{b}</figcaption></figure>',
    "break": lambda a, b: f"<p>{a}<br>{b}</p>",
    "code": lambda a, b: f"<p>{a}</p><pre>{b}</pre>",
    "code in an item": lambda a, b: f"<ul><li>{a}<pre>{b}</pre></li></ul>",
    "item of code": lambda a, b: f"<ul><li><pre>{b}</pre>{a}</li></ul>",
    "footnote": lambda a, b: f'<p>{NOTE.format(1)}</p><ol><li id="fn1" class="footnote-item">{a}{b}</li></ol>',
    "footnotes": lambda a, b: (
        f'<p>{NOTE.format(1)}{NOTE.format(2)}</p><ol><li id="fn1" class="footnote-item">{a}</li>'
        f'<li id="fn2" class="footnote-item"><p>{b}</p></li></ol>'
    ),
}
"""Frames for two halves of an article."""


class Pairer:
    """Writes one article."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.noted = False
        self.marks = random.sample(MARKS, random.randint(2, 4))

    def mark(self) -> str:
        return escape(self.random.choice(self.marks))

    def unit(self, depth: int = 2) -> str:
        """Return one construct, and what it holds."""
        choice = self.random.randrange(16)
        if choice < 5 or depth == 0:
            return self.mark()
        if choice < 9:
            tag = self.random.choice(WRAPPERS)
            return f"<{tag}>{self.units(depth - 1)}</{tag}>"
        match choice:
            case 9 | 10:
                title = f' title="{self.mark()}"' if self.random.random() < 0.3 else ""
                address = self.random.choice(("/x", "/x", self.mark(), "http://a.b/" + self.mark()))
                return f'<a href="{address}"{title}>{self.units(depth - 1)}</a>'
            case 11:
                return f'<img src="/x{self.mark()}" alt="{self.mark()}{self.mark()}" title="{self.mark()}">'
            case 12:
                tex = self.mark() + self.mark()
                return f'<img src="https://latex.csdn.net/eq?{tex}" alt="{tex}">'
            case 13:
                self.noted = True
                return NOTE.format(1)
            case 14:
                return self.random.choice(("<br>", '<a id="x"></a>', "<!--more-->", "<hr>", "<b></b>"))
            case _:
                return f"<code>{self.mark()}{self.mark()}</code>"

    def units(self, depth: int) -> str:
        return "".join(self.unit(depth) for _ in range(self.random.randint(1, 2)))

    def payload(self) -> str:
        """Return code or text that attacks once it is free."""
        text = escape(self.random.choice(PAYLOADS))
        before, after = (self.random.choice(("", self.mark())) for _ in range(2))
        tag = self.random.choice(("code", "code", "code", "span", "a href=/x", "b", "u"))
        return f"<{tag}>{before}{text}{after}</{tag.split()[0]}>"

    def code(self) -> str:
        """Return lines of code, of which one attacks."""
        lines = [self.mark(), self.mark() + escape(self.random.choice(PAYLOADS)), self.mark(), ""]
        self.random.shuffle(lines)
        return "<pre>" + "\n".join(lines[: self.random.randint(2, 4)]) + "</pre>"

    def blocks(self, depth: int) -> str:
        """Return a frame with inline content, or with more frames, in its two halves."""
        first = "".join(self.unit() for _ in range(self.random.randint(1, 3)))
        second = self.random.choice(("", self.unit())) + self.payload() + self.random.choice(("", self.unit()))
        if depth and self.random.random() < 0.5:
            first = self.blocks(depth - 1)
        if depth and self.random.random() < 0.7:
            second = self.random.choice((self.blocks(depth - 1), self.code()))
        return PLACES[self.random.choice(tuple(PLACES))](first, second)

    def article(self) -> str:
        """Return the HTML of an article."""
        text = self.blocks(self.random.choice((0, 0, 1, 2)))
        if self.noted and "footnote-item" not in text:
            text += f'<ol><li id="fn1" class="footnote-item">{self.unit()}{self.payload()}</li></ol>'
        return text


def paired_article(random: Random) -> str:
    """Return the HTML of an article."""
    return Pairer(random).article()
