"""Jianshu (简书): its pages of 2016 to 2018 and since 2019, and what articles that were copied from it bring along."""

from __future__ import annotations

import re

from converter.rules.metadata import DATE, MetaRow
from converter.rules.roots import Root
from converter.rules.urls import ImageHost
from converter.sites.record import AddressForm, Site

JIANSHU = Site(
    name="Jianshu",
    roots=(
        Root("jianshu", "class", "show-content", "Jianshu 2016 to 2018", "jianshu"),
        Root("jianshu-2019", "class", "_2rhmJa", "Jianshu since 2019", "jianshu-2019"),
    ),
    metadata=(
        MetaRow("date/jianshu", "date", "text", ".note .author .publish-time", "Jianshu 2016 to 2018", "jianshu", DATE),
        MetaRow(
            "updated/jianshu",
            "updated",
            "attribute",
            ".note .author .publish-time@title",
            "Jianshu 2016 to 2018",
            "jianshu",
            rf"最后编辑于\s*({DATE})",
        ),
        MetaRow("author/jianshu", "author", "text", ".note .author .name", "Jianshu 2016 to 2018", "jianshu"),
        MetaRow("title/jianshu-2019", "title", "text", "h1._1RuRku", "Jianshu since 2019", "jianshu-2019"),
    ),
    title_names=("简书",),
    redirects=(
        ("link/redirect", "link.jianshu.com", "t"),
        ("link/redirect", "links.jianshu.com/go", "to"),
        ("link/redirect", "jianshu.com/go-wild", "url"),
    ),
    equation_servers=(("jianshu.com/math?", "formula"),),
    image_hosts=(ImageHost("jianshu.io", ("https://www.jianshu.com/", ""), "Jianshu"),),
    article_addresses=(
        AddressForm(
            "article/jianshu",
            re.compile(r"(?:https?:)?//(?:www\.)?jianshu\.com/+p/+(?P<user>(?!))?(?P<id>[0-9a-f]{6,16})(?!\w)", re.I),
            "Jianshu",
            "jianshu-",
        ),
    ),
)
