"""Whether front matter switches a site's template engine off: read in one place, as the site reads it."""

from __future__ import annotations

import pytest

from converter.frontmatter import is_template_engine_off, split
from converter.options.flavors import FLAVORS

OFF = [
    ("jekyll", "---\nrender_with_liquid: false\n---\n"),
    ("jekyll", "---\ntitle: a\nrender_with_liquid: False  # as in Ruby\n---\n"),
    ("jekyll", "---\n'render_with_liquid' : no\n---\n"),
    ("jekyll", "+++\nrender_with_liquid = false\n+++\n"),
    ("jekyll", '{\n"title": "a",\n"render_with_liquid": false\n}\n'),
    ("hexo", "---\ndisableNunjucks: true\n---\n"),
]
ON = [
    ("jekyll", ""),
    ("jekyll", "---\ntitle: a\n---\n"),
    ("jekyll", "---\nrender_with_liquid: true\n---\n"),
    ("jekyll", '---\nrender_with_liquid: "false"\n---\n'),
    ("jekyll", "---\nrender_with_liquid: 0\n---\n"),
    ("jekyll", "---\nrender_with_liquid:\n---\n"),
    ("jekyll", "---\n# render_with_liquid: false\ntitle: a\n---\n"),
    ("jekyll", "---\nnested:\n  render_with_liquid: false\n---\n"),
    ("jekyll", "---\ntext: |\n  x\n  render_with_liquid: false\n---\n"),
    ("jekyll", '---\nrender_with_liquid: false\ntitle: "a\n---\n'),
    ("jekyll", "---\ndisableNunjucks: true\n---\n"),
    ("hexo", "---\nrender_with_liquid: false\n---\n"),
    ("hexo", "---\ndisableNunjucks: false\n---\n"),
    ("gfm", "---\nrender_with_liquid: false\ndisableNunjucks: true\n---\n"),
]


@pytest.mark.parametrize(
    ("flavor", "text", "off"), [*((*case, True) for case in OFF), *((*case, False) for case in ON)]
)
def test_the_engine_is_off(flavor: str, text: str, off: bool) -> None:
    front, rest = split(text)
    assert rest == ""
    assert is_template_engine_off(front, FLAVORS[flavor]) is off
