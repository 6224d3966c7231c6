"""The block of front matter: found, kept byte for byte, parsed, composed, and one line added."""

from __future__ import annotations

import json
import tomllib

import pytest
from frontmatter.default_handlers import YAMLHandler
from hypothesis import example, given
from hypothesis import strategies as st

from converter.frontmatter import FrontMatter, add_line, compose, has_key, names_address, split, with_provenance
from converter.frontmatter.scalars import scalar
from converter.model import Meta
from converter.rules.metadata import ADDRESS_KEYS

URL = "https://blog.csdn.net/someone/article/details/12345"
PIECES = (
    "---\n",
    "---\r\n",
    "--- \t\n",
    "+++\n",
    "{\n",
    "}\n",
    "...\n",
    "a: b\n",
    '"a": 1\n',
    "\ufeff",
    "\n",
    "x",
    "-----\n",
)
documents = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=12).map("".join)
strings = st.text(st.characters(exclude_categories=["Cs"]))


def front_of(text: str) -> FrontMatter:
    front, _ = split(text)
    assert front is not None
    return front


@given(documents | st.text())
def test_block_and_body_are_the_text(text: str) -> None:
    front, body = split(text)
    assert (front.raw if front else "") + body == text


@given(documents, strings)
def test_a_line_more_keeps_every_other_character(text: str, value: str) -> None:
    front, _ = split(text)
    if front is None:
        return
    more = add_line(front, "original_url", value)
    added = len(more.raw) - len(front.raw)
    places = range(len(front.raw) + 1)
    assert any(more.raw[:place] + more.raw[place + added :] == front.raw for place in places)
    assert more.raw[: more.start] == front.raw[: front.start]
    assert more.raw[more.end :] == front.raw[front.end :]


@pytest.mark.parametrize(
    ("text", "format", "inner", "body"),
    [
        ("---\ntitle: a\n---\n<p>", "yaml", "title: a\n", "<p>"),
        ("---\r\ntitle: a\r\n---\r\n<p>", "yaml", "title: a\r\n", "<p>"),
        ("--- \ntitle: a\n---\t\nx", "yaml", "title: a\n", "x"),
        ("\ufeff---\ntitle: a\n---\nx", "yaml", "title: a\n", "x"),
        ("\n\n---\ntitle: a\n---\nx", "yaml", "title: a\n", "x"),
        ("---\ntitle: a\n---", "yaml", "title: a\n", ""),
        ("---\n---\nx", "yaml", "", "x"),
        ("---\ntitle: a\n...\nx", "yaml", "title: a\n", "x"),
        ("---\na: --- x\n---\nb\n---\n", "yaml", "a: --- x\n", "b\n---\n"),
        ("---\nimage: 1\nimage: 2\nbad: [\n---\nx", "yaml", "image: 1\nimage: 2\nbad: [\n", "x"),
        ('+++\ntitle = "a"\n+++\nx', "toml", 'title = "a"\n', "x"),
        ('{\n"title": "a"\n}\nx', "json", '"title": "a"\n', "x"),
    ],
)
def test_splits(text: str, format: str, inner: str, body: str) -> None:
    front, rest = split(text)
    assert front is not None
    assert (front.format, front.inner, rest) == (format, inner, body)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "text",
        "---\n\nA rule above a text.\n",
        "---",
        "----x\na\n---\n",
        " ---\na: b\n---\n",
        "{\nint main;\n}\n",
        "x\n---\na: 1\n---\n",
    ],
)
def test_no_front_matter(text: str) -> None:
    assert split(text) == (None, text)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("---\ntitle: a\ntags: [b, c]\n---\n", {"title": "a", "tags": ["b", "c"]}),
        ("---\n# nothing\n---\n", {}),
        ('+++\ntitle = "a"\n[x]\ny = 1\n+++\n', {"title": "a", "x": {"y": 1}}),
        ('{\n"title": "a"\n}\n', {"title": "a"}),
    ],
)
def test_values(text: str, values: dict[str, object]) -> None:
    assert front_of(text).values() == values
    assert front_of(text).error() == ""


