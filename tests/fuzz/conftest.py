"""How the properties here run: few fixed examples, more of them in CI, random ones in a search."""

import os

from hypothesis import HealthCheck, settings

SEARCH = "CONSTRUCTS_AUTH_FUZZ_SECONDS"
"""The variable that `make fuzz` sets, to the seconds left: random examples, and many of them."""

_IN_CI = os.environ.get("CI", "").lower() in {"true", "1"}

settings.register_profile(
    "fixed",
    deadline=None,
    derandomize=True,
    max_examples=100 if _IN_CI else 6,
    suppress_health_check=list(HealthCheck),
)
settings.register_profile(
    "search",
    deadline=None,
    max_examples=300,
    print_blob=True,
    suppress_health_check=list(HealthCheck),
)
settings.load_profile("search" if os.environ.get(SEARCH) else "fixed")
