"""Flips random bits of the manifest and runs with ``--prune``: ``python -m tests.system.torture_manifest [FLIPS]``."""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
from pathlib import Path

from converter.batch import BatchError
from converter.batch.values import MANIFEST_NAME
from tests.kit.batch import make, run_stub, tree

SEED = 20_260_102


def torture(work: Path, flips: int) -> int:
    """Run with so many damaged manifests; AssertionError where a file is lost.  Returns how many runs gave an error."""
    make(work / "in", **{f"p{number:02}_md": f"post {number}" for number in range(20)})
    make(work, victim_md="outside")
    assert run_stub(work)[0].converted == 20
    (work / "out" / "own.md").write_text("written by a person")
    whole, manifest = tree(work), (work / "out" / MANIFEST_NAME).read_bytes()
    shutil.rmtree(work / "kept", ignore_errors=True)
    shutil.copytree(work / "out", work / "kept")
    whole = tree(work)
    chance, errors = random.Random(SEED), 0
    for number in range(flips):
        data = bytearray(manifest)
        for _ in range(chance.randint(1, 8)):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        (work / "out" / MANIFEST_NAME).write_bytes(data)
        try:
            result, _ = run_stub(work, prune=True)
            errors += bool(result.fatal or result.failed)
        except BatchError:
            errors += 1
        found = {name: data for name, data in tree(work).items() if ".csdn2md" not in name}
        assert {name: data for name, data in whole.items() if ".csdn2md" not in name} == found, number
    return errors


def main() -> None:
    """Run it at full length."""
    flips = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as folder:
        errors = torture(Path(folder), flips)
    print(f"{flips} damaged manifests: no file lost, none outside touched; {errors} runs reported an error")


if __name__ == "__main__":
    main()
