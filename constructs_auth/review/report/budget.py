"""Fits sections into a number of characters: whole ones go from the bottom, and are counted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a report.

    Attributes:
        title: What a note calls it where it is left out.
        head: What stands before its items, always with them.
        items: What can be left out one by one, from the bottom.
        tail: What stands after its items.
        between: What stands between two items.
    """

    title: str
    head: str
    items: Sequence[str]
    tail: str = ""
    between: str = "\n\n"

    def text(self, count: int | None = None) -> str:
        """Write the section with its first *count* items; with all of them by default."""
        kept = self.items if count is None else self.items[:count]
        body = self.between.join(kept)
        parts = [f"{self.head}{body}" if self.between == "\n" else "", self.tail]
        if self.between != "\n":
            parts = [self.head, body, self.tail]
        return "\n\n".join(part for part in parts if part)


def fit(sections: Sequence[Section], characters: int) -> tuple[list[str], list[str]]:
    """Write as much of *sections* as has room in *characters*.

    Returns:
        The sections that fit, and a phrase for each that is left out, in part or as a whole.
    """
    texts: list[str] = []
    notes: list[str] = []
    room = characters
    for at, section in enumerate(sections):
        whole = section.text()
        if len(whole) + 2 <= room:
            texts.append(whole)
            room -= len(whole) + 2
            continue
        count = _most(section, room)
        if count:
            texts.append(section.text(count))
            notes.append(f"{len(section.items) - count:,} more in «{section.title}»")
            at += 1  # noqa: PLW2901 - what follows is left out as a whole
        notes += list(_left_out(sections[at:]))
        break
    return texts, notes


def _most(section: Section, room: int) -> int:
    """Give the largest number of items with which *section* fits."""
    low, high = 0, len(section.items)
    while low < high:
        middle = (low + high + 1) // 2
        if len(section.text(middle)) + 2 <= room:
            low = middle
        else:
            high = middle - 1
    return low


def _left_out(sections: Sequence[Section]) -> Iterator[str]:
    for section in sections:
        yield f"«{section.title}» ({len(section.items):,})"
