"""Random hostile articles of fixed seeds: nothing of them is live in the renderers that are installed.

``make attack`` tries more of them, in more renderers.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from benchmarks.attack import all_renderers, try_batch
from tests.kit.hostile_articles import Attack, attack
from tests.kit.paths import DATA

SEEDS = range(400)
FOUND: dict[str, dict[str, Any]] = json.loads((DATA / "attacks.json").read_text("ascii"))
"""Articles that were live once, as small as they can be, by what they did."""


@pytest.mark.parametrize("renderer", sorted(all_renderers()))
def test_nothing_is_live(renderer: str) -> None:
    attacks = {seed: attack(seed) for seed in SEEDS}
    attacks |= {-number: Attack(**row) for number, row in enumerate(FOUND.values(), 1)}
    counts, rewritten = try_batch(attacks, {renderer: all_renderers()[renderer]}, show=3)
    assert (counts[renderer], rewritten) == (0, 0)
