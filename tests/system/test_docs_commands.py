"""The commands of the README and of the pages, as they stand there, in a small archive (those of the tutorial: there)."""

from __future__ import annotations

import importlib.util
import re
import shlex
import shutil
from pathlib import Path

import pytest

from tests.kit.command import run
from tests.kit.paths import ROOT

PAGES = ("README.md", "docs/corpus.md", "docs/proof.md", "docs/search.md")
BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ELSEWHERE = ("s3://", "--assets download", "csdn2md review my-posts  ")
"""Commands that need a cluster, a network or somebody who looks at a page; other tests have them."""


def commands(page: str) -> list[str]:
    lines = "".join(BLOCK.findall((ROOT / page).read_text("utf-8"))).splitlines()
    return [line for line in lines if line.startswith("csdn2md ") and not any(words in line for words in ELSEWHERE)]


def test_each_page_has_commands() -> None:
    assert [len(commands(page)) for page in PAGES] == [6, 3, 3, 3]


@pytest.mark.parametrize("page", PAGES)
def test_commands_run(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("my-dump", "posts"):
        shutil.copytree(ROOT / "fixtures" / "dump", name)
    shutil.make_archive("posts", "zip", "posts")
    shutil.copy(ROOT / "fixtures" / "pages" / "csdn-2022.html", "post.html")
    assert run("convert", "my-dump", "-o", "my-posts", "-q").exit_code == 0
    for command in commands(page):
        if ".parquet" in command and not importlib.util.find_spec("pyarrow"):
            continue
        arguments = shlex.split(command.partition(" > ")[0], comments=True)[1:]
        result = run(*arguments)
        assert result.exit_code == 0, f"{command}\n{result.output}"
