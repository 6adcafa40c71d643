"""The command line: `constructs-auth check`, `rules` and what else works on Terraform as data."""

import argparse
import gc
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from constructs_auth.errors import UnreadableError
from constructs_auth.handoff import command as handing_over
from constructs_auth.report.exit_codes import UNREADABLE
from constructs_auth.review import command as reviewing
from constructs_auth.rules import command as judging

_EXIT_CODES = """exit codes:
  0  nothing at the level asked for
  1  findings at that level
  2  wrong use
  3  what was given cannot be read, or Terraform refused the plan"""
_HANDOFF_EXIT_CODES = """exit codes:
  0  written, or with --check: up to date
  1  with --check: not up to date
  2  wrong use, or a folder that is not ours to write
  3  a stack that cannot be read, or must not be handed over"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that *arguments* name, and give its exit code.

    Args:
        arguments: By default those of the process.
    """
    parsed = _parser().parse_args(arguments)
    try:
        with _without_garbage_collection():
            code: int = parsed.run(parsed)
    except UnreadableError as error:
        sys.stderr.write(f"constructs-auth {parsed.command}: {error}\n")
        return UNREADABLE
    return code


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Spare a command the search for cycles: its many objects live to its end, with or without.

    Of the review of 2,000 resources that search would take a sixth.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="constructs-auth",
        description="Judge, hand over and review Terraform of Amazon Cognito.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    check = commands.add_parser(
        "check",
        help="say what Cognito will reject, and what is insecure",
        description="Judge Terraform of Cognito: what Cognito will reject, and what is insecure.",
        epilog=_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    judging.add_check_arguments(check)
    check.set_defaults(run=judging.check)
    rules = commands.add_parser(
        "rules",
        help="list the rules, or explain one",
        description="List the rules of `check`, or explain one with its reasons and sources.",
    )
    judging.add_rules_arguments(rules)
    rules.set_defaults(run=judging.rules)
    handoff = commands.add_parser(
        "handoff",
        help="write a stack as a root module that needs no Python and no CDKTF",
        description="Write a stack as a root module that needs no Python, no Node and no CDKTF.",
        epilog=_HANDOFF_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    handing_over.add_arguments(handoff)
    handoff.set_defaults(run=handing_over.run)
    review = commands.add_parser(
        "review",
        help="say what a plan does to the people who sign in",
        description="Review a plan: who loses what, what breaks, and what gets weaker.",
        epilog=_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    reviewing.add_arguments(review)
    review.set_defaults(run=reviewing.run)
    return parser
