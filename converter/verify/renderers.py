"""Render Markdown with renderers of other projects; each element gets the line that it came from."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias

from converter.model import Csdn2mdError
from converter.verify import cmark
from converter.verify.formula_marks import marked, restored, tex

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

LINE = "data-line"
"""Attribute with the Markdown line that an element came from, counted from 1."""
TASK_BOXES = ("[ ]", "[x]", "[X]")
_RAW = re.compile(r"\{%-?\s*(?:end)?raw\s*-?%\}")
_LIQUID = re.compile(r'\{\{ "(\{[{%])" \}\}')
_SHORTCODE = re.compile(r"\{\{([<%])/\*((?:(?!\{\{[<%]/\*).)*?)\*/([>%])\}\}", re.DOTALL)
_LIST_START = re.compile(r'^([ >]*)\{: start="\d+"\}$', re.MULTILINE)
_IN_LINE = re.compile(r'<div( class="math in-line"[^<>]*>[^<]*)</div>')
_NEEDED = "verification needs markdown-it-py and mdit-py-plugins: pip install markdown-it-py mdit-py-plugins"
_NEEDED_CMARK = "--renderer cmark-gfm needs cmarkgfm, on Linux or macOS: pip install cmarkgfm"


_MATH_SPAN = re.compile(r'(<span class="math[^<>]*>)`((?:(?!<span).)*?)`(</span>)', re.DOTALL)
_MATH_CODE = re.compile(r'<pre([^<>]*)><code([^<>]*?) class="language-math"([^<>]*)>([^<]*)</code></pre>', re.DOTALL)
"""GitHub's two forms of formulas, after a renderer that does not know them."""


class RendererError(Csdn2mdError):
    """Raised for a Markdown renderer that is not installed or not known."""


def render(
    markdown: str, renderer: str = "markdown-it", *, formulas: bool = True, flavor: str = "gfm", lines: bool = True
) -> str:
    """Return the HTML of a Markdown body (without front matter).

    formulas: a ``$`` may begin a formula; these become ``<span class="math">`` and ``<div
    class="math">``.  flavor: with ``jekyll``, ``$$`` in a line is an inline formula; with
    ``github``, so is code between dollars.  lines: the elements have their lines (``data-line``, ``data-sourcepos``).
    RendererError where the renderer is not installed or not known.
    """
    engine = RENDERERS.get(renderer)
    if engine is None:
        raise RendererError(f"no renderer {renderer!r}: there are {', '.join(RENDERERS)}")
    if "{%" in markdown or "{{" in markdown:
        markdown = _expanded(markdown)
    if flavor == "jekyll":
        markdown = _LIST_START.sub(r"\1", markdown)
    html = engine(markdown, formulas, lines)
    if flavor == "github" and formulas:
        html = _MATH_CODE.sub(r'<div class="math"\1\2\3>\4</div>', _MATH_SPAN.sub(r"\1\2\3", html))
    return _IN_LINE.sub(r"<span\1</span>", html) if flavor == "jekyll" else html


def _expanded(markdown: str) -> str:
    """Return Markdown as a template engine leaves it: the tags that guard template syntax are gone."""
    return _SHORTCODE.sub(r"{{\1\2\3}}", _LIQUID.sub(r"\1", _RAW.sub("", markdown)))


# --------------------------------------------------------------------------------------------------
# markdown-it


def _markdown_it(markdown: str, formulas: bool, lines: bool) -> str:
    parser = parser_for(markdown, formulas=formulas)
    tokens = parser.parse(markdown)
    for token in tokens if lines else ():
        if token.map and token.nesting >= 0:
            token.attrs[LINE] = token.map[0] + 1
    html: str = parser.renderer.render(tokens, parser.options, {})
    return html


def parser_for(markdown: str, *, formulas: bool) -> MarkdownIt:
    """Return a parser with the plugins that some Markdown needs, which is faster than all plugins."""
    footnotes = "[^" in markdown or "^[" in markdown
    return _parser(formulas, footnotes, any(box in markdown for box in TASK_BOXES))


