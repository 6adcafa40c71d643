"""The command line, `constructs-auth`, with its commands."""

import argparse
import gc
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import NoReturn

from constructs_auth.adopt import command as adopting
from constructs_auth.app_config import command as configuring
from constructs_auth.errors import UnreadableError
from constructs_auth.handoff import command as handing_over
from constructs_auth.report.characters import one_line
from constructs_auth.report.exit_codes import (
    BROKEN,
    CLOSED_PIPE,
    INTERRUPTED,
    UNREADABLE,
    WRONG_USE,
)
from constructs_auth.report.output import abandon_stdout, complain, prepare_streams
from constructs_auth.review import catalogue as listing, command as reviewing
from constructs_auth.review.registry import CHANGE_RULES
from constructs_auth.rules import command as judging

_EXIT_CODES = """exit codes:
  0  no finding at the level of --fail-on
  1  findings at that level
  2  invalid arguments
  3  the input cannot be read, or Terraform failed to plan"""
_HANDOFF_EXIT_CODES = """exit codes:
  0  written, or with --check: up to date
  1  with --check: not up to date
  2  invalid arguments, or a folder that the hand-off must not write to
  3  the stack cannot be read, or must not be handed over"""

_ADOPT_EXIT_CODES = """exit codes:
  0  written; and if it was verified, the plan is empty
  1  written, but the plan is not empty
  2  invalid arguments, or a folder that is not empty
  3  the input cannot be read, or the program cannot be planned"""

_APP_CONFIG_EXIT_CODES = """exit codes:
  0  written
  2  invalid arguments
  3  the input has no output of the format, or several"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command in *arguments*, and return its exit code.

    Args:
        arguments: By default those of the process.
    """
    prepare_streams()
    parser = _parser()
    given = sys.argv[1:] if arguments is None else arguments
    if any("\0" in argument for argument in given):
        parser.error("an argument must not contain NUL; give it without")
    parsed = parser.parse_args(given)
    try:
        with _without_garbage_collection():
            code: int = parsed.run(parsed)
        sys.stdout.flush()
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - see _ended_by
        return _ended_by(error, parsed.command)
    return code


def _ended_by(error: BaseException, command: str) -> int:
    """Print why *error* ended a command, on one line, and return the exit code.

    What nobody expected has no traceback either: it could show values of a plan.
    """
    match error:
        case UnreadableError():
            return _failed(command, str(error))
        case RecursionError() | MemoryError():
            why = "the input must be smaller and nested less deeply; give a part of it"
            return _failed(command, why)
        case BrokenPipeError():
            abandon_stdout()
            return CLOSED_PIPE
        case OSError():
            abandon_stdout()
            what = str(error.filename or "standard output")
            why = f"cannot be read or written ({error.strerror})"
            remedy = "correct this and try again"
            return _failed(command, str(UnreadableError(what, why, remedy=remedy)))
        case KeyboardInterrupt():
            return _failed(command, "interrupted; nothing is left half written", INTERRUPTED)
        case _:
            why = f"an error of its own, {_place(error)}; report it with this line"
            return _failed(command, why, BROKEN)


def _place(error: BaseException) -> str:
    """Return what *error* is and where it arose, without its message, which may hold a value."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "constructs_auth" in frame.filename]
    frame = (own or frames)[-1]
    return f"{type(error).__name__} at {Path(frame.filename).name}:{frame.lineno}"


def _failed(command: str, why: str, code: int = UNREADABLE) -> int:
    """Print why a command failed, on standard error, and return the exit code."""
    with suppress(OSError):
        complain(f"constructs-auth {command}: {why}")
    return code


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Disable garbage collection of cycles: a command's many objects live until it ends.

    Collection would take a sixth of the time of a review of 2,000 resources.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with the arguments on one line, on which a log does not act."""

    def error(self, message: str) -> NoReturn:
        """Print how the command is used, and *message*; exit with 2."""
        self.print_usage(sys.stderr)
        complain(one_line(f"{self.prog}: error: {message}"))
        self.exit(WRONG_USE)


@cache
def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="constructs-auth",
        description="Check, hand over and review Terraform of Amazon Cognito.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    check = commands.add_parser(
        "check",
        help="report what Cognito will reject, and what is insecure",
        description="Check Terraform of Cognito: report what Cognito will reject, and what is "
        "insecure.",
        epilog=_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    judging.add_check_arguments(check)
    names = frozenset(name for rule in CHANGE_RULES for name in (rule.id, rule.slug))
    check.set_defaults(run=judging.check, change_rules=names)
    rules = commands.add_parser(
        "rules",
        help="list the rules, or explain one",
        description="List the rules of `check` and the change rules of `review`, or explain one "
        "with its source.",
    )
    listing.add_arguments(rules)
    rules.set_defaults(run=listing.run)
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
        help="report what a plan does to users and applications",
        description="Review a plan: report what it deletes, breaks and weakens.",
        epilog=_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    reviewing.add_arguments(review)
    review.set_defaults(run=reviewing.run)
    adopt = commands.add_parser(
        "adopt",
        help="write a Python program for a user pool that exists",
        description="Write a Python program for a system that exists: its constructs import it, "
        "and their plan is empty.",
        epilog=_ADOPT_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    adopting.add_arguments(adopt)
    adopt.set_defaults(run=adopting.run)
    app_config = commands.add_parser(
        "app-config",
        help="write the configuration that an application reads",
        description="Write the configuration of an application, which an `AppConfiguration` of the "
        "program defined: read `terraform output -json` from standard input.",
        epilog=_APP_CONFIG_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    configuring.add_arguments(app_config)
    app_config.set_defaults(run=configuring.run)
    return parser
