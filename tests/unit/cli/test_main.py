"""The command itself: version, start, a closed pipe."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from converter import __version__
from tests.kit.batch import command, csdn2md, environment, make


def test_version() -> None:
    done = csdn2md("--version")
    assert (done.returncode, done.stdout.strip()) == (0, f"csdn2md, version {__version__}")


def test_starting_imports_nothing_heavy() -> None:
    heavy = ("lxml", "rich", "bs4", "markdownify", "sqlite3")
    code = f"import sys, converter.cli.main; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment(), check=True)
    assert done.stdout.strip() == "[]"


def test_a_closed_pipe_is_quiet(tmp_path: Path) -> None:
    make(tmp_path, **{f"p{n}_md": "word " * 2000 for n in range(40)})
    with subprocess.Popen(
        command("convert", tmp_path, "--diff"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    ) as process:
        assert process.stdout and process.stderr
        process.stdout.read(10)
        process.stdout.close()
        errors = process.stderr.read().decode()
    assert "Traceback" not in errors
    assert "roken" not in errors
