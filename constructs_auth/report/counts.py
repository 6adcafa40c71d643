"""Formats a number with its noun, in the singular or the plural."""


def counted(count: int, noun: str) -> str:
    """Return `1 user`, `1,200 users`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
