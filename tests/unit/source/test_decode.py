from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.model import ConversionError
from converter.source.decode import decode

CHINESE = "<p>中文内容，足够长的一段文字，用来判断编码。</p>\r\n"


@pytest.mark.parametrize(
    ("data", "text", "rules"),
    [
        (CHINESE.encode(), CHINESE, []),
        (codecs.BOM_UTF8 + CHINESE.encode(), CHINESE, []),
        (CHINESE.encode("gbk"), CHINESE, ["input/charset"]),
        (b"<meta charset=gb2312>" + "朱镕基".encode("gbk"), "<meta charset=gb2312>朱镕基", ["input/charset"]),
        (
            b'<meta http-equiv="Content-Type" content="text/html; charset=big5">' + "繁體中文".encode("big5"),
            '<meta http-equiv="Content-Type" content="text/html; charset=big5">繁體中文',
            ["input/charset"],
        ),
        (
            b'<?xml version="1.0" encoding="shift_jis"?>' + "テスト".encode("shift_jis"),
            '<?xml version="1.0" encoding="shift_jis"?>テスト',
            ["input/charset"],
        ),
        (b'<meta charset="gbk">' + "其实是中文".encode(), '<meta charset="gbk">其实是中文', []),
        ("𠮷㐀".encode("gb18030") + "汉字".encode("gb18030"), "𠮷㐀汉字", ["input/charset"]),
        (CHINESE.encode("utf-16"), CHINESE, ["input/charset"]),
        (codecs.BOM_UTF16_BE + CHINESE.encode("utf-16-be"), CHINESE, ["input/charset"]),
        (codecs.BOM_UTF32_LE + CHINESE.encode("utf-32-le"), CHINESE, ["input/charset"]),
        (b"a long enough text with\0 a NUL", "a long enough text with a NUL", ["input/nul"]),
        (CHINESE.encode()[:-20], CHINESE.encode()[:-20].decode("utf-8", "replace"), ["input/undecodable"]),
        ("引用\ufffd的字".encode(), "引用\ufffd的字", []),
        (b"a\tb\r\nc\rd\n", "a\tb\r\nc\rd\n", []),
    ],
)
def test_decodes(data: bytes, text: str, rules: list[str]) -> None:
    found, findings = decode(data)
    assert found == text
    assert [finding.rule for finding in findings] == rules


def test_the_finding_says_how_many_characters_were_lost() -> None:
    _, findings = decode(("很长的中文" * 20).encode() + b"\xff\xff")
    assert findings[0].text.startswith("2 ")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (codecs.BOM_UTF8, "empty"),
        (b"\0\0\0", "empty"),
        (b"\x89PNG\r\n\x1a\n", "^a PNG picture, not a post$"),
        (b"{\\rtf1 a}", "an RTF document, not a post"),
        (b"PK\x03\x04....[Content_Types].xml....word/document.xml", "a Word document, not a post"),
        (b"PK\x03\x04....mimetypeapplication/epub+zip", "an EPUB book, not a post"),
        (b"PK\x03\x04 some zip", "zip"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"%PDF-1.4\n", "PDF"),
        (bytes(range(256)) * 4, "binary"),
        ("没有标记".encode("utf-16-le") + "ascii".encode("utf-16-le"), "binary"),
    ],
)
def test_refuses(data: bytes, message: str) -> None:
    with pytest.raises(ConversionError, match=message):
        decode(data)


@given(st.binary() | st.text().map(lambda text: text.encode("utf-8", "ignore")))
def test_is_total_and_leaves_no_nul(data: bytes) -> None:
    try:
        text, _ = decode(data)
    except ConversionError:
        return
    assert text.strip() and "\0" not in text


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip))
def test_utf8_comes_back_as_it_was(text: str) -> None:
    if text.lstrip("\ufeff") and not text.startswith(("%PDF-", "GIF8")):
        assert decode(text.encode()) == (text.removeprefix("\ufeff"), ())
