"""How the property tests run: the same examples each time."""

from hypothesis import settings

settings.register_profile("unit", deadline=None, derandomize=True, max_examples=20)
settings.load_profile("unit")
