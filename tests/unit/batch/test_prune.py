"""Pruning with a manifest that others wrote, local files that act, an output folder that moves."""

from __future__ import annotations

import os
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from converter import convert_folder
from converter.batch.local_files import is_obeyed, leads_astray, problem
from converter.batch.manifest import Manifest
from converter.batch.prune import SameFolder
from converter.batch.storage import files
from converter.batch.values import MANIFEST_NAME, BatchError
from tests.kit.batch import MARKDOWN, make, run_stub, tree
from tests.system.torture_manifest import torture


def plant(folder: Path, output: str, content: bytes) -> None:
    """Put a row into the manifest that says that csdn2md wrote an output with this content."""
    with sqlite3.connect(folder / "out" / MANIFEST_NAME) as database:
        root, digest = str(folder / "in"), files.digest(content)
        row = (output, "x", root, "", digest, "", "", digest, b"", "converted")
        database.execute("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    database.close()


ASTRAY = [
    "../victim.txt",
    "sub/../../victim.txt",
    "/etc/victim",
    ".csdn2md.sqlite",
    "sub/.CSDN2MD-x",
    "a//b",
    "a\0",
]


@pytest.mark.parametrize("output", ASTRAY)
def test_names_that_lead_astray_are_refused(tmp_path: Path, output: str) -> None:
    make(tmp_path / "in", a_md="post")
    (tmp_path / "victim.txt").write_text("victim")
    run_stub(tmp_path)
    plant(tmp_path, output, b"victim")
    result, rows = run_stub(tmp_path, prune=True)
    assert leads_astray(output)
    assert (tmp_path / "victim.txt").exists() and not result.pruned
    assert "which is no output of csdn2md" in rows.rows[-1].message
    assert result.failed == 1


def test_only_regular_files_are_pruned(tmp_path: Path) -> None:
    make(tmp_path / "in", a_md="post")
    make(tmp_path / "elsewhere", b_md="victim")
    run_stub(tmp_path)
    (tmp_path / "out" / "link.md").symlink_to(tmp_path / "elsewhere" / "b.md")
    (tmp_path / "out" / "sub").symlink_to(tmp_path / "elsewhere")
    os.mkfifo(tmp_path / "out" / "pipe")
    for name in ("link.md", "sub/b.md", "pipe"):
        plant(tmp_path, name, b"victim")
    result, _ = run_stub(tmp_path, prune=True)
    assert (result.pruned, result.skipped) == (0, 3)
    assert (tmp_path / "elsewhere" / "b.md").exists() and (tmp_path / "out" / "link.md").is_symlink()


def test_a_folder_that_moves(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    (tmp_path / "out").symlink_to("one")
    same = SameFolder(str(tmp_path / "out"))
    same.check()
    (tmp_path / "out").unlink()
    (tmp_path / "out").symlink_to("two")
    with pytest.raises(OSError, match="became another folder"):
        same.check()


def test_damaged_manifests(tmp_path: Path) -> None:
    assert torture(tmp_path, 60) > 0


@pytest.mark.parametrize("opened", [Manifest.open, Manifest.read])
def test_a_damaged_manifest_whose_error_quotes_what_is_no_text(
    tmp_path: Path, opened: Callable[[Path], Manifest]
) -> None:
    path = tmp_path / "manifest.sqlite"
    Manifest.open(path).close()
    path.write_bytes(path.read_bytes().replace(b"CREATE TABLE entries", b"CREATE TABL\xa0 entries"))
    with pytest.raises(BatchError, match="is no state file of csdn2md, or damaged"):
        opened(path)


NAMES = [".gitattributes", ".git/hooks/pre-commit", ".csdn2md.sqlite", "_plugins/e.png", ".GIT/x.png", "git~1/x.png",
         "_config.yml", ".htaccess", "node_modules/a.png", ".g\u200cit/x.png", "a.py", "Makefile"]  # fmt: skip


def test_files_that_act_do_not_come_with_a_post(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "d.zip", "w") as archive:
        links = "".join(f"[x]({name}) " for name in [*NAMES, "good.png", "page.png"])
        archive.writestr("a.md", MARKDOWN + links.encode())
        for name in [*NAMES, "good.png"]:
            archive.writestr(name, "x")
        archive.writestr("page.png", "<html><script>")
        archive.writestr(".github/b.md", MARKDOWN)
    result = convert_folder(tmp_path / "d.zip", tmp_path / "out")
    assert sorted(tree(tmp_path / "out")) == ["a.md", "good.png"]
    assert result.skipped == len(NAMES) + 1


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.png", b"\x89PNG", ""),
        ("a.pdf", b"%PDF", ""),
        ("a.png", b"#!/bin/sh", "program"),
        ("a.jpg", b" <!DOCTYPE html>", "page"),
        ("a.svg", b"<svg><path/></svg>", ""),
        ("a.svg", b"<svg onload='x'/>", "script"),
        ("a.svg", b"<svg><s:script/></svg>", "script"),
        ("a.exe", b"MZ", "by its name"),
    ],
)
def test_kinds(name: str, content: bytes, why: str) -> None:
    found = problem(name, content)
    assert (why in found) if why else not found


def test_names_of_posts_are_not_obeyed() -> None:
    assert not any(map(is_obeyed, ("a.md", "img/图.png", "a b/c.d.png", "a.gitignore.png")))


def test_the_folder_of_a_saved_page_holds_no_posts(tmp_path: Path) -> None:
    make(tmp_path / "in", a_html="page", a_files__saved_resource_html="advert", b_files__c_html="post")
    run_stub(tmp_path)
    assert sorted(tree(tmp_path / "out")) == ["a.md", "b_files/c.md"]
