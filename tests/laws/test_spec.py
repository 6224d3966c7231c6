"""The specifications' examples: which come back through the writer, and through the whole conversion."""

from __future__ import annotations

import pytest

from tests.kit.specification import PATHS, RENDERERS, examples, known, survives


@pytest.mark.parametrize("path", PATHS)
def test_examples_come_back_but_the_known(path: str) -> None:
    lost = set()
    for example in examples():
        markdown = PATHS[path](example.html)
        if not all(survives(example, markdown, renderer) for renderer in RENDERERS):
            lost.add(example.id)
    expected = known(path).keys()
    assert sorted(lost - expected) == [], "these do not come back"
    assert sorted(expected - lost) == [], "these are on the list of known.json, but come back"


def test_the_lists_name_examples() -> None:
    assert {id for path in PATHS for id in known(path)} <= {example.id for example in examples()}


def test_the_ruler_sees_differences() -> None:
    first = examples()[0]
    assert survives(first, "    foo\tbaz\t\tbim\n", "cmark-gfm")
    assert not survives(first, "    foo baz bim\n", "cmark-gfm")
    assert not survives(first, "foo\tbaz\t\tbim\n", "markdown-it")
