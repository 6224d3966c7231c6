"""The table of flavors: the programs that may render the Markdown, and what is written differently for each.

The default flavor writes what cmark-gfm, kramdown, goldmark and markdown-it all render alike.  So a row
says only what portable Markdown cannot: how formulas are written, and how text is protected from a template
engine that runs before (or beside) the Markdown renderer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

LIQUID = re.compile(r"\{(?=[{%])")
SHORTCODE = re.compile(r"\{(?=\{[<%])|<(?=!--more-->)")
NUNJUCKS = re.compile(r"\{(?=[{%#])")
OBSIDIAN = re.compile(r"%(?=%)|=(?==)|\[(?=\[)|(?<= )\^(?=[\w-]+$)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class CodeTags:
    """How template tags in code are protected from a template engine that reads code too.

    pattern: matches a tag.
    replacement: what the engine replaces by that very tag.
    guard: lines before and after a code block that keep the engine off it.
    never: a word; a code block that holds it gets no guard, because it would end there.
    """

    pattern: re.Pattern[str]
    replacement: str
    guard: tuple[str, str] | None = None
    never: str = ""


LIQUID_TAGS = CodeTags(re.compile(r"\{[{%]"), r'{{ "\g<0>" }}', ("{% raw %}", "{% endraw %}"), "endraw")
SHORTCODE_TAGS = CodeTags(
    re.compile(r"\{\{((<)|%)((?:(?!\{\{|/\*|\*/).)*?)((?(2)>|%))\}\}", re.DOTALL), r"{{\1/*\3*/\4}}"
)


@dataclass(frozen=True, slots=True)
class Flavor:
    """One flavor.

    name: its name on the command line.
    renderer: the program that renders it, for the documentation.
    differences: sentences for the documentation: what is written for it that portable Markdown has not.
    needs: settings that the site must have, for the documentation.
    math_inline: delimiters before and after an inline formula.
    math_display: delimiters before and after a display formula, which stands on lines of its own.
    formulas_as_text: the renderer knows no formulas; what it would read as markup in a formula is
        written as character references, which the browser turns back into characters.
    formulas_as_code: the renderer reads Markdown before formulas, and has forms of code for them.
    formulas_by_script: a script of the page finds the formulas, which no longer sees the backslash before a ``$`` of
        the text.
    reads_dollars: the renderer may take all between two ``$`` to the page as it is, even if no formula is in the
        document.
    template: matches the character that must be written as a character reference (in a URL: percent
        encoded) to make a template tag plain text; None if no template engine reads the text.
    template_off: a front matter key and the value of it that keep the engine off a post; None if there is none.
    template_in_code: the engine reads code too.
    code_tags: how code is protected from the engine; None if inline code must become HTML and code blocks
        need no protection.
    list_start: the renderer ignores the first number of a list, but accepts it as an attribute.
    footnotes: the renderer knows footnotes; if not, they are written as raised links to a list at the end.
    bare_heading_notes: the renderer fails on a heading with a reference to a footnote in emphasis or in a link.
    relinks: the renderer makes a link of a URL behind an image, even inside a link.
    fences_first: code blocks are looked for before Markdown is read, line by line.
    raw_alt_text: the renderer shows backslashes in alt text.
    checks_images: the renderer fails on an image whose URL has a scheme, a host or a port that is none.
    formula_pipes: the renderer reads a line with a ``|`` in a formula as a table.
    commented_lists: tags of lists between which a comment stands, because the renderer would make one list of two
        that follow each other, or would not know the other markers that keep them apart elsewhere.
    """

    name: str
    renderer: str
    differences: tuple[str, ...] = ()
    needs: str = ""
    math_inline: tuple[str, str] = ("$", "$")
    math_display: tuple[str, str] = ("$$", "$$")
    formulas_as_text: bool = False
    formulas_as_code: bool = False
    formulas_by_script: bool = True
    reads_dollars: bool = False
    template: re.Pattern[str] | None = None
    template_off: tuple[str, bool] | None = None
    template_in_code: bool = True
    code_tags: CodeTags | None = None
    list_start: bool = False
    footnotes: bool = True
    bare_heading_notes: bool = False
    relinks: bool = False
    fences_first: bool = False
    raw_alt_text: bool = False
    checks_images: bool = False
    formula_pipes: bool = False
    commented_lists: frozenset[str] = frozenset()


AS_TEXT = (
    "Formulas are `$...$` and `$$...$$`. What the renderer would read as markup in them (`\\\\`, `\\{`, some `_` and "
    "`*`, `<`) is written as a character reference, so that the page has the same TeX as the source."
)

SHORTCODES_ESCAPED = (
    "Shortcodes `{{<` and `{{%` are written as `&#123;{<` in text, alt texts and titles, with `%7B` in addresses, "
    "and in Hugo's comment form `{{</* figure */>}}` in code; code that holds `<!--more-->`, which Hugo removes, is "
    "written as HTML."
)
HUGO_SETTINGS = """\
# hugo.toml
[markup.goldmark.renderer]
unsafe = true        # otherwise HTML is left out: sub- and superscripts, keys, tables with spans
[markup.goldmark.extensions]
typographer = false  # otherwise quotes, dashes and dots are changed
"""

FLAVORS: Mapping[str, Flavor] = MappingProxyType(
    {
        row.name: row
        for row in (
            Flavor(
                "gfm", "GitHub, and every renderer below if it reads no templates",
                ("Portable: cmark-gfm, kramdown, goldmark and markdown-it show the same text, links, lists, tables and "
                 "code.",
                 "Formulas are `$...$` and `$$...$$`. The four know no formulas: the page needs an extension or a "
                 "script for them, and kramdown itself reads only `$$...$$`.",
                 "A `$` of the text beside a formula is `<span>\\$</span>`, the way of GitHub's documentation: once "
                 "the renderer has taken the backslash away, a script would take the sign for one end of a formula. "
                 "So it is in all flavors but `jekyll` and `obsidian`.",
                 "Text that any of the four would read as markup is escaped, also kramdown's `{:`, `*[abbreviation]:` "
                 "and lines with pipes.",
                 "Two bulleted lists that follow each other have different bullets, `-` and `+`, so that they stay "
                 "two; only kramdown makes one of them, with the same items in the same order. In 805 posts this "
                 "concerns 71 of 2,249 bulleted lists, in 7 posts; a comment between them would stand 138 times, and "
                 "without either every renderer would make one list of two.",
                 "`<!-- -->` stands between two numbered lists, for which kramdown has no other markers, and (in every "
                 "flavor) before code with list markers at the start of an item, where it would see items: 11 times in "
                 "6 of the 805 posts. It also stands before a block at the start of a footnote that is no paragraph: "
                 "plain CommonMark and goldmark would read that block in another way.",
                 "Where a reference to a footnote stands in HTML (details, a table with spans), no renderer reads "
                 "`[^1]`, and those that see no other reference leave the note out. Then, in all flavors, the "
                 "footnotes of the document are a numbered list at its end, and the references are superscript links.",
                 "A paragraph of which every line has a `|` in a formula is a table to kramdown (15 in 8 of the 805 "
                 "posts), which knows no formula of one dollar anyway: choose `jekyll`."),
                commented_lists=frozenset(("ol",)),
            ),
            Flavor(
                "github", "GitHub alone",
                ("GitHub renders Markdown before it looks for formulas, so that it eats the backslashes of `\\\\`, "
                 "`\\{` and `\\;` between dollars, and it sees no `$` beside a word or a Chinese character. So a "
                 "formula that holds markup is `` $`...`$ ``, a display formula is a block ```` ```math ````, and "
                 "a space stands between a formula and what it touches.",
                 "All else is as in `commonmark`."),
                math_display=("```math", "```"), formulas_as_code=True,
            ),
            Flavor("commonmark", "any CommonMark renderer with GitHub's tables and strikethrough",
                   ("As `gfm`, but two numbered lists that follow each other are kept apart by `1.` and `1)` if the "
                    "second holds nothing but text without `<`, `[`, `{` and code.",)),
            Flavor(
                "jekyll", "Jekyll: Liquid, then kramdown",
                ("Formulas are `$$...$$`, both inline and display.",
                 "Liquid's `{{` and `{%` are written as `&#123;{` in text, alt texts and titles, and with `%7B` in "
                 "addresses; code blocks with them stand between `{% raw %}` and `{% endraw %}`. None of this happens "
                 "if the front matter says `render_with_liquid: false`.",
                 "A list that does not start with 1 gets its number in an attribute list, `{: start=\"3\"}`.",
                 "A paragraph of which every line has a `|` in a formula ends with `<!-- -->`, so that kramdown reads "
                 "no table."),
                """\
