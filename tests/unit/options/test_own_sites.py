"""Sites of a user's own: read from tables, checked with file and line, written back, and used by every command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from converter import OptionError, Options, convert
from converter.batch.remembered_settings import from_json, to_json
from converter.batch.values import Job
from converter.extract.addresses import is_of_first_site
from converter.hook import main
from converter.options import files
from converter.options.own_fields import FIELDS
from converter.options.own_patterns import address_pattern, is_address_form, is_safe
from converter.options.own_sites import data_of, own_sites
from converter.sites.record import Site
from converter.standalone.addresses import referers
from converter.verify import verify
from tests.kit.batch import csdn2md, html_post

ROW = '[[site]]\nname = "mine"\nchrome = [{class = "share-box"}]\n'
"""The three lines of docs/configuration.md."""
EVERY = """
[[site]]
name = "mine"
roots = [{class = "wiki-body"}, {id = "wiki"}, {element = "wiki-page", inside = "wiki"}]
chrome = [{class = "share:box"}, {id = "tools", holds = "page", rule = "tools", origin = "our wiki"}]
metadata = [
  {field = "title", holder = "text", name = ".wiki-title h1"},
  {field = "author", holder = "attribute", name = "a.by@title", pattern = "(.*)"},
]
wrappers = ["wiki-body"]
title-names = ["Our Wiki"]
tag-links = [".labels a"]
category-links = ["a.room"]
category-addresses = ["/rooms/"]
redirects = [{address = "wiki.example/go", field = "to"}]
keyword-links = ['https://wiki\\.example/terms/']
link-cards = [{class = "card", title = "card-name"}]
article-addresses = ["https://wiki.example/{user}/p/{id}.html", "wiki.example/p/{id}"]
image-hosts = [{domain = "img.wiki.example", referer = "https://wiki.example/"}, {domain = "img.wiki.example", referer = "none"}]
formula-servers = ["wiki.example/draw.php"]
furniture-images = ["/copy-icon."]
equation-servers = [{address = "wiki.example/tex?", field = "q"}]
"""
PAGE = """<!DOCTYPE html>
<html><head><title>Page - Our Wiki</title></head><body><div class="wiki-title"><h1>读写锁</h1></div>
<a class="by" title="张三">x</a><div class="labels"><a href="/l/1">锁</a><a href="/rooms/2">并发</a></div>
<article><p>这是别的文章，它的字更多，可是它不在自己的规则所说的元素里，所以不是正文。</p></article>
<div class="wiki-body"><p>读锁可以有许多个，写锁只能有一个。</p><div class="share:box">分享到</div></div></body></html>
"""


def sites(text: str) -> tuple[object, ...]:
    return files.sites_in(text.encode(), "f")


def test_every_field_is_read_and_written_back() -> None:
    (site,) = files.sites_in(EVERY.encode(), "f")
    data = data_of(site)
    assert all(data[field] for field in FIELDS)
    assert own_sites([data], "f") == (site,)
    assert own_sites(json.loads(json.dumps([data])), "f") == (site,)
    assert [row.rule for row in (*site.chrome_by_class, *site.chrome_by_id)] == [
        "site.mine/share-box",
        "site.mine/tools",
    ]


def test_its_rows_come_before_those_of_all_sites() -> None:
    document = convert(PAGE, options=Options(sites=files.sites_in(EVERY.encode(), "f")))
    assert document.text == "读锁可以有许多个，写锁只能有一个。\n"
    meta = document.metadata
    assert (meta.title, meta.author, meta.tags, meta.categories) == ("读写锁", "张三", ("锁",), ("并发",))
    assert "这是别的文章" in convert(PAGE).text
    assert convert(PAGE.replace("h1", "h2"), options=Options(sites=own_sites([{"name": "a", "title-names": ["Our Wiki"]}], "f"))).metadata.title == "Page"  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ('name = "Mine"', '6: name: must be a name of small letters, digits and -, not "Mine"'),
        ("chrome = []", "5: name: must be a name of small letters, digits and -, not None"),
        ('name = "m"\nchrom = []', "7: chrom: unknown key: did you mean 'chrome'? allowed are name, roots, "),
        ('name = "m"\nchrome = "a"', '7: chrome: must be a list, not "a"'),
        ('name = "m"\nchrome = ["a"]', '7: chrome: must be a list of tables, not ["a"]'),
        ('name = "m"\nchrome = [{class = "a", clas = "b"}]', "7: chrome: clas: unknown key: did you mean 'class'?"),
        ('name = "m"\nchrome = [{class = "a b"}]', '7: chrome: class: must be one word, not "a b"'),
        ('name = "m"\nchrome = [\n{class = "a"},\n{class = "b", holds = "all"}]', "9: chrome: holds: must be one of "),
        ('name = "m"\nchrome = [{origin = "x"}]', "7: chrome: must have one of class, id"),
        ('name = "m"\nroots = [{class = "x", id = "y"}]', "7: roots: must have one of class, id, element"),
        ('name = "m"\ntag-links = ["div > a"]', "7: tag-links: must be a selector, as "),
        ('name = "m"\nkeyword-links = ["("]', "7: keyword-links: must be a regular expression in which one "),
        ('name = "m"\ntitle-names = ["(a+)+b"]', "7: title-names: must be a regular expression in which one "),
        ('name = "m"\nwrappers = ["a b"]', '7: wrappers: must be one word, not "a b"'),
        ('name = "m"\nlink-cards = [{class = "card"}]', "7: link-cards: must have title"),
        ('name = "m"\narticle-addresses = ["https://a.example/p/"]', "7: article-addresses: must be an address with "),
        ('name = "m"\nimage-hosts = [{domain = "http://a.b", referer = "own"}]', "7: image-hosts: domain: must be a "),
        ('name = "m"\nimage-hosts = [{domain = "a.b", referer = "mine"}]', "7: image-hosts: referer: must be none, "),
        ('name = "m"\nformula-servers = [""]', '7: formula-servers: must be a text, not ""'),
        ('name = "m"\nredirects = [{address = "x"}]', "7: redirects: must have field"),
        ('name = "m"\nredirects = [{address = 1, field = "x"}]', "7: redirects: address: must be a text, not 1"),
        (
            'name = "m"\nmetadata = [{field = "titel", holder = "text", name = "a"}]',
            "7: metadata: field: must be one of ",
        ),
        ('name = "m"\nmetadata = [{field = "title", holder = "text", name = "a >b"}]', "7: metadata: name: must be a "),
        ('name = "m"\nmetadata = [{field = "title", holder = "text", name = "a@b"}]', "7: metadata: name: must be a "),
        (
            'name = "m"\nmetadata = [{field = "title", holder = "attribute", name = "a"}]',
            "7: metadata: name: must be a ",
        ),
    ],
)
def test_errors_name_file_line_and_field(lines: str, message: str) -> None:
    text = f'# mine\n\n[[site]]\nname = "first"\n[[site]]\n{lines}\n'
    with pytest.raises(OptionError) as caught:
        files.sites_in(text.encode(), "some/.csdn2md.toml")
    assert str(caught.value).startswith(f"some/.csdn2md.toml:{message}")


def test_other_errors() -> None:
    with pytest.raises(OptionError, match=r"^f: site: must be a list of tables, not 1$"):
        files.sites_in(b"site = 1", "f")
    with pytest.raises(OptionError, match=r"^options: site: must be a list of tables, not 1$"):
        Options(sites=1)  # type: ignore[arg-type]
    with pytest.raises(OptionError, match=r"^options: name: must be a name "):
        Options(sites=[{}])  # type: ignore[arg-type]


def test_the_state_of_a_run_remembers_them() -> None:
    options = Options(sites=files.sites_in(EVERY.encode(), "f"))
    assert from_json(to_json(Job(sources=("a",), options=options))).options == options
    assert '"sites"' not in to_json(Job(sources=("a",)))


def test_a_row_that_takes_too_much_is_a_difference() -> None:
    """Verification knows the row, but asks what it may hold by itself."""
    mine = Options(sites=own_sites([{"name": "mine", "chrome": [{"class": "box"}]}], "f"))
    post = '<div id="content_views"><p>文</p><div class="box">%s</div></div>'
    assert verify(post % "分享", "文\n", options=mine).perfect
    assert not verify(post % "分享", "文\n").perfect
    assert not verify(post % "这里是作者写的一句话，而不是按钮上的字。", "文\n", options=mine).perfect


def test_three_lines_in_a_folder_of_posts(tmp_path: Path) -> None:
    posts = tmp_path / "posts"
    posts.mkdir()
    (posts / "a.md").write_bytes(html_post("文", '<div class="share-box">分享到</div>'))
    assert "分享到" in csdn2md("convert", posts / "a.md", "-o", "-").stdout
    (tmp_path / ".csdn2md.toml").write_text(ROW)
    done = csdn2md("convert", posts, "-o", tmp_path / "out", "--verify", "--strict")
    assert done.returncode == 0, done.stderr
    assert "分享到" not in (tmp_path / "out/a.md").read_text("utf-8")
    (tmp_path / ".csdn2md.toml").unlink()
    assert csdn2md("verify", tmp_path / "out").returncode == 0
    (tmp_path / "rules.toml").write_text(ROW)
    rules = ("--rules", tmp_path / "rules.toml")
    assert "分享到" not in csdn2md("convert", posts / "a.md", "-o", "-", *rules).stdout
    assert "site.mine/share-box" in csdn2md("explain", posts / "a.md", *rules).stdout
    assert csdn2md("rule", "site.mine/share-box", *rules).stdout.splitlines()[2] == "  from: mine (class share-box)"
    (tmp_path / "rules.toml").write_text("flavor = 'hugo'\n")
    done = csdn2md("convert", posts / "a.md", "-o", "-", *rules)
    assert (done.returncode, "flavor: unknown key: allowed are site" in done.stderr) == (2, True)


def test_the_hook_and_a_project_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_bytes(html_post("文", '<div class="share-box">分享到</div>'))
    Path("pyproject.toml").write_text(ROW.replace("[[site]]", "[[tool.csdn2md.site]]"))
    assert main(["a.md"]) == 1
    assert "分享到" not in Path("a.md").read_text("utf-8")


PATTERNS = {
    r"https://wiki\.example/terms/": True,
    r"(\d+)": True,
    r"昵称\s*+[:：]\s*+(\S+)": True,
    r"版本?\s{0,4}(\d+)": True,
    r"(?>a+)b+": True,
    r"": False,
    r"(": False,
    r"(a+)+$": False,
    r"(?:a|a)*$": False,
    r"(?:a?){20}a{20}": False,
    r".*a.*b": False,
    r"(?=(a+)+$)": False,
    r"(?:(a+)+)++b": False,
    r"a{1,4000}a{1,4000}b": False,
}
"""Patterns, and whether a user's own may be so."""


