"""SVG made safe: what stays, what goes, what is no drawing."""

from __future__ import annotations

import pytest
from lxml import etree

from converter.extract.drawings import (
    data_url,
    data_url_content,
    drawn_text,
    inline_drawing,
    sanitize,
    sanitized_data_url,
)
from converter.rules.svg import MERMAID_STYLE

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def inline(html: str) -> etree._Element:
    element = etree.HTML(html).find(".//svg")
    assert element is not None
    return element


def cleaned(inside: str) -> str:
    return sanitize(f"{HEAD}>{inside}<rect/></svg>".encode()).decode()


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<g onclick="alert(1)"/>',
        '<a href="javascript:alert(1)"><text>x</text></a>',
        '<image xlink:href="http://evil.test/alert.png"/>',
        '<image href="data:image/svg+xml,alert"/>',
        '<use xlink:href="http://evil.test/alert.svg#x"/>',
        '<set attributeName="href" to="javascript:alert(1)"/>',
        '<animate attributeName="href" values="javascript:alert(1)"/>',
        '<rect style="fill: url(http://evil.test/alert)"/>',
        '<rect fill="url(//evil.test/alert)"/>',
        "<style>@import 'http://evil.test/alert';</style>",
        r"<style>rect { fill: \75rl(http://evil.test/alert) }</style>",
        '<rect filter="url(http://evil.test/alert)"/>',
        '<foreignObject><iframe src="http://evil.test/alert"/></foreignObject>',
        '<x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>',
        "<style>a{}</style><style>]]&gt;&lt;script&gt;alert(1)</style>",
    ],
)
def test_nothing_runs_and_nothing_is_fetched(inside: str) -> None:
    assert "alert" in inside
    assert "alert" not in cleaned(inside)
    assert "rect" in cleaned(inside)


@pytest.mark.parametrize(
    "inside",
    [
        '<path d="M0 0L1 1" style="stroke: red"/>',
        "<style>.a { fill: url(#b) }</style>",
        '<linearGradient id="g" gradientUnits="userSpaceOnUse"><stop offset="0"/></linearGradient>',
        '<text x="1">words <tspan dy="1">more</tspan> of it</text>',
        '<image xlink:href="data:image/png;base64,AAAA"/>',
    ],
)
def test_drawing_stays(inside: str) -> None:
    assert inside in cleaned(inside)


def test_entities_are_not_expanded() -> None:
    bomb = '<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b SYSTEM "file:///etc/hostname">]>'
    assert sanitize(f"{bomb}{HEAD}><text>&a;&b;</text></svg>".encode()).endswith(b"<text/></svg>")


@pytest.mark.parametrize("data", [b"", b"<html/>", b"<svg", b"<svg/>", f"{HEAD}><defs><path/></defs></svg>".encode()])
def test_what_draws_nothing_is_nothing(data: bytes) -> None:
    assert sanitize(data) == b""


def test_uses_of_uses_go() -> None:
    """Each level would double what is drawn."""
    levels = "".join(
        f'<g id="l{n}"><use xlink:href="#l{n - 1}"/><use xlink:href="#l{n - 1}"/></g>' for n in range(1, 40)
    )
    assert cleaned(f'<g id="l0"><path/></g>{levels}<use xlink:href="#l39"/>').count("<use") <= 3


def test_names_get_their_case_back() -> None:
    svg = inline_drawing(
        inline('<svg viewBox="0 0 100 50" width="100%"><marker refX="1" markerWidth="2"/><rect/><path/></svg>')
    )
    assert 'viewBox="0 0 100 50"' in svg and 'refX="1"' in svg and 'markerWidth="2"' in svg
    assert 'width="100"' in svg and 'height="50"' in svg


def test_label_in_html_becomes_text() -> None:
    svg = inline_drawing(
        inline('<svg><rect/><foreignobject width="80" height="26"><div>UDP<br>数据包</div></foreignobject></svg>')
    )
    assert '<text x="40" y="13"' in svg
    assert svg.count("<tspan") == 2 and ">UDP<" in svg and ">数据包<" in svg


