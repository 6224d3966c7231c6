"""Links between the posts of an archive."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.model import OptionError
from converter.standalone import links
from converter.standalone.records import Post, PostRecord
from tests.kit.standalone import TARGET, URL, converted, open_database

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


def test_link_to_itself(out: Path) -> None:
    html = f'<a href="{URL}#end">x</a>'
    assert converted(out, html, TARGET.output, links="relative").text == "[x](#end)\n"


@pytest.mark.parametrize(
    ("style", "tag"),
    [("jekyll", "{% post_url 2020-01-02-x %}#t3"), ("hugo", "{{< relref ../_posts/2020-01-02-x.md >}}#t3")],
)
def test_template_tags_are_written_as_they_are(out: Path, style: str, tag: str) -> None:
    database = open_database(out)
    database.record_posts([PostRecord(Post("_posts/2020-01-02-x.md", "777"))])
    database.close()
    link = '<a href="https://blog.csdn.net/u/article/details/777#t3">x</a>'
    assert converted(out, f"<p>{link}</p>", links=style).text == f"[x]({tag})\n"
    table = converted(
        out, f'<table><tr><td rowspan="2">{link}</td><td>b</td></tr><tr><td>c</td></tr></table>', links=style
    )
    assert f'<a href="{tag}">x</a>' in table.text


def test_no_tags_where_liquid_is_off(out: Path) -> None:
    database = open_database(out)
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
