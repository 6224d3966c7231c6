"""Blogs that WordPress wrote."""

from __future__ import annotations

from converter.rules.roots import Root
from converter.sites.record import Site

WORDPRESS = Site(
    name="WordPress",
    roots=(Root("entry-content", "class", "entry-content", "WordPress themes", "wordpress"),),
)
