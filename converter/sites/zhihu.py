"""Zhihu (知乎): what articles that were copied from it bring along."""

from __future__ import annotations

from converter.sites.record import Site

ZHIHU = Site(
    name="Zhihu",
    redirects=(("link/redirect", "link.zhihu.com", "target"),),
    equation_servers=(("zhihu.com/equation?", "tex"),),
    link_cards=(("LinkCard", "LinkCard-title"),),
)