_VALUES = st.text(alphabet=st.sampled_from("0123-./_ :#'\"[],%aex年中，T\x01\x7f\x85"), max_size=12)


@given(st.one_of(_VALUES, st.dates().map(str), st.datetimes().map(lambda when: f"{when:%Y-%m-%d %H:%M:%S} +0800")))
@example("2023-04-31")
@example("0000-01-01")
@example("2023-12-31")
@example('"a\x01b"')
def test_what_is_valid_at_a_glance_is_to_a_loader(value: str) -> None:
    front = front_of(f"---\na: {value}\nb:\n  c: {value}\n---\n")
    assert front.error() or front.values() is not None


@pytest.mark.parametrize(
    "text",
    [
        "---\na: [\n---\n",
        "---\ncategories:x,---- y\ntags: [a]\n---\n",
        "---\n- a\n---\n",
        "---\na: \x7f\n---\n",
        "---\n? {a: b}\n: c\n---\n",
        "+++\na = \n+++\n",
        '{\n"a": \n}\n',
    ],
)
def test_invalid_blocks_are_kept_and_say_why(text: str) -> None:
    front = front_of(text)
    assert front.raw == text
    assert front.values() is None
    assert front.error()


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("---\ntitle: a\n---\n", ["title"], True),
        ("---\n'title' : a\n---\n", ["title"], True),
        ("---\nimage:\n  title: a\n---\n", ["title"], False),
        ("---\ntitles: a\n---\n", ["title"], False),
        ("---\nbad: [\ntitle: a\n---\n", ["name", "title"], True),
        ('+++\ntitle = "a"\n+++\n', ["title"], True),
        ('{\n  "title": "a"\n}\n', ["title"], True),
        ("---\n---\ntitle: a\n", ["title"], False),
    ],
)
def test_has_key(text: str, names: list[str], expected: bool) -> None:
    assert has_key(front_of(text), names) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"---\noriginal_url: {URL}\n---\n", True),
        ('---\nsource: "http://example.com/x"\n---\n', True),
        ("---\npermalink: /a/b/\n---\n", False),
        ("---\nimage: https://example.com/x.png\nartid: 12345\n---\n", False),
        (f"---\nremark: from {URL}\n---\n", True),
        ("---\nremark: http://blog.csdn.net/someone/article/details/12345\n---\n", True),
        ('+++\nlink = "https://example.com"\n+++\n', True),
        ('{\n"url": "https://example.com"\n}\n', True),
    ],
)
def test_names_address(text: str, expected: bool) -> None:
    assert names_address(front_of(text), URL) is expected


@pytest.mark.parametrize("key", sorted(ADDRESS_KEYS))
def test_each_key_names_an_address(key: str) -> None:
    assert names_address(front_of(f"---\n{key}: https://example.com/x\n---\n"), URL)
    assert not names_address(front_of(f"---\nno{key}: https://example.com/x\n---\n"), URL)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\na: b\n---\n", f"---\na: b\noriginal_url: {URL}\n---\n"),
        ("---\r\na: b\r\n---\r\n", f"---\r\na: b\r\noriginal_url: {URL}\r\n---\r\n"),
        ("---\n---\n", f"---\noriginal_url: {URL}\n---\n"),
        ("---\n# c\n  a: b\n---\n", f"---\n# c\n  a: b\n  original_url: {URL}\n---\n"),
        ("---\na: |\n  text\n---\n", f"---\na: |\n  text\noriginal_url: {URL}\n---\n"),
        ("---\n{a: b}\n---\n", "---\n{a: b}\n---\n"),
        ('+++\na = "b"\n+++\n', f'+++\na = "b"\noriginal_url = "{URL}"\n+++\n'),
        ("+++\n[x]\ny = 1\n+++\n", f'+++\noriginal_url = "{URL}"\n[x]\ny = 1\n+++\n'),
        ('{\n  "a": 1\n}\n', f'{{\n  "a": 1,\n  "original_url": "{URL}"\n}}\n'),
        ("{\n}\n", f'{{\n"original_url": "{URL}"\n}}\n'),
    ],
)
def test_add_line(text: str, expected: str) -> None:
    assert add_line(front_of(text), "original_url", URL).raw == expected


