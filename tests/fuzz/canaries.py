"""Plants secrets in plans, states and Terraform JSON, and finds them again in any form."""

import base64
import copy
import html
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, quote_plus

_FINGERPRINT = re.compile(r"\b[0-9a-f]{32,}\b")
_OURS = "aws_cognito_"

Steps = tuple[str | int, ...]


@dataclass(frozen=True)
class Canary:
    """A secret that no report would contain by chance.

    Attributes:
        value: The text or the number.
        traces: Parts of it that a report must not contain either.
    """

    value: str | int
    traces: tuple[str, ...]

    @property
    def text(self) -> str:
        """The value as a text."""
        return str(self.value)

    def found_in(self, output: str) -> str:
        """Return the first form of it that *output* contains, or nothing."""
        without = _FINGERPRINT.sub("", output)
        lower = without.lower()
        for trace in (*self.traces, *_plain_forms(self.text)):
            if trace.lower() in lower:
                return trace
        for encoded in _encoded_forms(self.text):
            if encoded in without:
                return encoded
        return ""


def _plain_forms(text: str) -> Iterator[str]:
    yield text
    yield json.dumps(text)[1:-1]
    yield html.escape(text)
    yield quote(text, safe="")
    yield quote_plus(text)


def _encoded_forms(text: str) -> Iterator[str]:
    raw = text.encode()
    if len(raw) < 6:
        return
    yield raw.hex()
    yield raw.hex().upper()
    for shift in range(3):
        written = base64.b64encode(b"\0" * shift + raw).decode()
        middle = written[(0, 2, 3)[shift] : (shift + len(raw)) * 8 // 6]
        yield middle
        yield middle.replace("+", "-").replace("/", "_")


LONG_FORMS = ("long", "odd")
"""Forms of which a copy can be found in another place."""

FORMS = (*LONG_FORMS, "short", "number", "small number")


def canary_of(number: int, form: str) -> Canary:
    """Return the secret with *number*, below 1,000: as long as the others of its form."""
    core = f"Zq{number:04d}Xw"
    texts = {
        "long": f"{core}-and-more",
        "odd": f'{core} "it\'s"\n100%ß\\',
        "short": f"Ƶ{chr(0x250 + number)}ɮ",
    }
    if form in texts:
        return Canary(texts[form], (texts[form] if form == "short" else core,))
    value = (4_000 if form == "small number" else 900_000) + 7 * number
    return Canary(value, (f"{value:,}",))


ENCODINGS: Mapping[str, Callable[[str], str]] = {
    "plain": lambda text: text,
    "inside": lambda text: f"before {text} after",
    "base64": lambda text: base64.b64encode(f"user:{text}".encode()).decode(),
    "base64, one further": lambda text: base64.b64encode(f"users:{text}!".encode()).decode(),
    "base64url": lambda text: base64.urlsafe_b64encode(f"us:{text}".encode()).decode().rstrip("="),
    "hex": lambda text: text.encode().hex(),
    "json": lambda text: json.dumps({"note": text}),
    "url": lambda text: f"https://app.example/cb?note={quote(text, safe='')}",
    "form": lambda text: f"a=1&note={quote_plus(text)}",
}
"""How another place may contain a copy of a secret."""


def leaves(value: Any, path: Steps = ()) -> Iterator[Steps]:
    """Walk through the places of the plain values in *value*."""
    if isinstance(value, dict) and value:
        for name, inner in value.items():
            yield from leaves(inner, (*path, name))
    elif isinstance(value, list) and value:
        for at, inner in enumerate(value):
            yield from leaves(inner, (*path, at))
    elif value is not None:
        yield path


def containers(value: Any, path: Steps = ()) -> Iterator[Steps]:
    """Walk through the places of the objects and lists in *value*."""
    if path and isinstance(value, dict | list):
        yield path
    for step, inner in (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    ):
        yield from containers(inner, (*path, step))


def at(value: Any, path: Sequence[str | int]) -> Any:
    """Return what is at *path*."""
    for step in path:
        value = value[step]
    return value


def put(value: Any, path: Steps, new: object) -> None:
    """Set what is at *path*."""
    at(value, path[:-1])[path[-1]] = new


def marked(path: Steps) -> Any:
    """Return the marks of a value at *path*, as Terraform writes them."""
    if not path:
        return True
    first, rest = path[0], path[1:]
    if isinstance(first, str):
        return {first: marked(rest)}
    return [{}] * first + [marked(rest)] if rest else True


def joined(one: Any, other: Any) -> Any:
    """Return the marks of both."""
    if one is True or other is True:
        return True
    if isinstance(one, dict) and isinstance(other, dict):
        return {
            name: joined(one.get(name) or {}, other.get(name) or {}) for name in {**one, **other}
        }
    if isinstance(one, list) and isinstance(other, list):
        length = max(len(one), len(other))
        pad: list[Any] = [{}] * length
        return [joined(*pair) for pair in zip((one + pad)[:length], (other + pad)[:length])]  # noqa: B905
    return one or other


def like(old: object, canary: Canary) -> object:
    """Return the canary as a value of the kind of *old*, as the provider's schema wants it."""
    if isinstance(old, bool):
        return not old
    if isinstance(old, int | float) and isinstance(canary.value, int):
        return canary.value
    return canary.text


def of_state(plan: Mapping[str, Any]) -> dict[str, Any]:
    """Return the state after *plan*, as `terraform show -json` prints it."""
    resources = [
        {
            **{
                key: entry[key]
                for key in ("address", "mode", "type", "name", "index")
                if key in entry
            },
            "values": change["after"],
            "sensitive_values": change.get("after_sensitive") or {},
        }
        for entry in plan["resource_changes"]
        if isinstance((change := entry["change"]).get("after"), dict)
    ]
    outputs = {
        name: {"sensitive": change.get("after_sensitive") is True, "value": change.get("after")}
        for name, change in plan.get("output_changes", {}).items()
    }
    return {
        "format_version": "1.0",
        "values": {"outputs": outputs, "root_module": {"resources": resources}},
    }


def ours(plan: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the changes of Cognito's resources that have values after the apply."""
    return [
        entry
        for entry in plan["resource_changes"]
        if entry["type"].startswith(_OURS) and isinstance(entry["change"].get("after"), dict)
    ]


def copied(document: Any) -> Any:
    """Return a copy that can be changed."""
    return copy.deepcopy(document)
