"""markdownify's extension contract, with converters such as its README shows, and every kind of source."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from lxml import etree
from lxml import html as lxml_html
from markdownify import MarkdownConverter

from converter.model import OptionError
from converter.options import Options
from converter.pipeline import convert

POST = '<div id="content_views"><p>一段<img src="a.png" alt="图" class="wide" width="30"></p><h2 id="x">题</h2></div>'


class ImageBlockConverter(MarkdownConverter):
    """Two line ends behind every image."""

    def convert_img(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return str(super().convert_img(el, text, parent_tags)) + "\n\n"  # type: ignore[misc]


class IgnoreParagraphsConverter(MarkdownConverter):
    """No paragraphs."""

    def convert_p(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return ""


class LanguageConverter(MarkdownConverter):
    """Code with the language that a callback finds."""

    def convert_pre(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return str(super().convert_pre(el, text, parent_tags))  # type: ignore[misc]


class Recorder(MarkdownConverter):
    """Remembers what it is called with."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.seen: list[tuple[str, dict[str, Any], str, set[str]]] = []

    def note(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        assert isinstance(el, Tag)
        self.seen.append((el.name, dict(el.attrs), text, parent_tags))
        return f"<{el.name}>{text}</{el.name}>"

    def convert_hN(self, n: int, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: N802
        return self.note(el, text, parent_tags)

    convert_img = convert_strong = convert_li = convert_pre = convert_table = note


class Inherited(ImageBlockConverter):
    """Defines nothing itself."""


def class_name(el: Tag) -> str | None:
    return str(el["class"][0]) if el.has_attr("class") else None


@pytest.mark.parametrize("rules", [ImageBlockConverter, ImageBlockConverter(), Inherited, Inherited()])
def test_an_image_as_a_block(rules: Any) -> None:
    assert convert("<p>一<img src='a.png' alt='图' title='题'>二</p>", rules=rules).text == (
        '一![图](a.png "题")\n\n二\n'
    )


@pytest.mark.parametrize("rules", [IgnoreParagraphsConverter, IgnoreParagraphsConverter()])
def test_paragraphs_ignored(rules: Any) -> None:
    assert convert("<h2>题</h2><p>一</p><ul><li>项</li></ul>", rules=rules).text == "## 题\n\n- 项\n"


def test_markdownify_options_of_an_instance_are_its_own() -> None:
    rules = LanguageConverter(code_language_callback=class_name)
    assert convert("<pre class='perl'>my $x;</pre>", rules=rules).text == "```perl\nmy $x;\n```\n"
    assert convert("<pre>x</pre>", rules=LanguageConverter(code_language="c")).text == "```c\nx\n```\n"


def test_options_reach_a_class() -> None:
    options = Options(code_language_callback=class_name)
    assert convert("<pre class='perl'>x</pre>", rules=LanguageConverter, options=options).text == "```perl\nx\n```\n"


def test_the_shorthand_of_markdownify() -> None:
    def md(soup: BeautifulSoup, **options: Any) -> str:
        return convert(soup, rules=ImageBlockConverter(**options)).text

    assert md(BeautifulSoup(POST, "html.parser")) == "一段![图](a.png)\n\n## 题\n"


def test_tags_have_the_attributes_of_the_source() -> None:
    rules = Recorder()
    pre = '<pre data-index="0"><code class="prism language-c">int a;</code></pre>'
    convert(POST.replace("</div>", f"{pre}</div>"), rules=rules)
    seen = {name: (attributes, text, parents) for name, attributes, text, parents in rules.seen}
    assert seen["img"][0] == {"src": "a.png", "alt": "图", "class": ["wide"], "width": "30"}
    assert seen["h2"][:2] == ({"id": "x"}, "题")
    assert seen["pre"][:2] == ({"data-index": "0"}, "int a;")
    assert "p" in seen["img"][2]


def test_canonical_tags_answer_for_their_aliases() -> None:
    rules = Recorder()
    assert convert("<p><b>粗</b>字</p>", rules=rules).text == "<strong>粗</strong>字\n"
    assert rules.seen[0][0] == "strong"


def test_what_a_converter_does_not_define_is_written_by_the_serializer() -> None:
    source = "<p><b>注意：</b>请</p><table><tr><th>a</th><th>b</th></tr><tr><td>1|2</td><td>3</td></tr></table>"
    assert convert(source, rules=ImageBlockConverter) == convert(source)
    assert convert(source, rules=MarkdownConverter) == convert(source)


@pytest.mark.parametrize("rules", ["markdownify", 1, object(), dict, BeautifulSoup])
def test_other_rules_are_refused(rules: Any) -> None:
    with pytest.raises(OptionError, match="MarkdownConverter is wanted"):
        convert("<p>a</p>", rules=rules)


def test_code_language_callback() -> None:
    seen: list[Tag] = []

    def callback(el: Tag) -> str | None:
        seen.append(el)
        return {"a": "perl"}.get(str(el.get("id")))

    source = '<pre id="a"><code class="language-c">1</code></pre><pre id="b"><code class="language-c">2</code></pre>'
    text = convert(source, options=Options(code_language_callback=callback)).text
    assert text == "```perl\n1\n```\n\n```c\n2\n```\n"
    assert [(el.name, el["id"]) for el in seen] == [("pre", "a"), ("pre", "b")]


def test_code_language_callback_is_asked_for_other_containers() -> None:
    source = '<ol class="dp-c"><li>int a;</li><li>int b;</li></ol>'
    options = Options(code_language_callback=lambda el: "c" if el.name == "pre" else None)
    assert convert(source, options=options).text == "```c\nint a;\nint b;\n```\n"


EXPECTED = "一段![图](a.png)\n\n## 题\n"


@pytest.mark.parametrize(
    "source",
    [
        POST,
        POST.encode(),
        POST.encode("utf-8-sig"),
        POST.encode("gb18030"),
        BeautifulSoup(POST, "html.parser"),
        BeautifulSoup(POST, "lxml"),
        BeautifulSoup(POST, "html.parser").div,
        lxml_html.fromstring(POST),
        etree.fromstring(POST, etree.HTMLParser()),
    ],
    ids=lambda source: type(source).__name__,
)
def test_every_kind_of_source(source: Any) -> None:
    assert convert(source).text == EXPECTED


def test_a_whole_lxml_document_is_converted_without_its_head() -> None:
    tree = etree.fromstring("<html><head><title>t</title></head><body><p>文</p></body></html>", etree.HTMLParser())
    head = tree.find("head")
    assert head is not None
    head.text = "words that stand in no element"
    assert convert(tree).text == "文\n"


def test_an_lxml_element_is_left_as_it_is() -> None:
    element = lxml_html.fromstring(POST)
    before = etree.tostring(element)
    convert(element, rules=Recorder())
    assert etree.tostring(element) == before
