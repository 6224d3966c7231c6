"""A post among others: which addresses it is written with."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from converter.batch.values import NotedDocument
from converter.model import OptionError
from converter.options import Options
from converter.pipeline import convert
from converter.rules.urls import ImageHost
from converter.sites.tables import IMAGE_HOSTS
from converter.standalone import links, redirects
from converter.standalone.addresses import candidates, referers
from converter.standalone.convert import Converter
from converter.standalone.database import SAVED, ArchiveDatabase, Image
from converter.standalone.images import asset_files, sniff
from converter.standalone.images.asset_files import Layout
from converter.standalone.records import Post, PostRecord, Reference
from tests.kit.image_host import png

TARGET = Post("b/2020-01-02-other post.md", "1234567", "someone", "其他", "2020-01-02 03:04:05 +0800", ("杂 项",))
STAMPED = "https://i-blog.csdnimg.cn/a.png?x-oss-process=image/watermark,size_16#pic_center"
ORIGINAL = "https://i-blog.csdnimg.cn/a.png"
URL = "https://blog.csdn.net/someone/article/details/1234567"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    database = ArchiveDatabase.open(tmp_path)
    database.record_posts([PostRecord(TARGET, (Reference("image", ORIGINAL, served=STAMPED),))])
    database.close()
    return tmp_path


def saved(out: Path, address: str, data: bytes, suffix: str = ".png") -> str:
    name = asset_files.save_asset(out / "assets", data, suffix)
    database = ArchiveDatabase.open(out)
    database.record_images([Image(address, address, SAVED, name, len(data), address)])
    database.close()
    return name


def converted(out: Path, html: str, output: str = "a/post.md", *, front: str = "", **given: object) -> NotedDocument:
    given.setdefault("layout", Layout(out, out / "assets"))
    source = f'---\ntitle: x\n{front}---\n<div class="blog-content-box">{html}</div>' if front else html
    converter = Converter(out=out, **given)  # type: ignore[arg-type]
    document = converter(source.encode(), name="post.html", output=output, options=Options())
    assert isinstance(document, NotedDocument)
    return document


def learned(document: NotedDocument) -> PostRecord:
    assert isinstance(document.note, PostRecord)
    return document.note


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


def test_data_image_becomes_a_file(out: Path) -> None:
    data = base64.b64encode(png(5)).decode()
    document = converted(out, f'<img src="data:image/jpeg;base64,{data}">')
    name = asset_files.asset_name(png(5), ".png")
    assert document.text == f"![](../assets/{name})\n"
    assert (out / "assets" / name).read_bytes() == png(5)


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
    assert convert(f"<p>a</p>{html}<p>b</p>").text == "a\n\nb\n"


LINKS = [
    ("relative", URL, "../b/2020-01-02-other%20post.md"),
    ("relative", URL + "#t 3", "../b/2020-01-02-other%20post.md#t-3"),
    ("relative", "https://link.csdn.net/?target=" + URL.replace(":", "%3A"), "../b/2020-01-02-other%20post.md"),
    ("relative", URL + "9", URL + "9"),
    ("jekyll", URL, URL),
    ("/:year/:month/:day/:title.html", URL, "/2020/01/02/other%20post.html"),
    ("/p/:id/:slug/", URL + "#x", "/p/1234567/other-post/#x"),
    ("/:categories/:user", URL, "/%E6%9D%82%20%E9%A1%B9/someone"),
    ("https://me.example/:path/", URL, "https://me.example/b/2020-01-02-other%20post/"),
]


@pytest.mark.parametrize(("style", "href", "written"), LINKS, ids=[f"{row[0]} {row[1][-20:]}" for row in LINKS])
def test_links(out: Path, style: str, href: str, written: str) -> None:
    assert converted(out, f'<p><a href="{href}">x</a></p>', links=style).text == f"[x]({written})\n"


def test_links_stay_without_being_asked(out: Path) -> None:
    assert converted(out, f'<a href="{URL}">x</a>').text == f"[x]({URL})\n"


RELATIVE = [
    ('<a href="../x.html#y">x</a>', "[x](https://blog.csdn.net/someone/article/x.html#y)"),
    ('<a href="/x">x</a>', "[x](https://blog.csdn.net/x)"),
    ('<a href="#x">x</a>', "[x](#x)"),
    ('<a href="here.txt">x</a>', "[x](here.txt)"),
    ('<a href="//x.test/y">x</a>', "[x](//x.test/y)"),
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
    converter = Converter(out=out, layout=Layout(out, out / "assets"), links="relative")
    front = f"---\ntitle: x\noriginal_url: {URL}\n---\n"
    data = f'{front}<div class="blog-content-box">{html}</div>'.encode()
    assert converter(data, name=str(source), output="a/p.md", options=Options()).text == text + "\n"
    assert converter(data, name="archive.zip/post.md", output="a/p.md", options=Options()).text == convert(html).text


def test_link_to_itself(out: Path) -> None:
    html = f'<a href="{URL}#end">x</a>'
    assert converted(out, html, TARGET.output, links="relative").text == "[x](#end)\n"


@pytest.mark.parametrize(
    ("style", "tag"),
    [("jekyll", "{% post_url 2020-01-02-x %}#t3"), ("hugo", "{{< relref ../_posts/2020-01-02-x.md >}}#t3")],
)
def test_template_tags_are_written_as_they_are(out: Path, style: str, tag: str) -> None:
    database = ArchiveDatabase.open(out)
    database.record_posts([PostRecord(Post("_posts/2020-01-02-x.md", "777"))])
    database.close()
    link = '<a href="https://blog.csdn.net/u/article/details/777#t3">x</a>'
    assert converted(out, f"<p>{link}</p>", links=style).text == f"[x]({tag})\n"
    table = converted(
        out, f'<table><tr><td rowspan="2">{link}</td><td>b</td></tr><tr><td>c</td></tr></table>', links=style
    )
    assert f'<a href="{tag}">x</a>' in table.text


def test_no_tags_where_liquid_is_off(out: Path) -> None:
    database = ArchiveDatabase.open(out)
    database.record_posts([PostRecord(Post("_posts/2020-01-02-x.md", "777"))])
    database.close()
    link = '<a href="https://blog.csdn.net/u/article/details/777">x</a>'
    document = converted(out, link, links="jekyll", front="render_with_liquid: false\n")
    assert "details/777" in document.text
    assert "link/liquid-off" in [finding.rule for finding in document.findings]


@pytest.mark.parametrize("name", ["relativ", "/:nonsense/"])
def test_unknown_styles(name: str) -> None:
    with pytest.raises(OptionError):
        links.style_of(name)


def test_markdown_stays_as_it_is(out: Path) -> None:
    name = saved(out, ORIGINAL, png(1))
    source = f"---\ntitle: x\nartid: 99\n---\n\n![]({ORIGINAL}) [x]({URL})\n"
    converter = Converter(
        out=out, layout=Layout(out, out / "assets"), links="relative", old_address_key="redirect_from"
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


def test_outdated_posts(out: Path) -> None:
    database = ArchiveDatabase.open(out)
    database.record_posts(
        [
            PostRecord(Post("one.md", "1"), (Reference("link", "2", ""),)),
            PostRecord(Post("three.md", "3"), (Reference("link", "9", ""),)),
        ]
    )
    assert list(database.outdated_posts()) == []
    database.record_posts([PostRecord(Post("two.md", "2"))])
    assert list(database.outdated_posts()) == ["one.md"]
    database.record_posts([PostRecord(Post("one.md", "1"), (Reference("link", "2", "two.md"),))])
    assert list(database.outdated_posts()) == []
    database.remove_posts(["two.md"])
    assert list(database.outdated_posts()) == ["one.md"]
    database.record_images([Image(ORIGINAL, STAMPED, SAVED, "ab/x.png", 1, ORIGINAL)])
    assert list(database.outdated_posts()) == [TARGET.output, "one.md"]
    database.close()


OLD = "https://blog.csdn.net/someone/article/details/1234567"
BARE = "https://blog.csdn.net/article/details/5"
REDIRECTS = {
    "r.json": f'{{\n  "{OLD}": "/1234567/",\n  "{BARE}": "/5/"\n}}\n',
    "r.csv": f"old,new,id,file\n{OLD},/1234567/,1234567,b/2020-01-02-other post.md\n{BARE},/5/,5,c.md\n",
    "_redirects": "/someone/article/details/1234567 /1234567/ 301\n/article/details/1234567 /1234567/ 301\n"
    "/article/details/5 /5/ 301\n",
    "r.map": "# In a server: if ($csdn2md_target) { return 301 $csdn2md_target; }\nmap $uri $csdn2md_target {\n"
    '    default "";\n    "/someone/article/details/1234567" "/1234567/";\n'
    '    "/article/details/1234567" "/1234567/";\n    "/article/details/5" "/5/";\n}\n',
}


@pytest.mark.parametrize(("name", "text"), REDIRECTS.items(), ids=REDIRECTS)
def test_redirects(out: Path, name: str, text: str) -> None:
    database = ArchiveDatabase.open(out)
    database.record_posts([PostRecord(Post("c.md", "5")), PostRecord(Post("d.md", "5")), PostRecord(Post("e.md"))])
    redirects.write(out / name, redirects.redirects(database, "/:id/"))
    assert (out / name).read_text() == text
    database.close()


def test_redirects_of_unknown_form(tmp_path: Path) -> None:
    with pytest.raises(OptionError):
        redirects.writer_of(tmp_path / "r.txt")


TYPES = [
    (png(1), ".png"),
    (b"\xff\xd8\xff\xe0", ".jpg"),
    (b"GIF89a", ".gif"),
    (b"RIFF\0\0\0\0WEBPVP8 ", ".webp"),
    (b"BM" + bytes(12) + b"\x28\0\0\0", ".bmp"),
    (b"\0\0\0\x1cftypavif", ".avif"),
    (b"\0\0\1\0\1\0\x10\x10\0\0", ".ico"),
    (b"<svg>", ".svg"),
    (b"\xef\xbb\xbf<?xml version='1.0'?><!-- a --><!DOCTYPE svg PUBLIC 'a' 'b'>\n<svg x='1'>", ".svg"),
    *((data, "") for data in (b"", b"<html><svg>", b"BMW is a car", b"RIFF\0\0\0\0WAVE", b"\0\0\0\x1cftypmp42")),
]


@pytest.mark.parametrize(("data", "suffix"), TYPES)
def test_types_by_their_bytes(data: bytes, suffix: str) -> None:
    assert sniff.image_suffix(data) == suffix
