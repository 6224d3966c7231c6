"""A corpus holds what `convert` gives one by one, in each format, with any number of jobs, after any kill."""

from __future__ import annotations

import gzip
import json
import os
import signal
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from benchmarks import corpora
from converter import convert
from converter.batch.interrupts import Interrupts
from converter.batch.result import Result
from converter.batch.values import BatchError, Job, Proof
from converter.corpus.columns import COLUMNS
from converter.corpus.runner import convert_to_corpus
from tests.kit.batch import MARKDOWN, Rows, csdn2md, html_post, make
from tests.kit.paths import ROOT

DUMP = ROOT / "fixtures" / "dump"
HIDDEN = ".csdn2md-*"


def run(corpus: Path, *sources: Path, **given: Any) -> tuple[Result, int, Rows]:
    rows = Rows()
    job = Job(sources=tuple(map(str, sources or (DUMP,))), corpus=str(corpus), **given)
    result, count = convert_to_corpus(job, listeners=(rows,), interrupts=Interrupts())
    return result, count, rows


def read(corpus: Path) -> list[dict[str, Any]]:
    if corpus.suffix == ".parquet":
        from pyarrow.parquet import read_table

        rows: list[dict[str, Any]] = read_table(corpus).to_pylist()
        return rows
    opened = gzip.open if corpus.suffix == ".gz" else open
    with opened(corpus, "rb") as file:
        return [json.loads(line) for line in file]


@pytest.fixture
def posts(tmp_path: Path) -> Path:
    words = "".join(f"第{number}句话说的是{number * 7}。" for number in range(200))
    code = '<pre><code class="language-java">int a;\n\n\nint b;</code></pre>'
    rich = html_post("文 <a href='https://a.example/'>链接</a> <img src='https://a.example/b.png' alt='图'>", code)
    return make(
        tmp_path / "posts",
        a__rich_html=rich,
        b__one_html=words,
        c__two_html=f"{words}再加一句。",
        plain_md=MARKDOWN + b"\n\n```sql\nSELECT 1;\n```\n\n$x^2$ and [link](https://b.example/)\n",
    )


