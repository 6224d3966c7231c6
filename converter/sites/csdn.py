"""CSDN: blog.csdn.net and its wenku, from the themes of 2004 to those of today."""

from __future__ import annotations

import re

from converter.rules.chrome import Chrome
from converter.rules.metadata import DATE, MetaRow
from converter.rules.roots import Root
from converter.rules.urls import ImageHost
from converter.sites.record import AddressForm, AddressMarker, CommentList, Site, TitleKeywords

_HOST = r"(?:https?:)?//(?:https?:?//)?"
"""Start of an address; a page writes ``http://https//`` where an editor put a scheme before a whole address."""

CSDN = Site(
    name="CSDN",
    roots=(
        Root("content-views", "id", "content_views", "CSDN since 2018, both editors", "csdn-2022"),
        Root("article-content", "id", "article_content", "CSDN since 2012", "csdn-2018"),
        Root("baidu-pl", "class", "baidu_pl", "CSDN since 2018", "csdn-posttime-script"),
        Root("article-content-class", "class", "article_content", "CSDN themes before 2018", "csdn-old-theme"),
        Root("htmledit", "class", "htmledit_views", "CSDN wenku and rich text fragments", "csdn-wenku"),
        Root("markdown-views", "class", "markdown_views", "CSDN wenku and Markdown fragments", "markdown-views"),
        Root("blogstory", "class", "blogstory", "CSDN before 2012", "csdn-list-theme"),
    ),
    wrappers=("blog-content-box", "content_views", "article_content", "baidu_pl"),
    title_ids=("articleContentId",),
    title_classes=("title-article",),
    copyright_classes=("article-copyright",),
    comment_lists=(
        CommentList(
            "comment-box", "comment-line-box", "replay-box", "name", "nick-name", "date", "new-comment", "CSDN 2019-"
        ),
    ),
    address_markers=(AddressMarker("artid", ("alt", "artid"), "meta/artid"),),
    chrome_by_class=(
        Chrome("hljs-button", "chrome/copy-button", "CSDN 2018-, copy and sign-in button in a code block"),
        Chrome("code-edithtml", "chrome/copy-button", "CSDN run-in-editor button"),
        Chrome("save_code", "chrome/copy-button", "CSDN 2013, favourite button"),
        Chrome("opt-box", "chrome/copy-button", "CSDN 2020-, buttons over a code block"),
        Chrome("pre-numbering", "code/gutter", "CSDN 2015-, line numbers behind a code block", "numbers"),
        Chrome("hide-preCode-box", "chrome/code-fold", "CSDN 2020-, fold marker of long code"),
        # The page around the article, where it is saved with it.
        Chrome("article-copyright", "chrome/copyright", "CSDN, licence note", "note"),
        Chrome("article-info-box", "chrome/article-header", "CSDN 2018-", "page"),
        Chrome("article-bar-top", "chrome/article-header", "CSDN 2018-", "page"),
        Chrome("article-bar-bottom", "chrome/article-header", "CSDN 2018", "page"),
        Chrome("href-article-edit", "chrome/article-header", "CSDN"),
        Chrome("operating", "chrome/article-header", "CSDN"),
        Chrome("blog-tags-box", "chrome/tags", "CSDN 2019-", "links"),
        Chrome("ai-article-tag", "chrome/tags", "CSDN 2024-, keywords that a machine chose", "note"),
        Chrome("recommend-box", "chrome/recommend-box", "CSDN", "page"),
        Chrome("recommend-item-box", "chrome/recommend-box", "CSDN", "page"),
        Chrome("hide-article-box", "chrome/read-more", "CSDN, follow-to-read gate", "note"),
        Chrome("more-toolbox", "chrome/toolbar", "CSDN 2019-", "page"),
        Chrome("more-toolbox-new", "chrome/toolbar", "CSDN 2021-", "page"),
        Chrome("toolbox-list", "chrome/toolbar", "CSDN 2020-", "page"),
        Chrome("person-messagebox", "chrome/author-card", "CSDN 2019", "page"),
        Chrome("template-box", "chrome/author-card", "CSDN 2019-", "page"),
        Chrome("comment-box", "chrome/comments", "CSDN", "comments"),
        Chrome("artid", "meta/artid", "the dump's hidden address", "note"),
    ),
    chrome_by_id=(
        Chrome("blogExtensionBox", "chrome/extension-box", "CSDN 2021-, QR card behind the article", "page"),
        Chrome("recommendNps", "chrome/recommend-box", "CSDN 2022-", "page"),
        Chrome("treeSkill", "chrome/skill-tree", "CSDN 2021-", "page"),
        Chrome("article-copyright", "chrome/copyright", "CSDN", "note"),
        Chrome("blogColumnPayAdvert", "chrome/advert", "CSDN 2021-, paid column", "page"),
        Chrome("creatActivityHref", "chrome/advert", "CSDN 2023-, contest that the post takes part in"),
    ),
    metadata=(
        MetaRow("title/csdn-heading", "title", "text", "h1.title-article", "CSDN since 2018", "csdn-2018"),
        MetaRow("title/csdn-id", "title", "text", "#articleContentId", "CSDN since 2020", "csdn-2022"),
        MetaRow("title/csdn-script", "title", "script", "articleTitle", "CSDN since 2019", "csdn-recommended-date"),
        MetaRow("title/old-theme", "title", "text", ".link_title", "CSDN before 2018", "csdn-old-theme"),
        MetaRow("title/csdn-list", "title", "text", ".list_c_t", "CSDN 2012 to 2017, second theme", "csdn-list-theme"),
        MetaRow(
            "url/csdn-copyright",
            "url",
            "text",
            ".article-source-link",
            "CSDN since 2019",
            "baidu-json",
            r"(https?://\S+)",
        ),
        MetaRow("url/csdn-detail", "url", "script", "articleDetailUrl", "CSDN since 2019", "csdn-2019"),
        MetaRow("url/csdn-current", "url", "script", "curentUrl", "CSDN since 2018", "csdn-2018"),
        MetaRow("article_id/script", "article_id", "script", "articleId", "CSDN since 2018", "csdn-2018", r"(\d+)"),
        MetaRow(
            "date/csdn-first",
            "date",
            "text",
            ".up-time",
            "CSDN since 2019: 于 ... 首次发布, 首发:, 发布于",
            "csdn-2019",
            rf"于\s*({DATE})\s*首次发布|首发\s*[:：]\s*({DATE})|^\s*(?:最后)?发布于\s*({DATE})",
        ),
        MetaRow(
            "date/csdn-data",
            "date",
            "attribute",
            ".blog-postTime@data-time",
            "CSDN since 2021",
            "csdn-recommended-date",
        ),
        MetaRow("date/csdn-script", "date", "script", "postTime", "CSDN since 2024", "csdn-posttime-script"),
        MetaRow(
            "date/csdn-time",
            "date",
            "text",
            "span.time",
            "CSDN since 2018",
            "csdn-2018",
            rf"^\s*(?:最后|首次)?(?:发布于|于)?\s*({DATE})\s*(?:发布|首次发布)?\s*$",
        ),
        MetaRow("date/old-theme", "date", "text", ".link_postdate", "CSDN before 2018", "csdn-old-theme"),
        MetaRow("date/json-csdn", "date", "json", "pubDate", "CSDN since 2019: Baidu's JSON-LD", "baidu-json"),
        MetaRow(
            "updated/csdn", "updated", "text", "span.time", "CSDN since 2021", "csdn-2022", rf"已于\s*({DATE})\s*修改"
        ),
        MetaRow(
            "updated/csdn-up",
            "updated",
            "text",
            ".up-time",
            "CSDN 2020",
            "csdn-2020-singlefile",
            rf"最后发布\s*[:：]\s*({DATE})",
        ),
        MetaRow("updated/json-csdn", "updated", "json", "upDate", "CSDN since 2019: Baidu's JSON-LD", "baidu-json"),
        MetaRow("kind/csdn-script", "kind", "script", "articleType", "CSDN since 2019: 1, 2 or 4", "csdn-license"),
        MetaRow("kind/csdn-label", "kind", "text", ".article-type-text", "CSDN since 2023", "csdn-reprint"),
        MetaRow("kind/csdn-type", "kind", "text", ".article-type", "CSDN 2018 to 2020", "csdn-translation"),
        MetaRow(
            "kind/csdn-image",
            "kind",
            "attribute",
            ".article-type-img@src",
            "CSDN since 2020",
            "csdn-kind-image",
            r"/(original|reprint|translat\w*)\.",
        ),
        MetaRow("license/csdn", "license", "text", ".article-copyright", "CSDN since 2019", "csdn-reprint"),
        MetaRow("column/csdn", "column", "attribute", "a.item-target@title", "CSDN since 2021", "csdn-license"),
        MetaRow(
            "views/csdn",
            "views",
            "text",
            ".read-count",
            "CSDN since 2018",
            "csdn-counts",
            r"^(?:阅读[数量]?\s?[:：]?\s?)?(\d[\d.,]{0,14}\s?[kKwW万]?)\+?(?:\s?阅读)?$",
        ),
        MetaRow("likes/csdn", "likes", "text", "#spanCount", "CSDN since 2020", "csdn-counts"),
        MetaRow("likes/csdn-top", "likes", "text", "#blog-digg-num", "CSDN since 2022", "csdn-counts-2022"),
        MetaRow("likes/csdn-support", "likes", "text", "#supportCount", "CSDN 2019", "csdn-counts-2019"),
        MetaRow(
            "favorites/csdn", "favorites", "attribute", "#get-collection@data-num", "CSDN since 2021", "csdn-counts"
        ),
        MetaRow("favorites/csdn-text", "favorites", "text", ".get-collection", "CSDN since 2020", "csdn-counts-2022"),
        MetaRow("comments/csdn", "comments", "text", ".unlogin-comment-tit", "CSDN since 2022", "csdn-counts"),
        MetaRow("comments/csdn-reader", "comments", "text", ".has-comment-tit", "CSDN since 2022", "csdn-counts-2022"),
        MetaRow("author/csdn", "author", "text", "a.follow-nickName", "CSDN since 2019", "csdn-2020-singlefile"),
        MetaRow("author/csdn-nick", "author", "script", "nickName", "CSDN since 2019", "csdn-2019"),
    ),
    fallback_metadata=(
        MetaRow(
            "title/json-csdn",
            "title",
            "json",
            "title",
            "CSDN since 2019: Baidu's JSON-LD",
            "baidu-json",
            names_site=True,
        ),
        MetaRow("date/wenku", "date", "text", ".data-item", "CSDN wenku", "csdn-wenku", rf"时间\s*[:：]\s*({DATE})"),
        MetaRow("author/csdn-user", "author", "script", "username", "CSDN since 2018", "csdn-2018"),
    ),
    title_names=(r"CSDN(?:\s*+(?:博客|文库|社区|论坛|下载))?", r"博客频道.*"),
    title_keywords=(TitleKeywords("CSDN", re.compile(r"(?:_[^_]*)?_[^_]*的(?:博客|专栏)$|_[^_]*$")),),
    description_leads=(r"文章浏览阅读[^。]*次。",),
    tag_links=("a.tag-link",),
    category_addresses=("category_",),
    redirects=(("link/csdn-redirect", "link.csdn.net", "target"),),
    keyword_links=(("link/keyword", re.compile(r"https?://so\.csdn\.net/so/search")),),
    link_cards=(("link-card-box", "link-title"),),
    article_addresses=(
        AddressForm(
            "article/path",
            re.compile(
                _HOST + r"(?:m\.|wap\.)?blog\.csdn\.net/+(?:(?P<user>[\w\-]+)/+)?article/+details/+(?P<id>\d+)", re.I
            ),
            "CSDN 2010-; m. is the mobile site",
        ),
        AddressForm(
            "article/subdomain",
            re.compile(_HOST + r"(?!m\.|wap\.)(?P<user>[\w\-]+)\.blog\.csdn\.net/+article/+details/+(?P<id>\d+)", re.I),
            "CSDN 2017-, custom host names",
        ),
        AddressForm(
            "article/details-aspx",
            re.compile(
                _HOST + r"(?:[\w\-]+\.)?blog\.csdn\.net/+(?:(?P<user>[\w\-]+)/+)?article/+details"
                r"(?:\.aspx/|(?:\.aspx)?/?\?(?:[^#]*&)?(?:article)?id=)(?P<id>\d+)",
                re.I,
            ),
            "CSDN to 2010; the mobile site's query",
        ),
        AddressForm(
            "article/archive",
            re.compile(
                _HOST + r"(?:[\w\-]+\.)?blog\.csdn\.net/+(?:(?P<user>[\w\-]+)/+)?archive/+\d{4}/\d{1,2}/\d{1,2}/"
                r"(?P<id>\d+)\.aspx",
                re.I,
            ),
            "CSDN 2004 to 2010",
        ),
        AddressForm(
            "article/mobile-blog",
            re.compile(_HOST + r"m\.blog\.csdn\.net/+blog/+(?P<user>[\w\-]+)/+(?P<id>\d+)", re.I),
            "CSDN mobile site, 2013 to 2016",
        ),
    ),
    home="https://blog.csdn.net",
    article_paths=("/{user}/article/details/{id}", "/article/details/{id}"),
    furniture_images=(("image/code-button", ("save_snippets", "newcodemorewhite", "/code_ico.png", "/ico_fork.svg")),),
    image_hosts=(
        ImageHost("csdnimg.cn", ("",), "CSDN 2019-: refuses foreign referers, takes none"),
        ImageHost("csdn.net", ("", "https://blog.csdn.net/"), "CSDN to 2019: img-blog, img-my, img-bbs"),
    ),
    editor_alternatives=("在这里插入图片描述", "这里写图片描述", "此处输入图片的描述", "请添加图片描述", "图片描述"),
    formula_servers=(r"latex\.csdn\.net/eq\Z",),
    transfer_sign="外链图片转存",
    transfer_note=(
        r"\[?外链图片转存(?:失败|中)[^\[\]()]{0,80}?(?:直接上传|(?=\(img-))((?:\([^()]*\))*)\]?((?:\([^()]*\))*)"
    ),
    utc_offset="+0800",
)
