"""csdn2md: convert archives of CSDN-style blog HTML to Markdown.

All public names of the package ``converter``, which stands beside this one, under the name that is installed::

    from csdn2md import Options, convert

``converter`` is loaded from that place, not searched for: a module ``converter`` of your own, in the current
folder or beside your script, does not get in the way, and both packages give the same objects.
"""

from __future__ import annotations

import sys
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from pathlib import Path

TYPE_CHECKING = False  # not imported from typing: that import takes longer than a hook needs for its files
if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any

    from converter import (
        Article,
        ConversionError,
        Csdn2mdError,
        Document,
        Finding,
        Meta,
        Mode,
        Node,
        OptionError,
        Options,
        Outcome,
        Result,
        Row,
        __version__,
        convert,
        convert_file,
        convert_folder,
    )

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

_NAME = "converter"
_FOLDER = Path(__file__).parent.parent


def _load() -> ModuleType:
    """Return the package ``converter`` of this distribution, loaded if it is not.

    Raises ImportError if another module ``converter`` is loaded already: the package cannot do without that name.
    """
    loaded = sys.modules.get(_NAME)
    if loaded is not None:
        file = getattr(loaded, "__file__", None) or "unknown file"
        if Path(file).parent == _FOLDER / _NAME:
            return loaded
        raise ImportError(
            f"another module named 'converter' is loaded already ({file}), and csdn2md needs that name: "
            "import csdn2md before it, or rename it"
        )
    spec = PathFinder.find_spec(_NAME, [str(_FOLDER)])
    if spec is None or spec.loader is None:
        raise ImportError(f"the package 'converter' is not in {_FOLDER}: install csdn2md again")
    package = sys.modules[_NAME] = module_from_spec(spec)
    spec.loader.exec_module(package)
    return package


_PACKAGE = _load()


def __getattr__(name: str) -> Any:
    """Return a public name of ``converter`` (PEP 562), imported on its first use."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(_PACKAGE, name)


def __dir__() -> list[str]:
    """Return the public names, for completion in a shell."""
    return sorted(__all__)
