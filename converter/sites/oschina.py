"""OSChina and Gitee (开源中国): its blogs of 2008 to 2016, and what copied articles bring along."""

from __future__ import annotations

import re

from converter.rules.metadata import DATE, MetaRow
from converter.rules.roots import Root
from converter.rules.urls import ImageHost
from converter.sites.record import AddressForm, Site

OSCHINA = Site(
    name="OSChina and Gitee",
    roots=(Root("oschina", "class", "BlogContent", "OSChina's blogs to 2016", "oschina"),),
    metadata=(
        MetaRow("title/oschina", "title", "text", ".BlogTitle h1", "OSChina's blogs to 2016", "oschina"),
        MetaRow("date/oschina", "date", "text", ".BlogStat", "OSChina's blogs to 2016", "oschina", DATE),
        MetaRow("author/oschina", "author", "text", ".Owner .Name", "OSChina's blogs to 2016", "oschina"),
    ),
    tag_links=(".BlogTags a",),
    redirects=(
        ("link/redirect", "oschina.net/action/GoToLink", "url"),
        ("link/redirect", "my.oschina.net/action/GoToLink", "url"),
        ("link/redirect", "gitee.com/link", "target"),
    ),
    image_hosts=(ImageHost("oschina.net", ("https://www.oschina.net/", ""), "OSChina: static and my pages"),),
    article_addresses=(
        AddressForm(
            "article/oschina",
            re.compile(r"(?:https?:)?//my\.oschina\.net/+(?:u/+)?(?P<user>[\w\-]+)/+blog/+(?P<id>\d+)", re.I),
            "OSChina since 2010",
            "oschina-",
        ),
    ),
)
