"""WeChat (微信公众号): articles of public accounts, as browsers and downloaders save them."""

from __future__ import annotations

import re

from converter.rules.metadata import MetaRow
from converter.rules.roots import Root
from converter.sites.record import AddressForm, Site

WEIXIN = Site(
    name="WeChat",
    roots=(Root("weixin", "id", "js_content", "WeChat public accounts", "weixin"),),
    metadata=(
        MetaRow("title/weixin", "title", "text", "#activity-name", "WeChat public accounts", "weixin"),
        MetaRow("author/weixin", "author", "text", "#js_author_name", "WeChat since 2019, the writer", "weixin"),
        MetaRow("kind/weixin", "kind", "text", "#copyright_logo", "WeChat public accounts: 原创", "weixin"),
    ),
    fallback_metadata=(
        MetaRow(
            "date/weixin-seconds", "date", "script", "ct", "WeChat public accounts: seconds", "weixin", r"^1\d{9}$"
        ),
        MetaRow("date/weixin", "date", "text", "#publish_time", "WeChat since 2018, as shown", "weixin-account"),
        MetaRow("date/weixin-post", "date", "text", "#post-date", "WeChat before 2018", "weixin-2018"),
        MetaRow(
            "author/weixin-account", "author", "text", "#js_name", "WeChat since 2018, the account", "weixin-account"
        ),
        MetaRow("author/weixin-user", "author", "text", "#post-user", "WeChat before 2018, the account", "weixin-2018"),
    ),
    title_names=("微信公众平台",),
    article_addresses=(
        AddressForm(
            "article/weixin",
            re.compile(r"(?:https?:)?//mp\.weixin\.qq\.com/+s/+(?P<user>(?!))?(?P<id>[\w\-]{22})(?![\w\-])", re.I),
            "WeChat, short form",
            "weixin-",
        ),
    ),
)
