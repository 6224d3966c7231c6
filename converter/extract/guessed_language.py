"""Guess the language of code that declares none; where the signs are not clear, name none."""

from __future__ import annotations

from collections import Counter

from converter.rules.languages import HOLDERS, LANGUAGE_SIGNS, LEAST_CODE, MOST_CODE, MOST_DOUBT, SURE


def guessed_language(code: str) -> str:
    """Return the language of code, by the name that highlighters share; "" where that is not sure."""
    code = code[:MOST_CODE]
    if len(code) < LEAST_CODE:
        return ""
    found: Counter[str] = Counter()
    for sign in LANGUAGE_SIGNS:
        if sign.pattern.search(code):
            found[sign.language] += sign.weight
    likely = [(language, weight) for language, weight in found.most_common() if weight > MOST_DOUBT]
    if not likely or likely[0][1] < SURE:
        return ""
    if len(likely) == 1:
        return likely[0][0]
    holder = HOLDERS.get(frozenset(language for language, _ in likely), "")
    return holder if found[holder] >= SURE else ""
