"""Turn the HTML of any article into canonical HTML (``model.Node``), with a finding for each thing removed.

The package, from the bottom up:

- ``runs``: runs (text or a leaf node, with the marks around it) and their whitespace; ``nesting``: nodes made of
  runs; ``pictures``: images that get a paragraph of their own.
- ``flow``: the blocks of one container (body, quote, list item, cell) under construction.
- ``prettified``, ``references``, ``attributes``, ``failed_transfers``: what is read from the source tree.
- ``walk``: the one pass over the article.
- ``by_tag`` and ``by_class``: the tables that say which function adds an element.  The functions stand there or, by
  kind of element, in ``code_blocks``, ``formulas``, ``inline_elements``, ``lists``, ``media``, ``tables`` and
  ``titled_blocks``.
"""

from __future__ import annotations

from lxml.etree import _Element

from converter.cleaner.by_class import CLASS_HANDLERS
from converter.cleaner.by_tag import TAG_HANDLERS
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
    """Return an article as canonical HTML, with the findings of what was removed or rewritten.

    article: the element that holds the article; it is not changed.
    options: ``toc`` says whether a generated table of contents stays, ``drawings`` whether drawings (SVG) stay, as
        ``data:image/svg+xml`` images.
    first_line: the line of the file that the parsed text begins on, counted from 1; findings give lines of the file.
    keep_origin: let each block, image and formula keep its source element (``Node.origin``).
    finish_images: False leaves image addresses as they are served (with the query that adds a watermark), for a
        caller that downloads the images.

    The result is valid for ``vocabulary.problems``.  No input is an error: elements that are not known are replaced
    by what they hold, and content nested deeper than ``walk.MAX_DEPTH`` becomes text.
    """
    cleaner = Cleaner(
        article,
        options=options,
        first_line=first_line,
        keep_origin=keep_origin,
        finish_images=finish_images,
        tag_handlers=TAG_HANDLERS,
        class_handlers=CLASS_HANDLERS,
    )
    return cleaner.clean()