# _config.yml
kramdown:
  smart_quotes: ["apos", "apos", "quot", "quot"]  # otherwise quotes, dashes and dots are changed
  typographic_symbols:
    { hellip: "...", mdash: "---", ndash: "--", laquo: "<<", raquo: ">>", laquo_space: "<< ", raquo_space: " >>" }
""",
                ("$$", "$$"), template=LIQUID, template_off=("render_with_liquid", False), code_tags=LIQUID_TAGS,
                formulas_by_script=False, list_start=True, formula_pipes=True,
                commented_lists=frozenset(("ul", "ol")),
            ),
            Flavor(
                "hugo", "Hugo 0.122 and later: shortcodes, then goldmark with its passthrough extension",
                (SHORTCODES_ESCAPED,
                 "Formulas are `$...$` and `$$...$$` with plain TeX, which Hugo's passthrough extension gives to the "
                 "page or to a render hook (`transform.ToMath`) as it is. Without the extension goldmark reads "
                 "formulas as text; then choose `hugo-legacy`."),
                HUGO_SETTINGS + """\
[markup.goldmark.extensions.passthrough]
enable = true        # otherwise formulas lose backslashes
[markup.goldmark.extensions.passthrough.delimiters]
block = [["$$", "$$"]]
inline = [["$", "$"]]
""",
                reads_dollars=True, template=SHORTCODE, code_tags=SHORTCODE_TAGS, raw_alt_text=True,
            ),
            Flavor(
                "hugo-legacy", "Hugo up to 0.121, or without the passthrough extension",
                (SHORTCODES_ESCAPED, AS_TEXT,
                 "In headings, references to footnotes stand outside of emphasis and links: `## *a*[^1]`. With another "
                 "heading Hugo 0.111 does not build the site."),
                HUGO_SETTINGS,
                formulas_as_text=True, reads_dollars=True, template=SHORTCODE, code_tags=SHORTCODE_TAGS,
                raw_alt_text=True, bare_heading_notes=True,
            ),
            Flavor(
                "hexo", "Hexo: Nunjucks and marked",
                ("Nunjucks' `{{`, `{%` and `{#` are written as `&#123;{` in text, alt texts, titles and inline "
                 "code, and with `%7B` in addresses. Hexo itself protects code blocks. None of this happens if the "
                 "front matter says `disableNunjucks: true`.",
                 "Footnotes are a numbered list at the end, and superscript links to its items.",
                 "Hexo removes indentation that all lines of a code block share (its `strip_indent`).",
                 "`<!-- -->` stands before code at the start of a nested list item, where Hexo, which looks for code "
                 "before it reads Markdown, would see none, and read all that follows the other way round.",
                 "Inline code that holds `*`, `_` or `~` is `<code>` beside emphasis, or beside text with such a "
                 "character: marked might see the end of emphasis in it. So is inline code that holds a backtick.",
                 "An image whose URL has a scheme, a host or a port that is none is HTML, because Hexo fails on it.",
                 AS_TEXT,
                 "A display formula is written on one line, because each line end would become a `<br>`."),
                """\
