"""Imports what converting needs before the first worker process is forked, so that all of them share it."""

from __future__ import annotations

from converter.batch.values import Proof

MANY = 500
"""Documents of which some need what few documents need."""


def load(proof: Proof, renderer: str, total: int) -> None:
    """Import what converts a document, what proves it where that is asked for, and for many what few of them need."""
    import converter.pipeline  # noqa: F401

    if total >= MANY:
        import frontmatter.default_handlers  # noqa: F401
        import markdown_it  # noqa: F401
    if proof:
        from converter.verify.renderers import render

        render("", renderer)
