"""Signs that a saved page has no article, a list of articles, or less than the whole article."""

from __future__ import annotations

import re
from typing import NamedTuple


class Sign(NamedTuple):
    """A sign: the id of the finding, what must match, where it comes from, and whether a long page may be an error."""

    rule: str
    pattern: re.Pattern[str]
    origin: str
    at_any_length: bool = False


PAGE_SIGNS = (
    Sign(
        "page/error",
        re.compile(r"<meta http-equiv=[\"']?status[\"']? content=[\"']?[45]\d\d\b", re.IGNORECASE),
        "the HTTP status of a record of a WARC; some servers write it, too",
        at_any_length=True,
    ),
    Sign(
        "page/error",
        re.compile(
            r"<title>[^<]{0,40}(?:\b(?:403|404|410|429|500|502|503|504|521|522)\b|Just a moment|Attention Required"
            r"|Access Denied|Web server is down|Not Found|Bad Gateway|页面不存在|访问被拒绝|出错了|找不到)",
            re.IGNORECASE,
        ),
        "web servers and Cloudflare: the title of an error page",
    ),
    Sign(
        "page/error",
        re.compile(
            r"<title>[^<]{0,40}(?:Forbidden|Too Many Requests|Service Unavailable|Gateway Time-?out|DDoS|请求过于频繁"
            r"|服务器(?:繁忙|错误)|文章(?:不存在|已(?:被)?(?:作者)?删除))",
            re.IGNORECASE,
        ),
        "web servers, firewalls, and blogs whose article is gone",
    ),
    Sign(
        "page/error",
        re.compile(r"<title>[^<]{0,40}(?:安全验证|人机验证|滑动验证|验证码|captcha|robot check)", re.IGNORECASE),
        "captchas of CSDN, Baidu and others",
    ),
    Sign("page/error", re.compile(r"__jsl_clearance|__jsluid|challenge-platform/"), "cookie challenges: a 521 page"),
    Sign(
        "page/error",
        re.compile(r"<title>[^<]{0,20}(?:登录|Sign in|Log in)[^<]{0,20}</title>", re.IGNORECASE),
        "pages to sign in at",
    ),
    Sign("page/listing", re.compile(r"class=[\"']?[^\"'<>]{0,80}\bcolumn_article_list\b"), "CSDN 2020-, column"),
    Sign("page/listing", re.compile(r"class=[\"']?[^\"'<>]{0,80}\barticle-item-box\b"), "CSDN 2018-, a blog"),
    Sign(
        "page/listing",
        re.compile(r"rel=[\"']?canonical[\"']?\s+href=[\"']?https?://[^\s\"'<>]{1,200}(?:/category_\d|/article/list|/tag/)"),
        "CSDN: the address of a category, a list or a tag",
    ),
    Sign("page/listing", re.compile(r"class=[\"']?[^\"'<>]{0,80}\bso-result-list\b"), "CSDN search"),
)  # fmt: skip
"""Signs in the HTML of a page that has no wrapper of a site; the first that matches is the one."""

ARTICLE_SIGNS = (
    Sign(
        "article/locked",
        re.compile(r"解锁(?:文章|全文|本文)|0\.47元|订阅专栏.{0,6}解锁"),
        "CSDN 2021-, paid columns: 最低0.47元/天 解锁文章",
    ),
    Sign(
        "article/locked",
        re.compile(r"关注(?:博主|作者|公众号)?(?:即可|后)?(?:阅读|查看|解锁)(?:全文|更多|剩余)"),
        "CSDN 2020-: 关注博主即可阅读全文",
    ),
    Sign(
        "article/locked",
        re.compile(r"登[录陆]后?(?:即可|才[能可]|可以?)?(?:继续)?(?:阅读|查看|浏览)(?:全文|更多|剩余|完整)"),
        "login walls",
    ),
    Sign(
        "article/locked",
        re.compile(r"剩余\d{1,3}%|付费(?:后)?(?:即可|可)?(?:阅读|查看)(?:全文|剩余)|开通会员.{0,6}(?:阅读|查看)"),
        "paid articles",
    ),
    Sign(
        "article/locked",
        re.compile(
            r"(?:开通|成为|购买)(?:VIP|SVIP|会员|专栏)[^，。]{0,6}(?:阅读|查看|解锁)|订阅(?:本)?专栏[^，。]{0,6}(?:阅读|查看)全文"
            r"|仅限?(?:VIP|会员|粉丝)[^，。]{0,4}(?:可见|可读|阅读|查看)"
        ),
        "articles for members, subscribers or followers",
    ),
    Sign(
        "article/locked",
        re.compile(r"(?:扫码|扫描二维码|扫一扫)[^。]{0,16}(?:阅读|查看|解锁)(?:全文|更多|剩余|完整)"),
        "articles that ask to follow a WeChat account first",
    ),
)
"""Signs in a text of their own, beside the article or at its end.  A fold (展开阅读全文) is none: the text is there."""

LOCK_WORDS = (
    "解锁",
    "0.47元",
    "全文",
    "剩余",
    "查看更多",
    "阅读更多",
    "查看完整",
    "会员",
    "VIP",
    "专栏",
    "仅限",
    "仅粉丝",
)
"""One of these is in each text that a row of ARTICLE_SIGNS matches."""

LITTLE_TEXT = 1000
"""Visible characters up to which a page may be an error page."""

INCOMPLETE = frozenset(("article/locked", "article/truncated", "article/empty", "page/error", "page/listing"))
"""Findings of documents that hold no whole article."""

CUT = re.compile(
    r"(?:\.\.\.|…|\[…\])\s?(?:阅读全文|查看全文|阅读原文|查看原文|展开全文|(?:read|continue) (?:more|reading).{0,3})$",
    re.IGNORECASE,
)
"""The end of an excerpt: three dots and the words of a link to the rest."""
