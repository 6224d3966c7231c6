"""The tables that the stages read: the rows of all sites, joined with those that are of no one site.

To add a site, write its record in a file of its own and name it in SITES.  Where order counts (roots, metadata,
selectors of tags), rows stand in the order of SITES, and what any page may have comes behind.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from converter.rules.cards import COMMON_LINK_CARDS
from converter.rules.chrome import COMMON_CLASSES, Chrome
from converter.rules.math import COMMON_EQUATION_SERVERS, COMMON_FORMULA_SERVERS
from converter.rules.metadata import (
    COMMON_CATEGORY_ADDRESSES,
    COMMON_CATEGORY_LINKS,
    COMMON_TAG_LINKS,
    DECLARED_METADATA,
    LAST_METADATA,
    STANDARD_METADATA,
)
from converter.rules.roots import COMMON_ROOTS
from converter.rules.urls import COMMON_EMPTY_ALTERNATIVES
from converter.sites.cnblogs import CNBLOGS
from converter.sites.csdn import CSDN
from converter.sites.cto51 import CTO51
from converter.sites.hexo import HEXO
from converter.sites.iteye import ITEYE
from converter.sites.jianshu import JIANSHU
from converter.sites.juejin import JUEJIN
from converter.sites.oschina import OSCHINA
from converter.sites.quoted import (
    BILIBILI,
    DOUBAN,
    GITHUB,
    INFOQ,
    LD246,
    NOWCODER,
    SSPAI,
    TENCENT,
    WEIBO,
    YUQUE,
)
from converter.sites.weixin import WEIXIN
from converter.sites.wordpress import WORDPRESS
from converter.sites.zhihu import ZHIHU

SITES = (
    CSDN,
    CNBLOGS,
    ITEYE,
    WEIXIN,
    ZHIHU,
    JUEJIN,
    JIANSHU,
    CTO51,
    OSCHINA,
    HEXO,
    WORDPRESS,
    WEIBO,
    DOUBAN,
    BILIBILI,
    GITHUB,
    TENCENT,
    SSPAI,
    INFOQ,
    YUQUE,
    LD246,
    NOWCODER,
)
"""All sites.  The first is the one whose archives are converted: its clock and form of addresses are written."""

# --------------------------------------------------------------------------------------------------
# The article

ROOTS = (*(row for site in SITES for row in site.roots), *COMMON_ROOTS)
"""Elements that hold the article; the first row with a match is taken, and the body where none has one."""
WRAPPERS = tuple(name for site in SITES for name in site.wrappers)
"""Ids and classes of the elements that a site puts around an article, and nobody else does."""
TITLE_IDS = frozenset(name for site in SITES for name in site.title_ids)
"""Ids of the ``h1`` that is the title."""
TITLE_CLASSES = frozenset(name for site in SITES for name in site.title_classes)
"""Classes of the ``h1`` that is the title."""
COPYRIGHT_CLASSES = frozenset(name for site in SITES for name in site.copyright_classes)
"""Class attributes of the note beside an article that prints its address."""
COMMENT_LISTS = tuple(row for site in SITES for row in site.comment_lists)
"""Comments of readers on a page."""
ADDRESS_MARKERS = tuple(row for site in SITES for row in site.address_markers)
"""Hidden elements that hold an article's address."""

CLASS_ROWS: Mapping[str, Chrome] = MappingProxyType(
    {row.name: row for row in (*COMMON_CLASSES, *(row for site in SITES for row in site.chrome_by_class))}
)
"""Chrome by class."""
ID_ROWS: Mapping[str, Chrome] = MappingProxyType({row.name: row for site in SITES for row in site.chrome_by_id})
"""Chrome by id."""

# --------------------------------------------------------------------------------------------------
# Metadata

METADATA = (
    *DECLARED_METADATA,
    *(row for site in SITES for row in site.metadata),
    *STANDARD_METADATA,
    *(row for site in SITES for row in site.fallback_metadata),
    *LAST_METADATA,
)
"""Where each field may be found; of the rows of a field the first that holds something usable is taken."""
TITLE_NAMES = tuple(name for site in SITES for name in site.title_names)
"""Patterns of the name of a site behind a title."""
TITLE_KEYWORDS = tuple(row for site in SITES for row in site.title_keywords)
"""Keywords between a title and the name of its site."""
DESCRIPTION_LEADS = tuple(lead for site in SITES for lead in site.description_leads)
"""Patterns of what a site puts before a description."""
TAG_LINKS = (*(selector for site in SITES for selector in site.tag_links), *COMMON_TAG_LINKS)
"""Selectors of links to a tag or a category; the first that a page has is the one."""
CATEGORY_LINKS = (*(selector for site in SITES for selector in site.category_links), *COMMON_CATEGORY_LINKS)
"""Selectors of categories, where these and tags are not told apart by their address; the first that a page has."""
CATEGORY_ADDRESSES = (*(part for site in SITES for part in site.category_addresses), *COMMON_CATEGORY_ADDRESSES)
"""Parts that the address of a category holds, and that of a tag does not."""
UTC_OFFSET = SITES[0].utc_offset
"""The clock that dates are written in."""

# --------------------------------------------------------------------------------------------------
# Links

REDIRECTS = tuple(row for site in SITES for row in site.redirects)
"""Link redirects: rule id, start of the address (without scheme and ``www.``), query field that holds the target."""
KEYWORD_LINKS = tuple(row for site in SITES for row in site.keyword_links)
"""Links that a site, not the author, laid over words: rule id, pattern.  The words stay."""
LINK_CARDS: Mapping[str, str] = MappingProxyType(
    dict((*COMMON_LINK_CARDS, *(row for site in SITES for row in site.link_cards)))
)
"""Link cards: the class of a card in a link, and the class of the title on it."""
ARTICLE_ADDRESSES = tuple(row for site in SITES for row in site.article_addresses)
"""Every form that the address of an article has had."""
HOME = SITES[0].home
"""The site that articles come from, as the start of an address."""
ARTICLE_PATHS = SITES[0].article_paths
"""Paths of an article on it, the usual one first."""

# --------------------------------------------------------------------------------------------------
# Images

FURNITURE_IMAGES = tuple(row for site in SITES for row in site.furniture_images)
"""Images that are buttons of a code block: rule id, parts of addresses in lower case."""
IMAGE_HOSTS = tuple(row for site in SITES for row in site.image_hosts)
"""How to ask for images, by domain; the most special row that fits is the one."""
EMPTY_ALTERNATIVES = COMMON_EMPTY_ALTERNATIVES.union(text for site in SITES for text in site.editor_alternatives)
"""Alternative texts that editors put in by themselves."""
FORMULA_SERVERS = re.compile(
    "|".join((*(pattern for site in SITES for pattern in site.formula_servers), *COMMON_FORMULA_SERVERS))
)
"""Addresses of images whose query is TeX."""
EQUATION_SERVERS = (*(row for site in SITES for row in site.equation_servers), *COMMON_EQUATION_SERVERS)
"""Images that draw a formula: a part of the address, the query field that holds the TeX."""
TRANSFER_SIGN = SITES[0].transfer_sign
"""A word of the note for an image that an editor could not copy.  One string, for every text is asked for it."""
TRANSFER_NOTE = re.compile(SITES[0].transfer_note)
"""The whole note."""
