"""The form of a document as JSON (docs/vocabulary.md): the tree as JsonML, everything else by name.

JsonML writes an element as an array of its tag, an object of its attributes if it has some, and its children; text is
a string.  So a level of the tree is one level of JSON, and the deepest tree stays below the limit of Python's parser.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from typing import Any, TypeAlias, TypeVar, cast

from converter.errors import ConversionError
from converter.interpreter import on_empty_stack
from converter.nodes import NO_ATTRIBUTES, Inline, Node
from converter.vocabulary import problems

VERSION = 1
"""The version of the form; it grows when a reader of the old form would misread the new one."""

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"
Value = TypeVar("Value", str, bool, list[Any])
Record = TypeVar("Record")
Result = TypeVar("Result")


def not_a_document(reason: str) -> ConversionError:
    """Return the error for a text that is no document of this form."""
    return ConversionError(f"no document: {reason}")


def write_object(members: Mapping[str, object]) -> str:
    """Return the JSON of an object on one line, with its characters as they are; the version comes first."""
    return _on_enough_stack(lambda: json.dumps({"version": VERSION, **members}, ensure_ascii=False))


def read_object(text: str) -> dict[str, Json]:
    """Return the members of the JSON that ``write_object`` wrote.

    Raises ConversionError if it is no JSON, no object, or of another version.
    """
    try:
        members = _on_enough_stack(lambda: json.loads(text))
    except (ValueError, RecursionError) as error:
        raise not_a_document(f"not JSON: {error}") from None
    if not isinstance(members, dict) or members.get("version") != VERSION:
        raise not_a_document(f"not a document of version {VERSION}")
    return members


def member(members: Mapping[str, Json], name: str, kind: type[Value]) -> Value:
    """Return a member of an object.

    Raises ConversionError if it is missing or of another type.
    """
    value = members.get(name)
    if not isinstance(value, kind):
        raise not_a_document(f"{name}: must be {_KINDS[kind]}")
    return value


def record(kind: type[Record], value: Json) -> Record:
    """Return an instance of a data class of strings, numbers and tuples of strings, from an object of its fields.

    Raises ConversionError if a field is unknown, missing though it has no default, or of another type.
    """
    name = kind.__name__.lower()
    if not isinstance(value, dict):
        raise not_a_document(f"{name}: must be an object")
    known = fields(cast(Any, kind))
    types: dict[str, object] = {field.name: field.type for field in known}
    if unknown := sorted(value.keys() - types.keys()):
        raise not_a_document(f"{name}: unknown: {', '.join(unknown)}")
    found = {key: tuple(item) if isinstance(item, list) else item for key, item in value.items()}
    for key, item in found.items():
        if not _FITS.get(str(types[key]), _is_text)(item):
            raise not_a_document(f"{name}: {key} must be {types[key]}")
    if missing := [field.name for field in known if field.name not in found and field.default is MISSING]:
        raise not_a_document(f"{name}: missing: {', '.join(missing)}")
    return kind(**found)


def tree_to_json(body: Node) -> Json:
    """Return a tree as JsonML."""
    made: list[Json] = []
    waiting: list[tuple[Inline, list[Json]]] = [(body, made)]
    while waiting:
        part, parent = waiting.pop()
        if isinstance(part, str):
            parent.append(part)
            continue
        element: list[Json] = [part.tag, dict(part.attributes)] if part.attributes else [part.tag]
        parent.append(element)
        waiting.extend((child, element) for child in reversed(part.children))
    return made[0]


def tree_from_json(value: Json) -> Node:
    """Return the tree that is written as JsonML.

    Raises ConversionError if it is none, or if it is not canonical HTML.
    """
    root = Node("")
    waiting: list[tuple[Json, Node]] = [(value, root)]
    while waiting:
        part, parent = waiting.pop()
        if isinstance(part, str):
            parent.children.append(part)
            continue
        node, children = _element(part)
        parent.children.append(node)
        waiting.extend((child, node) for child in reversed(children))
    body = root.children[0]
    if isinstance(body, str):
        raise not_a_document("article: must be an element")
    for problem in problems(body):
        raise not_a_document(f"article: {problem}")
    return body


def _element(value: Json) -> tuple[Node, list[Json]]:
    """Return the node of an element without its children, and the children."""
    if not isinstance(value, list) or not value or not isinstance(value[0], str):
        raise not_a_document(f"article: not an element or text: {value!r:.100}")
    tag, *children = value
    attributes = children.pop(0) if children and isinstance(children[0], dict) else {}
    assert isinstance(attributes, dict) and isinstance(tag, str)
    texts = {name: text for name, text in attributes.items() if isinstance(text, str)}
    if len(texts) < len(attributes):
        raise not_a_document(f"article: an attribute of <{tag}> is no string")
    return Node(tag, [], texts or NO_ATTRIBUTES), children


def _is_text(value: object) -> bool:
    return isinstance(value, str)


_FITS: Mapping[str, Callable[[object], bool]] = {
    "int": lambda value: type(value) is int,
    "bool": lambda value: type(value) is bool,
    "int | None": lambda value: value is None or type(value) is int,
    "str | None": lambda value: value is None or isinstance(value, str),
    "tuple[Comment, ...]": lambda value: value == (),
    "tuple[str, ...]": lambda value: isinstance(value, tuple) and all(map(_is_text, value)),
}
"""The check of a value, by the type that is written in a data class; any other type is a string."""

_KINDS: Mapping[type, str] = {str: "a string", bool: "true or false", list: "an array"}


def _on_enough_stack(call: Callable[[], Result]) -> Result:
    """Call a function; if the caller's stack leaves too little room for a deep tree, on an empty one."""
    try:
        return call()
    except RecursionError:
        return on_empty_stack(call)
