"""What stands inside an article without being part of it, by class, id and tag.

Each row: the name that gives the thing away, the rule's id, and where it comes from.  A new piece of
chrome is one more row here, with one fixture named after the rule's id.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Chrome(NamedTuple):
    """An element that goes, with all it holds."""

    name: str
    rule: str
    origin: str


BY_CLASS = (
    # Code blocks: what highlighters put around the code.
    Chrome("hljs-button", "chrome/copy-button", "CSDN 2018-, copy and sign-in button in a code block"),
    Chrome("copy-code-btn", "chrome/copy-button", "copy button of exporters"),
    Chrome("code-edithtml", "chrome/copy-button", "CSDN run-in-editor button"),
    Chrome("save_code", "chrome/copy-button", "CSDN 2013, favourite button"),
    Chrome("cnblogs_code_toolbar", "chrome/copy-button", "cnblogs import"),
    Chrome("cnblogs_code_copy", "chrome/copy-button", "cnblogs import"),
    Chrome("opt-box", "chrome/copy-button", "CSDN 2020-, buttons over a code block"),
    Chrome("pre-numbering", "code/gutter", "CSDN 2015-, line numbers behind a code block"),
    Chrome("hljs-ln-numbers", "code/gutter", "highlightjs-line-numbers"),
    Chrome("hljs-ln-n", "code/gutter", "highlightjs-line-numbers"),
    Chrome("hide-preCode-box", "chrome/code-fold", "CSDN 2020-, fold marker of long code"),
    # Formulas: what stands beside the TeX.
    Chrome("katex-html", "math/katex-glyphs", "KaTeX, the drawn formula"),
    Chrome("MathJax_Preview", "math/mathjax-preview", "MathJax 2"),
    Chrome("MJX_Assistive_MathML", "math/mathjax-assistive", "MathJax 2, copy for screen readers"),
    # The page around the article, where it is saved with it.
    Chrome("article-copyright", "chrome/copyright", "CSDN, licence note"),
    Chrome("article-info-box", "chrome/article-header", "CSDN 2018-"),
    Chrome("article-bar-top", "chrome/article-header", "CSDN 2018-"),
    Chrome("article-bar-bottom", "chrome/article-header", "CSDN 2018"),
    Chrome("title-article", "chrome/title", "CSDN, the title above the article"),
    Chrome("href-article-edit", "chrome/article-header", "CSDN"),
    Chrome("operating", "chrome/article-header", "CSDN"),
    Chrome("blog-tags-box", "chrome/tags", "CSDN 2019-"),
    Chrome("recommend-box", "chrome/recommend-box", "CSDN"),
    Chrome("recommend-item-box", "chrome/recommend-box", "CSDN"),
    Chrome("hide-article-box", "chrome/read-more", "CSDN, follow-to-read gate"),
    Chrome("more-toolbox", "chrome/toolbar", "CSDN 2019-"),
    Chrome("toolbox-list", "chrome/toolbar", "CSDN 2020-"),
    Chrome("person-messagebox", "chrome/author-card", "CSDN 2019"),
    Chrome("template-box", "chrome/author-card", "CSDN 2019-"),
    Chrome("comment-box", "chrome/comments", "CSDN"),
    Chrome("artid", "meta/artid", "the dump's hidden address"),
    # Footnotes: arrows back to the text; the serializer writes its own.
    Chrome("footnote-backref", "footnote/backref", "markdown-it-footnote"),
    Chrome("reversefootnote", "footnote/backref", "MultiMarkdown, kramdown"),
    Chrome("footnotes-sep", "footnote/separator", "markdown-it-footnote"),
)

BY_ID = (
    Chrome("blogExtensionBox", "chrome/extension-box", "CSDN 2021-, QR card behind the article"),
    Chrome("recommendNps", "chrome/recommend-box", "CSDN 2022-"),
    Chrome("treeSkill", "chrome/skill-tree", "CSDN 2021-"),
    Chrome("article-copyright", "chrome/copyright", "CSDN"),
    Chrome("blogColumnPayAdvert", "chrome/advert", "CSDN 2021-, paid column"),
)

BY_TAG = (
    Chrome("script", "html/script", "HTML"),
    Chrome("style", "html/style", "HTML"),
    Chrome("link", "html/stylesheet", "HTML"),
    Chrome("meta", "html/meta", "HTML"),
    Chrome("title", "html/title", "HTML"),
    Chrome("head", "html/head", "HTML"),
    Chrome("template", "html/template", "HTML"),
    Chrome("noscript", "html/noscript", "HTML"),
    Chrome("canvas", "html/canvas", "HTML"),
    Chrome("select", "chrome/form", "HTML form"),
    Chrome("input", "chrome/form", "HTML form"),
    Chrome("button", "chrome/form", "HTML form"),
    Chrome("col", "table/column", "HTML table, column style"),
)

CODE_TOOLBARS = frozenset(("bar", "tools", "toolbar"))
"""Classes that are a toolbar (``code/toolbar``) only in a highlighter's box of CODE_BOXES."""
CODE_BOXES = frozenset(("dp-highlighter", "syntaxhighlighter"))

CLASS_ROWS: Mapping[str, Chrome] = MappingProxyType({row.name: row for row in BY_CLASS})
ID_ROWS: Mapping[str, Chrome] = MappingProxyType({row.name: row for row in BY_ID})
TAG_ROWS: Mapping[str, Chrome] = MappingProxyType({row.name: row for row in BY_TAG})
