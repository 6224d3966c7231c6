"""The batch as a library: what a second run does, archives, order, names."""

from __future__ import annotations

import gzip
import io
import json
import os
import tarfile
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from converter import ConversionError, Document, Options, convert_file, convert_folder
from converter.batch import BatchError, Job, Mode, Outcome, Result, run
from converter.batch.engines.local import QUEUE_LIMIT, Pool
from converter.batch.interrupts import Interrupts
from converter.batch.names import PathError, collision_key, output_name, shown
from converter.batch.references import local_path
from converter.batch.values import Row, Task
from tests.kit.batch import MARKDOWN, Rows, html_post, make, stub, tree


def go(folder: Path, *sources: str, **given: object) -> tuple[Result, Rows]:
    """Run a job from ``folder/in`` to ``folder/out`` with the stub conversion."""
    rows = Rows()
    named = tuple(str(folder / name) for name in sources or ("in",))
    job = Job(**{"sources": named, "out": folder / "out", "force": False, **given})  # type: ignore[arg-type]
    return run(job, convert=stub, listeners=(rows,)), rows


def outcomes(folder: Path, *sources: str, **given: object) -> dict[str, str]:
    return go(folder, *sources, **given)[1].outcomes()


# A second run


def test_nothing_to_do(tmp_path: Path) -> None:
    make(tmp_path / "in", a_md=b"a", b_md=b"b")
    assert outcomes(tmp_path) == {"a.md": "converted", "b.md": "converted"}
    stamps = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").glob("*.md")}
    assert outcomes(tmp_path) == {"a.md": "unchanged", "b.md": "unchanged"}
    assert stamps == {path: path.stat().st_mtime_ns for path in (tmp_path / "out").glob("*.md")}


def test_only_what_changed(tmp_path: Path) -> None:
    make(tmp_path / "in", a_md=b"a", b_md=b"b")
    go(tmp_path)
    make(tmp_path / "in", b_md=b"B2", c_md=b"c")
    assert outcomes(tmp_path) == {"a.md": "unchanged", "b.md": "converted", "c.md": "converted"}


def test_a_change_that_hides_behind_size_and_time(tmp_path: Path) -> None:
    make(tmp_path / "in", a_md=b"a")
    path = tmp_path / "in/a.md"
    os.utime(path, (1_000_000_000, 1_000_000_000))
    go(tmp_path)
    go(tmp_path)
    path.write_bytes(b"b")
    os.utime(path, (1_000_000_000, 1_000_000_000))
    assert outcomes(tmp_path) == {"a.md": "converted"}


def test_a_touched_source_is_not_converted_again(tmp_path: Path) -> None:
    make(tmp_path / "in", a_md=b"a")
    go(tmp_path)
    os.utime(tmp_path / "in/a.md", (1_000_000_000, 1_000_000_000))
    rows = Rows()
    run(Job(sources=(str(tmp_path / "in"),), out=tmp_path / "out"), convert=never, listeners=(rows,))
    assert rows.outcomes() == {"a.md": "unchanged"}


def test_other_options_convert_again(tmp_path: Path) -> None:
    make(tmp_path / "in", a_md=b"a")
    go(tmp_path)
    assert outcomes(tmp_path, options=Options(flavor="hugo")) == {"a.md": "converted"}
    assert tree(tmp_path / "out")["a.md"] == b"Ahugo\n"


def test_another_version_converts_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path / "in", a_md=b"a")
    go(tmp_path)
    monkeypatch.setattr("converter.batch.runner.__version__", "999")
    with pytest.raises(Never):
        run(Job(sources=(str(tmp_path / "in"),), out=tmp_path / "out"), convert=never)


def never(data: bytes, *, name: str, output: str, options: Options) -> Document:
    raise Never("converted")


class Never(BaseException):
    pass


def test_a_lost_output_is_made_again(tmp_path: Path) -> None:
    make(tmp_path / "in", a_md=b"a")
    go(tmp_path)
    (tmp_path / "out/a.md").unlink()
    assert outcomes(tmp_path) == {"a.md": "converted"}


