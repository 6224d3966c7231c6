"""Every message has its Chinese translation, with the same fields; the compiled catalogue is that of the source."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from converter import translation
from converter.cli.wide_text import columns, lines
from tests.kit import catalogue

FIELD = re.compile(r"\{\w*(?:![rs])?(?::[^{}]*)?\}|%\(\w+\)s")
MESSAGES = catalogue.messages()
TRANSLATIONS = catalogue.translations()


def test_every_message_has_a_translation() -> None:
    missing = [message for message in MESSAGES if not TRANSLATIONS.get(message)]
    assert not missing, "run `make translations`, then write the translations into the .po file"


@pytest.mark.parametrize("name", [name for name, _ in catalogue.modules() if name.partition("/")[0] in catalogue.EDGE])
def test_no_message_is_outside_the_catalogue(name: str) -> None:
    """No sentence of the command line is a plain string or an f-string, and no word that is printed or raised."""
    tree = dict(catalogue.modules())[name]
    sentences = {text for text in catalogue.strings(tree) if is_message(text)}
    assert sentences - MESSAGES.keys() == set()
    printed = [argument for call in calls(tree) for argument in call.args]
    unmarked = (text for node in printed if isinstance(node, (ast.Constant, ast.JoinedStr)) for text in literals(node))
    assert [text for text in unmarked if re.search(r"[A-Za-z]{3}", text) and "csdn2md.toml" not in text] == []


def is_message(text: str) -> bool:
    """Return whether a string is for people: a sentence that is no command line and no list of names."""
    machine = re.match(r"csdn2md [a-z]|--[a-z]+ [a-z]+$|target in_place ", text)
    return bool(catalogue.SENTENCE.search(text)) and not machine and not catalogue.NO_SENTENCE.search(text)


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Yield the calls that print or raise a text."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in PRINTING:
            yield node


PRINTING = frozenset(
    "print GitError echo secho print_error Failure UsageError UsageFailure BadParameter fail prompt confirm _print".split()
)


def literals(node: ast.Constant | ast.JoinedStr) -> Iterator[str]:
    for part in node.values if isinstance(node, ast.JoinedStr) else [node]:
        if isinstance(part, ast.Constant):
            yield str(part.value)


def test_no_translation_is_without_a_message() -> None:
    assert set(TRANSLATIONS) - set(MESSAGES) == catalogue.clicks()


@pytest.mark.parametrize("message", [m for m, translation in TRANSLATIONS.items() if translation and FIELD.search(m)])
def test_every_field_is_kept(message: str) -> None:
    """A plural form has the fields of the plural, of which the singular may have fewer."""
    found = set(FIELD.findall(TRANSLATIONS[message]))
    assert found in [set(FIELD.findall(form)) for form in message.split("\0")]


def test_the_compiled_catalogue_is_that_of_the_source() -> None:
    assert catalogue.MO.read_bytes() == catalogue.compiled()


def test_the_library_does_not_translate() -> None:
    """Reports, the manifest and library calls stay English: only the edge and pages in two languages translate."""
    users = {name for name, tree in catalogue.modules() if "converter.translation" in imported(tree)}
    assert {name.partition("/")[0] for name in users} <= {"cli", "hook", "batch", "standalone", "review", "corpus"}


def imported(tree: ast.AST) -> Iterator[str]:
    return (node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    own = {name: value for name, value in os.environ.items() if name not in translation.VARIABLES}
    return subprocess.run(
        [sys.executable, "-m", "csdn2md", *arguments],
        env={**own, **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_environment_chooses_chinese() -> None:
    assert "把 CSDN 博客文章的 HTML 存档转换成 Markdown。" in run("--help", LANG="zh_CN.UTF-8").stdout
    assert "错误：没有命令 'convertt'。" in run("convertt", LANGUAGE="zh_CN", LANG="en_US.UTF-8").stderr


@pytest.mark.parametrize(
    "environment", [{}, {"LANG": "C"}, {"LC_ALL": "en_US.UTF-8", "LANG": "zh_CN.UTF-8"}, {"LANGUAGE": "en:zh_CN"}]
)
def test_any_other_environment_gives_english(environment: dict[str, str]) -> None:
    assert "Convert archives of CSDN-style blog HTML to Markdown." in run("--help", **environment).stdout


def test_a_terminal_that_cannot_print_chinese_gets_english() -> None:
    done = run("--help", LANG="zh_CN.UTF-8", PYTHONIOENCODING="latin-1")
    assert done.returncode == 0
    assert "Show the version and exit." in done.stdout


def test_the_version_is_the_same_in_every_language() -> None:
    assert run("--version", LANG="zh_CN.UTF-8").stdout == run("--version", LANG="C.UTF-8").stdout


def test_a_run_speaks_chinese_and_its_report_english(tmp_path: Path) -> None:
    posts = tmp_path / "posts"
    posts.mkdir()
    (posts / "a.md").write_text("<div id='content_views'><p>文</p></div>", "utf-8")
    (posts / "b.md").write_bytes(b"PK\x03\x04 copied")
    report = tmp_path / "report.jsonl"
    done = run("convert", str(posts), "-o", str(tmp_path / "out"), "--report", str(report), LANG="zh_CN.UTF-8")
    assert done.returncode == 1
    assert re.fullmatch(r"转换 1，失败 1，用时 \d+\.\d 秒\n", done.stdout)
    assert done.stderr == f"错误：{posts}/b.md: zip 压缩文件，不是文章\n"
    assert '"message": "a zip archive, not a post"' in report.read_text("utf-8")


@pytest.fixture
def chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(translation, "_active", translation.catalogue())


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize(
    ("english", "expected"),
    [
        ("the file is empty", "文件是空的"),
        ("a.md: the file is empty", "a.md: 文件是空的"),
        ("text of link missing: 数据 link", "缺少链接文字：数据 link"),
        ("heading level 2 became 3: 二、参数", "标题级别从 2 变成了 3：二、参数"),
        ("URL of link a b became c d: 一 二", "链接的地址从 a b 变成了 c d：一 二"),
        ("list.txt: cannot be read: No such file or directory", "list.txt: 无法读取：文件或文件夹不存在"),
        (
            "a: its source is gone (--prune removes it)\nthe file is empty",
            "a: 源文件已经不在（--prune 会删除它）\n文件是空的",
        ),
        ("image missing: the file is empty", "缺少图片：the file is empty"),
        ("错误 of nobody", "错误 of nobody"),
        ("", ""),
    ],
)
def test_texts_of_the_library_are_known_again(english: str, expected: str) -> None:
    """What users wrote stays as it is, even where it reads like a message."""
    assert translation.translated(english) == expected


def test_without_chinese_nothing_is_translated() -> None:
    assert translation.translated("the file is empty") == "the file is empty"
    assert translation.in_chinese("the file is empty") == "文件是空的"


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize("number", [1, 2])
def test_counted_messages_have_one_form_in_chinese(number: int) -> None:
    single, several = (text for text in MESSAGES if "like HTML" in text and "{count" in text)
    assert translation.counted(single, several, number) == TRANSLATIONS[single]


def test_help_in_chinese_is_no_wider_than_the_terminal() -> None:
    for line in run("convert", "--help", LANG="zh_CN.UTF-8", COLUMNS="60").stdout.splitlines():
        assert columns(line) <= 60 or "[" in line or "csdn2md" in line


def test_lines_never_begin_with_a_closing_sign() -> None:
    text = "转换文章：文件、文件夹、通配符、存档文件（.zip .tar），或者用 - 从标准输入转换到标准输出。" * 3
    for most in range(10, 60):
        found = lines(text, most)
        assert "".join(found).replace(" ", "") == text.replace(" ", "")
        assert not any(line[0] in "，。、；：！？）》”" or line[-1] in "（《“" for line in found)
