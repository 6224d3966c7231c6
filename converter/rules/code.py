"""Names of programming languages, and the classes that code containers carry."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

UNDECLARED = frozenset(
    """plain plaintext text txt none nohighlight no-highlight auto prettyprint code hljs has default other
    undefined null prettyprinted linenums has-numbering""".split()
)
"""Words where a language could stand that say nothing of it."""

LANGUAGES: Mapping[str, str] = MappingProxyType(
    {
        "c++": "cpp",
        "c#": "csharp",
        "c-sharp": "csharp",
        "cs": "csharp",
        "js": "javascript",
        "md": "markdown",
        "objc": "objectivec",
        "py": "python",
        "sh": "bash",
        "shell": "bash",
        "console": "bash",
        "yml": "yaml",
    }
)
"""Aliases folded to the one name that Rouge, Chroma and highlight.js share."""

HIGHLIGHTER_WORDS = frozenset("syntaxhighlighter highlight notranslate nogutter ie programlisting collapsed".split())
"""Classes of a SyntaxHighlighter or Pygments box that name no language."""

NUMBERED_LISTS = frozenset(("linenums", "hljs-ln"))
"""``<ol>`` whose items are lines of code: google-code-prettify, highlightjs-line-numbers as CSDN has it."""

GUTTER_CELLS = frozenset(("gutter", "crayon-nums", "lineno", "linenos"))
"""``<td>`` of line numbers: SyntaxHighlighter 3 and Hexo, Crayon, Pygments."""
CODE_CELLS = frozenset(("code", "crayon-code"))
"""``<td>`` of code beside a gutter."""
LINE_BOXES = frozenset(("line", "crayon-line"))
"""Boxes of one line each inside such a cell."""
LINE_CELLS = frozenset(("content",))
"""``<td>`` of the code in a table of one line: SyntaxHighlighter 2."""
