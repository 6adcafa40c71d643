"""Evaluates expressions of Terraform that refer to nothing else, many at once.

Each expression is a complete text: literals, other expressions (`local.k7`), typed values
(`var.v3`) or `var.u`, a value that is not known, replace its references. A result that depends on
`var.u` is not known either: the evaluator has Terraform's own rules for that. `jsonencode` around
each expression distinguishes known values from others, and keeps the digits of numbers. It must be
in parentheses, because `tfparse` invents a value for a bare call that it cannot evaluate.
"""

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from enum import Enum
from pathlib import Path
from threading import Timer
from typing import Final, Self

from constructs_auth.errors import UnreadableError
from constructs_auth.terraform.json_text import parse_text

UNKNOWN_TEXT: Final = "var.u"
_INTERNED = 60
"""Characters; a longer expression gets a name."""
_ERROR = re.compile(r"main\.tf:(\d+),(\d+)-[\d,-]*: ([^;]*)")
_NAME = re.compile(r"\b(?:local\.k|var\.v)\d+\b")
_SECONDS: Final = 20
_MOST_CRASHES: Final = 15
"""The number of crashes to accept: enough to find one expression among thousands."""
_MOST_SECONDS_LOST: Final = 30
"""The seconds to spend on expressions that take too long: enough for one or two of them."""
_MOST_AT_ONCE: Final = 4_000


class NotKnown(Enum):
    """The result of an expression that depends on an unknown value."""

    YET = "not known"


class PendingError(Exception):
    """A needed value is evaluated only with the next batch."""


class Evaluator:
    """Evaluates expressions, each only once."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._definitions: dict[str, str] = {}
        self._answers: dict[str, object] = {}
        self._wanted: dict[str, None] = {}
        self._process: subprocess.Popen[str] | None = None
        self._crashes = 0
        self._lost = 0.0
        self.has_failed = False

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the process of the evaluator."""
        self._end()

    def named(self, text: str) -> str:
        """Return a short expression that means *text*."""
        if len(text) <= _INTERNED:
            return f"({text})" if "\n" not in text else f"({text}\n)"
        name = self._names.get(text)
        if name is None:
            number = f"k{len(self._names)}"
            name = self._names[text] = f"local.{number}"
            self._definitions[name] = f"locals {{\n{number} = ({text}\n)\n}}\n"
        return name

    def typed(self, value: str, kind: str) -> str:
        """Return an expression that means the literal *value*, converted to the type *kind*."""
        key = f"{kind}\0{value}"
        name = self._names.get(key)
        if name is None:
            number = f"v{len(self._names)}"
            name = self._names[key] = f"var.{number}"
            definition = f'variable "{number}" {{\ntype = {kind}\ndefault = {value}\n}}\n'
            self._definitions[name] = definition
        return name

    def value(self, text: str) -> object:
        """Return the value of *text* as JSON, or `NotKnown.YET`.

        Raises:
            PendingError: It is evaluated with the next batch.
        """
        try:
            return self._answers[text]
        except KeyError:
            self._wanted[text] = None
            raise PendingError from None

    def syntax_error(self, file: str) -> tuple[int, int, str] | None:
        """Return the line, the column and the text of the first error in *file*, a whole file.

        The text is empty if there is none. `None` means that it is not known.
        """
        answer = self._say(file)
        if answer is not None and "error" not in answer:
            return 0, 0, ""
        found = _ERROR.search(str(answer.get("error", ""))) if answer else None
        return (int(found[1]), int(found[2]), found[3]) if found else None

    def start(self) -> None:
        """Start the process, unless it runs."""
        if self._process is None and not self.has_failed:
            try:
                self._process = subprocess.Popen(  # noqa: S603 - this program
                    # -P: nothing in the folder that is checked must be imported.
                    [sys.executable, "-P", str(Path(__file__).with_name("worker.py"))],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    text=True,
                    encoding="utf-8",
                )
            except OSError:
                self.has_failed = True

    def evaluate(self) -> None:
        """Evaluate all requested expressions."""
        wanted = list(self._wanted)
        self._wanted.clear()
        for start in range(0, len(wanted), _MOST_AT_ONCE):
            self._evaluate(wanted[start : start + _MOST_AT_ONCE])

    def _evaluate(self, texts: Sequence[str]) -> None:
        found = self._ask(texts)
        if found is not None:
            for at, text in enumerate(texts):
                self._answers[text] = _read(found.get(f"q{at}"))
        elif len(texts) == 1:
            self._answers[texts[0]] = NotKnown.YET
        else:  # one of them is not valid, or ends the evaluator
            half = len(texts) // 2
            self._evaluate(texts[:half])
            self._evaluate(texts[half:])

    def _ask(self, texts: Sequence[str]) -> dict[str, object] | None:
        lines = [f"q{at} = (jsonencode({text}\n))\n" for at, text in enumerate(texts)]
        file = "".join(
            (
                'variable "u" {}\n',
                *self._needed(texts),
                "locals {\n",
                *lines,
                'qok = ("ok")\n}\n',
            )
        )
        answer = self._say(file)
        return answer if answer is not None and "qok" in answer else None

    def _needed(self, texts: Iterable[str]) -> Iterator[str]:
        seen: set[str] = set()
        open_names = [name for text in texts for name in _NAME.findall(text)]
        while open_names:
            name = open_names.pop()
            definition = self._definitions.get(name)
            if name not in seen and definition is not None:
                seen.add(name)
                yield definition
                open_names += _NAME.findall(definition)

    def _say(self, file: str) -> dict[str, object] | None:
        self.start()
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            return None
        answer = ""
        started = time.monotonic()
        timer = Timer(_SECONDS, process.kill)
        timer.start()
        with suppress(OSError, ValueError):
            process.stdin.write(json.dumps(file) + "\n")
            process.stdin.flush()
            answer = process.stdout.readline()
        timer.cancel()
        try:
            found = json.loads(answer)
        except ValueError:
            self._end()
            self._crashes += 1
            self._lost += time.monotonic() - started
            self.has_failed = self._crashes >= _MOST_CRASHES or self._lost > _MOST_SECONDS_LOST
            return None
        return found if isinstance(found, dict) else None

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(OSError):
            if process.stdin is not None:
                process.stdin.close()
        if process.stdout is not None:
            process.stdout.close()
        try:
            process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _read(answer: object) -> object:
    """Read the result of `jsonencode`; a result that is not a text is not known."""
    if not isinstance(answer, str):
        return NotKnown.YET
    try:
        return parse_text(answer, "", remedy="")
    except UnreadableError:  # marked as sensitive, or a number that is too long
        return NotKnown.YET
