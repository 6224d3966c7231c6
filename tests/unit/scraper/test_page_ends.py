"""Text behind the end of a page is kept; ends within raw text are text."""

from __future__ import annotations

import pytest

from converter import convert
from converter.scraper.page_ends import without_page_ends

SOURCES = {
    "<p>一</p></body><p>二</p>": "一\n\n二\n",
    "<p>一</p></html><p>二</p>": "一\n\n二\n",
    "<html><body><p>一</p></body></html>\n<!DOCTYPE html><html><body><p>二</p></body></html>": "一\n\n二\n",
    "<div><html><p>一</p></HTML ><p>二</p></div><p>三</p>": "一\n\n二\n\n三\n",
    "<p>一</p></html>文": "一\n\n文\n",
    "<p>一</p><textarea>\n</html>\nx</textarea></html><p>二</p>": "一\n\n```\n</html>\nx\n```\n\n二\n",
    "<p>一</p><script>'</html>'</script><p>二</p></html><p>三</p>": "一\n\n二\n\n三\n",
    "<p>一</p><!-- </html> --><p>二</p>": "一\n\n二\n",
    "<p>一</p><xmp></body><p>二</p>": "一\n\n```\n</body><p>二</p>\n```\n",
}


@pytest.mark.parametrize("source", SOURCES)
def test_what_follows_the_end_of_a_page_stays(source: str) -> None:
    assert convert(source).text == SOURCES[source]


@pytest.mark.parametrize(
    "markup",
    [b"", b"<p>x</p>", b"<html><body><p>x</p></body>\n</html>\n", b"<p>x</p></BODY></html ></html>", b"</htmlx>a"],
)
def test_a_page_that_ends_at_its_end_stays_as_it_is(markup: bytes) -> None:
    assert without_page_ends(markup) is markup


def test_lines_stay_where_they_are() -> None:
    assert without_page_ends(b"<p>a</html\n\n>b") == b"<p>a\n\nb"