@pytest.mark.parametrize("change_source", [False, True])
@pytest.mark.parametrize("options", [Options(), Options(flavor="hugo")])
def test_an_edited_output_is_kept(tmp_path: Path, change_source: bool, options: Options) -> None:
    make(tmp_path / "in", a_md=b"a", b_md=b"b")
    go(tmp_path)
    (tmp_path / "out/a.md").write_bytes(b"edited\n")
    if change_source:
        make(tmp_path / "in", a_md=b"a2")
    for _ in range(2):
        result, rows = go(tmp_path, options=options)
        assert rows.outcomes()["a.md"] == "kept"
        assert "was edited since csdn2md wrote it" in rows.rows[0].message
        assert (result.skipped, result.failed) == (1, 0)
        assert tree(tmp_path / "out")["a.md"] == b"edited\n"
    assert outcomes(tmp_path, options=options, force=True)["a.md"] == "converted"


def test_an_output_edited_while_the_run_is_on_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from converter.batch.storage import files

    make(tmp_path / "in", a_md=b"a")
    go(tmp_path)
    make(tmp_path / "in", a_md=b"a2")
    make_durable = files.make_durable

    def edit(folder: Path) -> None:
        (tmp_path / "out/a.md").write_bytes(b"edited\n")
        make_durable(folder)

    monkeypatch.setattr(files, "make_durable", edit)
    assert outcomes(tmp_path) == {"a.md": "kept"}
    monkeypatch.undo()
    assert tree(tmp_path / "out") == {"a.md": b"edited\n"}
    assert outcomes(tmp_path) == {"a.md": "kept"}


def test_a_failure_is_tried_again_and_keeps_the_old_output(tmp_path: Path) -> None:
    make(tmp_path / "in", a_md=b"a")
    go(tmp_path)
    make(tmp_path / "in", a_md=b"<fail>")
    for _ in range(2):
        assert outcomes(tmp_path) == {"a.md": "failed"}
        assert tree(tmp_path / "out") == {"a.md": b"Agfm\n"}
    make(tmp_path / "in", a_md=b"a")
    assert outcomes(tmp_path) == {"a.md": "unchanged"}


def test_vanished_and_pruned(tmp_path: Path) -> None:
    make(tmp_path / "in", a_md=b"a", sub__b_md=b"b", sub__c_md=b"c")
    go(tmp_path)
    for name in ("b", "c"):
        (tmp_path / f"in/sub/{name}.md").unlink()
    assert outcomes(tmp_path) == {"a.md": "unchanged", "sub/b.md": "vanished", "sub/c.md": "vanished"}
    assert "sub/b.md" in tree(tmp_path / "out")
    (tmp_path / "out/sub/c.md").write_bytes(b"edited\n")
    assert outcomes(tmp_path, prune=True) == {"a.md": "unchanged", "sub/b.md": "pruned", "sub/c.md": "kept"}
    assert list(tree(tmp_path / "out")) == ["a.md", "sub/c.md"]
    assert outcomes(tmp_path, prune=True, force=True)["sub/c.md"] == "pruned"
    assert not (tmp_path / "out/sub").exists()
    assert outcomes(tmp_path, prune=True) == {"a.md": "unchanged"}


def test_a_source_that_is_not_named_has_not_vanished(tmp_path: Path) -> None:
    make(tmp_path, in__a_md=b"a", more__b_md=b"b")
    go(tmp_path, "in", "more")
    assert outcomes(tmp_path, "in", prune=True) == {"a.md": "unchanged"}
    assert outcomes(tmp_path, "in/a.md", prune=True) == {"a.md": "unchanged"}


def test_a_source_that_cannot_be_read_prunes_nothing(tmp_path: Path) -> None:
    make(tmp_path / "in", a_md=b"a")
    go(tmp_path)
    (tmp_path / "in").rename(tmp_path / "away")
    result, _ = go(tmp_path, prune=True)
    assert result.failed == 1
    assert list(tree(tmp_path / "out")) == ["a.md"]


