"""Blogs that Hexo wrote, by its two great themes; themes of Jekyll share a class with them."""

from __future__ import annotations

from converter.rules.metadata import MetaRow
from converter.rules.roots import Root
from converter.sites.record import Site

HEXO = Site(
    name="Hexo",
    roots=(
        Root("article-entry", "class", "article-entry", "Hexo, landscape theme", "hexo-landscape"),
        Root("post-body", "class", "post-body", "Hexo, NexT theme", "hexo-next"),
        Root("post-content", "class", "post-content", "Hexo and Jekyll themes", "jekyll-post-content"),
    ),
    metadata=(MetaRow("title/hexo", "title", "text", ".post-title", "Hexo themes", "hexo-next"),),
    fallback_metadata=(
        MetaRow("author/microdata", "author", "text", ".site-author-name", "Hexo theme NexT", "hexo-next"),
    ),
    category_links=("[itemprop=about]",),
)
