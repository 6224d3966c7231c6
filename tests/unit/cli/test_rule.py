"""`csdn2md rule` and docs/rules.md: each finding that the package can emit has its entry, and each example is true."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import converter
from converter import Options, convert
from converter.options.files import parsed, sites_in
from converter.options.own_sites import meaning_of
from converter.options.settings import SETTINGS
from converter.rules import urls
from converter.rules.findings import ENTRIES, FINDINGS, OWN_EXAMPLE, FindingEntry
from converter.sites.tables import ARTICLE_ADDRESSES, METADATA
from tests.kit.batch import csdn2md
from tests.kit.paths import ROOT
from tests.kit.rules_page import CHINESE, ENGLISH, Language, documentation
from tests.laws.test_fixtures import SOURCES, converted

PACKAGE = Path(converter.__file__).parent
IDENTITY = re.compile(r"[a-z]+/[a-z0-9]+(?:-[a-z0-9]+)*")
NO_FINDINGS = {
    "text/html", "text/plain", "text/css",
    *(row.id for row in METADATA), *(row.id for row in ARTICLE_ADDRESSES), *(row[0] for row in urls.STAMPS),
}  # fmt: skip
"""Media types, and ids of rows that find metadata or addresses, or know what a host does with images."""
NOT_SCANNED = ("rules/findings.py", "standalone/images/", "review/", "batch/")
"""Modules with other words of this form: media types, paths."""
WITHOUT_EXAMPLE = {
    "harmless/rewritten", "html/head", "html/too-deep", "image/absolute", "image/local", "input/attributes", "input/charset", "input/depth",
    "input/nul", "input/undecodable", "link/absolute", "link/liquid-off", "link/local",
}  # fmt: skip
"""Findings that need a whole archive, a file in another encoding, or a huge or hostile source."""


def emitted() -> Iterator[tuple[str, str]]:
    """Yield each text of the package that has the form of an id, with its module."""
    for path in PACKAGE.rglob("*.py"):
        name = path.relative_to(PACKAGE).as_posix()
        if name.startswith(NOT_SCANNED):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and IDENTITY.fullmatch(node.value):
                yield node.value, name


def test_each_finding_that_the_package_can_emit_has_its_entry() -> None:
    groups = {entry.rule.partition("/")[0] for entry in ENTRIES}
    found = {identity: name for identity, name in emitted() if identity not in NO_FINDINGS}
    assert {identity for identity in found if identity.partition("/")[0] in groups} - set(FINDINGS) == set()
    other = {identity: name for identity, name in found.items() if identity.partition("/")[0] not in groups}
    assert {identity.partition("/")[0] for identity in other} <= {"application", "text", "audio", "video"}, other


def test_each_entry_is_of_a_finding_that_the_package_can_emit() -> None:
    made = {OWN_EXAMPLE, *(f"frontmatter/add-{key}" for key in SETTINGS["add"].choices)}
    assert set(FINDINGS) - {identity for identity, _ in emitted()} == made


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_each_finding_of_a_fixture_has_its_entry(source: Path) -> None:
    assert all(meaning_of(finding.rule) for finding in converted(source).findings)


def test_ids_are_sorted_by_group_and_unique() -> None:
    assert len(FINDINGS) == len(ENTRIES)
    assert (
        list(dict.fromkeys(entry.rule.partition("/")[0] for entry in ENTRIES))
        == list(ENGLISH.groups)
        == list(CHINESE.groups)
    )


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.rule)
def test_each_example_is_true(entry: FindingEntry) -> None:
    assert bool(entry.before) is (entry.rule not in WITHOUT_EXAMPLE)
    if entry.before:
        settings = parsed(entry.options.encode(), "options") or {}
        values: dict[str, Any] = {SETTINGS[key].name: value for key, value in settings.items()}
        sites = sites_in(entry.options.encode(), "options")
        document = convert(entry.before.encode(), options=Options(**values, sites=sites))
        assert str(document) == entry.after
        assert entry.rule in {finding.rule for finding in document.findings}


@pytest.mark.parametrize(("path", "words"), [("docs/rules.md", ENGLISH), ("docs/zh/rules.md", CHINESE)])
def test_the_documentation_is_made_from_the_table(path: str, words: Language) -> None:
    written = (ROOT / path).read_text("utf-8")
    assert written == documentation(words), f"write it anew: python -m tests.kit.rules_page {words.arguments}"


def test_one_rule() -> None:
    done = csdn2md("rule", "chrome/form")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "chrome/form",
        f"  {FINDINGS['chrome/form'].meaning}",
        "  from: HTML form (element select)",
        "  from: HTML form (element input)",
        "  from: HTML form (element button)",
        "",
        "  before:",
        '    <div id="content_views"><p>文</p><button>登录</button></div>',
        "",
        "  after:",
        "    文",
    ]


def test_lists_of_rules() -> None:
    every = csdn2md("rule")
    assert (every.returncode, len(every.stdout.splitlines())) == (0, len(ENTRIES))
    group = csdn2md("rule", "math")
    assert group.returncode == 0
    assert [line.split()[0] for line in group.stdout.splitlines()] == [name for name in FINDINGS if name[:5] == "math/"]


@pytest.mark.parametrize(
    ("name", "hint"),
    [("chrome/copybutton", "did you mean chrome/copy-button"), ("nothing", "csdn2md rule lists all rules")],
)
def test_an_unknown_rule(name: str, hint: str) -> None:
    done = csdn2md("rule", name)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"error: no rule {name!r}: {hint}" in done.stderr


def test_explain_says_where_rules_are_explained(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(FINDINGS["chrome/form"].before)
    done = csdn2md("explain", "a.html", cwd=tmp_path)
    assert done.stdout.splitlines()[-1] == "csdn2md rule NAME says what a rule is, as in: csdn2md rule chrome/form"
    page = csdn2md("explain", "a.html", "--html", cwd=tmp_path).stdout
    assert FINDINGS["chrome/form"].meaning in page
    (tmp_path / "b.html").write_text("<p>a</p>")
    assert "csdn2md rule" not in csdn2md("explain", "b.html", cwd=tmp_path).stdout


def test_the_report_says_what_each_rule_does(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(FINDINGS["chrome/form"].before)
    csdn2md("convert", "a.html", "-o", "out", "--report", "r.html", cwd=tmp_path)
    page = (tmp_path / "r.html").read_text()
    assert '<td>chrome/form</td><td>1</td><td><span data-zh="删除了表单控件：上面的文字属于网页，不属于文章。">' in page
    assert f">{FINDINGS['chrome/form'].meaning}</span></td>" in page


def test_the_review_says_what_each_rule_does() -> None:
    from converter.model import Finding
    from converter.review.content import findings_by_rule

    (facts,) = findings_by_rule((Finding("chrome/form", "x"),))
    assert facts["meaning"] == [FINDINGS["chrome/form"].meaning, "删除了表单控件：上面的文字属于网页，不属于文章。"]
