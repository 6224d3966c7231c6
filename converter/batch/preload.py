"""Imports what converting needs before the first worker process is forked, so that all of them share it."""

from __future__ import annotations

from converter.batch.values import Proof


def load(proof: Proof, renderer: str) -> None:
    """Import what converts a document, and what proves it where that is asked for."""
    import converter.pipeline  # noqa: F401

    if proof:
        from converter.verify.renderers import render

        render("", renderer)
