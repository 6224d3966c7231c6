"""Addresses whose forms verification takes for the same, and images that it knows to be no pictures.

The lists are its own, for the reason that ``known_chrome`` gives.
"""

from __future__ import annotations

import re

REDIRECTS = (
    ("link.csdn.net", "target"),
    ("weibo.cn/sinaurl", "u"),
    ("weibo.com/sinaurl", "u"),
    ("link.jianshu.com", "t"),
    ("links.jianshu.com/go", "to"),
    ("jianshu.com/go-wild", "url"),
    ("douban.com/link2/", "url"),
    ("oschina.net/action/GoToLink", "url"),
    ("my.oschina.net/action/GoToLink", "url"),
    ("gitee.com/link", "target"),
    ("link.juejin.cn", "target"),
    ("link.juejin.im", "target"),
    ("link.zhihu.com", "target"),
    ("cloud.tencent.com/developer/tools/blog-entry", "target"),
    ("c.pc.qq.com/middlem.html", "pfurl"),
    ("mail.qq.com/cgi-bin/readtemplate", "gourl"),
    ("sspai.com/link", "target"),
    ("infoq.cn/link", "target"),
    ("xie.infoq.cn/link", "target"),
    ("yuque.com/r/goto", "url"),
    ("ld246.com/forward", "goto"),
    ("hacpai.com/forward", "goto"),
    ("hd.nowcoder.com/link.html", "target"),
)
"""(Start of the address of a redirect, without scheme and ``www.``; query field that holds the target)."""
KEYWORD_LINK = re.compile(r"https?://so\.csdn\.net/so/search")
"""Links that CSDN laid over words of its authors."""
CODE_BUTTONS = (
    "save_snippets", "newcodemorewhite", "/code_ico.png", "/ico_fork.svg", "copycode.gif", "/icon_star.png",
    "/images/icon_copy.gif", "/images/spinner.gif", "/outliningindicators/"
)  # fmt: skip
"""Parts of the addresses, in lower case, of images that are buttons of a box of code."""
EMPTY_ALTERNATIVES = frozenset(
    "在这里插入图片描述 这里写图片描述 此处输入图片的描述 请添加图片描述 图片描述 图片 img image Alt".split()
) | {"Alt text", "alt text", "loading", "loading...", "加载中"}  # fmt: skip
"""Alternative texts that editors put in by themselves."""
ALT_OF_FORMULA = re.compile(r"wikimedia\.org/(?:api/rest_v1/media/)?math/")
"""Addresses of images whose alternative text is TeX."""
SCRIPT_OF_PAGE = re.compile(
    r"\s*((?:https?:)?//(?:gist\.github|gitee|asciinema|(?:www\.)?jsfiddle)\.(?:com|org|net)/[\w./-]+?)"
    r"(?:\.js|/widget_preview|/embed\b[\w,/]*)(?:\?.*)?\s*\Z"
)
"""Addresses of scripts that show a part of another page, and that page's."""
FORMULA_SERVERS = re.compile(r"latex\.csdn\.net/eq\Z|codecogs\.com/|/chart\Z|/m(?:ath|ime)tex\.cgi\Z")
"""Addresses of images whose query is TeX."""
EQUATION_SERVERS = (
    ("jianshu.com/math?", "formula"),
    ("zhihu.com/equation?", "tex"),
    ("juejin.cn/equation?", "tex"),
    ("juejin.im/equation?", "tex"),
    ("render.githubusercontent.com/render/math?", "math"),
)
"""(Part of the address of an image that draws a formula; query field that holds the TeX)."""
LINK_CARDS = {
    "link-card-box": "link-title",
    "LinkCard": "LinkCard-title",
    "bookmark": "bookmark-title",
    "kg-bookmark-container": "kg-bookmark-title",
}
"""Class of a card in a link, and class of the title on it."""
