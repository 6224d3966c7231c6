"""The columns of a corpus, in their order: one table for both formats, their schema and docs/corpus.md."""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from converter.translation import marked

TEXT, TEXTS, INTEGER, NUMBER = "text", "list of texts", "integer", "number"


class Column(NamedTuple):
    """A column.  kind: TEXT, TEXTS, INTEGER, NUMBER, or a name of RECORDS: a list of such records.

    empty: what stands there where nothing is known.
    """

    name: str
    kind: str
    meaning: str
    empty: object = ""


RECORDS: Mapping[str, Mapping[str, str]] = MappingProxyType({
    "code": {"language": TEXT, "text": TEXT},
    "formulas": {"tex": TEXT, "display": INTEGER},
    "images": {"url": TEXT, "alt": TEXT},
    "links": {"url": TEXT, "text": TEXT},
    "findings": {"rule": TEXT, "count": INTEGER},
})  # fmt: skip
"""The fields of the records that a column lists."""

COLUMNS = (
    Column("path", TEXT, marked("The path that the document would have in an output folder; no two rows have the same.")),
    Column("source", TEXT, marked("The name of the source, as in reports.")),
    Column("source_hash", TEXT, marked("BLAKE2b of the source's bytes, 16 bytes in hexadecimal.")),
    Column("id", TEXT, marked("The number of the article on its site.")),
    Column("url", TEXT, marked("The address of the article.")),
    Column("title", TEXT, marked("The title: the page's own if it is known, else that of the front matter.")),
    Column("author", TEXT, marked("The author.")),
    Column("date", TEXT, marked("When it was published: `YYYY-MM-DD HH:MM:SS` by the site's clock.")),
    Column("updated", TEXT, marked("When it was changed last, in the same form.")),
    Column("kind", TEXT, marked("`original`, `reprint` or `translation`, where the page says it.")),
    Column("license", TEXT, marked("The SPDX identifier of a Creative Commons licence, where the page names one.")),
    Column("source_url", TEXT, marked("Where a reprint or a translation says that it is from.")),
    Column("column", TEXT, marked("The column of the author that the article belongs to.")),
    Column("views", INTEGER, marked("How often the article was read, where the page shows it."), None),
    Column("likes", INTEGER, marked("How often it was liked."), None),
    Column("favorites", INTEGER, marked("How often it was kept as a favorite."), None),
    Column("comments", INTEGER, marked("How often it was commented on."), None),
    Column("tags", TEXTS, marked("Tags."), ()),
    Column("categories", TEXTS, marked("Categories."), ()),
    Column("front_matter", TEXT, marked("The block above the Markdown, with its delimiters; empty if there is none.")),
    Column("markdown", TEXT, marked("The Markdown, as `csdn2md convert` writes it, without the front matter.")),
    Column("text", TEXT, marked("The same as plain text: blocks with an empty line between them, code as it is, formulas as TeX.")),
    Column("characters", INTEGER, marked("Characters of the plain text that are no whitespace."), 0),
    Column("words", INTEGER, marked("Words of the plain text; each Chinese, Japanese or Korean character is one."), 0),
    Column("code", "code", marked("The code blocks, each with its language as the Markdown names it."), ()),
    Column("formulas", "formulas", marked("The formulas; `display` is 1 for one on a line of its own."), ()),
    Column("images", "images", marked("The images."), ()),
    Column("links", "links", marked("The links."), ()),
    Column("findings", "findings", marked("How often each rule removed or changed something (docs/rules.md)."), ()),
    Column("completeness", TEXT, marked("Empty for a whole article, else the finding that says why it is none.")),
    Column("verify_score", NUMBER, marked("With `--verify`: the share of the facts that source and rendered Markdown have in common."), None),
    Column("differences", INTEGER, marked("With `--verify`: how many differences were found."), None),
    Column("health", INTEGER, marked("100 if nothing is wrong with the document, less for each thing that is, down to 0: see below."), 0),
    Column("simhash", TEXT, marked("64 bits in hexadecimal, of which texts that are alike differ in few.")),
    Column("duplicate", TEXT, marked("`exact` or `near` for a document that is like another one, also for the earliest of them.")),
    Column("group", INTEGER, marked("The number of the group of documents that are alike."), None),
    Column("earliest", TEXT, marked("The path of the earliest document of the group, by date.")),
    Column("fullest", TEXT, marked("The path of the document of the group with the most text.")),
)  # fmt: skip

EMPTY: Mapping[str, object] = MappingProxyType({column.name: column.empty for column in COLUMNS})
"""The empty value of each column, in the order of the columns."""
