"""Values of a plan that are never shown, whether Terraform marks them or not."""

import re
from collections.abc import Iterator, Sequence

from constructs_auth.facts.secret_names import may_hold_secret

_SHORTEST = 6
"""Shorter texts occur in too many words to be removed from sentences."""

_LOGIN_IN_URL = re.compile(r"(?<=://)[^/@\s:]*:[^/@\s]+(?=@)")

_CONTAINERS = (dict, list)

HIDDEN = "(hidden)"
NOT_SHOWN = "the value is sensitive and not shown"


def is_marked(marks: object) -> bool:
    """Return whether *marks* of a plan (`after_sensitive`) hide the value, or something in it."""
    if not marks or marks is True:
        return marks is True
    if isinstance(marks, dict):
        return any(is_marked(inner) for inner in marks.values())
    return isinstance(marks, list) and any(is_marked(inner) for inner in marks)


def secrets_in(kind: str, value: object, marks: object) -> Iterator[str]:
    """Walk through the texts of *value* that are secret."""
    yield from _secrets(kind, value, marks, ())


def texts_in(value: object) -> Iterator[str]:
    """Walk through the texts of a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_in(inner)


def without_login(text: str) -> str:
    """Replace user name and password in URLs."""
    return _LOGIN_IN_URL.sub(HIDDEN, text) if "@" in text else text


def without_logins(value: object) -> object:
    """Replace user names and passwords in the URLs of a JSON value."""
    if isinstance(value, str):
        return without_login(value)
    if isinstance(value, dict):
        return {name: without_logins(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [without_logins(inner) for inner in value]
    return value


class Scrubber:
    """Removes known secrets from texts."""

    __slots__ = ("_secrets",)

    def __init__(self, secrets: Iterator[str]) -> None:
        found = {secret for secret in secrets if len(secret) >= _SHORTEST}
        self._secrets = sorted(found, key=len, reverse=True)

    def limited_to(self, texts: Sequence[str]) -> "Scrubber":
        """Return a faster scrubber that knows only the secrets in *texts*."""
        joined = "\0".join(texts)
        limited = Scrubber(iter(()))
        limited._secrets = [secret for secret in self._secrets if secret in joined]
        return limited

    @property
    def is_idle(self) -> bool:
        """Whether it knows no secret."""
        return not self._secrets

    def finds(self, value: object) -> bool:
        """Return whether any text of *value* contains a secret."""
        return any(secret in text for text in texts_in(value) for secret in self._secrets)

    def clean(self, text: str) -> str:
        """Return *text* without any of the secrets."""
        for secret in self._secrets:
            if secret in text:
                text = text.replace(secret, HIDDEN)
        return without_login(text)


def _secrets(kind: str, value: object, marks: object, names: tuple[str, ...]) -> Iterator[str]:
    if marks is True:
        yield from texts_in(value)
    elif isinstance(value, dict):
        known = marks if isinstance(marks, dict) else {}
        for name, inner in value.items():
            if not inner or inner is True:  # it contains no text
                continue
            way = (*names, name)
            if may_hold_secret(kind, way):
                yield from texts_in(inner)
            elif inner.__class__ in _CONTAINERS or name in known:
                yield from _secrets(kind, inner, known.get(name), way)
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            of_inner = marks[at] if isinstance(marks, list) and at < len(marks) else None
            yield from _secrets(kind, inner, of_inner, names)
