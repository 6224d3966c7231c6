"""Writes docs/options.md, or with the argument ``zh`` docs/zh/options.md, from the settings and the command line."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

import click

from converter import Options
from converter.cli.convert_help import GROUPS, NEEDS
from converter.cli.main import cli
from converter.options.settings import SETTINGS, Setting, Value, toml_value
from converter.pipeline import convert
from converter.translation import chinese

ARTICLE = "<div id='content_views'>{}</div>"
POST = "---\n{front}\n---\n<div class='blog-content-box'><h1 class='title-article'>{title}</h1>{body}</div>\n"
ADDRESS = "<p class='artid' style='display:none'>https://blog.csdn.net/a/article/details/1</p>"


class Example(NamedTuple):
    """A source, and the value that changes what becomes of it."""

    source: str
    value: Value


def _post(front: str, title: str, body: str = "<div id='content_views'><p>文</p></div>") -> str:
    return POST.format(front=front, title=title, body=body)


EXAMPLES: Mapping[str, Example] = {
    "flavor": Example(ARTICLE.format("<p>设<span class='katex--inline'>a_1</span>为正数。</p>"), "jekyll"),
    "assume": Example("# 一\n\n*a* <b>b</b>\n", "html"),
    "title-heading": Example(_post("date: 2024-11-02", "线程池"), True),
    "toc": Example(
        ARTICLE.format("<div class='toc'><ul><li><a href='#a'>一</a></li></ul></div><h2 id='a'>一</h2>"), "keep"
    ),
    "drawings": Example(ARTICLE.format("<p>文</p><svg viewBox='0 0 9 6'><text>图</text></svg>"), "drop"),
    "comments": Example(
        f"<html><body>{ARTICLE.format('<p>文</p>')}<div class='comment-box'><ul><li class='comment-line-box' "
        "data-commentid='1'><a><span class='name'>张三</span></a><span class='new-comment'>好文<span class='date' "
        "title='2020-05-01 08:30:00'>1周前</span></span></li></ul></div></body></html>",
        "section",
    ),
    "original-url": Example(_post("title: 文", "文", ADDRESS + "<div id='content_views'><p>文</p></div>"), False),
    "original-title": Example(_post("title: 线程池入门一", "线程池入门（一）"), False),
    "heading-style": Example(ARTICLE.format("<h2>一、开始</h2><p>文</p>"), "underlined"),
    "bullets": Example(ARTICLE.format("<ul><li>a<ul><li>b</li></ul></li></ul>"), "*+"),
    "strong-em-symbol": Example(ARTICLE.format("<p>a <em>b</em> <strong>c</strong></p>"), "_"),
    "newline-style": Example(ARTICLE.format("<p>一<br>二</p>"), "backslash"),
    "guess-language": Example(ARTICLE.format("<pre><code>Console.WriteLine(counter);</code></pre>"), True),
    "code-language": Example(ARTICLE.format("<pre><code>ls -l</code></pre>"), "sh"),
    "add": Example(
        _post("title: 文", "文", "<div id='content_views'><p><span class='katex--inline'>a_1</span></p></div>"),
        ("math",),
    ),
    "rename": Example(_post("date: 2024-11-02", ""), ("date:created",)),
    "drop": Example(_post("title: 文\nimage: a.png", "文"), ("image",)),
    "restore-title": Example(_post("title: 线程池入门一", "线程池入门（一）"), True),
    "repair-front-matter": Example(_post("title: Error: no file", "Error: no file"), True),
}
"""An example for each setting."""

_WITH_DEFAULT = re.compile(r"(.*?)(?:\s*\[([^\[\]]*(?:default|默认)[^\[\]]*)\])?", re.DOTALL)
_DEFAULT = re.compile(r"^(?:default|默认)[:：]? ?")
GROUP_OF_SETTINGS = next(title for title, names in GROUPS.items() if set(SETTINGS) <= set(names))


@dataclass(frozen=True)
class Language:
    """The words of the page in one language.

    arguments: what makes the page.  says, needs, switch, one, many, by_default, with_value, and_with: sentences with
    fields.  full_stop, comma: signs.  say: returns a message in this language.
    """

    title: str
    other: str
    arguments: str
    introduction: str
    about: str
    says: str
    switch: str
    one: str
    many: str
    each: str
    by_default: str
    with_value: str
    and_with: str
    columns: str
    needs: str
    full_stop: str
    comma: str
    say: Callable[[str], str]


ENGLISH = Language(
    title="Options",
    other="[简体中文](zh/options.md)",
    arguments="> docs/options.md",
    introduction="All options of `csdn2md convert`, as `csdn2md convert --help` shows them. Each may also stand in a "
    "[configuration file](configuration.md), under its name without the dashes.",
    about="`csdn2md explain`, `verify`, `review` and the hooks take these options, too, and the library has them as fields "
    "of `Options`. To give a list, repeat the option: `--drop image --drop cover`.",
    says="{help} Default: `{default}`. {allowed}",
    switch="On the command line `--{key}` or `--no-{key}`.",
    one="One of {choices}.",
    many="A list of {choices}.",
    each="A list, each {shape}.",
    by_default="becomes with `{key} = {value}`, the default:",
    with_value="becomes with `{key} = {value}`:",
    and_with="and with `{key} = {value}`:",
    columns="| Option | What it does | Default |",
    needs=" Needs `{option}`.",
    full_stop=".",
    comma=", ",
    say=str,
)
CHINESE = Language(
    title="选项",
    other="[English](../options.md)",
    arguments="zh > docs/zh/options.md",
    introduction="`csdn2md convert` 的全部选项，与 `csdn2md convert --help` 显示的相同。每个选项也可以写进[配置文件](configuration.md)，"
    "键名就是去掉横线的选项名。",
    about="`csdn2md explain`、`verify`、`review` 和提交钩子也接受这一节的选项，Python 库的 `Options` 有同名的字段。"
    "要给出一个列表，就重复写这个选项：`--drop image --drop cover`。",
    says="{help}默认值：`{default}`。{allowed}",
    switch="命令行写作 `--{key}` 或 `--no-{key}`。",
    one="可选值：{choices}。",
    many="列表，可选值：{choices}。",
    each="列表，每一项：{shape}。",
    by_default="在默认的 `{key} = {value}` 下变成：",
    with_value="用 `{key} = {value}` 时变成：",
    and_with="用 `{key} = {value}` 时变成：",
    columns="| 选项 | 作用 | 默认值 |",
    needs="须与 `{option}` 合用。",
    full_stop="。",
    comma="、",
    say=chinese,
)


def documentation(words: Language = ENGLISH) -> str:
    """Return the text of ``docs/options.md``, or of the page in Chinese."""
    out = [
        f"# {words.title}",
        words.other,
        "<!-- Generated from converter/options/settings.py and the options of csdn2md convert: "
        f"python -m tests.kit.options_page {words.arguments} -->",
        words.introduction,
        f"## {words.say(GROUP_OF_SETTINGS)}",
        words.about,
        *(_section(setting, words) for setting in SETTINGS.values()),
    ]
    groups = {title: tuple(name for name in names if name not in SETTINGS) for title, names in GROUPS.items()}
    out.append(_table(groups.pop(GROUP_OF_SETTINGS), words))
    for title, names in groups.items():
        out += [f"## {words.say(title)}", _table(names, words)]
    return "\n\n".join(out) + "\n"


def _section(setting: Setting, words: Language) -> str:
    """Return the section of one setting, with an example that is converted now."""
    example = EXAMPLES[setting.key]
    says = _said(_options()[setting.key], words)[0]
    first = words.with_value if setting.deferred else words.by_default
    lines = [
        f"### {setting.key}",
        words.says.format(
            help=says, default=toml_value(setting.text_default), allowed=_allowed(setting, words)
        ).strip(),
        _fenced("html", example.source),
        first.format(key=setting.key, value=toml_value(setting.default)),
        _fenced("markdown", converted(setting, setting.default)),
        words.and_with.format(key=setting.key, value=toml_value(example.value)),
        _fenced("markdown", converted(setting, example.value)),
    ]
    return "\n\n".join(lines)


def converted(setting: Setting, value: Value) -> str:
    """Return what becomes of the example of a setting with a value."""
    options = replace(Options(), **{setting.name: value})  # type: ignore[arg-type]
    return str(convert(EXAMPLES[setting.key].source.encode(), name="post.md", options=options))


def _allowed(setting: Setting, words: Language) -> str:
    """Return a sentence about the values that are allowed."""
    if isinstance(setting.default, bool):
        return words.switch.format(key=setting.key)
    if setting.text_choices:
        sentence = words.many if isinstance(setting.default, tuple) else words.one
        choices = (f"`{toml_value(choice)}`" for choice in setting.text_choices)
        return sentence.format(choices=words.comma.join(choices))
    shape = words.say(setting.shape)
    if isinstance(setting.default, tuple):
        return words.each.format(shape=shape)
    return f"{shape[:1].upper()}{shape[1:]}{words.full_stop}"


def _fenced(language: str, text: str) -> str:
    return f"````{language}\n{text.rstrip()}\n````"


def _options() -> dict[str, click.Option]:
    """Return the options of ``convert`` by their long names."""
    assert isinstance(cli, click.Group)
    found = (option for option in cli.commands["convert"].params if isinstance(option, click.Option))
    return {option.opts[-1].lstrip("-"): option for option in found}


def _table(names: tuple[str, ...], words: Language) -> str:
    """Return the table of a group of options."""
    options = _options()
    rows = [_row(options[name], words) for name in names if name in options]
    return "\n".join([words.columns, "| --- | --- | --- |", *rows])


def _said(option: click.Option, words: Language) -> tuple[str, str]:
    """Return the help of an option as a sentence, and the default that it names."""
    says, default = _WITH_DEFAULT.fullmatch(words.say(option.help or "")).groups("")  # type: ignore[union-attr]
    return says.rstrip(words.full_stop) + words.full_stop, _DEFAULT.sub("", default)


def _row(option: click.Option, words: Language) -> str:
    """Return the row of an option: its names, its help, its default, and the option that it needs."""
    choices = "|".join(map(str, option.type.choices)) if isinstance(option.type, click.Choice) else ""
    value = "" if option.is_flag else f" {option.metavar or choices or 'N'}"
    names = ", ".join(f"`{name}{value if name.startswith('--') else ''}`".replace("|", "\\|") for name in option.opts)
    says, default = _said(option, words)
    if option.show_default and option.default is not None:
        default = str(option.default)
    needed = NEEDS.get(option.name or "")
    return f"| {names} | {says}{words.needs.format(option=needed[1]) if needed else ''} | {default} |"


if __name__ == "__main__":
    print(documentation(CHINESE if sys.argv[1:] == ["zh"] else ENGLISH), end="")
