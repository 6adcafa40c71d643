"""How the property tests run: the same examples each time, more of them in CI."""

import os

from hypothesis import settings

_EXAMPLES = 50 if os.environ.get("CI") else 6

settings.register_profile("unit", deadline=None, derandomize=True, max_examples=_EXAMPLES)
settings.load_profile("unit")
