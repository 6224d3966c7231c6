"""Take the article's element out of a body, and what the page says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from lxml import etree

from converter.extract.addresses import article_id, last_article_address
from converter.extract.limits import holds_more, holds_sentences
from converter.extract.text import detach, is_first, text_of
from converter.model import Finding, Meta
from converter.rules.chrome import SILENT, TAG_ROWS
from converter.scraper.comments import Taken, take_comments
from converter.scraper.markers import Marker, markers, without_markers
from converter.scraper.metadata import page_meta, plain
from converter.scraper.origin import is_of_the_site, with_note, with_source
from converter.scraper.own_rows import apply_rows
from converter.scraper.parsing import parse
from converter.scraper.roots import find_roots
from converter.scraper.wordless import wordless_content
from converter.sites.record import Site
from converter.sites.tables import ADDRESS_MARKERS, CLASS_ROWS, COPYRIGHT_CLASSES, ID_ROWS, TITLE_CLASSES, TITLE_IDS
from converter.source.kind import PLACEHOLDERS, is_page
from converter.source.wrappers import first_wrapper, names_of

Claim: TypeAlias = tuple[etree._Element, Finding]
"""An element beside the article that a row says is chrome, and its finding."""

_END_TAG = re.compile(r"</[a-zA-Z][^<>]*>")
HIDDEN = "chrome/hidden"
"""The rule of what no reader sees."""
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_MARKERS = frozenset(row.name for row in ADDRESS_MARKERS)


@dataclass(frozen=True, slots=True)
class Page:
    """The article's element as the page has it, the metadata, and a finding for all that stays behind.

    ``first_line`` is the line of the file that the body starts at: an element's line in the file is
    ``first_line - 1 + element.sourceline``.  ``comments`` are those of readers, where they were asked for.
    """

    article: etree._Element
    meta: Meta
    findings: tuple[Finding, ...] = ()
    first_line: int = 1
    comments: Sequence[Taken] = ()


def scrape(
    body: str,
    *,
    first_line: int = 1,
    data: bytes | None = None,
    sites: tuple[Site, ...] = (),
    with_comments: bool = False,
) -> Page:
    """Parse a body that is HTML and take the article out of it, and the comments of a whole page where wanted.

    data: the body as UTF-8, where the caller has it.  sites: a user's own.
    Raises ConversionError where the parser gives up.
    """
    if is_page(body):
        return _scrape_page(body, first_line, sites, with_comments)
    lead = _stray_lead(body, sites)
    tree, controls = parse(body, data, len(lead))
    own = apply_rows(tree, sites, first_line + lead.count("\n"))
    roots = find_roots(tree, body, sites)
    root, heading, hidden = roots[0], _heading(tree, roots), markers(body)
    findings = [*controls, *own, *_lead_findings(lead, first_line)]
    findings.extend(_marker_findings(hidden, body, first_line))
    first_line += lead.count("\n")
    claimed: list[Claim] = []
    notes, outside = _outside([root], heading, claimed)
    note = _text_of_notes(notes, heading)
    if outside:  # no row says that it is chrome, so it is the author's
        root = _body(tree)
        claimed = [(element, finding) for element, finding in claimed if finding.beside]  # the walk takes the others
        for element in (*notes, *(element for element, _ in claimed)):
            detach(element)
    findings.extend(replace(finding, line=finding.line + first_line - 1) for _, finding in claimed)
    url = next((marker.url for marker in hidden if marker.url), "") or last_article_address(note)
    if note:
        findings.append(Finding("page/copyright", note, url or None, beside=not is_of_the_site(note)))
    title = _take(heading, root, first_line, findings)
    meta = with_note(Meta(title=title, url=url, article_id=article_id(url, sites)), note)
    return Page(root, with_source(meta, body, sites), tuple(findings), first_line)


def _scrape_page(body: str, first_line: int, sites: tuple[Site, ...], with_comments: bool) -> Page:
    tree, findings = parse(body)
    meta = page_meta(tree, body, sites)
    findings.extend(apply_rows(tree, sites, first_line))
    comments = take_comments(tree) if with_comments else []
    roots = _with_titles(tree, find_roots(tree, body, sites))
    heading = _heading(tree, roots)
    if roots[0].tag not in ("body", "html"):
        notes, outside = _outside(roots, heading)
        words = f"{_text_of_notes(notes, heading)} {outside}".strip()
        if words:
            findings.append(Finding("page/chrome", words, None, first_line, beside=True))
    root = roots[0] if len(roots) == 1 else _gathered(roots)
    title = _take(heading, root, first_line, findings)
    article = etree.tostring(root, encoding="unicode", with_tail=False) if meta.kind != "original" else ""
    meta = with_source(replace(meta, title=title or meta.title), article, sites)
    return Page(root, meta, tuple(findings), first_line, comments)


def _body(tree: etree._Element) -> etree._Element:
    found = tree.find("body")
    return tree if found is None else found


def _with_titles(tree: etree._Element, roots: list[etree._Element]) -> list[etree._Element]:
    """Return the articles of a page, and the titles beside them where each has its own, in order."""
    known = set(roots)
    titles = [one for one in tree.iter("h1") if _is_title(one)] if len(roots) > 1 else []
    if len(titles) < 2:
        return roots
    known.update(title for title in titles if known.isdisjoint(title.iterancestors()))
    return [element for element in tree.iter(*{str(element.tag) for element in known}) if element in known]


def _gathered(roots: list[etree._Element]) -> etree._Element:
    """Return an element that holds the articles of a page, in order."""
    gathered = etree.Element("div")
    for root in roots:
        root.tail = None
        gathered.append(root)
    return gathered


def _stray_lead(body: str, sites: tuple[Site, ...]) -> str:
    """Return what stands before the site's wrapper if it shows nothing: end tags and placeholders; else empty."""
    lead = body[: max(first_wrapper(body, names_of(sites)), 0)]
    if not lead:
        return ""
    text = _END_TAG.sub("", without_markers(lead)).strip()
    return lead if not text or text in PLACEHOLDERS else ""


