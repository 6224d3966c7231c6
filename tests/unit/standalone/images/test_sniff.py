"""Image types by their bytes."""

from __future__ import annotations

import pytest

from converter.standalone.images import sniff
from tests.kit.image_host import png

TYPES = [
    (png(1), ".png"),
    (b"\xff\xd8\xff\xe0", ".jpg"),
    (b"GIF89a", ".gif"),
    (b"RIFF\0\0\0\0WEBPVP8 ", ".webp"),
    (b"BM" + bytes(12) + b"\x28\0\0\0", ".bmp"),
    (b"\0\0\0\x1cftypavif", ".avif"),
    (b"\0\0\1\0\1\0\x10\x10\0\0", ".ico"),
    (b"<svg>", ".svg"),
    (b"<!--" + b"a" * 3000 + b"--><svg>", ".svg"),
    (b"<!-- -->" * 400 + b"x", ""),
    (b"<!-- a--><!-- b-- ><svg>-->", ""),
    (b"\xef\xbb\xbf<?xml version='1.0'?><!-- a --><!DOCTYPE svg PUBLIC 'a' 'b'>\n<svg x='1'>", ".svg"),
    *((data, "") for data in (b"", b"<html><svg>", b"BMW is a car", b"RIFF\0\0\0\0WAVE", b"\0\0\0\x1cftypmp42")),
]


@pytest.mark.parametrize(("data", "suffix"), TYPES)
def test_types_by_their_bytes(data: bytes, suffix: str) -> None:
    assert sniff.image_suffix(data) == suffix
