"""Write a catalogue to a file: JSON Lines, CSV, SQLite with full-text search, or a Markdown page.

The entries are first written to a temporary SQLite file, so that a catalogue may be larger than memory.
"""

from __future__ import annotations

import csv
import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from itertools import groupby
from pathlib import Path, PurePath
from types import MappingProxyType
from typing import Any

from converter.batch.storage import files
from converter.model import Article, Csdn2mdError, Node, OptionError
from converter.options import Options
from converter.options.files import project_around
from converter.scraper.dates import normal_date
from converter.serializer import serialize
from converter.similarity.groups import Groups, memberships
from converter.similarity.sketch import sketch_of
from converter.standalone.catalogue import Entry
from converter.standalone.health import of_duplicate
from converter.standalone.search_index import TOKENS, add_tokens
from converter.translation import _, marked

COLUMNS = tuple(name for name in Entry._fields if name != "text")
SCHEMA = """
CREATE TABLE posts (
    number INTEGER PRIMARY KEY, path TEXT UNIQUE NOT NULL, id TEXT, title TEXT, date TEXT, author TEXT, tags TEXT,
    categories TEXT, words INTEGER, images INTEGER, scripts TEXT, code TEXT, original_url TEXT, kind TEXT,
    license TEXT, column TEXT, incomplete TEXT, dead_images INTEGER,
    health INTEGER, duplicate TEXT, earliest TEXT, fullest TEXT, text TEXT
);
CREATE INDEX posts_date ON posts (date);
CREATE INDEX posts_id ON posts (id);
"""
UNDATED = marked("Undated")
UNSORTED = marked("Without a category")
NOT_WHOLE: Mapping[str, str] = MappingProxyType({
    "article/locked": marked("locked"), "article/truncated": marked("cut"), "article/empty": marked("empty"),
    "page/error": marked("an error page"), "page/listing": marked("a list"),
})  # fmt: skip
"""Words of the page for the findings that say why a post holds no whole article."""
ALIKE: Mapping[str, str] = MappingProxyType(
    {"exact": marked(" (the same as {other})"), "near": marked(" (almost the same as {other})")}
)
"""Words of the page for the kinds of duplicates."""
UNPUBLISHED: Mapping[str, str] = MappingProxyType({
    "jekyll": "---\npublished: false\n---\n\n",
    "hexo": "---\npublished: false\n---\n\n",
    "hugo": "---\ndraft: true\nbuild:\n  render: never\n  list: never\n---\n\n",
})  # fmt: skip
"""Front matter that keeps the page out of a site, by flavor (Hugo: also out of drafts that are built)."""


def create_database(path: Path | str, entries: Iterable[Entry]) -> sqlite3.Connection:
    """Create a database with the entries ("": a temporary one); Csdn2mdError where SQLite cannot do that."""
    try:
        connection = sqlite3.connect(path)
        connection.execute("PRAGMA synchronous = OFF")
        connection.executescript(SCHEMA)
        marks = ", ".join("?" for _ in range(len(COLUMNS) + 2))
        with closing(Groups()) as groups:
            for number, entry in enumerate(entries, 1):
                values = map(_plain, (getattr(entry, name) for name in COLUMNS))
                connection.execute(f"INSERT INTO posts VALUES ({marks})", (number, *values, entry.text))
                groups.add(entry.path, sketch_of(entry.text, normal_date(entry.date)))
            told = memberships(groups.found())
        connection.executemany(
            "UPDATE posts SET duplicate = :duplicate, earliest = :earliest, fullest = :fullest WHERE path = :path",
            ({"path": path, **row} for path, row in told.items()),
        )
        copies = connection.execute(
            "SELECT health, path FROM posts WHERE duplicate != '' AND fullest != path"
        ).fetchall()
        worse = [(of_duplicate(found), path) for found, path in copies]
        connection.executemany("UPDATE posts SET health = ? WHERE path = ?", worse)
        connection.commit()
    except sqlite3.Error as error:
        raise Csdn2mdError(f"{path}: {error}") from error
    return connection


def _plain(value: Any) -> Any:
    return value if isinstance(value, (str, int)) else json.dumps(value, ensure_ascii=False)


def write(catalogue: sqlite3.Connection, path: Path, folder: Path) -> None:
    """Write the catalogue of a folder in the format of the suffix of path; raises OptionError and OSError."""
    writer = writer_of(path)
    with files.replacing(path) as staged:
        writer(catalogue, staged, PurePath(folder.resolve()), PurePath(path.resolve().parent))


