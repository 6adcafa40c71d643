# PYTHON_ARGCOMPLETE_OK
"""The command line, `constructs-auth`, with its commands."""

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Final, NoReturn

from constructs_auth._garbage import without_garbage_collection
from constructs_auth._version import __version__
from constructs_auth.errors import UnreadableError
from constructs_auth.report.characters import one_line
from constructs_auth.report.exit_codes import (
    BROKEN,
    CLOSED_PIPE,
    DONE,
    INTERRUPTED,
    UNREADABLE,
    WRONG_USE,
)
from constructs_auth.report.output import abandon_stdout, complain, prepare_streams

_OF_EVERY_COMMAND = """
 70  an error of constructs-auth itself
130  interrupted
141  the reader of standard output is gone, such as head"""
_EXIT_CODES = f"""exit codes:
  0  no finding at the level of --fail-on
  1  findings at that level
  2  invalid arguments
  3  the input cannot be read, or Terraform failed to plan{_OF_EVERY_COMMAND}"""
_RULES_EXIT_CODES = f"""exit codes:
  0  printed
  2  invalid arguments, or no such rule{_OF_EVERY_COMMAND}"""
_HANDOFF_EXIT_CODES = f"""exit codes:
  0  written, or with --check: up to date
  1  with --check: not up to date
  2  invalid arguments, or a folder that the hand-off must not write to
  3  the stack cannot be read, or must not be handed over{_OF_EVERY_COMMAND}"""

_ADOPT_EXIT_CODES = f"""exit codes:
  0  written; and if it was verified, the plan is empty
  1  written, but the plan is not empty
  2  invalid arguments, or a folder that is not empty
  3  the input cannot be read, or the program cannot be planned{_OF_EVERY_COMMAND}"""

_INIT_EXIT_CODES = f"""exit codes:
  0  written
  2  invalid arguments, or a folder that has one of the files already
  3  the folder cannot be written{_OF_EVERY_COMMAND}"""

_APP_CONFIG_EXIT_CODES = f"""exit codes:
  0  written
  2  invalid arguments
  3  the input has no output of the format, or several{_OF_EVERY_COMMAND}"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command in *arguments*, and return its exit code.

    Args:
        arguments: By default those of the process.
    """
    prepare_streams()
    if "_ARGCOMPLETE" in os.environ:
        return _complete()
    given = sys.argv[1:] if arguments is None else arguments
    parser = _parser(_command_in(given))
    if any("\0" in argument for argument in given):
        parser.error("an argument must not contain NUL; give it without")
    parsed = parser.parse_args(given)
    try:
        with without_garbage_collection():
            code: int = parsed.run(parsed)
        sys.stdout.flush()
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - see _ended_by
        return _ended_by(error, parsed.command)
    return code


def _command_in(words: Sequence[str]) -> str:
    """Return the command that *words* name, or an empty text."""
    first = next((word for word in words if not word.startswith("-")), "")
    return first if first in _COMMANDS else ""


def _complete() -> int:
    """Answer a shell that completes a command line; argcomplete then ends the process."""
    from constructs_auth import _completion  # noqa: PLC0415 - only for a shell

    _completion.complete(_parser(_command_in(_completion.words_so_far())))
    return DONE


