"""Hostile shapes: converted, their text kept, whatever the caller's stack."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from benchmarks.hostile_shapes import NESTED, SHAPES
from converter import convert
from converter.model import ConversionError
from converter.options import Options
from tests.kit.fuzz_laws import broken_laws


@pytest.mark.parametrize("shape", SHAPES)
def test_shapes_break_no_law(shape: str) -> None:
    assert broken_laws(SHAPES[shape](3000)) == []


@pytest.mark.parametrize("shape", [name for name in NESTED if name.startswith("nested")])
def test_text_is_kept_however_deep(shape: str) -> None:
    document = convert(NESTED[shape](90_000))
    assert "core" in document.text
    assert document.text.count("word") == NESTED[shape](90_000).count("word")


def below(frames: int, call: Callable[[], str]) -> str:
    return below(frames - 1, call) if frames else call()


@pytest.mark.parametrize("shape", ["nested blockquote", "nested ul, words", "nested div", "nested dl", "nested kbd"])
def test_the_callers_stack_changes_nothing(shape: str) -> None:
    source = NESTED[shape](60_000)
    room = sys.getrecursionlimit() - len(_frames()) - 60
    assert below(room, lambda: convert(source).text) == convert(source).text


def _frames() -> list[object]:
    frame, found = sys._getframe(), []
    while frame is not None:
        found.append(frame)
        frame = frame.f_back  # type: ignore[assignment]
    return found


def test_what_is_flattened_is_told() -> None:
    found = convert("<blockquote>" * 500 + "<p>deep</p>").findings
    assert [finding.text for finding in found if finding.rule == "html/too-deep"] == ["deep"]


def test_what_the_parser_cannot_hold_is_told() -> None:
    document = convert("<div>" * 5000 + "<p>a</p><p>b</p><script>c</script><img src='/d'>")
    assert document.text.split() == ["a", "b", "![](/d)"]
    assert {"input/depth", "html/too-deep"} <= {finding.rule for finding in document.findings}


@pytest.mark.parametrize("value", ['="x>y"', "='x>y'", "= \n'x>y' ''", "='>\"'", '=">\'"', "", "=x"])
@pytest.mark.parametrize("before", ["", "<i title='it' x=\"\">'\"'</i>", "it's x=\"1"])
def test_attributes_beyond_reason_are_told(before: str, value: str) -> None:
    names = " ".join(f"a{number}{value}" for number in range(3000))
    document = convert(f"<p>{'a' * 60_000}</p>{before}<a checked {names} href='/x'>words</a>")
    assert document.text.endswith("[words](/x)\n")
    assert "input/attributes" in {finding.rule for finding in document.findings}


def test_front_matter_that_harms_parsers_is_kept_unread() -> None:
    for inner in (
        "a: " + "[" * 40_000,
        "a: &a [x]\n" + "b: *a\n" * 30_000,
        "a: &a {b: c}\n" + "d: {<<: [*a, *a]}\n" * 40,
    ):
        block = f"---\n{inner}\n---\n"
        document = convert(block + "<div id='content_views'><p>words</p></div>")
        assert str(document) == block + "\nwords\n"
        assert "frontmatter/invalid" in {finding.rule for finding in document.findings}


ALIASES = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 60))


@pytest.mark.parametrize(
    "inner",
    [ALIASES, f"{ALIASES}b: 1\nb: 2\n", "a: &a [*a]\n", "a: &a {b: *a}\nb: [\n", "x: " + "[" * 60_000 + "\n"]
    + [f"{start}{' ' * 60_000}{end}\n" for start in ("a", "a: b", "a: '", "x: |\n  a") for end in ("b", "'", "\tb")],
    ids=lambda inner: inner[:8],
)
def test_front_matter_that_harms_parsers_can_be_edited(inner: str) -> None:
    """Each of these took minutes, or all memory, or ended the interpreter."""
    source = f"---\ndate: 1\n{inner}---\n<div id='content_views'><p>words</p></div>"
    options = Options(repair_front_matter=True, rename=("date:created",), drop=("z",))
    assert convert(source, options=options).text == "words\n"


def test_a_table_of_one_wide_row_and_many_short_ones_stays_small() -> None:
    source = f"<table><tr>{'<td>a</td>' * 2000}</tr>{'<tr><td>b</td></tr>' * 2000}</table>"
    assert len(convert(source).text) < 20 * len(source)


def test_errors_name_the_file() -> None:
    with pytest.raises(ConversionError, match=r"^a\.html: "):
        convert(b"", name="a.html")
