"""Tables of contents that editors generate as paragraphs, found by the ids of their parts."""

from __future__ import annotations

TOC_ID_END = "-toc"
"""End of the id of each part: ``main-toc`` the label, ``NAME-toc`` an entry, ``hr-toc`` the break (CKEditor, CSDN)."""
TOC_BREAK_ID = "hr-toc"
"""Id of the thematic break behind the entries."""
TOC_LABELS = frozenset(("目录", "文章目录", "contents", "tableofcontents"))
"""Labels above the entries, without whitespace and in lower case."""
