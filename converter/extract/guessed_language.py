"""Guess the language of code that declares none; where the signs are not clear, name none."""

from __future__ import annotations

from collections import Counter

from converter.rules.languages import HOLDERS, LANGUAGE_SIGNS, LEAST_CODE, LEAST_WEIGHT, MOST_CODE, MOST_DOUBT


def guessed_language(code: str) -> str:
    """Return the language of code, by the name that highlighters share; "" where that is not sure."""
    language, weight = likely_language(code)
    return language if weight >= LEAST_WEIGHT.get(language, weight + 1) else ""


def likely_language(code: str) -> tuple[str, int]:
    """Return the one language that code has signs of, and the sum of their weights; "" for none or several."""
    code = code[:MOST_CODE]
    if len(code) < LEAST_CODE:
        return "", 0
    found: Counter[str] = Counter()
    for sign in LANGUAGE_SIGNS:
        if sign.pattern.search(code):
            found[sign.language] += sign.weight
    likely = [language for language, weight in found.items() if weight > MOST_DOUBT]
    language = likely[0] if len(likely) == 1 else HOLDERS.get(frozenset(likely), "")
    return language, found[language]
