"""Values that reports never show, marked by Terraform or not, and copies of them."""

import base64
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from urllib.parse import quote, quote_plus, unquote_plus

from constructs_auth.facts.secret_names import may_hold_secret, names_secret_parameter

HIDDEN = "(hidden)"
NOT_SHOWN = "the value is sensitive and not shown"

_SHORTEST = 6
"""The minimum length of a copy: shorter values occur in too many other ones."""

_LONGEST = 200
"""The number of characters of a longer value that count as a copy of it."""

_CONTAINERS = (dict, list)
_NOTHING: Mapping[str, object] = {}
_MAY_HAVE_PARTS = re.compile(r"[@=%{]")

_END_OF_HOST = r"/?#\s\"'<>"
_LOGIN = re.compile(
    rf"""
      (?<=//) [^{_END_OF_HOST}]+ (?=@)                                # user:password, or a token
    | (?<=//) [^{_END_OF_HOST}:@]* : (?!\d*[/?#]) [^\s"'<>@]+ (?=@)   # with a slash in the password
    | (?<![^\s"'=(,;]) (?!(?:acct|mailto|sip|sips|xmpp):)
      [\w.+-]+ : [^\s"'/:@<>]+ (?=@[\w\[(])                           # without a scheme
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ENCODED_LOGIN = re.compile(
    rf"(?<=%2f%2f)(?:(?!%2f|%3f|%23)[^{_END_OF_HOST}])+?(?=%40)", re.IGNORECASE
)
_WORD = re.compile(r"[^\s\"'<>]+")
_PARAMETER = re.compile(
    r"(?:[?&;#]|%3f|%26|%23)(?P<name>[\w.%\[\]-]{1,100}?)(?:=|%3d)(?!%26|%23)(?=[^&#\s\"'<>])",
    re.IGNORECASE,
)
_END_OF_VALUE = re.compile(r"%26|%23|[&#\s\"'<>]")
_MARKED = re.compile(r'(?<!non)sensitive\s*\(\s*"((?:[^"\\]|\\.)+)"')
_NAMES = ("name", "key", "Name", "Key")
_VALUES = ("value", "Value")


def is_marked(marks: object) -> bool:
    """Return whether *marks* of a plan (`after_sensitive`) hide the value, or something in it."""
    if not marks or marks is True:
        return marks is True
    if isinstance(marks, dict):
        return any(is_marked(inner) for inner in marks.values())
    return isinstance(marks, list) and any(is_marked(inner) for inner in marks)


def is_marked_whole(marks: object) -> bool:
    """Return whether *marks* hide the whole value; a mark on one item of a list hides the list.

    The items of a set have no positions, so a mark does not identify its item.
    """
    return marks is True or (isinstance(marks, list) and True in marks)


def texts_in(value: object) -> Iterator[str]:
    """Walk through the texts of a JSON value, and its numbers and flags as texts."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_in(inner)
    elif value is not None:
        yield json.dumps(value, default=str)


def secrets_in(
    kind: str, value: object, marks: object, names: tuple[str, ...] = ()
) -> Sequence[str]:
    """Return the texts of *value* that are secret.

    Args:
        kind: The type of the resource, or empty.
        value: Its arguments, or a part of them.
        marks: Terraform's marks of *value*.
        names: The path of *value*, without indexes.
    """
    found: list[str] = []
    _collect(kind, value, marks, names, found)
    return found


def _collect(
    kind: str, value: object, marks: object, names: tuple[str, ...], found: list[str]
) -> None:
    if (marks and is_marked_whole(marks)) or (names and may_hold_secret(kind, names)):
        for text in texts_in(value):
            found += (text, *_inside(text))
    elif isinstance(value, str):
        found += secret_parts(value)
    elif isinstance(value, dict):
        for name, inner, of_inner in marked_items(value, marks):
            _collect(kind, inner, of_inner, (*names, name), found)
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            of_inner = marks[at] if isinstance(marks, list) and at < len(marks) else None
            _collect(kind, inner, of_inner, names, found)


def marked_items(
    value: Mapping[str, object], marks: object
) -> Iterator[tuple[str, object, object]]:
    """Walk through the items of *value* that contain a text, with their names and marks."""
    known = marks if isinstance(marks, dict) else _NOTHING
    secret = value_of_secret_pair(value)
    for name, inner in value.items():
        if inner and inner is not True:
            yield name, inner, True if name == secret else known.get(name)


def _inside(text: str) -> Iterator[str]:
    """Walk through the parts of a secret that another place may contain: its own secrets by name.

    For a secret from a file, this is the text without the end of its line.
    """
    plain = text.strip()
    if plain != text:
        yield plain
    yield from secret_parts(text)


def value_of_secret_pair(pair: Mapping[str, object]) -> str | None:
    """Return the key of the secret in `{"name": "DB_PASSWORD", "value": …}`, or `None`."""
    for key in _NAMES if "value" in pair or "Value" in pair else ():
        name = pair.get(key)
        if isinstance(name, str) and may_hold_secret("", (name,)):
            return next((value for value in _VALUES if value in pair), None)
    return None


@lru_cache(maxsize=4096)  # the same texts are before and after, and in many resources
def secret_parts(text: str) -> tuple[str, ...]:
    """Return the secrets in a text that is not secret completely.

    These are user name and password of a URL, its parameters with names of secrets, such values in
    JSON, and a text that an expression marks as sensitive.
    """
    if _MAY_HAVE_PARTS.search(text) is None:
        return ()
    found = [text[start:end] for start, end in _spans(text)]
    if text[0] in "{[ \n\t" and may_hold_secret("", (text,)):
        try:
            inner = json.loads(text)
        except (ValueError, RecursionError):
            inner = None
        if inner.__class__ in _CONTAINERS:
            found += secrets_in("", inner, None)
    return tuple(found)


def without_login(text: str) -> str:
    """Replace the secrets in *text*: in URLs, and texts that an expression marks."""
    return _without(text, _spans(text))


def without_logins(value: object) -> object:
    """Replace the secrets in the texts of a JSON value, as `without_login` does."""
    if isinstance(value, str):
        return without_login(value)
    if isinstance(value, dict):
        return {name: without_logins(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [without_logins(inner) for inner in value]
    return value


class Texts:
    """Finds known texts in other ones.

    The time grows with the length of the other ones, not with the number of known texts, because a
    text is compared only where its first characters occur.

    Args:
        texts: The known texts; short ones are left out.
    """

    __slots__ = ("_by_start", "_hidden")

    def __init__(self, texts: Iterable[str]) -> None:
        self._hidden: dict[str, str] = {}
        self._by_start: dict[str, dict[int, set[str]]] = {}
        for one in texts:
            if len(one) >= _SHORTEST:
                lengths = self._by_start.setdefault(one[:_SHORTEST], {})
                lengths.setdefault(len(one), set()).add(one)

    def places(self, text: str) -> Iterator[tuple[int, int]]:
        """Walk through the places in *text* where a known text starts and ends."""
        for at in range(len(text) - _SHORTEST + 1) if self._by_start else ():
            lengths = self._by_start.get(text[at : at + _SHORTEST])
            if lengths is not None:
                for length, known in lengths.items():
                    if text[at : at + length] in known:
                        yield at, at + length

    def hidden_in(self, text: str) -> str:
        """Return *text* with `(hidden)` in place of each known text."""
        found = self._hidden.get(text)
        if found is None:
            found = self._hidden[text] = _without(text, self.places(text))
        return found


class Copies:
    """Finds copies of secrets: plain, or as base64, URL encoding, JSON or hex.

    Args:
        secrets: The secrets.
    """

    __slots__ = ("_known", "_plain", "_texts")

    def __init__(self, secrets: Iterable[str]) -> None:
        secrets = tuple(secrets)
        cut = {one[:_LONGEST] for one in secrets if len(one) > _LONGEST}
        self._plain = frozenset(one for one in secrets if len(one) <= _LONGEST) - cut
        long_enough = {one[:_LONGEST] for one in secrets if len(one) >= _SHORTEST}
        self._texts = Texts(form for one in long_enough for form in _forms(one))
        self._known: dict[str, bool] = {}

    def finds(self, text: str) -> bool:
        """Return whether *text* contains a secret."""
        found = self._known.get(text)
        if found is None:
            found = self._known[text] = any(True for _ in self._texts.places(text))
        return found

    def hidden_in(self, text: str) -> str | None:
        """Return *text* with `(hidden)` in place of each secret, `None` if a part could remain.

        The end of a long or encoded secret is not known.
        """
        places = list(self._texts.places(text))
        is_plain = all(text[start:end] in self._plain for start, end in places)
        return _without(text, places) if is_plain else None

    def finds_in(self, value: object) -> bool:
        """Return whether any text of *value* contains a secret."""
        return any(map(self.finds, texts_in(value)))


def _without(text: str, places: Iterable[tuple[int, int]]) -> str:
    """Return *text* with `(hidden)` in place of the *places*, which may overlap."""
    parts: list[str] = []
    last = 0
    for start, end in sorted(places):
        if start >= last:
            parts += (text[last:start], HIDDEN)
        last = max(last, end)
    return "".join((*parts, text[last:]))


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Walk through the places of secrets in *text*: in URLs, and texts that `sensitive` marks."""
    spans: list[tuple[int, int]] = []
    if "@" in text:
        spans += _logins(text)
    if "%40" in text:
        spans += (found.span() for found in _ENCODED_LOGIN.finditer(text))
    if "=" in text or "%3" in text:
        spans += _secret_values(text)
    if "sensitive" in text:
        spans += (found.span(1) for found in _MARKED.finditer(text))
    yield from (span for span in spans if text[slice(*span)] != HIDDEN)


def _logins(text: str) -> Iterator[tuple[int, int]]:
    """Walk through the places of user name and password.

    The text after the last `@` of a word is not searched, because that would take quadratic time.
    """
    for word in _WORD.finditer(text):
        last = text.rfind("@", *word.span())
        if last >= 0:
            yield from (found.span() for found in _LOGIN.finditer(text, word.start(), last + 2))


def _secret_values(text: str) -> Iterator[tuple[int, int]]:
    """Walk through the places of the values of secret parameters.

    A value may contain other parameters. Then the result contains the whole value, and each part up
    to the next secret parameter; parts up to the end would take quadratic time.
    """
    heads = [
        found.span()
        for found in _PARAMETER.finditer(text)
        if names_secret_parameter(unquote_plus(found["name"]))
    ]
    end = 0
    for at, (_, start) in enumerate(heads):
        following = heads[at + 1][0] if at + 1 < len(heads) else len(text)
        if start >= end:
            found = _END_OF_VALUE.search(text, start)
            end = len(text) if found is None else found.start()
            yield start, end
            if following >= end:
                continue
        if start < following:
            yield start, min(following, end)


def _forms(secret: str) -> frozenset[str]:
    """Return *secret* in each form in which a text may contain it."""
    raw = secret.encode("utf-8", "surrogatepass")
    found = {secret, json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1]}
    for written in (quote(raw, safe=""), quote(raw), quote_plus(raw)):
        found |= {written, re.sub(r"%..", lambda code: code[0].lower(), written)}
    for shift in range(3):
        encoded = base64.b64encode(b"\0" * shift + raw).decode()
        # The first and the last characters also depend on what is around the secret.
        start, end = (0, 2, 3)[shift], (shift + len(raw)) * 8 // 6
        found |= {encoded[start:end], encoded[start:end].replace("+", "-").replace("/", "_")}
    found |= {raw.hex(), raw.hex().upper()}
    return frozenset(one for one in found if len(one) >= _SHORTEST)