@pytest.mark.parametrize(
    "html",
    [
        '<svg style="display: none;"><path d="M5,0 0,2.5 5,5z" id="raphael-marker-block"/></svg>',
        '<svg><path d="M5,0 0,2.5 5,5z" id="raphael-marker-block"/></svg>',
        '<svg width="0.667em" height="3.600em"><path d="M0 0"/></svg>',
        '<svg width="16" height="16"><path d="M0 0"/></svg>',
        "<svg></svg>",
        '<svg class="icon" viewBox="0 0 90 60"><path d="M0 0"/><path d="M1 1"/></svg>',
        '<svg viewBox="0 0 1024 1024" width="200"><path d="M0 0"/><path d="M1 1"/></svg>',
        '<svg width="200" height="200"><path d="M0 0"/><path d="M1 1"/></svg>',
        '<svg viewBox="0 0 90 60"><use href="#sprite"/></svg>',
        '<a href="#"><svg viewBox="0 0 90 60"><path d="M0 0"/><path d="M1 1"/></svg></a>',
        '<button><svg viewBox="0 0 90 60"><path d="M0 0"/><path d="M1 1"/></svg></button>',
        '<svg viewBox="0 0 90 60"><title>words</title><path d="M0 0"/></svg>',
    ],
)
def test_no_drawings(html: str) -> None:
    assert inline_drawing(inline(html)) == ""


@pytest.mark.parametrize("size", ["1.2.3", ".", "-", "1e999", "9" * 5000, "٣", " " * 5000 + "x"])
def test_numbers_that_are_none(size: str) -> None:
    box = f'<foreignObject x="{size}" width="{size}"><p>words</p></foreignObject>'
    assert "words" in cleaned(box)
    assert "<rect/>" in inline_drawing(inline(f'<svg width="{size}" height="{size}"><rect/><text>x</text></svg>'))


def test_text_that_many_elements_hold_stays_in_order() -> None:
    assert "<text>a1b2c<tspan>3</tspan>d</text>" in cleaned("<text>a<x>1</x>b<y>2</y>c<tspan>3</tspan>d</text>")
    label = "<foreignObject><div>a<b>1<br/>2</b>c<script>x</script>d</div>e</foreignObject>"
    assert [piece.partition("<")[0] for piece in cleaned(label).split('em">')[1:]] == ["a1", "2cd", "e"]


def test_a_tag_with_more_attributes_than_any_drawing_is_none() -> None:
    names = " ".join(f'a{number}=">"' for number in range(600))
    assert sanitize(f"{HEAD}><rect {names}/></svg>".encode()) == b""
    assert sanitize(f"{HEAD}><rect {'='.join(names.split())}/></svg>".encode()) == b""
    assert sanitize(f'{HEAD}><path d="{"L=1 " * 3000}"/></svg>'.encode())


def test_words_of_a_drawing() -> None:
    assert drawn_text(
        inline("<svg><style>p{}</style><title>t</title><text>一 <tspan>two</tspan></text><text>3</text></svg>")
    ) == ("一 two 3")


@pytest.mark.parametrize(
    "html",
    [
        '<svg class="icons" viewBox="0 0 90 60"><path d="M0 0"/><path d="M1 1"/></svg>',
        '<svg class="icon" viewBox="0 0 60 60"><text>word</text></svg>',
        '<a href="#"><svg viewBox="0 0 60 60"><text>word</text></svg></a>',
    ],
)
def test_drawings(html: str) -> None:
    assert inline_drawing(inline(html))


def test_of_the_ways_of_a_switch_the_first_is_shown() -> None:
    html = "<svg><switch><foreignobject><div>whole label</div></foreignobject><text>whole...</text></switch></svg>"
    assert drawn_text(inline(html)) == "whole label"


def test_a_drawing_whose_page_had_its_style_gets_one() -> None:
    style = "<style>.node rect{fill:#fff}</style>"
    mermaid = '<svg id="mermaid-svg-1" viewBox="0 0 90 60">{}<g class="node"><rect/><text>x</text></g></svg>'
    assert MERMAID_STYLE in inline_drawing(inline(mermaid.format("")))
    assert MERMAID_STYLE not in inline_drawing(inline(mermaid.format(style)))
    assert style in inline_drawing(inline(mermaid.format(style)))
    assert "<style" not in inline_drawing(inline(mermaid.format("").replace("mermaid", "other")))


def test_references_in_a_style_are_read_as_browsers_read_them() -> None:
    style = "<style>text.actor&gt;tspan{fill:black}</style>"
    assert "<style>text.actor&gt;tspan{fill:black}</style>" in inline_drawing(
        inline(f"<svg>{style}<rect/><text>x</text></svg>")
    )
    assert "<style>a&lt;" not in cleaned("<style>a&amp;lt;script&amp;gt;alert(1)</style>")


def test_data_addresses() -> None:
    svg = sanitize(f"{HEAD}><rect/></svg>".encode()).decode()
    assert data_url_content(data_url(svg)) == svg.encode()
    assert sanitized_data_url("data:image/svg+xml," + f"{HEAD}><script/><rect/></svg>".replace("#", "%23")) == data_url(
        svg
    )
    assert sanitized_data_url("data:image/png;base64,AAAA") == ""
    assert data_url_content("data:image/png,%89PNG") == b"\x89PNG"
    assert data_url_content("data:image/png;base64,A") == b""
