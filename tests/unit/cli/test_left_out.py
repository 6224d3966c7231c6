"""The summary of a run names the kinds of files in source folders that were left out."""

from __future__ import annotations

from pathlib import Path

from tests.kit.batch import csdn2md, make

POST = b'<div id="content_views"><p><img src="used.png"></p></div>'


def test_files_that_are_no_posts_are_counted_by_suffix(tmp_path: Path) -> None:
    source = make(tmp_path / "in", a_html=POST, used_png=b"\x89PNG\r\n\x1a\n", b_png=b"x", c_PNG=b"x", d_zip=b"x")
    (source / "e.warc.gz").write_bytes(b"x")
    (source / "README").write_bytes(b"x")
    done = csdn2md("convert", "in", "-o", "out", cwd=tmp_path)
    line = done.stdout.splitlines()[-1]
    assert line.startswith("left out: 2 .png, ")
    assert "1 .zip" in line and "1 .warc.gz" in line and "1 without a suffix" in line
    assert line.endswith("; name an archive by itself to convert it")
    assert csdn2md("convert", "in", "-o", "out", cwd=tmp_path).stdout.splitlines()[-1] == line


def test_nothing_is_said_where_nothing_was_left_out(tmp_path: Path) -> None:
    make(tmp_path / "in", a_html=POST, used_png=b"\x89PNG\r\n\x1a\n")
    assert "left out" not in csdn2md("convert", "in", "-o", "out", cwd=tmp_path).stdout


def test_mhtml_in_a_folder_is_a_post(tmp_path: Path) -> None:
    page = (
        "MIME-Version: 1.0\nSnapshot-Content-Location: https://blog.csdn.net/a/article/details/1\n"
        'Content-Type: multipart/related; type="text/html"; boundary="x"\n\n--x\nContent-Type: text/html\n\n'
        "<html><head></head><body><div id='content_views'><p>one</p></div></body></html>\n--x--\n"
    )
    make(tmp_path / "in", a_mhtml=page.encode())
    done = csdn2md("convert", "in", "-o", "out", cwd=tmp_path)
    assert "1 converted" in done.stdout and "left out" not in done.stdout
    assert (tmp_path / "out" / "a.md").read_text("utf-8").endswith("one\n")


def test_a_named_file_that_is_no_post_is_told_by_what_it_is(tmp_path: Path) -> None:
    make(tmp_path, a_png=b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    for arguments in (("a.png",), ("a.png", "-o", "out")):
        done = csdn2md("convert", *arguments, cwd=tmp_path)
        assert done.returncode == 1
        assert "error: a.png: a PNG picture, not a post" in done.stderr
