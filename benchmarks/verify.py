"""Measures the cost of verification: ``python -m benchmarks.verify SAMPLE...``.

Prints the processor time of ``convert``, of ``verify`` (an archive that exists) and of ``prove`` (both laws, as in
``convert --verify``) on the same posts, in one process, best of three.  Exit code 1 if verification takes more than
LIMIT times the time of conversion.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from converter.model import Document
from converter.pipeline import convert
from converter.verify import prove, verify

LIMIT = 3.0
ROUNDS = 3
SUFFIXES = (".md", ".markdown", ".html", ".htm")


def best(work: Callable[[], object]) -> float:
    """Return the least processor time in seconds that a function took."""
    times = []
    for _ in range(ROUNDS):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return min(times)


def main(folders: list[str]) -> int:
    """Measure each folder; return 1 if verification takes more than LIMIT times conversion."""
    slow = False
    for folder in map(Path, folders):
        posts = [(path.name, path.read_bytes()) for path in sorted(folder.rglob("*")) if path.suffix in SUFFIXES]
        documents: list[Document] = [convert(data, name=name) for name, data in posts]
        pairs = [(data, document) for (_, data), document in zip(posts, documents, strict=True) if document.article]
        texts = [(data, str(document)) for data, document in pairs]
        converting = best(lambda posts=posts: [str(convert(data, name=name)) for name, data in posts])
        verifying = best(lambda texts=texts: [verify(data, text) for data, text in texts])
        proving = best(lambda pairs=pairs: [prove(data, document) for data, document in pairs])
        ratio = max(verifying, proving) / converting
        slow = slow or ratio > LIMIT
        print(
            f"{folder.name}: {len(posts)} posts; convert {converting:.2f} s, verify {verifying:.2f} s, "
            f"prove {proving:.2f} s: {ratio:.2f} times conversion (at most {LIMIT:g})"
        )
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
