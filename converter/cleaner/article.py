"""The cleaner: any article's HTML becomes canonical HTML (``model.Node``), nothing lost in silence.

``walk`` goes over the article once; ``elements``, ``lists``, ``tables``, ``code`` and ``math`` say what
each tag adds, ``special`` what a class changes; ``flow`` gathers blocks, ``runs`` the text in them.
"""

from __future__ import annotations

from lxml.etree import _Element

from converter.cleaner.by_class import SPECIAL
from converter.cleaner.by_tag import HANDLERS
from converter.cleaner.walk import Cleaner
from converter.model import Article
from converter.options import Options


def clean(
    article: _Element,
    *,
    options: Options,
    first_line: int = 1,
    keep_origin: bool = False,
    finish_images: bool = True,
) -> Article:
    """Canonical HTML of an article, and what was dropped or rewritten on the way.

    article: the element that holds the article; it is left as it is.
    first_line: the line of the file that the parsed text begins on, for the findings.
    keep_origin: let each block, image and formula keep its source element (``Node.origin``).
    finish_images: False leaves addresses of images as they are served (a stamp's query is in them), and
        drawings as ``data:image/svg+xml`` images, for a caller that will settle both.
    """
    cleaner = Cleaner(
        article,
        options=options,
        first_line=first_line,
        keep_origin=keep_origin,
        finish_images=finish_images,
        handlers=HANDLERS,
        special=SPECIAL,
    )
    return cleaner.article()
