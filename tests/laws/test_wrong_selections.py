"""Verification must find and name each wrong choice of what of a file is the article."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from lxml.etree import _Element

from converter import pipeline
from converter.cleaner import attributes
from converter.cli.main import cli
from converter.model import Document, Finding, Kind
from converter.pipeline import convert
from converter.rules.chrome import Chrome
from converter.scraper import page as page_module
from converter.sites import tables
from converter.verify import RENDERERS, conservation, prove, verify

FIRST = "今天我们来看看如何在服务器上部署这个项目，整个过程大约需要半个小时。"
SECOND = "首先安装依赖，然后修改配置文件，最后启动服务；如果端口被占用，请先停止旧的进程。"
THIRD = "部署完成以后，打开浏览器访问首页，就能看到正在运行的系统，日志写在当前目录里。"
OTHER = "另一篇文章讲的是数据库的备份，它和上面的内容没有关系，但是也在同一个文件里，不能丢。"
ARTICLE = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"
WHOLE = f"{FIRST}\n\n{SECOND}\n\n{THIRD}\n"
PAGE = "<!DOCTYPE html><html><head><title>题</title></head><body>{}</body></html>"


@dataclass(frozen=True)
class Wrong:
    """A source, what a wrong selection makes of it, the words of the report, and what the right one makes of it."""

    source: str
    wrong: str
    says: str
    right: str = WHOLE


def page(inner: str) -> str:
    return PAGE.format(inner)


WRONG = {
    "another box of the page is taken for the article": Wrong(
        page(f'<div id="content_views">{ARTICLE}</div><section class="box"><p>为你推荐：数据库备份的三种方法，一看就会。</p></section>'),
        "为你推荐：数据库备份的三种方法，一看就会。\n",
        "text beside the article (113 characters, 84%)",
    ),
    "a box of recommendations is the root": Wrong(
        page(
            f'<div class="post-content"><p>推荐阅读，更多内容请看下面的文章。</p><a href="http://x/1">数据库</a></div>'
            f'<div class="post-content">{ARTICLE}</div>'
        ),
        "推荐阅读，更多内容请看下面的文章。\n\n[数据库](http://x/1)\n",
        "text beside the article",
        "",
    ),
    "a row of chrome takes a paragraph": Wrong(
        f'<div id="content_views">{ARTICLE}<div class="operating"><p>{OTHER}</p></div></div>',
        WHOLE,
        "text of the article (42 characters, 27%)",
        f"{WHOLE}\n{OTHER}\n",
    ),
    "chrome that was left open takes the rest": Wrong(
        f'<div id="content_views"><p>{FIRST}</p><div class="dp-highlighter"><div class="toolbar">view plain<p>{SECOND}</p><p>{THIRD}</p></div></div></div>',
        f"{FIRST}\n",
        "text of the article",
        f"{FIRST}\n\nview plain\n\n{SECOND}\n\n{THIRD}\n",
    ),
    "line numbers that were left open take the rest": Wrong(
        f'<div id="content_views"><p>{FIRST}</p><ul class="pre-numbering"><li>1</li><li><p>{SECOND}</p><p>{THIRD}</p></li></ul></div>',
        f"{FIRST}\n",
        "text of the article",
        "",
    ),
    "a generic of Java is taken for a player": Wrong(
        f'<div id="content_views"><p>{FIRST}</p><p>RuleBook<object><p>{SECOND}</p><p>{THIRD}</p></object></p></div>',
        f"{FIRST}\n\nRuleBook\n",
        "text of the article",
        "",
    ),
    "a second article of a page is missed": Wrong(
        page(f'<div class="htmledit_views">{ARTICLE}</div><div class="htmledit_views"><p>{OTHER}{OTHER}</p></div>'),
        WHOLE,
        "text beside the article",
        "",
    ),
    "a second article of a post is missed": Wrong(
        f'<div id="content_views">{ARTICLE}</div><div id="content_views"><p>{OTHER}</p></div>',
        WHOLE,
        "text of the article",
        "",
    ),
    "a paragraph before the wrapper is dropped": Wrong(
        f'<p>{OTHER}</p><div id="content_views">{ARTICLE}</div>',
        WHOLE,
        "text of the article",
        "",
    ),
    "an image that is loaded late is dropped": Wrong(
        f'<div id="content_views">{ARTICLE}<p><img data-lazy-src="https://x.com/a.png"></p></div>',
        WHOLE,
        "https://x.com/a.png",
        "",
    ),
    "an image with sources of many sizes is dropped": Wrong(
        f'<div id="content_views">{ARTICLE}<p><picture><source srcset="https://x.com/a.webp 2x"><img></picture></p></div>',
        WHOLE,
        "https://x.com/a.webp",
        "",
    ),
    "an image for browsers without scripts is dropped": Wrong(
        f'<div id="content_views">{ARTICLE}<p><noscript><img src="https://x.com/a.png"></noscript></p></div>',
        WHOLE,
        "https://x.com/a.png",
        "",
    ),
    "a locked page is taken for a whole one": Wrong(
        page(f'<div id="content_views"><p>{FIRST}</p></div><div class="vip-mask">最低0.47元/天 解锁文章</div>'),
        f"{FIRST}\n",
        "the page shows only a part of its article",
        "",
    ),
    "HTML is copied as Markdown": Wrong(
        f"---\ntitle: 题\n---\n<div><p>{FIRST}</p>\n<p>{SECOND}</p></div>\n",
        f"---\ntitle: 题\n---\n<div><p>{FIRST}</p>\n<p>{SECOND}</p></div>\n",
        "was copied as Markdown",
        f"---\ntitle: 题\n---\n\n{FIRST}\n\n{SECOND}\n",
    ),
    "the lines of an unknown box of code are joined": Wrong(
        f'<div id="content_views">{ARTICLE}<div class="my-code"><code>def f(x):\n    if x:\n        return 1\n    return 2\n</code></div></div>',
        f"{WHOLE}\n`def f(x): if x: return 1 return 2`\n",
        "line breaks of code",
        "",
    ),
}  # fmt: skip


@pytest.mark.parametrize("renderer", RENDERERS)
@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_selection_is_found_and_named(name: str, renderer: str) -> None:
    case = WRONG[name]
    found = verify(case.source, case.wrong, renderer=renderer).differences
    told = [str(difference) for difference in found]
    assert any(case.says in words for words in told), told


@pytest.mark.parametrize("name", [name for name, case in WRONG.items() if case.right])
def test_the_right_selection_is_perfect(name: str) -> None:
    case = WRONG[name]
    assert [str(difference) for difference in verify(case.source, case.right).differences] == []


def named(case: Wrong, folder: Path) -> str:
    """Write the source of a case into a folder and return its name."""
    is_post = case.source.startswith("---")
    (folder / ("post.md" if is_post else "post.html")).write_text(case.source, "utf-8")
    return "post.md" if is_post else "post.html"


def run(*arguments: str | Path) -> Result:
    """Run csdn2md in this process, so that a test can change what converts."""
    return CliRunner().invoke(cli, list(map(str, arguments)))


@pytest.mark.parametrize("name", WRONG)
def test_the_command_names_an_archive_with_a_wrong_selection(name: str, tmp_path: Path) -> None:
    case = WRONG[name]
    (tmp_path / "in").mkdir()
    named(case, tmp_path / "in")
    run("convert", tmp_path / "in", "-o", tmp_path / "out", "-q")
    (tmp_path / "out" / "post.md").write_text(case.wrong, "utf-8")
    done = run("verify", tmp_path / "out")
    assert done.exit_code == 1
    assert "post.md" in done.output
    assert case.says in done.output.replace("\n", "")


@pytest.mark.parametrize("name", WRONG)
def test_a_strict_run_does_not_write_a_wrong_selection(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, convert_well = WRONG[name], pipeline.convert
    (tmp_path / "in").mkdir()
    source = named(case, tmp_path / "in")

    def convert_badly(*given: Any, **options: Any) -> Document:
        document = convert_well(*given, **options)
        if case.wrong == case.source:
            return Document(case.source, kind=Kind("markdown"))
        return replace(document, text=case.wrong.removeprefix(document.front_matter), front_matter="")

    monkeypatch.setattr(pipeline, "convert", convert_badly)
    done = run("convert", tmp_path / "in", "-o", tmp_path / "out", "-j", "1", "--verify", "--strict")
    assert done.exit_code == 1
    assert source in done.output
    assert case.says in done.output
    assert not (tmp_path / "out" / "post.md").exists()


def test_a_rule_that_takes_much_of_the_text_is_named() -> None:
    document = convert(f"<p>{FIRST}</p>")
    assert document.article is not None
    took = Finding("chrome/toolbar", SECOND + THIRD + OTHER)
    findings = (*document.findings, took)
    greedy = replace(document, findings=findings, article=replace(document.article, findings=findings))
    told = [str(difference) for difference in prove(f"<p>{FIRST}</p><p>{SECOND}{THIRD}{OTHER}</p>", greedy).differences]
    assert any(words.startswith("selection: chrome/toolbar took 121 characters, 78%: 首先") for words in told), told
    assert not any("unexplained" in words for words in told), told


def test_a_rule_that_takes_the_source_of_buttons_takes_no_text() -> None:
    buttons = '<li class="tool-item"><a href="javascript:;">赞</a></li>' * 20
    source = f"<p>{FIRST}</p><p>{buttons.replace('<', '&lt;')}</p>"
    document = convert(f"<p>{FIRST}</p>")
    assert document.article is not None
    for taken, is_told in ((buttons, False), (buttons.replace("赞", FIRST), True)):
        findings = (*document.findings, Finding("chrome/toolbar", taken))
        greedy = replace(document, findings=findings, article=replace(document.article, findings=findings))
        told = [str(difference) for difference in prove(source, greedy).differences]
        assert any("chrome/toolbar took" in words for words in told) is is_told, told


def test_a_fold_is_no_lock() -> None:
    source = page(f'<div id="content_views">{ARTICLE}</div><div class="hide-article-box"><a>展开阅读全文</a></div>')
    assert verify(source, WHOLE).perfect


def test_markdown_that_begins_with_a_tag_is_no_copied_html() -> None:
    markdown = "<div align=center>题</div>\n\n" + "\n\n".join(f"- {FIRST}" for _ in range(9))
    assert verify(markdown, markdown).perfect


def sentences(count: int) -> str:
    return "".join(f"<p>{FIRST}{number}</p><p>{SECOND}{number}</p>" for number in range(count))


def wrong_by_a_row(monkeypatch: pytest.MonkeyPatch, row: Chrome) -> None:
    """Add a row that takes whatever an element of its class holds, for the conversion alone."""
    rows = {**tables.CLASS_ROWS, row.name: row}
    for module in (page_module, attributes):
        monkeypatch.setattr(module, "CLASS_ROWS", rows)


def test_a_row_that_takes_too_much_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong_by_a_row(monkeypatch, Chrome("note", "chrome/note", "a test", "anything"))
    source = f'<div id="content_views">{sentences(2)}<div class="note"><p>{OTHER}</p></div></div>'
    document = convert(source)
    assert OTHER not in document.text
    told = [str(difference) for difference in prove(source, document).differences]
    assert any(OTHER in words for words in told), told
    assert any("selection: text of the article (" in words and "%)" in words for words in told), told


def test_a_row_beside_the_wrapper_that_takes_too_much_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong_by_a_row(monkeypatch, Chrome("note", "chrome/note", "a test", "anything"))
    source = f'<div class="note"><p>{OTHER}</p></div><div id="content_views">{sentences(2)}</div>'
    document = convert(source)
    assert [finding.text for finding in document.findings if finding.rule == "chrome/note"] == [OTHER]
    assert any(OTHER in str(difference) for difference in prove(source, document).differences)


@pytest.mark.parametrize(
    ("name", "says"), [("part", "text beside the article ("), ("list", "text from around the article (")]
)
def test_a_wrong_root_of_a_page_is_found(monkeypatch: pytest.MonkeyPatch, name: str, says: str) -> None:
    source = page(
        f'<div class="column"><ul class="list"><li>{OTHER}</li><li>{OTHER}{OTHER}</li></ul></div>'
        f'<div class="main-text"><div class="part">{sentences(2)}</div><p>{THIRD}{OTHER}</p><p>{OTHER}{SECOND}</p></div>'
    )

    def wrong(tree: _Element, _body: str, _sites: object = ()) -> list[_Element]:
        return [element for element in tree.iter("div", "ul") if element.get("class") == name]

    monkeypatch.setattr(page_module, "find_roots", wrong)
    document = convert(source)
    told = [str(difference) for difference in prove(source, document).differences]
    assert any(says in words for words in told), told


def test_text_of_the_file_that_no_finding_names_is_found() -> None:
    source = page(f'<div id="content_views">{sentences(1)}</div><div class="box">{OTHER}</div>')
    document = convert(source)
    assert conservation(source, document).even
    assert document.article is not None
    kept = tuple(finding for finding in document.findings if finding.rule != "page/chrome")
    balance = conservation(source, replace(document, article=replace(document.article, findings=kept)))
    assert (len(balance.missing), balance.even) == (len(OTHER), False)


def test_pictures_and_scripts_beside_the_article_are_in_the_sum() -> None:
    source = (
        f'<h1 class="title-article">题目</h1><script>var a = 1;</script><div class="recommend-box">推荐<style>p{{}}</style></div>'
        f'<div id="content_views"><p>{FIRST}</p><div class="recommend-box">推荐<script>x()</script></div></div>'
        '<p style="display:none">暗</p><p class="artid">$url</p>'
    )
    document = convert(source)
    balance = conservation(source, document)
    assert balance.even, str(balance)
    taken = {entry.rule: entry.removed for entry in balance.entries}
    assert taken == {"page/title": 2, "chrome/recommend-box": 4, "chrome/hidden": 1, "meta/artid": 4}
