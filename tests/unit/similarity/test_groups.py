"""Sketches of texts that are alike, and the groups that they show."""

from __future__ import annotations

import random

import pytest

from converter.similarity.groups import Group, Groups, Member
from converter.similarity.sketch import Sketch, likeness, sketch_of

WORDS = (
    "数据库 线程 事务 索引 查询 缓存 内存 网络 协议 消息 队列 服务 集群 节点 日志 备份 thread cache lock page".split()
)


def text(seed: int, count: int = 400) -> str:
    chooser = random.Random(seed)
    return "".join(f"{chooser.choice(WORDS)}{chooser.randrange(100)} " for _ in range(count))


def changed(original: str, share: float, seed: int = 0) -> str:
    """Replace a share of a text by another one, in one piece."""
    kept = int(len(original) * (1 - share))
    return original[:kept] + text(seed + 1000)[kept : len(original)]


def found(*sketches: Sketch) -> list[Group]:
    groups = Groups()
    for number, sketch in enumerate(sketches):
        groups.add("abcdefgh"[number], sketch)
    return list(groups.found())


def test_equal_texts_are_exact_whatever_their_markup() -> None:
    one = sketch_of("**数据库** [线程](https://a.example/x)")
    other = sketch_of("数据库 线程\n")
    assert one.digest == other.digest
    assert likeness(one, other) == 1.0
    assert one.simhash == other.simhash


@pytest.mark.parametrize(("share", "low", "high"), [(0.02, 0.85, 1.0), (0.3, 0.35, 0.75), (1.0, 0.0, 0.1)])
def test_likeness_is_the_share_that_two_texts_have(share: float, low: float, high: float) -> None:
    original = text(1)
    found = [likeness(sketch_of(original), sketch_of(changed(original, share, seed))) for seed in range(8)]
    assert low <= sum(found) / len(found) <= high


def test_the_simhash_of_alike_texts_differs_in_few_bits() -> None:
    original = sketch_of(text(1))
    near, far = sketch_of(changed(text(1), 0.05)), sketch_of(text(2))
    assert (original.simhash ^ near.simhash).bit_count() < 12 < (original.simhash ^ far.simhash).bit_count()


def test_a_group_names_the_earliest_and_the_fullest() -> None:
    original = text(3)
    late = sketch_of(original, "2020-01-01 00:00:00")
    early = sketch_of(original, "2019-01-01 00:00:00")
    longer = sketch_of(original + "还有一句话在后面", "2021-01-01 00:00:00")
    (group,) = found(late, sketch_of(text(4)), early, longer)
    assert group == Group((Member("c", True), Member("a", True), Member("d", False)), "d")
    assert group.earliest == "c"


def test_a_document_without_a_date_is_not_the_earliest() -> None:
    (group,) = found(sketch_of(text(3)), sketch_of(text(3), "2020-01-01 00:00:00"))
    assert group.earliest == "b"


def test_short_texts_are_alike_only_if_they_are_equal() -> None:
    (group,) = found(sketch_of("就是这样"), sketch_of("就是这样。"), sketch_of("就是那样"))
    assert [member.key for member in group.members] == ["a", "b"]


def test_empty_texts_are_no_duplicates() -> None:
    assert found(sketch_of(""), sketch_of("![](https://a.example/b.png)"), sketch_of("")) == []


def test_chains_are_one_group() -> None:
    first = text(5)
    second = changed(first, 0.06)
    third = changed(second, 0.0) + changed(text(6), 0.0)[: len(first) // 14]
    groups = found(sketch_of(first), sketch_of(second), sketch_of(third))
    assert [[member.key for member in group.members] for group in groups] == [["a", "b", "c"]]
