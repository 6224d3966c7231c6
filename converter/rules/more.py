"""The marker at which a blog cuts an article for its lists (``<!--more-->``), as an element of the parsed page."""

MORE_TAG = "csdn2md-more"
"""The element that stands for the marker; no page has one of this name."""
