"""Type constraints of variables, as far as parts of their values need them."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

_OPEN: Final = "([{"
_CLOSE: Final = ")]}"


@lru_cache
def type_inside(kind: str, key: str) -> str | None:
    """Return the type of the element *key* of a value of the type *kind*; `None` if unknown."""
    name, _, rest = kind.partition("(")
    inner = rest.removesuffix(")").strip()
    if name.strip() in {"map", "list", "set"}:
        return inner or None
    if name.strip() != "object" or not inner.startswith("{") or "#" in inner or "//" in inner:
        return None
    for part in _parts(inner[1:-1]):
        field, _, found = part.partition("=")
        if field.strip() == key:
            found = found.strip()
            if found.startswith("optional("):
                found = next(_parts(found.removeprefix("optional(").removesuffix(")")), "").strip()
            return found or None
    return None


def _parts(text: str) -> Iterator[str]:
    """Split *text* at the commas and line ends outside brackets and quotes."""
    depth, start, is_quoted = 0, 0, False
    for at, character in enumerate(text):
        if character == '"' and text[at - 1 : at] != "\\":
            is_quoted = not is_quoted
        elif is_quoted:
            continue
        elif character in _OPEN:
            depth += 1
        elif character in _CLOSE:
            depth -= 1
        elif character in ",\n" and depth == 0:
            yield text[start:at]
            start = at + 1
    yield text[start:]
