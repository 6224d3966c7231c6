"""The last line of a run: what it did or would do, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.batch.input import archives
from converter.batch.names import shown
from converter.batch.values import Mode
from converter.source.suffixes import POST_SUFFIXES
from converter.translation import _, counted

if TYPE_CHECKING:
    from converter.batch import Job, Result


MOST_KINDS = 6
"""Kinds of files that the line of files that were left out names."""
MOST_NAMES = 5
"""Documents that one line names."""


def summary_line(result: Result, job: Job) -> str:
    """Return the counts of a run in words, and what to do where nothing was done."""
    if not any(result.counts.values()):
        return nothing_found(job) if not (result.stopped or result.fatal) else ""
    line = result.in_words(written=job.mode is Mode.WRITE, say=_)
    if job.mode is not Mode.WRITE:
        return _("{line} (nothing written)").format(line=line)
    is_whole = not (result.stopped or result.fatal or job.force)
    nothing_to_do = is_whole and result.unchanged == sum(result.counts.values())
    return _("{line}: nothing to do (--force converts again)").format(line=line) if nothing_to_do else line


def notes(result: Result) -> list[str]:
    """Return a line for each kind of document that somebody has to look at, with the names of some."""
    found = (
        (
            result.incomplete,
            counted(
                "{count:,} document holds no whole article (locked, cut, empty, a list or an error): {names}",
                "{count:,} documents hold no whole article (locked, cut, empty, a list or an error): {names}",
                len(result.incomplete),
            ),
        ),
        (
            result.like_html,
            counted(
                "{count:,} file looks like HTML but was left as it is; --assume html converts it: {names}",
                "{count:,} files look like HTML but were left as they are; --assume html converts them: {names}",
                len(result.like_html),
            ),
        ),
        (
            result.rejected,
            counted(
                "{count:,} document has front matter that YAML loaders reject; --repair-front-matter helps: {names}",
                "{count:,} documents have front matter that YAML loaders reject; --repair-front-matter helps: {names}",
                len(result.rejected),
            ),
        ),
    )
    return [line.format(count=len(names), names=_some(names)) for names, line in found if names]


def left_out(result: Result) -> list[str]:
    """Return a line with the kinds of files in the source folders that were left out; none where nothing was."""
    if not result.left_out:
        return []
    kinds = result.left_out.most_common()
    told = [f"{count:,} {suffix or _('without a suffix')}" for suffix, count in kinds[:MOST_KINDS]]
    more = sum(count for _suffix, count in kinds[MOST_KINDS:])
    names = ", ".join(told)
    line = _("left out: {kinds}").format(
        kinds=_("{some} and {more:,} more").format(some=names, more=more) if more else names
    )
    has_archive = any(archives.kind_of(f"x{kind}") for kind, _count in kinds)
    return [line + _("; name an archive by itself to convert it") if has_archive else line]


def _some(names: list[str]) -> str:
    some = ", ".join(map(shown, names[:MOST_NAMES]))
    more = len(names) - MOST_NAMES
    return _("{some} and {more:,} more").format(some=some, more=more) if more > 0 else some


def nothing_found(job: Job) -> str:
    """Return that there are no posts in the sources, and what was looked for."""
    where = ", ".join(map(shown, (*job.sources, *job.lists)))
    suffixes = ", ".join(POST_SUFFIXES)
    return _("no posts in {where} (looked for {suffixes})").format(where=where, suffixes=suffixes)
