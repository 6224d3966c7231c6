from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from converter.extract.addresses import web_address
from converter.scraper.markers import markers


def test_escaped_markers_are_text() -> None:
    assert markers('&lt;p class_="artid"&gt; <code>class_="artid"</code>') == []


@given(st.text() | st.from_regex(r"(<p (alt=\"[0-9a-f:]*\" )?class_=\"artid\">)+[0-9a-f:]*", fullmatch=True))
def test_markers_are_total(body: str) -> None:
    assert all(marker.url == "" or web_address(marker.url) for marker in markers(body))
