"""Sites of which no pages are converted, but whose images stand in articles of others.

A site of which more becomes known gets a file of its own.
"""

from __future__ import annotations

from converter.rules.urls import ImageHost
from converter.sites.record import Site

WEIBO = Site(
    name="Weibo",
    image_hosts=(ImageHost("sinaimg.cn", ("https://weibo.com/", ""), "Weibo 2019-: asks for a page of its own"),),
)
JIANSHU = Site(
    name="Jianshu",
    image_hosts=(ImageHost("jianshu.io", ("https://www.jianshu.com/", ""), "Jianshu"),),
)
DOUBAN = Site(
    name="Douban",
    image_hosts=(ImageHost("doubanio.com", ("https://www.douban.com/", ""), "Douban"),),
)
BILIBILI = Site(
    name="Bilibili",
    image_hosts=(ImageHost("hdslb.com", ("https://www.bilibili.com/", ""), "Bilibili"),),
)
OSCHINA = Site(
    name="OSChina",
    image_hosts=(ImageHost("oschina.net", ("https://www.oschina.net/", ""), "OSChina: static and my pages"),),
)
CTO51 = Site(
    name="51CTO",
    image_hosts=(ImageHost("51cto.com", ("https://blog.51cto.com/", ""), "51CTO"),),
)
