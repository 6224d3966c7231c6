"""Text and words for full-text search: what a reader sees of a post, line by line, and the tokens of texts and queries.

SQLite's tokenizers find no words in Chinese, and its trigrams no words of two characters.  Here each pair of Chinese
characters in a row is a token (a run of them also ends in its last character alone), so that a word of two or more
characters is a phrase, and one character is the beginning of a token.  Other letters and digits are words as usual;
``+`` and ``#`` behind a word are a token of their own (C++, C#, a+b).
"""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple
from unicodedata import normalize

from converter import frontmatter

_PAIRED = (
    "\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Characters of scripts that are written without spaces between words."""
_RUN = re.compile(rf"(?P<paired>[{_PAIRED}]+)|(?P<word>(?:(?![{_PAIRED}_])\w)+)(?P<signs>[+#]+)?")
_FENCE = re.compile(r"(?:[ \t>]|[-+*] |\d+[.)] )*+(`{3,}|~{3,})")
_MARKUP = re.compile(
    r"(?<!`)(?P<ticks>`+)(?!`)(?P<code>[^`]++)(?P=ticks)(?!`)|\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<destination>\]\([^()\s]*(?:\s\"[^\"]*\")?\)|</?[A-Za-z][^<>]*>)|\*+|~~|!?\[|\]|^#+ "
)
_TERM = re.compile(r'"([^"]+)"?|([^\s"]+)')


class Term(NamedTuple):
    """One word or phrase of a query.

    match: expression of FTS5 that finds it ("" where it holds no token); loose: the same, with the last word as the
    beginning of one; literal: folded text that must be in the post as it is ("" where the tokens say it all);
    pattern: finds the place in folded text.
    """

    match: str
    loose: str
    literal: str
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
    text = _MARKUP.sub(lambda match: match["code"] or match["escaped"] or "", line)
    return unescape(text) if "&" in text else text


def folded(text: str) -> str:
    """Return a text without the difference of case and of full and half width."""
    return normalize("NFKC", text).casefold()


def tokens(text: str) -> str:
    """Return the tokens of a text, with spaces between them."""
    return " ".join(_tokens(folded(text)))


def _tokens(text: str) -> list[str]:
    found: list[str] = []
    for match in _RUN.finditer(text):
        if run := match["paired"]:
            found.extend(map(str.__add__, run, run[1:]))
            found.append(run[-1])
        else:
            found.append(match["word"])
            if match["signs"]:
                found.append(match["signs"])
    return found


def terms(query: str) -> list[Term]:
    """Return the words and, in double quotes, phrases of a query; any text is a query."""
    return [_term(match[1] or match[2]) for match in _TERM.finditer(folded(query)) if (match[1] or match[2]).strip()]


def _term(text: str) -> Term:
    text = " ".join(text.split())
    found = _tokens(text)
    runs = list(_RUN.finditer(text))
    paired = (runs[-1]["paired"] or "") if runs else ""
    if len(paired) > 1 and text.endswith(paired):
        found.pop()  # the run may go on in the post
    phrase = f'"{" ".join(found)}"' if found else ""
    begins = len(paired) == 1
    pieces = [piece for match in runs for piece in (match["paired"] or match["word"], match["signs"] or "") if piece]
    words_only = re.fullmatch(r"(?:\w|\s)*", text) is not None and "_" not in text
    pattern = r"[\W_]*".join(map(re.escape, pieces)) if words_only and pieces else re.escape(text)
    if text[:1].isalnum() and text[:1].isascii():
        pattern = r"(?<![a-z0-9])" + pattern
    return Term(
        f"{phrase} *" if begins else phrase,
        f"{phrase} *" if phrase else "",
        "" if words_only and pieces else text,
        re.compile(pattern),
    )
