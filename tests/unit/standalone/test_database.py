"""The database of an archive."""

from __future__ import annotations

from pathlib import Path

from converter.standalone.database import SAVED, Image
from converter.standalone.records import Post, PostRecord, Reference
from tests.kit.standalone import ORIGINAL, STAMPED, TARGET, open_database


def test_outdated_posts(out: Path) -> None:
    database = open_database(out)
    database.record_posts(
        [
            PostRecord(Post("one.md", "1"), (Reference("link", "2", ""),)),
            PostRecord(Post("three.md", "3"), (Reference("link", "9", ""),)),
        ]
    )
    assert list(database.outdated_posts()) == []
    database.record_posts([PostRecord(Post("two.md", "2"))])
    assert list(database.outdated_posts()) == ["one.md"]
    database.record_posts([PostRecord(Post("one.md", "1"), (Reference("link", "2", "two.md"),))])
    assert list(database.outdated_posts()) == []
    database.remove_posts(["two.md"])
    assert list(database.outdated_posts()) == ["one.md"]
    database.record_images([Image(ORIGINAL, STAMPED, SAVED, "ab/x.png", 1, ORIGINAL)])
    assert list(database.outdated_posts()) == [TARGET.output, "one.md"]
    database.close()
