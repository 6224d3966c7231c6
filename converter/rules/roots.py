"""Where the article is in a page, and what shows that a text is a page or a post's HTML."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Root:
    """One place of an article: elements whose ``attribute`` (a list of words) holds ``value``.

    ``value`` alone with no attribute is a tag.  ``origin`` is the site and era.
    """

    id: str
    attribute: str
    value: str
    origin: str


ROOTS = (
    Root("content-views", "id", "content_views", "CSDN since 2018, both editors"),
    Root("article-content", "id", "article_content", "CSDN since 2012"),
    Root("baidu-pl", "class", "baidu_pl", "CSDN since 2018"),
    Root("article-content-class", "class", "article_content", "CSDN themes before 2018"),
    Root("htmledit", "class", "htmledit_views", "CSDN wenku and rich text fragments"),
    Root("markdown-views", "class", "markdown_views", "CSDN wenku and Markdown fragments"),
    Root("blogstorepost", "class", "blogstory", "CSDN before 2012"),
    Root("cnblogs", "id", "cnblogs_post_body", "cnblogs"),
    Root("article-entry", "class", "article-entry", "Hexo, landscape theme"),
    Root("post-body", "class", "post-body", "Hexo, NexT theme"),
    Root("post-content", "class", "post-content", "Hexo and Jekyll themes"),
    Root("entry-content", "class", "entry-content", "WordPress themes"),
    Root("article-body", "itemprop", "articleBody", "schema.org microdata"),
    Root("markdown-body", "class", "markdown-body", "GitHub's style sheet and its users"),
    Root("article", "", "article", "HTML5"),
    Root("main", "", "main", "HTML5"),
)
"""In order; the first row with a match is taken, and the body where none has one."""

WRAPPERS = ("blog-content-box", "content_views", "article_content", "baidu_pl")
"""Ids and classes of the elements that CSDN puts around an article, and nobody else does."""
