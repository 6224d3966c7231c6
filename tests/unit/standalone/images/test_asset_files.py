"""Where the images of a post are, and which address the post has for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.standalone.images.asset_files import Layout
from tests.kit.image_host import png
from tests.kit.standalone import ORIGINAL, converted, saved


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ({}, "../assets/{name}"),
        ({"base": "/static/"}, "/static/{name}"),
        ({"per_post": True}, "post.assets/{base}"),
        ({"per_post": True, "base": "/blog"}, "/blog/a/post.assets/{base}"),
    ],
)
def test_layouts(out: Path, given: dict[str, object], address: str) -> None:
    name = saved(out, ORIGINAL, png(1))
    layout = Layout(out, out / "assets", **given)  # type: ignore[arg-type]
    document = converted(out, f'<img src="{ORIGINAL}">', layout=layout)
    assert document.text == f"![]({address.format(name=name, base=name.rpartition('/')[2])})\n"
    if layout.per_post:
        assert (out / "a" / "post.assets" / name.rpartition("/")[2]).read_bytes() == png(1)
