"""Blogs that WordPress wrote."""

from __future__ import annotations

from converter.rules.chrome import Chrome
from converter.rules.roots import Root
from converter.sites.record import Site

WORDPRESS = Site(
    name="WordPress",
    roots=(Root("entry-content", "class", "entry-content", "WordPress themes", "wordpress"),),
    chrome_by_class=(Chrome("sharedaddy", "chrome/toolbar", "WordPress, Jetpack: buttons to share and like", "page"),),
    chrome_by_id=(Chrome("jp-relatedposts", "chrome/recommend-box", "WordPress, Jetpack: related posts", "page"),),
)
