"""Edits of front matter: what they change, that they change nothing else, and what they refuse."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from converter import convert
from converter.frontmatter import FrontMatter, split
from converter.frontmatter.edits import edited, troubles
from converter.frontmatter.repair import repaired, strict_error
from converter.model import Finding, Meta
from converter.options import Options

META = Meta(title="C++: a [guide]", tags=("c++", "a, b"), kind="reprint", source_url="https://example.com/x")

EDITS: dict[str, tuple[str, dict[str, Any], str]] = {
    "math is added where formulas are": ("a: 1\n", {"add": ("math",)}, "a: 1\nmath: true\n"),
    "math that is there stays": ("math: false\na: 1\n", {"add": ("math",)}, "math: false\na: 1\n"),
    "tags are added": ("a: 1\n", {"add": ("tags",)}, 'a: 1\ntags: [c++, "a, b"]\n'),
    "what the page says is added, and no key without a value": (
        "a: 1\n",
        {"add": ("kind", "license", "source", "column")},
        "a: 1\nkind: reprint\nsource: https://example.com/x\n",
    ),
    "tags that are there stay": ("tags: []\n", {"add": ("tags", "math")}, "tags: []\nmath: true\n"),
    "a key gets another name": (
        "title: a\ndate:   2020-01-02 # when\nx: date\n",
        {"rename": ("date:created",)},
        "title: a\ncreated:   2020-01-02 # when\nx: date\n",
    ),
    "a quoted key": ("'date' : 1\n", {"rename": ("date:created",)}, "created : 1\n"),
    "a key of a nested mapping stays": ("a:\n  date: 1\n", {"rename": ("date:created",)}, "a:\n  date: 1\n"),
    "a name that is taken": ("date: 1\ncreated: 2\n", {"rename": ("date:created",)}, "date: 1\ncreated: 2\n"),
    "a key goes with all its lines": (
        "a: 1\nimage:\n  path: x\n\n  alt: y\n\n# about b\nb: 2\n",
        {"drop": ("image",)},
        "a: 1\n\n# about b\nb: 2\n",
    ),
    "a list at the key's own indentation": ("tags:\n- a\n- b\nz: 1\n", {"drop": ("tags",)}, "z: 1\n"),
    "a block scalar": ("d: |\n  e: 1\n\n  f: 2\nz: 1\n", {"drop": ("d",)}, "z: 1\n"),
    "a flow list over lines": ("tags: [a,\n  b\n]\nz: 1\n", {"drop": ("tags",)}, "z: 1\n"),
    "the only key": ("image: x\n", {"drop": ("image",)}, ""),
    "a key that is not there": ("a: 1\n", {"drop": ("image",), "rename": ("x:y",)}, "a: 1\n"),
    "an indented block": ("  a: 1\n  image: x\n  b: 2\n", {"drop": ("image",)}, "  a: 1\n  b: 2\n"),
    "the title": ("title: C a # note\nb: 2\n", {"restore_title": True}, 'title: "C++: a [guide]" # note\nb: 2\n'),
    "a quoted title": ("title: 'C # a' # note\n", {"restore_title": True}, 'title: "C++: a [guide]" # note\n'),
    "a folded title": ("title: >\n  C a\n  guide\nb: 2\n", {"restore_title": True}, 'title: "C++: a [guide]"\nb: 2\n'),
    "a title of nothing": ("title:\nb: 2\n", {"restore_title": True}, 'title: "C++: a [guide]"\nb: 2\n'),
    "no title": ("b: 2\n", {"restore_title": True}, "b: 2\n"),
    "all at once": (
        "title: x\ndate: 2020-01-02\nimage: y\n",
        {"add": ("math", "tags"), "rename": ("date:created",), "drop": ("image",), "restore_title": True},
        'title: "C++: a [guide]"\ncreated: 2020-01-02\nmath: true\ntags: [c++, "a, b"]\n',
    ),
}  # fmt: skip


def block(inner: str, fence: str = "---") -> FrontMatter:
    front = split(f"{fence}\n{inner}{fence}\n")[0]
    assert front is not None and front.inner == inner
    return front


@pytest.mark.parametrize("name", EDITS)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_edits(name: str, line_end: str) -> None:
    inner, options, expected = EDITS[name]
    front = split(f"---\n{inner}---\n".replace("\n", line_end))[0]
    assert front is not None
    assert edited(front, Options(**options), META, has_formulas=True)[0].inner == expected.replace("\n", line_end)


def test_nothing_is_asked_for_and_nothing_done() -> None:
    front = block("image: a\nimage: b\n")
    assert edited(front, Options(), META, has_formulas=True) == (front, ())


def test_no_formulas_no_math() -> None:
    assert edited(block("a: 1\n"), Options(add=("math",)), META, has_formulas=False)[0].inner == "a: 1\n"


TOML = "date = 2020-01-02 # when\nimage = 'x'\ntitle = 'C' # note\n[params]\ndate = 1\nimage = 2\n"


def test_toml() -> None:
    options = Options(rename=("date:created",), drop=("image",), restore_title=True, add=("math", "tags"))
    front = edited(block(TOML, "+++"), options, META, has_formulas=True)[0]
    expected = 'created = 2020-01-02 # when\ntitle = "C++: a [guide]" # note\n[params]\ndate = 1\nimage = 2\n'
    assert front.inner == 'tags = ["c++", "a, b"]\nmath = true\n' + expected


REFUSED: dict[str, tuple[str, str, dict[str, Any]]] = {
    "flow style": ("{date: 1}\n", "---", {"rename": ("date:created",)}),
    "a value over lines in TOML": ("image = '''\n[a]\n'''\n", "+++", {"drop": ("image",)}),
    "invalid YAML": ("a: b: c\nimage: x\n", "---", {"drop": ("image",)}),
    "an alias that would lose its anchor": ("image: &x 1\nb: *x\n", "---", {"drop": ("image",)}),
    "a name that is no key": ("date: 1\n", "---", {"rename": ("date:&",)}),
}


@pytest.mark.parametrize("name", REFUSED)
def test_an_edit_that_would_change_more_is_refused(name: str) -> None:
    inner, fence, options = REFUSED[name]
    front, findings = edited(block(inner, fence), Options(**options), META, has_formulas=True)
    assert front.inner == inner
    assert [finding.rule for finding in findings] == ["frontmatter/kept"]


@given(st.text(max_size=40), st.lists(st.text(max_size=20), max_size=4))
def test_whatever_a_page_says_is_valid_yaml(title: str, tags: list[str]) -> None:
    options = Options(restore_title=True, add=("tags",))
    front = edited(block("title: x\nz: 1\n"), options, Meta(title=title, tags=tuple(tags)), has_formulas=False)[0]
    values = front.values()
    assert values is not None
    assert values["title"] == (title or "x") and values.get("tags", []) == tags and values["z"] == 1


# -- repair

UNQUOTED = "frontmatter/unquoted"
REPAIRS: dict[str, tuple[str, str, list[str]]] = {
    "nothing": ("a: 1\n", "a: 1\n", []),
    "a key twice: the last one holds": (
        "image:\n    path: x\n    alt: y\nb: 1\nimage: z\n",
        "b: 1\nimage: z\n",
        ["frontmatter/duplicate-key"],
    ),
    "a tab as indentation": ("image:\n\tpath: x\n\talt: y\n", "image:\n  path: x\n  alt: y\n", ["frontmatter/tab"] * 2),
    "a tab behind a colon": ("title:\ta\n", "title: a\n", ["frontmatter/tab"]),
    "a tab in a value stays": ('title: "a\tb"\nx: c: d\n', 'title: "a\tb"\nx: "c: d"\n', [UNQUOTED]),
    "a backslash in double quotes": (
        'title: "C:\\Users\\name"\n',
        'title: "C:\\\\Users\\\\name"\n',
        ["frontmatter/backslash"],
    ),
    "escapes that are right stay": (
        'a: "x\\ty"\ntitle: "\\"\\d\\\\"\n',
        'a: "x\\ty"\ntitle: "\\"\\\\d\\\\"\n',
        ["frontmatter/backslash"],
    ),
    "double quotes in double quotes": ('title: "a "b" c"\n', 'title: "a \\"b\\" c"\n', ["frontmatter/quote"]),
    "an apostrophe in single quotes": ("title: 'it's'\n", "title: 'it''s'\n", ["frontmatter/quote"]),
    "quotes and backslashes": ('title: "a "\\d" c"\n', 'title: "a \\"\\\\d\\" c"\n', ["frontmatter/quote"]),
    "a colon": ("title:  ERROR: a: b\n", 'title:  "ERROR: a: b"\n', [UNQUOTED]),
    "a bracket": ("title: [大数据] 连载\n", 'title: "[大数据] 连载"\n', [UNQUOTED]),
    "an at sign": ("title: @Autowired\n", 'title: "@Autowired"\n', [UNQUOTED]),
    "an asterisk": ("title: *注意*\n", 'title: "*注意*"\n', [UNQUOTED]),
    "a percent sign": ("title: %d\n", 'title: "%d"\n', [UNQUOTED]),
    "a backquote": ("title: `x`\n", 'title: "`x`"\n', [UNQUOTED]),
    "a quotation at the start": ('title: "a" and b\n', "title: '\"a\" and b'\n", [UNQUOTED]),
    "a nested value": ("image:\n  path: x\n  alt: a: b\n", 'image:\n  path: x\n  alt: "a: b"\n', [UNQUOTED]),
    "a list item": ("tags:\n- a: b: c\n- @x\n", 'tags:\n- a: "b: c"\n- "@x"\n', [UNQUOTED] * 2),
    "two members": ("a: @\nb: 1\nc: b: c\n", 'a: "@"\nb: 1\nc: "b: c"\n', [UNQUOTED] * 2),
}  # fmt: skip


@pytest.mark.parametrize("name", REPAIRS)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_repairs(name: str, line_end: str) -> None:
    inner, expected, rules = REPAIRS[name]
    front = split(f"---\n{inner}---\n".replace("\n", line_end))[0]
    assert front is not None
    mended, findings = repaired(front)
    assert mended.inner == expected.replace("\n", line_end)
    assert [finding.rule for finding in findings] == rules
    assert strict_error(mended.inner) == ""


def test_findings_name_their_lines() -> None:
    findings = repaired(block("a: 1\nimage: x\ntitle: b: c\nimage: y\n"))[1]
    assert findings == (
        Finding("frontmatter/unquoted", "title: b: c", 'title: "b: c"', 4),
        Finding("frontmatter/duplicate-key", "image: x", None, 3),
    )


@pytest.mark.parametrize("inner", ["a: [\nb\n", "just words\n", "a: 1\n b\n  c: d\n"])
def test_what_cannot_be_mended_is_kept(inner: str) -> None:
    front = block(inner)
    assert repaired(front) == (front, ())
    assert troubles(front)


@given(st.text(alphabet=st.sampled_from("ab:\"'\\ \t-#[]{}@*&|>\n\r,中"), max_size=60))
def test_repair_gives_what_loads_or_what_was_there(inner: str) -> None:
    front = split(f"---\n{inner}\n---\n")[0]
    if front is not None:
        mended, findings = repaired(front)
        assert (mended == front and not findings) or strict_error(mended.inner) == ""


@given(st.text(alphabet=st.sampled_from("ab:\"'\\ -#[]{}@*&!%`|>,中?"), min_size=1, max_size=30))
def test_a_mended_title_is_the_words_that_stood_there(title: str) -> None:
    front = block(f"title: {title.strip() or 'x'}\n")
    if strict_error(front.inner) and not title.strip().startswith(('"', "'")):
        mended = repaired(front)[0]
        assert mended == front or yaml.safe_load(mended.inner)["title"] == title.strip()


def test_convert_reports_and_repairs() -> None:
    post = "---\nimage: a\nimage: b\n---\n<div id='content_views'><p>x</p></div>"
    kept = convert(post, name="a.md")
    assert kept.front_matter == "---\nimage: a\nimage: b\n---\n"
    assert Finding("frontmatter/duplicate-key", "image", "image") in kept.findings
    mended = convert(post, name="a.md", options=Options(repair_front_matter=True))
    assert mended.front_matter == "---\nimage: b\n---\n"


def test_convert_adds_math_to_posts_with_formulas() -> None:
    katex = '<span class="katex-mathml"><math><semantics><annotation>x^2</annotation></semantics></math></span>'
    for body, added in ((f'<p><span class="katex">{katex}</span></p>', "math: true\n"), ("<p>x</p>", "")):
        document = convert(f"---\na: 1\n---\n<div id='content_views'>{body}</div>", options=Options(add=("math",)))
        assert document.front_matter == f"---\na: 1\n{added}---\n"
