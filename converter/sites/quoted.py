"""Sites of which no pages are converted, but whose images stand in articles of others, or whose links do.

A site of which more becomes known gets a file of its own.
"""

from __future__ import annotations

from converter.rules.chrome import Chrome
from converter.rules.urls import ImageHost
from converter.sites.record import Site

WEIBO = Site(
    name="Weibo",
    redirects=(("link/redirect", "weibo.cn/sinaurl", "u"), ("link/redirect", "weibo.com/sinaurl", "u")),
    image_hosts=(ImageHost("sinaimg.cn", ("https://weibo.com/", ""), "Weibo 2019-: asks for a page of its own"),),
)
DOUBAN = Site(
    name="Douban",
    redirects=(("link/redirect", "douban.com/link2/", "url"),),
    image_hosts=(ImageHost("doubanio.com", ("https://www.douban.com/", ""), "Douban"),),
)
BILIBILI = Site(
    name="Bilibili",
    image_hosts=(ImageHost("hdslb.com", ("https://www.bilibili.com/", ""), "Bilibili"),),
)
TENCENT = Site(
    name="Tencent Cloud, QQ",
    redirects=(
        ("link/redirect", "cloud.tencent.com/developer/tools/blog-entry", "target"),
        ("link/redirect", "c.pc.qq.com/middlem.html", "pfurl"),
        ("link/redirect", "mail.qq.com/cgi-bin/readtemplate", "gourl"),
    ),
)
GITHUB = Site(
    name="GitHub",
    chrome_by_id=(Chrome("footnote-label", "footnote/separator", "GitHub, a heading that is not shown"),),
)
SSPAI = Site(
    name="Sspai",
    redirects=(("link/redirect", "sspai.com/link", "target"),),
)
INFOQ = Site(
    name="InfoQ",
    redirects=(("link/redirect", "infoq.cn/link", "target"), ("link/redirect", "xie.infoq.cn/link", "target")),
)
YUQUE = Site(
    name="Yuque",
    redirects=(("link/redirect", "yuque.com/r/goto", "url"),),
)
LD246 = Site(
    name="Liandi",
    redirects=(("link/redirect", "ld246.com/forward", "goto"), ("link/redirect", "hacpai.com/forward", "goto")),
)
NOWCODER = Site(
    name="Nowcoder",
    redirects=(("link/redirect", "hd.nowcoder.com/link.html", "target"),),
)
