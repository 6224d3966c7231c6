"""The last line of a run: what it did or would do, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.batch.input import archives
from converter.batch.names import shown
from converter.batch.values import Mode
from converter.source.suffixes import POST_SUFFIXES

if TYPE_CHECKING:
    from converter.batch import Job, Result


MOST_KINDS = 6
"""Kinds of files that the line of files that were left out names."""
MOST_NAMES = 5
"""Documents that one line names."""


def summary_line(result: Result, job: Job) -> str:
    """Return the counts of a run in words, and what to do where nothing was done."""
    if not any(result.counts.values()):
        return nothing_found(job) if not (result.stopped or result.fatal) else result.in_words()
    line = result.in_words(written=job.mode is Mode.WRITE)
    if job.mode is not Mode.WRITE:
        return f"{line} (nothing written)"
    nothing_to_do = result.unchanged == sum(result.counts.values()) and not (result.stopped or job.force)
    return f"{line}: nothing to do (--force converts again)" if nothing_to_do else line


def notes(result: Result) -> list[str]:
    """Return a line for each kind of document that somebody has to look at, with the names of some."""
    lines = []
    if found := result.incomplete:
        words = "1 document holds" if len(found) == 1 else f"{len(found):,} documents hold"
        lines.append(f"{words} no whole article (locked, cut, empty, a list or an error): {_some(found)}")
    if found := result.like_html:
        words = "1 file looks" if len(found) == 1 else f"{len(found):,} files look"
        it = "it" if len(found) == 1 else "them"
        left = "was left as it is" if len(found) == 1 else "were left as they are"
        lines.append(f"{words} like HTML but {left}; --assume html converts {it}: {_some(found)}")
    return lines


def left_out(result: Result) -> list[str]:
    """Return a line with the kinds of files in the source folders that were left out; none where nothing was."""
    if not result.left_out:
        return []
    kinds = result.left_out.most_common()
    told = [f"{count:,} {suffix or 'without a suffix'}" for suffix, count in kinds[:MOST_KINDS]]
    more = sum(count for _, count in kinds[MOST_KINDS:])
    hint = "; name an archive by itself to convert it" if any(archives.kind_of(f"x{kind}") for kind, _ in kinds) else ""
    return [f"left out: {', '.join(told)}{f' and {more:,} more' if more else ''}{hint}"]


def _some(names: list[str]) -> str:
    more = f" and {len(names) - MOST_NAMES:,} more" if len(names) > MOST_NAMES else ""
    return ", ".join(map(shown, names[:MOST_NAMES])) + more


def nothing_found(job: Job) -> str:
    """Return that there are no posts in the sources, and what was looked for."""
    where = ", ".join(map(shown, (*job.sources, *job.lists)))
    return f"no posts in {where} (looked for {', '.join(POST_SUFFIXES)})"
