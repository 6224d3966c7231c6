"""Fixtures of the tests of standalone archives."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kit.standalone import new_archive


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """An output folder with the database of an archive."""
    return new_archive(tmp_path)
