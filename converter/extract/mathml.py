"""Write presentation MathML as TeX (MathML 3, chapter 3), where its author's TeX is lost."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from types import MappingProxyType

from lxml.etree import _Element

from converter.rules.mathml import (
    MATHML_ACCENTS,
    MATHML_FUNCTIONS,
    MATHML_SYMBOLS,
    MATHML_UNDERS,
    MATHML_VARIANTS,
)

MOST_DEPTH = 60
"""Elements nested deeper are left out: no formula is."""
_COMMAND_END = re.compile(r"\\[A-Za-z]+\Z")
_INVISIBLE = re.compile("[\u200b\u2061-\u2064]")
_SILENT = frozenset(("annotation", "annotation-xml", "mphantom", "maction-hidden"))
_LARGE = frozenset("∑∏∫∮⋃⋂")
_BINARY_LIMITS = frozenset(("lim", "max", "min", "sup", "inf", "argmax", "argmin"))


def mathml_tex(math: _Element) -> str:
    """Return the TeX of a ``math`` element, "" where it shows nothing."""
    return _row(list(math), 0)


def _tex(element: _Element, depth: int) -> str:
    tag = str(element.tag).rpartition("}")[2].rpartition(":")[2].lower() if isinstance(element.tag, str) else ""
    if not tag or tag in _SILENT or depth > MOST_DEPTH:
        return ""
    if writer := _LEAVES.get(tag):
        return writer(element)
    children = [child for child in element if isinstance(child.tag, str)]
    layout = _LAYOUTS.get(tag)
    return layout(element, children, depth + 1) if layout else _row(children, depth + 1)


def _row(children: list[_Element], depth: int) -> str:
    return _joined([_tex(child, depth) for child in children])


def _joined(parts: list[str]) -> str:
    """Return pieces of TeX side by side, a space behind a command that a letter follows."""
    text = ""
    for part in parts:
        text += " " + part if part[:1].isalpha() and _COMMAND_END.search(text[-24:]) else part
    return text


def _group(element: _Element, depth: int) -> str:
    return f"{{{_tex(element, depth)}}}"


def _base(element: _Element, depth: int) -> str:
    """Return a base, in braces if it is of several parts."""
    text = _tex(element, depth)
    return text if len(text) < 2 or re.fullmatch(r"\\[A-Za-z]+|\\[a-z]+\{\w*\}", text) else f"{{{text}}}"


# --------------------------------------------------------------------------------------------------
# Leaves


def _text(element: _Element) -> str:
    return _INVISIBLE.sub("", " ".join("".join(element.itertext()).split()))


def _symbols(text: str) -> str:
    return _joined([MATHML_SYMBOLS.get(sign, sign) for sign in text])


def _identifier(element: _Element) -> str:
    text = unicodedata.normalize("NFKC", _text(element))
    command = MATHML_VARIANTS.get(element.get("mathvariant", ""), "")
    if text in MATHML_FUNCTIONS:
        return f"\\{text}"
    if len(text) > 1 and not command:
        command = "\\mathrm"
    return f"{command}{{{_symbols(text)}}}" if command and text else _symbols(text)


def _operator(element: _Element) -> str:
    text = _text(element)
    return (
        f"\\{text}"
        if text in MATHML_FUNCTIONS
        else f"\\operatorname{{{text}}}"
        if text.isalpha() and len(text) > 1
        else _symbols(text)
    )


def _words(element: _Element) -> str:
    text = "".join(element.itertext()).replace("\xa0", " ")
    return f"\\text{{{text.translate(_TEXT_SIGNS)}}}" if text.strip() else "\\ " if text else ""


_TEXT_SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "%#&$_{}"} | {"\\": "\\textbackslash "})

# --------------------------------------------------------------------------------------------------
# Layouts


def _fraction(element: _Element, children: list[_Element], depth: int) -> str:
    if len(children) != 2:
        return _row(children, depth)
    bare = re.fullmatch(r"0(?:\.0*)?[a-z]*", element.get("linethickness", "")) is not None
    command = "\\genfrac{}{}{0pt}{}" if bare else "\\frac"
    return command + _group(children[0], depth) + _group(children[1], depth)


def _root(element: _Element, children: list[_Element], depth: int) -> str:
    if str(element.tag).endswith("mroot") and len(children) == 2:
        return f"\\sqrt[{_tex(children[1], depth)}]{_group(children[0], depth)}"
    return f"\\sqrt{{{_row(children, depth)}}}"


def _scripts(element: _Element, children: list[_Element], depth: int) -> str:
    """Return a base with what stands below and above its right end."""
    signs = {"msub": "_", "msup": "^"}.get(str(element.tag).rpartition("}")[2], "_^")
    if len(children) != len(signs) + 1:
        return _row(children, depth)
    text = _base(children[0], depth)
    for sign, child in zip(signs, children[1:], strict=True):
        script = _tex(child, depth)
        if set(script.replace("\\prime", "'")) == {"'"} and sign == "^":
            text += script.replace("\\prime", "'")
        elif script:
            text += f"{sign}{{{script}}}"
    return text


def _limits(element: _Element, children: list[_Element], depth: int) -> str:
    """Return a base with what stands under and over it: limits of an operator, an accent, or anything else."""
    tag = str(element.tag).rpartition("}")[2]
    if len(children) != (3 if tag == "munderover" else 2):
        return _row(children, depth)
    under = children[1] if tag != "mover" else None
    over = children[-1] if tag != "munder" else None
    name = _text(children[0])
    text = _base(children[0], depth)
    if name in _BINARY_LIMITS or (name and set(name) <= _LARGE):
        return (
            text
            + ("" if under is None else "_" + _group(under, depth))
            + ("" if over is None else "^" + _group(over, depth))
        )
    for script, accents, command in ((under, MATHML_UNDERS, "\\underset"), (over, MATHML_ACCENTS, "\\overset")):
        if script is not None:
            accent = accents.get(_text(script))
            bare = text[1:-1] if text[:1] == "{" else text
            text = f"{accent}{{{bare}}}" if accent else f"{command}{_group(script, depth)}{{{bare}}}"
    return text


def _table(_element: _Element, children: list[_Element], depth: int) -> str:
    rows = []
    for row in children:
        cells = [cell for cell in row if isinstance(cell.tag, str)]
        rows.append(" & ".join(_row([part for part in cell if isinstance(part.tag, str)], depth + 1) for cell in cells))
    return "\\begin{matrix} " + " \\\\ ".join(rows) + " \\end{matrix}"


def _fenced(element: _Element, children: list[_Element], depth: int) -> str:
    opening, closing = element.get("open", "("), element.get("close", ")")
    separators = "".join(element.get("separators", ",").split())
    inner = ""
    for index, child in enumerate(children):
        if index and separators:
            inner += separators[min(index, len(separators)) - 1]
        inner = _joined([inner, _tex(child, depth)])
    left, right = (_symbols(sign) if sign else "." for sign in (opening, closing))
    return _joined([f"\\left{left}", inner]) + f"\\right{right}"


_LEAVES: Mapping[str, Callable[[_Element], str]] = MappingProxyType(
    {
        "mi": _identifier,
        "mn": lambda element: _symbols(_text(element)),
        "mo": _operator,
        "mtext": _words,
        "ms": _words,
        "mspace": lambda _element: "\\ ",
    }
)
_LAYOUTS: Mapping[str, Callable[[_Element, list[_Element], int], str]] = MappingProxyType(
    {
        "mfrac": _fraction,
        **dict.fromkeys(("msqrt", "mroot"), _root),
        **dict.fromkeys(("msub", "msup", "msubsup"), _scripts),
        **dict.fromkeys(("munder", "mover", "munderover"), _limits),
        "mtable": _table,
        "mfenced": _fenced,
        "semantics": lambda _element, children, depth: _row(children[:1], depth),
        "menclose": lambda _element, children, depth: f"\\boxed{{{_row(children, depth)}}}",
    }
)
