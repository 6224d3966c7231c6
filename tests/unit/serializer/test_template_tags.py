"""Tags of template engines, in text and in code."""

from __future__ import annotations

import pytest

from converter.options import Options
from tests.kit.serialized import markdown

OPTIONS = {
    "liquid": (Options(flavor="jekyll"), "<p>{{ a }} {% b %}</p>", "&#123;{ a }} &#123;% b %}"),
    "shortcode": (Options(flavor="hugo"), "<p>{{&lt; a >}}</p>", "&#123;{< a >}}"),
    "liquid in code": (
        Options(flavor="jekyll"),
        "<p><code>{{ a }}</code></p>",
        "<code>&#123;&#123; a &#125;&#125;</code>",
    ),
    "liquid in block": (
        Options(flavor="jekyll"),
        "<p>x</p><pre><code>{{ a }}</code></pre>",
        "x\n\n{% raw %}\n\n```\n{{ a }}\n```\n\n{% endraw %}",
    ),
}


@pytest.mark.parametrize(("options", "source", "expected"), OPTIONS.values(), ids=OPTIONS)
def test_options(options: Options, source: str, expected: str) -> None:
    assert markdown(source, options) == expected
