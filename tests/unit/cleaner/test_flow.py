"""Flows: when paragraphs end, where anchors go, which images get a paragraph of their own."""

from __future__ import annotations

import pytest

from converter.cleaner.flow import Flow
from converter.cleaner.runs import Mark, Marks
from converter.model import Node
from tests.kit.canonical_nodes import notation


def new_flow(*, split_pictures: bool = True, single_line: bool = False, prettified: bool = False) -> Flow:
    return Flow(prettified, split_pictures, single_line)


def image(**attributes: str) -> Node:
    return Node("img", [], {"src": "a.png", **attributes})


def anchor() -> Node:
    return Node("a", [], {"id": "here"})


def test_a_block_ends_the_paragraph_in_front_of_it() -> None:
    flow = new_flow()
    flow.add_text("a", ())
    flow.add_block(Node("hr"))
    flow.add_text("b", ())
    assert notation(flow.finish()) == "<p>a</p><hr><p>b</p>"


@pytest.mark.parametrize("text", ["", " ", "\u3000\u200b\n"], ids=["nothing", "space", "wide and zero width"])
def test_what_shows_nothing_is_no_paragraph(text: str) -> None:
    flow = new_flow()
    flow.add_text(text, ())
    flow.add_break()
    assert flow.finish() == []


def test_a_space_in_front_of_everything_is_not_kept() -> None:
    flow = new_flow()
    flow.add_space(())
    assert flow.runs == []


def test_one_break_stays_and_two_part_paragraphs() -> None:
    flow = new_flow()
    for text in "abc":
        flow.add_text(text, ())
        flow.add_break()
        if text == "b":
            flow.add_break()
    assert notation(flow.finish()) == "<p>a<br>b</p><p>c</p>"


def test_an_anchor_waits_for_the_next_paragraph() -> None:
    flow = new_flow()
    flow.add_leaf(anchor(), ())
    flow.close_paragraph()
    assert flow.blocks == []
    flow.add_text("a", ())
    assert notation(flow.finish()) == "<p><a id=here>a</p>"


def test_an_anchor_behind_everything_gets_a_paragraph() -> None:
    flow = new_flow()
    flow.add_leaf(anchor(), ())
    assert notation(flow.finish()) == "<p><a id=here></p>"


def test_popped_anchors_are_gone() -> None:
    flow = new_flow()
    flow.add_leaf(anchor(), ())
    assert flow.pop_anchors() == [anchor()]
    assert flow.finish() == []


def with_words(node: Node, marks: Marks = (), *, split_pictures: bool = True) -> str:
    """Blocks of an image between two words, each behind a space."""
    flow = new_flow(split_pictures=split_pictures)
    flow.add_leaf(node, marks)
    flow.add_text(" a ", ())
    flow.add_leaf(node, marks)
    return notation(flow.finish())


def test_pictures_at_the_ends_of_a_line_get_paragraphs() -> None:
    assert with_words(image()) == "<p><img src=a.png></p><p>a</p><p><img src=a.png></p>"


def test_pictures_stay_where_the_container_wants_it() -> None:
    assert with_words(image(), split_pictures=False) == "<p><img src=a.png> a <img src=a.png></p>"


@pytest.mark.parametrize(
    "icon", [image(width="48"), image(height="16"), image(src="x/smileys/1.gif")], ids=["width", "height", "emoticon"]
)
def test_icons_stay_in_their_line(icon: Node) -> None:
    assert with_words(icon).count("<p>") == 1


def test_a_larger_image_is_no_icon() -> None:
    assert with_words(image(width="49", height="49")).count("<p>") == 3


def test_an_image_that_is_all_of_its_link_is_a_picture() -> None:
    link = Mark("a", "x", number=1)
    flow = new_flow()
    flow.add_leaf(image(), (link,))
    flow.add_text("a", ())
    assert notation(flow.finish()) == "<p><a href=x><img src=a.png></a></p><p>a</p>"


def test_an_image_with_text_in_its_link_stays_beside_it() -> None:
    link = Mark("a", "x", number=1)
    flow = new_flow()
    flow.add_leaf(image(), (link,))
    flow.add_text("a", (link,))
    assert notation(flow.finish()) == "<p><a href=x><img src=a.png>a</a></p>"


def test_a_picture_in_the_middle_of_a_line_stays() -> None:
    flow = new_flow()
    flow.add_text("a", ())
    flow.add_leaf(image(), ())
    flow.add_text("b", ())
    assert notation(flow.finish()) == "<p>a<img src=a.png>b</p>"
