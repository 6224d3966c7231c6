"""cnblogs (博客园): its own pages, and the code blocks that importers brought to other sites."""

from __future__ import annotations

from converter.rules.chrome import Chrome
from converter.rules.metadata import MetaRow
from converter.rules.roots import Root
from converter.sites.record import Site

CNBLOGS = Site(
    name="cnblogs",
    roots=(Root("cnblogs", "id", "cnblogs_post_body", "cnblogs", "cnblogs"),),
    chrome_by_class=(
        Chrome("cnblogs_code_toolbar", "chrome/copy-button", "cnblogs import"),
        Chrome("cnblogs_code_copy", "chrome/copy-button", "cnblogs import"),
    ),
    metadata=(MetaRow("title/cnblogs", "title", "text", "#cb_post_title_url", "cnblogs", "cnblogs"),),
    fallback_metadata=(
        MetaRow("date/cnblogs", "date", "script", "currentPostDateAdded", "cnblogs", "cnblogs"),
        MetaRow("author/cnblogs", "author", "text", "#profile_block", "cnblogs", "cnblogs", r"昵称\s*[:：]\s*(\S+)"),
    ),
    title_names=("博客园",),
    furniture_images=(("image/code-button", ("copycode.gif",)),),
)
