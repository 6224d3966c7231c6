"""Blogs that Hexo wrote, by its most used themes; themes of Jekyll share a class with them."""

from __future__ import annotations

from converter.rules.metadata import DATE, MetaRow
from converter.rules.roots import Root
from converter.sites.record import Site

HEXO = Site(
    name="Hexo",
    roots=(
        Root("article-entry", "class", "article-entry", "Hexo, landscape theme", "hexo-landscape"),
        Root("post-body", "class", "post-body", "Hexo, NexT theme", "hexo-next"),
        Root("fluid", "class", "markdown-body", "Hexo, Fluid theme", "hexo-fluid", inside="post-content"),
        Root("post-content", "class", "post-content", "Hexo and Jekyll themes", "jekyll-post-content"),
        Root("matery", "id", "articleContent", "Hexo, Matery theme", "hexo-matery"),
        Root("icarus", "class", "content", "Hexo, Icarus theme", "hexo-icarus", inside="card-content"),
    ),
    metadata=(
        MetaRow("title/hexo", "title", "text", ".post-title", "Hexo themes", "hexo-next"),
        MetaRow("title/fluid", "title", "attribute", ".page-header #subtitle@title", "Hexo, Fluid theme", "hexo-fluid"),
        MetaRow("author/matery", "author", "text", ".reprint__author a", "Hexo, Matery theme", "hexo-matery"),
        MetaRow("date/matery", "date", "text", ".post-info .post-date", "Hexo, Matery theme", "hexo-matery", DATE),
    ),
    fallback_metadata=(
        MetaRow("author/microdata", "author", "text", ".site-author-name", "Hexo theme NexT", "hexo-next"),
        MetaRow("url/matery", "url", "attribute", ".reprint__type a@href", "Hexo, Matery theme", "hexo-matery"),
    ),
    tag_links=(".post-meta a.hover-with-bg", ".article-tag a"),
    category_links=("[itemprop=about]", ".post-cate a"),
)