def _ended_by(error: BaseException, command: str) -> int:
    """Print why *error* ended a command, on one line, and return the exit code.

    An unexpected error has no traceback either, because it could show values of a plan.
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
    """Return the type and the place of *error*, without its message, which may contain a value."""
    import traceback  # noqa: PLC0415 - only for an error

    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "constructs_auth" in frame.filename]
    frame = (own or frames)[-1]
    return f"{type(error).__name__} at {Path(frame.filename).name}:{frame.lineno}"


def _failed(command: str, why: str, code: int = UNREADABLE) -> int:
    """Print why a command failed, on standard error, and return the exit code."""
    with suppress(OSError):
        complain(f"constructs-auth {command}: {why}")
    return code


class _Parser(argparse.ArgumentParser):
    """Prints an error about the arguments on one line, without commands that a log would run."""

    def error(self, message: str) -> NoReturn:
        """Print how the command is used, and *message*; exit with 2."""
        self.print_usage(sys.stderr)
        complain(one_line(f"{self.prog}: error: {message}"))
        self.exit(WRONG_USE)


@cache
def _parser(command: str) -> argparse.ArgumentParser:
    """Return the parser; only *command* has its arguments, because each loads its own code."""
    parser = _Parser(
        prog="constructs-auth",
        description="Define, check, hand over and review Terraform of Amazon Cognito.",
        epilog="`constructs-auth COMMAND --help` describes a command and its exit codes.",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (summary, describe) in _COMMANDS.items():
        own = commands.add_parser(
            name, help=summary, formatter_class=argparse.RawDescriptionHelpFormatter
        )
        if name == command:
            describe(own)
    return parser


def _describe_check(parser: argparse.ArgumentParser) -> None:
    from constructs_auth.review.registry import CHANGE_RULES  # noqa: PLC0415 - of this command
    from constructs_auth.rules import command  # noqa: PLC0415 - of this command

    parser.description = (
        "Check Terraform of Cognito: report what Cognito will reject, and what is insecure."
    )
    parser.epilog = _EXIT_CODES
    command.add_check_arguments(parser)
    names = frozenset(name for rule in CHANGE_RULES for name in (rule.id, rule.slug))
    parser.set_defaults(run=command.check, change_rules=names)


def _describe_rules(parser: argparse.ArgumentParser) -> None:
    from constructs_auth.review import catalogue  # noqa: PLC0415 - of this command

    parser.description = (
        "List the rules of `check` and the change rules of `review`, or explain one with its "
        "source."
    )
    parser.epilog = _RULES_EXIT_CODES
    catalogue.add_arguments(parser)
    parser.set_defaults(run=catalogue.run)


def _describe_handoff(parser: argparse.ArgumentParser) -> None:
    from constructs_auth.handoff import command  # noqa: PLC0415 - of this command

    parser.description = (
        "Write a stack as a root module that needs no Python, no Node and no CDKTF."
    )
    parser.epilog = _HANDOFF_EXIT_CODES
    command.add_arguments(parser)
    parser.set_defaults(run=command.run)


def _describe_review(parser: argparse.ArgumentParser) -> None:
    from constructs_auth.review import command  # noqa: PLC0415 - of this command

    parser.description = "Review a plan: report what it deletes, breaks and weakens."
    parser.epilog = _EXIT_CODES
    command.add_arguments(parser)
    parser.set_defaults(run=command.run)


def _describe_adopt(parser: argparse.ArgumentParser) -> None:
    from constructs_auth.adopt import command  # noqa: PLC0415 - of this command

    parser.description = (
        "Write a Python program for a system that exists: its constructs import it, and their "
        "plan is empty."
    )
    parser.epilog = _ADOPT_EXIT_CODES
    command.add_arguments(parser)
    parser.set_defaults(run=command.run)


def _describe_init(parser: argparse.ArgumentParser) -> None:
    from constructs_auth.init import command  # noqa: PLC0415 - of this command

    parser.description = (
        "Write a new project: a program, its first test, and the settings of its tools."
    )
    parser.epilog = _INIT_EXIT_CODES
    command.add_arguments(parser)
    parser.set_defaults(run=command.run)


def _describe_app_config(parser: argparse.ArgumentParser) -> None:
    from constructs_auth.app_config import command  # noqa: PLC0415 - of this command

    parser.description = (
        "Write the configuration of an application, which an `AppConfiguration` of the program "
        "defined: read `terraform output -json` from standard input."
    )
    parser.epilog = _APP_CONFIG_EXIT_CODES
    command.add_arguments(parser)
    parser.set_defaults(run=command.run)


_COMMANDS: Final[Mapping[str, tuple[str, Callable[[argparse.ArgumentParser], None]]]] = {
    "init": ("write a new project that works at once", _describe_init),
    "check": ("report what Cognito will reject, and what is insecure", _describe_check),
    "rules": ("list the rules, or explain one", _describe_rules),
    "handoff": (
        "write a stack as a root module that needs no Python and no CDKTF",
        _describe_handoff,
    ),
    "review": ("report what a plan does to users and applications", _describe_review),
    "adopt": ("write a Python program for a user pool that exists", _describe_adopt),
    "app-config": ("write the configuration that an application reads", _describe_app_config),
}
"""The summary of each command, and the function that adds its arguments."""
