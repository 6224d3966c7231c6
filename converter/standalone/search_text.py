"""Text and words for full-text search: what a reader sees of a post, line by line, and the tokens of texts and queries.

SQLite's tokenizers find no words in Chinese, and its trigrams no words of two characters.  Here each Chinese character,
each run of other letters and digits, and each sign is a token; so a word of Chinese and a piece of code (C++, a->b) are
phrases.  Blanks between words are no token; those in front of a sign, and empty lines, are the token ``GAP``: code is
found as it is written, and no phrase goes from one paragraph to the next.
"""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple
from unicodedata import normalize

from converter import frontmatter

_SINGLE = (
    "\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Characters of scripts that are written without spaces between words."""
_WORD = rf"[^\W_{_SINGLE}]"
_NONE = r"\s\x00-\x1f\x7f\ud800-\udfff"
_TOKEN = re.compile(rf"{_WORD}+|[^{_NONE}]")
_GAP = re.compile(rf"(?<!\s)(?:\s++(?=[^\w{_NONE}]|_)|[^\S\n]*+\n[^\S\n]*+\n)")
GAP = "¶"
_WIDE = (*zip("，：（）；！？\u3000\xa0", ",:();!?  ", strict=True), ("…", "..."))
"""Characters that NFKC changes and that are in nearly every text: without them it has nothing to do in most."""
_FENCE = re.compile(r"(?:[ \t>]|[-+*] |\d+[.)] )*+(`{3,}|~{3,})")
_MARKUP = re.compile(
    r"(?<!`)(?P<ticks>`+)(?!`)(?P<code>[^`]++)(?P=ticks)(?!`)|\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<destination>\]\([^()\s]*(?:\s\"[^\"]*\")?\)|</?[A-Za-z][^<>]*>)|\*+|~~|!?\[|\]|^#+ "
)
_MARKED = re.compile(r"[`\\\[\]<*~#]")
_TERM = re.compile(r'"([^"]+)"?|([^\s"]+)')


class Term(NamedTuple):
    """One word or phrase of a query.  match: expression of FTS5 that finds it; pattern: finds it in folded text."""

    match: str
    pattern: re.Pattern[str]


def readable(source: str) -> str:
    """Return what a reader sees of a post, one line for each line of the file (empty ones for the front matter).

    source: front matter and Markdown.  Marks of emphasis, escapes, tags and addresses of links are left out; code is as
    it is.
    """
    _front, body = frontmatter.split(source)
    before = source.count("\n", 0, len(source) - len(body))
    fence = ""
    lines = [""] * before
    for line in body.split("\n"):
        match = _FENCE.match(line)
        if match and (not fence or match[1].startswith(fence)):
            fence = "" if fence else match[1]
            lines.append("")
        else:
            lines.append(line if fence else _plain(line))
    return "\n".join(lines)


def _plain(line: str) -> str:
    text = _MARKUP.sub(_shown, line) if _MARKED.search(line) else line
    return unescape(text) if "&" in text else text


def _shown(markup: re.Match[str]) -> str:
    return markup["code"] or markup["escaped"] or ""


def folded(text: str) -> str:
    """Return a text without the difference of case and of full and half width."""
    for wide, narrow in _WIDE:
        text = text.replace(wide, narrow)
    return normalize("NFKC", text).casefold()


def tokens(text: str) -> str:
    """Return the tokens of a text, with spaces between them."""
    return " ".join(_TOKEN.findall(_GAP.sub(f" {GAP} ", folded(text))))


def terms(query: str, *, begins: bool = False) -> list[Term]:
    """Return the words and, in double quotes, phrases of a query; any text is a query.

    begins: a last word of letters is the beginning of one.
    """
    found = (tokens((match[1] or match[2]).strip()).split(" ") for match in _TERM.finditer(query))
    return [_term(pieces, begins=begins) for pieces in found if pieces != [""]]


def _term(pieces: list[str], *, begins: bool) -> Term:
    phrase = '"{}"'.format(" ".join(pieces).replace('"', '""'))
    open_end = begins and re.fullmatch(f"{_WORD}+", pieces[-1]) is not None
    pattern = r"\s*".join(r"\s" if piece == GAP else re.escape(piece) for piece in pieces)
    before, after = (f"(?<!{_WORD})", f"(?!{_WORD})")
    first = before if re.match(_WORD, pieces[0]) else ""
    last = after if re.match(_WORD, pieces[-1]) and not open_end else ""
    return Term(f"{phrase} *" if open_end else phrase, re.compile(first + pattern + last))
