"""Elements that hold the article, by standards and habits of no one site."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Root:
    """One element that may hold an article: its ``attribute`` (a list of words) holds ``value``.

    ``value`` alone with no attribute is a tag.  ``origin`` is the site and era,
    ``fixture`` names a page that pins the row.  ``inside`` is a class that an element around it must have.
    """

    id: str
    attribute: str
    value: str
    origin: str
    fixture: str
    inside: str = ""


COMMON_ROOTS = (
    Root("article-body", "itemprop", "articleBody", "schema.org microdata", "schema-org"),
    Root("markdown-body", "class", "markdown-body", "GitHub's style sheet and its users", "github-markdown"),
    Root("article", "", "article", "HTML5", "html5-article"),
    Root("main", "", "main", "HTML5", "html5-main"),
)
"""In order, behind those of the sites: schema.org, GitHub's style sheet and its users, HTML."""
