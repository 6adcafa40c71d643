"""Accepted findings: each has a reason and may have an expiry date."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from constructs_auth.errors import UnreadableError
from constructs_auth.report.characters import is_visible
from constructs_auth.terraform.json_text import parse, read_bytes

_REMEDY = (
    'write {"accepted": [{"rule": "CG113", "address": "aws_cognito_user_pool.users", '
    '"reason": "…", "until": "2027-06-30"}]}'
)
_KEYS = frozenset({"rule", "address", "reason", "until"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """An accepted finding.

    Attributes:
        rule: The rule's id or slug, as in the file.
        address: The address of the resource. The key of an instance is optional.
        reason: Why it is accepted; printed in every report.
        until: The last day on which it is accepted; `None` means no end.
        place: The file and the line of the comment that accepts it; empty if it is not a comment.
    """

    rule: str
    address: str
    reason: str
    until: date | None = None
    place: str = ""

    def is_expired(self, today: date) -> bool:
        """Return whether its last day has passed."""
        return self.until is not None and self.until < today


def is_reason(text: object) -> bool:
    """Return whether *text* is a reason that readers of a report see."""
    return isinstance(text, str) and is_visible(text)


def read_accepted(document: object, *, file: str, key: str = "accepted") -> tuple[Accepted, ...]:
    """Read the list *key* of *document*.

    Raises:
        UnreadableError: It has another shape. An unknown key is an error too: with a misspelt
            `until`, the finding would be accepted forever.
    """
    entries = document.get(key, []) if isinstance(document, Mapping) else None
    if not isinstance(entries, Sequence) or isinstance(entries, str):
        raise UnreadableError(file, f"{key} must be a list", remedy=_REMEDY)
    return tuple(_entry(entry, f"{key}[{at}]", file) for at, entry in enumerate(entries))


def read_accepted_file(path: Path) -> tuple[Accepted, ...]:
    """Read a file of accepted findings.

    Raises:
        UnreadableError: The file is missing or has another shape.
    """
    document = parse(read_bytes(path, remedy=_REMEDY), str(path), remedy=_REMEDY)
    return read_accepted(document, file=str(path))


def _entry(entry: object, subject: str, file: str) -> Accepted:
    if not isinstance(entry, Mapping) or not entry.keys() <= _KEYS:
        raise UnreadableError(
            file,
            f"{subject} must be an object with rule, address, reason and, optionally, until",
            remedy=_REMEDY,
        )
    texts = {key: _filled(entry, key, subject, file) for key in ("rule", "address", "reason")}
    return Accepted(**texts, until=_day(entry, subject, file))


def _filled(entry: Mapping[str, Any], key: str, subject: str, file: str) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not is_visible(value):
        raise UnreadableError(
            file, f"{subject}.{key} must be a text that is not empty", remedy=_REMEDY
        )
    return value


def _day(entry: Mapping[str, Any], subject: str, file: str) -> date | None:
    value = entry.get("until")
    if value is None:
        return None
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise UnreadableError(
        file, f"{subject}.until must be a date such as 2027-06-30", remedy=_REMEDY
    )
