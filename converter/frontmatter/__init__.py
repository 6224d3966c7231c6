"""Front matter: the block above a post, found, read, edited and repaired."""

from converter.frontmatter.block import (
    FrontMatter,
    Value,
    add_line,
    compose,
    has_key,
    names_address,
    refusal,
    split,
    value_text,
    with_provenance,
)

__all__ = [
    "FrontMatter",
    "Value",
    "add_line",
    "compose",
    "has_key",
    "names_address",
    "refusal",
    "split",
    "value_text",
    "with_provenance",
]
