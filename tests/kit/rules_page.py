"""Writes docs/rules.md, or with the argument ``zh`` docs/zh/rules.md, from the table of findings."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import groupby

from converter.cli.rule import origins
from converter.rules.findings import ENTRIES, FindingEntry
from converter.translation import chinese

GROUPS = {
    "article": "Articles that are not whole",
    "chrome": "What a site puts around and into an article",
    "code": "Code blocks",
    "comments": "Comments of readers",
    "footnote": "Footnotes",
    "frontmatter": "Front matter",
    "harmless": "The check of the finished Markdown",
    "html": "Elements of HTML",
    "image": "Images",
    "input": "Files",
    "link": "Links",
    "math": "Formulas",
    "media": "Videos and sounds",
    "meta": "Metadata",
    "page": "Pages",
    "site.mine": "Rows of your own",
    "space": "Spaces",
    "table": "Tables",
    "text": "Text",
    "title": "Titles",
    "toc": "Tables of contents",
}
"""The title of each group of ids, in the order of the table."""

CHINESE_GROUPS = {
    "article": "不完整的文章",
    "chrome": "网站加在文章里外的东西",
    "code": "代码块",
    "comments": "读者评论",
    "footnote": "脚注",
    "frontmatter": "front matter",
    "harmless": "对最终 Markdown 的检查",
    "html": "HTML 元素",
    "image": "图片",
    "input": "文件",
    "link": "链接",
    "math": "公式",
    "media": "视频和声音",
    "meta": "元数据",
    "page": "网页",
    "site.mine": "你自己的规则",
    "space": "空格",
    "table": "表格",
    "text": "文字",
    "title": "标题",
    "toc": "目录",
}


@dataclass(frozen=True)
class Language:
    """The words of the page in one language.

    arguments: what makes the page.  with_options: has the field ``options``.  say: returns a message in this language.
    """

    title: str
    other: str
    arguments: str
    introduction: str
    groups: Mapping[str, str]
    before: str
    with_options: str
    after: str
    say: Callable[[str], str]


ENGLISH = Language(
    title="Rules",
    other="[简体中文](zh/rules.md)",
    arguments="> docs/rules.md",
    introduction="Whatever csdn2md removes or changes beyond plain conversion is a *finding* with the id of a rule. "
    "`csdn2md explain FILE` lists the findings of a file, `--report` those of a run, `csdn2md review` those of each post, "
    "and `csdn2md rule NAME` prints what stands here.",
    groups=GROUPS,
    before="Before:",
    with_options=" With `{options}`:",
    after="After:",
    say=str,
)
CHINESE = Language(
    title="规则",
    other="[English](../rules.md)",
    arguments="zh > docs/zh/rules.md",
    introduction="凡是普通转换之外的删除和改写，csdn2md 都会留下一条*处理记录*，写明是哪条规则。`csdn2md explain FILE` 列出一个文件的处理记录，"
    "`--report` 列出一次运行的，`csdn2md review` 列出每篇文章的；`csdn2md rule NAME` 输出的就是本页的内容。"
    "规则下面的列表说明这种东西从哪里来；具体的网站、年份和元素保留英文原文。",
    groups=CHINESE_GROUPS,
    before="转换前：",
    with_options="使用 `{options}`：",
    after="转换后：",
    say=chinese,
)


def documentation(words: Language = ENGLISH) -> str:
    """Return the text of ``docs/rules.md``, or of the page in Chinese."""
    out = [
        f"# {words.title}",
        words.other,
        "<!-- Generated from converter/rules/findings.py and the tables of rules and sites: "
        f"python -m tests.kit.rules_page {words.arguments} -->",
        words.introduction,
    ]
    for group, entries in groupby(ENTRIES, key=lambda entry: entry.rule.partition("/")[0]):
        out += [f"## {words.groups[group]}", *(_section(entry, words) for entry in entries)]
    return "\n\n".join(out) + "\n"


def _section(entry: FindingEntry, words: Language) -> str:
    parts = [f"### {entry.rule}", words.say(entry.meaning)]
    if found := origins(entry, words.say):
        parts.append("\n".join(f"- {origin}" for origin in found))
    if entry.before:
        before = words.before + (words.with_options.format(options=entry.options) if entry.options else "")
        parts += [before, _fenced("html", entry.before), words.after, _fenced("markdown", entry.after)]
    return "\n\n".join(parts)


def _fenced(language: str, text: str) -> str:
    shown = "".join(char if char.isprintable() or char in "\n\t" else f"\\x{ord(char):02x}" for char in text)
    return f"````{language}\n{shown.rstrip(chr(10))}\n````"


if __name__ == "__main__":
    print(documentation(CHINESE if sys.argv[1:] == ["zh"] else ENGLISH), end="")
