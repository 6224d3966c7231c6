"""Measures the guesses of `--guess-language` on code blocks that declare one: `python -m benchmarks.languages POSTS`.

A declaration may be wrong: `--show` prints the blocks that disagree, to look at.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import Counter
from pathlib import Path

from converter import ConversionError, convert
from converter.extract.guessed_language import guessed_language

SAME = {"vue": "html", "jsp": "html", "mysql": "sql", "objective-c": "objectivec"}
"""Declared languages that the guess has another name for."""


def blocks(path: Path) -> list[tuple[str, str]]:
    """Return the language and the text of each code block of a post."""
    try:
        article = convert(path.read_bytes(), name=path.name).article
    except ConversionError:
        return []
    nodes = article.body.nodes() if article else ()
    return [(node.attributes.get("lang", ""), "".join(node.texts())) for node in nodes if node.tag == "pre"]


def _is_held_out(path: Path) -> bool:
    """Return whether a post belongs to the half that the signs were not first written from (see docs/limits.md)."""
    return hashlib.md5(path.name.encode()).digest()[-1] % 2 == 1


def main() -> None:
    """Guess, and print how often the guess is what is declared."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("posts", type=Path)
    parser.add_argument("--most", type=int, default=1000, metavar="POSTS")
    parser.add_argument("--half", action="store_true", help="every other post, by the hash of its name")
    parser.add_argument("--show", action="store_true")
    given = parser.parse_args()
    declared = undeclared = named = 0
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    paths = [path for path in sorted(given.posts.rglob("*.md")) if not given.half or _is_held_out(path)]
    for path in paths[: given.most]:
        for language, text in blocks(path):
            guess = guessed_language(text)
            if not language:
                undeclared += 1
                named += bool(guess)
                continue
            declared += 1
            if not guess:
                continue
            if SAME.get(language, language) == guess:
                right[guess] += 1
            else:
                wrong[guess] += 1
                if given.show:
                    print(f"{language} -> {guess}: {path.name}: {text[:100]!r}")
    count = right.total() + wrong.total()
    print(f"{declared:,} blocks with a language, {count:,} of them guessed ({count / max(1, declared):.1%})")
    print(f"as declared: {right.total() / max(1, count):.1%}")
    print(f"{undeclared:,} blocks without one, {named:,} of them guessed")
    print("| language | as declared | otherwise |\n| --- | --- | --- |")
    for language in sorted(right | wrong):
        print(f"| {language} | {right[language]} | {wrong[language]} |")


if __name__ == "__main__":
    main()
