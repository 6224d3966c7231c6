"""csdn2md: an archive of CSDN-style blog HTML becomes Markdown worth keeping."""

from __future__ import annotations

from converter.version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:  # typing itself takes longer to import than a hook takes for its files
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
_LATER = {
    **dict.fromkeys(_MODEL, "converter.model"),
    "Options": "converter.options",
    "convert": "converter.pipeline",
    **dict.fromkeys(("Mode", "Outcome", "Result", "Row", "convert_file", "convert_folder"), "converter.batch"),
}
"""What is imported when it is asked for: the command line and the hook must start fast."""


def __getattr__(name: str) -> Any:
    """Import a public name on its first use (PEP 562)."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_LATER[name]), name)
