"""Names of outputs, and names as they are shown."""

from __future__ import annotations

import pytest

from converter.batch.names import PathError, collision_key, output_name, shown

OUTPUT_NAMES = {
    "a.html": "a.md",
    "a.HTM": "a.md",
    "x/y.markdown": "x/y.md",
    "notes": "notes.md",
    "a.b.c": "a.b.c.md",
    "./a//b.md": "a/b.md",
    "con.html": "con_.md",
    "x/NUL/lpt1.md": "x/NUL_/lpt1_.md",
    "console.md": "console.md",
    "tab\tend.md": "tab_end.md",
    "\udcff.md": "_.md",
    ".html": ".html.md",
}


@pytest.mark.parametrize("name", OUTPUT_NAMES)
def test_output_names(name: str) -> None:
    assert output_name(name) == OUTPUT_NAMES[name]


@pytest.mark.parametrize("name", ["../a.md", "a/../../b.md", "..", "", "/", "."])
def test_names_that_lead_nowhere(name: str) -> None:
    with pytest.raises(PathError):
        output_name(name)


def test_collision_keys() -> None:
    assert collision_key("É.md") == collision_key("e\u0301.md")
    assert collision_key("STRASSE.md") == collision_key("straße.md")


def test_shown_is_one_line() -> None:
    assert shown("a\nb\u2028c\udcff中\x1b") == "a\\x0ab\\u2028c\\xff中\\x1b"
