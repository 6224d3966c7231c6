"""Fifty faults in a good Markdown file: verification must catch and name each one, on its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.verify import RENDERERS, verify

FOLDER = Path(__file__).parent.parent / "fixtures" / "verify"
SOURCE = (FOLDER / "article.html").read_bytes()
GOOD = (FOLDER / "article.md").read_text(encoding="utf-8")

FAULTS = {
    # name: (what stands there, what shall stand there, what must be said of it, about the line where it stands)
    "dropped image": ("![安装结果](https://img-blog.csdnimg.cn/a1b2c3.png)\n\n", "", "image missing: https://img-blog"),
    "another image": ("a1b2c3.png", "a1b2c4.png", "image differs: \"https://img-blog.csdnimg.cn/a1b2c3.png\" became"),
    "image without alternative text": ("![安装结果]", "![]", "alternative text of image 安装结果 became (none)"),
    "image twice": ("### 1.1", "![](https://x/y.png)\n\n### 1.1", "image added: https://x/y.png"),
    "image moved": (
        "![安装结果](https://img-blog.csdnimg.cn/a1b2c3.png)\n\n### 1.1 检查端口",
        "### 1.1 检查端口\n\n![安装结果](https://img-blog.csdnimg.cn/a1b2c3.png)",
        "place of image differs",
    ),
    "image in a link lost its link": (
        "[![](https://img-blog.csdnimg.cn/d4e5f6.png)](https://img-blog.csdnimg.cn/d4e5f6.png)",
        "![](https://img-blog.csdnimg.cn/d4e5f6.png)",
        "link missing: [](https://img-blog.csdnimg.cn/d4e5f6.png)",
    ),
    "cut cell": ("最大连接数\\|并发", "最大连接数", 'table cell differs: "最大连接数|并发" became "最大连接数"'),
    "pipe not escaped": ("最大连接数\\|并发", "最大连接数|并发", "table row differs"),
    "swapped cells": ("| timeout | 超时秒数 |", "| 超时秒数 | timeout |", "table row differs"),
    "dropped row": ("| timeout | 超时秒数 | 0 |\n", "", "table row missing: timeout | 超时秒数 | 0"),
    "table without its line of dashes": ("| --- | --- | --- |\n", "", "table row missing: 参数 | 含义 | 默认值"),
    "swapped heading levels": ("## 一、安装", "### 一、安装", "heading level 2 became 3: 一、安装"),
    "heading became a paragraph": ("## 二、参数对照", "二、参数对照", "heading missing: ## 二、参数对照"),
    "heading without its blank": ("### 1.1 检查端口", "###1.1 检查端口", "heading missing: ### 1.1检查端口"),
    "paragraph became a heading": ("第一行  \n第二行", "第一行\n第二行\n---", "heading added: ## 第一行第二行"),
    "dropped heading": ("### 1.1 检查端口\n\n", "", "text missing: 1.1检查端口"),
    "eaten underscore": ("max_memory_policy", "max_memorypolicy", 'became "设置max_memorypolicy'),
    "underscores made emphasis": ("与 a_b_c", "与 _a_b_c_", "italic added: a_b_c"),
    "eaten stars": ("3 * 4 = 12 与", "3 *4 = 12* 与", "italic added: 4=12"),
    "eaten entity": ("5 < 6", "5 &lt; 6 &amp;lt;", "text differs"),
    "text taken for a tag": ("5 < 6 & 7", "5 <b6> & 7", "text differs"),
    "dropped paragraph": ("设置 max_memory_policy 时，注意 3 * 4 = 12 与 a_b_c 的写法，价格是 5 < 6 & 7。\n\n", "", "text missing: 设置max"),
    "paragraph twice": ("第一行  \n第二行\n", "第一行  \n第二行\n\n第一行  \n第二行\n", "text added: 第一行"),
    "paragraphs run together": ("docs)。\n\n设置", "docs)。\n设置", "line break differs"),
    "lost hard break": ("第一行  \n第二行", "第一行\n第二行", "line break differs: \"第一行 ⏎ 第二行\" became \"第一行第二行\""),
    "swapped words": ("主从复制", "从主复制", "text differs"),
    "one character": ("超时秒数", "超时秒", "text differs"),
    "words run together": ("hello world", "helloworld", "space differs"),
    "word parted": ("max_memory_policy", "max_mem ory_policy", "space differs"),
    "broken bold": ("**内存数据库**", "** 内存数据库**", "bold missing: 内存数据库"),
    "lost bold": ("**内存数据库**", "内存数据库", "bold missing: 内存数据库"),
    "bold became italic": ("**内存数据库**", "*内存数据库*", "italic added: 内存数据库"),
    "lost strike": ("~~分片~~", "分片", "struck-out text missing: 分片"),
    "lost superscript": ("m<sup>2</sup>", "m2", "superscript missing: 2"),
    "lost subscript": ("H<sub>2</sub>O", "H2O", "subscript missing: 2"),
    "lost inline code": ("`make install`", "make install", "inline code missing: make install"),
    "changed inline code": ("`redis-server --version`", "`redis-server -version`", "text differs"),
    "cut code": ("cd redis-7.0\n", "", 'line 2 of code block differs: "cd redis-7.0" became "(blank)"'),
    "lost indent": ("    make -j4 && make install", "make -j4 && make install", 'line 5 of code block differs: "    make -j4'),
    "blank line lost in code": ("redis-7.0\n\nif", "redis-7.0\nif", 'line 3 of code block differs: "(blank)"'),
    "another language": ("```python", "```java", 'language of code block differs: "python" became "java"'),
    "lost language": ("```python", "```", "language of code block missing: python"),
    "fence broken open": ("cd redis-7.0\n", "cd redis-7.0\n```\n", "code block"),
    "fence never closed": ("16384\n```", "16384", "number of lines of code block 2 became 14"),
    "code became text": ("```python\ndef crc16(data):\n    return sum(data) % 16384\n```", "def crc16(data):\nreturn sum(data) % 16384", "code block missing"),
    "nested list flattened": ("  - 第一台", "- 第一台", "depth of list item 2 became 1: 第一台使用6380端口"),
    "numbers became bullets": ("3. 启动主节点\n4. 启动从节点", "- 启动主节点\n- 启动从节点", "marker of list item 3. became -: 启动主节点"),
    "list counts from one": ("3. 启动主节点\n4.", "1. 启动主节点\n2.", "marker of list item 3. became 1.: 启动主节点"),
    "item fell out of its list": ("- 哨兵使用 26379 端口", "\n<!-- -->\n\n哨兵使用 26379 端口", "list item missing: - 哨兵使用26379端口"),
    "task undone": ("- [x] 备份数据", "- [ ] 备份数据", "marker of list item [x] became [ ]: 备份数据"),
    "lost quote": ("> 官方建议", "官方建议", "block quote missing: 官方建议"),
    "quote swallowed what follows": ("必须设置密码。\n\n一致性", "必须设置密码。\n>\n> 一致性", "block quote"),
    "changed formula": ("k \\bmod n", "k \\mod n", "formula differs: \"h(k)=k\\bmodn\" became \"h(k)=k\\modn\""),
    "formula became text": ("$h(k) = k \\bmod n$", "h(k) = k mod n", "formula missing: h(k)=k\\bmodn"),
    "lost link": ("[集群教程](https://example.com/cluster-tutorial)", "集群教程", "link missing: [集群教程]"),
    "cut address": ("cluster-tutorial", "cluster", "address of link https://example.com/cluster-tutorial became"),
    "link broken by its bracket": ("a_b\\(c\\)", "a_b(c", "text differs"),
    "link around other words": ("[Redis docs]", "Redis [docs]", "text of link Redis docs became docs"),
    "rule lost": ("---\n\n[![]", "[![]", "text missing: ———"),
    "end lost": (" 与 [规范](https://example.com/a_b\\(c\\))，hello world 结束。", "", "link missing: [规范]"),
}  # fmt: skip
NEAR = 3
"""Lines between a fault and where it is told: what is gone is told where it would be."""


@pytest.mark.parametrize("renderer", RENDERERS)
def test_the_good_file_is_perfect(renderer: str) -> None:
    verdict = verify(SOURCE, GOOD, renderer=renderer)
    assert verdict.perfect, [str(difference) for difference in verdict.differences]
    assert verdict.score == 1.0


def test_there_are_fifty_faults() -> None:
    assert len(FAULTS) >= 50
    assert all(GOOD.count(old) == 1 for old, _, _ in FAULTS.values())


@pytest.mark.parametrize("renderer", RENDERERS)
@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_is_caught_and_named(name: str, renderer: str) -> None:
    old, new, words = FAULTS[name]
    line = GOOD.count("\n", 0, GOOD.index(old)) + 1
    verdict = verify(SOURCE, GOOD.replace(old, new), renderer=renderer)
    assert verdict.score < 1
    told = [f"{difference.line}: {difference}" for difference in verdict.differences]
    named = [difference for difference in verdict.differences if words in str(difference)]
    assert named, told
    assert abs(named[0].line - line) <= NEAR, told
