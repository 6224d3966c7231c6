"""Write the review page as static files, which need no server."""

from __future__ import annotations

import json
import zlib
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from converter.review.content import Post, post_of
from converter.review.index import Index
from converter.review.server import FILES, STATIC

POLICY = (
    "default-src 'none'; script-src 'self' file:; style-src 'self' file: 'sha256-{style}'; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)
"""The policy of the page, which that of the frame with the original cannot widen; ``style``: of the style there."""


def export(index: Index, folder: Path) -> int:
    """Write the page and all posts of a filled index into a folder; return the number of posts.

    OSError where a file cannot be written.
    """
    posts = folder / "post"
    posts.mkdir(parents=True, exist_ok=True)
    style = b64encode(sha256((STATIC / "original.css").read_bytes()).digest()).decode("ascii")
    for name in set(FILES.values()):
        text = (STATIC / name).read_text(encoding="utf-8")
        if name == "index.html":
            policy = POLICY.format(style=style)
            meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n<script src="posts.js"></script>\n'
            text = text.replace("<!--HEAD-->", meta).replace('"/', '"')
        (folder / name).write_text(text, encoding="utf-8")
    entries = index.ordered()
    rows = json.dumps([index.row(one) for one in entries])
    (folder / "posts.js").write_text(f"window.POSTS = {rows};\n", encoding="ascii")
    for entry in entries:
        pair, title = index.pairs.found[entry.number], index.title(entry.name)
        post = post_of(pair, index.pairs, renderer=index.archive.renderer, title=title)
        (posts / f"{entry.number}.js").write_text(f'window.receive("{packed(post)}");\n', encoding="ascii")
    return len(entries)


def packed(post: Post) -> str:
    """Return a post as the page's script unpacks it: JSON, compressed, in the letters of base64."""
    facts = json.dumps({**post.data, "original": post.original}, ensure_ascii=False, separators=(",", ":"))
    return b64encode(zlib.compress(facts.encode("utf-8", "replace"), 9)).decode("ascii")