@cache
def _parser(formulas: bool, footnotes: bool, tasks: bool) -> MarkdownIt:
    parser = new_parser(formulas=formulas, footnotes=footnotes, tasks=tasks)
    from converter.verify.shortcuts import use_shortcuts

    use_shortcuts(parser)
    return parser


def new_parser(*, formulas: bool, footnotes: bool = True, tasks: bool = True) -> MarkdownIt:
    """Return a parser of CommonMark with GitHub's extensions; no URL is refused or rewritten.

    formulas, footnotes, tasks: which plugins are added.  RendererError where one is not installed.
    """
    try:
        from markdown_it import MarkdownIt
        from mdit_py_plugins.dollarmath import dollarmath_plugin
        from mdit_py_plugins.footnote import footnote_plugin
        from mdit_py_plugins.tasklists import tasklists_plugin
    except ImportError as error:
        raise RendererError(_NEEDED) from error
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    if footnotes:
        parser.use(footnote_plugin)
    if tasks:
        parser.use(tasklists_plugin)
    if formulas:
        parser.use(dollarmath_plugin, double_inline=True, allow_labels=False)
    lenient: Any = parser
    lenient.validateLink = lambda _url: True
    lenient.normalizeLink = lenient.normalizeLinkText = lambda url: url
    for kind, rule in RULES.items():
        parser.add_render_rule(kind, rule)
    return parser


def _math(tag: str, more: str = "") -> Callable[..., str]:
    def rule(_renderer: Any, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
        token = tokens[index]
        line = f' {LINE}="{token.attrs[LINE]}"' if LINE in token.attrs else ""
        return f'<{tag} class="math{more}"{line}>{tex(token.content)}</{tag}>'

    return rule


def _html_block(_renderer: Any, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
    token = tokens[index]
    return f"<!--{token.attrs[LINE]}-->{token.content}" if LINE in token.attrs else token.content


RULES: Mapping[str, Callable[..., str]] = MappingProxyType(
    {
        "math_inline": _math("span"),
        "math_inline_double": _math("div", " in-line"),
        "math_block": _math("div"),
        "html_block": _html_block,
    }
)
"""Render functions for token types whose HTML differs from markdown-it's own."""


# --------------------------------------------------------------------------------------------------
# cmark-gfm

EXTENSIONS = ("table", "strikethrough", "tasklist", "autolink")


def _cmark(markdown: str, formulas: bool, lines: bool) -> str:
    """Render with cmark-gfm, which knows no formulas: they are replaced before and put back after it."""
    if not cmark.is_available():
        raise RendererError(_NEEDED_CMARK)
    if not formulas:
        return cmark.html_of(markdown, EXTENSIONS, lines=lines)
    found = marked(markdown)
    return restored(cmark.html_of(found.text, EXTENSIONS, lines=lines), found.formulas)


def _auto(markdown: str, formulas: bool, lines: bool) -> str:
    """Render with cmark-gfm, in a twentieth of the time; with markdown-it where formulas are not plain."""
    if not cmark.is_available():
        return _markdown_it(markdown, formulas, lines)
    if not formulas:
        return cmark.html_of(markdown, lines=lines)
    found = marked(markdown)
    if not found.is_plain:
        return _markdown_it(markdown, formulas, lines)
    return restored(cmark.html_of(found.text, lines=lines), found.formulas)


Engine: TypeAlias = Callable[[str, bool, bool], str]
AUTO, MARKDOWN_IT = "auto", "markdown-it"
RENDERERS: Mapping[str, Engine] = MappingProxyType({AUTO: _auto, MARKDOWN_IT: _markdown_it, "cmark-gfm": _cmark})
"""Renderers by the name that ``--renderer`` takes.

Each gets the Markdown, whether it may hold formulas, and whether lines are wanted.
"""


def in_turn(renderer: str) -> tuple[str, ...]:
    """Return the renderers that are asked until one shows no difference.

    Only a document that seems to differ is worth markdown-it's time: what it says is what is reported.
    """
    return (AUTO, MARKDOWN_IT) if renderer == AUTO and cmark.is_available() else (renderer,)
