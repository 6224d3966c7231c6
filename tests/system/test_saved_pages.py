"""A page that a real Chromium saves as MHTML goes through convert, verify and ``--assets`` when its site is gone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from tests.kit.batch import csdn2md, tree
from tests.kit.image_host import png

if TYPE_CHECKING:
    from playwright import sync_api
else:
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright for Python is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="there is no chromium on this machine")

PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>备份笔记</title><style>p {{ color: red }}</style></head>
<body><div class="nav"><a href="/">首页</a></div>
<div id="article_content"><div id="content_views"><h2>准备</h2><p>先停服务，再拷文件：<b>不要</b>反过来。</p>
<p><img src="/a.png" alt="甲图"></p><p><img src="pictures/b c.png?x=1&amp;y=2" alt="乙图"></p>
<pre><code class="language-python">a = "=3D"
if a:
    b = 1</code></pre><iframe src="/frame" width="300" height="200"></iframe></div></div></body></html>"""
FRAME = '<html><body><div id="content_views"><p>框架里的另一篇文章，它不是这一篇。</p></div></body></html>'
MARKDOWN = """---
title: 备份笔记
original_url: {home}/notes/backup
---

## 准备

先停服务，再拷文件：**不要**反过来。

![甲图]({a})

![乙图]({b})

```python
a = "=3D"
if a:
    b = 1
```

[{home}/frame]({home}/frame)
"""


class Site(BaseHTTPRequestHandler):
    """Serves a page with two pictures and a frame."""

    def do_GET(self) -> None:
        kind, content = "text/html; charset=utf-8", PAGE.encode()
        if ".png" in self.path:
            kind, content = "image/png", png(1 if "a.png" in self.path else 2)
        elif self.path == "/frame":
            content = FRAME.encode()
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def saved() -> Iterator[tuple[str, bytes]]:
    """Return the address of a site that is gone, and the MHTML that Chromium saved of its page."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server, sync_api.sync_playwright() as playwright:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            home = f"http://127.0.0.1:{server.server_port}"
            with playwright.chromium.launch(
                executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
            ) as browser:
                page = browser.new_page()
                page.goto(f"{home}/notes/backup")
                session = page.context.new_cdp_session(page)
                data = session.send("Page.captureSnapshot", {"format": "mhtml"})["data"]
        finally:
            server.shutdown()
            thread.join()
    yield home, data.encode()


def test_it_is_converted_and_verified(tmp_path: Path, saved: tuple[str, bytes]) -> None:
    home, data = saved
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "p.mhtml").write_bytes(data)
    done = csdn2md("convert", "in", "-o", "out", "--verify", "--strict", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    expected = MARKDOWN.format(home=home, a=f"{home}/a.png", b=f"{home}/notes/pictures/b%20c.png?x=1&y=2")
    assert tree(tmp_path / "out") == {"p.md": expected.encode()}
    assert csdn2md("verify", "out", cwd=tmp_path).returncode == 0


def test_its_images_need_no_network(tmp_path: Path, saved: tuple[str, bytes]) -> None:
    home, data = saved
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "p.mhtml").write_bytes(data)
    done = csdn2md("convert", "in", "-o", "out", "--assets", "download", "--verify", "--strict", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    files = tree(tmp_path / "out")
    names = {content: name for name, content in files.items()}
    assert len(files) == 3
    expected = MARKDOWN.format(home=home, a=names[png(1)], b=names[png(2)])
    assert files["p.md"].decode() == expected
    assert csdn2md("verify", "out", cwd=tmp_path).returncode == 0
