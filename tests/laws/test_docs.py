"""The documentation matches the program: examples run, tables are complete, names and links exist."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from converter import convert
from converter.cli.main import cli
from converter.model import BLOCKS, INLINES, PARTS
from converter.options.flavors import FLAVORS
from converter.vocabulary import ATTRIBUTES, CONTENT
from tests.kit.docs_site import slug
from tests.kit.paths import ROOT
from tests.laws.test_architecture import LAYERS

README = (ROOT / "README.md").read_text("utf-8")
FENCED = re.compile(r"^(`{3,})(\w*)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
BLOCKS_OF = [(match[2], match[3]) for match in FENCED.finditer(README)]


@pytest.mark.parametrize("code", [code for language, code in BLOCKS_OF if language == "python"])
def test_the_examples_of_the_readme_run(code: str) -> None:
    exec(compile(code, "README.md", "exec"), {})


def test_before_and_after() -> None:
    before = next(code for language, code in BLOCKS_OF if language == "html")
    after = next(code for language, code in BLOCKS_OF if language == "markdown")
    assert convert(before).text == after


def test_every_option_is_in_the_readme() -> None:
    assert isinstance(cli, click.Group)
    options = [
        [name for name in (*parameter.opts, *parameter.secondary_opts) if name.startswith("--")]
        for parameter in cli.commands["convert"].params
        if isinstance(parameter, click.Option)
    ]
    unnamed = {names[0] for names in options if not any(name in README for name in names)}
    assert unnamed - {"--null", "--quiet", "--verbose"} == set()
    assert set(re.findall(r"`(--[a-z-]+)", README)) <= {name for names in options for name in names}


def test_every_flavor_is_in_the_readme() -> None:
    line = next(line for line in README.splitlines() if line.startswith("| `--flavor"))
    assert set(re.findall(r"`([\w-]+)`", line)) == {"auto", *FLAVORS}


def test_every_command_is_in_the_readme() -> None:
    assert isinstance(cli, click.Group)
    assert [name for name in cli.commands if f"csdn2md {name}" not in README] == []


PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
GUIDES = (ROOT / "CONTRIBUTING.md", ROOT / "docs" / "architecture.md")
RECIPES = ("chrome row", "code-block variant", "formula engine", "site", "flavor", "option", "command")
PLACEHOLDERS = re.compile(r"\b(?:NAME|POSTS|OUT|WORD|X\.Y\.Z)\b")
PACKAGES = ("converter", "tests", "benchmarks")


def code_spans(path: Path) -> set[str]:
    """The inline code of a page."""
    return set(re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", path.read_text("utf-8"), flags=re.M | re.S)))


def sources() -> Iterator[Path]:
    for package in PACKAGES:
        yield from sorted((ROOT / package).rglob("*.py"))


def comments(path: Path) -> Iterator[str]:
    """The comments and docstrings of a module."""
    text = path.read_text("utf-8")
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.string
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield node.value.value


@pytest.mark.parametrize("page", [page for page in PAGES if page.stem != "CHANGELOG"], ids=str)
def test_make_targets_exist(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    asked = re.findall(r"(?:`|^)make ((?:[a-z]+(?:-[a-z]+)* ?)+)", page.read_text("utf-8"), re.MULTILINE)
    named = {name for names in asked for name in names.split()}
    assert named - targets == set()


@pytest.mark.parametrize("page", GUIDES, ids=lambda path: path.name)
def test_files_named_in_the_guides_exist(page: Path) -> None:
    paths = {
        span for span in code_spans(page) if re.fullmatch(r"\.?\w[\w./-]*(?:/|\.(?:py|md|html|json|toml|yml))", span)
    }
    named = {path for path in paths if not PLACEHOLDERS.search(path)}
    assert len(named) > 20
    assert {path for path in named if not (ROOT / path).exists()} == set()


@pytest.mark.parametrize("page", GUIDES, ids=lambda path: path.name)
def test_identifiers_named_in_the_guides_exist(page: Path) -> None:
    """A name is in one of the files that its paragraph or list item names, if it names any, or somewhere else."""
    everything = "\n".join(path.read_text("utf-8") for path in sources())
    for passage in re.split(r"\n(?=\s*(?:\n|[-*|] |\d+\. ))", page.read_text("utf-8")):
        spans = re.findall(r"`([^`\n]+)`", passage)
        files = [ROOT / span for span in spans if span.endswith(".py") and not PLACEHOLDERS.search(span)]
        code = "\n".join(path.read_text("utf-8") for path in files) or everything
        names = {span for span in spans if re.fullmatch(r"[A-Z][A-Z_]{3,}|(?:[A-Z][a-z]+)+", span)}
        for name in names:
            assert PLACEHOLDERS.search(name) or re.search(rf"\b{name}\b", code), f"{name}: {passage}"


def test_each_recipe_is_there() -> None:
    headings = re.findall(r"^### (.*)$", GUIDES[0].read_text("utf-8"), re.MULTILINE)
    assert [recipe for recipe in RECIPES if not any(recipe in heading for heading in headings)] == []


def test_the_table_of_packages_is_in_the_order_of_the_layers() -> None:
    section = GUIDES[1].read_text("utf-8").partition("## Packages")[2].partition("\n## ")[0]
    cells = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    rows = [[Path(path).stem for path in re.findall(r"`converter/([^`]+)`", cell)] for cell in cells]
    assert [sorted(row) for row in rows] == [sorted(layer) for layer in LAYERS if layer != ("__main__",)]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(
        r"\]\(([^)\s]+)\)", re.sub(r"^(`{3,}).*?^\1", "", page.read_text("utf-8"), flags=re.M | re.S)
    ):
        path, _, anchor = target.partition("#")
        if "://" in target or not (path or anchor):
            continue
        found = page.parent / path if path else page
        assert found.exists(), target
        titles = re.findall(r"^#+ (.*)$", found.read_text("utf-8"), re.MULTILINE) if anchor else []
        assert not anchor or anchor in {slug(title) for title in titles}, target


@pytest.mark.parametrize("path", list(sources()), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_comment_cites_a_document_that_is_not_there(path: Path) -> None:
    """A path, a file name in capitals, or a name in capitals with a section number; INDEX.md is an output."""
    for comment in comments(path):
        cited = re.findall(r"\b(?:docs/[\w-]+|[A-Z]{3,})\.md\b", comment)
        cited += re.findall(r"(?<![\w./-])(?:converter|tests|benchmarks|docs|fixtures)/[\w./-]+\.\w+\b", comment)
        cited += [f"{name}.md" for name in re.findall(r"\b([A-Z]{4,}),? \(?sections? \d", comment)]
        assert [name for name in cited if name != "INDEX.md" and not (ROOT / name).exists()] == []
        assert "../" not in comment or "shared/" not in comment


def test_the_vocabulary() -> None:
    table = (ROOT / "docs" / "vocabulary.md").read_text("utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table if line.startswith("| `")]
    assert {row[0].strip("`"): row[2] for row in rows} == dict(CONTENT)
    for name, kind, _holds, attributes, says in rows:
        tag = name.strip("`")
        kinds = [label for label, tags in (("block", BLOCKS), ("inline", INLINES), ("part", PARTS)) if tag in tags]
        assert kind == (" or ".join(kinds) or "root")
        assert set(re.findall(r"`(\w+)`", attributes)) == ATTRIBUTES.get(tag, frozenset())
        assert says


def test_the_changelog_has_the_version() -> None:
    from converter import __version__

    assert f"## [{__version__}]" in (ROOT / "CHANGELOG.md").read_text("utf-8")
