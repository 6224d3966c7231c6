"""Read the language that the container of code declares."""

from __future__ import annotations

import re
from itertools import islice

from lxml.etree import XPath, _Element

from converter.extract.code_blocks import classes
from converter.extract.text import text_of
from converter.rules.code import (
    DIAGRAM,
    HIGHLIGHTER_WORDS,
    LANGUAGE_ATTRIBUTES,
    LANGUAGES,
    NATURAL_LANGUAGES,
    UNDECLARED,
)

_DECLARED = re.compile(
    r"(?:^|[\s;])(?:(?:language|lang|highlight-(?:source|text))[-:]|highlight-(?=[\w+#.-]++ notranslate))([\w+#.-]+)"
)
_ATTRIBUTES = frozenset(LANGUAGE_ATTRIBUTES)
_BRUSH = re.compile(r"brush:\s*\[?([\w+#-]+)")
_LABEL = XPath("descendant::*[contains(concat(' ', @class, ' '), ' tools ')]//*[self::strong or self::b]")


def language(element: _Element) -> str:
    """Return the language that a code container declares, by the name that highlighters share; "" for none.

    A bare ``hljs x`` is the highlighter's guess, often wrong (avrasm, lasso), and is ignored.
    """
    if DIAGRAM in classes(element):
        return DIAGRAM
    around = [element, *islice(element.iterancestors(), 5)]
    nearest = [*islice(element.iter("code"), 2), *around[:3]]
    near = " ; ".join([node.get("class", "") for node in nearest])
    declared = _DECLARED.search(near) if "lang" in near or "highlight-" in near else None
    if match := declared or (_BRUSH.search(near) if "brush" in near else None):
        return canonical(match[1])
    for holder in nearest:
        if name := _of_attribute(holder):
            return name
    for holder in around:
        if "highlight" not in holder.get("class", "") and not (holder is element and element.get("name") is not None):
            continue
        names = classes(holder)
        if "dp-highlighter" in names:
            return canonical(_label(holder) or next((name[3:] for name in names if name.startswith("bg_")), ""))
        if (
            "syntaxhighlighter" in names
            or "highlight" in names
            or (holder is element and element.get("name") is not None)
        ):
            found = (canonical(name) for name in names)
            return next((name for name in found if name and name not in HIGHLIGHTER_WORDS), "")
    return ""


def _of_attribute(element: _Element) -> str:
    """Return the language that an attribute of an element names, "" for none; Chinese and English are none."""
    if _ATTRIBUTES.isdisjoint(element.keys()):
        return ""
    for attribute in LANGUAGE_ATTRIBUTES:
        if value := element.get(attribute):
            name = value.strip().lower()
            if name.partition("-")[0] not in NATURAL_LANGUAGES and (found := canonical(name)):
                return found
    return ""


def _label(holder: _Element) -> str:
    """Return the language on a dp.SyntaxHighlighter toolbar: ``[java]``."""
    label = next(iter(_LABEL(holder)), None)
    return "" if label is None else text_of(label).strip().strip("[]")


def canonical(name: str) -> str:
    """Return the name of a language that highlighters share; "" for a word that names none.

    Options may stand behind a colon: ``c-sharp:nogutter`` (dp.SyntaxHighlighter 1).
    """
    name = name.lower().strip().rstrip(";").partition(":")[0]
    return "" if name in UNDECLARED or not name.isprintable() or " " in name else LANGUAGES.get(name, name)
