"""Checks the corpora of a folder of posts: `python -m benchmarks.corpora POSTS`; prints what it compared.

JSON Lines and Parquet must hold the same rows, in the same order with any number of jobs, as pyarrow and pandas (where
it is installed) read them; the Markdown of each row must be what `convert` gives for that post alone, whose document is
read back from its JSON.  `--many N` makes a corpus of N small posts, and prints the memory that it takes.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from converter import Document, convert
from converter.corpus.columns import COLUMNS


def corpus(sources: Iterable[Path], file: Path, jobs: int) -> list[dict[str, Any]]:
    """Make a corpus by the command line and return its rows."""
    command = [sys.executable, "-m", "converter", "convert", *map(str, sources), "-o", str(file), "-q", "-j", str(jobs)]
    subprocess.run(command, check=True)
    return rows_of(file)


def rows_of(file: Path) -> list[dict[str, Any]]:
    """Return the rows of a corpus."""
    if file.suffix == ".parquet":
        import pyarrow.parquet

        found: list[dict[str, Any]] = pyarrow.parquet.read_table(file).to_pylist()
        return found
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def by_pandas(folder: Path) -> str:
    """Compare what pandas reads of the files in a folder; return its version, or that it is not installed."""
    try:
        import pandas  # type: ignore[import-untyped,unused-ignore]
    except ImportError:
        return "not installed"
    for name in ("1.jsonl", "2.parquet"):
        rows = rows_of(folder / name)
        read = pandas.read_json(folder / name, lines=True, dtype=False) if name.endswith("l") else None
        frame = pandas.read_parquet(folder / name) if read is None else read
        assert list(frame.columns) == [column.name for column in COLUMNS]
        for column in ("path", "markdown", "text", "title"):
            assert list(frame[column]) == [row[column] for row in rows], (name, column)
    return str(pandas.__version__)


def same_alone(rows: list[dict[str, Any]]) -> int:
    """Compare each row with what `convert` gives for its post alone, and its JSON; return how many there are."""
    for row in rows:
        source = Path(row["source"])
        document = convert(source.read_bytes(), name=source.name)
        assert document.text == row["markdown"], source
        assert document.front_matter == row["front_matter"], source
        assert Document.from_json(document.to_json()) == document, source
    return len(rows)


def compare(posts: Path) -> None:
    """Make the corpora of a folder of posts and compare them."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = corpus([posts], folder / "1.jsonl", 1)
        assert corpus([posts], folder / "2.jsonl", 2) == lines
        assert (folder / "1.jsonl").read_bytes() == (folder / "2.jsonl").read_bytes()
        assert corpus([posts], folder / "2.parquet", 2) == lines
        print(f"{len(lines):,} rows: JSON Lines with 1 and 2 jobs equal byte for byte, Parquet equal by pyarrow")
        print(f"pandas: {by_pandas(folder)}")
        print(f"{same_alone(lines):,} rows equal to `convert` alone; their documents are read back from JSON")


def many(count: int) -> None:
    """Make corpora of so many small posts, and print the memory of the largest process."""
    with tempfile.TemporaryDirectory() as name:
        source = Path(name, "posts.jsonl")
        with source.open("w", encoding="utf-8") as file:
            for number in range(count):
                html = f'<div id="content_views"><p>第{number}篇，说的是{number * 7919 % 100003}。</p></div>'
                file.write(json.dumps({"path": f"{number}.html", "content": html}, ensure_ascii=False) + "\n")
        for target in ("c.jsonl", "c.parquet"):
            command = [sys.executable, "-m", "converter", "convert", str(source), "-o", str(Path(name, target)), "-q"]
            subprocess.run(command, check=True)
            most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
            print(f"{target}: {count:,} posts, {most:,.0f} MB at most (the larger of the runs so far)")


def main() -> None:
    """Compare, or measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("posts", type=Path, nargs="?", metavar="POSTS")
    parser.add_argument("--many", type=int, default=0, metavar="N")
    given = parser.parse_args()
    if given.posts:
        compare(given.posts)
    if given.many:
        many(given.many)


if __name__ == "__main__":
    main()
