"""A release that could be made now: names of the version agree, the packages are sound, container and action are right."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from converter import __version__
from converter.cli.main import cli
from tests.kit.paths import ROOT

TOOLS = {"build": "build", "twine": "twine", "check_wheel_contents": "check-wheel-contents"}
MISSING = [name for module, name in TOOLS.items() if not importlib.util.find_spec(module)]
READMES = ("README.md", "README.zh-CN.md")


def text(path: str) -> str:
    return (ROOT / path).read_text("utf-8")


def action() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(text("action.yml"))
    return loaded


@pytest.mark.parametrize("path", [*READMES, "docs/hooks.md", "docs/zh/hooks.md"])
def test_examples_of_hooks_and_action_name_this_version(path: str) -> None:
    named = re.findall(r"rev: (\S+)|uses: OWNER/csdn2md@(\S+)", text(path))
    assert {revision or tag for revision, tag in named} == {f"v{__version__}"}


@pytest.mark.parametrize("path", ["docs/tutorial.md", "docs/zh/tutorial.md"])
def test_the_tutorial_names_the_wheel(path: str) -> None:
    assert f"csdn2md-{__version__}-py3-none-any.whl" in text(path)


def test_the_changelog_is_dated_and_has_room_for_the_next_version() -> None:
    first, second = re.findall(r"^## (.*)$", text("CHANGELOG.md"), re.MULTILINE)[:2]
    assert first == "[Unreleased]"
    assert re.fullmatch(rf"\[{re.escape(__version__)}\] - 20\d\d-[01]\d-[0-3]\d", second)


@pytest.mark.parametrize("path", READMES)
def test_pictures_of_the_readme_have_absolute_addresses(path: str) -> None:
    """A package index shows the README without the files beside it."""
    pictures = re.findall(
        r"^!\[[^\]]*\]\(([^)]*)\)$", re.sub(r"^(`{3,}).*?^\1", "", text(path), flags=re.M | re.S), re.M
    )
    base = "https://raw.githubusercontent.com/OWNER/csdn2md/main/"
    assert pictures
    assert [address for address in pictures if not address.startswith(base)] == []
    assert all((ROOT / address.removeprefix(base)).is_file() for address in pictures)


def test_the_container_runs_the_command_without_root() -> None:
    """Files that are copied exist and are let through; the last stage is slim and no root."""
    stages = re.split(r"^FROM ", text("Dockerfile"), flags=re.MULTILINE)[1:]
    assert all(re.match(r"python:3\.\d+-slim\b", stage) for stage in stages)
    let_through = {line[1:] for line in text(".dockerignore").splitlines() if line.startswith("!")}
    copied = [re.findall(r"^COPY (?!--from)(.*) \S+$", stage, re.MULTILINE) for stage in stages]
    assert {name for lines in copied for line in lines for name in line.split()} == let_through
    assert all((ROOT / name).exists() for name in let_through)
    user = re.search(r"^USER (\d+)$", stages[-1], re.MULTILINE)
    assert user
    assert int(user[1]) > 0
    assert 'ENTRYPOINT ["csdn2md"]' in stages[-1]


def test_the_action_hands_inputs_over_as_variables() -> None:
    """An expression inside a script would be code; every input is used."""
    steps = action()["runs"]["steps"]
    assert [step for step in steps if "${{" in step.get("run", "")] == []
    assert all(step.get("shell") for step in steps if "run" in step)
    used = set(re.findall(r"inputs\.([\w-]+)", text("action.yml")))
    assert used == set(action()["inputs"])


@pytest.mark.skipif(sys.platform == "win32" or not shutil.which("bash"), reason="no bash")
def test_the_action_gives_each_line_as_one_argument(tmp_path: Path) -> None:
    program = tmp_path / "program"
    program.write_text("#!/bin/sh\nprintf '[%s]' \"$@\"\n")
    program.chmod(0o755)
    script = action()["runs"]["steps"][-1]["run"]
    environment = {**os.environ, "CSDN2MD": str(program), "ARGUMENTS": "convert\n\n我的 文章\n-o\n$(id)\n"}
    done = subprocess.run(["bash", "-euc", script], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "[convert][我的 文章][-o][$(id)]"


@pytest.mark.parametrize("path", READMES)
def test_the_example_of_the_action_is_a_command_line(path: str, tmp_path: Path) -> None:
    lines = re.search(r"uses: OWNER/csdn2md@.*\n +with:\n +arguments: \|\n((?: {6,}\S.*\n)+)", text(path))
    assert lines
    arguments = [line.strip() for line in lines[1].splitlines()]
    (tmp_path / "_posts").mkdir()
    (tmp_path / "_posts" / "a.md").write_text(
        '---\ntitle: A\n---\n\n<div id="content_views"><p>文</p></div>\n', "utf-8"
    )
    replaced = [str(tmp_path / argument) if argument == "_posts" else argument for argument in arguments]
    assert set(action()["inputs"]) >= {"arguments"}
    assert CliRunner().invoke(cli, replaced).exit_code == 1


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return the wheel and the source distribution, built by `build`."""
    if MISSING:
        pytest.skip(f"not installed: {', '.join(MISSING)}")
    folder = tmp_path_factory.mktemp("dist")
    asked = [sys.executable, "-m", "build", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(asked, capture_output=True, text=True)
    if done.returncode and "No matching distribution" in done.stdout + done.stderr:
        pytest.skip("no package index")
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return next(folder.glob("*.whl")), next(folder.glob("*.tar.gz"))


def passes(*arguments: str) -> None:
    done = subprocess.run([sys.executable, "-m", *arguments], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.xdist_group("release")
def test_twine_and_check_wheel_contents_pass(packages: tuple[Path, Path]) -> None:
    passes("twine", "check", "--strict", *map(str, packages))
    passes("check_wheel_contents", str(packages[0]))


@pytest.mark.slow
@pytest.mark.xdist_group("release")
def test_both_packages_have_everything(packages: tuple[Path, Path]) -> None:
    """The wheel has each file of the packages; the source distribution has each file of the repository."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("no git repository")
    tracked = {name for name in listed.stdout.split("\0") if name}
    with zipfile.ZipFile(packages[0]) as wheel:
        names = set(wheel.namelist())
    assert {name for name in tracked if name.startswith(("converter/", "csdn2md/"))} - names == set()
    with tarfile.open(packages[1]) as source:
        kept = {name.partition("/")[2] for name in source.getnames()}
    assert {name for name in tracked if not name.startswith((".git", ".ci/"))} - kept == set()
