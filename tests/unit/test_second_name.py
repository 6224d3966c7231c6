"""The package ``csdn2md``: a second name for ``converter``, which no file of the user's hides."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import converter
import csdn2md
from tests.kit.batch import environment, html_post, make
from tests.kit.paths import ROOT

OWN = "MINE = 1\nraise SystemExit('the user\\'s own converter.py was run')\n"


def python(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=cwd, env=environment(), capture_output=True, text=True, timeout=120
    )


def test_both_names_give_the_same_objects() -> None:
    assert csdn2md.__all__ == converter.__all__
    assert [name for name in converter.__all__ if getattr(csdn2md, name) is not getattr(converter, name)] == []
    assert dir(csdn2md) == sorted(converter.__all__)
    assert not hasattr(csdn2md, "pipeline")


def test_the_users_own_converter_does_not_hide_it(tmp_path: Path) -> None:
    (tmp_path / "converter.py").write_text(OWN)
    script = "from csdn2md import convert\nprint(convert('<p>a</p>').text, end='')\n"
    (tmp_path / "script.py").write_text(script)
    assert python("script.py", cwd=tmp_path).stdout == "a\n"
    assert python("-c", script, cwd=tmp_path).stdout == "a\n"


def test_a_script_named_converter_can_use_it(tmp_path: Path) -> None:
    (tmp_path / "converter.py").write_text("from csdn2md import convert\nprint(convert('<p>a</p>').text, end='')\n")
    done = python("converter.py", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "a\n", "")


def test_processes_of_a_run_find_it_too(tmp_path: Path) -> None:
    (tmp_path / "converter.py").write_text(OWN)
    make(tmp_path / "in", a_html="one", b_html="two")
    done = python("-m", "csdn2md", "convert", "in", "-o", "out", "-j", "2", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(path.name for path in (tmp_path / "out").glob("*.md")) == ["a.md", "b.md"]
    assert (tmp_path / "converter.py").read_text() == OWN


def test_another_module_of_that_name_is_an_error_that_says_so(tmp_path: Path) -> None:
    (tmp_path / "converter.py").write_text("MINE = 1\n")
    done = python("-c", "import converter\nimport csdn2md", cwd=tmp_path)
    assert done.returncode == 1
    assert "ImportError: another module named 'converter' is loaded already" in done.stderr
    assert "import csdn2md before it, or rename it" in done.stderr


def test_python_m_csdn2md_is_the_command(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(html_post("one"))
    done = python("-m", "csdn2md", "--version", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, f"csdn2md, version {converter.__version__}\n")


def test_the_wheel_holds_both_packages() -> None:
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    assert 'packages = ["converter", "csdn2md"]' in project
    assert 'csdn2md = "csdn2md.__main__:main"' in project


def test_every_hook_runs_in_the_environment_of_the_package() -> None:
    hooks = (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")
    assert hooks.count("entry: csdn2md-hook") == 3
    assert "additional_dependencies" not in hooks
