"""Formula engines: what they draw, and the servers that draw formulas as images."""

from __future__ import annotations

import re

from converter.rules.chrome import Chrome

COMMON_FORMULA_SERVERS = (r"codecogs\.com/", r"/chart\Z", r"/(?:mathtex|mimetex)\.cgi\Z")
"""Patterns of addresses of images whose query is TeX: CodeCogs, Google charts, mathTeX and mimeTeX."""
ALTERNATIVE_SERVERS = ("/media/math/render/", "upload.wikimedia.org/math/")
"""Parts of the addresses of images whose alternative text is TeX: Wikipedia."""
COMMON_EQUATION_SERVERS = (("render.githubusercontent.com/render/math?", "math"),)
"""(Part of the address of an image, query field that holds the TeX): GitHub, until 2022."""
SERVER_STYLE = re.compile(r"^(?:\\dpi\{\d+\}|\\(?:inline|bg_\w+|fn_\w+|large|small)\b)\s*")
"""A server's own commands in front of the TeX."""
SERVER_ESCAPES = (("&plus;", "%2B"), ("&space;", " "))
"""Entities that CodeCogs' and CSDN's editors write for what a query cannot hold."""

FORMULA_CLASSES = frozenset(("katex--inline", "katex--display", "katex", "katex-mathml"))
"""Spans of KaTeX, outermost first; the first two are of StackEdit and CSDN, which is built on it."""
SOURCE_CLASSES = frozenset(("katex", "katex-inline", "katex-block", "katex-display", "math", "kdmath", "arithmatex"))
"""Elements whose text is TeX until a script draws it: plugins of KaTeX for markdown-it, pandoc and Sphinx (``math``),
kramdown, PyMdown."""
SOURCE_KINDS = frozenset(("katex", "katex-inline", "katex-block", "katex-display", "inline", "display"))
"""Classes beside, or among, SOURCE_CLASSES with which TeX needs no delimiters around it."""
TEX_ATTRIBUTES = ("data-tex", "data-formula")
"""Attributes that hold the TeX of the formula that their element draws: Zhihu; editors of WeChat articles, as SVG."""
TEX_DELIMITERS = (("$$", "$$", True), (r"\[", r"\]", True), ("$", "$", False), (r"\(", r"\)", False))
"""(Sign before TeX, sign behind it, display math)."""
KATEX_ERROR = "KaTeX parse error"
"""Start of what KaTeX writes in place of a formula that it cannot read: it is no TeX."""
TEX_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
"""References that were escaped twice: TeX has no other use for them."""

MATHJAX_PREFIXES = ("MathJax", "mjx-")
"""Classes of what MathJax drew; it goes where the TeX stands in a script beside it."""
MATHJAX_GLYPHS = Chrome("MathJax", "math/mathjax-glyphs", "MathJax 2, the drawn formula", "glyphs")
"""The row for all these classes."""