def _lead_findings(lead: str, first_line: int) -> list[Finding]:
    text = without_markers(lead).strip() if lead else ""
    return [Finding("frontmatter/stray-text", text, None, first_line)] if text else []


def _marker_findings(hidden: list[Marker], body: str, line: int) -> Iterator[Finding]:
    counted = 0
    for marker in hidden:
        line += body.count("\n", counted, marker.start)
        counted = marker.start
        yield Finding(marker.rule, marker.text, marker.url or None, line)


def _heading(tree: etree._Element, roots: list[etree._Element]) -> etree._Element | None:
    """Return the heading that is the title of the article; None where several articles have one.

    Then they stay in their articles, as headings.
    """
    found = [element for element in tree.iter("h1") if _is_title(element)]
    if len(found) < 2 or len(roots) < 2:
        return found[0] if found else None
    for element in found:
        for name in ("id", "class"):
            element.attrib.pop(name, None)
    return None


def _is_title(element: etree._Element) -> bool:
    return element.get("id") in TITLE_IDS or not TITLE_CLASSES.isdisjoint(element.get("class", "").split())


def _take(heading: etree._Element | None, root: etree._Element, first_line: int, findings: list[Finding]) -> str:
    """Return the heading's text; where it is the first block of the article it leaves it, and a finding says so."""
    if heading is None:
        return ""
    text = plain(text_of(heading))
    is_inside = root in heading.iterancestors()
    if is_inside and is_first(heading, root):
        detach(heading)
        is_inside = False
    if not is_inside and text:
        findings.append(Finding("page/title", text, text, first_line - 1 + (heading.sourceline or 1)))
    return text


def _outside(
    roots: list[etree._Element], heading: etree._Element | None, claimed: list[Claim] | None = None
) -> tuple[list[etree._Element], str]:
    """Return the copyright notes beside the articles, and all other text beside them but the title.

    claimed: gets a claim for each element beside the articles that a row says is chrome; the text leaves these
    elements and hidden markers out, and names what is content without text.  None: it is all text, and only text.
    """
    notes: list[etree._Element] = []
    texts: list[str] = []
    around = dict.fromkeys(element for root in roots for element in root.iterancestors())
    inside = {*around, *roots}
    for parent in around:
        texts.append(parent.text or "")
        for child in parent:
            texts.append(child.tail or "")
            if child not in inside and isinstance(child.tag, str):
                kind = child.get("class", "")
                if kind in COPYRIGHT_CLASSES and (claimed is None or not holds_more(child, CLASS_ROWS[kind])):
                    notes.append(child)
                elif claimed is None or not _MARKERS.intersection((kind, child.get("class_", ""))):
                    texts.append(_words(child, heading, claimed))
    return notes, plain(" ".join(texts))


def _text_of_notes(notes: list[etree._Element], heading: etree._Element | None) -> str:
    return plain(" ".join(_words(note, heading, None) for note in notes))


def _words(element: etree._Element, heading: etree._Element | None, claimed: list[Claim] | None) -> str:
    """Return the text of an element beside the article, but for the title and what is no text; see ``_outside``."""
    if not len(element) and not element.text:  # as a ``link`` to a style sheet
        return "" if claimed is None else wordless_content(element)
    parts = []
    walker = etree.iterwalk(element, events=("start", "end"))
    for event, piece in walker:
        if event == "end":
            parts.append(piece.tail or "" if piece is not element else "")
            continue
        if claimed is not None:
            parts.append(wordless_content(piece))
        if piece is heading or piece.tag in SILENT:
            walker.skip_subtree()
        elif claimed is not None and (rule := _chrome_rule(piece)):
            if text := plain(_words(piece, heading, None)):
                beside = rule != HIDDEN and holds_sentences(piece)
                claimed.append((piece, Finding(rule, text, None, piece.sourceline or 0, beside)))
            walker.skip_subtree()
        else:
            parts.append(piece.text or "")
    return " ".join(parts)


def _chrome_rule(element: etree._Element) -> str:
    """Return the rule of the row that takes an element for chrome, or of what nobody sees; "" for any other."""
    rows = [TAG_ROWS.get(str(element.tag))]
    if attributes := element.keys():
        if "hidden" in attributes or ("style" in attributes and _HIDDEN.search(element.get("style", ""))):
            return HIDDEN
        named = [name for name in element.get("class", "").split() if name in CLASS_ROWS]
        rows += (ID_ROWS.get(element.get("id", "")), CLASS_ROWS[named[0]] if named else None)
    for row in rows:
        if row is not None and not holds_more(element, row):
            return row.rule
    return ""
