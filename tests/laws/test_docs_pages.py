"""The pages of the documentation: generated ones are up to date, both languages have the same, messages exist."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from benchmarks import pages
from converter.options.flavors import FLAVORS
from converter.options.settings import SETTINGS
from converter.translation import chinese
from tests.kit import catalogue, corpus_page, options_page
from tests.kit.docs_site import PAGES
from tests.kit.paths import ROOT

PAIRS = [(page.path, page.chinese) for page in PAGES if page.chinese]
FENCED = re.compile(r"^(`{3,})[^\n]*\n.*?^\1$", re.MULTILINE | re.DOTALL)
FIELD = re.compile(r"\{[^{}]*\}")
COMMENT = re.compile(r"\s+# .*$", re.MULTILINE)


def text(path: str) -> str:
    return (ROOT / path).read_text("utf-8")


def blocks(path: str) -> list[str]:
    """Return the code blocks of a page, without comments, which are translated."""
    return [COMMENT.sub("", match[0]) for match in FENCED.finditer(text(path))]


def prose(path: str) -> str:
    """Return a page without its code blocks."""
    return FENCED.sub("", text(path))


def headings(path: str) -> list[str]:
    return re.findall(r"^(#+) ", prose(path), re.MULTILINE)


@pytest.mark.parametrize(
    ("path", "words"), [("docs/options.md", options_page.ENGLISH), ("docs/zh/options.md", options_page.CHINESE)]
)
def test_options_are_the_table(path: str, words: options_page.Language) -> None:
    wanted = options_page.documentation(words)
    assert text(path) == wanted, f"write it anew: python -m tests.kit.options_page {words.arguments}"


@pytest.mark.parametrize("in_chinese", corpus_page.PAGES)
def test_the_columns_of_a_corpus_are_the_table(in_chinese: bool) -> None:
    written = text(corpus_page.PAGES[in_chinese])
    assert written == corpus_page.page(in_chinese=in_chinese), "write it anew: python -m tests.kit.corpus_page"
    assert corpus_page.table(in_chinese=in_chinese) in written


@pytest.mark.parametrize("key", SETTINGS)
def test_every_setting_has_an_example_that_shows_it(key: str) -> None:
    setting, example = SETTINGS[key], options_page.EXAMPLES[key]
    assert options_page.converted(setting, example.value) != options_page.converted(setting, setting.default)


@pytest.mark.parametrize(("english", "chinese"), PAIRS, ids=[pair[0] for pair in PAIRS])
def test_both_languages_have_the_same(english: str, chinese: str) -> None:
    assert headings(chinese) == headings(english)
    assert blocks(chinese) == blocks(english)
    tables = [[len(re.findall(r"^\|", prose(path), re.MULTILINE))] for path in (english, chinese)]
    assert tables[0] == tables[1]


@pytest.mark.parametrize(("english", "chinese"), PAIRS, ids=[pair[0] for pair in PAIRS])
def test_each_language_leads_to_the_other(english: str, chinese: str) -> None:
    lines = [re.search(r"^\[(?:English|简体中文)\]\((.*)\)$", text(path), re.MULTILINE) for path in (english, chinese)]
    found = [(ROOT / path).parent / line[1] for path, line in zip((english, chinese), lines, strict=True) if line]
    assert [path.resolve() for path in found] == [ROOT / chinese, ROOT / english]


def test_the_options_of_both_readmes() -> None:
    rows = [re.findall(r"^\| (`-[^|]*) \|", text(path), re.MULTILINE) for path in ("README.md", "README.zh-CN.md")]
    assert rows[0] == rows[1]
    assert len(rows[0]) > 30


def test_chinese_has_chinese_punctuation() -> None:
    """No half-width comma, colon, bracket or question mark behind a Chinese character."""
    for _, path in PAIRS:
        bare = re.sub(r"`[^`\n]*`|\]\([^)]*\)", "", prose(path))
        assert re.findall(r".{0,9}[\u4e00-\u9fff][,;:?!()].{0,9}", bare) == [], path


def test_every_flavor_is_in_chinese() -> None:
    sections = re.findall(r"^## ([a-z-]+)$", text("docs/zh/flavors.md"), re.MULTILINE)
    assert sections == list(FLAVORS)
    rows = re.findall(r"^\| `([\w-]+)` \|", text("docs/zh/flavors.md"), re.MULTILINE)
    assert rows == list(FLAVORS)


def literals() -> Iterator[str]:
    """The texts in the code of the package."""
    for path in (ROOT / "converter").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def test_messages_are_what_the_program_says() -> None:
    """Each part of a heading between dots is a part of a text in the code."""
    said = list(literals())
    titles = [re.findall(r"^### (.*)$", text(f"docs/{folder}messages.md"), re.MULTILINE) for folder in ("", "zh/")]
    assert titles[0] == titles[1]
    parts = [part.strip(" :") for title in titles[0] for part in title.split("…") if part.strip(" :")]
    assert [part for part in parts if not any(part in literal for literal in said)] == []


FOR_PROGRAMMERS = frozenset((
    "code_language_callback: must be a function or None, not …", "there is always another name",
    "options: must be an Options, as in options=Options(flavor='hugo'), not …",
    "source: must be …, not …; for a path call convert_file",
))  # fmt: skip
"""Errors of calls of the library, which say all there is to say."""
PARTS = frozenset(
    (", out of memory?", "out of room", "the cluster of this machine", "the host", "and … more differences")
)
"""Parts of messages."""


@pytest.mark.parametrize(("path", "say"), [("docs/messages.md", str), ("docs/zh/messages.md", chinese)])
def test_every_error_is_explained(path: str, say: Callable[[str], str]) -> None:
    spans = set(re.findall(r"`([^`\n]+)`", text(path)))
    missing = {
        error
        for error in catalogue.errors()
        if FIELD.sub("…", error) not in FOR_PROGRAMMERS | PARTS and FIELD.sub("…", say(error)) not in spans
    }
    assert missing == set()


PYTHON = [
    (path, code)
    for path in ("docs/library.md", "docs/configuration.md")
    for code in re.findall(r"^```python\n(.*?)^```$", text(path), re.MULTILINE | re.DOTALL)
]


@pytest.mark.parametrize(("path", "code"), PYTHON, ids=[path for path, _ in PYTHON])
def test_the_examples_in_python_run(path: str, code: str) -> None:
    exec(compile(code, path, "exec"), {})


@pytest.mark.parametrize("name", pages.WORDS)
def test_comparisons_are_the_figures_that_were_measured(name: str) -> None:
    assert text(name) == pages.readme(name, text(name)), "write it anew: python -m benchmarks.pages"
    for converter, row in pages.fidelity()["rows"].items():
        assert f"| {converter} | {row['version']} |" in text(name)
    assert all(f"\n| {converter} | " in text(name) for converter in pages.speed()[1])


def test_charts_are_the_figures_that_were_measured() -> None:
    assert text("docs/fidelity.svg") == pages.fidelity_chart(), "write it anew: python -m benchmarks.pages"
    assert text("docs/bench.svg") == pages.speed_chart(), "write it anew: python -m benchmarks.pages"


def test_no_page_installs_from_an_index_that_does_not_have_it() -> None:
    for path in [*ROOT.glob("README*.md"), *(ROOT / "docs").rglob("*.md")]:
        commands = re.findall(r"pip install [^`\n]*", Path(path).read_text("utf-8"))
        assert [command for command in commands if re.search(r"['\" ]csdn2md(?:['\"\s]|\[|$)", command)] == [], path
