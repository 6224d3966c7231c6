"""Writes docs/flavors.md from the table of flavors."""

from __future__ import annotations

from converter.options.flavors import FLAVORS, PROJECTS, Flavor, Project

PLAIN_TEX = """## Formulas that are written as TeX

A renderer that knows no formulas must see no markup in one. Where a flavor writes TeX as it is, these few things are
written in another way that means the same to a formula engine:

| in the source | written | why |
| --- | --- | --- |
| `a<b`, `<!`, `</` | `a< b`, `< !`, `< /` | no tag, comment or autolink |
| `](`, `]:`, `[^`, `![`, `{:`, `~~` | `] (`, `] :`, `[ ^`, `! [`, `{ :`, `~ ~` | no link, definition, note, image, attribute list |
| `&lt;` | `& lt;` | no character reference |
| a backtick | `‘` (the accent of a letter: the letter with its accent) | no code |
| `\\text{if $x$}`, a lone `$` | `\\text{if \\(x\\)}`, `\\$` | no end of the formula |
| `\\$` (`hugo` alone, whose formulas end at any `$`) | `\\text{\\textdollar}` | no end of the formula |
| a backslash or `\\$` at the end | `\\ {}` behind it | no escaped delimiter |
| a lone `[` or `]` in a link's text | `\\lbrack`, `\\rbrack` | no end of the link's text |
| a line of a display formula that could begin a block | joined to the line before it | no heading, list, fence |

Behind a formula that holds a URL stands `<!-- -->`, because a renderer makes a link of a URL and of all that follows."""


FOUR = """## What the four renderers make of formulas

A formula without markup (`$x_1 + y$`) comes out of every renderer as it is, between its dollars, for a script on the
page (KaTeX, MathJax) to find. What happens to `\\{x\\} \\\\ \\; y`, which holds markup, depends on how it is written and
on whether the renderer knows formulas:

| written | by flavor | cmark-gfm, goldmark, markdown-it | kramdown |
| --- | --- | --- | --- |
| `$...$` in a line | `gfm`, `commonmark`, `hugo`, `obsidian` | lose backslashes: `${x} \\ ; y$`; a pair of `*` or `_` can become emphasis; goldmark's passthrough, markdown-it's dollarmath and texmath, and Obsidian keep the TeX | loses backslashes: `${x} \\ \\; y$` |
| `$$...$$` as a block | the same and `jekyll` | the same | keeps the TeX: `\\[\\{x\\} \\\\ \\; y\\]` |
| `$$...$$` in a line | `jekyll` | the same | keeps the TeX: `\\(\\{x\\} \\\\ \\; y\\)` |
| `` $`...`$ `` | `github` | keep the TeX, as code between dollars; GitHub makes a formula of it | keeps the TeX, as code between dollars |
| ```` ```math ```` | `github` | keep the TeX, as code of the language `math`; GitHub makes a formula of it | keeps the TeX, as code of the language `math` |
| `$&#92;{x&#92;} ...$` in a line | `hexo`, `hugo-legacy` | keep the TeX; a formula extension shows the references, so it must be off | keeps the TeX |
| `$$&#92;{x&#92;} ...$$` alone | `hexo`, `hugo-legacy` | keep the TeX, as above | shows the references |

So `gfm` is for formulas that a renderer with a formula extension reads, or that hold no markup; for a site, choose its
flavor."""


def documentation() -> str:
    """Return the text of ``docs/flavors.md``."""
    out = [
        "# Flavors",
        "<!-- Generated from the table in converter/options/flavors.py: python -m tests.kit.flavors_page > docs/flavors.md -->",
        "[简体中文](zh/flavors.md)",
        "`--flavor NAME` names the program that will render the Markdown. By default (`auto`), csdn2md looks upward from "
        "the output folder (in place: from the posts) for a site or vault, and says so if it finds one; else the flavor "
        "is `gfm`, which is portable. The search ends at the root of a git repository. Choose a flavor yourself if your "
        "site has formulas, or a template engine that reads posts before the Markdown renderer does, and is elsewhere.",
        "A project is recognised by its own files:\n\n" + "\n".join(map(_project, PROJECTS)),
        "| Flavor | Rendered by | Inline formula | Display formula | Templates | Footnotes |\n"
        "| --- | --- | --- | --- | --- | --- |\n" + "\n".join(map(_row, FLAVORS.values())),
        *(_section(row) for row in FLAVORS.values()),
        FOUR,
        PLAIN_TEX,
    ]
    return "\n\n".join(out) + "\n"


def _row(row: Flavor) -> str:
    inline, display = (_code("...".join(pair)) for pair in (row.math_inline, row.math_display))
    if row.formulas_as_code:
        inline = f"{inline}, `` $`...`$ ``"
    templates = "escaped" if row.template else "none"
    notes = "`[^1]`" if row.footnotes else "superscript links"
    return f"| `{row.name}` | {row.renderer} | {inline} | {display} | {templates} | {notes} |"


def _code(text: str) -> str:
    return f"```` {text} ````" if "`" in text else f"`{text}`"


def _project(row: Project) -> str:
    beside = f" beside one of {', '.join(f'`{name}`' for name in row.beside)}" if row.beside else ""
    word = f" that holds `{row.word}`" if row.word else ""
    return f"- {row.flavor}: `{row.name}`{word}{beside}"


def _section(row: Flavor) -> str:
    language = "toml" if "toml" in row.needs else "yaml"
    lines = [f"## {row.name}", "\n".join(f"- {line}" for line in row.differences)]
    if row.needs:
        lines += ["Settings that the site needs:", f"```{language}\n{row.needs}```"]
    return "\n\n".join(lines)


if __name__ == "__main__":
    print(documentation(), end="")
