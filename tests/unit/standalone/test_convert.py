"""The addresses that a post is written with."""

from __future__ import annotations

import base64
from pathlib import Path
from urllib.parse import unquote

import pytest

from converter.batch.values import MANIFEST_NAME
from converter.options import Options
from converter.pipeline import convert
from converter.standalone.convert import Converter
from converter.standalone.images import asset_files
from converter.standalone.images.asset_files import Layout
from converter.standalone.records import Post, PostRecord, Reference
from tests.kit.image_host import png
from tests.kit.standalone import ORIGINAL, STAMPED, TARGET, URL, converted, learned, saved


def test_image_that_is_here(out: Path) -> None:
    name = saved(out, ORIGINAL, png(1))
    document = converted(out, f'<p>a <img src="{STAMPED}"> b</p>')
    assert document.text == f"a ![](../assets/{name}) b\n"
    assert [finding.kept for finding in document.findings if finding.rule == "image/local"] == [f"../assets/{name}"]
    assert learned(document).references == (Reference("image", ORIGINAL, name, STAMPED.partition("#")[0]),)


def test_image_that_is_not_here_is_as_without_assets(out: Path) -> None:
    html = f'<p>a <img src="{STAMPED}"> <img src="//x.test/b.png"> <img src="c.png"> <img src="file:///d.png"></p>'
    document = converted(out, html)
    assert document.text == convert(html).text
    assert [reference.shown for reference in learned(document).references] == ["", ""]


def test_image_whose_file_is_lost_stays_remote(out: Path) -> None:
    name = saved(out, ORIGINAL, png(1))
    (out / "assets" / name).unlink()
    assert converted(out, f'<img src="{STAMPED}">').text == f"![]({ORIGINAL})\n"


def test_picture_that_links_to_itself(out: Path) -> None:
    name = saved(out, ORIGINAL, png(1))
    document = converted(out, f'<p><a href="{ORIGINAL}"><img src="{ORIGINAL}"></a></p>')
    assert document.text == f"[![](../assets/{name})](../assets/{name})\n"


def test_data_image_becomes_a_file(out: Path) -> None:
    data = base64.b64encode(png(5)).decode()
    document = converted(out, f'<img src="data:image/jpeg;base64,{data}">')
    name = asset_files.asset_name(png(5), ".png")
    assert document.text == f"![](../assets/{name})\n"
    assert (out / "assets" / name).read_bytes() == png(5)


BESIDE = [
    ("page_files/a.png", png(6), True),
    ("./page_files/a%20b.png", png(6), True),
    ("page_files/text.png", b"no image", False),
    ("../outside.png", png(6), False),
    ("page_files/program.exe", png(6), False),
]


@pytest.mark.parametrize(("address", "data", "becomes"), BESIDE, ids=[row[0] for row in BESIDE])
def test_image_that_was_saved_beside_its_page(out: Path, address: str, data: bytes, becomes: bool) -> None:
    """It goes where the other images are, because its folder may be no part of the built site."""
    folder = out / "source"
    picture = folder / unquote(address)
    picture.parent.mkdir(parents=True, exist_ok=True)
    picture.write_bytes(data)
    html = f'<div id="content_views"><img src="{address}"></div>'
    document = Converter(lookup=out / MANIFEST_NAME, layout=Layout(out, out / "assets"))(
        html.encode(), name=str(folder / "page.html"), output="page.md", options=Options()
    )
    local = f"![](assets/{asset_files.asset_name(data, '.png')})\n"
    assert document.text == (local if becomes else convert(html).text)


def test_check_writes_nothing(out: Path) -> None:
    data = base64.b64encode(png(5)).decode()
    html = f'<img src="data:image/png;base64,{data}">'
    assert converted(out, html, writes=False).text == converted(out, html).text
    (out / "assets" / asset_files.asset_name(png(5), ".png")).unlink()
    converted(out, html, writes=False)
    assert not (out / "assets" / asset_files.asset_name(png(5), ".png")).exists()


def test_data_that_is_no_image_stays(out: Path) -> None:
    assert converted(out, '<img src="data:image/png;base64,AAAA">').text == "![](data:image/png;base64,AAAA)\n"


def test_drawing_becomes_a_file(out: Path) -> None:
    html = '<div class="mermaid"><svg width="90" height="60"><rect/><text>开始</text></svg></div>'
    document = converted(out, f"<p>a</p>{html}<p>b</p>")
    (path,) = (out / "assets").rglob("*.svg")
    assert document.text == f"a\n\n![开始](../assets/{path.relative_to(out / 'assets').as_posix()})\n\nb\n"


RELATIVE = [
    ('<a href="../x.html#y">x</a>', "[x](https://blog.csdn.net/someone/article/x.html#y)"),
    ('<a href="/x">x</a>', "[x](https://blog.csdn.net/x)"),
    ('<a href="#x">x</a>', "[x](#x)"),
    ('<a href="here.txt">x</a>', "[x](here.txt)"),
    ('<a href="//x.test/y">x</a>', "[x](https://x.test/y)"),
    ('<a href="mailto:x@x.test">x</a>', "[x](mailto:x@x.test)"),
    ('<img src="/x.png">', "![](https://blog.csdn.net/x.png)"),
    ('<img src="here.txt">', "![](here.txt)"),
]


@pytest.mark.parametrize(("html", "text"), RELATIVE, ids=[row[0] for row in RELATIVE])
def test_address_relative_to_the_old_page(out: Path, html: str, text: str) -> None:
    """What was beside the page on its old site is there still; what lies beside the source is brought along."""
    (out / "here.txt").touch()
    source = out / "post.md"
    source.touch()
    converter = Converter(lookup=out / MANIFEST_NAME, layout=Layout(out, out / "assets"), links="relative")
    front = f"---\ntitle: x\noriginal_url: {URL}\n---\n"
    data = f'{front}<div class="blog-content-box">{html}</div>'.encode()
    assert converter(data, name=str(source), output="a/p.md", options=Options()).text == text + "\n"
    assert converter(data, name="archive.zip/post.md", output="a/p.md", options=Options()).text == convert(html).text


def test_markdown_stays_as_it_is(out: Path) -> None:
    name = saved(out, ORIGINAL, png(1))
    source = f"---\ntitle: x\nartid: 99\n---\n\n![]({ORIGINAL}) [x]({URL})\n"
    converter = Converter(
        lookup=out / MANIFEST_NAME,
        layout=Layout(out, out / "assets"),
        links="relative",
        old_address_key="redirect_from",
    )
    document = converter(source.encode(), name="a.md", output="a.md", options=Options())
    assert str(document) == source
    assert name not in str(document)


def test_what_is_learned_of_a_post(out: Path) -> None:
    document = converted(
        out, f'<a href="{URL}">x</a>', front="date: 2020-01-01\nartid: 42\ncategories: [a, b]\n", links="relative"
    )
    assert learned(document) == PostRecord(
        Post("a/post.md", "42", "", "x", "2020-01-01", ("a", "b")), (Reference("link", "1234567", TARGET.output),)
    )


def test_old_address_in_the_front_matter(out: Path) -> None:
    front = f"original_url: {URL}\n"
    document = converted(out, "<p>a</p>", front=front, old_address_key="redirect_from")
    assert document.front_matter == (f'---\ntitle: x\n{front}redirect_from: "/someone/article/details/1234567"\n---\n')
    again = converted(out, "<p>a</p>", front=front + "redirect_from: /x\n", old_address_key="redirect_from")
    assert again.front_matter.count("redirect_from") == 1
