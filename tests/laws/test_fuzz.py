"""Random input of every kind, held to the laws that the fuzzer holds to; its findings stay here for good."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kit.fuzz_laws import broken_laws
from tests.kit.paths import DATA, ROOT

FOUND: dict[str, str] = json.loads((DATA / "fuzz.json").read_text("ascii"))
"""What the fuzzer or the vectors found once, by what it broke."""
TAGS = """a abbr address article b blockquote br button caption center code col dd del details dir div dl dt em embed
fieldset figure font form h1 h2 h3 h6 hr i iframe img input kbd li main mark math menu noscript object ol option p pre s
script section select span strong style sub summary sup svg table tbody td template textarea th thead title tr tt u ul
video x-y""".split()
ATTRIBUTES = """href src alt title class id name style start colspan align type onclick data-src hidden""".split()
VALUES = st.sampled_from(
    """# #a /x javascript:alert(1) https://a.b/c katex katex-mathml footnote-ref footnote-item fn1 toc lines line
    font-weight:bold display:none dp-highlighter linenums 2 right math/tex checkbox hljs-ln brush:java""".split()
) | st.text(max_size=8)
TEXT = st.text(max_size=12) | st.text("*_`~[]()<>&|$\\{}!#+-=.:1 \n", max_size=12)


def _open(tag: str, attributes: dict[str, str]) -> str:
    return (
        f"<{tag}" + "".join(' {}="{}"'.format(name, value.replace('"', "")) for name, value in attributes.items()) + ">"
    )


ELEMENTS = st.builds(_open, st.sampled_from(TAGS), st.dictionaries(st.sampled_from(ATTRIBUTES), VALUES, max_size=3))
ENDS = st.sampled_from(TAGS).map(lambda tag: f"</{tag}>")
TREES = st.recursive(
    TEXT.map(lambda text: text.replace("<", "&lt;")),
    lambda inner: st.builds(
        lambda tag, attributes, children: f"{_open(tag, attributes)}{''.join(children)}</{tag}>",
        st.sampled_from(TAGS),
        st.dictionaries(st.sampled_from(ATTRIBUTES), VALUES, max_size=2),
        st.lists(inner, max_size=4),
    ),
    max_leaves=20,
)
FIXTURES = sorted((ROOT / "fixtures").rglob("*.html"))


@pytest.mark.parametrize("name", FOUND)
def test_findings_stay_fixed(name: str) -> None:
    assert broken_laws(FOUND[name]) == []


@given(st.binary(max_size=300))
def test_bytes(data: bytes) -> None:
    assert broken_laws(data) == []


@given(st.lists(TEXT | ELEMENTS | ENDS, max_size=25).map("".join))
def test_soup(source: str) -> None:
    assert broken_laws(source) == []


@given(TREES)
def test_trees(source: str) -> None:
    assert broken_laws(source) == []


@given(st.data())
def test_mutated_fixtures(data: st.DataObject) -> None:
    source = data.draw(st.sampled_from(FIXTURES)).read_bytes()[:4000]
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(source)))
        end = data.draw(st.integers(start, min(len(source), start + 40)))
        source = source[:start] + data.draw(st.binary(max_size=6) | ELEMENTS.map(str.encode)) + source[end:]
    assert broken_laws(source) == []
