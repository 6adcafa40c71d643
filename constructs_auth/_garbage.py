"""Pauses Python's collection of garbage in cycles."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_garbage_collection() -> Iterator[None]:
    """Disable the collection of cycles for work whose objects live until it ends.

    The collector would look at all of them again and again: it would take a sixth of the time of a
    review of 2,000 resources, and of the judgement of as many at synthesis.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
