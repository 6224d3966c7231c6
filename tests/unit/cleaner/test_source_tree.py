"""What is read from attributes and text: classes, styles, references, notes of failed transfers."""

from __future__ import annotations

import pytest
from lxml import html as lxml_html

from converter.cleaner.attributes import class_row, marks_of_style
from converter.cleaner.failed_transfers import transfer_notes
from converter.cleaner.references import read_references
from converter.cleaner.runs import STYLED_EM, STYLED_STRONG, Marks
from converter.sites.tables import CLASS_ROWS


def test_the_first_class_that_asks_for_something_decides() -> None:
    chrome = CLASS_ROWS["hljs-button"]
    assert class_row("other hljs-button toc", {"toc"}) == chrome
    assert class_row("other toc hljs-button", {"toc"}) == "toc"
    assert class_row("other", {"toc"}) is None


def test_classes_of_mathjax_are_known_by_their_beginning() -> None:
    assert class_row("MathJax_Display", ()) == class_row("mjx-chtml", ()) == "MathJax"
    assert class_row("MathJax_Preview", ()) == CLASS_ROWS["MathJax_Preview"]


@pytest.mark.parametrize(
    ("style", "marks"),
    [
        ("color: red", ()),
        ("font-weight: bold", (STYLED_STRONG,)),
        ("FONT-WEIGHT:BOLD", (STYLED_STRONG,)),
        ("font-weight:700", (STYLED_STRONG,)),
        ("font-weight:400", ()),
        ("font-style:italic; font-weight:bold", (STYLED_STRONG, STYLED_EM)),
        ("border: none", ()),
        ("display :none", None),
        ("font-weight:bold;display:none", None),
    ],
)
def test_styles(style: str, marks: Marks | None) -> None:
    assert marks_of_style(style) == marks


REFERENCES = """<div>
  <div class="toc"><a href="#in-toc">1</a></div> <a href="#my%20part">2</a> <a href="x#other">3</a> <a href="#">4</a>
  <sup class="footnote-ref"><a href="#fn1">1</a></sup> <sup class="footnote-ref"><a href="#fn2">2</a></sup>
  <ol><li id="fn1">note</li><li id="fn3">not referred to</li></ol>
</div>"""


def test_references() -> None:
    article = lxml_html.fragment_fromstring(REFERENCES)
    found = read_references(article, with_toc=False)
    assert found.anchors == {"my-part", "fn1", "fn2"}
    assert found.footnote_ids == {"fn1"}
    assert read_references(article, with_toc=True).anchors == {"my-part", "fn1", "fn2", "in-toc"}


@pytest.mark.parametrize(
    ("source", "has_tex_scripts", "has_inputs"),
    [
        ("<div><script>x</script></div>", False, False),
        ("<div><script type='math/tex; mode=display'>x</script></div>", True, False),
        ("<div><input type='checkbox'></div>", False, True),
    ],
)
def test_scripts_and_inputs(source: str, has_tex_scripts: bool, has_inputs: bool) -> None:
    found = read_references(lxml_html.fragment_fromstring(source), with_toc=False)
    assert (found.has_tex_scripts, found.has_inputs) == (has_tex_scripts, has_inputs)


def test_notes_of_failed_transfers() -> None:
    note = "[外链图片转存失败,建议将图片保存下来直接上传(img-a1)(https://host/a.png)]"
    text = f"before {note} after"
    (found,) = transfer_notes(text)
    assert (found.text, found.address) == (note, "https://host/a.png")
    assert (text[: found.start], text[found.end :]) == ("before ", " after")


def test_a_note_may_have_no_address() -> None:
    (found,) = transfer_notes("外链图片转存中...(img-a1)")
    assert found.address == ""


def test_the_words_alone_are_no_note() -> None:
    assert list(transfer_notes("外链图片转存 is what the editor says")) == []
