"""Signs and tags that Hexo handles before it reads a post as Markdown: they work in text and in code alike."""

from __future__ import annotations

SIGNS = {0x2028: "&#8232;", 0x2029: "&#8233;", 0xFFFC: "&#65532;"}
"""Ends of lines to JavaScript, behind which Hexo sees the start of code, and marked the end of a table's row; and the
sign by which Hexo knows the places of what it took out.  Each with its reference."""
TAG = "hexoPostRenderCodeBlock>"
"""The end of the tags around code that Hexo has made: what stands between such tags comes to the page as it is."""
