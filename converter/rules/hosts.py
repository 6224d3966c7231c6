"""Addresses: schemes that may pass, redirects, keyword links, pictures that are furniture."""

from __future__ import annotations

import re

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
        re.compile(r"copycode\.gif|save_snippets|newCodeMoreWhite|/CODE_ico\.png|/ico_fork\.svg|/icon_star\.png", re.I),
    ),
)
"""Pictures that are buttons of a code block."""

SAYS_NOTHING = frozenset(("在这里插入图片描述", "这里写图片描述", "此处输入图片的描述", "图片", "img", "image"))
"""Alternative texts that editors put in by themselves."""
TRANSFER_SIGN = "外链图片转存"
"""What an editor writes, as text or alternative text, for a picture that it could not fetch."""

EMOTICONS = re.compile(r"/(?:smileys?|smilies|emoticons?|emotions?|emot|xheditor_emot|face|expression)/", re.I)
"""Little faces of the editors (FCKeditor, CKEditor, xhEditor): they stand in the text like a letter."""

IMAGE_PROCESSING = re.compile(r"\?x-oss-process=.*$")
"""Query that has the image host scale the picture or stamp it (``image/watermark``)."""
IMAGE_SIZE = re.compile(r"(?:[\s\xa0]+=\d*x\d*|=\d+x\d*)$")
"""Size behind an address, from the Markdown editor: ``a.png =600x``."""

LAZY_SOURCES = ("data-src", "data-original", "data-original-src")
"""Attributes that hold the address of a picture not yet loaded."""
PLACEHOLDER = re.compile(r"^data:|grey\.gif|blank")
"""Addresses that stand in ``src`` until it is."""
