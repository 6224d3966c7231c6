"""Lists: markers, numbers, tight and loose items, tasks."""

from __future__ import annotations

import pytest

from converter.options import Options
from tests.kit.serialized import markdown

CASES = {
    "tight list": ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c"),
    "loose list": ("<ul><li><p>a</p><p>b</p></li><li><p>c</p></li></ul>", "- a\n\n  b\n\n- c"),
    "number": ('<ol start="9"><li>a</li><li>b</li></ol>', "9. a\n10. b"),
    "two lists": ("<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n\n+ b"),
    "three lists": ("<ul><li>a</li></ul><ul><li>b</li></ul><ul><li>c</li></ul>", "- a\n\n+ b\n\n- c"),
    "two numbered lists": ("<ol><li>a</li></ol><ol><li>b</li></ol>", "1. a\n\n<!-- -->\n\n1. b"),
    "code with list markers": (
        "<ul><li><pre><code>x\n- y</code></pre></li></ul>",
        "- <!-- -->\n\n  ```\n  x\n  - y\n  ```",
    ),
    "thematic break in an item": ("<ul><li><p>a</p><hr></li></ul>", "-   a\n\n    ---"),
    "task": ('<ul><li><input type="checkbox" checked> a</li></ul>', "- [x] a"),
}


@pytest.mark.parametrize(("source", "expected"), CASES.values(), ids=CASES)
def test_cases(source: str, expected: str) -> None:
    assert markdown(source) == expected


OPTIONS = {
    "lists in kramdown": (
        Options(flavor="jekyll"),
        "<ul><li>a</li></ul><ul><li>b</li></ul>",
        "- a\n\n<!-- -->\n\n- b",
    ),
    "numbered lists where kramdown is not meant": (
        Options(flavor="hugo"),
        "<ol><li>a</li></ol><ol><li>b</li></ol>",
        "1. a\n\n1) b",
    ),
    "numbered lists of more than text, which kramdown takes for one text": (
        Options(flavor="hugo"),
        "<ol><li>a</li></ol><ol><li>b <code>c</code></li></ol><ol><li>[d</li></ol>",
        "1. a\n\n<!-- -->\n\n1. b `c`\n\n<!-- -->\n\n1. [d",
    ),
    "code with list markers, which kramdown may read in every flavor": (
        Options(flavor="commonmark"),
        "<ul><li><pre><code>- y</code></pre></li></ul>",
        "- <!-- -->\n\n  ```\n  - y\n  ```",
    ),
    "code with list markers behind its first blank line, where kramdown looks for none": (
        Options(flavor="commonmark"),
        "<ul><li><pre><code>x\n\n- y</code></pre></li></ul>",
        "- ```\n  x\n\n  - y\n  ```",
    ),
    "code where Hexo sees no fence": (
        Options(flavor="hexo"),
        "<ul><li><pre>x</pre></li><li><blockquote><pre>y</pre></blockquote></li><li>a<ul><li><pre>z</pre></li></ul></li></ul>",
        "- ```\n  x\n  ```\n\n- <!-- -->\n\n  > ```\n  > y\n  > ```\n\n- a\n\n  - <!-- -->\n\n    ```\n    z\n    ```",
    ),
    "code in a list with another delimiter, where Hexo sees no fence": (
        Options(flavor="hexo"),
        "<ol><li>a</li></ol><ol><li><p>b</p></li><li><pre>x</pre></li></ol>",
        "1. a\n\n<!-- -->\n\n1. b\n\n2. ```\n   x\n   ```",
    ),
    "bullets": (
        Options(bullets="*+-"),
        "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li></ul>",
        "* a\n  + b\n    - c",
    ),
}


@pytest.mark.parametrize(("options", "source", "expected"), OPTIONS.values(), ids=OPTIONS)
def test_options(options: Options, source: str, expected: str) -> None:
    assert markdown(source, options) == expected


@pytest.mark.parametrize(
    ("bullets", "item", "expected"),
    [
        ("-", "--", "- \\--"),
        ("-", "- -", "- \\- -"),
        ("-", "**", "- **"),
        ("-", "-- a", "- -- a"),
        ("-", "<hr>", "- ***"),
        ("*", "**", "* \\**"),
        ("*", "--", "* --"),
        ("*", "<hr>", "* ___"),
        ("+", "--", "+ --"),
    ],
)
def test_no_item_makes_a_thematic_break_with_its_marker(bullets: str, item: str, expected: str) -> None:
    assert markdown(f"<ul><li>{item}</li></ul>", Options(bullets=bullets)) == expected
