"""Archives that are cut, damaged, or packed to take the machine: an error that names them, and nothing is pruned."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import random
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from converter import convert_folder
from converter.batch import Outcome
from converter.batch.input import archives, unpacking
from converter.batch.input.unpacking import ArchiveError
from converter.batch.values import Job
from tests.kit.batch import MARKDOWN, run_stub, tree

NAMES = [f"p{number:02}.md" for number in range(6)]


def packed_tar(names: list[str], size: int = 700) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name in names:
            info = tarfile.TarInfo(name)
            info.size = size
            archive.addfile(info, io.BytesIO(name.encode() * (size // len(name)) + b"x" * (size % len(name))))
    return file.getvalue()


def packed_zip(names: list[str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, name * 100)
    return file.getvalue()


def zst(data: bytes) -> bytes:
    packed: bytes = pytest.importorskip("zstandard").compress(data)
    return packed


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "d.tar": bytes,
    "d.tar.gz": gzip.compress,
    "d.tar.xz": lzma.compress,
    "d.tar.bz2": bz2.compress,
    "d.tar.zst": zst,
}


def pack(name: str, names: list[str]) -> bytes:
    return packed_zip(names) if name == "d.zip" else PACKERS[name](packed_tar(names))


def read(path: Path, **options: int) -> tuple[dict[str, bytes], str]:
    """What an archive gives, and the error that ends it ("": none)."""
    job, found = Job(**options), {}  # type: ignore[arg-type]
    try:
        for member in archives.members(str(path), archives.kind_of(path.name), job):
            found[member.name] = member.read()
    except archives.BROKEN as error:
        return found, archives.why(error)
    return found, ""


def whole_length(data: bytes) -> int:
    """Bytes of a tar up to the first block of its end."""
    return len(data.rstrip(b"\0")) + -len(data.rstrip(b"\0")) % 512 + 512


def test_a_tar_cut_at_any_block_is_an_error(tmp_path: Path) -> None:
    data = packed_tar(NAMES)
    for length in range(0, whole_length(data), 512):
        (tmp_path / "d.tar").write_bytes(data[:length])
        assert read(tmp_path / "d.tar")[1] == "ends early", length
    (tmp_path / "d.tar").write_bytes(data[: whole_length(data)])
    assert (list(read(tmp_path / "d.tar")[0]), read(tmp_path / "d.tar")[1]) == (NAMES, "")


@pytest.mark.parametrize("name", [*PACKERS, "d.zip"])
def test_a_cut_archive_is_an_error(tmp_path: Path, name: str) -> None:
    data = pack(name, NAMES)
    for length in range(len(data) - 1 if name != "d.tar" else 9000, 0, -max(1, len(data) // 40)):
        (tmp_path / name).write_bytes(data[:length])
        found, error = read(tmp_path / name)
        assert error or found == read_whole(tmp_path, name, data), length


def read_whole(folder: Path, name: str, data: bytes) -> dict[str, bytes]:
    (folder / name).write_bytes(data)
    return read(folder / name)[0]


@pytest.mark.parametrize("name", [*PACKERS, "d.zip"])
def test_data_behind_the_end_is_an_error(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(pack(name, NAMES) + b"garbage" * 10)
    assert read(tmp_path / name)[1] == unpacking.BEHIND


@pytest.mark.parametrize("name", [name for name in [*PACKERS, "d.zip"] if name != "d.tar"])
def test_a_changed_byte_is_an_error(tmp_path: Path, name: str) -> None:
    if name == "d.tar.zst":
        params = {"write_checksum": True}
        zstandard = pytest.importorskip("zstandard")
        data = zstandard.ZstdCompressor(**params).compress(packed_tar(NAMES))
    else:
        data = pack(name, NAMES)
    changed = bytearray(data)
    changed[39 if name == "d.zip" else -6] ^= 0x10
    (tmp_path / name).write_bytes(changed)
    assert read(tmp_path / name)[1]


@pytest.mark.parametrize("name", ["d.tar.gz", "d.tar.xz", "d.tar.bz2", "d.tar.zst"])
def test_streams_behind_each_other_are_one_archive(tmp_path: Path, name: str) -> None:
    data = packed_tar(NAMES)
    pack = PACKERS[name]
    zeros = bytes(8) if name.endswith(("gz", "xz")) else b""
    (tmp_path / name).write_bytes(pack(data[:3000]) + zeros + pack(data[3000:]))
    assert (list(read(tmp_path / name)[0]), read(tmp_path / name)[1]) == (NAMES, "")


@pytest.mark.parametrize("name", ["d.tar.gz", "d.tar.xz", "d.tar.bz2", "d.tar.zst", "d.jsonl.gz"])
@pytest.mark.parametrize("where", ["member", "end"])
def test_a_bomb_is_not_unpacked(tmp_path: Path, name: str, where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "ALLOWANCE", 1 << 17)
    large = 40 << 20
    inside = packed_tar(["a.md"], large) if where == "member" else packed_tar(NAMES) + bytes(large)
    if name == "d.jsonl.gz":
        inside = b'{"path": "a", "content": "' + b"x" * large
    pack = PACKERS.get(name, gzip.compress)
    (tmp_path / name).write_bytes(pack(inside))
    packed = (tmp_path / name).stat().st_size
    assert "500 times as large" in read(tmp_path / name, max_size=8 * large)[1]
    seen = 0
    with (tmp_path / name).open("rb") as file, unpacking.unpacked(file) as stream, pytest.raises(ArchiveError):
        while piece := stream.read(1 << 16):
            seen += len(piece)
    assert seen <= (1 << 17) + 500 * packed


def test_a_member_of_a_zip_that_is_a_bomb(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "d.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.md", bytes(40 << 20))
        archive.writestr("b.md", bytes(100))
    assert "500 times as large" in read(tmp_path / "d.zip")[1]
    assert "--max-size" in read(tmp_path / "d.zip", max_size=1 << 20)[1]


HEADERS = {
    "checksum": lambda data: data[:100] + b"x" + data[101:],
    "long name": lambda data: tarfile.TarInfo("x").tobuf()[:124] + b"77777777777\0" + data[136:],
    "second header": lambda data: data[:1536] + b"\1" * 512 + data[2048:],
}


@pytest.mark.parametrize("name", HEADERS)
def test_a_header_that_is_not_sound(tmp_path: Path, name: str) -> None:
    (tmp_path / "d.tar").write_bytes(HEADERS[name](packed_tar(NAMES)))
    assert "header" in read(tmp_path / "d.tar")[1]


def test_names_without_end(tmp_path: Path) -> None:
    """A name of another name of another name: one header each."""
    info = tarfile.TarInfo("././@LongLink")
    info.type, info.size = tarfile.GNUTYPE_LONGNAME, 4
    (tmp_path / "d.tar").write_bytes((info.tobuf() + b"name" + bytes(508)) * 5000)
    assert "header" in read(tmp_path / "d.tar")[1]
    info.size = 1 << 33
    (tmp_path / "d.tar").write_bytes(info.tobuf() + bytes(5000))
    assert "header" in read(tmp_path / "d.tar")[1]


@pytest.mark.parametrize("name", [*PACKERS, "d.zip"])
def test_nothing_is_pruned_after_an_error(tmp_path: Path, name: str) -> None:
    data = pack(name, NAMES)
    (tmp_path / name).write_bytes(data)
    assert run_stub(tmp_path, name)[0].converted == len(NAMES)
    whole = tree(tmp_path / "out")
    (tmp_path / name).write_bytes(data[: 3072 if name == "d.tar" else len(data) * 2 // 3])
    result, rows = run_stub(tmp_path, name, prune=True)
    assert tree(tmp_path / "out") == whole
    assert result.failed and not result.pruned and not result.skipped
    assert {name} <= {row.source.rpartition("/")[2] for row in rows.rows if row.outcome is Outcome.FAILED}
    (tmp_path / name).write_bytes(pack(name, NAMES[:2]))
    assert run_stub(tmp_path, name, prune=True)[0].pruned == len(NAMES) - 2


def noisy_tar() -> bytes:
    """Return a tar of six posts that no packer makes much smaller."""
    file, chance = io.BytesIO(), random.Random(1)
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name in NAMES:
            info = tarfile.TarInfo(name)
            content = chance.randbytes(600).hex().encode()
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return file.getvalue()


def noisy_zip() -> bytes:
    file, chance = io.BytesIO(), random.Random(1)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in NAMES:
            archive.writestr(name, chance.randbytes(600).hex())
    return file.getvalue()


@pytest.mark.parametrize("name", ["d.tar", "d.tar.gz", "d.tar.xz", "d.zip"])
def test_cut_at_every_block_nothing_is_pruned(tmp_path: Path, name: str) -> None:
    data = noisy_zip() if name == "d.zip" else PACKERS[name](noisy_tar())
    end = whole_length(data) if name == "d.tar" else len(data)  # behind it a tar has nothing but zeros
    (tmp_path / name).write_bytes(data)
    assert run_stub(tmp_path, name)[0].converted == len(NAMES)
    whole = tree(tmp_path / "out")
    for length in range(0, end, 512):
        (tmp_path / name).write_bytes(data[:length])
        result, rows = run_stub(tmp_path, name, prune=True)
        assert (result.failed > 0, result.pruned, result.skipped) == (True, 0, 0), length
        assert any(row.source.endswith(name) and row.message for row in rows.rows), length
        assert tree(tmp_path / "out") == whole, length


def write_parquet(path: Path, content: list[str], **options: object) -> None:
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    table = arrow.table({"path": [f"p{number}.md" for number in range(len(content))], "content": content})
    parquet.write_table(table, path, compression="zstd", **options)


@pytest.mark.parametrize("use_dictionary", [True, False])
def test_a_parquet_file_that_is_a_bomb(tmp_path: Path, use_dictionary: bool) -> None:
    """One long value of zeros; and one that a dictionary repeats."""
    content = ["x" * (1 << 20)] * 40 if use_dictionary else ["x" * (40 << 20)]
    write_parquet(tmp_path / "d.parquet", content, use_dictionary=use_dictionary)
    found, error = read(tmp_path / "d.parquet")
    assert "500 times as large" in error
    assert len(found) < len(content)


def test_a_parquet_file_is_read_by_groups_of_rows(tmp_path: Path) -> None:
    chance = random.Random(1)
    content = [chance.randbytes(900).hex() for _ in range(30)] + ["y" * 5000]
    write_parquet(tmp_path / "d.parquet", content, row_group_size=7)
    found, error = read(tmp_path / "d.parquet")
    assert ([text.decode() for text in found.values()], error) == (content, "")
    records = list(archives.members(str(tmp_path / "d.parquet"), archives.PARQUET, Job(max_size=4000)))
    assert [member.name for member in records if "--max-size" in member.error] == ["p30.md"]


def test_nothing_is_pruned_after_a_bad_member(tmp_path: Path) -> None:
    (tmp_path / "d.jsonl").write_text("".join(json.dumps({"path": name, "content": "x"}) + "\n" for name in NAMES))
    run_stub(tmp_path, "d.jsonl")
    (tmp_path / "d.jsonl").write_text('{"path": "p00.md", "content": "x"}\n{"pa')
    assert run_stub(tmp_path, "d.jsonl", prune=True)[0].pruned == 0
    assert len(tree(tmp_path / "out")) == len(NAMES)


def test_a_local_file_that_is_damaged_stays(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "d.zip", "w") as archive:
        archive.writestr("a.md", MARKDOWN + b"![](b.png) ![](c.png)")
        archive.writestr("b.png", "\x89PNG\r\n\x1a\npicture")
        archive.writestr("c.png", "\x89PNG\r\n\x1a\nanother")
    assert convert_folder(tmp_path / "d.zip", tmp_path / "out").copied == 3
    whole = tree(tmp_path / "out")
    data = (tmp_path / "d.zip").read_bytes()
    (tmp_path / "d.zip").write_bytes(data.replace(b"picture", b"Picture", 1))
    result = convert_folder(tmp_path / "d.zip", tmp_path / "out", prune=True)
    assert (result.failed, result.pruned, tree(tmp_path / "out")) == (1, 0, whole)


def test_a_tar_whose_rest_is_zeros_is_not_whole(tmp_path: Path) -> None:
    whole = packed_tar(NAMES)
    (tmp_path / "d.tar").write_bytes(whole[:1536] + bytes(2 << 20))
    found, why = read(tmp_path / "d.tar")
    assert (list(found), why) == (NAMES[:1], "has too many zeros behind its end to be whole")
    (tmp_path / "d.tar").write_bytes(whole + bytes(1 << 19))
    found, why = read(tmp_path / "d.tar")
    assert (list(found), why) == (NAMES, "")
