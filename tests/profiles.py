"""How many examples property tests try: few in the gate and the same each time, many in the slow profile."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# A first call is slow where modules load late, and shared machines stall: what is too slow has tests of its own.
_PATIENT = [HealthCheck.too_slow, HealthCheck.data_too_large]

settings.register_profile(
    "gate", max_examples=100, deadline=None, derandomize=True, database=None, suppress_health_check=_PATIENT
)
settings.register_profile("slow", max_examples=2_000, deadline=None, suppress_health_check=_PATIENT)

NAME = os.environ.get("HYPOTHESIS_PROFILE", "gate")
CHOSEN = settings.get_profile(NAME)
