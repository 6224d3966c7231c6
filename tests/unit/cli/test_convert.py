"""`csdn2md convert`."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.kit.batch import MARKDOWN, csdn2md, html_post, make, tree


def test_tree_is_mirrored_and_named_md(tmp_path: Path) -> None:
    make(tmp_path / "in", a_html="one", b__c_htm="two", b__d_markdown="three", e_md=MARKDOWN)
    done = csdn2md("convert", tmp_path / "in", "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("3 converted, 1 copied in ")
    written = tree(tmp_path / "out")
    assert list(written) == ["a.md", "b/c.md", "b/d.md", "e.md"]
    assert written["e.md"] == MARKDOWN
    assert written["a.md"] == b"---\ntitle: A post\n---\n\none\n"


def test_txt_is_a_post_only_when_named(tmp_path: Path) -> None:
    make(tmp_path / "in", a_txt="named", b_md="walked")
    csdn2md("convert", tmp_path / "in", "-o", tmp_path / "walked")
    csdn2md("convert", tmp_path / "in/a.txt", "-o", tmp_path / "named")
    assert list(tree(tmp_path / "walked")) == ["b.md"]
    assert list(tree(tmp_path / "named")) == ["a.md"]


def test_stdin_to_stdout() -> None:
    done = csdn2md("convert", "-", stdin=html_post("hello"))
    assert (done.returncode, done.stdout, done.stderr) == (0, "---\ntitle: A post\n---\n\nhello\n", "")


@pytest.mark.skipif(sys.platform != "linux", reason="no process is forked here")
@pytest.mark.parametrize("source", ["-", "a.html"])
def test_a_time_limit_ends_one_document(tmp_path: Path, source: str) -> None:
    html = b"<div>" * 3000 + b"<" + b"a" * 100_000
    (tmp_path / "a.html").write_bytes(html)
    done = csdn2md("convert", source, "--timeout", "0.000001", stdin=html, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"error: {source}: took longer than --timeout (1e-06 s)\n"


def test_stdin_markdown_is_left_byte_for_byte() -> None:
    assert csdn2md("convert", "-", stdin=MARKDOWN).stdout.encode() == MARKDOWN


def test_one_file_to_one_file(tmp_path: Path) -> None:
    make(tmp_path, page_html="hello")
    done = csdn2md("convert", "page.html", "-o", "post.md", cwd=tmp_path)
    assert done.returncode == 0
    assert (tmp_path / "post.md").read_bytes().endswith(b"\nhello\n")
    assert csdn2md("convert", "page.html", "-o", "post.md", cwd=tmp_path).stdout.startswith("1 unchanged in ")


def test_glob_that_no_shell_expanded(tmp_path: Path) -> None:
    make(tmp_path, in__a__x_html="x", in__b__y_html="y", in__b__z_md="z")
    done = csdn2md("convert", "in/**/*.html", "-o", "out", cwd=tmp_path)
    assert done.returncode == 0
    assert list(tree(tmp_path / "out")) == ["a/x.md", "b/y.md"]


@pytest.mark.parametrize(("option", "end"), [((), "\n"), (("-0",), "\0")])
def test_files_from(tmp_path: Path, option: tuple[str, ...], end: str) -> None:
    make(tmp_path, in__a_html="a", in__b_html="b", in__c_html="c")
    (tmp_path / "list").write_text(f"in/c.html{end}in/a.html{end}")
    done = csdn2md("convert", "--files-from", "list", *option, "-o", "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert list(tree(tmp_path / "out")) == ["in/a.md", "in/c.md"]


def test_files_from_stdin(tmp_path: Path) -> None:
    make(tmp_path, in__a_html="a")
    done = csdn2md("convert", "--files-from", "-", "-o", "out", cwd=tmp_path, stdin=b"in/a.html\n")
    assert (done.returncode, list(tree(tmp_path / "out"))) == (0, ["in/a.md"])


LISTS = [
    (["../other/x/a.html", "../other/b.html"], (), ["b.md", "x/a.md"]),
    (["c.html", "../other/x/a.html"], (), ["here/c.md", "other/x/a.md"]),
    (["sub/d.html"], (), ["sub/d.md"]),
    (["../other/x/a.html"], ("--base", "../other"), ["x/a.md"]),
]


@pytest.mark.parametrize("stdin", [True, False])
@pytest.mark.parametrize(("names", "options", "outputs"), LISTS, ids=[" ".join(row[0]) for row in LISTS])
def test_files_from_elsewhere(
    tmp_path: Path, names: list[str], options: tuple[str, ...], outputs: list[str], stdin: bool
) -> None:
    make(tmp_path, other__x__a_html="a", other__b_html="b", here__c_html="c", here__sub__d_html="d")
    here, text = tmp_path / "here", "\n".join(names)
    (here / "list").write_text(text)
    source = "-" if stdin else "list"
    done = csdn2md("convert", "--files-from", source, *options, "-o", tmp_path / "out", cwd=here, stdin=text.encode())
    assert done.returncode == 0, done.stderr
    assert list(tree(tmp_path / "out")) == outputs


def test_files_from_with_lines_that_cannot_be_read(tmp_path: Path) -> None:
    make(tmp_path, in__a_html="a", b_html="b")
    (tmp_path / "list").write_text("in/a.html\nhttps://example.com/a.html\ns3://x/a.html\nb.html\nin/none.html\n")
    done = csdn2md("convert", "--files-from", "list", "--base", "in", "-o", "out", cwd=tmp_path)
    assert done.returncode == 1
    assert list(tree(tmp_path / "out")) == ["a.md"]
    assert sorted(done.stderr.splitlines()) == [
        "error: b.html: is not below in (--base names another folder)",
        "error: https://example.com/a.html: is the address of a page, and csdn2md downloads no pages: save it first, "
        "then name the file",
        "error: in/none.html: No such file or directory",
        "error: s3://x/a.html: is a URL, which --engine dask reads",
    ]


def test_local_files_are_copied(tmp_path: Path) -> None:
    image = '<p><img src="../img/%E5%9B%BE.png"/><a href="notes.pdf">n</a><a href="gone.pdf">g</a></p>'
    make(
        tmp_path / "in", posts__a_html=html_post("x", image), posts__b_md=b"![](../img/b.png) [up](../../secret.png)\n"
    )
    make(tmp_path / "in", img__b_png=b"B", posts__notes_pdf=b"P", img__other_png=b"O")
    (tmp_path / "in/img/图.png").write_bytes(b"T")
    (tmp_path / "secret.png").write_bytes(b"S")
    done = csdn2md("convert", tmp_path / "in", "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    files = {name: data for name, data in tree(tmp_path / "out").items() if not name.endswith(".md")}
    assert files == {"img/b.png": b"B", "img/图.png": b"T", "posts/notes.pdf": b"P"}
    assert csdn2md("convert", tmp_path / "in", "-o", tmp_path / "out").stdout.startswith("5 unchanged in ")


def test_in_place(tmp_path: Path) -> None:
    make(tmp_path, a_md="one", b_markdown="two", c_html="three", d_md=MARKDOWN)
    (tmp_path / "a.md").chmod(0o640)
    before = tree(tmp_path)
    done = csdn2md("convert", tmp_path, "--in-place")
    assert done.returncode == 0, done.stderr
    after = tree(tmp_path)
    assert list(after) == [".csdn2md-in-place.sqlite", "a.md", "b.markdown", "c.html", "c.md", "d.md"]
    assert after["a.md"].endswith(b"\none\n")
    assert (after["c.html"], after["d.md"]) == (before["c.html"], before["d.md"])
    assert (tmp_path / "a.md").stat().st_mode & 0o777 == 0o640
    again = csdn2md("convert", tmp_path, "--in-place")
    assert (again.returncode, again.stdout[:15]) == (0, "5 unchanged in ")
    assert tree(tmp_path) == after


def test_delete_source(tmp_path: Path) -> None:
    make(tmp_path, a_html="one", b_html=b"", c_md="three")
    done = csdn2md("convert", tmp_path, "--in-place", "--delete-source")
    assert done.returncode == 1
    assert list(tree(tmp_path)) == [".csdn2md-in-place.sqlite", "a.md", "b.html", "c.md"]


def test_in_place_keeps_a_link_a_link(tmp_path: Path) -> None:
    make(tmp_path, real__a_md="one")
    (tmp_path / "link.md").symlink_to("real/a.md")
    assert csdn2md("convert", tmp_path / "link.md", "--in-place").returncode == 0
    assert (tmp_path / "link.md").is_symlink()
    assert (tmp_path / "real/a.md").read_bytes().endswith(b"\none\n")


def test_check_writes_nothing(tmp_path: Path) -> None:
    make(tmp_path, a_md="one", b_md=MARKDOWN)
    before = tree(tmp_path)
    done = csdn2md("convert", tmp_path, "--check")
    assert done.returncode == 1
    assert done.stderr == f"would convert: {tmp_path}/a.md\n"
    assert tree(tmp_path) == before
    csdn2md("convert", tmp_path, "--in-place")
    assert csdn2md("convert", tmp_path, "--check").returncode == 0


def test_check_against_an_output_folder(tmp_path: Path) -> None:
    make(tmp_path / "in", a_html="one")
    assert csdn2md("convert", tmp_path / "in", "-o", tmp_path / "out", "--check").returncode == 1
    assert not (tmp_path / "out").exists()
    csdn2md("convert", tmp_path / "in", "-o", tmp_path / "out")
    assert csdn2md("convert", tmp_path / "in", "-o", tmp_path / "out", "--check").returncode == 0
    assert csdn2md("convert", tmp_path / "out", "--check").returncode == 0


def test_diff_prints_and_writes_nothing(tmp_path: Path) -> None:
    make(tmp_path, a_md="one")
    before = tree(tmp_path)
    done = csdn2md("convert", "a.md", "--diff", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.startswith("--- a.md\n+++ a.md\n@@ -1,4 +1,5 @@\n")
    assert "\n+one\n" in done.stdout
    assert tree(tmp_path) == before


def test_options_reach_the_conversion(tmp_path: Path) -> None:
    make(tmp_path, a_html=html_post("x", "<ul><li>one</li></ul><p>a<br>b</p>"))
    done = csdn2md(
        "convert", tmp_path / "a.html", "-o", tmp_path / "o.md", "--bullets", "*", "--newline-style", "backslash"
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "o.md").read_text().endswith("* one\n\na\\\nb\n")


USAGE = {
    "no source": ([], "name what to convert"),
    "no target": (["in"], "name an output folder with -o"),
    "two targets": (["in", "--in-place", "-o", "out"], "exclude each other"),
    "delete without in place": (
        ["in", "-o", "out", "--delete-source"],
        "--delete-source does nothing without --in-place",
    ),
    "stdin and a file": (["-", "in", "-o", "out"], "- (stdin) cannot be combined"),
    "stdin and a target": (["-", "-o", "out"], "- converts stdin to stdout"),
    "unknown flavor": (["in", "-o", "out", "--flavor", "nikola"], "'nikola' is not one of"),
    "size that is none": (["in", "-o", "out", "--max-size", "much"], "'much' is not a size"),
    "source is target": (["in", "-o", "in"], "is the output folder too"),
    "report of unknown kind": (["in", "-o", "out", "--report", "r.xml"], "ends in .jsonl or .html"),
    "archive in place": (["in.zip", "--in-place"], "cannot be converted in place"),
}


@pytest.mark.parametrize("name", USAGE)
def test_usage_errors(tmp_path: Path, name: str) -> None:
    arguments, words = USAGE[name]
    make(tmp_path / "in", a_md="x")
    (tmp_path / "in.zip").write_bytes(b"")
    before = tree(tmp_path)
    done = csdn2md("convert", *arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr.replace("\n", " ")
    assert tree(tmp_path) == before


def test_two_sources_for_one_output_may_be_refused(tmp_path: Path) -> None:
    make(tmp_path / "in", other_md="x", a_md="1", a_html="2")
    done = csdn2md("convert", "in", "-o", "out", "--on-collision", "error", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (2, "error: in/a.html and in/a.md would both write a.md\n")
    assert tree(tmp_path / "out") == {}


def test_one_file_named_twice_is_one_source(tmp_path: Path) -> None:
    make(tmp_path / "in", a_md="x", b_md="y")
    done = csdn2md("convert", "in", "in/a.md", "-o", "out", cwd=tmp_path)
    assert done.stdout.startswith("2 converted in ")


def test_bad_files_cost_themselves_only(tmp_path: Path) -> None:
    source = make(tmp_path / "in", good_md="fine", empty_md=b"", binary_html=b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0" * 50)
    make(source, large_md=b"x" * 5000)
    os.mkfifo(source / "pipe.md")
    (source / "out_of_tree.md").symlink_to("/etc/hostname")
    (source / "dangling.md").symlink_to("nowhere.md")
    done = csdn2md("convert", "in", "missing.md", "-o", "out", "--max-size", "4k", "-j", "2", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stdout.startswith("1 converted, 7 failed in ")
    lines = done.stderr.splitlines()
    assert len(lines) == 7
    assert all(line.startswith(("error: in/", "error: missing.md: ")) for line in lines)
    assert "error: in/large.md: is larger than --max-size (5,000 > 4,096 bytes)" in lines
    assert "error: in/out_of_tree.md: is a link that leads out of the folder" in lines
    assert "error: in/pipe.md: is not a regular file" in lines
    assert "error: missing.md: No such file or directory" in lines
    assert list(tree(tmp_path / "out")) == ["good.md"]


def test_named_device_and_fifo_are_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    done = csdn2md("convert", "pipe.md", "/dev/zero", "-o", "out", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr == "error: pipe.md: is not a regular file\nerror: /dev/zero: is not a regular file\n"


def test_odd_names(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    for name in (b"new\nline.md", b"bad\xff.md", b"aux.md", "é 中.md".encode(), b".NET.md"):
        Path(os.fsdecode(os.fsencode(source) + b"/" + name)).write_bytes(html_post("x"))
    (source / "broken\nname.md").write_bytes(b"")
    done = csdn2md("convert", "in", "-o", "out", cwd=tmp_path)
    assert done.stderr.startswith("error: in/broken\\x0aname.md: ")
    assert done.stderr.count("\n") == 1
    assert sorted(tree(tmp_path / "out")) == [".NET.md", "aux_.md", "bad_.md", "new_line.md", "é 中.md"]


def test_foreign_output_is_not_overwritten(tmp_path: Path) -> None:
    make(tmp_path, in__a_html="one", in__b_html="two", out__a_md=b"mine\n")
    done = csdn2md("convert", "in", "-o", "out", cwd=tmp_path)
    assert done.returncode == 1
    assert (
        done.stderr
        == "error: in/a.html: out/a.md exists and csdn2md did not write it (--diff --force shows what --force would change)\n"
    )
    assert tree(tmp_path / "out")["a.md"] == b"mine\n"
    assert "b.md" in tree(tmp_path / "out")
    assert csdn2md("convert", "in", "-o", "out", "--force", cwd=tmp_path).returncode == 0
    assert tree(tmp_path / "out")["a.md"] != b"mine\n"


def test_output_folder_inside_the_source_is_not_walked(tmp_path: Path) -> None:
    make(tmp_path, a_html="one")
    for _ in range(2):
        assert csdn2md("convert", ".", "-o", "out", cwd=tmp_path).returncode == 0
    assert list(tree(tmp_path / "out")) == ["a.md"]
    assert csdn2md("convert", ".", "-o", "second", cwd=tmp_path).returncode == 0
    assert list(tree(tmp_path / "second")) == ["a.md"]


def test_quiet_and_verbose(tmp_path: Path) -> None:
    make(tmp_path, a_md="one")
    assert csdn2md("convert", "a.md", "-o", "out", "-q", cwd=tmp_path).stdout == ""
    done = csdn2md("convert", "a.md", "-o", "out", "-v", cwd=tmp_path)
    assert done.stderr == "unchanged: a.md -> out/a.md\n"


def test_json_lines_report(tmp_path: Path) -> None:
    make(tmp_path / "in", a_md="one", b_md=b"", c_md=MARKDOWN)
    csdn2md("convert", "in", "-o", "out", "--report", "r.jsonl", cwd=tmp_path)
    rows = [json.loads(line) for line in (tmp_path / "r.jsonl").read_text().splitlines()]
    assert [(row["source"], row["outcome"]) for row in rows] == [
        ("in/a.md", "converted"), ("in/b.md", "failed"), ("in/c.md", "copied"),
    ]  # fmt: skip
    assert rows[1]["message"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "out", "r.jsonl"]


def test_html_report_is_inert(tmp_path: Path) -> None:
    hostile = "<img src=x onerror=alert(1)>&.md"
    make(tmp_path / "in", a_md="one")
    (tmp_path / "in" / hostile).write_bytes(b"")
    csdn2md("convert", "in", "-o", "out", "--report", "r.html", cwd=tmp_path)
    page = (tmp_path / "r.html").read_text()
    assert "<img" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;&amp;.md" in page
    assert "\\u003cimg" in page
    assert "http://" not in page and "https://" not in page


def test_the_script_of_the_html_report_parses(tmp_path: Path) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("needs node")
    make(tmp_path / "in", a_md="one", b_md=b"")
    csdn2md("convert", "in", "-o", "out", "--report", "r.html", cwd=tmp_path)
    script = (tmp_path / "r.html").read_text().split("<script>")[1].split("</script>")[0]
    (tmp_path / "r.js").write_text(script)
    assert subprocess.run([node, "--check", tmp_path / "r.js"], capture_output=True).returncode == 0
