"""Measures the guesses of `--guess-language` on code blocks that declare one: `python -m benchmarks.languages POSTS`.

Authors declare wrongly, too: `--show` prints the blocks that disagree, to look at.  `--weights` prints the table from
which the least weights in `converter/rules/languages.py` were chosen: what the guesses would be with each least weight.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from converter import ConversionError, convert
from converter.extract.guessed_language import guessed_language, likely_language
from converter.rules.languages import LANGUAGE_SIGNS

SAME = {"vue": "html", "jsp": "html", "mysql": "sql", "objective-c": "objectivec", "python3": "python"}
"""Declared languages that the guess has another name for."""
LANGUAGES = sorted({sign.language for sign in LANGUAGE_SIGNS})


class Block(NamedTuple):
    """A code block: the post, what is declared, what is guessed and likely (with its weight), how it begins."""

    post: str
    declared: str
    guess: str
    likely: str
    weight: int
    start: str


def blocks(path: Path) -> Iterable[Block]:
    """Yield the code blocks of a post."""
    try:
        article = convert(path.read_bytes(), name=path.name).article
    except ConversionError:
        return
    for node in article.body.nodes() if article else ():
        if node.tag == "pre":
            text, declared = "".join(node.texts()), node.attributes.get("lang", "")
            yield Block(
                path.name, SAME.get(declared, declared), guessed_language(text), *likely_language(text), text[:100]
            )


def _posts(folder: Path, most: int) -> list[Path]:
    """Return so many posts of a folder, the same in every run, of all years."""
    return sorted(folder.rglob("*.md"), key=lambda path: hashlib.md5(path.name.encode()).digest())[:most]


def _rate(right: int, wrong: int) -> str:
    return f"{right / max(1, right + wrong):.1%}"


def _print_guesses(found: list[Block]) -> None:
    declared = [block for block in found if block.declared]
    right = Counter(block.guess for block in declared if block.guess == block.declared)
    wrong = Counter(block.guess for block in declared if block.guess not in ("", block.declared))
    count = right.total() + wrong.total()
    print(f"{len(declared):,} blocks with a language, {count:,} of them guessed ({count / max(1, len(declared)):.1%})")
    print(f"as declared: {_rate(right.total(), wrong.total())}")
    named = sum(bool(block.guess) for block in found if not block.declared)
    print(f"{len(found) - len(declared):,} blocks without one, {named:,} of them guessed")
    print("| language | as declared | otherwise |\n| --- | --- | --- |")
    for language in sorted(right | wrong):
        print(f"| {language} | {right[language]} | {wrong[language]} |")


def _print_weights(found: list[Block], weights: range) -> None:
    print(f"| language | {' | '.join(map(str, weights))} |\n| --- |{' --- |' * len(weights)}")
    for language in LANGUAGES:
        cells = []
        for least in weights:
            of = [block for block in found if block.declared and block.likely == language and block.weight >= least]
            right = sum(block.declared == language for block in of)
            cells.append(f"{right} of {len(of)}" if of else "")
        print(f"| {language} | {' | '.join(cells)} |")


def main() -> None:
    """Guess, and print how often the guess is what is declared, for each folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+", metavar="POSTS")
    parser.add_argument("--most", type=int, default=1000, metavar="N", help="posts of each folder")
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--weights", action="store_true")
    given = parser.parse_args()
    found = [block for folder in given.folders for path in _posts(folder, given.most) for block in blocks(path)]
    if given.show:
        for block in found:
            if block.declared and block.guess not in ("", block.declared):
                print(f"{block.declared} -> {block.guess}: {block.post}: {block.start!r}")
    _print_guesses(found)
    if given.weights:
        _print_weights(found, range(4, 13))


if __name__ == "__main__":
    main()