def test_lines_can_be_added_one_after_the_other() -> None:
    front = add_line(add_line(front_of("---\na: b\n---\n"), "original_title", "甲：乙"), "original_url", URL)
    assert front.raw == f"---\na: b\noriginal_title: 甲：乙\noriginal_url: {URL}\n---\n"
    assert front.inner == front.raw[4:-4]


@given(strings)
@example("a: b")
@example("a #b")
@example("\u2028\x85\ufeff")
@example("{{ x }}")
def test_an_added_value_reads_back(value: str) -> None:
    for text in ("---\na: b\n---\n", '+++\na = "b"\n+++\n', '+++\n[t]\na = "b"\n+++\n', '{\n"a": "b"\n}\n', "{\n}\n"):
        values = add_line(front_of(text), "original_title", value).values()
        assert values is not None
        assert values["original_title"] == value


@given(strings)
@example("yes")
@example("1e3")
@example("2020-01-01")
@example("c#")
@example("a:")
@example("[a, b]")
def test_a_scalar_reads_back_as_the_string(value: str) -> None:
    assert YAMLHandler().load(f"a: {scalar(value)}\nb: [{scalar(value, flow=True)}]\n") == {"a": value, "b": [value]}


PLAIN_PIECES = st.sampled_from(
    [
        *"a1 :#-'\"\\[],{}&*!|>%@`?=~/.\t\r\x85\xa0\u2028\u3000\ufeff中，（é",
        "\\n",
        "\\x",
        ": ",
        " #",
        "2019-01-01",
        "null",
    ]
)
values_of_a_line = st.lists(PLAIN_PIECES, max_size=9).map("".join)


@given(st.one_of(values_of_a_line, values_of_a_line.map('"{}"'.format), values_of_a_line.map("'{}'".format)))
@example("【一】Flume：安装#1、C:\\a；“x”")
@example("a: b")
@example('"\\"a\\t"')
def test_a_block_without_a_parser_is_valid_with_one(value: str) -> None:
    front = front_of(f"---\nk: {value}\nz: 1\n---\n")
    keys = front.plain_keys()
    assert keys is None or list(front.values() or ()) == keys


@pytest.mark.parametrize(
    "value",
    ["a", "【一】Flume：安装#1", "https://a.b/c.png?d&#61;e,f_g#h", '"\\"a\\" \\\\b\\t"', "'a: b'", "C++（一）– 入门"],
)
def test_common_values_need_no_parser(value: str) -> None:
    assert front_of(f"---\nk: {value}\n---\n").plain_keys() == ["k"]


@pytest.mark.parametrize(
    "value", ["标题", "Github仓库分类（repositories）", URL, "什么是BFC？看这一篇就够了", "C++", "a b, c"]
)
def test_a_scalar_is_plain_where_it_may_be(value: str) -> None:
    assert scalar(value) == value


def test_half_a_surrogate_pair_is_written_as_what_an_encoder_can_write() -> None:
    assert scalar("a\ud800").encode() == b'"a\\uFFFD"'
    for text in ('+++\na = "b"\n+++\n', '{\n"a": "b"\n}\n'):
        assert add_line(front_of(text), "t", "a\ud800").raw.encode()


@given(
    st.builds(
        Meta,
        title=strings,
        url=strings,
        author=strings,
        date=strings | st.just("2020-01-02 03:04:05"),
        tags=st.lists(strings, max_size=3).map(tuple),
        categories=st.lists(strings, max_size=3).map(tuple),
    )
)
def test_a_composed_block_reads_back(meta: Meta) -> None:
    front = compose(meta)
    again, body = split(front.raw)
    assert (again, body) == (front, "")
    date = f"{meta.date} +0800" if meta.date == "2020-01-02 03:04:05" else meta.date
    known = {
        "title": meta.title,
        "date": date,
        "author": meta.author,
        "tags": list(meta.tags),
        "categories": list(meta.categories),
        "original_url": meta.url,
    }
    assert front.values() == {key: value for key, value in known.items() if value}


