"""Writes docs/options.md from the table of settings and the options of the command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

import click

from converter import Options
from converter.cli.convert_help import GROUPS, NEEDS
from converter.cli.main import cli
from converter.options.settings import SETTINGS, Setting, Value, toml_value
from converter.pipeline import convert

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
    "guess-language": Example(ARTICLE.format("<pre><code>System.out.println(counter);</code></pre>"), True),
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


def documentation() -> str:
    """Return the text of ``docs/options.md``."""
    out = [
        "# Options",
        "<!-- Generated from converter/options/settings.py and the options of csdn2md convert: "
        "python -m tests.kit.options_page > docs/options.md -->",
        "All options of `csdn2md convert`, as `csdn2md convert --help` shows them. Each may also stand in a [configuration "
        "file](configuration.md), under its name without the dashes.",
        "## What the Markdown looks like",
        "`csdn2md explain`, `verify`, `review` and the hooks take these options, too, and the library has them as fields "
        "of `Options`. To give a list, repeat the option: `--drop image --drop cover`.",
        *(_section(setting) for setting in SETTINGS.values()),
    ]
    settings = tuple(SETTINGS)
    for title, names in GROUPS.items():
        if names != settings:
            out += [f"## {title}", _table(names)]
    return "\n\n".join(out) + "\n"


def _section(setting: Setting) -> str:
    """Return the section of one setting, with an example that is converted now."""
    example = EXAMPLES[setting.key]
    lines = [
        f"### {setting.key}",
        f"{setting.help} Default: `{toml_value(setting.text_default)}`. {_allowed(setting)}",
        _fenced("html", example.source),
        f"becomes with `{setting.key} = {toml_value(setting.default)}`, the default:" if not setting.deferred
        else f"becomes with `{setting.key} = {toml_value(setting.default)}`:",
        _fenced("markdown", converted(setting, setting.default)),
        f"and with `{setting.key} = {toml_value(example.value)}`:",
        _fenced("markdown", converted(setting, example.value)),
    ]  # fmt: skip
    return "\n\n".join(lines)


def converted(setting: Setting, value: Value) -> str:
    """Return what becomes of the example of a setting with a value."""
    options = replace(Options(), **{setting.name: value})  # type: ignore[arg-type]
    return str(convert(EXAMPLES[setting.key].source.encode(), name="post.md", options=options))


def _allowed(setting: Setting) -> str:
    """Return a sentence about the values that are allowed."""
    if isinstance(setting.default, bool):
        return f"On the command line `--{setting.key}` or `--no-{setting.key}`."
    if setting.text_choices:
        kind = "A list of" if isinstance(setting.default, tuple) else "One of"
        return f"{kind} {', '.join(f'`{toml_value(choice)}`' for choice in setting.text_choices)}."
    return f"A list, each {setting.shape}." if isinstance(setting.default, tuple) else f"{setting.shape.capitalize()}."


def _fenced(language: str, text: str) -> str:
    return f"````{language}\n{text.rstrip()}\n````"


def _table(names: tuple[str, ...]) -> str:
    """Return the table of a group of options."""
    assert isinstance(cli, click.Group)
    command = cli.commands["convert"]
    options = {option.opts[-1].lstrip("-"): option for option in command.params if isinstance(option, click.Option)}
    rows = [_row(options[name]) for name in names if name in options]
    return "\n".join(["| Option | What it does | Default |", "| --- | --- | --- |", *rows])


def _row(option: click.Option) -> str:
    """Return the row of an option: its names, its help, its default, and the option that it needs."""
    choices = "|".join(map(str, option.type.choices)) if isinstance(option.type, click.Choice) else ""
    value = "" if option.is_flag else f" {option.metavar or choices or 'N'}"
    names = ", ".join(f"`{name}{value if name.startswith('--') else ''}`".replace("|", "\\|") for name in option.opts)
    says, _, default = (option.help or "").rstrip("]").partition("  [default")
    default = default.removeprefix(": ").strip()
    if option.show_default and option.default is not None:
        default = str(option.default)
    needed = NEEDS.get(option.name or "")
    says = f"{says.rstrip('.')}."
    return f"| {names} | {says}{f' Needs `{needed[1]}`.' if needed else ''} | {default} |"


if __name__ == "__main__":
    print(documentation(), end="")
