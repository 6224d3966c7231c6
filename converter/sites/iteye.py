"""ITeye (JavaEye), a part of CSDN since 2010."""

from __future__ import annotations

import re

from converter.rules.metadata import DATE, MetaRow
from converter.rules.roots import Root
from converter.sites.record import AddressForm, Site

ITEYE = Site(
    name="ITeye",
    roots=(
        Root("iteye", "class", "iteye-blog-content-contain", "ITeye since 2012", "iteye"),
        Root("iteye-blog", "id", "blog_content", "ITeye to 2012", "iteye-2011"),
    ),
    metadata=(
        MetaRow("title/iteye", "title", "text", ".blog_title h3", "ITeye", "iteye"),
        MetaRow("date/iteye", "date", "text", ".blog_bottom li", "ITeye", "iteye", DATE),
    ),
    fallback_metadata=(
        MetaRow("author/iteye", "author", "text", "#blog_name", "ITeye, the name of the blog", "iteye"),
    ),
    title_names=("ITeye(?:博客|技术网站)?",),
    tag_links=(".news_tag a",),
    category_links=(".blog_categories a",),
    furniture_images=(("image/code-button", ("/icon_star.png", "/images/icon_copy.gif", "/images/spinner.gif")),),
    article_addresses=(
        AddressForm(
            "article/iteye",
            re.compile(r"(?:https?:)?//(?P<user>[\w\-]+)\.iteye\.com/+(?:blog|admin/+blogs)/+(?P<id>\d+)", re.I),
            "ITeye; admin: as its authors saw it",
            "iteye-",
        ),
    ),
)
