"""csdn2md: convert archives of CSDN-style blog HTML to Markdown.

``convert`` takes text, bytes or a tree and returns a Document; ``convert_file`` and ``convert_folder``
read and write files.  Every error that the package raises on purpose is a Csdn2mdError, except a
TypeError for an argument of a wrong type.
"""

from __future__ import annotations

from converter.version import __version__

TYPE_CHECKING = False  # not imported from typing: that import takes longer than a hook needs for its files
if TYPE_CHECKING:
    from typing import Any

    from converter.batch import Mode, Outcome, Result, Row, convert_file, convert_folder
    from converter.model import Article, ConversionError, Csdn2mdError, Document, Finding, Meta, Node, OptionError
    from converter.options import Options
    from converter.pipeline import convert

__all__ = [
    "Article",
    "ConversionError",
    "Csdn2mdError",
    "Document",
    "Finding",
    "Meta",
    "Mode",
    "Node",
    "OptionError",
    "Options",
    "Outcome",
    "Result",
    "Row",
    "__version__",
    "convert",
    "convert_file",
    "convert_folder",
]

_MODEL = ("Article", "ConversionError", "Csdn2mdError", "Document", "Finding", "Meta", "Node", "OptionError")
_LAZY = {
    **dict.fromkeys(_MODEL, "converter.model"),
    "Options": "converter.options",
    "convert": "converter.pipeline",
    **dict.fromkeys(("Mode", "Outcome", "Result", "Row", "convert_file", "convert_folder"), "converter.batch"),
}
"""The module of each public name, imported on the name's first use: the command line and the hook must start fast."""


def __getattr__(name: str) -> Any:
    """Import a public name on its first use (PEP 562)."""
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_LAZY[name]), name)
