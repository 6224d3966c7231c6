"""HTML that can do nothing: elements and attributes by allow-list, no address that a browser would fetch."""

from __future__ import annotations

import re
from collections.abc import Collection
from html import escape

from lxml.etree import _Element

from converter.verify.article_facts import NUMBER_ATTRIBUTE
from converter.verify.renderers import LINE

GONE = frozenset(
    """script style head title meta link base template noscript object applet frame frameset svg canvas
    select option input button textarea audio video source track embed iframe map area dialog slot portal""".split()
)
"""Elements that go with all they hold."""
SHOWN = frozenset(
    """a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del details
    dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i ins kbd li main mark nav ol p pre q s
    samp section small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr
    math semantics mrow mi mo mn ms mtext mspace msup msub msubsup mfrac msqrt mroot munder mover munderover mtable mtr
    mtd mstyle mpadded mphantom menclose""".split()
)
"""Elements that stay; all others leave what they hold behind."""
ATTRIBUTES = frozenset(
    """align valign colspan rowspan start class dir lang width height border cellpadding cellspacing
    mathvariant stretchy fence separator lspace rspace minsize maxsize display displaystyle scriptlevel linethickness
    columnalign rowspacing columnspacing""".split()
)
VOID = frozenset(("br", "hr", "col", "wbr"))
_PICTURE = re.compile(r"(?:https?:)?//|data:image/(?:png|gif|jpe?g|webp|bmp|avif)[;,]", re.IGNORECASE)
_LOCAL = re.compile(r"[^:?#]+(?:[?#]|$)")
_WEB = re.compile(r"https?://|mailto:", re.IGNORECASE)
PICTURE_NAME = 80
"""How much of a picture's address is shown."""


class Sanitizer:
    """Writes a tree as harmless HTML.

    pictures: show pictures from the web (they are named otherwise).  local: what to put before the
    address of a picture that lies beside the document ("": they are named).  marked: numbers or lines
    of elements to be marked as different.  links: links lead somewhere.
    """

    def __init__(
        self, *, pictures: bool = False, local: str = "", marked: Collection[str] = (), links: bool = False
    ) -> None:
        self.pictures, self.local, self.marked, self.links = pictures, local, marked, links
        self.out: list[str] = []

    def html(self, root: _Element) -> str:
        """What an element holds."""
        self.out = []
        stack = [(root, "", iter(root))]
        self._text(root.text)
        while stack:
            element, closing, children = stack[-1]
            child = next(children, None)
            if child is None:
                stack.pop()
                self.out.append(closing)
                if stack:
                    self._text(element.tail)
                continue
            end = self._open(child)
            if end is None:
                self._text(child.tail)
            else:
                self._text(child.text)
                stack.append((child, end, iter(child)))
        return "".join(self.out)

    def _text(self, text: str | None) -> None:
        if text:
            self.out.append(escape(text, quote=False))

    def _open(self, element: _Element) -> str | None:
        """Write a start tag; the end tag, or None where what the element holds is not to be written."""
        tag = element.tag
        if not isinstance(tag, str):
            return None
        if tag == "img":
            self._image(element)
            return None
        if tag == "input" and element.get("type") == "checkbox":
            self.out.append("☑ " if element.get("checked") is not None else "☐ ")
            return None
        if tag in ("iframe", "embed", "video", "audio", "object"):
            self.out.append(f'<span class="x-player">▶ {escape(element.get("src") or "player")[:PICTURE_NAME]}</span>')
            return "" if tag == "embed" else None  # embed holds nothing; libxml2 puts what follows into it
        if tag in GONE or tag == "annotation":
            return None
        if tag not in SHOWN:
            return ""
        self.out.append(f"<{tag}{self._attributes(element, tag)}>")
        return "" if tag in VOID else f"</{tag}>"

    def _attributes(self, element: _Element, tag: str) -> str:
        written = []
        classes = element.get("class", "").split()
        for name, value in element.items():
            if name in ATTRIBUTES and name != "class":
                written.append(f' {name}="{escape(value)}"')
        if tag == "a" and (href := element.get("href", "")):
            web = self.links and _WEB.match(href)
            written.append(f' title="{escape(href)}"')
            written.append(f' href="{escape(href)}" rel="noreferrer noopener" target="_blank"' if web else "")
            classes.append("x-link")
        if number := element.get(NUMBER_ATTRIBUTE):
            written.append(f' id="n{escape(number)}"')
            classes += ["x-different"] if number in self.marked else []
        if line := element.get(LINE):
            written.append(f' data-line="{escape(line)}"')
        if classes:
            written.append(f' class="{escape(" ".join(classes))}"')
        return "".join(written)

    def _image(self, element: _Element) -> None:
        source = (element.get("src") or element.get("data-src") or element.get("data-original") or "").strip()
        place = "".join(
            f' {name}="{prefix}{escape(value)}"'
            for name, prefix, given in (("id", "n", NUMBER_ATTRIBUTE), ("data-line", "", LINE))
            if (value := element.get(given))
        )
        alt = escape(element.get("alt", ""))
        shown = ""
        if _PICTURE.match(source):
            shown = source if self.pictures or source.startswith("data:") else ""
        elif self.local and _LOCAL.match(source) and not source.startswith(("/", "\\")):
            shown = self.local + source
        if shown:
            self.out.append(
                f'<img{place} src="{escape(shown)}" alt="{alt}" loading="lazy" referrerpolicy="no-referrer">'
            )
        else:
            name = escape(source if len(source) <= PICTURE_NAME else source[:PICTURE_NAME] + "…")
            self.out.append(
                f'<span{place} class="x-picture" title="{escape(source[:500])}">▣ {alt} <i>{name}</i></span>'
            )