def test_compose() -> None:
    meta = Meta(
        "题：一", URL, "12345", "2020-01-02 03:04:05", "2021-01-02 03:04:05", "某人", "", ("C++", "a, b"), ("运维",)
    )
    assert compose(meta).raw == (
        "---\ntitle: 题：一\ndate: 2020-01-02 03:04:05 +0800\nupdated: 2021-01-02 03:04:05 +0800\nauthor: 某人\n"
        f'categories: [运维]\ntags: [C++, "a, b"]\noriginal_url: {URL}\n---\n'
    )


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("---\ntitle: a b\n---\n", "a b"),
        ("---\ntitle: a b # c\n---\n", "a b"),
        ("---\ntitle: a#b\n---\n", "a#b"),
        ("---\ntitle: 'it''s'  # c\n---\n", "it's"),
        ('---\ntitle: "a \\"b\\" # c"\n---\n', 'a "b" # c'),
        ('---\ntitle: "a\\x41"\n---\n', "a\\x41"),
        ("---\ntitle: >\n  a\n  b\n---\n", "a b\n"),
        ("---\ntitle: [a]\n---\n", "['a']"),
        ("---\ntitle: [a\n---\n", "[a"),
        ("---\ntitle: a: b\nbad: [\n---\n", "a: b"),
        ("---\ntitle:\n---\n", ""),
        ("---\nname: a\n---\n", None),
        ('+++\ntitle = "a"\n+++\n', "a"),
        ('{\n  "title": "a",\n  "b": 1\n}\n', "a"),
    ],
)
def test_text(text: str, title: str | None) -> None:
    assert front_of(text).text("title") == title


@pytest.mark.parametrize(
    ("inner", "meta", "added"),
    [
        ("title: 甲乙\n", Meta(title="甲：乙", url=URL), f"original_title: 甲：乙\noriginal_url: {URL}\n"),
        ("title: '甲：乙'\n", Meta(title="甲：乙"), ""),
        ('title: "a  b"\n', Meta(title="a b"), ""),
        ("layout: post\n", Meta(title="甲"), ""),
        ("title: 甲\noriginal_title: 乙\n", Meta(title="丙"), ""),
        ("title: 甲\n", Meta(title="甲", url=URL), f"original_url: {URL}\n"),
        (f"source: {URL}\n", Meta(url=URL), ""),
        (f"remark: {URL}6\n", Meta(url=URL), f"original_url: {URL}\n"),
        ("title: 甲\n", Meta(), ""),
    ],
)
def test_provenance(inner: str, meta: Meta, added: str) -> None:
    front = with_provenance(front_of(f"---\n{inner}---\n"), meta)
    assert front.raw == f"---\n{inner}{added}---\n"
    assert with_provenance(front, meta) == front


def test_provenance_without_the_address() -> None:
    front = front_of("---\ntitle: a\n---\n")
    assert with_provenance(front, Meta(title="a", url=URL), original_url=False) == front


def test_toml_and_json_agree_with_their_own_readers() -> None:
    front = add_line(front_of('+++\na = "b"\n+++\n'), "t", 'q"\\\n\x7f\x01')
    assert tomllib.loads(front.inner)["t"] == 'q"\\\n\x7f\x01'
    front = add_line(front_of('{\n"a": "b"\n}\n'), "t", 'q"\\\n')
    assert json.loads(front.raw)["t"] == 'q"\\\n'


def test_splitting_parses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("converter.frontmatter.block.parse", None)
    front = front_of("---\ntitle: a\n---\n")
    assert not names_address(add_line(front, "x", "y"), URL)
