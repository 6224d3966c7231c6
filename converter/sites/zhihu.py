"""Zhihu (知乎): the articles of its columns, and what articles that were copied from it bring along."""

from __future__ import annotations

import re

from converter.rules.metadata import DATE, MetaRow
from converter.rules.roots import Root
from converter.sites.record import AddressForm, Site

ZHIHU = Site(
    name="Zhihu",
    roots=(Root("zhihu", "class", "Post-RichText", "Zhihu's columns since 2017", "zhihu"),),
    metadata=(
        MetaRow(
            "author/zhihu",
            "author",
            "attribute",
            ".AuthorInfo [itemprop=name]@content",
            "Zhihu's columns since 2017",
            "zhihu",
        ),
        MetaRow("date/zhihu", "date", "text", ".ContentItem-time", "Zhihu", "zhihu-2018", rf"发布于\s*({DATE})"),
        MetaRow("updated/zhihu", "updated", "text", ".ContentItem-time", "Zhihu", "zhihu", rf"编辑于\s*({DATE})"),
    ),
    title_names=("知乎",),
    tag_links=("a.TopicLink",),
    redirects=(("link/redirect", "link.zhihu.com", "target"),),
    equation_servers=(("zhihu.com/equation?", "tex"),),
    link_cards=(("LinkCard", "LinkCard-title"),),
    article_addresses=(
        AddressForm(
            "article/zhihu",
            re.compile(r"(?:https?:)?//zhuanlan\.zhihu\.com/+p/+(?P<user>(?!))?(?P<id>\d+)", re.I),
            "Zhihu's columns since 2017",
            "zhihu-",
        ),
    ),
)
