"""The option `--fail-on`, which has the same words in each command that reports findings."""

import argparse

from constructs_auth.report.words import one_of
from constructs_auth.rules.rule import Severity

NEVER = "never"
"""The value with which no finding causes exit code 1."""

WORDS: tuple[str, ...] = (*Severity, NEVER)
"""The words of the option: each severity, the worst first, and `never`."""


def add_fail_on(parser: argparse.ArgumentParser) -> None:
    """Add `--fail-on` to *parser*, with the default `high`."""
    parser.add_argument(
        "--fail-on",
        type=one_of(WORDS),
        default=str(Severity.HIGH),
        metavar="SEVERITY",
        help=f"exit with 1 if a finding is this severe or worse: {', '.join(WORDS)} "
        "(default: %(default)s)",
    )


def fails(worst: Severity | None, fail_on: str) -> bool:
    """Return whether *worst* reaches the level *fail_on*.

    Args:
        worst: The highest severity of the findings, or `None` if there are none.
        fail_on: One of `WORDS`.
    """
    return worst is not None and fail_on != NEVER and worst.is_at_least(Severity(fail_on))
