"""Archives as sources: every kind, their local files, broken ones, bad records."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import tarfile
import zipfile
from functools import partial
from pathlib import Path

import pytest

from converter import convert_folder
from converter.batch import Outcome
from tests.kit.batch import MARKDOWN, outcomes, run_stub, tree

POSTS = {"a.html": b"one", "sub/b.md": b"two", "sub/pic.png": b"\0", "../../evil.md": b"three", "/abs/c.md": b"four"}
EXPECTED = {"a.md": b"ONEgfm\n", "sub/b.md": b"TWOgfm\n", "abs/c.md": b"FOURgfm\n"}


def pack_zip(path: Path, mode: str, posts: dict[str, bytes] = POSTS) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in posts.items():
            archive.writestr(name, data)


def pack_tar(path: Path, mode: str, posts: dict[str, bytes] = POSTS) -> None:
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for name, data in posts.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))


def pack_zst(path: Path, mode: str) -> None:
    zstandard = pytest.importorskip("zstandard")
    pack_tar(path, "w")
    path.write_bytes(zstandard.compress(path.read_bytes()))


def records() -> list[dict[str, str]]:
    return [{"path": name, "content": data.decode()} for name, data in POSTS.items() if not name.endswith(".png")]


def pack_lines(path: Path, mode: str) -> None:
    with gzip.open(path, "wt") if mode == "gz" else path.open("w") as file:
        file.write("".join(json.dumps(record) + "\n" for record in records()))


def pack_parquet(path: Path, mode: str) -> None:
    arrow = pytest.importorskip("pyarrow")
    pytest.importorskip("pyarrow.parquet").write_table(arrow.Table.from_pylist(records()), path)


PACKERS = {
    "d.zip": partial(pack_zip, mode=""),
    "d.tar": partial(pack_tar, mode="w"),
    "d.tar.gz": partial(pack_tar, mode="w:gz"),
    "d.tgz": partial(pack_tar, mode="w:gz"),
    "d.tar.xz": partial(pack_tar, mode="w:xz"),
    "d.tar.zst": partial(pack_zst, mode=""),
    "d.jsonl": partial(pack_lines, mode=""),
    "d.jsonl.gz": partial(pack_lines, mode="gz"),
    "d.parquet": partial(pack_parquet, mode=""),
}


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("name", PACKERS)
def test_archives(tmp_path: Path, name: str, jobs: int) -> None:
    PACKERS[name](tmp_path / name)
    _, rows = run_stub(tmp_path, name, jobs=jobs)
    assert tree(tmp_path / "out") == EXPECTED
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([name, "out"])
    assert [row.message for row in rows.rows if row.outcome is Outcome.FAILED] == [
        "the name leads out of the output folder"
    ]
    assert run_stub(tmp_path, name, jobs=jobs)[0].unchanged == 3


@pytest.mark.parametrize("name", ["d.zip", "d.tar.gz"])
def test_local_files_of_archives(tmp_path: Path, name: str) -> None:
    posts = {"x/a.md": MARKDOWN + b"![](img/i.png) ![](gone.png)", "x/img/i.png": b"I", "x/img/other.png": b"O"}
    packer = pack_zip if name.endswith("zip") else pack_tar
    packer(tmp_path / name, mode="w:gz", posts=posts)
    result = convert_folder(tmp_path / name, tmp_path / "out")
    assert (result.copied, result.failed) == (2, 0)
    assert tree(tmp_path / "out") == {"x/a.md": posts["x/a.md"], "x/img/i.png": b"I"}
    assert convert_folder(tmp_path / name, tmp_path / "out", prune=True).unchanged == 2


def test_a_changed_archive_converts_what_changed(tmp_path: Path) -> None:
    for word in ("two", "three"):
        with zipfile.ZipFile(tmp_path / "d.zip", "w") as archive:
            archive.writestr("a.md", "one")
            archive.writestr("b.md", word)
        seen = outcomes(tmp_path, "d.zip")
    assert seen == {"a.md": "unchanged", "b.md": "converted"}


def test_a_broken_archive_gives_what_it_holds(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "d.tar", "w") as archive:
        for name in ("a.md", "b.md", "c.md"):
            info = tarfile.TarInfo(name)
            info.size = 20_000
            archive.addfile(info, io.BytesIO(b"x" * 20_000))
    os.truncate(tmp_path / "d.tar", 30_000)
    result, _ = run_stub(tmp_path, "d.tar")
    assert list(tree(tmp_path / "out")) == ["a.md"]
    assert result.failed == 2


BAD_LINES = {
    "not json": ("{", "is not JSON: "),
    "no object": ("[1]", "is not a JSON object"),
    "no path": ('{"content": "x"}', "has no text in the field 'path' (--path-field)"),
    "no content": ('{"path": "a"}', "has no text in the field 'content' (--content-field)"),
    "too large": (json.dumps({"path": "a", "content": "x" * 2000}), "is larger than --max-size (2,000 > 1,000 bytes)"),
    "endless": ('{"path": "' + "x" * 80_000, "is larger than --max-size"),
}


@pytest.mark.parametrize("name", BAD_LINES)
def test_bad_lines_cost_themselves_only(tmp_path: Path, name: str) -> None:
    line, words = BAD_LINES[name]
    (tmp_path / "d.jsonl").write_text(
        f'{{"path": "good", "content": "x"}}\n{line}\n{{"path": "last", "content": "y"}}\n'
    )
    result, rows = run_stub(tmp_path, "d.jsonl", max_size=1000)
    assert list(tree(tmp_path / "out")) == ["good.md", "last.md"]
    assert [row.message for row in rows.rows if words in row.message]
    assert result.failed == 1


def test_one_path_twice_is_two_documents(tmp_path: Path) -> None:
    (tmp_path / "d.jsonl").write_text('{"path": "a", "content": "x"}\n{"path": "a", "content": "y"}\n')
    run_stub(tmp_path, "d.jsonl")
    made = tree(tmp_path / "out")
    assert sorted(made.values()) == [b"X" + made["a.md"][1:], b"Y" + made["a.md"][1:]]
    assert made["a.md"].startswith(b"X")


def test_other_fields(tmp_path: Path) -> None:
    (tmp_path / "d.jsonl").write_text('{"url": "a.html", "html": "x"}\n')
    assert outcomes(tmp_path, "d.jsonl", path_field="url", content_field="html") == {"a.md": "converted"}


# -- fields of tables


@pytest.mark.parametrize("suffix", ["jsonl", "csv", "tsv", "parquet"])
def test_a_table_without_the_fields_says_which_it_has(tmp_path: Path, suffix: str) -> None:
    _table(tmp_path / f"d.{suffix}", suffix, [{"url": "a", "html": "x"}])
    result, rows = run_stub(tmp_path, f"d.{suffix}")
    assert result.failed == 1
    assert [row.message for row in rows.rows] == [
        "has no field path, content: its fields are url, html (--path-field, --content-field: another field)"
    ]


@pytest.mark.parametrize("suffix", ["jsonl", "csv", "tsv", "parquet"])
def test_tables_give_the_same_documents(tmp_path: Path, suffix: str) -> None:
    _table(tmp_path / f"d.{suffix}", suffix, [{"path": "7", "content": 'x, "y"\n\tz'}, {"path": "b", "content": "w"}])
    run_stub(tmp_path, f"d.{suffix}")
    made = tree(tmp_path / "out")
    assert [made["7.md"].decode().removesuffix("gfm\n"), made["b.md"].decode().removesuffix("gfm\n")] == [
        'X, "Y"\n\tZ',
        "W",
    ]


def test_a_number_may_be_a_path(tmp_path: Path) -> None:
    (tmp_path / "d.jsonl").write_text('{"path": 42, "content": "x"}\n{"path": true, "content": "x"}\n')
    _, rows = run_stub(tmp_path, "d.jsonl")
    assert list(tree(tmp_path / "out")) == ["42.md"]
    assert [row.source.rpartition("/")[2] for row in rows.rows if row.message] == ["d.jsonl:2"]


def _table(path: Path, suffix: str, records: list[dict[str, str]]) -> None:
    if suffix == "parquet":
        parquet, arrow = pytest.importorskip("pyarrow.parquet"), pytest.importorskip("pyarrow")
        parquet.write_table(arrow.Table.from_pylist(records), path)
    elif suffix == "jsonl":
        path.write_text("".join(json.dumps(record) + "\n" for record in records))
    else:
        with path.open("w", newline="") as file:
            writer = csv.DictWriter(file, list(records[0]), delimiter="\t" if suffix == "tsv" else ",")
            writer.writeheader()
            writer.writerows(records)
