"""Drawings as files beside the posts: written with them, remembered, pruned, never written over."""

from __future__ import annotations

import shutil
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from converter import Options, convert, convert_file, convert_folder
from converter.batch import Mode
from converter.batch.values import Outcome, Row
from converter.hook.run import main

DRAWING = '<svg viewBox="0 0 90 60"><rect width="90" height="60"/><text>{}</text></svg>'
OTHER = '<div id="content_views"><p>b</p></div>'


def html(*labels: str) -> str:
    return f'<div id="content_views"><p>a</p>{"<p>z</p>".join(map(DRAWING.format, labels))}</div>'


@pytest.fixture
def posts(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.html").write_text(html("x"))
    return folder


def drawings(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*.svg"))


def run(posts: Path, **given: object) -> dict[Outcome, int]:
    rows: list[Row] = []
    options = Options(drawings="drop") if given.pop("drop", False) else Options()
    convert_folder(posts, posts.parent / "out", options=options, on_row=rows.append, **given)  # type: ignore[arg-type]
    return Counter(row.outcome for row in rows)


def test_a_drawing_is_a_file_beside_the_post(posts: Path) -> None:
    assert run(posts) == {Outcome.CONVERTED: 1, Outcome.DRAWN: 1}
    out = posts.parent / "out"
    (name,) = drawings(out)
    assert (out / "a.md").read_text() == f"a\n\n![x]({name})\n"
    assert (out / name).read_text().startswith("<svg xmlns=")
    assert run(posts) == {Outcome.UNCHANGED: 1}
    assert run(posts, force=True) == {Outcome.UNCHANGED: 1}


def test_a_drawing_that_was_removed_is_written_again(posts: Path) -> None:
    run(posts)
    (name,) = drawings(posts.parent / "out")
    (posts.parent / "out" / name).unlink()
    assert run(posts) == {Outcome.UNCHANGED: 1, Outcome.DRAWN: 1}
    assert drawings(posts.parent / "out") == [name]


def test_a_drawing_that_no_post_shows_any_more_is_pruned(posts: Path) -> None:
    run(posts)
    (posts / "a.html").write_text(html("y"))
    assert run(posts) == {Outcome.CONVERTED: 1, Outcome.DRAWN: 1, Outcome.VANISHED: 1}
    assert run(posts, prune=True) == {Outcome.UNCHANGED: 1, Outcome.PRUNED: 1}
    assert len(drawings(posts.parent / "out")) == 1
    (posts / "a.html").unlink()
    (posts / "b.html").write_text(OTHER)
    assert run(posts, prune=True) == {Outcome.CONVERTED: 1, Outcome.PRUNED: 2}
    assert drawings(posts.parent / "out") == []


def test_a_drawing_that_was_edited_is_kept(posts: Path) -> None:
    run(posts)
    (name,) = drawings(posts.parent / "out")
    edited = posts.parent / "out" / name
    edited.write_text("<svg>mine</svg>")
    run(posts)
    run(posts, drop=True, prune=True)
    assert edited.read_text() == "<svg>mine</svg>"


def test_the_drawing_of_an_edited_post_is_not_pruned(posts: Path) -> None:
    run(posts)
    (name,) = drawings(posts.parent / "out")
    post = posts.parent / "out" / "a.md"
    post.write_text(post.read_text() + "mine\n")
    (posts / "a.html").write_text(html("y"))
    assert run(posts, prune=True) == {Outcome.KEPT: 1}
    assert drawings(posts.parent / "out") == [name]


def test_dropped_drawings_are_not_written(posts: Path) -> None:
    assert run(posts, drop=True) == {Outcome.CONVERTED: 1}
    assert drawings(posts.parent / "out") == []
    assert (posts.parent / "out" / "a.md").read_text() == "a\n"


@pytest.mark.parametrize("mode", [Mode.CHECK, Mode.DIFF])
def test_a_run_that_writes_nothing_writes_no_drawing(posts: Path, mode: Mode) -> None:
    assert run(posts, mode=mode) == {Outcome.CONVERTED: 1, Outcome.DRAWN: 1}
    assert not (posts.parent / "out").exists()


def test_one_drawing_of_two_posts_are_two_files(posts: Path) -> None:
    shutil.copy(posts / "a.html", posts / "b.html")
    run(posts, jobs=2)
    assert len(drawings(posts.parent / "out")) == 2


def test_two_drawings_that_are_equal_are_one_file(posts: Path) -> None:
    (posts / "a.html").write_text(html("x", "x", "y"))
    assert run(posts)[Outcome.DRAWN] == 2
    assert len(drawings(posts.parent / "out")) == 2


def test_posts_of_an_archive_have_drawings(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "posts.zip", "w") as packed:
        packed.writestr("sub/a.html", html("x"))
    for _ in range(2):
        convert_folder(tmp_path / "posts.zip", tmp_path / "out", prune=True)
        (name,) = drawings(tmp_path / "out")
        assert (tmp_path / "out" / "sub" / "a.md").read_text() == f"a\n\n![x]({name})\n"


def test_in_place_a_drawing_stands_beside_its_post(posts: Path) -> None:
    result = convert_folder(posts)
    (name,) = drawings(posts)
    assert result.counts[Outcome.DRAWN] == 1
    assert (posts / "a.md").read_text() == f"a\n\n![x]({name})\n"


def test_in_place_no_file_of_another_is_written_over(posts: Path) -> None:
    convert_folder(posts)
    (name,) = drawings(posts)
    (posts / name).write_text("mine")
    (posts / "a.md").unlink()
    assert convert_folder(posts).failed == 1
    assert (posts / name).read_text() == "mine"
    assert sorted(path.name for path in posts.iterdir()) == [name, "a.html"]


def test_one_output_file_has_its_drawings_beside_it(posts: Path) -> None:
    row = convert_file(posts / "a.html", posts.parent / "post.md")
    (name,) = drawings(posts.parent)
    assert row.outcome is Outcome.CONVERTED and name.startswith("post.")
    assert (posts.parent / "post.md").read_text() == f"a\n\n![x]({name})\n"


def test_the_hook_writes_drawings(posts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    post = posts / "b.md"
    post.write_text(f"---\ntitle: b\n---\n{html('x')}\n")
    assert main([str(post)]) == 1
    (name,) = drawings(posts)
    assert f"![x]({name})" in post.read_text()
    assert f"Fixing {posts / name} (a drawing)" in capsys.readouterr().out


def test_without_a_file_a_drawing_is_a_data_image() -> None:
    (image,) = convert(html("x")).images
    assert image.startswith("data:image/svg+xml;base64,")
    assert convert(html("x")).text == f'a\n\n<img src="{image}" alt="x">\n'
    assert convert(html("x"), options=Options(drawings="drop")).text == "a\n"
