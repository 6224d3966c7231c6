"""Prints how many examples of the specifications survive a round trip, and why the others do not (``make spec``)."""

from __future__ import annotations

from collections import Counter

from tests.kit.specification import PATHS, RENDERERS, examples, known, survives


def main() -> None:
    """Print the figures of the serializer alone and of the whole pipeline, by renderer."""
    for path, write in PATHS.items():
        markdowns = [(example, write(example.html)) for example in examples()]
        for renderer in RENDERERS:
            back = [(example.raw, survives(example, markdown, renderer)) for example, markdown in markdowns]
            plain = [good for raw, good in back if not raw]
            every = [good for _, good in back]
            print(f"{path:8} {renderer:12} {_share(plain)} without raw HTML, {_share(every)} of all")
        for reason, count in Counter(known(path).values()).most_common():
            print(f"{count:10}  {reason}")


def _share(good: list[bool]) -> str:
    return f"{sum(good):4}/{len(good)} ({100 * sum(good) / len(good):.1f} %)"


if __name__ == "__main__":
    main()
