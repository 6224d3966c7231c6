"""Bodies of posts made at random from pieces that the program looks for."""

from __future__ import annotations

from hypothesis import strategies as st

FRAGMENTS = (
    "<",
    ">",
    "</",
    "<div ",
    'id="content_views"',
    "class=artid",
    "<html",
    "<!--",
    "-->",
    "`" * 3,
    "\n",
    "<pre>",
)
bodies = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=5), max_size=12).map("".join)
