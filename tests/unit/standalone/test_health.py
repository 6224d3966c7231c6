"""The health of a post is one number of all that is wrong with it."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from converter.batch.manifest import Manifest
from converter.batch.manifest_rows import PostNotes
from converter.batch.values import MANIFEST_NAME
from converter.standalone.database import DEAD, SAVED, ArchiveDatabase, Image
from converter.standalone.health import health, of_duplicate
from converter.standalone.records import Post, PostRecord, Reference
from tests.kit.batch import csdn2md


@pytest.mark.parametrize(
    ("text", "given", "expected"),
    [
        ("nothing wrong", {}, 100),
        ("nothing wrong", {"score": 1.0}, 100),
        ("", {"incomplete": True}, 50),
        ("", {"dead_images": 2}, 90),
        ("", {"dead_images": 200}, 80),
        ("", {"score": 0.9}, 90),
        ("", {"score": 0.0}, 70),
        ("锟斤拷 and \ufffd\ufffd", {}, 93),
        ("[外链图片转存失败]", {}, 95),
        (
            "锟斤拷" * 99 + "\ufffd" * 99 + "外链图片转存失败" * 99,
            {"incomplete": True, "score": 0.0, "dead_images": 9},
            0,
        ),
    ],
)
def test_health(text: str, given: dict[str, float], expected: int) -> None:
    assert health(text, **given) == expected  # type: ignore[arg-type]


def test_a_copy_is_less_healthy() -> None:
    assert (of_duplicate(100), of_duplicate(3)) == (90, 0)


def test_the_catalogue_knows_images_that_are_gone_and_scores(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("一样的内容", "utf-8")
    (tmp_path / "b.md").write_text("一样的内容\ufffd", "utf-8")
    with closing(Manifest(sqlite3.connect(tmp_path / MANIFEST_NAME))) as manifest:
        database = ArchiveDatabase(manifest.database)
        uses = tuple(Reference("image", f"https://a.example/{number}.png") for number in range(3))
        database.record_posts([PostRecord(Post("a.md"), uses)])
        states = (DEAD, SAVED, DEAD)
        database.record_images(Image(use.key, use.key, state) for use, state in zip(uses, states, strict=True))
        manifest.record((), [PostNotes("b.md", score="0.95")])
    done = csdn2md("index", ".", "-o", "i.jsonl", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in (tmp_path / "i.jsonl").read_text("utf-8").splitlines()]
    assert [(row["health"], row["fullest"]) for row in rows] == [(90, "a.md"), (84, "a.md")]
    assert [row["dead_images"] for row in rows] == [2, 0]
