"""cmark-gfm, the renderer that GitHub runs, by its functions in C.

The package cmarkgfm frees neither the tree nor the HTML of a document, some 80 kB each.  Its library has the functions
that do, and exports them on all systems but Windows.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from functools import cache

POINTER = ctypes.c_void_p
SIGNATURES = (
    ("cmark_gfm_core_extensions_ensure_registered", None, ()),
    ("cmark_find_syntax_extension", POINTER, (ctypes.c_char_p,)),
    ("cmark_get_default_mem_allocator", POINTER, ()),
    ("cmark_node_free", None, (POINTER,)),
    ("cmark_parser_attach_syntax_extension", ctypes.c_int, (POINTER, POINTER)),
    ("cmark_parser_feed", None, (POINTER, ctypes.c_char_p, ctypes.c_size_t)),
    ("cmark_parser_finish", POINTER, (POINTER,)),
    ("cmark_parser_free", None, (POINTER,)),
    ("cmark_parser_get_syntax_extensions", POINTER, (POINTER,)),
    ("cmark_parser_new", POINTER, (ctypes.c_int,)),
    ("cmark_render_html", POINTER, (POINTER, ctypes.c_int, POINTER)),
)
"""The functions that are called: name, type of the result, types of the arguments (cmark-gfm.h)."""
SOURCE_POSITIONS, FOOTNOTES, RAW_HTML = 1 << 1, 1 << 13, 1 << 17
OPTIONS = FOOTNOTES | RAW_HTML
EXTENSIONS = ("table", "strikethrough", "tasklist")
"""The extensions that change more than the look of a page."""


class _Allocator(ctypes.Structure):
    """The functions with which the library allocates and frees (``struct cmark_mem``)."""

    _fields_ = [
        ("calloc", POINTER),
        ("realloc", POINTER),
        ("free", ctypes.CFUNCTYPE(None, POINTER)),
    ]


@cache
def _library() -> ctypes.CDLL | None:
    """Return the library with the types of its functions; None where it is not installed, or exports too little."""
    try:
        from cmarkgfm.cmark import _cmark

        library = ctypes.CDLL(_cmark.__file__)
        for name, result, arguments in SIGNATURES:
            function = getattr(library, name)
            function.restype, function.argtypes = result, arguments
    except (ImportError, OSError, AttributeError):
        return None
    library.cmark_gfm_core_extensions_ensure_registered()
    return library


def is_available() -> bool:
    """Return whether ``html_of`` can be called."""
    return _library() is not None


def html_of(markdown: str, extensions: Sequence[str] = EXTENSIONS, *, lines: bool = True) -> str:
    """Return the HTML of Markdown; lines: its blocks have their lines in ``data-sourcepos``."""
    library = _library()
    assert library is not None, "callers ask is_available"
    data = markdown.encode("utf-8", "replace")
    options = OPTIONS | SOURCE_POSITIONS if lines else OPTIONS
    parser = library.cmark_parser_new(options)
    for name in extensions:
        library.cmark_parser_attach_syntax_extension(parser, library.cmark_find_syntax_extension(name.encode()))
    library.cmark_parser_feed(parser, data, len(data))
    tree = library.cmark_parser_finish(parser)
    written = library.cmark_render_html(tree, options, library.cmark_parser_get_syntax_extensions(parser))
    html = ctypes.string_at(written).decode("utf-8", "replace")
    _Allocator.from_address(library.cmark_get_default_mem_allocator()).free(written)
    library.cmark_node_free(tree)
    library.cmark_parser_free(parser)
    return html
