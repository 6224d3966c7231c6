"""Compares the groups of a corpus with the exact likeness of its texts: `python -m benchmarks.duplicates CORPUS.jsonl`.

Prints, for pairs of documents by their exact Jaccard similarity, how many are in one group; `--show N` prints pairs of
each class to look at.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from converter.similarity.sketch import SHINGLE, normal_text

CLASSES = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5)
LEAST_SHARED = 0.3
"""Share of sampled shingles that two documents have in common before they are compared exactly."""
MOST_HOLDERS = 60
"""A shingle that more documents hold says nothing of a pair."""


def shingles(text: str) -> frozenset[int]:
    """Return the hashes of all shingles of a Markdown body."""
    found = normal_text(text)
    return frozenset(hash(found[start : start + SHINGLE]) for start in range(max(1, len(found) - SHINGLE + 1)))


def candidates(sets: list[frozenset[int]]) -> Iterator[tuple[int, int]]:
    """Yield pairs that share many of the shingles that one in eight is looked at."""
    holders: dict[int, list[int]] = defaultdict(list)
    for number, found in enumerate(sets):
        for shingle in found:
            if shingle % 8 == 0:
                holders[shingle].append(number)
    shared: Counter[tuple[int, int]] = Counter()
    for numbers in holders.values():
        if len(numbers) <= MOST_HOLDERS:
            shared.update(combinations(numbers, 2))
    for (one, other), count in shared.items():
        if count >= LEAST_SHARED / 8 * min(len(sets[one]), len(sets[other])):
            yield one, other


def main() -> None:
    """Compare, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--show", type=int, default=0)
    given = parser.parse_args()
    rows = [json.loads(line) for line in given.corpus.open(encoding="utf-8")]
    rows = [row for row in rows if len(normal_text(row["markdown"])) >= 100]
    sets = [shingles(row["markdown"]) for row in rows]
    pairs: dict[float, list[tuple[int, int, bool]]] = defaultdict(list)
    for one, other in candidates(sets):
        both = len(sets[one] & sets[other])
        likeness = both / (len(sets[one]) + len(sets[other]) - both)
        found = next((least for least in CLASSES if likeness >= least), 0.0)
        grouped = rows[one]["group"] is not None and rows[one]["group"] == rows[other]["group"]
        pairs[found].append((one, other, grouped))
    print(f"{len(rows):,} documents of 100 and more letters")
    print("| likeness | pairs | in one group |\n| --- | --- | --- |")
    for least in CLASSES:
        found_pairs = pairs[least]
        print(f"| {least} | {len(found_pairs)} | {sum(grouped for *_, grouped in found_pairs)} |")
        for one, other, grouped in random.Random(1).sample(found_pairs, min(given.show, len(found_pairs))):
            print(f"  {grouped}:", *(f"{rows[number]['path']} {rows[number]['title']!r}" for number in (one, other)))
    grouped_pairs = sum(grouped for group in pairs.values() for *_, grouped in group)
    right = sum(grouped for least in CLASSES[:3] for *_, grouped in pairs[least])
    wanted = sum(len(pairs[least]) for least in CLASSES[:3])
    print(f"of 0.8 and more: precision {right / max(1, grouped_pairs):.1%}, recall {right / max(1, wanted):.1%}")


if __name__ == "__main__":
    main()