@pytest.mark.parametrize(("pattern", "safe"), PATTERNS.items())
def test_a_pattern_cannot_take_for_ever(pattern: str, safe: bool) -> None:
    assert is_safe(pattern) is safe


def test_forms_of_addresses() -> None:
    form = address_pattern("https://www.wiki.example/{user}/p/{id}.html")
    for address in ("http://wiki.example/ann/p/12.html", "//www.wiki.example/ann/p/12.html?from=search"):
        assert (match := form.match(address)) is not None, address
        assert match.groupdict() == {"user": "ann", "id": "12"}
    assert not form.match("https://wiki.example.org/ann/p/12.html")
    assert not form.match("https://wikiXexample/ann/p/12.html")
    bare = address_pattern("wiki.example/p/{id}").match("https://wiki.example/p/a-1")
    assert bare is not None and bare.groupdict() == {"user": None, "id": "a-1"}
    for text in ("wiki.example/p/", "{id}/p", "a.b/{id}/{id}", "a.b/{id}/{x}", "a.b/{id} c"):
        assert not is_address_form(text), text


MINE = own_sites(
    [
        {
            "name": "mine",
            "wrappers": ["wiki-body"],
            "metadata": [{"field": "url", "holder": "meta", "name": "wiki-address"}],
            "link-cards": [{"class": "card", "title": "card-name"}],
            "article-addresses": ["https://wiki.example/p/{id}"],
            "formula-servers": ["wiki.example/draw"],
        }
    ],
    "f",
)


