"""Replace the addresses in the tree of an article."""

from __future__ import annotations

from collections.abc import Callable

from converter.model import Article, Finding


def rewrite_addresses(
    tree: Article,
    tag: str,
    name: str,
    decide: Callable[[str], tuple[str, str]],
    findings: list[Finding],
) -> list[tuple[str, str]]:
    """Replace the addresses of a tag, and add a finding for each rule that changed one; return all, old and new.

    name: the attribute with the address.
    decide: takes an address, returns the one to write and the id of the rule ("" for no finding).
    """
    rewritten: list[tuple[str, str]] = []
    for node in tree.body.nodes():
        if node.tag == tag and (address := node.attributes.get(name)):
            written, rule = decide(address)
            rewritten.append((address, written))
            if written != address:
                node.attributes = {**node.attributes, name: written}
            if rule:
                findings.append(Finding(rule, "", written))
    return rewritten
