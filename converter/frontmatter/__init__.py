"""Front matter, the block of metadata above a post: found, read, edited, repaired, or made anew."""

from converter.frontmatter.block import FrontMatter, has_key, split
from converter.frontmatter.provenance import compose, names_address, with_provenance
from converter.frontmatter.templates import is_template_engine_off
from converter.frontmatter.writing import Value, add_line, value_text

__all__ = [
    "FrontMatter",
    "Value",
    "add_line",
    "compose",
    "has_key",
    "is_template_engine_off",
    "names_address",
    "split",
    "value_text",
    "with_provenance",
]
