"""Every message has its Chinese translation, with the same fields; the compiled catalogue is that of the source."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest

from converter import translation
from tests.kit import catalogue

FIELD = re.compile(r"\{\w*(?:![rs])?(?::[^{}]*)?\}|%\(\w+\)s")
MESSAGES = catalogue.messages()
TRANSLATIONS = catalogue.translations()


def test_every_message_has_a_translation() -> None:
    missing = [
        message
        for message, sources in MESSAGES.items()
        if any(s.startswith("cli/") for s in sources) and not TRANSLATIONS.get(message)
    ]
    assert not missing, "run `make translations`, then write the translations into the .po file"


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
    assert {name.partition("/")[0] for name in users} <= {"cli", "hook", "batch", "standalone", "review"}


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