def test_a_wrapper_shows_a_post() -> None:
    """Also in Markdown, and verification reads it the same way."""
    post = '---\ntitle: a\n---\n开头的一句。\n\n<div class="wiki-body"><p>这是<b>正文</b>的一段。</p>\n\n<p>又一段。</p></div>\n\n**结尾**的一句。\n'
    assert convert(post, name="a.md").kind.is_copied
    document = convert(post, name="a.md", options=Options(sites=MINE))
    assert document.kind.name == "mixed"
    assert "这是**正文**的一段。" in document.text and "wiki-body" not in document.text
    assert verify(post, str(document), options=Options(sites=MINE)).perfect
    whole = '<div class="wiki-body"><p>一段。</p></div>'
    assert convert(whole, name="a.md", options=Options(sites=MINE, assume="post")).text == "一段。\n"


def test_cards_and_formulas() -> None:
    post = (
        '<div id="content_views"><p>文</p><p><a href="https://a.example/b"><span class="card"><span class="card-name">题目'
        '</span><span>很长的说明</span></span></a></p><p><img src="https://wiki.example/draw?x%5E2"></p></div>'
    )
    document = convert(post, options=Options(sites=MINE))
    assert document.text == "文\n\n[题目](https://a.example/b)\n\n$x^2$\n"
    assert "chrome/link-card" in [finding.rule for finding in document.findings]
    assert verify(post, document.text, options=Options(sites=MINE)).perfect
    assert not verify(post, document.text).perfect


