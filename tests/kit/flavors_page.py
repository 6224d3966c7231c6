"""Writes docs/flavors.md from the table of flavors."""

from __future__ import annotations

from converter.options.flavors import FLAVORS, Flavor


def documentation() -> str:
    """``docs/flavors.md``."""
    out = [
        "# Flavors",
        "<!-- Made of the table in converter/options/flavors.py: python -m tests.kit.flavors_page > docs/flavors.md -->",
        "`--flavor NAME` says what the Markdown will be rendered by. The default is portable; choose another where a "
        "site has formulas, or a template engine that reads posts before the Markdown renderer does.",
        "| Flavor | Rendered by | Formula in a line | Formula apart | Templates | Footnotes |\n"
        "| --- | --- | --- | --- | --- | --- |\n" + "\n".join(map(_row, FLAVORS.values())),
        *(_section(row) for row in FLAVORS.values()),
    ]
    return "\n\n".join(out) + "\n"


def _row(row: Flavor) -> str:
    inline, display = ("...".join(pair) for pair in (row.math_inline, row.math_display))
    templates = "harmless" if row.template else "none"
    notes = "`[^1]`" if row.footnotes else "raised numbers"
    return f"| `{row.name}` | {row.renderer} | `{inline}` | `{display}` | {templates} | {notes} |"


def _section(row: Flavor) -> str:
    language = "toml" if "toml" in row.needs else "yaml"
    lines = [f"## {row.name}", "\n".join(f"- {line}" for line in row.differences)]
    if row.needs:
        lines += ["What the site needs:", f"```{language}\n{row.needs}```"]
    return "\n\n".join(lines)


if __name__ == "__main__":
    print(documentation(), end="")
