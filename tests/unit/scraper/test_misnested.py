"""Misnested tags: closed as browsers close them."""

from __future__ import annotations

import pytest

from converter.scraper.misnested import MOST_OPEN, is_misnested, nested

CASES = [
    ("<p><b>x<i>y</b>z</i>w</p>", "<p><b>x<i>y</i></b><i>z</i>w</p>"),
    ("<p><a href=x><b>u</a>v</b>w</p>", "<p><a href=x><b>u</b></a><b>v</b>w</p>"),
    ("<p><b>x<p>y</b>z</p>", "<p><b>x</b><p><b>y</b>z</p>"),
    ("<b><p>x</b>y</p>z", "<p><b>x</b>y</p>z"),
    ("<p><b>x</p><p>y</p>", "<p><b>x</b></p><p>y</p>"),
    ("<p>x</i>y</p>", "<p>xy</p>"),
    ("<h3>\n<p>x</p></h3>", "<h3>\n<div>x</div></h3>"),
    ("<h3><p>x</p><p>y</p></h3>", "<h3><p>x</p><p>y</p></h3>"),
    ("<p><b>x</i></b><!-- <b> --><script>a<b>c</script></p>", "<p><b>x</b><!-- <b> --><script>a<b>c</script></p>"),
]


@pytest.mark.parametrize(("html", "expected"), CASES, ids=[case[0] for case in CASES])
def test_tags_are_nested(html: str, expected: str) -> None:
    assert nested(html.encode()).decode() == expected


def test_nested_html_stays_as_it_is() -> None:
    html = b"<div><b>x</b> <a href=x><i>y</i></a><h3><div>z</div></h3><pre>a\n <b>b</b></pre></div>"
    assert nested(html) == html


def test_the_result_grows_no_more_than_the_limit() -> None:
    html = b"<b>" * 500 + b"<p>x</p>" * 500 + b"</b>" * 500
    assert len(nested(html)) < 500 * (MOST_OPEN * len("<b></b>") + len("<p>x</p>")) + len(html)


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("Unexpected end tag : b", True),
        ("Unexpected end tag : h3\n", True),
        ("Opening and ending tag mismatch: strong and div", True),
        ("Unexpected end tag : div", False),
        ("Opening and ending tag mismatch: p and b", False),
        ("Tag nav invalid", False),
    ],
)
def test_only_errors_of_inline_elements_and_headings_count(message: str, expected: bool) -> None:
    assert is_misnested([message]) is expected