def test_the_address_of_an_article() -> None:
    page = (
        '<!DOCTYPE html><html><head><meta name="wiki-address" content="https://wiki.example/p/12?from=search"></head>'
        "<body><article><p>转自：https://wiki.example/p/12</p><p>读锁可以有许多个，写锁只能有一个。</p></article></body></html>"
    )
    meta = convert(page, options=Options(sites=MINE)).metadata
    assert (meta.url, meta.article_id, meta.source_url) == ("https://wiki.example/p/12", "mine:12", "")
    assert convert(page).metadata.article_id == ""
    assert not is_of_first_site(meta.article_id)


def test_links_between_its_articles_become_local(tmp_path: Path) -> None:
    for number, other in ((1, 2), (2, 1)):
        (tmp_path / f"posts{number}.html").write_text(
            f'<!DOCTYPE html><html><head><meta name="wiki-address" content="https://wiki.example/p/{number}"></head><body>'
            f'<article><p>见<a href="http://www.wiki.example/p/{other}">另一篇</a>，它说的是同一件事。</p></article></body></html>'
        )
    (tmp_path / ".csdn2md.toml").write_text(tomli_w(MINE[0]))
    done = csdn2md("convert", *sorted(tmp_path.glob("*.html")), "-o", tmp_path / "out", "--link-local", "relative")
    assert done.returncode == 0, done.stderr
    assert "[另一篇](posts2.md)" in next((tmp_path / "out").rglob("posts1.md")).read_text("utf-8")


def tomli_w(site: Site) -> str:
    """Return a site as TOML: its fields are lists of texts or tables of texts, as in JSON but for the colons."""
    lines = ["[[site]]", f'name = "{site.name}"']
    for field, entries in data_of(site).items():
        if field != "name" and entries:
            shown = (
                "{" + ", ".join(f"{key} = {json.dumps(value)}" for key, value in entry.items()) + "}"
                if isinstance(entry, dict)
                else json.dumps(entry)
                for entry in entries
            )
            lines.append(f"{field} = [{', '.join(shown)}]")
    return "\n".join(lines) + "\n"


def test_how_to_ask_for_images() -> None:
    (site,) = files.sites_in(EVERY.encode(), "f")
    assert referers("https://a.img.wiki.example/x.png", site.image_hosts) == ("https://wiki.example/", "")
    assert referers("https://a.img.wiki.example/x.png") == ("", "https://a.img.wiki.example/")
