"""Juejin (掘金): its pages, whose article schema.org's microdata marks, and what copied articles bring along."""

from __future__ import annotations

import re

from converter.rules.metadata import MetaRow
from converter.sites.record import AddressForm, Site

JUEJIN = Site(
    name="Juejin",
    metadata=(
        MetaRow("title/juejin", "title", "text", "h1.article-title", "Juejin since 2017", "juejin"),
        MetaRow("author/juejin", "author", "text", ".author-info-block .username", "Juejin since 2017", "juejin"),
        MetaRow("date/juejin", "date", "attribute", ".author-info-block time@datetime", "Juejin since 2017", "juejin"),
    ),
    title_names=("掘金",),
    redirects=(("link/redirect", "link.juejin.cn", "target"), ("link/redirect", "link.juejin.im", "target")),
    equation_servers=(("juejin.cn/equation?", "tex"), ("juejin.im/equation?", "tex")),
    article_addresses=(
        AddressForm(
            "article/juejin",
            re.compile(
                r"(?:https?:)?//juejin\.(?:cn|im)/+(?:post|entry)/+(?P<user>(?!))?(?P<id>[0-9a-f]{19,24})(?!\w)", re.I
            ),
            "Juejin since 2015",
            "juejin-",
        ),
    ),
)
