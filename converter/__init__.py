"""csdn2md: an archive of CSDN-style blog HTML becomes Markdown worth keeping."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from converter.model import Article, ConversionError, Csdn2mdError, Document, Finding, Meta, Node, OptionError, Options

if TYPE_CHECKING:
    from converter.batch import Mode, Outcome, Result, Row, convert_file, convert_folder
    from converter.pipeline import convert

__version__ = "0.1.0"

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

_HOMES = {
    "convert": "converter.pipeline",
    **dict.fromkeys(("Mode", "Outcome", "Result", "Row", "convert_file", "convert_folder"), "converter.batch"),
}
"""Names that are imported when first asked for: their modules load lxml, which a hook may not need."""


def __getattr__(name: str) -> Any:
    """Import a public name on its first use (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(_HOMES[name]), name)
    return value
