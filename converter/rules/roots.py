"""Where the article is in a page, and what shows that a text is a page or a post's HTML."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Root:
    """One place of an article: elements whose ``attribute`` (a list of words) holds ``value``.

    ``value`` alone with no attribute is a tag.  ``origin`` is the site and era,
    ``fixture`` names a page that pins the row.
    """

    id: str
    attribute: str
    value: str
    origin: str
    fixture: str


ROOTS = (
    Root("content-views", "id", "content_views", "CSDN since 2018, both editors", "csdn-2022"),
    Root("article-content", "id", "article_content", "CSDN since 2012", "csdn-2018"),
    Root("baidu-pl", "class", "baidu_pl", "CSDN since 2018", "csdn-posttime-script"),
    Root("article-content-class", "class", "article_content", "CSDN themes before 2018", "csdn-old-theme"),
    Root("htmledit", "class", "htmledit_views", "CSDN wenku and rich text fragments", "csdn-wenku"),
    Root("markdown-views", "class", "markdown_views", "CSDN wenku and Markdown fragments", "markdown-views"),
    Root("blogstory", "class", "blogstory", "CSDN before 2012", "csdn-list-theme"),
    Root("cnblogs", "id", "cnblogs_post_body", "cnblogs", "cnblogs"),
    Root("article-entry", "class", "article-entry", "Hexo, landscape theme", "hexo-landscape"),
    Root("post-body", "class", "post-body", "Hexo, NexT theme", "hexo-next"),
    Root("post-content", "class", "post-content", "Hexo and Jekyll themes", "jekyll-post-content"),
    Root("entry-content", "class", "entry-content", "WordPress themes", "wordpress"),
    Root("article-body", "itemprop", "articleBody", "schema.org microdata", "schema-org"),
    Root("markdown-body", "class", "markdown-body", "GitHub's style sheet and its users", "github-markdown"),
    Root("article", "", "article", "HTML5", "html5-article"),
    Root("main", "", "main", "HTML5", "html5-main"),
)
"""In order; the first row with a match is taken, and the body where none has one."""

WRAPPERS = ("blog-content-box", "content_views", "article_content", "baidu_pl")
"""Ids and classes of the elements that CSDN puts around an article, and nobody else does."""
