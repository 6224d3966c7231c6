"""51CTO: its blogs since 2018, and how to ask for its images."""

from __future__ import annotations

import re

from converter.rules.metadata import MetaRow
from converter.rules.roots import Root
from converter.rules.urls import ImageHost
from converter.sites.record import AddressForm, Site, TitleKeywords

CTO51 = Site(
    name="51CTO",
    roots=(Root("51cto", "class", "artical-content-bak", "51CTO since 2018", "51cto"),),
    metadata=(
        MetaRow("date/51cto", "date", "attribute", ".messbox time@pubdate", "51CTO since 2021", "51cto"),
        MetaRow(
            "author/51cto", "author", "text", "#copytext", "51CTO since 2018", "51cto", "51CTO博客作者(.*)的原创作品"
        ),
        MetaRow("author/51cto-link", "author", "text", ".messbox a", "51CTO since 2021", "51cto"),
    ),
    title_names=("51CTO博客(?:_[^_]*)?",),
    title_keywords=(TitleKeywords("51CTO", re.compile(r"_[^_]*的(?:技术)?博客$")),),
    tag_links=("a.shence_tag",),
    category_links=("a.shence_cate",),
    image_hosts=(ImageHost("51cto.com", ("https://blog.51cto.com/", ""), "51CTO"),),
    article_addresses=(
        AddressForm(
            "article/51cto",
            re.compile(r"(?:https?:)?//blog\.51cto\.com/+(?P<user>[\w\-]+)/+(?P<id>\d+)(?!\w)", re.I),
            "51CTO since 2018",
            "51cto-",
        ),
    ),
)
