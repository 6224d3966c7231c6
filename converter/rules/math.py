"""Where formulas come from."""

from __future__ import annotations

import re

FORMULA_SERVERS = re.compile(r"latex\.csdn\.net/eq\Z|codecogs\.com/|/chart\Z")
"""Images whose query is TeX: CSDN's rich-text editor, CodeCogs, Google charts."""
SERVER_STYLE = re.compile(r"^(?:\\dpi\{\d+\}|\\(?:inline|bg_\w+|fn_\w+|large|small)\b)\s*")
"""A server's own commands in front of the TeX."""
SERVER_ESCAPES = (("&plus;", "%2B"), ("&space;", " "))
"""How CSDN's editor writes what a query cannot hold."""

FORMULA_CLASSES = frozenset(("katex--inline", "katex", "katex-mathml"))
"""Spans of KaTeX, outermost first, as CSDN wraps them; what says display is looked for around them."""

MATHJAX_PREFIXES = ("MathJax", "mjx-")
"""Classes of what MathJax drew; it goes where the TeX stands in a script beside it."""
