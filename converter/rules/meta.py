"""Where pages keep what they know of themselves, era by era."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Field: TypeAlias = Literal[
    "title", "url", "article_id", "date", "updated", "author", "description", "tags", "categories"
]
Source: TypeAlias = Literal["meta", "json", "script", "text", "attribute", "comment"]

_DATE = r"\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?(?:[\sT]*\d{1,2}:\d{2}(?::\d{2})?)?"


@dataclass(frozen=True, slots=True)
class MetaRow:
    """One place of one piece of metadata.

    ``source`` says what ``name`` is: the name or property of a ``meta`` element, a key of JSON-LD
    (dotted), a script variable, the words before the value in a comment at the page's start, or a
    selector (``tag``, ``#id``, ``.class``, ``tag.class``,
    ``[name=word]``; for ``attribute`` with ``@attribute`` behind it).  ``pattern`` is what the value
    must hold; its last group that matched is the value.  ``fixture`` names a page that pins the row.
    """

    id: str
    field: Field
    source: Source
    name: str
    origin: str
    fixture: str
    pattern: str = ""


META = (
    MetaRow("title/csdn-heading", "title", "text", "h1.title-article", "CSDN since 2018", "csdn-2018"),
    MetaRow("title/csdn-id", "title", "text", "#articleContentId", "CSDN since 2020", "csdn-2022"),
    MetaRow("title/csdn-script", "title", "script", "articleTitle", "CSDN since 2019", "csdn-recommended-date"),
    MetaRow("title/old-theme", "title", "text", ".link_title", "CSDN before 2018", "csdn-old-theme"),
    MetaRow("title/csdn-list", "title", "text", ".list_c_t", "CSDN 2012 to 2017, second theme", "csdn-list-theme"),
    MetaRow("title/hexo", "title", "text", ".post-title", "Hexo themes", "hexo-next"),
    MetaRow("title/cnblogs", "title", "text", "#cb_post_title_url", "cnblogs", "cnblogs"),
    MetaRow("title/microdata", "title", "text", "[itemprop=headline]", "schema.org microdata", "hexo-next"),
    MetaRow("title/open-graph", "title", "meta", "og:title", "Open Graph", "hexo-next"),
    MetaRow("title/json", "title", "json", "headline", "schema.org", "schema-org"),
    MetaRow("title/json-csdn", "title", "json", "title", "CSDN since 2019: Baidu's JSON-LD", "baidu-json"),
    MetaRow("title/head", "title", "text", "title", "any page", "wordpress"),
    MetaRow("url/canonical", "url", "attribute", "[rel=canonical]@href", "any page", "cnblogs"),
    MetaRow(
        "url/csdn-copyright", "url", "text", ".article-source-link", "CSDN since 2019", "baidu-json", r"(https?://\S+)"
    ),
    MetaRow("url/csdn-detail", "url", "script", "articleDetailUrl", "CSDN since 2019", "csdn-2019"),
    MetaRow("url/csdn-current", "url", "script", "curentUrl", "CSDN since 2018", "csdn-2018"),
    MetaRow("url/open-graph", "url", "meta", "og:url", "Open Graph", "hexo-next"),
    MetaRow("url/json", "url", "json", "@id", "JSON-LD", "csdn-2019"),
    MetaRow("url/saved-from", "url", "comment", "saved from url=", "Chrome, Edge", "csdn-2020-singlefile"),
    MetaRow("url/singlefile", "url", "comment", "Page saved with SingleFile url:", "SingleFile", "singlefile-comment"),
    MetaRow("article_id/script", "article_id", "script", "articleId", "CSDN since 2018", "csdn-2018", r"(\d+)"),
    MetaRow(
        "date/csdn-first",
        "date",
        "text",
        ".up-time",
        "CSDN since 2019: 于 ... 首次发布, 首发:, 发布于",
        "csdn-2019",
        rf"于\s*({_DATE})\s*首次发布|首发\s*[:：]\s*({_DATE})|^\s*(?:最后)?发布于\s*({_DATE})",
    ),
    MetaRow(
        "date/csdn-data", "date", "attribute", ".blog-postTime@data-time", "CSDN since 2021", "csdn-recommended-date"
    ),
    MetaRow("date/csdn-script", "date", "script", "postTime", "CSDN since 2024", "csdn-posttime-script"),
    MetaRow(
        "date/csdn-time",
        "date",
        "text",
        "span.time",
        "CSDN since 2018",
        "csdn-2018",
        rf"^\s*(?:最后|首次)?(?:发布于|于)?\s*({_DATE})\s*(?:发布|首次发布)?\s*$",
    ),
    MetaRow("date/old-theme", "date", "text", ".link_postdate", "CSDN before 2018", "csdn-old-theme"),
    MetaRow("date/json-csdn", "date", "json", "pubDate", "CSDN since 2019: Baidu's JSON-LD", "baidu-json"),
    MetaRow("date/open-graph", "date", "meta", "article:published_time", "Open Graph", "html5-article"),
    MetaRow("date/json", "date", "json", "datePublished", "schema.org", "schema-org"),
    MetaRow("date/microdata", "date", "attribute", "[itemprop=datePublished]@datetime", "Hexo themes", "hexo-next"),
    MetaRow("date/cnblogs", "date", "script", "currentPostDateAdded", "cnblogs", "cnblogs"),
    MetaRow("date/wenku", "date", "text", ".data-item", "CSDN wenku", "csdn-wenku", rf"时间\s*[:：]\s*({_DATE})"),
    MetaRow("date/time", "date", "attribute", "time@datetime", "HTML", "hexo-next"),
    MetaRow(
        "updated/csdn", "updated", "text", "span.time", "CSDN since 2021", "csdn-2022", rf"已于\s*({_DATE})\s*修改"
    ),
    MetaRow(
        "updated/csdn-up",
        "updated",
        "text",
        ".up-time",
        "CSDN 2020",
        "csdn-2020-singlefile",
        rf"最后发布\s*[:：]\s*({_DATE})",
    ),
    MetaRow("updated/json-csdn", "updated", "json", "upDate", "CSDN since 2019: Baidu's JSON-LD", "baidu-json"),
    MetaRow("updated/open-graph", "updated", "meta", "article:modified_time", "Open Graph", "markdown-views"),
    MetaRow("updated/og", "updated", "meta", "og:updated_time", "Open Graph", "hexo-next"),
    MetaRow("updated/json", "updated", "json", "dateModified", "schema.org", "schema-org"),
    MetaRow("author/csdn", "author", "text", "a.follow-nickName", "CSDN since 2019", "csdn-2020-singlefile"),
    MetaRow("author/csdn-nick", "author", "script", "nickName", "CSDN since 2019", "csdn-2019"),
    MetaRow("author/json", "author", "json", "author.name", "schema.org", "schema-org"),
    MetaRow("author/meta", "author", "meta", "author", "HTML", "markdown-views"),
    MetaRow("author/open-graph", "author", "meta", "article:author", "Open Graph", "html5-article"),
    MetaRow("author/csdn-user", "author", "script", "username", "CSDN since 2018", "csdn-2018"),
    MetaRow("author/cnblogs", "author", "text", "#profile_block", "cnblogs", "cnblogs", r"昵称\s*[:：]\s*(\S+)"),
    MetaRow("author/microdata", "author", "text", ".site-author-name", "Hexo theme NexT", "hexo-next"),
    MetaRow("description/meta", "description", "meta", "description", "any page", "csdn-2019"),
    MetaRow("description/open-graph", "description", "meta", "og:description", "Open Graph", "cnblogs"),
)
"""For each field the places in order; the first that holds something usable is taken."""

TAG_LINKS = ("a.tag-link", "a.tag", "[rel=tag]")
"""Links to a tag or a column, in the order of eras; the first kind that a page has is the one."""

CATEGORY_HREFS = ("category_", "/category/", "/categories/")
"""What the address of a column holds, and that of a tag does not."""

CATEGORY_LINKS = ("[itemprop=about]", "a.category", "[rel=category]")
"""Elements that hold a category where tags and categories are not told apart by their address."""

ADDRESS_KEYS = frozenset(
    ("original_url", "url", "source", "source_url", "link", "permalink", "canonical_url", "canonical", "origin", "from")
)
"""Front matter keys that name a post's address, if their value is one."""
