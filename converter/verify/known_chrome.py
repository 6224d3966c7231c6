"""Elements that verification knows to be no part of an article, and what each may hold.

The list is its own: a row of ``rules/`` or ``sites/`` that takes too much is seen only by what does not share it.
A new row there needs its element here, too, or the texts that it takes are differences.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from lxml.etree import _Element

from converter.rules.limits import LimitName


def _named(holds: LimitName, names: str) -> dict[str, LimitName]:
    return dict.fromkeys(names.split(), holds)


BY_CLASS: Mapping[str, LimitName] = MappingProxyType(
    {
        **_named("labels", "hljs-button code-edithtml save_code opt-box copy-code-btn code-pretty-toolbar"),
        **_named("labels", "cnblogs_code_toolbar cnblogs_code_copy href-article-edit operating hide-preCode-box"),
        **_named("labels", "footnote-backref reversefootnote data-footnote-backref footnotes-sep"),
        **_named("numbers", "pre-numbering hljs-ln-numbers hljs-ln-n"),
        **_named("glyphs", "katex-html MJX_Assistive_MathML"),
        **_named("tex", "MathJax_Preview"),
        **_named("note", "article-copyright ai-article-tag hide-article-box artid"),
        **_named("links", "blog-tags-box"),
        **_named("page", "article-info-box article-bar-top article-bar-bottom recommend-box recommend-item-box"),
        **_named("page", "more-toolbox more-toolbox-new toolbox-list person-messagebox template-box sharedaddy"),
        **_named("comments", "comment-box"),
    }
)
"""Buttons, line numbers, drawn formulas, and the boxes of CSDN's pages around an article."""
BY_ID: Mapping[str, LimitName] = MappingProxyType(
    {
        **_named("page", "blogExtensionBox recommendNps treeSkill blogColumnPayAdvert jp-relatedposts"),
        **_named("note", "article-copyright"),
        **_named("labels", "footnote-label creatActivityHref"),
    }
)
BY_TAG: Mapping[str, LimitName] = MappingProxyType(
    {
        **_named("anything", "script style link meta title head template noscript canvas select col"),
        **_named("labels", "input button"),
    }
)
"""What no browser shows as text, and the fields of forms."""
CODE_TOOLBARS: Mapping[str, LimitName] = MappingProxyType(_named("labels", "bar tools toolbar"))
"""Classes of a toolbar in a box of CODE_BOXES."""
CODE_BOXES = frozenset(("dp-highlighter", "syntaxhighlighter", "code-toolbar"))
TITLE_CLASSES = frozenset(("title-article",))
TITLE_IDS = frozenset(("articleContentId",))
"""Names of the ``h1`` that repeats the title of a page over its article."""


def is_title(element: _Element) -> bool:
    """Return True for a heading that repeats the title of a page over its article."""
    return element.get("id") in TITLE_IDS or not TITLE_CLASSES.isdisjoint(element.get("class", "").split())


def title_of(article: _Element) -> _Element | None:
    """Return the heading that repeats the page's title; None where each of several articles has a title of its own."""
    titles = [heading for heading in article.iter("h1") if is_title(heading)][:2]
    if len(titles) < 2:
        return titles[0] if titles else None
    first, second = titles
    around = [second, *second.iterancestors()]
    branch = next((up for up in (first, *first.iterancestors()) if up.getparent() in around), first)
    other = next((up for up in around if up.getparent() is branch.getparent()), second)
    has_own = branch is not first and (branch.tag, branch.attrib) == (other.tag, other.attrib)
    return None if has_own else first
