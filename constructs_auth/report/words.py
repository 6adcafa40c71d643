"""Options whose value is one of several words; the error for a wrong word lists them."""

import argparse
from collections.abc import Callable, Iterable
from typing import TypeVar

Word = TypeVar("Word", bound=str)


def one_of(words: Iterable[Word]) -> Callable[[str], Word]:
    """Return the `type` of an option that takes one of *words*, in upper or lower case."""
    known = {str(word): word for word in words}

    def parse(given: str) -> Word:
        if given.lower() not in known:
            raise argparse.ArgumentTypeError(f"must be one of {', '.join(known)}, got {given!r}")
        return known[given.lower()]

    return parse
