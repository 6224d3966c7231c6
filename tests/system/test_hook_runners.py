"""The hooks in real repositories, run by the real pre-commit and prek.

They install this package and its dependencies into new environments: slow, and skipped without a package index.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.kit.batch import MARKDOWN, html_post
from tests.kit.paths import ROOT

pytestmark = pytest.mark.slow

SHIPPED = ("pyproject.toml", "LICENSE", ".pre-commit-hooks.yaml")
POST = "_posts/文章 一.md"
FIXED = "---\ntitle: A post\n---\n\n{}\n"
CONFIGURATION = """\
repos:
  - repo: "{repo}"
    rev: "{rev}"
    hooks:
      - id: csdn2md
      - id: csdn2md-verify
"""


def git(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    names = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.com", "GIT_CONFIG_GLOBAL": os.devnull}
    names |= {"GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.com"}
    return subprocess.run(
        ["git", "-c", "core.quotePath=false", *arguments], cwd=folder, capture_output=True, text=True,
        env={**os.environ, **names, **environment}, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a repository of hooks made of this package, with a package index for its installation."""
    scratch = tmp_path_factory.mktemp("index")
    asked = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(scratch), "hatchling"]
    done = subprocess.run(asked, capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"no package index: {done.stderr.strip().splitlines()[-1:]}")
    folder = tmp_path_factory.mktemp("package")
    for name in SHIPPED:
        shutil.copy(ROOT / name, folder / name)
    (folder / "README.md").write_text("csdn2md\n")
    shutil.copytree(ROOT / "converter", folder / "converter", ignore=shutil.ignore_patterns("__pycache__"))
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "package")
    return folder


@dataclass
class Runner:
    """Return pre-commit or prek, with a cache folder of its own."""

    program: str
    environment: dict[str, str]

    def __call__(self, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.program, *arguments], cwd=folder, capture_output=True, text=True,
            env={**os.environ, **self.environment}, check=False,
        )  # fmt: skip


@pytest.fixture(scope="module", params=["pre-commit", "prek"])
def runner(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Runner:
    beside = Path(sys.executable).with_name(request.param)
    program = str(beside) if beside.exists() else shutil.which(request.param)
    if program is None:
        pytest.skip(f"{request.param} is not installed")
    store = str(tmp_path_factory.mktemp("store"))
    return Runner(program, {"PRE_COMMIT_HOME": store, "PREK_HOME": store})


@dataclass
class Site:
    """A repository of posts in which the hooks are installed."""

    folder: Path
    runner: Runner

    def write(self, name: str, content: bytes | str) -> None:
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    def read(self, name: str) -> str:
        return (self.folder / name).read_text("utf-8")

    def git(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return git(self.folder, *arguments, **self.runner.environment)

    def commit(self) -> tuple[int, str]:
        """Commit the staged files; return the exit code and everything that was printed."""
        done = self.git("commit", "-m", "posts")
        return done.returncode, done.stdout + done.stderr

    def head(self, name: str) -> str:
        return self.git("show", f"HEAD:{name}").stdout


@pytest.fixture
def site(package: Path, runner: Runner, tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path / "site", runner)
    made.folder.mkdir()
    made.git("init", "-q")
    rev = git(package, "rev-parse", "HEAD").stdout.strip()
    made.write(".pre-commit-config.yaml", CONFIGURATION.format(repo=package, rev=rev))
    made.write("clean.md", MARKDOWN)
    made.git("add", "-A")
    made.git("commit", "-qm", "start")
    installed = runner(made.folder, "install")
    assert installed.returncode == 0, installed.stderr
    yield made


def test_try_repo(package: Path, site: Site) -> None:
    site.write(POST, html_post("one"))
    site.git("add", "-A")
    try_repo = ("try-repo", str(package))
    checked = site.runner(site.folder, *try_repo, "csdn2md-check", "--all-files")
    assert checked.returncode == 1 and f"Would fix {POST}" in checked.stdout, checked.stdout + checked.stderr
    assert site.read(POST).encode() == html_post("one")
    fixed = site.runner(site.folder, *try_repo, "csdn2md", "--all-files")
    assert fixed.returncode == 1 and f"Fixing {POST}" in fixed.stdout, fixed.stdout + fixed.stderr
    assert "clean.md" not in fixed.stdout
    assert site.read(POST) == FIXED.format("one")
    for hook in ("csdn2md", "csdn2md-check", "csdn2md-verify"):
        assert site.runner(site.folder, *try_repo, hook, "--all-files").returncode == 0


def test_a_commit_fixes_stops_and_then_passes(site: Site) -> None:
    site.write(POST, html_post("one"))
    site.git("add", "-A")
    code, said = site.commit()
    assert code == 1 and f"Fixing {POST}" in said
    site.git("add", "-A")
    code, said = site.commit()
    assert code == 0, said
    assert site.head(POST) == FIXED.format("one")
    assert site.git("status", "--porcelain").stdout == ""


def test_a_partly_staged_post_loses_nothing(site: Site) -> None:
    site.write(POST, html_post("one"))
    site.git("add", "-A")
    whole = html_post("one and what is not staged")
    site.write(POST, whole)
    code, said = site.commit()
    assert code == 1 and f"Fixing {POST}" in said
    assert site.read(POST).encode() == whole
    assert site.git("show", f":{POST}").stdout.encode() == html_post("one")


def test_a_partly_staged_clean_file_passes(site: Site) -> None:
    site.write("clean.md", MARKDOWN + b"\nstaged\n")
    site.git("add", "-A")
    site.write("clean.md", MARKDOWN + b"\nstaged\n\nnot staged\n")
    code, said = site.commit()
    assert code == 0, said
    assert site.head("clean.md").endswith("\nstaged\n")
    assert site.read("clean.md").endswith("\nnot staged\n")


def test_renamed_and_deleted_files(site: Site) -> None:
    site.write("old.md", html_post("one"))
    site.write("gone.md", html_post("two"))
    site.git("add", "-A")
    site.git("commit", "--no-verify", "-qm", "posts")
    site.git("mv", "old.md", "new name.md")
    site.git("rm", "-q", "gone.md")
    code, said = site.commit()
    assert code == 1 and "Fixing new name.md" in said and "gone.md" not in said
    site.git("add", "-A")
    code, said = site.commit()
    assert code == 0, said
    assert site.head("new name.md") == FIXED.format("one")
    assert sorted(site.git("ls-files").stdout.split("\n")) == ["", ".pre-commit-config.yaml", "clean.md", "new name.md"]


def test_a_commit_that_loses_words_is_refused(site: Site) -> None:
    site.write(POST, html_post("one word and another"))
    site.git("add", "-A")
    site.git("commit", "--no-verify", "-qm", "posts")
    site.write(POST, FIXED.format("one word"))
    site.git("add", "-A")
    code, said = site.commit()
    assert code == 1 and f"{POST}:5: " in said
    site.write(POST, FIXED.format("one word and another"))
    site.git("add", "-A")
    code, said = site.commit()
    assert code == 0, said
