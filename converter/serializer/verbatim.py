"""Addresses that no writer may touch."""

from __future__ import annotations


class Verbatim(str):
    """An address that is written as it is: a tag that the site's own template engine will replace."""

    __slots__ = ()