def test_local_files_follow(tmp_path: Path) -> None:
    make(tmp_path / "in", a_md=MARKDOWN + b"![](i.png)", i_png=b"1")
    convert_folder(tmp_path / "in", tmp_path / "out")
    assert tree(tmp_path / "out")["i.png"] == b"1"
    make(tmp_path / "in", i_png=b"22")
    assert convert_folder(tmp_path / "in", tmp_path / "out").copied == 1
    assert tree(tmp_path / "out")["i.png"] == b"22"
    (tmp_path / "out/i.png").write_bytes(b"edited")
    assert convert_folder(tmp_path / "in", tmp_path / "out").skipped == 1
    (tmp_path / "out/i.png").write_bytes(b"22")
    (tmp_path / "in/i.png").unlink()
    assert convert_folder(tmp_path / "in", tmp_path / "out", prune=True).pruned == 1
    assert list(tree(tmp_path / "out")) == ["a.md"]


def test_an_output_of_another_source_is_not_taken_over(tmp_path: Path) -> None:
    make(tmp_path, in__a_md=b"a", more__a_md=b"other")
    go(tmp_path, "in")
    _, rows = go(tmp_path, "more")
    assert rows.rows[0].message == f"its output was written from {tmp_path}/in/a.md (--force overwrites)"
    assert tree(tmp_path / "out") == {"a.md": b"Agfm\n"}


def test_a_source_that_has_moved_is_the_same(tmp_path: Path) -> None:
    make(tmp_path, in__a_md=b"a")
    go(tmp_path, "in")
    (tmp_path / "in").rename(tmp_path / "moved")
    assert outcomes(tmp_path, "moved") == {"a.md": "unchanged"}


def test_a_source_in_the_output_folder_is_not_overwritten(tmp_path: Path) -> None:
    make(tmp_path, out__raw__raw__a_md=b"a", out__raw__a_md=b"b")
    with pytest.raises(BatchError, match="another source would be written there"):
        go(tmp_path, "out/raw")
    assert tree(tmp_path / "out") == {"raw/raw/a.md": b"a", "raw/a.md": b"b"}


def test_check_tells_what_a_run_would_do(tmp_path: Path) -> None:
    make(tmp_path / "in", a_md=b"a", b_md=b"b", c_md=b"c")
    go(tmp_path)
    make(tmp_path / "in", b_md=b"b2", d_md=b"d")
    (tmp_path / "out/c.md").write_bytes(b"edited\n")
    before = tree(tmp_path)
    predicted = outcomes(tmp_path, mode=Mode.CHECK)
    assert tree(tmp_path) == before
    assert predicted == outcomes(tmp_path)
    assert predicted == {"a.md": "unchanged", "b.md": "converted", "c.md": "kept", "d.md": "converted"}


# Any number of jobs


def test_jobs_change_nothing(tmp_path: Path) -> None:
    make(tmp_path / "in", **{f"p{n:03}_md": b"x" * n if n % 7 else b"<fail>" for n in range(1, 150)})
    seen = []
    for jobs in (1, 2, 5):
        rows = Rows()
        out = tmp_path / f"out{jobs}"
        run(Job(sources=(str(tmp_path / "in"),), out=out, jobs=jobs), convert=stub, listeners=(rows,))
        seen.append(([(row.source, row.outcome, row.message) for row in rows.rows], tree(out)))
    assert seen[0] == seen[1] == seen[2]
    assert [source for source, _, _ in seen[0][0]] == sorted(source for source, _, _ in seen[0][0])


def echo(task: Task) -> Row:
    return Row(task.number, task.name, "", Outcome.CONVERTED)


def test_the_pool_draws_on_its_stream_no_faster_than_rows_are_taken() -> None:
    drawn = 0

    def stream() -> Iterator[Task | Row]:
        nonlocal drawn
        for number in range(20 * QUEUE_LIMIT):
            drawn = number
            yield echo(Task(number, "", "", "", "")) if number % 3 else Task(number, "", "", "", "")

    interrupts = Interrupts()
    pool = Pool(echo, jobs=2, total=20 * QUEUE_LIMIT, timeout=0, interrupts=interrupts)
    taken = 0
    for row in pool.run(stream()):
        if row is not None:
            assert row.number == taken
            taken += 1
            assert drawn - taken <= QUEUE_LIMIT
    interrupts.close()
    assert taken == 20 * QUEUE_LIMIT


