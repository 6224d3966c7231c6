"""The documentation says what is there: its examples run, its tables are complete."""

from __future__ import annotations

import re

import click
import pytest

from converter import convert
from converter.cli.main import cli
from converter.model import ATTRIBUTES, BLOCKS, CONTENT, INLINES, PARTS
from converter.options.flavors import FLAVORS
from tests.kit.paths import ROOT

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
    assert set(re.findall(r"`(\w+)`", line)) == set(FLAVORS)


def test_every_command_is_in_the_readme() -> None:
    assert isinstance(cli, click.Group)
    assert [name for name in cli.commands if f"csdn2md {name}" not in README] == []


def test_what_make_does_stands_in_the_readme() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"make ([a-z]+)", README)) <= targets


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
