"""Addresses of images: the ones to try, and the referers to try them with."""

from __future__ import annotations

import pytest

from converter.rules.urls import ImageHost
from converter.sites.tables import IMAGE_HOSTS
from converter.standalone.addresses import candidates, referers
from tests.kit.standalone import ORIGINAL


@pytest.mark.parametrize("row", IMAGE_HOSTS, ids=[row.domain for row in IMAGE_HOSTS])
def test_every_host_is_asked_as_its_row_says(row: ImageHost) -> None:
    for name in (row.domain, f"img.{row.domain}"):
        assert referers(f"https://{name}/x.png") == row.referers
    assert referers(f"https://x{row.domain}/x.png") == ("", f"https://x{row.domain}/")


@pytest.mark.parametrize(
    ("url", "tried"),
    [
        (ORIGINAL, (ORIGINAL,)),
        (ORIGINAL + "?x-oss-process=style/a", (ORIGINAL, ORIGINAL + "?x-oss-process=style/a")),
        ("http://img-blog.csdn.net/2?watermark/2/text/x", ("http://img-blog.csdn.net/2", "http://img-blog.csdn.net/2?watermark/2/text/x")),
        ("http://x.test/a.png?id=3", ("http://x.test/a.png?id=3",)),
    ],
)  # fmt: skip
def test_original_first(url: str, tried: tuple[str, ...]) -> None:
    assert candidates(url) == tried
