"""Checks the tags of resources."""

from collections.abc import Mapping

from constructs_auth import _checks
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import limits


def checked_tags(subject: str, tags: Mapping[str, str] | None) -> dict[str, str]:
    """Check *tags*, and give them in the order of their keys.

    Raises:
        InvalidValueError: A key or a value that AWS does not accept.
    """
    if tags is None:
        return {}
    if not isinstance(tags, Mapping):
        raise InvalidValueError(
            subject, "must be a mapping", got=tags, remedy="write {'team': 'identity'}"
        )
    for key, value in tags.items():
        _checks.text(f"{subject}, key", key, limits.TAG_KEY, remedy="choose another key")
        _checks.text(f"{subject}[{key!r}]", value, limits.TAG_VALUE, remedy="shorten it")
    return {key: tags[key] for key in _checks.in_order(tags)}