def writer_of(path: Path) -> Callable[[sqlite3.Connection, Path, PurePath, PurePath], None]:
    """Return the writer for a file, by its suffix; OptionError for an unknown one."""
    if path.suffix.lower() not in WRITERS:
        raise OptionError(f"{path}: unknown format of a catalogue: known are {', '.join(WRITERS)}")
    return WRITERS[path.suffix.lower()]


def _rows(catalogue: sqlite3.Connection, order: str = "path") -> Iterator[dict[str, Any]]:
    for row in catalogue.execute(f"SELECT {', '.join(COLUMNS)} FROM posts ORDER BY {order}"):
        yield dict(zip(COLUMNS, row, strict=True))


def _json_lines(catalogue: sqlite3.Connection, path: Path, _folder: PurePath, _above: PurePath) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in _rows(catalogue):
            for name in ("tags", "categories", "scripts", "code", "incomplete"):
                row[name] = json.loads(row[name])
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def _csv(catalogue: sqlite3.Connection, path: Path, _folder: PurePath, _above: PurePath) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for row in _rows(catalogue):
            for name in ("tags", "categories", "incomplete"):
                row[name] = "; ".join(json.loads(row[name]))
            writer.writerow(row.values())


def _sqlite(catalogue: sqlite3.Connection, path: Path, _folder: PurePath, _above: PurePath) -> None:
    """Write the posts as a database, with their tokens: join ``search.rowid = posts.number``."""
    copy = sqlite3.connect(path)
    catalogue.backup(copy)
    copy.execute(TOKENS)
    rows = catalogue.execute("SELECT number, title, tags, categories, text FROM posts")
    for number, title, tags, categories, text in rows:
        add_tokens(copy, number, " ".join((title, *json.loads(tags), *json.loads(categories))), text)
    copy.commit()
    copy.close()


def _page(catalogue: sqlite3.Connection, path: Path, folder: PurePath, above: PurePath) -> None:
    """Write a Markdown page: by year, the newest first, then by category.

    In a project of a site generator its front matter says that it is not to be published.
    """
    start = PurePath(os.path.relpath(folder, above))
    total = catalogue.execute("SELECT count(*) FROM posts").fetchone()[0]
    with path.open("w", encoding="utf-8", newline="\n") as file:
        project = project_around(above)
        file.write(UNPUBLISHED.get(project.flavor, "") if project else "")
        file.write(_markdown(Node("h1", [_("Index")]), Node("p", [_total(catalogue, total)])))
        years = groupby(
            _rows(catalogue, "substr(date, 1, 4) DESC, categories, date, path"), lambda row: row["date"][:4]
        )
        for year, rows in years:
            file.write("\n" + _markdown(Node("h2", [year or _(UNDATED)]), *_categories(rows, start)))


def _total(catalogue: sqlite3.Connection, total: int) -> str:
    count = catalogue.execute("SELECT count(*) FROM posts WHERE incomplete != '[]'").fetchone()[0]
    text = _("{total:,} posts, {count:,} of them not whole.") if count else _("{total:,} posts.")
    return text.format(total=total, count=count)


def _categories(rows: Iterable[dict[str, Any]], start: PurePath) -> Iterator[Node]:
    for categories, group in groupby(rows, lambda row: row["categories"]):
        yield Node("h3", [", ".join(json.loads(categories)) or _(UNSORTED)])
        yield Node("ul", [_item(row, start) for row in group], {"tight": "true"})


def _item(row: dict[str, Any], start: PurePath) -> Node:
    link = Node("a", [row["title"] or row["path"]], {"href": (start / row["path"]).as_posix()})
    reasons = _(", ").join(_(NOT_WHOLE.get(rule, rule)) for rule in json.loads(row["incomplete"]))
    behind: list[Node | str] = [_(" (not whole: {reasons})").format(reasons=reasons)] if reasons else []
    if row["duplicate"] and row["path"] != row["earliest"]:
        other = Node("a", [row["earliest"]], {"href": (start / row["earliest"]).as_posix()})
        before, _other, after = _(ALIKE[row["duplicate"]]).partition("{other}")
        behind += [before, other, after]
    return Node("li", [Node("p", [f"{row['date'][:10]} ", link, *behind] if row["date"] else [link, *behind])])


def _markdown(*blocks: Node) -> str:
    return serialize(Article(Node("body", [*blocks])), Options())


WRITERS: Mapping[str, Callable[[sqlite3.Connection, Path, PurePath, PurePath], None]] = MappingProxyType(
    {".jsonl": _json_lines, ".csv": _csv, ".sqlite": _sqlite, ".db": _sqlite, ".md": _page}
)
"""The writer for each suffix."""
