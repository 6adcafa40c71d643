"""What this package raises on purpose."""

from collections.abc import Sequence
from dataclasses import dataclass

_LONGEST = 200


class ConstructsAuthError(Exception):
    """Any error that this package raises on purpose."""


class InvalidValueError(ConstructsAuthError, ValueError):
    """One value breaks a rule; raised at the line that wrote the value.

    The text reads `subject: rule, got value; what to do`.

    Args:
        subject: Which value, as the reader wrote it: `PasswordPolicy.minimum_length`.
        rule: What has to hold, as a phrase: `must be from 6 to 99`.
        got: The value itself. Never a secret.
        remedy: What to do about it.
    """

    def __init__(self, subject: str, rule: str, *, got: object, remedy: str) -> None:
        super().__init__(f"{subject}: {rule}, got {_shown(got)}; {remedy}")
        self.subject = subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong with a stack as a whole.

    Attributes:
        path: The path of the construct: `auth/users`.
        text: The rule, the value, and what to do.
        source: The line of the program that made the construct: `main.py:42`; empty where that
            is not known.
    """

    path: str
    text: str
    source: str = ""

    def __str__(self) -> str:
        """Write it as one line, without the line of the program."""
        return f"{self.path}: {self.text}"

    def with_source(self) -> str:
        """Write it as one line that leads to the line of the program."""
        source = f" ({self.source})" if self.source else ""
        return f"{self.path}{source}: {self.text}"


class SynthesisError(ConstructsAuthError):
    """Combinations that cannot work, found when the app is synthesized, all of them at once.

    Attributes:
        problems: The problems, in the order of the construct tree.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        lines = "\n".join(f"  {problem.with_source()}" for problem in problems)
        super().__init__(f"{count} found, nothing was written:\n{lines}")
        self.problems = tuple(problems)


class UnreadableError(ConstructsAuthError):
    """A file or a folder that is not what it should be; the text says which, and what to do."""

    def __init__(self, subject: str, rule: str, *, remedy: str) -> None:
        super().__init__(f"{subject}: {rule}; {remedy}")


def _shown(value: object) -> str:
    """Write *value* as Python does, an overlong one by its beginning."""
    written = repr(value)
    return written if len(written) <= _LONGEST else f"{written[:_LONGEST]}…"


class HandoffError(ConstructsAuthError):
    """A hand-off that is refused; nothing was written.

    The text reads `subject: rule; what to do`, and never holds a value.
    """

    def __init__(self, subject: str, rule: str, *, remedy: str) -> None:
        super().__init__(f"{subject}: {rule}; {remedy}")


class ForeignFolderError(HandoffError):
    """A folder that this package did not write, or that was edited since."""


class NotTerraformError(UnreadableError):
    """JSON that Terraform would not read; the subject is its path."""


class LiteralSecretError(UnreadableError):
    """A secret stands in the Terraform itself; the subject is its path."""
