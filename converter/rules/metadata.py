"""Metadata that any page may state, by standards and by the programs that save pages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

Field: TypeAlias = Literal[
    "title",
    "url",
    "article_id",
    "date",
    "updated",
    "author",
    "description",
    "tags",
    "categories",
    "kind",
    "license",
    "column",
    "views",
    "likes",
    "favorites",
    "comments",
]
Holder: TypeAlias = Literal["meta", "json", "script", "text", "attribute", "comment"]

SELECTOR = re.compile(r"([\w-]*)(?:#([\w-]+)|\.([\w-]+)|\[([\w-]+)=([\w-]+)\])?")
"""One element of a selector: ``tag``, ``#id``, ``.class``, ``tag.class``, ``[name=word]``."""
DATE = r"\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?(?:[\sT]*\d{1,2}:\d{2}(?::\d{2})?)?"
"""Pattern of a date, for the patterns of rows."""


@dataclass(frozen=True, slots=True)
class MetaRow:
    """One element or value of a page that may hold one field of its metadata.

    ``holder`` says what ``name`` is: the name or property of a ``meta`` element, a key of JSON-LD
    (dotted), a script variable, the words before the value in a comment at the page's start, or a
    selector (``tag``, ``#id``, ``.class``, ``tag.class``, ``[name=word]``, or several of these with a
    space between: each anywhere in the one before; for ``attribute`` with ``@attribute`` behind it).
    ``pattern`` is what the value must hold; its last group that matched is the value.
    ``fixture`` names a page that pins the row.
    ``names_site``: the name of the site may stand behind the value, and is removed.
    """

    id: str
    field: Field
    holder: Holder
    name: str
    origin: str
    fixture: str
    pattern: str = ""
    names_site: bool = False


DECLARED_METADATA = (MetaRow("url/canonical", "url", "attribute", "[rel=canonical]@href", "any page", "cnblogs"),)
"""Asked before the sites' own rows."""

STANDARD_METADATA = (
    MetaRow("title/microdata", "title", "text", "[itemprop=headline]", "schema.org microdata", "hexo-next"),
    MetaRow("title/open-graph", "title", "meta", "og:title", "Open Graph", "hexo-next", names_site=True),
    MetaRow("title/json", "title", "json", "headline", "schema.org", "schema-org", names_site=True),
    MetaRow("url/open-graph", "url", "meta", "og:url", "Open Graph", "hexo-next"),
    MetaRow("url/json", "url", "json", "@id", "JSON-LD", "csdn-2019"),
    MetaRow("url/saved-from", "url", "comment", "saved from url=", "Chrome, Edge", "csdn-2020-singlefile"),
    MetaRow("url/singlefile", "url", "comment", "Page saved with SingleFile url:", "SingleFile", "singlefile-comment"),
    MetaRow("date/open-graph", "date", "meta", "article:published_time", "Open Graph", "html5-article"),
    MetaRow("date/json", "date", "json", "datePublished", "schema.org", "schema-org"),
    MetaRow("date/microdata", "date", "attribute", "[itemprop=datePublished]@datetime", "Hexo themes", "hexo-next"),
    MetaRow("updated/open-graph", "updated", "meta", "article:modified_time", "Open Graph", "markdown-views"),
    MetaRow("updated/og", "updated", "meta", "og:updated_time", "Open Graph", "hexo-next"),
    MetaRow("updated/json", "updated", "json", "dateModified", "schema.org", "schema-org"),
    MetaRow("author/json", "author", "json", "author.name", "schema.org", "schema-org"),
    MetaRow("author/meta", "author", "meta", "author", "HTML", "markdown-views"),
    MetaRow("author/open-graph", "author", "meta", "article:author", "Open Graph", "html5-article"),
    MetaRow("description/meta", "description", "meta", "description", "any page", "csdn-2019"),
    MetaRow("license/link", "license", "attribute", "[rel=license]@href", "HTML: rel=license", "csdn-license"),
    MetaRow("license/json", "license", "json", "license", "schema.org", "schema-org-license"),
    MetaRow("description/open-graph", "description", "meta", "og:description", "Open Graph", "cnblogs"),
)
"""Asked after the sites' own rows, and before what these hold in reserve."""

LAST_METADATA = (
    MetaRow("title/head", "title", "text", "title", "any page", "wordpress", names_site=True),
    MetaRow("date/time", "date", "attribute", "time@datetime", "HTML", "hexo-next"),
)
"""Asked where nothing else says anything."""

KEYWORD_NAMES = ("article:tag", "itemprop:keywords", "keywords")
"""Names of ``meta`` elements that hold tags, the best first: a site may fill ``keywords`` with words of its own."""

COMMON_TAG_LINKS = ("a.tag", "[rel=tag]")
"""Selectors of links to a tag or a category; the first that a page has is the one."""

COMMON_CATEGORY_ADDRESSES = ("/category/", "/categories/")
"""Parts that the address of a category holds, and that of a tag does not."""

COMMON_CATEGORY_LINKS = ("a.category", "[rel=category]")
"""Selectors of categories, where these and tags are not told apart by their address."""

ADDRESS_KEYS = frozenset(
    ("original_url", "url", "source", "source_url", "link", "permalink", "canonical_url", "canonical", "origin", "from")
)
"""Front matter keys that name a post's address, if their value is one."""
