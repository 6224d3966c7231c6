"""Names of programming languages, and the classes that code containers carry."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from converter.rules.chrome import Chrome

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
        "html-basic": "html",
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

HIGHLIGHTER_WORDS = frozenset(
    """syntaxhighlighter highlight notranslate nogutter ie programlisting collapsed tab-size
    js-file-line-container""".split()
)
"""Classes of a box of SyntaxHighlighter, Pygments or GitHub that name no language."""

DIAGRAM = "mermaid"
"""Class of a diagram's source that a script of the page draws, and the language that GitHub and generators draw."""

NUMBERED_LISTS = frozenset(("linenums", "hljs-ln"))
"""``<ol>`` whose items are lines of code: google-code-prettify, highlightjs-line-numbers as CSDN has it."""

GUTTER_CELLS = frozenset(("gutter", "crayon-nums", "lineno", "linenos", "rouge-gutter"))
"""``<td>`` of line numbers: SyntaxHighlighter 3 and Hexo, Crayon, Pygments."""
CODE_CELLS = frozenset(("code", "crayon-code", "rouge-code"))
"""``<td>`` of code beside a gutter."""
LINE_BOXES = frozenset(("line", "crayon-line", "hljs-ln-line"))
"""Boxes of one line each inside such a cell."""
LINE_HOLDERS = frozenset(("syntaxhighlighter", "fragment"))
"""Boxes in which each ``div.line`` is a line of code: SyntaxHighlighter 2 and 3, Doxygen."""
LINE_CELLS = frozenset(("content",))
"""``<td>`` of the code in a table of one line: SyntaxHighlighter 2."""
ROW_CELLS = frozenset(("blob-code", "rouge-code"))
"""``<td>`` of one line each in a table of all lines, if there are several: GitHub, Rouge by line."""
GUTTERS_IN_CODE: Mapping[str, Chrome] = MappingProxyType(
    {
        name: Chrome(name, "code/gutter", origin, "numbers")
        for name, origin in (
            ("ln", "Chroma, numbers in the lines"),
            ("lnt", "Chroma, numbers in a table"),
            ("lineno", "Pygments, Rouge"),
            ("linenos", "Pygments, numbers in the lines"),
            ("line-number", "Highlighters of themes"),
            ("blob-num", "GitHub"),
            ("rouge-gutter", "Rouge by line"),
        )
    }
)
"""Classes of line numbers that count only in code."""

OUTLINE_SIGNS = "/outliningindicators/"
"""Part of the addresses, in lower case, of the signs for folding that begin each line (Actipro CodeHighlighter)."""

LANGUAGE_ATTRIBUTES = ("data-enlighter-language", "data-language", "data-lang", "lang")
"""Attributes that name the language of code: EnlighterJS, Shiki, WeChat, GitHub's Markdown of old."""
NATURAL_LANGUAGES = frozenset("zh en ja ko fr de es ru it pt".split())
"""What ``lang`` names by the HTML standard."""