def test_each_row_is_what_convert_gives(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus.jsonl"
    result, count, _ = run(corpus)
    rows = read(corpus)
    assert (result.failed, count) == (0, len(rows))
    assert [tuple(row) for row in rows] == [tuple(column.name for column in COLUMNS)] * len(rows)
    assert len(rows) > 5
    for row in rows:
        document = convert(Path(row["source"]).read_bytes(), name=row["source"])
        assert (row["front_matter"], row["markdown"]) == (document.front_matter, document.text)
        assert [one["rule"] for one in row["findings"]] == sorted({one.rule for one in document.findings})
        assert not document.article or [one["url"] for one in row["links"]] == [
            node.attributes["href"] for node in document.article.body.nodes() if "href" in node.attributes
        ]


@pytest.mark.parametrize("name", ["corpus.jsonl.gz", "corpus.parquet"])
def test_all_formats_hold_the_same_rows(tmp_path: Path, posts: Path, name: str) -> None:
    if name.endswith(".parquet"):
        pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    run(tmp_path / "corpus.jsonl", DUMP, posts, proof=Proof.REPORT)
    run(tmp_path / name, DUMP, posts, proof=Proof.REPORT, jobs=2)
    assert read(tmp_path / name) == read(tmp_path / "corpus.jsonl")


def test_pandas_reads_parquet(tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    run(tmp_path / "corpus.parquet")
    run(tmp_path / "corpus.jsonl")
    frame = pandas.read_parquet(tmp_path / "corpus.parquet")
    assert list(frame["markdown"]) == [row["markdown"] for row in read(tmp_path / "corpus.jsonl")]


def test_what_a_document_holds(tmp_path: Path, posts: Path) -> None:
    run(tmp_path / "corpus.jsonl", posts)
    rich, _, _, plain = read(tmp_path / "corpus.jsonl")
    assert rich["path"] == "a/rich.md"
    assert rich["code"] == [{"language": "java", "text": "int a;\n\n\nint b;"}]
    assert rich["images"] == [{"url": "https://a.example/b.png", "alt": "图"}]
    assert rich["links"] == [{"url": "https://a.example/", "text": "链接"}]
    assert rich["text"] == "文 链接\n\nint a;\n\n\nint b;"
    assert (rich["characters"], rich["words"]) == (13, 7)
    assert plain["code"] == [{"language": "sql", "text": "SELECT 1;"}]
    assert plain["formulas"] == [{"tex": "x^2", "display": 0}]
    assert plain["links"] == [{"url": "https://b.example/", "text": "link"}]
    assert plain["text"].startswith("Plain\n\nas it was\n\nSELECT 1;\n\nx^2 and link")


def test_duplicates_are_named(tmp_path: Path, posts: Path) -> None:
    make(posts, d__same_html=(posts / "b" / "one.html").read_bytes())
    run(tmp_path / "corpus.jsonl", posts)
    found = {
        row["path"]: (row["duplicate"], row["group"], row["earliest"], row["fullest"])
        for row in read(tmp_path / "corpus.jsonl")
    }
    assert found == {
        "a/rich.md": ("", None, "", ""),
        "b/one.md": ("exact", 1, "b/one.md", "c/two.md"),
        "c/two.md": ("near", 1, "b/one.md", "c/two.md"),
        "d/same.md": ("exact", 1, "b/one.md", "c/two.md"),
        "plain.md": ("", None, "", ""),
    }  # fmt: skip


def test_a_document_that_fails_has_no_row(tmp_path: Path, posts: Path) -> None:
    make(posts, zip_html=b"PK\x03\x04 packed")
    result, count, rows = run(tmp_path / "corpus.jsonl", posts)
    assert (result.failed, count) == (1, 4)
    assert rows.outcomes()["zip.md"] == "failed"
    assert [row["path"] for row in read(tmp_path / "corpus.jsonl")] == ["a/rich.md", "b/one.md", "c/two.md", "plain.md"]


def test_incomplete_and_verified(tmp_path: Path) -> None:
    locked = b'<div id="content_views"><p>\xe6\x96\x87</p></div><div class="hide-article-box">\xe6\x9c\x80\xe4\xbd\x8e0.47\xe5\x85\x83/\xe5\xa4\xa9 \xe8\xa7\xa3\xe9\x94\x81\xe6\x96\x87\xe7\xab\xa0</div>'
    make(tmp_path / "posts", a_html=locked, b_html="文")
    run(tmp_path / "corpus.jsonl", tmp_path / "posts", proof=Proof.REPORT)
    row, whole = read(tmp_path / "corpus.jsonl")
    assert (row["completeness"], whole["completeness"]) == ("article/locked", "")
    assert (row["differences"], whole["differences"], whole["verify_score"]) == (1, 0, 1.0)


def stop(spool: Path, posts: Path) -> None:
    """Leave behind what a run leaves that is killed after its first rows."""

    class StoppedError(Exception):
        pass

    class Stopping(Rows):
        def row(self, row: Any) -> None:
            if row.output.startswith("c/"):
                raise StoppedError

    with pytest.raises(StoppedError):
        job = Job(sources=(str(posts),), corpus=str(spool))
        convert_to_corpus(job, listeners=(Stopping(),), interrupts=Interrupts())


def test_a_stopped_run_goes_on(tmp_path: Path, posts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("converter.batch.storage.files.stable_stamp", lambda status: str(status.st_mtime_ns))
    corpus, whole = tmp_path / "corpus.jsonl", tmp_path / "whole.jsonl"
    run(whole, posts)
    stop(corpus, posts)
    assert not corpus.exists()
    assert list(tmp_path.glob(HIDDEN))
    _, count, rows = run(corpus, posts)
    assert count == 4
    assert rows.outcomes() == {
        "a/rich.md": "unchanged",
        "b/one.md": "unchanged",
        "c/two.md": "converted",
        "plain.md": "copied",
    }
    assert corpus.read_bytes() == whole.read_bytes()
    assert not list(tmp_path.glob(HIDDEN))


def test_a_stopped_run_converts_again_what_has_changed(
    tmp_path: Path, posts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("converter.batch.storage.files.stable_stamp", lambda status: str(status.st_mtime_ns))
    corpus = tmp_path / "corpus.jsonl"
    stop(corpus, posts)
    (posts / "a" / "rich.html").unlink()
    make(posts, b__one_html="Another text.")
    os.utime(posts / "b" / "one.html", (1, 1))
    run(corpus, posts)
    rows = read(corpus)
    assert [row["path"] for row in rows] == ["b/one.md", "c/two.md", "plain.md"]
    assert rows[0]["text"] == "Another text."


def test_other_settings_begin_anew(tmp_path: Path, posts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("converter.batch.storage.files.stable_stamp", lambda status: str(status.st_mtime_ns))
    stop(tmp_path / "corpus.jsonl", posts)
    _, _, rows = run(tmp_path / "corpus.jsonl", posts, proof=Proof.REPORT)
    assert set(rows.outcomes().values()) == {"converted", "copied"}


def test_a_damaged_spool_is_made_anew(tmp_path: Path, posts: Path) -> None:
    stop(tmp_path / "corpus.jsonl", posts)
    (spool,) = tmp_path.glob(HIDDEN)
    spool.write_bytes(b"damaged" * 1000)
    assert run(tmp_path / "corpus.jsonl", posts)[1] == 4


def test_one_run_at_a_time(tmp_path: Path, posts: Path) -> None:
    stop(tmp_path / "corpus.jsonl", posts)
    (spool,) = tmp_path.glob(HIDDEN)
    other = sqlite3.connect(spool, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(BatchError, match="another run is writing"):
        run(tmp_path / "corpus.jsonl", posts)
    other.close()


@pytest.mark.parametrize("name", ["corpus.jsonl", "corpus.jsonl.gz"])
def test_a_corpus_is_replaced_and_nothing_else(tmp_path: Path, posts: Path, name: str) -> None:
    corpus = tmp_path / name
    run(corpus)
    assert run(corpus, posts)[1] == 4
    corpus.write_bytes(b'{"mine": 1}\n')
    with pytest.raises(BatchError, match="did not write it"):
        run(corpus, posts)
    assert corpus.read_bytes() == b'{"mine": 1}\n'
    assert run(corpus, posts, force=True)[1] == 4


def test_a_corpus_is_no_source_of_its_own(tmp_path: Path, posts: Path) -> None:
    run(tmp_path / "corpus.jsonl", posts)
    with pytest.raises(BatchError, match="is a source, too"):
        run(tmp_path / "corpus.jsonl", tmp_path / "corpus.jsonl", path_field="path", content_field="markdown")


def test_the_command(tmp_path: Path, posts: Path) -> None:
    done = csdn2md("convert", posts, "-o", tmp_path / "corpus.jsonl", "-j", "2")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[1] == f"4 rows in {tmp_path}/corpus.jsonl"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["corpus.jsonl", "posts"]


def test_the_report_of_a_corpus_links_to_no_output(tmp_path: Path, posts: Path) -> None:
    csdn2md("convert", posts, "-o", tmp_path / "corpus.jsonl", "--report", tmp_path / "report.html")
    page = (tmp_path / "report.html").read_text("utf-8")
    rows = [json.loads(line.rstrip(",")) for line in page.splitlines() if line.startswith('["')]
    assert (rows[0][1], rows[0][-3:-1]) == ("a/rich.md", ["posts/a/rich.html", ""])
    assert len(rows) == 4


@pytest.mark.parametrize("option", ["--check", "--dry-run", "--prune", "--link-local=relative"])
def test_options_that_need_a_folder(tmp_path: Path, posts: Path, option: str) -> None:
    done = csdn2md("convert", posts, "-o", tmp_path / "corpus.jsonl", option)
    assert done.returncode == 2
    assert "need an output folder" in done.stderr


def test_an_interrupted_command_leaves_no_corpus(tmp_path: Path, posts: Path) -> None:
    class Interrupting(Rows):
        signals = iter((signal.SIGINT,))

        def received(self, count: int) -> None:
            for number in self.signals:
                os.kill(os.getpid(), number)

    interrupts = Interrupts()
    job = Job(sources=(str(posts),), corpus=str(tmp_path / "corpus.jsonl"))
    with interrupts.catching():
        result, count = convert_to_corpus(job, listeners=(Interrupting(),), interrupts=interrupts)
    interrupts.close()
    assert (result.stopped, count) == (signal.SIGINT, 0)
    assert not (tmp_path / "corpus.jsonl").exists()


def test_the_corpora_of_an_archive_have_the_rows_that_its_posts_give(capsys: pytest.CaptureFixture[str]) -> None:
    """The whole of benchmarks/corpora.py, which takes larger archives."""
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    corpora.compare(ROOT / "fixtures/dump")
    assert "7 rows equal to `convert` alone" in capsys.readouterr().out
