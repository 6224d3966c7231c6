"""Facts of an article, read from the HTML of its page."""

from __future__ import annotations

from lxml.etree import _Element

from converter.verify import normalize
from converter.verify.article_walker import NUMBER_ATTRIBUTE, ArticleWalker, FormulaWalker
from converter.verify.facts import Facts
from converter.verify.layout import is_prettified
from converter.verify.recorder import Recorder
from converter.verify.tex_of_article import signs_of_formulas


def number_elements(article: _Element) -> None:
    """Set a number on each element of an article; the facts then have these numbers instead of lines."""
    for number, element in enumerate(article.iter("*")):
        element.set(NUMBER_ATTRIBUTE, str(number))


def article_facts(article: _Element, html: str, *, first_line: int = 1, toc: bool = False, drawn: bool = True) -> Facts:
    """Return the facts of an article.

    article: root of the article.  html: what it was parsed from.  first_line: the line of the file where ``html``
    begins.  toc, drawn: generated tables of contents, drawings are part of the article.
    """
    notes, prettified = normalize.TRANSFER_SIGN in html, is_prettified(html)

    def facts(formulas: bool) -> Facts:
        recorder = Recorder(notes=notes, prettified=prettified)
        walker = FormulaWalker if draws else ArticleWalker
        return walker(recorder, article, formulas=formulas, first_line=first_line, toc=toc, drawn=drawn).facts(article)

    may_have, draws = signs_of_formulas(html, article)
    found = facts(may_have)
    return facts(False) if may_have and not found.has_formulas else found
