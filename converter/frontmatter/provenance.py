"""Write down where an article is from: in the block that it has, or in a new one."""

from __future__ import annotations

import re

from converter.frontmatter.block import FrontMatter, has_key
from converter.frontmatter.scalars import scalar
from converter.frontmatter.writing import add_line, flow_sequence
from converter.model import Meta
from converter.rules.metadata import ADDRESS_KEYS
from converter.sites.tables import UTC_OFFSET

_URL = re.compile(r"[\"']?https?://")
_DATE_AND_TIME = re.compile(r"[12]\d{3}-\d\d-\d\d \d\d:\d\d:\d\d")


def names_address(front: FrontMatter, url: str) -> bool:
    """Return whether the block says where the article is from: in a key for it, or by this URL anywhere."""
    return _contains(front.raw, url.partition("://")[2]) or any(
        _URL.match(front.find(key) or "") for key in ADDRESS_KEYS if key in front.raw
    )


def _contains(text: str, address: str) -> bool:
    """Return whether an address is in a text, and not as the beginning of a longer one."""
    end = text.find(address) + len(address) if address else -1
    return end >= len(address) > 0 and not text[end : end + 1].isalnum()


def with_provenance(
    front: FrontMatter, meta: Meta, *, original_url: bool = True, original_title: bool = True
) -> FrontMatter:
    """Return the block with the title and the URL that would be lost with the rest of the page, if they are asked for.

    ``original_title`` is added if the block's title is not the page's own (some dumps removed its
    punctuation), ``original_url`` if the block has no address; each only if the page names it.
    """
    title = front.text("title")
    if original_title and meta.title and title is not None and title.split() != meta.title.split():
        front = front if has_key(front, ("original_title",)) else add_line(front, "original_title", meta.title)
    if original_url and meta.url and not names_address(front, meta.url):
        front = add_line(front, "original_url", meta.url)
    return front


def compose(meta: Meta) -> FrontMatter:
    """Return a new YAML block of the metadata that the page gives; a key without a value is left out."""
    members = (
        ("title", meta.title, scalar(meta.title)),
        ("date", meta.date, _date(meta.date)),
        ("updated", meta.updated, _date(meta.updated)),
        ("author", meta.author, scalar(meta.author)),
        ("categories", meta.categories, flow_sequence(meta.categories)),
        ("tags", meta.tags, flow_sequence(meta.tags)),
        ("original_url", meta.url, scalar(meta.url)),
    )
    inner = "".join(f"{key}: {text}\n" for key, value, text in members if value)
    return FrontMatter(f"---\n{inner}---\n", "yaml", 4, 4 + len(inner))


def _date(value: str) -> str:
    """Return a date with the UTC offset of its clock, so that no site generator shifts it (the dumps have it, too)."""
    return f"{value} {UTC_OFFSET}" if _DATE_AND_TIME.fullmatch(value) else scalar(value)
