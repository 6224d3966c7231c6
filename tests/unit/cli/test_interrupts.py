"""Ctrl-C ends every command with one line and no traceback, also in its worker processes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.kit.batch import environment, make

PROGRAM = """
import os, pkgutil, signal, threading

signal.signal(signal.SIGINT, signal.default_int_handler)  # who runs the tests in the background ignores it

def interrupt(*arguments, **given):
    os.killpg(0, signal.SIGINT)  # as a terminal does: the command and its workers
    threading.Event().wait()

owner, _, name = os.environ["INTERRUPT_IN"].rpartition(".")
setattr(pkgutil.resolve_name(owner), name, interrupt)
if __name__ == "__main__":  # a worker process imports this file under another name
    from converter.cli.main import main
    main()
"""
"""The command line, with one function that is interrupted when it is called."""

CHECK = "converter.batch.pairs.check"
CASES = {
    "convert": ("convert in -o new -j1", "converter.pipeline.convert"),
    "convert, one file": ("convert in/a.html", "converter.pipeline.convert"),
    "init": ("init", "click.prompt"),
    "rule": ("rule chrome/form", "converter.cli.rule.origins"),
    "convert, stdin": ("convert -", "converter.pipeline.convert"),
    "verify": ("verify out --against in -j1", CHECK),
    "verify, workers": ("verify out --against in -j2", CHECK),
    "review": ("review out --against in -j1 --port 0", "converter.review.server.Server.serve_forever"),
    "review, export": ("review out --against in -j1 --export page", CHECK),
    "review, export, workers": ("review out --against in -j2 --export page", CHECK),
    "index": ("index out", "converter.standalone.catalogue.entry"),
    "explain": ("explain in/a.html", "converter.verify.conservation"),
    "config": ("config", "converter.options.files.find"),
}
ENDS = {"convert": (130, "stopped: run again to finish\n"), "review": (0, "")}
"""Exit code and stderr where they are not 130 and `stopped`."""


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="needs process groups")
@pytest.mark.parametrize("name", CASES)
def test_interrupt_prints_no_traceback(tmp_path: Path, name: str) -> None:
    arguments, function = CASES[name]
    make(tmp_path, in__a_html="one", in__b_html="two", out__a_md=b"one\n", out__b_md=b"two\n")
    (tmp_path / "program.py").write_text(PROGRAM)
    done = subprocess.run(
        [sys.executable, "program.py", *arguments.split()], cwd=tmp_path, input=b"<p>a</p>", capture_output=True,
        env={**environment(), "INTERRUPT_IN": function}, start_new_session=True, timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stderr.decode()) == ENDS.get(name, (130, "stopped\n"))
