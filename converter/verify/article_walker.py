"""Walk over the HTML of an article: what is hidden, what is code, what is a formula, whatever editor wrote it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice
from typing import ClassVar

from lxml.etree import XPath, _Element

from converter.rules.limits import LIMITS, LimitName
from converter.rules.math import MATHJAX_PREFIXES, TEX_ENTITIES
from converter.rules.svg import DATA_START
from converter.verify import code_boxes, code_containers, drawings, normalize
from converter.verify.chrome_limits import ChromeLimits, is_picture, is_within
from converter.verify.drawn_formulas import is_drawn, may_be_drawn
from converter.verify.editor_parts import card_text, is_in_contents, is_list_of_contents, is_sign_of_heading
from converter.verify.image_sources import pictures_without_scripts, source_of
from converter.verify.known_addresses import SCRIPT_OF_PAGE
from converter.verify.known_chrome import BY_CLASS, BY_ID, BY_TAG, CODE_BOXES, CODE_TOOLBARS, is_title, title_of
from converter.verify.pasted_numbers import without_pasted_numbers
from converter.verify.recorder import Recorder
from converter.verify.styles import emphasis_of, hides, takes_back
from converter.verify.tex_of_article import stated_tex, tex_of, tex_of_script, undrawn_tex
from converter.verify.walker import EMPHASIS, SKIP, WALK, AtEnd, Visit, Walker

PLAYERS = frozenset(("iframe", "embed", "video", "audio", "object"))
"""Elements that play something; the Markdown may link to it."""
SILENT = frozenset((*BY_TAG, "svg"))
"""Elements whose text is not compared: browsers do not show it, or draw it (``svg``)."""
_HAS_TOOLS = XPath(
    "boolean(descendant::*[self::a or self::button or self::embed or self::object or @class='toolbar-item'])"
)
_MATH_SCRIPT = XPath("boolean(descendant::script[starts-with(@type, 'math/tex')])")
_NO_WEB_SCHEME = re.compile(r"(?!https?:)[a-z][a-z0-9+.\-]*:(?!\d)", re.IGNORECASE)
NUMBER_ATTRIBUTE = "data-number"
"""An attribute with a number, which facts have instead of the line."""


class ArticleWalker(Walker):
    """A walk over the HTML of an article without elements that are formulas."""

    methods: ClassVar[Mapping[str, str]] = {**Walker.methods, **dict.fromkeys(PLAYERS, "player")}

    def __init__(
        self, recorder: Recorder, article: _Element, *, formulas: bool, first_line: int, toc: bool, drawn: bool
    ) -> None:
        super().__init__(recorder, formulas=formulas)
        self.lines_before = first_line - 1
        self.numbered = article.get(NUMBER_ATTRIBUTE) is not None
        self.toc, self.drawn = toc, drawn
        self.mathjax = bool(_MATH_SCRIPT(article))
        self.prettified = recorder.facts.prettified
        self.title = title_of(article)
        self.limits = ChromeLimits()
        self.classes: dict[str, tuple[LimitName | None, bool, bool]] = {}
        self.styles: dict[str, tuple[bool, tuple[str, ...]]] = {}
        self.headings: dict[_Element, set[str]] = {}

    def enter(self, element: _Element) -> Visit:
        """Record the start of an element, unless it is hidden."""
        tag = element.tag
        if not isinstance(tag, str):
            return SKIP
        if tag in SILENT:
            return self._script(element)
        self.locate(element)
        handler = self.handlers.get(tag)
        kinds: tuple[str, ...] = ()
        if given := element.items():
            named = dict(given)
            if self._is_hidden(element, named):
                return self._leave_out(element)
            if style := named.get("style"):
                hidden, kinds = self.styles.get(style) or self._style(style)
                if hidden:
                    return self._leave_out(element)
                if tag in ("b", "i") and takes_back(style, EMPHASIS[tag]):
                    handler = None
        if tag in code_containers.TAGS and self._code(element):
            return SKIP
        if tag == "dt":
            kinds = (*kinds, "optional-strong")
        visit = handler(self, element) if handler else WALK
        return self._with_style(kinds, visit) if kinds and visit is not None else visit

    def _leave_out(self, element: _Element) -> Visit:
        self.recorder.leave_out(element)
        return SKIP

    def locate(self, element: _Element) -> None:
        """Set the recorder's line to the line, or the number, of an element."""
        if self.numbered:
            self.recorder.line = int(element.get(NUMBER_ATTRIBUTE, "0"))
        else:
            self.recorder.line = (element.sourceline or 0) + self.lines_before

    def _with_style(self, kinds: tuple[str, ...], visit: AtEnd) -> Visit:
        for kind in kinds:
            self.recorder.marks.open(kind)

        def at_end() -> None:
            for kind in kinds:
                self.recorder.marks.close(kind)
            visit()

        return at_end

    def _script(self, element: _Element) -> Visit:
        if element.tag == "svg":
            self.locate(element)
            if self.drawn and (labels := drawings.labels_of(element)) is not None:
                self.recorder.image(drawings.ADDRESS, labels)
            return self._leave_out(element)
        holds = BY_TAG.get(str(element.tag))
        if holds is not None and not self.limits.hides(holds, element):  # a button that was left open
            return WALK
        if element.tag == "noscript":
            for img in filter(is_picture, pictures_without_scripts(element)):
                self.image(img)
        kind = element.get("type", "") if element.tag == "script" else ""
        if element.tag == "script" and (page := SCRIPT_OF_PAGE.match(element.get("src", ""))):
            self.recorder.facts.player_urls.add(normalize.address(page[1]))
        if kind.startswith("math/tex"):
            self.drawn_formula(tex_of_script(element), display="display" in kind)
        return self._leave_out(element)

    def _is_hidden(self, element: _Element, given: Mapping[str, str]) -> bool:
        """Return True for an element that stands in the article without being part of it."""
        name = given.get("class")
        if name:
            holds, special, draws = self.classes.get(name) or self._class(name)
            if draws and is_drawn(element, name):
                return True
            if (holds and self.limits.hides(holds, element)) or (special and self._is_special(name, element)):
                return True
        if self.recorder.is_empty and (element is self.title or (element.tag != "h1" and name and is_title(element))):
            return True
        if not self.toc and (identity := given.get("id")) and is_in_contents(element, identity):
            return True
        if by_id := BY_ID.get(given.get("id", "")) or BY_ID.get(given.get("name", "")):
            return self.limits.hides(by_id, element)
        if given.get("class_") == "artid":
            return True
        return "hidden" in given or (
            element.tag == "a" and given.get("href", "").startswith(("#fn", "#user-content-fn"))
        )

    def _class(self, name: str) -> tuple[LimitName | None, bool, bool]:
        """Return what chrome of a class may hold, and whether it may be special, or a drawing of a formula."""
        holds: LimitName | None = next(filter(None, map(BY_CLASS.get, name.split())), None)
        if holds is None and self.mathjax and any(word.startswith(MATHJAX_PREFIXES) for word in name.split()):
            holds = "glyphs"
        special = "toc" in name or "bar" in name or "tools" in name
        self.classes[name] = holds, special, may_be_drawn(name)
        return self.classes[name]

    def _is_special(self, name: str, element: _Element) -> bool:
        if "toc" in name and not self.toc and "toc" in name.split():
            return is_list_of_contents(element)
        return ("bar" in name or "tools" in name) and self._is_toolbar(element)

    def _is_toolbar(self, element: _Element) -> bool:
        holds: LimitName | None = next(filter(None, map(CODE_TOOLBARS.get, code_containers.class_names(element))), None)
        boxes = (code_containers.class_names(up) for up in islice(element.iterancestors(), 2))
        in_box = any(not CODE_BOXES.isdisjoint(names) for names in boxes)
        if element.get("class") == "toolbar" and not _HAS_TOOLS(element):
            return False  # SyntaxHighlighter puts links there, Prism items; text alone is an author's
        return holds is not None and in_box and self.limits.hides(holds, element)

    def _style(self, style: str) -> tuple[bool, tuple[str, ...]]:
        """Return whether a style hides its element, and the kinds of emphasis that it gives."""
        self.styles[style] = hides(style), tuple(emphasis_of(style))
        return self.styles[style]

    def _code(self, element: _Element) -> bool:
        """Record the code of a code container; return False where the element is none."""
        if code_containers.continues_code(element):
            return True
        text = code_containers.code_of(element)
        if text is None and element.tag in ("div", "section") and not self.prettified:
            text = code_boxes.box_of_code(element)
        if text is None:
            return False
        text = without_pasted_numbers(text)
        self.recorder.end_line()
        for line in code_containers.lines_from(element):
            for img in line.iter("img"):
                self.image(img)
                self.recorder.end_line()
        declared, guess = code_containers.languages(element)
        self.recorder.code(text, declared, guess, loose=element.tag not in code_containers.AUTHORED)
        return True

    def image(self, element: _Element) -> Visit:
        """Record an image, loaded or lazy, or the formula that it shows."""
        given = element.attrib
        source = source_of(element)
        if tex := normalize.image_tex(source, str(given.get("alt", ""))):
            self.drawn_formula(tex, display=str(given.get("alt", "")).strip().startswith("$$"))
        elif source.startswith(DATA_START):
            alt = normalize.source_alternative(str(given.get("alt", "")), source)
            if self.drawn and drawings.labels_of_data(source, alt) is not None:
                self.recorder.image(drawings.ADDRESS, alt)
        elif normalize.can_show_image(source):
            self.recorder.image(
                normalize.image(source), normalize.source_alternative(str(given.get("alt", "")), source)
            )
        return SKIP

    def link(self, element: _Element) -> Visit:
        """Record a link; of one with a card, only the title on it."""
        if is_sign_of_heading(element, self.headings):
            return self._leave_out(element)
        at_end = super().link(element)
        if at_end is None or not (title := card_text(element)):
            return at_end
        self.recorder.text(title)
        at_end()
        return SKIP

    def drawn_formula(self, tex: str, *, display: bool) -> None:
        """Record a formula that the page draws."""
        for written, meant in TEX_ENTITIES:
            tex = tex.replace(written, meant)
        self.recorder.facts.has_formulas |= bool(tex.strip())
        self.recorder.formula(tex, display=display)

    def player(self, element: _Element) -> Visit:
        """Record the URLs of a player: the Markdown may link to one of them, or leave it out."""
        plays = False
        for holder in element.iter(*PLAYERS, "source"):
            if url := holder.get("src") or holder.get("data-src") or holder.get("data"):
                self.recorder.facts.player_urls.add(normalize.address(url))
                plays = plays or _NO_WEB_SCHEME.match(url.strip()) is None
        if element.tag == "embed":  # it holds nothing; libxml2 puts what follows into it
            return WALK
        return self._leave_out(element) if plays and is_within(LIMITS["note"], element) else WALK

    def open_list(self, element: _Element) -> Visit:
        """Record a list; line numbers that were left open are no list, but what they hold."""
        return self.block(element) if self._is_open_gutter(element) else super().open_list(element)

    def item(self, element: _Element) -> Visit:
        """Record a list item; of one that begins with a line number, what stands behind the number."""
        if not self._is_open_gutter(element.getparent()):
            return super().item(element)
        if not (element.text or "").strip().isdecimal():
            return self.block(element)
        self.recorder.end_line()
        for child in element:
            self.record(child)
            self.text(child.tail or "")
        self.recorder.end_line()
        return SKIP

    def _is_open_gutter(self, element: _Element | None) -> bool:
        if element is None or element not in self.limits.open:
            return False
        return "numbers" in map(BY_CLASS.get, code_containers.class_names(element))

    def formula_or(self, element: _Element) -> Visit:
        """Record a formula of KaTeX, or another ``span``, ``div`` or ``math``."""
        kind = element.get("class") or ""
        found = stated_tex(element) or undrawn_tex(element)
        if found is None and (element.tag == "math" or "katex-mathml" in kind):
            found = tex_of(element)
        if found is not None:
            self.drawn_formula(found[0], display=found[1])
            return SKIP
        return self.block(element) if element.tag not in ("span", "math") else WALK


class FormulaWalker(ArticleWalker):
    """A walk over the HTML of an article in which elements may be formulas."""

    methods: ClassVar[Mapping[str, str]] = {
        **ArticleWalker.methods,
        **dict.fromkeys(("span", "div", "p", "section", "figure", "math"), "formula_or"),
    }
