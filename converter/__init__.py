"""csdn2md: an archive of CSDN-style blog HTML becomes Markdown worth keeping."""

from converter.model import Article, ConversionError, Csdn2mdError, Document, Finding, Meta, Node, OptionError, Options

__version__ = "0.1.0"

__all__ = [
    "Article",
    "ConversionError",
    "Csdn2mdError",
    "Document",
    "Finding",
    "Meta",
    "Node",
    "OptionError",
    "Options",
    "__version__",
]
