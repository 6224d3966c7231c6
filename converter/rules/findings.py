"""What each finding means: one entry for every rule id that a report, `explain` or a review may name.

An id is stable.  ``csdn2md rule NAME`` and docs/rules.md are made from this table; classes and origins that rows of
chrome and of sites give are added from those rows.  A test converts each example, compares what comes out, and looks
for the finding.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class FindingEntry(NamedTuple):
    """What a finding means.

    rule: its id.  meaning: what was removed or changed.  origin: where such a thing comes from; empty if rows say it.
    before: a source that gives the finding; empty if no short one can.  after: what csdn2md writes for it.
    options: the options that the example needs, as a line of a configuration file.
    """

    rule: str
    meaning: str
    origin: str = ""
    before: str = ""
    after: str = ""
    options: str = ""


ENTRIES = (
    FindingEntry(
        "article/empty",
        "The article is empty: the page was saved without its text, or a script writes the text.",
        origin="pages saved too early",
        before='---\ntitle: 一\n---\n<div id="content_views"></div>\n',
        after="---\ntitle: 一\n---\n",
    ),
    FindingEntry(
        "article/locked",
        "The site asks readers to pay, to follow or to sign in for the rest: the file may have only the beginning.",
        origin="CSDN 2020-: 关注博主即可阅读全文, 最低0.47元/天 解锁文章; login walls",
        before='<div id="content_views"><p>文</p></div><div class="hide-article-box">最低0.47元/天 解锁文章</div>',
        after="文\n",
    ),
    FindingEntry(
        "article/truncated",
        "The article ends like an excerpt, or the file ends inside a tag.",
        origin="excerpts of feeds and lists; downloads that ended early",
        before='<div id="content_views"><p>文… <a>阅读全文</a></p></div>',
        after="文… 阅读全文\n",
    ),
    FindingEntry(
        "chrome/advert",
        "An advertisement of the site beside or in the article was removed.",
        before='<div id="content_views"><p>文</p><div id="blogColumnPayAdvert">订阅专栏</div></div>',
        after="文\n",
    ),
    FindingEntry(
        "chrome/article-header",
        "The line above or below the article with its author, date, number of readers and buttons was removed.",
        before='<div id="content_views"><p>文</p><div class="article-bar-top">张三 阅读 100</div></div>',
        after="文\n",
    ),
    FindingEntry(
        "chrome/author-card",
        "The box that introduces the author was removed.",
        before='<div id="content_views"><p>文</p><div class="person-messagebox">张三</div></div>',
        after="文\n",
    ),
    FindingEntry(
        "chrome/code-fold",
        "The marker that folds long code was removed.",
        before='<div id="content_views"><p>文</p><div class="hide-preCode-box">展开</div></div>',
        after="文\n",
    ),
    FindingEntry(
        "chrome/comments",
        "The comments of readers were removed.",
        before='<div id="content_views"><p>文</p><div class="comment-box">好文</div></div>',
        after="文\n",
    ),
    FindingEntry(
        "chrome/copy-button",
        "A button of a code block (copy, sign in, run, favourite) was removed.",
        before=(
            '<div id="content_views"><p>文</p><pre><code>a = 1</code></pre><div class="hljs-button">复制</div></div>'
        ),
        after="文\n\n```\na = 1\n```\n",
    ),
    FindingEntry(
        "chrome/copyright",
        "The licence note that the site puts around an article was removed.",
        before='<div id="content_views"><p>文</p><div class="article-copyright">版权声明</div></div>',
        after="文\n",
    ),
    FindingEntry(
        "chrome/extension-box",
        "The box behind the article with a contact card was removed.",
        before='<div id="content_views"><p>文</p><div id="blogExtensionBox">公众号</div></div>',
        after="文\n",
    ),
    FindingEntry(
        "chrome/form",
        "A control of a form was removed: the words on it belong to the page, not to the article.",
        before='<div id="content_views"><p>文</p><button>登录</button></div>',
        after="文\n",
    ),
    FindingEntry(
        "chrome/hidden",
        "An element that no browser shows (`hidden`, `display: none`) was removed with all it holds.",
        origin="HTML and CSS: the hidden attribute, display: none",
        before='<div id="content_views"><p>文</p><p style="display:none">看不见</p></div>',
        after="文\n",
    ),
    FindingEntry(
        "chrome/kept",
        "An element that a row of chrome names was kept, because it holds more than such an element may: "
        "sentences, code or pictures of the author.",
        origin="pages in which an element was left open, so that the article is in it",
        before='<div id="content_views"><p>文</p><button>这里是作者写的一句话，而不是按钮上的字。</button></div>',
        after="文\n\n这里是作者写的一句话，而不是按钮上的字。\n",
    ),
    FindingEntry(
        "chrome/link-card",
        "A link around a card (title, description, icon, address) became a link with the title as its text.",
        origin="CSDN 2021-, Zhihu, Notion, Ghost",
        before=(
            '<div id="content_views"><p>文</p><a href="https://example.com/" class="has-card"><span '
            'class="link-card-box"><span class="link-title">标题</span><span '
            'class="link-desc">介绍</span></span></a></div>'
        ),
        after="文\n\n[标题](https://example.com/)\n",
    ),
    FindingEntry(
        "chrome/permalink",
        "The sign that a heading shows as a link to itself was removed.",
        origin="Sphinx, VuePress, Hexo",
        before='<div id="content_views"><p>文</p><h2 id="a">节<a href="#a">¶</a></h2></div>',
        after="文\n\n## 节\n",
    ),
    FindingEntry(
        "chrome/read-more",
        "The gate that hides the rest of an article (follow to read) was removed; the article itself stays.",
        before='<div id="content_views"><p>文</p><div class="hide-article-box">关注后阅读全文</div></div>',
        after="文\n",
    ),
    FindingEntry(
        "chrome/recommend-box",
        "A list of recommended articles was removed.",
        before='<div id="content_views"><p>文</p><div class="recommend-box">推荐</div></div>',
        after="文\n",
    ),
    FindingEntry(
        "chrome/skill-tree",
        "The box that files the article under a skill was removed.",
        before='<div id="content_views"><p>文</p><div id="treeSkill">技能树</div></div>',
        after="文\n",
    ),
    FindingEntry(
        "chrome/tags",
        "The line of tags and categories above the article was removed; they are in the metadata.",
        before='<div id="content_views"><p>文</p><div class="blog-tags-box">标签</div></div>',
        after="文\n",
    ),
    FindingEntry(
        "chrome/title",
        "A heading that repeats the title at the start of the article was removed; the title is in the metadata.",
        origin="CSDN, the heading of class title-article",
        before=(
            '<div id="content_views"><h1 class="title-article">一</h1><h1 class="title-article">一</h1><p>文</p></div>'
        ),
        after="---\ntitle: 一\n---\n\n文\n",
    ),
    FindingEntry(
        "chrome/toolbar",
        "The bar of buttons below the article was removed.",
        before='<div id="content_views"><p>文</p><div class="toolbox-list">点赞</div></div>',
        after="文\n",
    ),
    FindingEntry(
        "code/furniture",
        "Something in a code block that is not code was left out: line numbers, a language label, buttons.",
        origin="tables and lists of highlighters",
        before=(
            '<div id="content_views"><p>文</p><table class="highlight"><tr><td '
            'class="gutter"><pre>1\n2</pre></td><td class="code"><pre>a = 1\nb = '
            "2</pre></td></tr></table></div>"
        ),
        after="文\n\n```\na = 1\nb = 2\n```\n",
    ),
    FindingEntry(
        "code/gutter",
        "Line numbers beside a code block were removed.",
        before=(
            '<div id="content_views"><p>文</p><pre><code>a = 1</code><ul '
            'class="pre-numbering"><li>1</li></ul></pre></div>'
        ),
        after="文\n\n```\na = 1\n```\n",
    ),
    FindingEntry(
        "code/guessed-language",
        "A code block whose language the page does not name got the language that its text shows.",
        before='<div id="content_views"><pre>using namespace std;\nvector&lt;int&gt; found;</pre></div>',
        after="```cpp\nusing namespace std;\nvector<int> found;\n```\n",
        options="guess-language = true",
    ),
    FindingEntry(
        "code/pasted-numbers",
        "Line numbers that the author copied into a code block with the code were removed: every line had one, "
        "each one more than the one before.",
        before='<div id="content_views"><pre>1  def f():\n2      return 1\n3  f()</pre></div>',
        after="```\ndef f():\n    return 1\nf()\n```\n",
    ),
    FindingEntry(
        "code/toolbar",
        "The toolbar of a highlighter above a code block was removed.",
        origin="dp.SyntaxHighlighter 1, SyntaxHighlighter 2 and 3",
        before=(
            '<div id="content_views"><p>文</p><div class="dp-highlighter"><div class="bar"><div '
            'class="tools">view plain</div></div><ol class="dp-j"><li><span>int '
            "a;</span></li></ol></div></div>"
        ),
        after="文\n\n```\nint a;\n```\n",
    ),
    FindingEntry(
        "comments/data",
        "The comments of readers were written to a file of data (`--comments data`), each with its author and date; "
        "the finding has their texts.",
        origin="CSDN 2019-, pages saved with their comments",
        before=(
            '<html><body><div id="content_views"><p>文</p></div><div class="comment-box"><ul><li '
            'class="comment-line-box" data-commentid="1"><a><span class="name">张三</span></a><span '
            'class="new-comment">好文</span></li></ul></div></body></html>'
        ),
        after="文\n",
        options='comments = "data"',
    ),
    FindingEntry(
        "comments/section",
        "The comments of readers were written below the article, each with its author and date "
        "(`--comments section`); the finding has the words that were written beside their texts.",
        origin="CSDN 2019-, pages saved with their comments",
        before=(
            '<html><body><div id="content_views"><p>文</p></div><div class="comment-box"><ul><li '
            'class="comment-line-box" data-commentid="1"><a><span class="name">张三</span></a><span '
            'class="new-comment">好文<span class="date" title="2020-05-01 08:30:00">1周前</span></span></li></ul></div>'
            "</body></html>"
        ),
        after="文\n\n## 评论\n\n- **张三** · 2020-05-01 08:30:00\n\n  好文\n",
        options='comments = "section"',
    ),
    FindingEntry(
        "footnote/backref",
        "The arrow from a footnote back to the text was removed: a renderer of Markdown adds its own.",
        before=(
            '<div id="content_views"><p>文</p><p>见<sup class="footnote-ref"><a '
            'href="#fn1">[1]</a></sup></p><ol><li id="fn1"><p>注 <a class="footnote-backref" '
            'href="#ref1">↩</a></p></li></ol></div>'
        ),
        after="文\n\n见[^1]\n\n[^1]: 注\n",
    ),
    FindingEntry(
        "footnote/reference",
        "A raised number that leads to a footnote became a footnote reference.",
        origin="markdown-it-footnote, MultiMarkdown, kramdown",
        before=(
            '<div id="content_views"><p>文</p><p>见<sup class="footnote-ref"><a '
            'href="#fn1">[1]</a></sup></p><section class="footnotes"><ol><li id="fn1" '
            'class="footnote-item"><p>注</p></li></ol></section></div>'
        ),
        after="文\n\n见[^1]\n\n[^1]: 注\n",
    ),
    FindingEntry(
        "footnote/separator",
        "The line above footnotes was removed: a renderer of Markdown adds its own.",
        before='<div id="content_views"><p>文</p><hr class="footnotes-sep"></div>',
        after="文\n",
    ),
    FindingEntry(
        "frontmatter/add-column",
        "The column that the page names was added.",
        origin="option `add`",
        before=(
            "---\ntitle: 一\n---\n<html><body>"
            '<a class="item-target" title="运维"></a>'
            '<div id="content_views"><p>文</p></div></body></html>\n'
        ),
        after="---\ntitle: 一\ncolumn: 运维\n---\n\n文\n",
        options='add = ["column"]',
    ),
    FindingEntry(
        "frontmatter/add-kind",
        "The page's kind (original, reprint, translation) was added.",
        origin="option `add`",
        before=(
            "---\ntitle: 一\n---\n<html><body>"
            '<span class="article-type">转载</span>'
            '<div id="content_views"><p>文</p></div></body></html>\n'
        ),
        after="---\ntitle: 一\nkind: reprint\n---\n\n文\n",
        options='add = ["kind"]',
    ),
    FindingEntry(
        "frontmatter/add-license",
        "The licence that the page names was added.",
        origin="option `add`",
        before=(
            "---\ntitle: 一\n---\n<html><body>"
            '<a rel="license" href="http://creativecommons.org/licenses/by-sa/4.0/"></a>'
            '<div id="content_views"><p>文</p></div></body></html>\n'
        ),
        after="---\ntitle: 一\nlicense: CC-BY-SA-4.0\n---\n\n文\n",
        options='add = ["license"]',
    ),
    FindingEntry(
        "frontmatter/add-math",
        "`math: true` was added, because the article has formulas.",
        origin="option `add`",
        before='---\ntitle: 一\n---\n<div id="content_views"><p><script type="math/tex">a</script></p></div>\n',
        after="---\ntitle: 一\nmath: true\n---\n\n$a$\n",
        options='add = ["math"]',
    ),
    FindingEntry(
        "frontmatter/add-source",
        "The address that a reprint names as its source was added.",
        origin="option `add`",
        before='---\ntitle: 一\n---\n<div id="content_views"><p>转自：https://example.com/a</p></div>\n',
        after="---\ntitle: 一\nsource: https://example.com/a\n---\n\n转自：https://example.com/a\n",
        options='add = ["source"]',
    ),
    FindingEntry(
        "frontmatter/add-tags",
        "The page's own tags were added.",
        origin="option `add`",
        before=(
            '---\ntitle: 一\n---\n<html><body><a class="tag-link">Java</a><div '
            'id="content_views"><p>文</p></div></body></html>\n'
        ),
        after="---\ntitle: 一\ntags: [Java]\n---\n\n文\n",
        options='add = ["tags"]',
    ),
    FindingEntry(
        "frontmatter/backslash",
        "Backslashes of a value in double quotes were doubled: YAML rejected them.",
        origin="option `repair-front-matter`",
        before='---\npath: "C:\\Users"\n---\n<div id="content_views"><p>文</p></div>\n',
        after='---\npath: "C:\\\\Users"\n---\n\n文\n',
        options="repair-front-matter = true",
    ),
    FindingEntry(
        "frontmatter/drop",
        "A key was removed.",
        origin="option `drop`",
        before='---\ntitle: 一\nimage: a.png\n---\n<div id="content_views"><p>文</p></div>\n',
        after="---\ntitle: 一\n---\n\n文\n",
        options='drop = ["image"]',
    ),
    FindingEntry(
        "frontmatter/duplicate-key",
        "The front matter has a key twice. `repair-front-matter` keeps only the last one; without it nothing changes.",
        origin="dumps; Hugo and Hexo reject it, Jekyll uses the last one",
        before='---\ntitle: 一\ntitle: 二\n---\n<div id="content_views"><p>文</p></div>\n',
        after="---\ntitle: 二\n---\n\n文\n",
        options="repair-front-matter = true",
    ),
    FindingEntry(
        "frontmatter/invalid",
        "YAML loaders reject the block; it was kept byte for byte.",
        origin="dumps",
        before='---\ntitle: [一\n---\n<div id="content_views"><p>文</p></div>\n',
        after="---\ntitle: [一\n---\n\n文\n",
    ),
    FindingEntry(
        "frontmatter/kept",
        "An edit that was asked for was not made: it would have changed something else, or the block is not valid.",
        origin="options `add`, `rename`, `drop`, `restore-title`",
        before='---\ntitle: [一\n---\n<div id="content_views"><p>文</p></div>\n',
        after="---\ntitle: [一\n---\n\n文\n",
        options='drop = ["title"]',
    ),
    FindingEntry(
        "frontmatter/provenance",
        "`original_title` or `original_url` was added below the block: the page's own title, or the "
        "address of the article.",
        origin="options `original-title`, `original-url`",
        before=(
            "---\ntitle: 一 二\n---\n<html><head><title>一：二</title></head><body><div "
            'id="content_views"><p>文</p></div></body></html>\n'
        ),
        after="---\ntitle: 一 二\noriginal_title: 一：二\n---\n\n文\n",
    ),
    FindingEntry(
        "frontmatter/quote",
        "Quotes inside a quoted value were escaped: YAML rejected them.",
        origin="option `repair-front-matter`",
        before='---\ntitle: "说"好"了"\n---\n<div id="content_views"><p>文</p></div>\n',
        after='---\ntitle: "说\\"好\\"了"\n---\n\n文\n',
        options="repair-front-matter = true",
    ),
    FindingEntry(
        "frontmatter/rename",
        "A key was renamed.",
        origin="option `rename`",
        before='---\ndate: 2024-01-02\n---\n<div id="content_views"><p>文</p></div>\n',
        after="---\ncreated: 2024-01-02\n---\n\n文\n",
        options='rename = ["date:created"]',
    ),
    FindingEntry(
        "frontmatter/stray-text",
        "What an exporter left between the front matter and the page was removed: end tags, a placeholder.",
        origin="dumps",
        before='---\ntitle: 一\n---\n</p>\n<div id="content_views"><p>文</p></div>\n',
        after="---\ntitle: 一\n---\n\n文\n",
    ),
    FindingEntry(
        "frontmatter/tab",
        "Tabs that YAML rejects were replaced by spaces.",
        origin="option `repair-front-matter`",
        before='---\ntitle:\t一\n---\n<div id="content_views"><p>文</p></div>\n',
        after="---\ntitle: 一\n---\n\n文\n",
        options="repair-front-matter = true",
    ),
    FindingEntry(
        "frontmatter/title",
        "The title was replaced by the page's own.",
        origin="option `restore-title`",
        before=(
            "---\ntitle: 一 二\n---\n<html><head><title>一：二</title></head><body><div "
            'id="content_views"><p>文</p></div></body></html>\n'
        ),
        after="---\ntitle: 一：二\n---\n\n文\n",
        options="restore-title = true",
    ),
    FindingEntry(
        "frontmatter/unquoted",
        "Quotes were put around a value that YAML rejected.",
        origin="option `repair-front-matter`",
        before='---\ntitle: 错误: 没有文件\n---\n<div id="content_views"><p>文</p></div>\n',
        after='---\ntitle: "错误: 没有文件"\n---\n\n文\n',
        options="repair-front-matter = true",
    ),
    FindingEntry(
        "harmless/rewritten",
        "A parser saw in a finished block what the serializer had not written (a tag, a definition, a scheme); the "
        "block was written again so that it cannot.",
        origin="the check of the finished Markdown",
    ),
    FindingEntry(
        "html/canvas",
        "A `canvas` was removed: a script draws on it.",
        before='<div id="content_views"><p>文</p><canvas>图</canvas></div>',
        after="文\n",
    ),
    FindingEntry(
        "html/head",
        "A `head` inside the article was removed.",
    ),
    FindingEntry(
        "html/meta",
        "A `meta` element was removed.",
        before='<div id="content_views"><p>文</p><meta name="a" content="b"></div>',
        after="文\n",
    ),
    FindingEntry(
        "html/noscript",
        "The text for browsers without scripts was removed.",
        before='<div id="content_views"><p>文</p><noscript>需要脚本</noscript></div>',
        after="文\n",
    ),
    FindingEntry(
        "html/script",
        "A script was removed. (Formulas in scripts are kept: `math/tex`.)",
        before='<div id="content_views"><p>文</p><script>alert(1)</script></div>',
        after="文\n",
    ),
    FindingEntry(
        "html/style",
        "A style sheet in the article was removed.",
        before='<div id="content_views"><p>文</p><style>p{color:red}</style></div>',
        after="文\n",
    ),
    FindingEntry(
        "html/stylesheet",
        "A link to a style sheet was removed.",
        before='<div id="content_views"><p>文</p><link rel="stylesheet" href="a.css"></div>',
        after="文\n",
    ),
    FindingEntry(
        "html/template",
        "A `template` was removed: no browser shows it.",
        before='<div id="content_views"><p>文</p><template>模板</template></div>',
        after="文\n",
    ),
    FindingEntry(
        "html/title",
        "A `title` element inside the article was removed.",
        before='<div id="content_views"><p>文</p><title>一</title></div>',
        after="文\n",
    ),
    FindingEntry(
        "html/too-deep",
        "Elements nested too deeply for Markdown became plain text.",
        origin="hostile or broken pages",
    ),
    FindingEntry(
        "image/absolute",
        "A relative address of an image became an absolute one: the file is not beside the source.",
        origin="option `--assets`, for an image that cannot be downloaded",
    ),
    FindingEntry(
        "image/code-button",
        "An image that is a button of a code block was removed.",
        origin="CSDN, cnblogs, ITeye",
        before=('<div id="content_views"><p>文</p><p><img src="https://code.csdn.net/assets/ico_fork.svg"></p></div>'),
        after="文\n",
    ),
    FindingEntry(
        "image/drawing",
        "A drawing (SVG) became an image: a file beside the post, or a `data:` image where no file is written. Its "
        "labels are the alt text. `--drawings drop` removes drawings.",
        origin="HTML: SVG, as mermaid and flowchart.js draw it",
        before='<div id="content_views"><p>文</p><svg viewBox="0 0 90 60"><text>图</text></svg></div>',
        after=(
            '文\n\n<img src="data:image/svg+xml;base64,'
            "PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHZpZXdCb3g9IjAgMCA5MCA2MCIgd2lkdGg9IjkwIiBoZWln"
            "aHQ9IjYwIj48dGV4dD7lm748L3RleHQ+PC9zdmc+"
            '" alt="图">\n'
        ),
    ),
    FindingEntry(
        "image/failed-transfer",
        "The editor's note that it could not copy an image became the image, if the note gives an "
        "address; else the note was removed.",
        origin="CSDN 2018-",
        before=(
            '<div id="content_views"><p>文</p><p>[外链图片转存失败,源站可能有防盗链机制(img-a1)(https://example.com/a.png)]</p><'
            "/div>"
        ),
        after="文\n\n![](https://example.com/a.png)\n",
    ),
    FindingEntry(
        "image/local",
        "An image has a local address: it was downloaded, was saved beside the page, or was drawn in the page.",
        origin="option `--assets`",
    ),
    FindingEntry(
        "image/local-file",
        "An image is a file on the author's machine. It stays, but nobody else can see it.",
        origin="editors that keep `file:` addresses",
        before='<div id="content_views"><p>文</p><p><img src="file:///C:/a.png"></p></div>',
        after="文\n\n![](file:///C:/a.png)\n",
    ),
    FindingEntry(
        "image/position",
        "The part of an image's address that only the editor reads (`#pic_center`) was removed.",
        origin="CSDN 2019-",
        before='<div id="content_views"><p>文</p><p><img src="https://example.com/a.png#pic_center"></p></div>',
        after="文\n\n![](https://example.com/a.png)\n",
    ),
    FindingEntry(
        "image/protocol",
        "`https:` was added to the address of an image that began with `//`.",
        origin="HTML: addresses without a scheme",
        before='<div id="content_views"><p>文</p><p><img src="//example.com/a.png"></p></div>',
        after="文\n\n![](https://example.com/a.png)\n",
    ),
    FindingEntry(
        "image/scheme",
        "An image was removed because its address cannot be that of an image, or could run a script.",
        origin="HTML: `javascript:`, `data:` of another type",
        before='<div id="content_views"><p>文</p><p><img src="javascript:alert(1)" alt="图"></p></div>',
        after="文\n",
    ),
    FindingEntry(
        "image/svg",
        "An icon (SVG) was removed, or with `--drawings drop` a drawing; its text, if it shows any, is in the finding.",
        origin="HTML: SVG",
        before='<div id="content_views"><p>文</p><svg width="16" height="16"><path d="M0 0h9"/></svg></div>',
        after="文\n",
    ),
    FindingEntry(
        "image/type",
        "A `data:` image got the type that its bytes have, because it named none that is a picture's.",
        before='<div id="content_views"><p><img src="data:image/*;base64,iVBORw0KGgo="></p></div>',
        after="![](data:image/png;base64,iVBORw0KGgo=)\n",
    ),
    FindingEntry(
        "image/watermark",
        "The part of an image's address that asks for a watermark, a size or another format was removed.",
        origin="CSDN 2016-, image processing of Aliyun OSS, Qiniu and others",
        before=(
            '<div id="content_views"><p>文</p><p><img src="https://img-blog.csdnimg.cn/a.png?x-oss-process=ima'
            'ge/watermark,type_d3F5"></p></div>'
        ),
        after="文\n\n![](https://img-blog.csdnimg.cn/a.png)\n",
    ),
    FindingEntry(
        "input/attributes",
        "A tag had more attributes than any author writes; the rest was not read.",
        origin="hostile pages",
    ),
    FindingEntry(
        "input/charset",
        "The file says one encoding and is written in another, which was found and used.",
        origin="pages saved with a wrong declaration",
    ),
    FindingEntry(
        "input/control",
        "Control characters were removed: HTML has no such characters.",
        origin="HTML, section on characters",
        before='<div id="content_views"><p>文</p><p>a\x01b</p></div>',
        after="文\n\nab\n",
    ),
    FindingEntry(
        "input/depth",
        "Elements were nested so deeply that the parser would stop; the inner ones were unwrapped.",
        origin="hostile pages",
    ),
    FindingEntry(
        "input/html-copied",
        "The file looks like HTML, but some of it is Markdown, so it was left as it is. `--assume html` converts it.",
        origin="Markdown with much HTML in it",
        before="---\ntitle: 一\n---\n<p>文</p>\n\n字\n",
        after="---\ntitle: 一\n---\n<p>文</p>\n\n字\n",
    ),
    FindingEntry(
        "input/formula-without-source",
        "A formula was drawn by MathJax and neither its TeX nor its MathML is in the page: it cannot be recovered.",
        origin="MathJax 3, pages saved without the copy for screen readers",
        before="<p>文</p><p><mjx-container><mjx-math><mjx-c></mjx-c></mjx-math></mjx-container></p>",
        after="文\n",
    ),
    FindingEntry(
        "input/mathjax",
        "Formulas that MathJax 3 had drawn became TeX, by the MathML that it leaves for screen readers.",
        origin="MathJax 3",
        before=(
            "<p>文<mjx-container><mjx-math></mjx-math><mjx-assistive-mml><math><mi>a</mi></math></mjx-assistive-mml>"
            "</mjx-container></p>"
        ),
        after="文$a$\n",
    ),
    FindingEntry(
        "input/misnested",
        "Tags that were closed in another order than they were opened were nested as browsers nest them.",
        origin="HTML 13.2.4.3, the adoption agency of browsers",
        before='<div id="content_views"><p>文<b>粗<i>斜</b>体</i></p></div>',
        after="文**粗*斜***<em>体</em>\n",
    ),
    FindingEntry(
        "input/nul",
        "NUL characters were removed.",
        origin="broken files",
    ),
    FindingEntry(
        "input/undecodable",
        "Bytes that are not text in the file's encoding became U+FFFD.",
        origin="broken files",
    ),
    FindingEntry(
        "link/absolute",
        "A relative address of a link became an absolute one: the file is not beside the source.",
        origin="option `--link-local`",
    ),
    FindingEntry(
        "link/csdn-redirect",
        "A link that went through link.csdn.net leads to its target.",
        origin="CSDN 2021-",
        before=(
            '<div id="content_views"><p>文</p><p><a href="https://link.csdn.net/?target=https%3A%2F%2Fexample.'
            'com%2F">例</a></p></div>'
        ),
        after="文\n\n[例](https://example.com/)\n",
    ),
    FindingEntry(
        "link/keyword",
        "A link that the site laid over a word, to its own search, was removed; the word stays.",
        origin="CSDN 2023-",
        before='<div id="content_views"><p>文</p><p><a href="https://so.csdn.net/so/search?q=a">词</a></p></div>',
        after="文\n\n词\n",
    ),
    FindingEntry(
        "link/liquid-off",
        "Links to other posts stay as they are: the post turns Liquid off, so that `post_url` would be text.",
        origin="option `--link-local jekyll`",
    ),
    FindingEntry(
        "link/local",
        "A link to another article of the archive leads to its local post.",
        origin="option `--link-local`",
    ),
    FindingEntry(
        "link/local-file",
        "A link to a file on the author's machine lost its address; its text stays.",
        origin="editors that keep `file:` addresses",
        before='<div id="content_views"><p>文</p><p><a href="file:///C:/a.txt">例</a></p></div>',
        after="文\n\n例\n",
    ),
    FindingEntry(
        "link/protocol",
        "`https:` was added to the address of a link that began with `//`.",
        origin="HTML: addresses without a scheme",
        before='<div id="content_views"><p>文</p><p><a href="//example.com/">例</a></p></div>',
        after="文\n\n[例](https://example.com/)\n",
    ),
    FindingEntry(
        "link/redirect",
        "A link that went through another site's redirect leads to its target.",
        origin="Zhihu, Jianshu, Juejin, Gitee, Weibo and others",
        before=(
            '<div id="content_views"><p>文</p><p><a href="https://link.zhihu.com/?target=https%3A//example.com'
            '/">例</a></p></div>'
        ),
        after="文\n\n[例](https://example.com/)\n",
    ),
    FindingEntry(
        "link/scheme",
        "A link with an address that could run something, or of an unknown kind, lost its address; its text stays.",
        origin="HTML: `javascript:` and the like",
        before='<div id="content_views"><p>文</p><p><a href="javascript:alert(1)">例</a></p></div>',
        after="文\n\n例\n",
    ),
    FindingEntry(
        "math/image",
        "An image that a formula server draws became the formula.",
        origin="CodeCogs, Zhihu, CSDN and other servers, whose address holds the TeX",
        before=('<div id="content_views"><p>文</p><p><img src="https://latex.codecogs.com/gif.latex?a%5E2"></p></div>'),
        after="文\n\n$a^2$\n",
    ),
    FindingEntry(
        "math/katex-glyphs",
        "The drawn glyphs beside the TeX of a formula were removed.",
        before=(
            '<div id="content_views"><p>文</p><p><script type="math/tex">a</script><span '
            'class="katex-html">a</span></p></div>'
        ),
        after="文\n\n$a$\n",
    ),
    FindingEntry(
        "math/mathjax-assistive",
        "The copy of a formula for screen readers was removed; the TeX stays.",
        before=(
            '<div id="content_views"><p>文</p><p><span class="MJX_Assistive_MathML">a</span><script '
            'type="math/tex">a</script></p></div>'
        ),
        after="文\n\n$a$\n",
    ),
    FindingEntry(
        "math/mathjax-glyphs",
        "The drawn glyphs beside the TeX of a formula were removed.",
        origin="MathJax 2 and 3",
        before=(
            '<div id="content_views"><p>文</p><p><span class="MathJax">a</span><script '
            'type="math/tex">a</script></p></div>'
        ),
        after="文\n\n$a$\n",
    ),
    FindingEntry(
        "math/mathjax-preview",
        "The preview of a formula was removed; the TeX stays.",
        before=(
            '<div id="content_views"><p>文</p><p><span class="MathJax_Preview">a</span><script '
            'type="math/tex">a</script></p></div>'
        ),
        after="文\n\n$a$\n",
    ),
    FindingEntry(
        "math/tex",
        "A formula that a script or program had drawn became its TeX.",
        origin="MathJax, KaTeX, MathML",
        before='<div id="content_views"><p>文</p><p><script type="math/tex">a^2</script></p></div>',
        after="文\n\n$a^2$\n",
    ),
    FindingEntry(
        "media/fallback",
        "The text for browsers that cannot play a video was removed.",
        origin="HTML: video, audio, object",
        before='<div id="content_views"><p>文</p><video src="https://example.com/a.mp4">请升级浏览器</video></div>',
        after="文\n\n[https://example.com/a.mp4](https://example.com/a.mp4)\n",
    ),
    FindingEntry(
        "media/player",
        "A video, sound, frame, or script that shows a gist, became a link to what it plays or shows.",
        origin="HTML: video, audio, iframe, embed, object, script",
        before='<div id="content_views"><p>文</p><iframe src="https://example.com/player"></iframe></div>',
        after="文\n\n[https://example.com/player](https://example.com/player)\n",
    ),
    FindingEntry(
        "meta/artid",
        "The hidden marker with the article's address was removed; the address is in the metadata.",
        before=(
            '<div id="content_views"><p>文</p><p class="artid" style="display:none" '
            'artid="https://blog.csdn.net/a/article/details/1"></p></div>'
        ),
        after="文\n",
    ),
    FindingEntry(
        "page/chrome",
        "All of the page outside the article was left out.",
        origin="whole pages: the element of the article is known for the site",
        before='<html><body><nav>首页</nav><div id="content_views"><p>文</p></div></body></html>',
        after="文\n",
    ),
    FindingEntry(
        "page/copyright",
        "The licence note beside the article was removed; the address in it is in the metadata.",
        origin="CSDN",
        before=(
            '---\ntitle: 一\n---\n<div class="article_content"><div '
            'class="article-copyright">原文链接：https://blog.csdn.net/a/article/details/1</div><div '
            'id="content_views"><p>文</p></div></div>\n'
        ),
        after="---\ntitle: 一\noriginal_url: https://blog.csdn.net/a/article/details/1\n---\n\n文\n",
    ),
    FindingEntry(
        "page/error",
        "The page says why there is no article: an error, a check for robots, a form to sign in.",
        origin="web servers, Cloudflare, captchas",
        before="<html><head><title>521 Web server is down</title></head><body><p>Error</p></body></html>",
        after='---\ntitle: "521 Web server is down"\n---\n\nError\n',
    ),
    FindingEntry(
        "page/listing",
        "The page lists articles: a column, a category, a search.",
        origin="CSDN",
        before='<html><body><ul class="column_article_list"><li>文</li></ul></body></html>',
        after="- 文\n",
    ),
    FindingEntry(
        "page/title",
        "The heading that is the title of the article was taken out of it: it is in the metadata.",
        origin="CSDN since 2018",
        before=(
            '<div class="blog-content-box"><h1 class="title-article">一</h1>'
            '<div id="content_views"><p>文</p></div></div>'
        ),
        after="---\ntitle: 一\n---\n\n文\n",
    ),
    FindingEntry(
        "site.mine/share-box",
        "An element was removed that a row of your own names: `[[site]]` in .csdn2md.toml, `[[tool.csdn2md.site]]` in "
        "pyproject.toml, or a file of `--rules`. The id is `site.`, the name of the site, and the row's.",
        origin="you",
        before='<div id="content_views"><p>文</p><div class="share-box">分享</div></div>',
        after="文\n",
        options='site = [{name = "mine", chrome = [{class = "share-box"}]}]',
    ),
    FindingEntry(
        "space/prettified",
        "The file was laid out by a pretty-printer: the spaces that it added between words and tags were "
        "removed; where that cannot be known for sure, it is estimated.",
        origin="BeautifulSoup's `prettify`, in the dumps",
        before='<div id="content_views">\n <p>\n  用\n  <code>\n   submit\n  </code>\n  提交\n </p>\n</div>\n',
        after="用`submit`提交\n",
    ),
    FindingEntry(
        "table/column",
        "The style of a table's column was removed.",
        before='<div id="content_views"><p>文</p><col width="9"></div>',
        after="文\n",
    ),
    FindingEntry(
        "text/quotation-marks",
        "The quotation marks that browsers draw around a quotation in the text (`q`) were written.",
        origin="HTML: q",
        before="<p>他说<q>好</q></p>",
        after="他说“好”\n",
    ),
    FindingEntry(
        "title/heading",
        "The page's title was written as a heading.",
        origin="option `title-heading`",
        before='<html><head><title>一</title></head><body><div id="content_views"><p>文</p></div></body></html>',
        after="---\ntitle: 一\n---\n\n# 一\n\n文\n",
        options="title-heading = true",
    ),
    FindingEntry(
        "toc/generated",
        "A table of contents that the site or an editor generated was removed: its links lead to anchors "
        "that do not exist in Markdown. `--toc keep` keeps it.",
        origin="CSDN 2013-, Typora, pandoc and others",
        before=(
            '<div id="content_views"><p>文</p><div class="toc"><h3>目录</h3><ul><li><a '
            'href="#a">一</a></li></ul></div><h2 id="a">一</h2></div>'
        ),
        after="文\n\n## 一\n",
    ),
)

FINDINGS: Mapping[str, FindingEntry] = MappingProxyType({entry.rule: entry for entry in ENTRIES})
"""The entries by id."""
OWN_EXAMPLE = "site.mine/share-box"
"""The entry that says what a row of a user's own is, whatever its id."""
