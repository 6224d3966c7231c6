from __future__ import annotations

from pathlib import Path

from tests.system.torture_kill import dump, torture


def test_kills_at_random_instants_are_mended(tmp_path: Path) -> None:
    torture(dump(tmp_path / "in", 150), tmp_path, kills=3)
