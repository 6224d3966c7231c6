"""What `csdn2md` says to somebody who is new to it: help, plans, what to type, the last line of a run."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import click
import pytest

from converter.batch.result import Result
from converter.batch.values import Job, Outcome
from converter.cli.convert_help import EXAMPLES, GROUPS, NEEDS
from converter.cli.help import OTHER
from converter.cli.main import cli
from converter.cli.summary import summary_line
from converter.source.suffixes import POST_SUFFIXES
from tests.kit.batch import MARKDOWN, command, csdn2md, environment, html_post, make, tree

HELLO = "---\ntitle: A post\n---\n\nhello\n"


# --------------------------------------------------------------------------------------------------
# One document to stdout


@pytest.mark.parametrize("target", [(), ("-o", "-")])
def test_one_file_goes_to_stdout(tmp_path: Path, target: tuple[str, ...]) -> None:
    before = tree(make(tmp_path, a_html="hello"))
    done = csdn2md("convert", "a.html", *target, cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, HELLO, "")
    assert tree(tmp_path) == before


def test_a_file_with_a_wildcard_in_its_name_is_one_file(tmp_path: Path) -> None:
    (tmp_path / "a[1].html").write_bytes(html_post("hello"))
    assert csdn2md("convert", "a[1].html", cwd=tmp_path).stdout == HELLO


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    done = csdn2md("convert", "nothing.html", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "error: nothing.html: No such file or directory\n")


def test_stdout_uses_the_configuration_of_the_file(tmp_path: Path) -> None:
    make(tmp_path, in__a_html=html_post("hello", "<ul><li>one</li></ul>"))
    (tmp_path / "in/.csdn2md.toml").write_text('bullets = "*"\n')
    done = csdn2md("convert", "in/a.html", "--verify", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("hello\n\n* one\n")


REFUSED = {
    "stdout and a folder": (["in", "-o", "-"], "-o - writes one document to stdout"),
    "stdout and two files": (["in/a.html", "in/b.html", "-o", "-"], "-o - writes one document to stdout"),
    "one file for a folder": (["in", "-o", "all.md"], "-o all.md: is one file, and there may be many documents"),
    "one file for two": (["in/a.html", "in/b.html", "-o", "all.md"], "name a folder"),
    "one file for a pattern": (["in/*.html", "-o", "all.md"], "name a folder"),
    "one file for a list": (["--files-from", "list", "-o", "all.md"], "name a folder"),
    "report without a folder": (["in/a.html", "--report", "r.html"], "need an output folder (-o)"),
    "images without a folder": (["in/a.html", "--assets", "download"], "need an output folder (-o)"),
    "prune alone": (["in", "--in-place", "--prune"], "--prune does nothing without -o"),
    "check and dry run": (["in", "--check", "--dry-run"], "exclude each other"),
    "verify strict": (["in", "-o", "out", "--verify", "strict"], "--verify takes no value: write --verify --strict"),
    "verify with another value": (["in", "-o", "out", "--verify=much"], "does not take a value"),
    "address": (["https://example.com/a", "-o", "out"], "save the page first"),
    **{
        f"{name} alone": (["in", "-o", "out", *words], f"{words[0]} does nothing without {needed}")
        for name, words, needed in (
            ("strict", ["--strict"], "--verify"),
            ("renderer", ["--renderer", "cmark-gfm"], "--verify"),
            ("null", ["-0"], "--files-from"),
            ("base", ["--base", "in"], "--files-from"),
            ("assets dir", ["--assets-dir", "x"], "--assets"),
            ("assets layout", ["--assets-layout", "post"], "--assets"),
            ("assets base", ["--assets-base", "/x"], "--assets"),
            ("private", ["--allow-private"], "--assets"),
            ("permalink", ["--permalink", "/:id"], "--redirects"),
            ("scheduler", ["--scheduler", "tcp://x"], "--engine dask"),
        )
    },
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused(tmp_path: Path, name: str) -> None:
    arguments, words = REFUSED[name]
    make(tmp_path / "in", a_html="x", b_html="y")
    (tmp_path / "list").write_text("in/a.html\n")
    before = tree(tmp_path)
    done = csdn2md("convert", *arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    usage, _, error = done.stderr.partition("\nerror: ")
    assert usage.startswith("Usage: csdn2md convert [OPTIONS] SOURCE...\n")
    assert words in error
    assert tree(tmp_path) == before


def test_each_option_that_needs_another_is_tried() -> None:
    tried = {name.removesuffix(" alone").replace(" ", "_") for name in REFUSED if name.endswith(" alone")}
    assert tried | {"null_separated", "allow_private", "delete_source"} - {"null", "private"} >= set(NEEDS)


def test_a_source_named_strict_is_a_source(tmp_path: Path) -> None:
    make(tmp_path, strict__a_html="x")
    assert csdn2md("convert", "-o", "out", "--verify", "strict", cwd=tmp_path).returncode == 0
    assert list(tree(tmp_path / "out")) == ["a.md"]


# --------------------------------------------------------------------------------------------------
# In place of a command


def test_what_to_type_for_a_file_a_folder_and_an_address(tmp_path: Path) -> None:
    make(tmp_path, my_posts__a_html="x")
    (tmp_path / "my page.html").write_bytes(html_post("x"))
    before = tree(tmp_path)
    expected = {
        "my page.html": "my page.html: is a file, not a command: try: csdn2md convert 'my page.html'",
        "my_posts": "my_posts: is a folder, not a command: try: csdn2md convert my_posts -o OUT",
        "https://blog.csdn.net/a/article/details/1": "https://blog.csdn.net/a/article/details/1: csdn2md downloads no "
        "pages: save the page first (in a browser: Save page as, Web page, HTML only), then name the file",
        "nothing": "No such command 'nothing'.",
    }
    for word, answer in expected.items():
        done = csdn2md(word, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.endswith(f"\nerror: {answer}\n")
    assert tree(tmp_path) == before


def test_explain_downloads_nothing_either(tmp_path: Path) -> None:
    done = csdn2md("explain", "https://example.com/a", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "save the page first" in done.stderr


# --------------------------------------------------------------------------------------------------
# --dry-run


def test_a_dry_run_prints_the_plan_and_writes_nothing(tmp_path: Path) -> None:
    source = make(tmp_path / "in", a_html="one", b_html="two", c_html="three", d_html="four", aux_html="five")
    make(source, e_md=MARKDOWN, empty_html=b"", style_css=b"x", img__x_png=b"x")
    (source / "f.md").write_text("see [notes](notes.pdf)\n")
    (source / "notes.pdf").write_bytes(b"P")
    before = tree(tmp_path)
    done = csdn2md("convert", "in", "-o", "out", "--dry-run", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "plan (nothing is written):",
        "  convert                5  in/a.html -> out/a.md, in/aux.html -> out/aux_.md, in/b.html -> out/b.md, ...",
        "  copy                   3  in/e.md -> out/e.md, in/f.md -> out/f.md, in/notes.pdf -> out/notes.pdf",
        "  rename                 1  in/aux.html -> out/aux_.md",
        "  cannot convert         1  in/empty.html",
        "  leave out              2  in/style.css, in/img/x.png (1 .css, 1 .png)",
    ]
    assert done.stderr.startswith("error: in/empty.html: ")
    assert tree(tmp_path) == before


def test_a_dry_run_of_what_is_done_already(tmp_path: Path) -> None:
    make(tmp_path / "in", a_html="one", b_html="two", c_html="three")
    csdn2md("convert", "in", "-o", "out", cwd=tmp_path)
    (tmp_path / "out/a.md").write_text("edited\n")
    (tmp_path / "in/b.html").write_bytes(html_post("changed"))
    before = tree(tmp_path)
    done = csdn2md("convert", "in", "-o", "out", "--dry-run", "-q", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    done = csdn2md("convert", "in", "-o", "out", "--dry-run", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "plan (nothing is written):",
        "  convert           1  in/b.html -> out/b.md",
        "  keep              1  out/a.md was edited since csdn2md wrote it: kept (--diff --force shows what --force "
        "would change)",
        "  unchanged         1  in/c.html",
    ]
    assert tree(tmp_path) == before


def test_a_dry_run_in_place(tmp_path: Path) -> None:
    before = tree(make(tmp_path, a_md="one"))
    done = csdn2md("convert", "a.md", "--in-place", "--dry-run", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "plan (nothing is written):\n  convert         1  a.md\n")
    assert tree(tmp_path) == before


# --------------------------------------------------------------------------------------------------
# The last line


def test_a_folder_without_posts_says_what_was_looked_for(tmp_path: Path) -> None:
    make(tmp_path, in__a_css=b"x")
    for extra in ((), ("--check",), ("--dry-run",)):
        done = csdn2md("convert", "in", "-o", "out", *extra, cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.splitlines()[0] == f"no posts in in (looked for {', '.join(POST_SUFFIXES)})"


def test_nothing_to_do_says_what_to_do(tmp_path: Path) -> None:
    make(tmp_path, in__a_html="x")
    csdn2md("convert", "in", "-o", "out", cwd=tmp_path)
    done = csdn2md("convert", "in", "-o", "out", cwd=tmp_path)
    assert re.fullmatch(r"1 unchanged in \d\.\d s: nothing to do \(--force converts again\)\n", done.stdout)


def test_a_check_speaks_of_what_would_be(tmp_path: Path) -> None:
    make(tmp_path, in__a_html="x", in__b_md=MARKDOWN)
    done = csdn2md("convert", "in", "-o", "out", "--check", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr == "would convert: out/a.md\nwould copy: out/b.md\n"
    assert re.fullmatch(r"1 would be converted, 1 would be copied in \d\.\d s \(nothing written\)\n", done.stdout)
    assert not (tmp_path / "out").exists()


def test_a_clean_verified_run_says_how_many_are_verified(tmp_path: Path) -> None:
    make(tmp_path / "in", **{f"p{number}_html": f"text {number}" for number in range(3)})
    for first in ("3 converted", "3 unchanged"):
        done = csdn2md("convert", "in", "-o", "out", "--verify", cwd=tmp_path)
        assert done.returncode == 0
        assert re.match(rf"{first}, 3 verified in \d\.\d s", done.stdout)


def test_each_count_has_its_words_and_no_count_is_nought() -> None:
    result = Result(verified=7)
    result.counts.update({outcome: number for number, outcome in enumerate(Outcome, 1000)})
    line = summary_line(result, Job())
    assert line == (
        "1,000 converted, 1,001 copied, 1,006 drawings written, 1,002 unchanged, 1,003 kept, 1,004 without a source, "
        "1,005 removed, 1,007 failed, 7 verified in 0.0 s"
    )
    assert str(Result()) == "no documents in 0.0 s"


def test_an_edited_output_is_kept_and_the_next_step_named(tmp_path: Path) -> None:
    make(tmp_path, in__a_html="one")
    csdn2md("convert", "in", "-o", "out", cwd=tmp_path)
    (tmp_path / "out/a.md").write_text("edited\n")
    (tmp_path / "in/a.html").write_bytes(html_post("two"))
    done = csdn2md("convert", "in", "-o", "out", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stderr == (
        "kept: out/a.md was edited since csdn2md wrote it: kept (--diff --force shows what --force would change)\n"
    )
    assert (tmp_path / "out/a.md").read_text() == "edited\n"
    shown = csdn2md("convert", "in", "-o", "out", "--diff", "--force", cwd=tmp_path).stdout
    assert "-edited\n" in shown and "+two\n" in shown
    assert csdn2md("convert", "in", "-o", "out", "--verify", cwd=tmp_path).stdout.startswith("1 kept in ")
    assert (tmp_path / "out/a.md").read_text() == "edited\n"


# --------------------------------------------------------------------------------------------------
# Help and completion


def convert_help() -> str:
    return csdn2md("convert", "--help").stdout


def test_help_has_each_option_in_a_group() -> None:
    text = convert_help()
    assert f"{OTHER}:" not in text
    convert = cli.commands["convert"]
    options = [param for param in convert.params if isinstance(param, click.Option)]
    grouped = [name for names in GROUPS.values() for name in names]
    assert sorted(grouped) == sorted({*(max(option.opts, key=len)[2:] for option in options), "help"})
    assert [f"{title}:" for title in GROUPS] == [line for line in text.splitlines() if line[:-1] in GROUPS]


def test_help_is_whole_and_has_three_examples() -> None:
    assert "..." not in csdn2md("--help").stdout.replace("[ARGS]...", "")
    text = convert_help()
    assert len(EXAMPLES) == 3
    for line, does in EXAMPLES:
        assert f"  {does}:\n    {line}\n" in text


@pytest.mark.parametrize("position", range(len(EXAMPLES)))
def test_the_examples_work(tmp_path: Path, position: int) -> None:
    make(tmp_path, posts__a_html="x", _posts__b_md="y", page_html="z")
    line = EXAMPLES[position][0].replace("csdn2md", " ".join(command()), 1)
    done = subprocess.run(line, shell=True, cwd=tmp_path, env=environment(), capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("option", ["-V", "--version"])
def test_version(option: str) -> None:
    assert csdn2md(option).stdout.startswith("csdn2md, version ")


def completed(words: str, cwd: Path) -> list[str]:
    variables = {"_CSDN2MD_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    done = subprocess.run(
        command(), cwd=cwd, env={**environment(), **variables}, capture_output=True, text=True, timeout=60
    )
    return done.stdout.split()


def test_the_shell_completes_names_of_files_options_and_commands(tmp_path: Path) -> None:
    assert completed("csdn2md convert pa", tmp_path) == ["file,pa"]
    assert completed("csdn2md convert -o pa", tmp_path) == ["file,pa"]
    assert completed("csdn2md convert --dry", tmp_path) == ["plain,--dry-run"]
    assert completed("csdn2md convert --flavor je", tmp_path) == ["plain,jekyll"]
    assert completed("csdn2md ver", tmp_path) == ["plain,verify"]


# --------------------------------------------------------------------------------------------------
# Reports


def test_the_report_of_a_verified_run_shows_what_share_of_a_text_each_rule_took(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    note = "<button>点赞</button>"
    for name, times in (("a", 1), ("b", 3)):
        (tmp_path / "in" / f"{name}.html").write_text(f"<p>{'正文' * 10}</p>{note * times}", "utf-8")
    done = csdn2md("convert", "in", "-o", "out", "--verify", "--report", "r.jsonl", "--report", "r.html", cwd=tmp_path)
    assert done.returncode == 0
    rows = [json.loads(line) for line in (tmp_path / "r.jsonl").read_text("utf-8").splitlines()]
    assert [row["shares"] for row in rows] == [{"chrome/form": 0.091}, {"chrome/form": 0.231}]
    assert '<td>23%: <a href="out/b.md">out/b.md</a></td>' in (tmp_path / "r.html").read_text("utf-8")


def test_the_report_shows_the_differences(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from converter.batch.report import Reports
    from converter.batch.values import Row

    monkeypatch.chdir(tmp_path)
    Path("out").mkdir()
    Path("out/a.md").touch()  # an output that is there is a link
    row = Row(0, "in/a.html", "a.md", Outcome.CONVERTED, target="out/a.md", differences=("7: text <b> missing: x",))
    result = Result(differing=1)
    with Reports((Path("r.html"), Path("r.jsonl"))) as reports:
        for listener in reports.listeners:
            listener.row(row)
        reports.finish(result)
    page = Path("r.html").read_text()
    assert "Differences from the source</span>: 1</h2>" in page
    assert '<a href="out/a.md">out/a.md</a></td><td><span data-zh=' in page
    assert ">7: text &lt;b&gt; missing: x</span></td>" in page
    assert json.loads(Path("r.jsonl").read_text())["differences"] == ["7: text <b> missing: x"]
    assert sorted(map(str, Path().iterdir())) == ["out", "r.html", "r.jsonl"]
