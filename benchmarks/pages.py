"""Writes the figures of ``fidelity.json`` and ``baseline.json`` into the documentation: ``python -m benchmarks.pages``.

Each README has a table of each between markers, and ``docs/`` a chart.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parent
COLUMNS = ("same", "text", "code", "formulas", "tables")
"""The scores of a converter that are shown."""
WORDS: Mapping[str, Mapping[str, str]] = {
    "README.md": {
        "converter": "Converter", "version": "Version", "same": "No difference", "text": "Text", "code": "Code",
        "formulas": "Formulas", "tables": "Tables", "ms": "ms for an article", "p99": "slowest 1 % from",
        "times": "csdn2md = 1",
        "fidelity": "{articles} articles, {mb:.1f} MB, {date}; {judges}.",
        "speed": "{articles} articles, one process, processor time.",
    },
    "README.zh-CN.md": {
        "converter": "转换器", "version": "版本", "same": "毫无差异", "text": "文字", "code": "代码",
        "formulas": "公式", "tables": "表格", "ms": "每篇毫秒", "p99": "最慢的 1% 从",
        "times": "csdn2md = 1",
        "fidelity": "{articles} 篇文章，{mb:.1f} MB，{date}；{judges}。",
        "speed": "{articles} 篇文章，单个进程，处理器时间。",
    },
}  # fmt: skip
"""The words of each README."""
OWN, OTHER = "#b5362a", "#8a8f98"


def fidelity() -> dict[str, Any]:
    """Return the figures of ``make bench-fidelity``."""
    measured: dict[str, Any] = json.loads((HERE / "fidelity.json").read_text("utf-8"))
    return measured


def speed() -> tuple[str, dict[str, dict[str, float]]]:
    """Return the number of articles of the largest sample of ``make bench``, and its rows."""
    kept: dict[str, dict[str, dict[str, float]]] = json.loads((HERE / "baseline.json").read_text("utf-8"))
    sample = max(kept, key=lambda name: int(name.split()[-2]))
    return sample.split()[0], kept[sample]


def readme(name: str, text: str) -> str:
    """Return the text of a README with the tables as they must be."""
    words, measured, (articles, rows) = WORDS[name], fidelity(), speed()
    judges = ", ".join(f"{judge} {version}" for judge, version in measured["judges"].items())
    about = words["fidelity"].format(**{**measured, "judges": judges, "mb": measured["bytes"] / 1e6})
    head = [words[key] for key in ("converter", "version", *COLUMNS)]
    body = [
        [converter, row["version"], *(f"{100 * row[key]:.1f} %" for key in COLUMNS)]
        for converter, row in measured["rows"].items()
    ]
    text = between("fidelity", text, f"{table(head, body)}\n\n{about}")
    head = [words[key] for key in ("converter", "ms", "p99", "times")]
    body = [
        [converter, f"{row['ms']:.2f}", f"{row['ms p99']:.1f}", f"{row['ratio']:.2f}"]
        for converter, row in sorted(rows.items(), key=lambda item: item[1]["ms"])
    ]
    return between("speed", text, f"{table(head, body)}\n\n{words['speed'].format(articles=articles)}")


def table(head: Sequence[str], body: Sequence[Sequence[str]]) -> str:
    """Return a table of Markdown; numbers are at the right."""
    rule = ["---", *("--:" for _ in head[1:])]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *body))


def between(name: str, text: str, new: str) -> str:
    """Return a text with another text between the markers of a name."""
    marker = f"<!-- {name}: python -m benchmarks.pages -->"
    found = re.compile(f"(?<={re.escape(marker)}\n).*?(?=<!-- /{name} -->)", re.DOTALL)
    return found.sub(lambda _: f"\n{new}\n\n", text, count=1)


def speed_chart() -> str:
    """Return ``docs/bench.svg``: the milliseconds for an article."""
    rows = {name: row["ms"] for name, row in speed()[1].items()}
    return _svg(680, len(rows), _bars(sorted(rows.items(), key=lambda item: item[1]), 200, 380, "{:.2f} ms"))


def fidelity_chart() -> str:
    """Return ``docs/fidelity.svg``: the scores of each converter, side by side."""
    rows = fidelity()["rows"]
    shapes = []
    for index, key in enumerate(COLUMNS):
        left = 180 + 150 * index
        shapes.append(f'<text x="{left}" y="16" font-weight="bold">{escape(WORDS["README.md"][key])}</text>')
        values = [(name if index == 0 else "", 100 * row[key]) for name, row in rows.items()]
        shapes += _bars(values, left, 90, "{:.1f}", top=26, own=list(rows).index("csdn2md"), most=100)
    return _svg(180 + 150 * len(COLUMNS), len(rows), shapes, top=26)


def _bars(
    values: Sequence[tuple[str, float]],
    left: int,
    width: int,
    shown: str,
    *,
    top: int = 0,
    own: int = -1,
    most: float = 0,
) -> Iterator[str]:
    most = most or max(value for _, value in values)
    for index, (name, value) in enumerate(values):
        y, length = top + 12 + 26 * index, width * value / most
        colour = OWN if index == own or name.startswith("csdn2md") else OTHER
        if name:
            yield f'<text x="{left - 10}" y="{y + 14}" text-anchor="end">{escape(name)}</text>'
        yield f'<rect x="{left}" y="{y}" width="{length:.1f}" height="18" fill="{colour}"/>'
        yield f'<text x="{left + length + 6:.1f}" y="{y + 14}">{shown.format(value)}</text>'


def _svg(width: int, rows: int, shapes: Iterable[str], top: int = 0) -> str:
    size = f'width="{width}" height="{top + 24 + 26 * rows}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="13">'
        f'<rect width="100%" height="100%" fill="white"/>{"".join(shapes)}</svg>\n'
    )


def main() -> None:
    """Write the tables and the charts."""
    for name in WORDS:
        path = ROOT / name
        path.write_text(readme(name, path.read_text("utf-8")), encoding="utf-8")
    (ROOT / "docs" / "bench.svg").write_text(speed_chart(), encoding="utf-8")
    (ROOT / "docs" / "fidelity.svg").write_text(fidelity_chart(), encoding="utf-8")


if __name__ == "__main__":
    main()