# _config.yml
marked:
  smartypants: false       # otherwise quotes, dashes and dots are changed
  prependRoot: false       # otherwise addresses of images are changed
  descriptionLists: false  # otherwise a line that begins with a colon becomes a list
""",
                formulas_as_text=True, template=NUNJUCKS, template_off=("disableNunjucks", True),
                footnotes=False, relinks=True, fences_first=True, raw_alt_text=True, checks_images=True,
            ),
            Flavor(
                "obsidian", "Obsidian",
                ("Formulas are `$...$` and `$$...$$`.",
                 "Comments `%%`, highlights `==`, links `[[` and block names `^name` in text are written with a "
                 "character reference."),
                formulas_by_script=False, template=OBSIDIAN, template_in_code=False,
            ),
        )
    }
)  # fmt: skip
"""The rows by name, in the order of the documentation."""


class Project(NamedTuple):
    """A file or folder by which the folder of a site or vault is recognised.

    flavor: the name of a row of FLAVORS.  name: its path in the folder, with ``/``.
    beside: names of which at least one must be in the folder too, if there are any.
    word: what the file must hold, in lower case; empty for anything.
    """

    flavor: str
    name: str
    beside: tuple[str, ...] = ()
    word: str = ""


CONFIGURATION_KINDS = ("toml", "yaml", "yml", "json")
"""Suffixes of the configuration files that Hugo reads."""
PROJECTS = (
    Project("obsidian", ".obsidian"),
    *(Project("hugo", f"{folder}hugo.{kind}") for folder in ("", "config/_default/") for kind in CONFIGURATION_KINDS),
    # Before version 0.110 the file was called config; Zola's config.toml says base_url.
    *(Project("hugo", f"config.{kind}", word="baseurl") for kind in CONFIGURATION_KINDS),
    Project("hugo", "config/_default/config.toml", word="baseurl"),
    Project("hexo", "package.json", word='"hexo"'),
    Project("hexo", "_config.yml", beside=("scaffolds",)),
    # A Jupyter book has a _config.yml as well, but none of these.
    *(
        Project("jekyll", name, beside=("_posts", "_drafts", "_layouts", "_includes", "Gemfile"))
        for name in ("_config.yml", "_config.yaml", "_config.toml")
    ),
)  # fmt: skip
"""Rows that recognise a project; the first that matches in the nearest folder holds."""
