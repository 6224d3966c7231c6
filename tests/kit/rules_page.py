"""Writes docs/rules.md from the table of findings."""

from __future__ import annotations

from itertools import groupby

from converter.cli.rule import origins
from converter.rules.findings import ENTRIES, FindingEntry

GROUPS = {
    "article": "Articles that are not whole",
    "chrome": "What a site puts around and into an article",
    "code": "Code blocks",
    "footnote": "Footnotes",
    "frontmatter": "Front matter",
    "harmless": "The check of the finished Markdown",
    "html": "Elements of HTML",
    "image": "Images",
    "input": "Files",
    "link": "Links",
    "math": "Formulas",
    "media": "Videos and sounds",
    "meta": "Metadata",
    "page": "Pages",
    "site.mine": "Rows of your own",
    "space": "Spaces",
    "table": "Tables",
    "text": "Text",
    "title": "Titles",
    "toc": "Tables of contents",
}
"""The title of each group of ids, in the order of the table."""


def documentation() -> str:
    """Return the text of ``docs/rules.md``."""
    out = [
        "# Rules",
        "<!-- Generated from converter/rules/findings.py and the tables of rules and sites: "
        "python -m tests.kit.rules_page > docs/rules.md -->",
        "Whatever csdn2md removes or changes beyond plain conversion is a *finding* with the id of a rule. `csdn2md "
        "explain FILE` lists the findings of a file, `--report` those of a run, `csdn2md review` those of each post, and "
        "`csdn2md rule NAME` prints what stands here.",
    ]
    for group, entries in groupby(ENTRIES, key=lambda entry: entry.rule.partition("/")[0]):
        out += [f"## {GROUPS[group]}", *(_section(entry) for entry in entries)]
    return "\n\n".join(out) + "\n"


def _section(entry: FindingEntry) -> str:
    parts = [f"### {entry.rule}", entry.meaning]
    if found := origins(entry):
        parts.append("\n".join(f"- {origin}" for origin in found))
    if entry.before:
        with_options = f" With `{entry.options}`:" if entry.options else ""
        parts += [f"Before:{with_options}", _fenced("html", entry.before), "After:", _fenced("markdown", entry.after)]
    return "\n\n".join(parts)


def _fenced(language: str, text: str) -> str:
    shown = "".join(char if char.isprintable() or char in "\n\t" else f"\\x{ord(char):02x}" for char in text)
    return f"````{language}\n{shown.rstrip(chr(10))}\n````"


if __name__ == "__main__":
    print(documentation(), end="")
