"""Patterns of a user's own sites: which regular expressions are safe to try on any text, and forms of addresses.

A pattern comes from a file that may be somebody else's, and is tried on texts of pages that are somebody else's, too:
together they must not take for ever.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable
from typing import Any

codes: Any = importlib.import_module("re._constants")
parser: Any = importlib.import_module("re._parser")
"""What ``re`` itself reads patterns with; they have no stubs."""

_ENDLESS = 1000
"""How many times a repetition without an end counts: on texts that are much longer, no pattern of a user is tried."""
_MOST_WAYS = 20_000
"""In how many ways a pattern may match from one place on: one repetition without an end, and a few short ones."""
SHAPE = "a regular expression in which one * or + at most may give back what it took (*+ and ++ give nothing back)"
_ID, _USER = "{id}", "{user}"
_SCHEME = re.compile(r"(?:https?:)?//|www\.")


def is_safe(text: str) -> bool:
    """Return whether a text is a regular expression whose time is bounded on any text."""
    try:
        re.compile(text)
        return bool(text) and _ways(parser.parse(text)) <= _MOST_WAYS
    except (re.error, OverflowError, RecursionError):
        return False


def _ways(items: Iterable[Any]) -> int:
    """Return in how many ways the items of a parsed pattern may match, at most _MOST_WAYS + 1.

    What gives nothing back (possessive repetitions, atomic groups, assertions) matches in one way, but is itself looked
    at.
    """
    ways = 1
    for code, value in items:
        ways = min(ways * _ways_of(code, value), _MOST_WAYS + 1)
    return ways


def _ways_of(code: Any, value: Any) -> int:
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
        least, most, inner = value
        times = _ENDLESS if most is codes.MAXREPEAT else min(most, _ENDLESS)
        within = _ways(inner)
        if within > 1 and times > 9:
            return _MOST_WAYS + 1
        ways = within**times * max(1, times - least + 1)
        return 1 if code is codes.POSSESSIVE_REPEAT and ways <= _MOST_WAYS else ways
    if code is codes.SUBPATTERN:
        return _ways(value[3])
    if code is codes.BRANCH:
        return sum(map(_ways, value[1]))
    if code in (codes.ATOMIC_GROUP, codes.ASSERT, codes.ASSERT_NOT):
        ways = _ways(value if code is codes.ATOMIC_GROUP else value[1])
        return 1 if ways <= _MOST_WAYS else ways
    if code is codes.GROUPREF_EXISTS:
        return sum(_ways(branch) for branch in value[1:] if branch)
    return 1


def is_address_form(text: str) -> bool:
    """Return whether a text is the form of an address: literal but for one {id}, and {user} where it has one."""
    bare = text.replace(_ID, "", 1).replace(_USER, "", 1)
    host = _rest(text).partition("/")[0]
    return text.count(_ID) == 1 and not re.search(r"[{}\s]", bare) and bool(host) and "{" not in host


def address_pattern(form: str) -> re.Pattern[str]:
    """Return the pattern of an address form; its groups are ``id`` and ``user``."""
    literal = re.escape(_rest(form))
    literal = literal.replace(re.escape(_ID), r"(?P<id>[\w\-]++)").replace(re.escape(_USER), r"(?P<user>[\w\-]++)")
    user = "" if _USER in form else "(?P<user>(?!))?"
    return re.compile(rf"(?:https?:)?//(?:www\.)?{literal}{user}", re.IGNORECASE)


def _rest(form: str) -> str:
    """Return a form without its scheme and ``www.``, both of which an address may have or not."""
    while match := _SCHEME.match(form):
        form = form[match.end() :]
    return form
