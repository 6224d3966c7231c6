"""Profiles of hypothesis: few examples by default, many with ``HYPOTHESIS_PROFILE=deep``, the same ones on CI.

Tests read English messages, whatever language the machine has.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

SLOW_INPUT = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile("quick", max_examples=60, deadline=None, suppress_health_check=SLOW_INPUT)
settings.register_profile("ci", max_examples=60, deadline=None, suppress_health_check=SLOW_INPUT, derandomize=True)
settings.register_profile("deep", max_examples=1200, deadline=None, suppress_health_check=SLOW_INPUT)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "quick"))

os.environ["LANGUAGE"] = "en"
