"""Read from front matter whether a site's template engine is switched off for a post."""

from __future__ import annotations

from converter.frontmatter.block import FrontMatter
from converter.options.flavors import Flavor


def is_template_engine_off(front: FrontMatter | None, flavor: Flavor) -> bool:
    """Return whether front matter keeps the flavor's template engine off its post.

    False for a post without front matter, for a flavor without such a key, for a string in place of the
    boolean (Jekyll runs Liquid for ``render_with_liquid: "false"``), and for a block that is not valid.
    """
    if front is None or flavor.template_off is None:
        return False
    key, value = flavor.template_off
    return key in front.raw and (front.values() or {}).get(key) is value
