"""Addresses: schemes that may pass, redirects, keyword links, pictures that are furniture."""

from __future__ import annotations

import re
from typing import NamedTuple

LINK_SCHEMES = frozenset(
    """http https ftp ftps sftp mailto tel sms file irc ircs news nntp git ssh svn magnet ed2k thunder xmpp geo
    chrome about jdbc hdfs redis mongodb mysql tcp udp ws wss rtmp rtsp rtp ldap ldaps smb""".split()
)
"""Schemes that a link may have.  Everything else (javascript, vbscript, data, ...) loses its address."""

IMAGE_SCHEMES = frozenset(("http", "https", "ftp", "file"))
"""Schemes that an image may have, beside SAFE_DATA."""

SAFE_DATA = re.compile(r"data:image/(?:png|gif|jpe?g|webp|bmp|x-icon|avif)[;,]", re.IGNORECASE)
"""``data:`` images that cannot run anything (an SVG can)."""

REDIRECTS = (("link/csdn-redirect", "link.csdn.net", "target"),)
"""Link redirects: rule id, part of the host, query field that holds the target."""

KEYWORD_LINKS = (("link/keyword", re.compile(r"https?://so\.csdn\.net/so/search")),)
"""Links that the site, not the author, laid over words: the words stay."""

FURNITURE_IMAGES = (
    (
        "image/code-button",
        "copycode.gif save_snippets newcodemorewhite /code_ico.png /ico_fork.svg /icon_star.png".split(),
    ),
)
"""Pictures that are buttons of a code block: rule id, parts of addresses in lower case."""

SAYS_NOTHING = frozenset(("在这里插入图片描述", "这里写图片描述", "此处输入图片的描述", "图片", "img", "image"))
"""Alternative texts that editors put in by themselves."""
TRANSFER_SIGN = "外链图片转存"
"""What an editor writes, as text or alternative text, for a picture that it could not fetch."""

EMOTICONS = re.compile(r"/(?:smileys?|smilies|emoticons?|emotions?|emot|xheditor_emot|face|expression)/", re.I)
"""Little faces of the editors (FCKeditor, CKEditor, xhEditor): they stand in the text like a letter."""

IMAGE_PROCESSING = re.compile(r"\?x-oss-process=.*$")
"""Query that has the image host scale the picture or stamp it (``image/watermark``)."""
IMAGE_SIZE = re.compile(r"(?:(?<![\s\xa0])[\s\xa0]+=\d*x\d*|=\d+x\d*)$")
"""Size behind an address, from the Markdown editor: ``a.png =600x``."""

LAZY_SOURCES = ("data-src", "data-original", "data-original-src")
"""Attributes that hold the address of a picture not yet loaded."""
PLACEHOLDER = re.compile(r"^data:|grey\.gif|blank")
"""Addresses that stand in ``src`` until it is."""


# --------------------------------------------------------------------------------------------------
# Fetching images


class Host(NamedTuple):
    """How to ask the hosts of a domain for images: the referers to try, in order ("": send none)."""

    domain: str
    referers: tuple[str, ...]
    origin: str


OWN = "own"
"""Stands for the host's own address as referer."""
ANY_HOST = Host("", ("", OWN), "whoever has no row: most refuse foreign referers only, some ask for their own")
HOSTS = (
    Host("csdnimg.cn", ("",), "CSDN 2019-: refuses foreign referers, takes none"),
    Host("csdn.net", ("", "https://blog.csdn.net/"), "CSDN to 2019: img-blog, img-my, img-bbs"),
    Host("sinaimg.cn", ("https://weibo.com/", ""), "Weibo 2019-: asks for a page of its own"),
    Host("jianshu.io", ("https://www.jianshu.com/", ""), "Jianshu"),
    Host("doubanio.com", ("https://www.douban.com/", ""), "Douban"),
    Host("hdslb.com", ("https://www.bilibili.com/", ""), "Bilibili"),
    Host("oschina.net", ("https://www.oschina.net/", ""), "OSChina: static and my pages"),
    Host("51cto.com", ("https://blog.51cto.com/", ""), "51CTO"),
)
"""Referer policies by domain; the most special row that fits is the one."""

STAMPS = (
    ("stamp/oss", re.compile(r"\?x-oss-process=.*$"), "CSDN 2019-, Aliyun OSS: resize, watermark"),
    ("stamp/qiniu", re.compile(r"\?(?:watermark|imageMogr2|imageView2?|imageslim)\b.*$"), "CSDN 2015 to 2019, Qiniu"),
)
"""Queries that have an image host scale or stamp the picture: without them it serves the original."""

# --------------------------------------------------------------------------------------------------
# Addresses of articles

_HOST = r"(?:https?:)?//(?:https?:?//)?"
ARTICLES = (
    (
        "article/path",
        re.compile(
            _HOST + r"(?:m\.|wap\.)?blog\.csdn\.net/+(?:(?P<user>[\w\-]+)/+)?article/+details/+(?P<id>\d+)", re.I
        ),
        "CSDN 2010-; m. is the mobile site",
    ),
    (
        "article/subdomain",
        re.compile(_HOST + r"(?!m\.|wap\.)(?P<user>[\w\-]+)\.blog\.csdn\.net/+article/+details/+(?P<id>\d+)", re.I),
        "CSDN 2017-, custom host names",
    ),
    (
        "article/details-aspx",
        re.compile(
            _HOST + r"(?:[\w\-]+\.)?blog\.csdn\.net/+(?:(?P<user>[\w\-]+)/+)?article/+details"
            r"(?:\.aspx/|(?:\.aspx)?/?\?(?:[^#]*&)?(?:article)?id=)(?P<id>\d+)",
            re.I,
        ),
        "CSDN to 2010; the mobile site's query",
    ),
    (
        "article/archive",
        re.compile(
            _HOST + r"(?:[\w\-]+\.)?blog\.csdn\.net/+(?:(?P<user>[\w\-]+)/+)?archive/+\d{4}/\d{1,2}/\d{1,2}/"
            r"(?P<id>\d+)\.aspx",
            re.I,
        ),
        "CSDN 2004 to 2010",
    ),
    (
        "article/mobile-blog",
        re.compile(_HOST + r"m\.blog\.csdn\.net/+blog/+(?P<user>[\w\-]+)/+(?P<id>\d+)", re.I),
        "CSDN mobile site, 2013 to 2016",
    ),
)
"""Every form that the address of an article has had: id, pattern, origin."""
