"""Posts on real Jekyll, Hugo and Hexo sites: template tags and scripts of an article stay plain text."""

from __future__ import annotations

import html
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree
from lxml.etree import _Element

from converter import convert
from converter.options import Options
from tests.kit.paths import ROOT
from tests.kit.sites import Built, SiteError, build, why_missing
from tests.system import site_fidelity

pytestmark = pytest.mark.slow

FORBIDDEN = (
    "{{ site.github }}",
    "{% include x %}",
    "{{< figure >}}",
    "{{% figure %}}",
    "<script>alert(1)</script>",
    "{% raw %} {% endraw %}",
    "{# comment #}",
    "{{</* figure */>}}",
    "{{< open",
    "{% open",
    "{{ open",
    "{{{ three }}}",
)
FRONT = "---\ntitle: post\ndate: 2020-01-02 03:04:05\n---\n"


def post(words: str) -> str:
    """Return a post that holds the words in every position that can hold text."""
    text = html.escape(words)
    address = f"https://a.example/{text}"
    parts = (
        f"<p>{text}</p><h2>{text}</h2><p>a <strong>{text}</strong> b <code>{text}</code> c</p>"
        f"<ul><li>{text}</li></ul><blockquote><p>{text}</p></blockquote>"
        f'<p><a href="{address}" title="{text}">link</a> <img src="{address}" alt="{text}" title="{text}"></p>'
        f"<pre><code>{text}\n\nsecond</code></pre><ul><li><p>x</p><pre><code>{text}</code></pre></li></ul>"
        f"<table><tr><th>h</th><th>i</th></tr><tr><td>{text}</td><td><code>{text}</code></td></tr></table>"
        f'<table><tr><td colspan="2">{text}</td></tr><tr><td>b</td><td>c</td></tr></table>'
    )
    return f"{FRONT}<div id='content_views'>{parts}</div>"


CODE_FIRST = "---\ntitle: post\n---\n<div id='content_views'><pre><code>{{ a }}\n\n{% b %}</code></pre><p>x</p></div>"
POSTS = {**{f"p{number}": post(words) for number, words in enumerate(FORBIDDEN)}, "first": CODE_FIRST}


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("scratch")


@pytest.fixture(scope="module", params=["jekyll", "hugo", "hugo-legacy", "hexo"])
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, scratch: Path
) -> Iterator[tuple[str, Built]]:
    name = request.param
    if reason := why_missing(name):
        pytest.skip(reason)
    posts = {stem: str(convert(source, options=Options(flavor=name))) for stem, source in POSTS.items()}
    try:
        yield name, build(name, posts, tmp_path_factory.mktemp(name), scratch)
    except SiteError as error:
        if "npm cannot install" in str(error):
            pytest.skip(str(error))
        raise


def article(built: Built, stem: str) -> _Element:
    return etree.fromstring(built.articles[stem].encode(), etree.HTMLParser(encoding="utf-8"))


def test_nothing_is_complained_of(site: tuple[str, Built]) -> None:
    assert site[1].warnings == []
    assert set(site[1].articles) == set(POSTS)


@pytest.mark.parametrize("stem", POSTS)
def test_every_page_says_what_its_source_says(site: tuple[str, Built], stem: str) -> None:
    name, built = site
    assert site_fidelity.differences(POSTS[stem].encode(), built.articles[stem], name) == []


@pytest.mark.parametrize("number", range(len(FORBIDDEN)))
def test_tags_and_scripts_are_text(site: tuple[str, Built], number: int) -> None:
    words, tree = FORBIDDEN[number], article(site[1], f"p{number}")
    assert tree.find(".//script") is None
    image, link = tree.find(".//img"), next(a for a in tree.iter("a") if a.text == "link")
    assert image is not None
    assert [image.get("alt"), image.get("title"), link.get("title")] == [words] * 3
    assert words in "".join(next(tree.iter("p")).itertext())
    assert words in "".join(next(tree.iter("h2")).itertext())


def test_the_little_dump(scratch: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Run ``make site-pages`` on the posts of the repository, with the generators that are installed."""
    code = site_fidelity.main([str(ROOT / "fixtures/dump"), "--scratch", str(scratch), "--keep", str(tmp_path)])
    assert code == 0, capsys.readouterr().out
