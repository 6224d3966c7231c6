"""No SVG, however hostile, comes out with a script, a handler, foreign content or an address that leads out of it.

Judged twice: as XML, which browsers make of an image, and as HTML, for a host that serves the file with another type.
"""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Iterator
from xml.etree import ElementTree

import html5lib
from hypothesis import example, given
from hypothesis import strategies as st

from converter.extract.drawings import sanitize
from converter.pipeline import convert
from tests.kit.harmless import DRAWING, DRAWN_ELEMENTS, is_safe

ELEMENTS = """svg g defs symbol use path rect circle text tspan textPath marker linearGradient stop clipPath mask pattern
    title desc image style switch script SCRIPT handler a A foreignObject foreignobject iframe object embed audio video
    set animate animateTransform animateMotion feImage filter cursor font-face-uri mpath metadata x:script svg:script
    html:iframe math annotation-xml template noscript plaintext xmp textarea""".split()
NAMES = """href xlink:href src style fill filter mask clip-path marker-end cursor onload onclick onbegin ONLOAD on begin to
    from values attributeName id class xml:base xmlns xmlns:xlink xmlns:x requiredExtensions systemLanguage data-x
    width viewBox type from action formaction ping srcdoc""".split()
VALUES = (
    "javascript:alert(1)", " java\tscript:alert(1)", "data:text/html,<script>alert(1)</script>",
    "data:image/svg+xml,<svg onload='alert(1)'/>", "data:image/svg+xml;base64,PHN2Zy8+", "data:image/png;base64,AAAA",
    "//evil.test/x", "https://evil.test/x#y", "#a", "url(#a)", "url(//evil.test/x)", "url( 'https://evil.test/#a')",
    "url(\"#a\") url(evil.svg#b)", r"\75rl(//evil.test)", "u/**/rl(//evil.test)", "@import '//evil.test'", "alert(1)",
    "image-set('//evil.test' 1x)", "src('//evil.test')", "expression(alert(1))", "-moz-binding:url(//evil.test)", "&a;",
    "fill:red;behavior:url(x)", "http://www.w3.org/1999/xhtml", "http://www.w3.org/2000/svg", "100", "0 0 9 9", "'", ">",
)  # fmt: skip
TEXTS = (
    "words", "]]>", "<!--", "-->", "<![CDATA[</style><script>alert(1)</script>]]>", "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<?xml-stylesheet href='//evil.test/x.css'?>", "<!ENTITY a 'x'>", "&a;", "@import url(//evil.test);", "a{fill:url(#a)}",
    "</style>", "</svg>", "</title>", "<br>", "<p onclick='alert(1)'>", "]]&gt;", "\\", "{", "\x01",
)  # fmt: skip
HEADS = (
    "", "<?xml version='1.0'?>", '<!DOCTYPE svg [<!ENTITY a "<script>alert(1)</script>">]>',
    '<?xml-stylesheet type="text/css" href="//evil.test/x.css"?>',
)  # fmt: skip
LOADS = re.compile(r"url\(\s*[\"']?\s*(?!#)|image-set|src\(|@import|expression|\\", re.I)


def _element(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    attribute = st.builds('{}="{}"'.format, st.sampled_from(NAMES), st.sampled_from(VALUES).map(html.escape))
    attributes = st.lists(attribute, max_size=3, unique_by=lambda one: one.partition("=")[0]).map(" ".join)
    return st.builds(
        "<{0} {1}>{2}</{0}>".format, st.sampled_from(ELEMENTS), attributes, st.lists(inside, max_size=3).map("".join)
    )


PARTS = st.recursive(st.sampled_from(TEXTS), _element, max_leaves=8)
SVGS = st.builds(
    "{}<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' xmlns:x='x' xmlns:svg="
    "'http://www.w3.org/2000/svg' xmlns:html='http://www.w3.org/1999/xhtml'{}><rect/><path/><text>甲</text>{}</svg>".format,
    st.sampled_from(HEADS),
    st.sampled_from(("", " onload='alert(1)'", " xml:base='javascript:'", " viewBox='0 0 90 80'")),
    st.lists(_element(PARTS), min_size=1, max_size=4).map("".join),
)


def faults(svg: bytes) -> Iterator[str]:
    """Yield what must not be in a drawing."""
    if b"<!" in svg or b"<?" in svg.removeprefix(b"<?xml"):
        yield "a declaration, comment, section or instruction"
    for element in ElementTree.fromstring(svg).iter():
        name = element.tag.rpartition("}")[2]
        if name not in DRAWN_ELEMENTS:
            yield f"<{name}>"
        if name == "style" and LOADS.search("".join(element.itertext())):
            yield f"style {element.text!r}"
        for key, value in element.items():
            plain = key.rpartition("}")[2].lower()
            loads = (plain == "style" or "(" in value) and LOADS.search(value)  # only a function loads anything there
            if plain.startswith("on") or plain in ("src", "base") or loads:
                yield f"{plain}={value!r}"
            if plain == "href" and not (
                value.startswith("#") or (is_safe(value, image=True) and value.startswith("data:image/"))
            ):
                yield f"{plain}={value!r}"
    for element in html5lib.parse(svg.decode(), namespaceHTMLElements=True).iter():
        space, _, name = str(element.tag).rpartition("}")
        if "xhtml" in space and name not in ("html", "head", "body"):
            yield f"<{name}> in HTML"


def assert_harmless(svg: bytes, source: str) -> None:
    assert not svg or list(faults(svg)) == [], source


@given(SVGS)
@example(
    "<svg xmlns='http://www.w3.org/2000/svg'><style>a</style><title><style><x onclick='alert(1)'/></style></title><rect/></svg>"
)
def test_of_files(svg: str) -> None:
    assert_harmless(sanitize(svg.encode("utf-8", "ignore")), svg)


@given(SVGS)
def test_of_articles(svg: str) -> None:
    """Inline in an article, where a parser of HTML reads it; and as a ``data:`` image."""
    encoded = base64.b64encode(svg.encode()).decode()
    document = convert(
        f'<div id="content_views"><p>文</p>{svg}<p>字</p><img src="data:image/svg+xml;base64,{encoded}"></div>'
    )
    for url in document.images:
        assert url.startswith(DRAWING), svg
        assert_harmless(base64.b64decode(url.removeprefix(DRAWING), validate=True), svg)
