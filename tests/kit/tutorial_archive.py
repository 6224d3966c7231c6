"""Writes the archive that the tutorial converts: posts of a dump, a page saved with its folder, and one as MHTML."""

from __future__ import annotations

import base64
from pathlib import Path

from tests.kit.image_host import ImageHost, png

POST = """---
layout: post
title: "{title}"
date: 2024-11-0{number} 10:00:00 +0800
tags: ['java']
image: https://img.example.com/cover
image: https://img.example.com/cover?{number}
---

<p class="artid" style="display:none">https://blog.csdn.net/zhangsan/article/details/14300000{number}</p>
<div class="article_content" id="article_content"><div class="markdown_views" id="content_views">
<p>见<a href="https://blog.csdn.net/zhangsan/article/details/14300000{other}">另一篇</a>。</p>
<p><img src="{image}" alt="在这里插入图片描述"></p>
<p>设<span class="katex--inline"><span class="katex"><span class="katex-mathml">n_1

n_1</span><span class="katex-html">n1</span></span></span>为正整数。</p>
<pre><code class="prism language-java">pool.submit(() -&gt; run());</code></pre>
</div></div>
"""
PAGE = """<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{title}_张三的博客-CSDN博客</title>
<link rel="canonical" href="https://blog.csdn.net/zhangsan/article/details/{id}"></head>
<body><nav>首页 博客 下载</nav><div class="blog-content-box">
<h1 class="title-article" id="articleContentId">{title}</h1>
<span class="time">2022-01-08 13:54:35</span>
<article class="baidu_pl"><div id="article_content"><div id="content_views" class="markdown_views">
<p>{title}的正文。</p><p><img src="{image}"></p>
</div></div></article></div></body></html>
"""
MHTML = """From: <Saved by a browser>
Subject: page
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="----b"

------b
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: 8bit
Content-Location: https://blog.csdn.net/zhangsan/article/details/122000002

{page}
------b
Content-Type: image/png
Content-Transfer-Encoding: base64
Content-Location: https://img-blog.csdnimg.cn/mhtml.png

{image}
------b--
"""
POSTS = ("线程池", "数据库")
SAVED = "保存的网页"
ONE_FILE = "单个文件"
ARTICLES = {
    **{title: f"dump/2024/2024-11-0{number}-14300000{number}" for number, title in enumerate(POSTS, 1)},
    SAVED: SAVED,
    ONE_FILE: ONE_FILE,
}
"""The title of each article, and its path in the archive without the suffix."""


def write(folder: Path, host: ImageHost) -> None:
    """Write the archive into a folder; the images of the dump are on a host of this machine."""
    dump = folder / "dump" / "2024"
    dump.mkdir(parents=True)
    for number, title in enumerate(POSTS, 1):
        image = host.url(f"good/{number}.png", "127.0.0.1")
        text = POST.format(title=title, number=number, other=3 - number, image=image)
        (dump / f"2024-11-0{number}-14300000{number}.md").write_text(text, "utf-8")
    files = folder / f"{SAVED}_files"
    files.mkdir()
    (files / "picture.png").write_bytes(png(7))
    page = PAGE.format(title=SAVED, id="122000001", image=f"./{SAVED}_files/picture.png")
    (folder / f"{SAVED}.html").write_text(page, "utf-8")
    page = PAGE.format(title=ONE_FILE, id="122000002", image="https://img-blog.csdnimg.cn/mhtml.png")
    image = base64.b64encode(png(8)).decode()
    (folder / f"{ONE_FILE}.mhtml").write_text(MHTML.format(page=page, image=image), "utf-8", newline="\r\n")
