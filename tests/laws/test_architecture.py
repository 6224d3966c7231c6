"""Who may import whom, and where the outside world may be touched: read from the modules' own source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import converter

PACKAGE = Path(converter.__file__).parent
LAYERS = (
    ("errors", "nodes", "version", "interpreter"),
    ("vocabulary",),
    ("document_json",),
    ("model",),
    ("rules",),
    ("sites",),
    ("options",),
    ("source",),
    ("frontmatter",),
    ("similarity",),
    ("extract",),
    ("scraper",),
    ("cleaner",),
    ("serializer",),
    ("pipeline",),
    ("verify",),
    ("translation",),
    ("batch",),
    ("standalone",),
    ("corpus",),
    ("review",),
    ("cli",),
    ("hook",),
    ("__main__",),
)
"""From the bottom to the top; a module imports from its own layer and those below."""
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}
EDGE = frozenset(name for names in LAYERS[LAYERS.index(("verify",)) + 1 :] for name in names)
"""Parts that may read and write files, print, start processes and exit."""
OUTSIDE = frozenset(
    """click rich sys os io shutil subprocess tempfile multiprocessing concurrent threading signal socket urllib.request
    http httpx logging""".split()
)
ALLOWED = {"interpreter.py": {"threading"}}
"""What one module is there for."""
CALLS = frozenset(("open", "print", "input", "exit", "breakpoint"))
METHODS = frozenset(("read_text", "read_bytes", "write_text", "write_bytes", "unlink", "mkdir", "iterdir", "glob"))


VERIFY_IMPORTS = frozenset(("model", "options", "source", "frontmatter", "scraper", "rules", "verify"))
"""All that verification may import: neither the cleaner nor the serializer, whose results it checks, nor the sites."""


def part_of(path: Path) -> str:
    """The part of the package that a file belongs to: its name, or its folder's."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


MODULES = sorted(PACKAGE.rglob("*.py"))
AT_THE_EDGE = PACKAGE / "options" / "files.py"
"""Reads configuration files; nothing below the edge imports it."""
PURE = [path for path in MODULES if part_of(path) not in EDGE and path != AT_THE_EDGE]


def name_of(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


def imports(path: Path) -> Iterator[str]:
    """Dotted names of all that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide the layers"
            module = node.module or ""
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def names_imported(path: Path) -> set[str]:
    """Names directly below ``converter`` that a module imports or imports from."""
    dotted = (name.split(".") for name in imports(path))
    return {names[1] for names in dotted if names[0] == "converter" and len(names) > 1}


def parts_imported(path: Path) -> set[str]:
    """Parts of the package that a module imports from."""
    return names_imported(path) & LEVEL.keys()


def test_each_part_has_its_layer() -> None:
    assert {part_of(path) for path in MODULES} - LEVEL.keys() == {"__init__"}


@pytest.mark.parametrize("path", [path for path in MODULES if part_of(path) != "__init__"], ids=name_of)
def test_nothing_imports_what_lies_above_it(path: Path) -> None:
    part = part_of(path)
    assert {other for other in parts_imported(path) if LEVEL[other] > LEVEL[part]} == set()


@pytest.mark.parametrize("path", PURE, ids=name_of)
def test_the_middle_touches_nothing_outside(path: Path) -> None:
    tops = {name for name in imports(path) if name in OUTSIDE or name.partition(".")[0] in OUTSIDE}
    assert {top for top in tops if top.partition(".")[0] not in ALLOWED.get(name_of(path), ())} == set()
    calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
    assert {call.func.id for call in calls if isinstance(call.func, ast.Name)} & CALLS == set()
    assert {call.func.attr for call in calls if isinstance(call.func, ast.Attribute)} & METHODS == set()


def test_the_serializer_knows_no_website() -> None:
    for path in MODULES:
        if part_of(path) == "serializer":
            assert not parts_imported(path) & {"rules", "sites"}, name_of(path)


@pytest.mark.parametrize("path", [path for path in MODULES if part_of(path) == "verify"], ids=name_of)
def test_verification_shares_no_code_with_what_it_checks(path: Path) -> None:
    assert names_imported(path) <= VERIFY_IMPORTS


@pytest.mark.parametrize("path", [path for path in MODULES if part_of(path) == "verify"], ids=name_of)
def test_verification_chooses_the_article_by_itself(path: Path) -> None:
    """It may take from the scraper only the parsed tree, and no row that says what is chrome."""
    scraper = {dotted for dotted in imports(path) if dotted.startswith("converter.scraper")}
    assert {".".join(dotted.split(".")[:3]) for dotted in scraper} <= {"converter.scraper.parsing"}
    assert not {"converter.rules.chrome", "converter.rules.roots"} & set(imports(path))


@pytest.mark.parametrize("name", ["selection.py", "whole_file.py", "article_root.py", "furniture.py", "copied_html.py"])
def test_the_second_look_knows_no_rule(name: str) -> None:
    path = PACKAGE / "verify" / name
    assert names_imported(path) <= {"verify"}
    facts = {"article_facts", "article_walker", "code_containers", "chrome_limits", "editor_parts", "known_chrome"}
    assert not {dotted.split(".")[2] for dotted in imports(path) if dotted.startswith("converter.verify.")} & facts


@pytest.mark.parametrize("path", [path for path in MODULES if part_of(path) in ("rules", "sites")], ids=name_of)
def test_rules_and_sites_are_data(path: Path) -> None:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.For, ast.While, ast.If, ast.Try, ast.With)
    assert [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, kinds)] == []
    assert parts_imported(path) <= {"rules", "sites"}
