"""MHTML: which files are one, the page in it, its images, and files that are none."""

from __future__ import annotations

import base64
import quopri
from pathlib import Path

import pytest

from converter import ConversionError, convert, convert_folder
from converter.source import mhtml
from tests.kit.batch import csdn2md, tree
from tests.kit.image_host import png
from tests.kit.paths import ROOT

URL = "https://blog.csdn.net/u/article/details/7"


def chrome(body: str, *, head: str = "<title>标题</title>", picture: bytes = b"") -> bytes:
    """A page as Chrome saves it."""
    page = f'<!DOCTYPE html><html><head>{head}</head><body><div id="content_views">{body}</div></body></html>'
    quoted = "".join(f"={byte:02X}" if byte > 126 or byte in b"=\r\n" else chr(byte) for byte in page.encode())
    image = base64.encodebytes(picture).decode()
    return (
        (
            f"From: <Saved by Blink>\nSnapshot-Content-Location: {URL}\nSubject: x\nMIME-Version: 1.0\n"
            'Content-Type: multipart/related;\n\ttype="text/html";\n\tboundary="----MultipartBoundary--x----"\n\n\n'
            f"------MultipartBoundary--x----\nContent-Type: text/html\nContent-ID: <frame-1@mhtml.blink>\n"
            f"Content-Transfer-Encoding: quoted-printable\nContent-Location: {URL}\n\n{quoted}\n"
            f"------MultipartBoundary--x----\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n"
            f"Content-Location: https://img-blog.csdnimg.cn/a.png\n\n{image}\n------MultipartBoundary--x------\n"
        )
        .replace("\n", "\r\n")
        .encode()
    )


def test_a_page_that_chrome_saved() -> None:
    document = convert(chrome("<p>正文 a=b</p>"))
    assert str(document) == f"---\ntitle: 标题\noriginal_url: {URL}\n---\n\n正文 a=b\n"


def test_the_address_that_a_page_names_itself() -> None:
    head = '<title>t</title><link rel="canonical" href="https://blog.csdn.net/u/article/details/8">'
    assert "details/8" in str(convert(chrome("<p>x</p>", head=head)))


def test_a_charset_in_the_header_of_the_part() -> None:
    data = chrome("<p>x</p>").replace(b"Content-Type: text/html\r\n", b"Content-Type: text/html; charset=gb2312\r\n")
    assert "<p>x" in mhtml.page_of(data).decode()


@pytest.mark.parametrize(
    "data", [b"", b"<p>x</p>", b"# Subject\n\nMIME-Version: 1.0", b"From: a\n\n<p>x</p>", b"a" * 100, b"a: b\n" * 5000]
)
def test_other_files_are_none(data: bytes) -> None:
    assert not mhtml.is_mhtml(data)


def test_a_file_that_is_cut_within_its_page_is_an_error() -> None:
    data = chrome("<p>x</p>")
    for cut in range(len(data)):
        page_ends = data.index(b"------Multi", data.index(b"<!DOCTYPE"))
        if cut < page_ends + 20:
            with pytest.raises(ConversionError):
                mhtml.page_of(data[:cut])
        elif cut > page_ends + 50:
            assert b"<p>x</p>" in mhtml.page_of(data[:cut])


BROKEN = {
    "another boundary": (b"------MultipartBoundary--x----\r\n", b"------MultipartBoundary--y----\r\n"),
    "no boundary": (b'boundary="----MultipartBoundary--x----"', b'boundary=""'),
    "no page": (b"Content-Type: text/html\r\n", b"Content-Type: text/css\r\n"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_whose_page_cannot_be_found_is_an_error(name: str) -> None:
    data = chrome("<p>x</p>").replace(*BROKEN[name])
    with pytest.raises(ConversionError, match="MHTML without a page in it"):
        convert(data, name="a.mhtml")


def test_a_page_without_other_files_has_no_boundary() -> None:
    page = quopri.encodestring("<html><head></head><body><p>正文</p></body></html>".encode("gb2312"))
    head = f"From: <x>\nSubject: x\nMIME-Version: 1.0\nContent-Type: text/html;\n\tcharset=gb2312\nContent-Location: {URL}\n"
    data = (head + "Content-Transfer-Encoding: quoted-printable\n\n").encode() + page
    assert str(convert(data, name="a.mht")) == f"---\noriginal_url: {URL}\n---\n\n正文\n"


def test_a_part_that_names_no_type_is_what_it_looks_like() -> None:
    data = chrome("<p>x</p>").replace(b"Content-Type: text/html\r\n", b"")
    assert b"<p>x</p>" in mhtml.page_of(data)
    data = chrome("<p>x</p>", picture=png(1)).replace(b"Content-Type: image/png\r\n", b"")
    assert mhtml.images(data).content("https://img-blog.csdnimg.cn/a.png") == png(1)
    assert not mhtml.images(data[:-30]).content("https://img-blog.csdnimg.cn/a.png")  # it may be cut


def test_images_of_another_browser(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    source = ROOT / "fixtures" / "convert" / "page--mhtml-of-another-browser.mhtml"
    (tmp_path / "in" / "p.mhtml").write_bytes(source.read_bytes())
    done = csdn2md("convert", "in", "-o", "out", "--assets", "download", "--verify", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    files = tree(tmp_path / "out")
    (image,) = (name for name in files if name.endswith(".png"))  # both pictures are the same
    assert files["p.md"].decode().count(f"]({image})") == 2


def test_a_folder_with_its_images_and_no_network(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    body = '<p>正文<img src="https://img-blog.csdnimg.cn/a.png"></p>'
    (tmp_path / "in" / "p.mhtml").write_bytes(chrome(body, picture=png(1)))
    done = csdn2md("convert", tmp_path / "in", "-o", tmp_path / "out", "--assets", "download")
    assert done.returncode == 0, done.stderr
    files = tree(tmp_path / "out")
    (image,) = (name for name in files if name.endswith(".png"))
    assert files[image] == png(1)
    assert f"![]({image})" in files["p.md"].decode()


def test_a_folder_is_verified(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "p.mhtml").write_bytes(chrome("<p>正文</p>"))
    assert convert_folder(tmp_path / "in", tmp_path / "out").converted == 1
    done = csdn2md("verify", tmp_path / "out", "--against", tmp_path / "in")
    assert done.returncode == 0, done.stdout + done.stderr
