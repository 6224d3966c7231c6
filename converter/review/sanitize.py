"""Write a tree as harmless HTML: elements and attributes by allow-list, no URL that a browser would fetch."""

from __future__ import annotations

import re
from collections.abc import Collection
from html import escape

from lxml.etree import _Element

from converter.verify.article_walker import NUMBER_ATTRIBUTE
from converter.verify.renderers import LINE

REMOVED = frozenset(
    """script style head title meta link base template noscript object applet frame frameset svg canvas
    select option input button textarea audio video source track embed iframe map area dialog slot portal""".split()
)
"""Elements that are removed with all they hold."""
KEPT = frozenset(
    """a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del details
    dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i ins kbd li main mark nav ol p pre q s
    samp section small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr
    math semantics mrow mi mo mn ms mtext mspace msup msub msubsup mfrac msqrt mroot munder mover munderover mtable mtr
    mtd mstyle mpadded mphantom menclose""".split()
)
"""Elements that are kept; of all others, only what they hold."""
ATTRIBUTES = frozenset(
    """align valign colspan rowspan start class dir lang width height border cellpadding cellspacing
    mathvariant stretchy fence separator lspace rspace minsize maxsize display displaystyle scriptlevel linethickness
    columnalign rowspacing columnspacing""".split()
)
"""Attributes that are kept."""
VOID = frozenset(("br", "hr", "col", "wbr"))
"""Elements without an end tag."""
_IMAGE_URL = re.compile(r"(?:https?:)?//|data:image/(?:png|gif|jpe?g|webp|bmp|avif)[;,]", re.IGNORECASE)
_LOCAL_URL = re.compile(r"[^:?#]+(?:[?#]|$)")
_LINK_URL = re.compile(r"https?://|mailto:", re.IGNORECASE)
LONGEST_URL = 80
"""How many characters of an image's or player's URL are shown."""


class Sanitizer:
    """Writes a tree as harmless HTML.

    images: show images from the web; if not, their URLs.  local: prefix for the URLs of images in the archive
    ("": show their URLs).  marked: numbers of the elements to mark as different.  links: links work.
    """

    def __init__(
        self, *, images: bool = False, local: str = "", marked: Collection[str] = (), links: bool = False
    ) -> None:
        self.images, self.local, self.marked, self.links = images, local, marked, links
        self.out: list[str] = []

    def html(self, root: _Element) -> str:
        """Return what an element holds as HTML."""
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
        """Write a start tag; return the end tag, or None where what the element holds must not be written."""
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
            self.out.append(f'<span class="x-player">▶ {escape(element.get("src") or "player")[:LONGEST_URL]}</span>')
            return "" if tag == "embed" else None  # embed holds nothing; libxml2 puts what follows into it
        if tag in REMOVED or tag == "annotation":
            return None
        if tag not in KEPT:
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
            web = self.links and _LINK_URL.match(href)
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
        position = "".join(
            f' {name}="{prefix}{escape(value)}"'
            for name, prefix, given in (("id", "n", NUMBER_ATTRIBUTE), ("data-line", "", LINE))
            if (value := element.get(given))
        )
        alt = escape(element.get("alt", ""))
        shown = ""
        if _IMAGE_URL.match(source):
            shown = source if self.images or source.startswith("data:") else ""
        elif self.local and _LOCAL_URL.match(source) and not source.startswith(("/", "\\")):
            shown = self.local + source
        if shown:
            self.out.append(
                f'<img{position} src="{escape(shown)}" alt="{alt}" loading="lazy" referrerpolicy="no-referrer">'
            )
        else:
            name = escape(source if len(source) <= LONGEST_URL else source[:LONGEST_URL] + "…")
            self.out.append(
                f'<span{position} class="x-picture" title="{escape(source[:500])}">▣ {alt} <i>{name}</i></span>'
            )
