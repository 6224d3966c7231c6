"""Write the review page as static files, which need no server."""

from __future__ import annotations

import json
from pathlib import Path

from converter.review.content import post_of
from converter.review.index import Index
from converter.review.server import FILES, STATIC

POLICY = (
    "default-src 'none'; script-src 'self' file:; style-src 'self' file:; frame-src 'self' file:; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)


def export(index: Index, folder: Path) -> int:
    """Write the page and all posts of a filled index into a folder; return the number of posts.

    OSError where a file cannot be written.
    """
    posts = folder / "post"
    posts.mkdir(parents=True, exist_ok=True)
    for name in set(FILES.values()):
        text = (STATIC / name).read_text(encoding="utf-8")
        if name == "index.html":
            meta = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n<script src="posts.js"></script>\n'
            text = text.replace("<!--HEAD-->", meta).replace('"/', '"')
        (folder / name).write_text(text, encoding="utf-8")
    entries = index.ordered()
    (folder / "posts.js").write_text(
        f"window.POSTS = {_script_literal([index.row(one) for one in entries])};\n", encoding="utf-8"
    )
    for entry in entries:
        pair, title = index.pairs.found[entry.number], index.title(entry.name)
        post = post_of(pair, index.pairs, renderer=index.archive.renderer, title=title)
        (posts / f"{entry.number}.js").write_text(f"window.receive({_script_literal(post.data)});\n", encoding="utf-8")
        (posts / f"{entry.number}.html").write_text(post.original, encoding="utf-8", errors="replace")
    return len(entries)


def _script_literal(value: object) -> str:
    """Return a value as a JavaScript literal that no ``</script>`` in it can end; only ASCII characters."""
    return json.dumps(value).replace("</", "<\\/")
