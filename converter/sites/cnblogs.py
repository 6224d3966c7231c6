"""cnblogs (博客园): its own pages, and the code blocks that importers brought to other sites."""

from __future__ import annotations

import re

from converter.rules.chrome import Chrome
from converter.rules.metadata import DATE, MetaRow
from converter.rules.roots import Root
from converter.sites.record import AddressForm, CommentList, Site

CNBLOGS = Site(
    name="cnblogs",
    roots=(Root("cnblogs", "id", "cnblogs_post_body", "cnblogs", "cnblogs"),),
    wrappers=("cnblogs_post_body",),
    comment_lists=(
        CommentList(
            "#blog-comments-placeholder",
            "feedbackItem",
            "",
            "#a_comment_author_",
            "",
            "comment_date",
            "blog_comment_body",
            "cnblogs 2017",
            "",
        ),
    ),
    chrome_by_class=(
        Chrome("cnblogs_code_toolbar", "chrome/copy-button", "cnblogs import"),
        Chrome("cnblogs_code_copy", "chrome/copy-button", "cnblogs import"),
    ),
    metadata=(MetaRow("title/cnblogs", "title", "text", "#cb_post_title_url", "cnblogs", "cnblogs"),),
    fallback_metadata=(
        MetaRow("views/cnblogs", "views", "text", "#post_view_count", "cnblogs", "cnblogs"),
        MetaRow("comments/cnblogs", "comments", "text", "#post_comment_count", "cnblogs", "cnblogs"),
        MetaRow("date/cnblogs", "date", "script", "currentPostDateAdded", "cnblogs", "cnblogs"),
        MetaRow(
            "date/cnblogs-desc", "date", "text", ".postDesc #post-date", "cnblogs before 2020", "cnblogs-2016", DATE
        ),
        MetaRow("author/cnblogs", "author", "text", "#profile_block", "cnblogs", "cnblogs", r"昵称\s*[:：]\s*(\S+)"),
        MetaRow("author/cnblogs-desc", "author", "text", ".postDesc a", "cnblogs, under the article", "cnblogs-2016"),
    ),
    title_names=("博客园",),
    tag_links=("#EntryTag a",),
    category_links=("#BlogPostCategory a",),
    furniture_images=(("image/code-button", ("copycode.gif", "/outliningindicators/")),),
    article_addresses=(
        AddressForm(
            "article/cnblogs",
            re.compile(
                r"(?:https?:)?//www\.cnblogs\.com/+(?P<user>[\w\-]+)/+(?:p|archive/+\d{4}/+\d{1,2}/+\d{1,2})/+(?P<id>\d+)(?:\.html)?",
                re.I,
            ),
            "cnblogs, since 2004",
            "cnblogs-",
        ),
    ),
)
