"""Bytes of any encoding and characters of any kind: kept as they are, or replaced and said so."""

from __future__ import annotations

import pytest

from converter import convert
from converter.model import ConversionError, Document

WORDS = "数据库的索引结构，详见第三章。"
PAGE = '<html><head><meta charset="{}"></head><body><p>{}</p></body></html>'


def rules(document: Document) -> set[str]:
    return {finding.rule for finding in document.findings}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb2312", "gb18030", "big5", "utf-16", "utf-32"])
def test_declared_encodings(encoding: str) -> None:
    words = "資料庫的索引結構" if encoding == "big5" else WORDS
    document = convert(PAGE.format(encoding.removesuffix("-sig"), words).encode(encoding))
    assert document.text == words + "\n"
    assert "\ufffd" not in document.text


@pytest.mark.parametrize(
    ("said", "is_in"), [("gbk", "utf-8"), ("utf-8", "gbk"), ("iso-8859-1", "utf-8"), ("x-none", "gbk")]
)
def test_mislabelled(said: str, is_in: str) -> None:
    document = convert(PAGE.format(said, WORDS * 5).encode(is_in))
    assert document.text == WORDS * 5 + "\n"


def test_mixed() -> None:
    data = f"<p>{WORDS * 20}</p>".encode() + f"<p>{WORDS}</p>".encode("gbk")
    document = convert(data)
    assert document.text.startswith(WORDS * 20)
    assert "input/undecodable" in rules(document)


@pytest.mark.parametrize("cut", [1, 2])
def test_truncated(cut: int) -> None:
    document = convert(f"<p>{WORDS * 20}".encode()[:-cut])
    assert document.text.startswith(WORDS * 19)
    assert "input/undecodable" in rules(document)


@pytest.mark.parametrize("reference", ["&#xD800;", "&#xDFFF;", "&#55357;", "&#x110000;", "&#99999999999;"])
def test_references_of_no_character(reference: str) -> None:
    document = convert(f"<p>前{reference}后</p>")
    assert document.text.startswith("前")
    assert document.text.endswith("后\n")
    document.text.encode("utf-8")


@pytest.mark.parametrize("half", ["\ud83d", "\ude00", "\ud83da\ude00"])
def test_half_pairs_in_text(half: str) -> None:
    document = convert(f'<p title="{half}">前{half}后 <a href="/{half}">x</a></p>')
    assert document.text.startswith("前\ufffd")
    str(document).encode("utf-8")


KEPT = {
    "private use": "\ue000\uf8ff",
    "private use, astral": "\U000f0000",
    "astral": "\U0001f600\U00020000",
    "family": "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "combining": "e\u0301\u0323\u20dd",
    "combining alone": "x\u0301",
    "marks, a heap of them": "x" + "\u0300" * 50,
    "bidi": "\u202eabc\u202c",
    "bidi isolates": "\u2067abc\u2069",
    "right to left": "\u05e9\u05dc\u05d5\u05dd",
    "variation selector": "\u2764\ufe0f",
    "zero width joiner": "\u0915\u094d\u200d\u0937",
    "zero width space": "a\u200bb",
    "noncharacter": "a\ufdd0b",
    "replacement": "a\ufffdb",
    "tag characters": "\U000e0041",
}


@pytest.mark.parametrize("name", KEPT)
def test_characters_are_kept(name: str) -> None:
    text = KEPT[name]
    document = convert(f"<p>前{text}后</p>")
    assert document.text == f"前{text}后\n"
    assert convert(f"<pre>前{text}后</pre>".encode()).text == f"```\n前{text}后\n```\n"


@pytest.mark.parametrize("character", [chr(code) for code in (1, 8, 11, 14, 27, 31)])
def test_controls_go_and_are_told(character: str) -> None:
    document = convert(f"<p>{WORDS}{character}{WORDS}</p>".encode())
    assert document.text == f"{WORDS}{WORDS}\n"
    assert "input/control" in rules(document)


@pytest.mark.parametrize(
    "data", [b"", b" \n", b"\xef\xbb\xbf", b"\xff\xfe", b"\0" * 100, b"\x89PNG\r\n\x1a\n", bytes(range(32)) * 9]
)
def test_what_is_no_text_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(ConversionError) as raised:
        convert(data, name="a/b.html")
    assert raised.value.name == "a/b.html"
