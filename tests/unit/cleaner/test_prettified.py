"""Detection of sources that BeautifulSoup's pretty-printer wrote, on what it really writes."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from lxml import html as lxml_html

from converter.cleaner.prettified import is_prettified

ARTICLES = {
    "paragraphs": "<div><p>一</p><p>two <b>bold</b> words</p><ul><li><a href='x'>a</a></li></ul></div>",
    "table": "<div><table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table></div>",
    "code first": "<div><p>a</p><p>b</p><pre>x = 1\n  y</pre><p>c</p></div>",
}


@pytest.mark.parametrize("source", ARTICLES.values(), ids=ARTICLES)
def test_printed_and_unprinted(source: str) -> None:
    assert not is_prettified(lxml_html.fragment_fromstring(source))
    printed = BeautifulSoup(source, "lxml").div
    assert printed is not None
    assert is_prettified(lxml_html.fragment_fromstring(printed.prettify()))


HAND_WRITTEN = {
    "no element of the sampled kinds": "<span>a</span>",
    "nothing in it": "<div></div>",
    "line ends without indents": "<div>\n<p>a</p>\n<p>b</p>\n</div>",
    "indents of two spaces": "<div>\n  <p>a</p>\n  <p>b</p>\n</div>",
    "text on lines of its own without indents": "<div><p>\na\n</p><p>\nb\n</p></div>",
    "one printed element among others": "<div><p>a</p><p>b</p><p>\n c\n</p></div>",
}


@pytest.mark.parametrize("source", HAND_WRITTEN.values(), ids=HAND_WRITTEN)
def test_what_people_and_other_programs_write_is_not_prettified(source: str) -> None:
    assert not is_prettified(lxml_html.fragment_fromstring(source))
