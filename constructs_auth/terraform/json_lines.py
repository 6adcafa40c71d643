"""Finds the line of each object in a JSON text, which Python's reader does not tell."""

import json
import re
from collections.abc import Mapping

_PIECE = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],]|\n', re.DOTALL)

Path = tuple[str, ...]


def lines_of(text: str, *, depth: int) -> Mapping[Path, int]:
    """Give the line, from 1, of each key down to *depth* objects; the first of equal ones.

    Lists do not count: `{"resource": [{"a": {}}]}` has the path `("resource", "a")`. *text* must
    be JSON.
    """
    found: dict[Path, int] = {}
    keys: list[str | None] = []
    open_brackets: list[str] = []
    line, last = 1, ""
    for match in _PIECE.finditer(text):
        piece = match[0]
        if piece == "\n":
            line += 1
            continue
        if piece in "{[":
            open_brackets.append(piece)
            if piece == "{":
                keys.append(None)
        elif piece in "}]":
            open_brackets.pop()
            if piece == "}":
                keys.pop()
        elif piece != "," and open_brackets[-1:] == ["{"] and last in "{,":
            keys[-1] = json.loads(piece)
            path = tuple(key for key in keys if key is not None)
            if len(path) <= depth:
                found.setdefault(path, line)
        last = piece if piece in "{}[]," else "value"
        line += piece.count("\n")
    return found
