"""Options whose value is one of several words; the error for a wrong word lists them."""

import argparse
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

Word = TypeVar("Word", bound=str)


@dataclass(frozen=True, slots=True)
class OneOf(Generic[Word]):
    """The `type` of an option that takes one of several words, in upper or lower case.

    Attributes:
        words: The words, which a shell completes.
    """

    words: tuple[Word, ...]

    def __call__(self, given: str) -> Word:
        """Return the word that was *given*."""
        known = {str(word): word for word in self.words}
        if given.lower() not in known:
            raise argparse.ArgumentTypeError(f"must be one of {', '.join(known)}, got {given!r}")
        return known[given.lower()]


def one_of(words: Iterable[Word]) -> OneOf[Word]:
    """Return the `type` of an option that takes one of *words*."""
    return OneOf(tuple(words))
