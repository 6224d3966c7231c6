"""Writes a small archive to review: a good post, a faulty one, a hostile one, and as many more as asked for."""

from __future__ import annotations

import json
import zlib
from base64 import b64decode
from pathlib import Path
from typing import Any

from converter.pipeline import convert
from tests.kit.paths import ROOT

FIXTURE = ROOT / "fixtures" / "verify"
EVIL = "http://evil.invalid"
HOSTILE = f"""<div id="content_views">
<script>fetch("{EVIL}/script"); document.title = "owned"; top.owned = 1</script>
<meta http-equiv="refresh" content="0; url={EVIL}/refresh"><base href="{EVIL}/">
<link rel="stylesheet" href="{EVIL}/sheet.css"><style>body {{ background: url({EVIL}/style.png) }}</style>
<p onclick="top.owned = 1" style="background: url({EVIL}/inline.png); position: fixed">hostile words</p>
<p><img src="{EVIL}/picture.png" onerror="top.owned = 1" srcset="{EVIL}/set.png 2x"></p>
<p><img src="x" onerror="top.owned = 1"><svg onload="top.owned = 1"><script>top.owned = 1</script></svg></p>
<iframe src="{EVIL}/frame" srcdoc="<script>top.owned = 1</script>"></iframe><object data="{EVIL}/object"></object>
<embed src="{EVIL}/embed"></embed><video src="{EVIL}/video" autoplay poster="{EVIL}/poster"></video>
<form action="{EVIL}/form"><input autofocus onfocus="top.owned = 1"><button>send</button></form>
<p><a href="javascript:top.owned=1" id="bait">click</a> <a href="{EVIL}/link" ping="{EVIL}/ping">link</a></p>
<math><mtext><img src=x onerror="top.owned = 1"></mtext></math>
</div>"""
HOSTILE_MARKDOWN = f"""hostile words

<script>top.owned = 1; fetch("{EVIL}/md-script")</script>

<img src="{EVIL}/md-picture.png" onerror="top.owned = 1"> ![picture]({EVIL}/md-image.png)

[click](javascript:top.owned=1) <a href="javascript:top.owned=1" onclick="top.owned = 1">click</a>

<iframe src="{EVIL}/md-frame"></iframe> <style>@import "{EVIL}/md-style.css"</style>

<svg onload="top.owned = 1"></svg> $\\href{{javascript:top.owned=1}}{{x}} \\includegraphics{{{EVIL}/tex.png}}$
"""


def write(folder: Path, many: int = 0) -> tuple[Path, Path]:
    """Write the archive and return its folders of sources and of Markdown; ``many``: the number of further good posts."""
    source, out = folder / "source", folder / "out"
    source.mkdir()
    out.mkdir()
    article = (FIXTURE / "article.html").read_bytes()
    good = (FIXTURE / "article.md").read_text(encoding="utf-8")
    pages = {
        "good": (article, good),
        "faulty": (article, good.replace("## 二", "### 二").replace("max_memory", "maxmemory")),
        "hostile": (HOSTILE.encode(), HOSTILE_MARKDOWN),
    }
    for number in range(many):
        text = f'<div id="content_views"><p>post number {number}</p></div>'
        pages[f"many/post-{number:04}"] = text.encode(), str(convert(text))
    for name, (html, markdown) in pages.items():
        for path, data in ((source / f"{name}.html", html), (out / f"{name}.md", markdown.encode())):
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)
    return source, out


def write_unwell(folder: Path) -> tuple[Path, Path]:
    """Write an archive whose order by health is another than that by result, and return its folders as ``write`` does.

    different.md: a word is missing; garbled.md: as its source, which was read in a wrong encoding before.
    """
    source, out = folder / "source", folder / "out"
    source.mkdir()
    out.mkdir()
    garbled = "锟斤拷" * 4 + "\ufffd" * 15
    texts = {"different": ("some words", "words"), "garbled": (garbled, garbled), "well": ("a", "a")}
    for name, (html, markdown) in texts.items():
        (source / f"{name}.html").write_text(f'<div id="content_views"><h2>b</h2><p>{html}</p></div>', encoding="utf-8")
        (out / f"{name}.md").write_text(f"## b\n\n{markdown}\n", encoding="utf-8")
    return source, out


def unpacked(path: Path) -> dict[str, Any]:
    """Return the facts of a post of an exported page."""
    letters = path.read_text("ascii").removeprefix('window.receive("').removesuffix('");\n')
    facts: dict[str, Any] = json.loads(zlib.decompress(b64decode(letters)))
    return facts
