"""The local files that documents refer to."""

from __future__ import annotations

import pytest

from converter import convert
from converter.batch.references import local_path, references

LOCAL = {
    "img/a.png": "posts/img/a.png",
    "../a%20b.png?x#y": "a b.png",
    "./中.png": "posts/中.png",
    "../../a.png": "",
    "/a.png": "",
    "//host/a.png": "",
    "http://host/a.png": "",
    "data:image/png;base64,": "",
    "#part": "",
    "other.md": "",
    "a%00b.png": "",
    "http://[": "",
}


@pytest.mark.parametrize("address", LOCAL)
def test_local_paths(address: str) -> None:
    assert local_path(address, "posts") == LOCAL[address]


def test_references_of_html_and_of_markdown() -> None:
    html = convert(b"<p><img src='a.png'><a href='b.zip'>b</a><img src='a.png'><a href='http://c/d'>d</a></p>")
    assert references(html, "x/post.md") == ("x/a.png", "x/b.zip")
    markdown = convert(
        b"---\ntitle: A\n---\n\n![](a.png) [b](<b.zip>) <img src='c.png'>\n\n[d]: ../d.pdf\n", name="post.md"
    )
    assert markdown.kind.is_copied
    assert references(markdown, "x/post.md") == ("x/a.png", "x/b.zip", "x/c.png", "d.pdf")
