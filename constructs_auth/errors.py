"""The errors of this package."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_LONGEST = 200
_LONGEST_PART = 600


class ConstructsAuthError(Exception):
    """The base class of this package's errors."""


class InvalidValueError(ConstructsAuthError, ValueError):
    """A value that breaks a rule, raised where the program sets the value.

    The text is `subject: rule, got value; remedy`.

    Args:
        subject: The name of the value in the program: `PasswordPolicy.minimum_length`.
        rule: The rule, as a phrase: `must be a whole number`.
        got: The value itself. Never a secret.
        remedy: How to fix it.
    """

    def __init__(self, subject: str, rule: str, *, got: object, remedy: str) -> None:
        super().__init__(f"{subject}: {rule}, got {_shown(got)}; {remedy}")
        self.subject = subject


class UnknownKeywordError(ConstructsAuthError, TypeError):
    """An argument that a class or a method does not have, raised where the program gives it.

    Args:
        subject: The class or the method: `UserPool`, `UserPool.add_client`.
        got: The argument.
        known: The arguments that there are.
    """

    def __init__(self, subject: str, *, got: str, known: Iterable[str]) -> None:
        known = tuple(known)
        close = _close_to(got, known)
        if close:
            remedy = f"did you mean {' or '.join(close)}?"
        else:
            remedy = f"choose from {', '.join(known)}" if known else "leave it out"
        super().__init__(f"{subject}: must be given known arguments, got {_shown(got)}; {remedy}")
        self.subject = subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One problem of a stack as a whole.

    Attributes:
        path: The path of the construct: `auth/users`.
        text: The rule, the value and the remedy.
        source: The source line that defines the construct: `main.py:42`; empty if unknown.
    """

    path: str
    text: str
    source: str = ""

    def __str__(self) -> str:
        """Return one line, without the source line."""
        return f"{self.path}: {self.text}"

    def with_source(self) -> str:
        """Return one line, with the source line."""
        source = f" ({self.source})" if self.source else ""
        return f"{self.path}{source}: {self.text}"


class SynthesisError(ConstructsAuthError):
    """All combinations that cannot work, reported together at synthesis.

    Attributes:
        problems: The problems, in the order of the construct tree.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        lines = "\n".join(f"  {problem.with_source()}" for problem in problems)
        super().__init__(f"{count} found, nothing was written:\n{lines}")
        self.problems = tuple(problems)


class NodeNotFoundError(ConstructsAuthError):
    """No Node.js works; the text is one line, `subject: rule, got value; remedy`."""

    def __init__(self, subject: str, rule: str, *, got: str, remedy: str) -> None:
        super().__init__(f"{subject}: {rule}, got {got}; {remedy}")


class UnreadableError(ConstructsAuthError):
    """A file or a folder that is not as expected; the text names it and the remedy."""

    def __init__(self, subject: str, rule: str, *, remedy: str) -> None:
        super().__init__(f"{_one_line(subject)}: {_one_line(rule)}; {remedy}")


def _shown(value: object) -> str:
    """Return the `repr` of *value*, cut if it is too long."""
    try:
        written = repr(value)
    except ValueError:  # Python writes no number of more than 4,300 digits
        return f"one of type {type(value).__name__} that is too long to write"
    return written if len(written) <= _LONGEST else f"{written[:_LONGEST]}…"


def _close_to(got: str, known: Iterable[str]) -> list[str]:
    """Return the words that *got* may stand for: a part of one, or nearly one; at most three."""
    from difflib import get_close_matches  # noqa: PLC0415 - only for an error

    parts = [word for word in known if got and (got in word or word in got)]
    return list(dict.fromkeys([*get_close_matches(got, known), *parts]))[:3]


def _one_line(part: str) -> str:
    """Return *part* of a message on one line, cut in the middle if it is too long."""
    line = " ".join(part.splitlines())
    half = _LONGEST_PART // 2
    return line if len(line) <= _LONGEST_PART else f"{line[:half]}…{line[-half:]}"


class HandoffError(ConstructsAuthError):
    """A hand-off that failed; nothing was written.

    The text is `subject: rule; remedy`, and never contains a value.
    """

    def __init__(self, subject: str, rule: str, *, remedy: str) -> None:
        super().__init__(f"{_one_line(subject)}: {_one_line(rule)}; {remedy}")


class ForeignFolderError(HandoffError):
    """A folder that this package did not write, or that was edited since."""


class NotTerraformError(UnreadableError):
    """JSON that Terraform cannot read; the subject is its path."""


class LiteralSecretError(UnreadableError):
    """A secret as plain text in the Terraform configuration; the subject is its path."""