# Archives

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
    _, rows = go(tmp_path, name, jobs=jobs)
    assert tree(tmp_path / "out") == EXPECTED
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([name, "out"])
    assert [row.message for row in rows.rows if row.outcome is Outcome.FAILED] == [
        "the name leads out of the output folder"
    ]
    assert go(tmp_path, name, jobs=jobs)[0].unchanged == 3


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
    result, _ = go(tmp_path, "d.tar")
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
    result, rows = go(tmp_path, "d.jsonl", max_size=1000)
    assert list(tree(tmp_path / "out")) == ["good.md", "last.md"]
    assert [row.message for row in rows.rows if words in row.message]
    assert result.failed == 1


def test_one_path_twice_is_a_collision(tmp_path: Path) -> None:
    (tmp_path / "d.jsonl").write_text('{"path": "a", "content": "x"}\n{"path": "a", "content": "y"}\n')
    with pytest.raises(BatchError, match="a and a would both write"):
        go(tmp_path, "d.jsonl")


def test_other_fields(tmp_path: Path) -> None:
    (tmp_path / "d.jsonl").write_text('{"url": "a.html", "html": "x"}\n')
    assert outcomes(tmp_path, "d.jsonl", path_field="url", content_field="html") == {"a.md": "converted"}


# Names

OUTPUT_NAMES = {
    "a.html": "a.md",
    "a.HTM": "a.md",
    "x/y.markdown": "x/y.md",
    "notes": "notes.md",
    "a.b.c": "a.b.c.md",
    "./a//b.md": "a/b.md",
    "con.html": "con_.md",
    "x/NUL/lpt1.md": "x/NUL_/lpt1_.md",
    "console.md": "console.md",
    "tab\tend.md": "tab_end.md",
    "\udcff.md": "_.md",
    ".html": ".html.md",
}


@pytest.mark.parametrize("name", OUTPUT_NAMES)
def test_output_names(name: str) -> None:
    assert output_name(name) == OUTPUT_NAMES[name]


@pytest.mark.parametrize("name", ["../a.md", "a/../../b.md", "..", "", "/", "."])
def test_names_that_lead_nowhere(name: str) -> None:
    with pytest.raises(PathError):
        output_name(name)


def test_collision_keys() -> None:
    assert collision_key("É.md") == collision_key("e\u0301.md")
    assert collision_key("STRASSE.md") == collision_key("straße.md")


def test_shown_is_one_line() -> None:
    assert shown("a\nb\u2028c\udcff中\x1b") == "a\\x0ab\\u2028c\\xff中\\x1b"


LOCAL = {
    "img/a.png": "posts/img/a.png",
    "../a%20b.png?x#y": "a b.png",
    "./中.png": "posts/中.png",
    "../../a.png": "",
    "/a.png": "",
    "//host/a.png": "",
    "http://host/a.png": "",
    "data:image/png;base64,": "",
    "#part": "",
    "other.md": "",
    "a%00b.png": "",
    "http://[": "",
}


@pytest.mark.parametrize("address", LOCAL)
def test_local_paths(address: str) -> None:
    assert local_path(address, "posts") == LOCAL[address]


# The library


def test_convert_file(tmp_path: Path) -> None:
    make(tmp_path, a_html="hello")
    row = convert_file(tmp_path / "a.html", tmp_path / "b.md")
    assert (row.outcome, row.target) == (Outcome.CONVERTED, str(tmp_path / "b.md"))
    assert (tmp_path / "b.md").read_bytes().endswith(b"\nhello\n")
    assert convert_file(tmp_path / "a.html").target == str(tmp_path / "a.md")
    (tmp_path / "b.md").write_bytes(b"mine")
    with pytest.raises(ConversionError, match="csdn2md did not write it"):
        convert_file(tmp_path / "a.html", tmp_path / "b.md")
    with pytest.raises(ConversionError, match=r"none.html: No such file"):
        convert_file(tmp_path / "none.html", tmp_path / "c.md")


def test_convert_folder(tmp_path: Path) -> None:
    make(tmp_path / "in", a_html="hello", b_md=MARKDOWN, c_html=html_post("x"))
    rows: list[Row] = []
    result = convert_folder(tmp_path / "in", tmp_path / "out", on_row=rows.append)
    assert (result.converted, result.copied, result.failed) == (2, 1, 0)
    assert [row.output for row in rows] == ["a.md", "b.md", "c.md"]
    assert list(tree(tmp_path / "out")) == ["a.md", "b.md", "c.md"]
