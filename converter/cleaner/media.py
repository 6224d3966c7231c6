"""Add images, SVG drawings and players."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain

from lxml.etree import _Element

from converter.cleaner.flow import Flow
from converter.cleaner.runs import Mark, Marks
from converter.cleaner.walk import Cleaner, one_line_text
from converter.extract import drawings, urls
from converter.extract.limits import exceeds, is_picture
from converter.rules.chrome import TAG_ROWS
from converter.rules.limits import LIMITS
from converter.rules.svg import DRAWING_RULE

SVG_RULE = "image/svg"


def visit_image(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, _depth: int) -> None:
    """Add an ``img`` as an image, or as a formula if a formula server draws it; one without an address goes."""
    attributes = urls.attributes_of(element, urls.IMAGE_ATTRIBUTES)
    address = urls.image_source(attributes)
    if not address or urls.is_placeholder(address):
        address = _picture_source(element) or address
    if _has_twin(element) and urls.stands_in(address):
        return None
    if tex := urls.image_tex(address, attributes.get("alt", "")):
        cleaner.record("math/image", "", kept=tex, element=element)
        if not attributes.get("alt", "").strip().startswith("$$"):
            return flow.add_leaf(cleaner.node("math", [tex], element), marks)
        if not flow.single_line:
            return flow.add_block(cleaner.node("math", [tex], element))
        return flow.add_leaf(cleaner.node("math", [tex], element, {"display": "true"}), marks)
    target, rule = urls.image_target(address)
    drawn = rule == "image/scheme" and cleaner.options.drawings == "keep" and drawings.sanitized_data_url(address)
    if drawn:
        target = drawn
        cleaner.record(DRAWING_RULE, "", kept="", element=element)
    elif rule:
        cleaner.record(rule, "", kept=target or None, element=element)
    if target and not drawn and not cleaner.finish_images:
        target = urls.image_as_served(address)
    if target:
        flow.add_leaf(cleaner.node("img", [], element, _image_attributes(target, attributes)), marks)
    return None


def _picture_source(image: _Element) -> str:
    """Return the first address that a ``picture`` around an image gives it, "" for none."""
    picture = next(image.iterancestors("picture"), None)
    sources = () if picture is None else picture.iter("source")
    sets = (source.get("srcset") or source.get("data-srcset") or source.get("src") or "" for source in sources)
    return next(filter(None, map(urls.first_of_set, sets)), "")


def visit_noscript(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
    """Add the pictures of a ``noscript``, unless the picture beside it is the same one, loaded by a script."""
    cleaner.record_removal(TAG_ROWS["noscript"].rule, element)
    if not any(map(_has_address, (element.getprevious(), element.getnext()))):
        for image in element.iter("img"):
            if is_picture(image):
                visit_image(cleaner, image, flow, marks, depth)


def _has_twin(image: _Element) -> bool:
    """Return whether a ``noscript`` behind an image has the picture that a script would load into it."""
    behind = image.getnext()
    return behind is not None and behind.tag == "noscript" and next(behind.iter("img"), None) is not None


def _has_address(neighbour: _Element | None) -> bool:
    """Return whether an element is, or holds, an image with an address of its own."""
    if neighbour is None or neighbour.tag == "noscript":
        return False
    sources = (urls.image_source(urls.attributes_of(image, urls.IMAGE_ATTRIBUTES)) for image in neighbour.iter("img"))
    return any(source and not urls.stands_in(source) for source in sources)


def _image_attributes(target: str, attributes: Mapping[str, str]) -> dict[str, str]:
    """Return the attributes of an image's node: its address, and what the source says of text and size (pixels)."""
    kept = {"src": target}
    if alt := urls.alt_text(attributes.get("alt", ""), target):
        kept["alt"] = alt
    if "title" in attributes and (title := " ".join(attributes["title"].split())):
        kept["title"] = title
    for name in ("width", "height"):
        if name in attributes:
            size = attributes[name].strip().removesuffix("px")
            if size.isdecimal() and len(size) < 6:
                kept[name] = size
    return kept


def visit_drawing(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, _depth: int) -> None:
    """Add an ``svg`` as an image with its labels as alt text; one that is no drawing goes."""
    drawn = drawings.inline_drawing(element) if cleaner.options.drawings == "keep" else ""
    if not drawn:
        return cleaner.record_removal(SVG_RULE, element)
    text = drawings.drawn_text(element)
    cleaner.record(DRAWING_RULE, one_line_text(element), kept=text, element=element)
    kept = {"src": drawings.data_url(drawn)}
    return flow.add_leaf(cleaner.node("img", [], element, {**kept, "alt": text} if text else kept), marks)


def visit_embedding(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, _depth: int) -> None:
    """Add a ``script`` that would show a part of another page (a gist) as a link to it; remove any other."""
    if page := urls.page_of_script(element.get("src", "")):
        _add_address(cleaner, urls.link_target(page)[0], element, flow, marks)
    else:
        cleaner.record_removal(TAG_ROWS["script"].rule, element)


def _add_address(cleaner: Cleaner, target: str, element: _Element, flow: Flow, marks: Marks) -> None:
    """Add a link to what an element plays, with the address as its text."""
    cleaner.record("media/player", "", kept=target, element=element)
    around = [mark for mark in marks if mark.tag != "a"]
    flow.add_text(target, (*around, Mark("a", target, number=cleaner.new_number())))


def visit_player(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
    """Add an ``iframe``, ``video``, ``object`` ... as a link to what it plays.

    Its fallback goes, unless it plays nothing (an ``<object>`` of a Java generic), or holds more than a note.
    """
    plays = False
    for holder in chain((element,), element.iterdescendants("source", "embed", "iframe")):
        address = holder.get("src") or holder.get("data-src") or holder.get("data") or ""
        target, _ = urls.link_target(address)
        if target and urls.scheme(target) in ("", "http", "https"):
            _add_address(cleaner, target, element, flow, marks)
            plays = True
            break
    is_void = element.tag == "embed"  # libxml2 puts what follows into it
    if is_void or not plays or exceeds(element, LIMITS["note"]):
        cleaner.walk(element, flow, marks, depth)
    elif fallback := one_line_text(element):
        cleaner.record("media/fallback", fallback, element=element)
