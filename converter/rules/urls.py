"""URLs of links and images: schemes that may pass, what editors and image hosts add, how to ask for images."""

from __future__ import annotations

import re
from typing import NamedTuple

LINK_SCHEMES = frozenset(
    """http https ftp ftps sftp mailto tel sms irc ircs news nntp git ssh svn magnet ed2k thunder xmpp geo
    chrome about jdbc hdfs redis mongodb mysql tcp udp ws wss rtmp rtsp rtp ldap ldaps smb""".split()
)
"""Schemes that a link may have.  Everything else (javascript, vbscript, data, ...) loses its address."""

LOCAL_SCHEMES = frozenset(("file",))
"""Schemes of files on the author's machine: a link to one loses its address; an image stays, with a finding."""

IMAGE_SCHEMES = frozenset(("http", "https", "ftp", "file"))
"""Schemes that an image may have, beside SAFE_DATA."""

SAFE_DATA = re.compile(r"data:image/(?:png|gif|jpe?g|webp|bmp|x-icon|avif)[;,]", re.IGNORECASE)
"""``data:`` images that cannot run anything (an SVG can)."""

COMMON_EMPTY_ALTERNATIVES = frozenset(
    ("图片", "img", "image", "Alt", "Alt text", "alt text", "loading", "loading...", "加载中")
)
"""Alternative texts that say nothing."""
_IMAGE_SUFFIX = r"\.(?:png|jpe?g|gif|webp|bmp|svg|awebp|avif|tiff?)"
FILE_NAME = re.compile(
    r"(?:!\[\[)?(?:(?:image|img|clip_image|wps|pic|Pasted image|Screenshot|Snipaste|mmbiz|icon-default"
    r"|QQ图片|QQ截图|微信图片|微信截图|企业微信截图|截图|截屏|屏幕截图|屏幕快照|图片)?[\d_\-+.:()\[\] @x]*"
    r"|[0-9a-f\-]{12,})"
    rf"{_IMAGE_SUFFIX}(?:[?#|-]\S*)?(?:\]\])?|\d+\?\w+=\S*|[0-9a-f]{{24,}}",
    re.IGNORECASE,
)
"""An alternative text that is a name which a program gave: hash, digits, ``image.png``, ``640?wx_fmt=png``."""
IMAGE_NAME = re.compile(rf"(\S.{{0,200}}?{_IMAGE_SUFFIX})(?:[?#|]\S*|-[\d.]+kB)?\Z", re.IGNORECASE)
"""An alternative text that is the name of any image file; 作业部落 writes the size behind it."""

EMOTICONS = re.compile(r"/(?:smileys?|smilies|emoticons?|emotions?|emot|xheditor_emot|face|expression)/", re.I)
"""Little faces of the editors (FCKeditor, CKEditor, xhEditor): they stand in the text like a letter."""

IMAGE_PROCESSING = re.compile(r"\?x-oss-process=.*$")
"""Query that has the image host scale the picture or stamp it (``image/watermark``)."""
IMAGE_SIZE = re.compile(r"(?:(?<![\s\xa0])[\s\xa0]+=\d*x\d*|=\d+x\d*)$")
"""Size behind an address, from the Markdown editor: ``a.png =600x``."""

SCRIPTS_OF_PAGES = re.compile(
    r"((?:https?:)?//(?:gist\.github\.com/[\w-]+/[\da-f]+|gitee\.com/[\w-]+/[\w.-]+|gitee\.com/[\w-]+/codes/\w+"
    r"|asciinema\.org/a/\w+|(?:www\.)?jsfiddle\.net/[\w-]+(?:/\w+)?))(?:\.js|/widget_preview|/embed(?:/[\w,/]*)?)(?:\?.*)?\Z"
)
"""Addresses of scripts that show a part of a page (gist of GitHub, repository of Gitee, JSFiddle), and the page's."""

LAZY_SOURCES = ("data-src", "data-original", "data-original-src", "data-lazy-src")
"""Attributes that hold the address of a picture not yet loaded."""
PLACEHOLDER = re.compile(r"d(?<![\s\S]d)ata:|grey\.gif|blank|trans\.gif|placeholder|loading|/none\.gif")
"""Addresses that stand in ``src`` until it is.  (``^data:`` would have every letter of an address tried.)"""
PLACEHOLDER_SIGNS = ("data:", ".gif", "blank", "placeholder", "loading")
"""One of these is in each such address; they are looked for in a fifth of the time."""
OTHER_NAME = re.compile(r"^(?:src|alt|title|longdesc|usemap|cite)$|href|link|page", re.IGNORECASE)
"""Names of attributes whose address is no picture's; any other may have one: ``data-actualsrc``, ``file``."""
PICTURE_ADDRESS = re.compile(
    r"(?:https?:)?//[^\s,]{4,}|\.{0,2}/[^\s,]{1,500}\.(?:png|jpe?g|gif|webp|bmp|svg|avif)(?:\?\S*)?", re.IGNORECASE
)
"""The address of a picture in such an attribute, on another host or on its own."""
DATA_SIGNATURES = (("iVBORw0KGgo", "png"), ("/9j/", "jpeg"), ("R0lGOD", "gif"), ("UklGR", "webp"))
"""How the bytes of a picture begin in base64, for ``data:`` URLs whose type names no picture."""


# --------------------------------------------------------------------------------------------------
# Fetching images


class ImageHost(NamedTuple):
    """How to ask the hosts of a domain for images: the referers to try, in order ("": send none), and the origin."""

    domain: str
    referers: tuple[str, ...]
    origin: str


OWN = "own"
"""Stands for the host's own address as referer."""
ANY_HOST = ImageHost("", ("", OWN), "whoever has no row: most refuse foreign referers only, some ask for their own")
STAMPS = (
    ("stamp/oss", re.compile(r"\?x-oss-process=.*$"), "CSDN 2019-, Aliyun OSS: resize, watermark"),
    ("stamp/qiniu", re.compile(r"\?(?:watermark|imageMogr2|imageView2?|imageslim)\b.*$"), "CSDN 2015 to 2019, Qiniu"),
)
"""Queries that have an image host scale or stamp the picture: without them it serves the original."""
