"""Chrome of no one site: what stands inside an article without being part of it.

Each row: the name of the class or tag, the rule's id, and where it comes from.  A new piece of chrome is one
more row here, or in the record of its site (``sites/``), with one fixture named after the rule's id.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from converter.rules.limits import LimitName


class Chrome(NamedTuple):
    """An element that is removed, with all it holds: its class, id or tag, the rule's id, where it comes from.

    ``holds`` names what it may hold at most, a key of ``limits.LIMITS``: of an element that holds more the content
    stays (finding ``chrome/kept``).
    """

    name: str
    rule: str
    origin: str
    holds: LimitName = "labels"


COMMON_CLASSES = (
    # Code blocks: what highlighters put around the code.
    Chrome("copy-code-btn", "chrome/copy-button", "copy button of exporters"),
    Chrome("code-pretty-toolbar", "code/toolbar", "Code Prettify of WordPress, title and buttons below the code"),
    Chrome("hljs-ln-numbers", "code/gutter", "highlightjs-line-numbers", "numbers"),
    Chrome("hljs-ln-n", "code/gutter", "highlightjs-line-numbers", "numbers"),
    # Formulas: what stands beside the TeX.
    Chrome("katex-html", "math/katex-glyphs", "KaTeX, the drawn formula", "glyphs"),
    Chrome("MathJax_Preview", "math/mathjax-preview", "MathJax 2", "tex"),
    Chrome("MJX_Assistive_MathML", "math/mathjax-assistive", "MathJax 2, copy for screen readers", "glyphs"),
    # Footnotes: arrows back to the text; the serializer writes its own.
    Chrome("footnote-backref", "footnote/backref", "markdown-it-footnote"),
    Chrome("reversefootnote", "footnote/backref", "MultiMarkdown, kramdown"),
    Chrome("data-footnote-backref", "footnote/backref", "GitHub"),
    Chrome("footnotes-sep", "footnote/separator", "markdown-it-footnote"),
)

BY_TAG = (
    Chrome("script", "html/script", "HTML", "anything"),
    Chrome("style", "html/style", "HTML", "anything"),
    Chrome("link", "html/stylesheet", "HTML", "anything"),
    Chrome("meta", "html/meta", "HTML", "anything"),
    Chrome("title", "html/title", "HTML", "anything"),
    Chrome("head", "html/head", "HTML", "anything"),
    Chrome("template", "html/template", "HTML", "anything"),
    Chrome("noscript", "html/noscript", "HTML", "anything"),
    Chrome("canvas", "html/canvas", "HTML", "anything"),
    Chrome("select", "chrome/form", "HTML form", "anything"),
    Chrome("input", "chrome/form", "HTML form"),
    Chrome("button", "chrome/form", "HTML form"),
    Chrome("col", "table/column", "HTML table, column style", "anything"),
)

SILENT = frozenset(("script", "style", "head", "title", "template", "noscript"))
"""Elements whose text is none: no reader sees it."""

CODE_TOOLBARS: Mapping[str, Chrome] = MappingProxyType(
    {
        name: Chrome(name, "code/toolbar", "dp.SyntaxHighlighter 1, SyntaxHighlighter 2 and 3, Prism")
        for name in ("bar", "tools", "toolbar")
    }
)
"""Classes that are a toolbar only in a highlighter's box of CODE_BOXES."""
CODE_BOXES = frozenset(("dp-highlighter", "syntaxhighlighter", "code-toolbar"))
"""Classes of a highlighter's box: dp.SyntaxHighlighter 1, SyntaxHighlighter 2 and 3, Prism."""

TAG_ROWS: Mapping[str, Chrome] = MappingProxyType({row.name: row for row in BY_TAG})
