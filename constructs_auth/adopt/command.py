"""The command `constructs-auth adopt`: an existing system as a Python program."""

import argparse
import re
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from constructs_auth.adopt.backend import backend_argument
from constructs_auth.adopt.inputs import Input, read_input
from constructs_auth.adopt.live import read_live
from constructs_auth.adopt.page import page
from constructs_auth.adopt.parts import System
from constructs_auth.adopt.processes import find_terraform
from constructs_auth.adopt.program import program
from constructs_auth.adopt.system import others_than, read_system, refuse_marked_details
from constructs_auth.adopt.verify import Difference, VerificationError, verify
from constructs_auth.errors import UnreadableError
from constructs_auth.project.files import GITIGNORE, cdktf_json
from constructs_auth.project.folder import create_files
from constructs_auth.report.characters import log_text
from constructs_auth.report.counts import counted
from constructs_auth.report.exit_codes import DONE, FINDINGS, UNREADABLE, WRONG_USE
from constructs_auth.report.output import complain, tell_progress, tell_written
from constructs_auth.rules.judge import judge
from constructs_auth.rules.profile import STANDARD
from constructs_auth.rules.registry import RULES
from constructs_auth.terraform.counterpart import secrets_of
from constructs_auth.terraform.state_json import read_state

_NAME = re.compile(r"[A-Za-z][\w-]*", re.ASCII)
_LONGEST_OUTPUT = 2_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `adopt`."""
    parser.add_argument(
        "input",
        nargs="?",
        metavar="INPUT",
        help="what has the user pool: a state or a plan, as `terraform show -json` or `terraform "
        "state pull` prints it; the folder in which Terraform is initialized; or - for standard "
        "input. Without it, the pool is read from AWS: give --user-pool-id and --region",
    )
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FOLDER", help="a new or empty folder to write"
    )
    parser.add_argument(
        "--user-pool-id",
        default="",
        metavar="ID",
        help="adopt this pool and what belongs to it; by default all pools of the state",
    )
    parser.add_argument(
        "--region", default="", metavar="REGION", help="the region of the pool, without INPUT"
    )
    parser.add_argument(
        "--same-state",
        action="store_true",
        help="take over the state of INPUT, without imports; the program must define everything "
        "in it. By default the program imports the resources into its own state",
    )
    parser.add_argument(
        "--stack",
        default="auth",
        type=_stack_name,
        metavar="NAME",
        help="the name of the stack in the program (default: %(default)s)",
    )
    parser.add_argument(
        "--no-verify",
        dest="verify",
        action="store_false",
        help="do not plan the program; by default it is planned if terraform is on the PATH",
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the program, and prove that its plan is empty; return the exit code.

    Raises:
        UnreadableError: The input is not a state with a user pool, or cannot be read.
    """
    out = _checked_folder(arguments)
    if out is None or not _are_possible(arguments):
        return WRONG_USE
    given = _input(arguments)
    name = arguments.input or arguments.user_pool_id
    system, texts = _written(given, name, arguments)
    report = judge(given.configuration, rules=RULES, profile=STANDARD, today=date.max)
    files: dict[str, str | bytes] = {
        **texts,
        "cdktf.json": cdktf_json(arguments.stack),
        ".gitignore": GITIGNORE,
        "ADOPTION.md": page(system, report, stack=arguments.stack, secrets=given.secrets),
    }
    for part in system.parts:
        files.update(part.files)
    create_files(out, files)
    written, in_files = (
        (out, f" in {len(texts)} files") if len(texts) > 1 else (out / "main.py", "")
    )
    tell_written(f"{written}: {counted(len(system.parts), 'construct')}{in_files}")
    if given.pending:
        _say(f"the plan has changes, which the program leaves out: {', '.join(given.pending)}")
    left = [*(one.address for one in system.left), *system.unread]
    if left:
        _say(f"not covered, see ADOPTION.md: {', '.join(left)}")
    could_keep = arguments.input is not None and not system.keeps_state
    if could_keep and not others_than(system, given.configuration):
        _say("the program defines everything in the state: --same-state takes the state over")
    return _verified(out, system) if arguments.verify else DONE


def _checked_folder(arguments: argparse.Namespace) -> Path | None:
    """Return the folder to write, or print an error."""
    wrong = "constructs-auth adopt: --out: must be the name of a folder; name another one"
    out: Path = arguments.out
    if "\0" in str(out):
        complain(wrong)
        return None
    try:
        out = out.resolve()
    except (OSError, RuntimeError):
        complain(wrong)
        return None
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        complain(
            f"constructs-auth adopt: --out: must be a new or an empty folder, got {out}; "
            "name another folder"
        )
        return None
    return out


def _are_possible(arguments: argparse.Namespace) -> bool:
    """Return whether the arguments fit together, or print an error."""
    error = ""
    if arguments.input is not None and arguments.region:
        error = "--region: must be left out with INPUT, whose pools name their region; leave it out"
    elif arguments.input is None and not (arguments.user_pool_id and arguments.region):
        error = (
            "INPUT: must be given, or --user-pool-id and --region; give the state that has the pool"
        )
    elif arguments.input is None and arguments.same_state:
        error = (
            "--same-state: needs INPUT, the state to take over; give it, or leave the option out"
        )
    if error:
        complain(f"constructs-auth adopt: {error}")
    return not error


def _written(
    given: Input, name: str, arguments: argparse.Namespace
) -> tuple[System, Mapping[str, str]]:
    """Return the parts of the program, and its files."""
    keeps_state: bool = arguments.same_state
    if keeps_state and given.backend is not None and given.backend.workspace != "default":
        raise UnreadableError(
            name,
            f"must be of the workspace default for --same-state, got {given.backend.workspace}",
            remedy="leave out --same-state",
        )
    try:
        system = read_system(
            given.configuration,
            file=name,
            pool=arguments.user_pool_id,
            stack=arguments.stack,
            keeps_state=keeps_state,
        )
        refuse_marked_details(system, name)
        backend = backend_argument(given.backend, stack=arguments.stack, keeps_state=keeps_state)
        system = replace(system, backend=backend, unread=given.unread)
        return system, program(system, stack=arguments.stack)
    except UnreadableError:
        raise
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        raise UnreadableError(
            name,
            "must have the values that the AWS provider reads, and no text with TfToken[",
            remedy="give the state after an apply",
        ) from None


def _input(arguments: argparse.Namespace) -> Input:
    """Read the state or the plan, or the pool in AWS."""
    if arguments.input is None:
        return _live(arguments.user_pool_id, arguments.region)
    return read_input(arguments.input)


def _live(pool_id: str, region: str) -> Input:
    terraform = find_terraform()
    if terraform is None:
        raise UnreadableError(
            "--user-pool-id",
            "needs terraform on the PATH to read the pool",
            remedy="install Terraform, or give a state",
        )
    tell_progress("reading the pool from AWS")
    with tempfile.TemporaryDirectory() as work:
        found = read_live(pool_id, region, work=Path(work), terraform=terraform)
    return Input(
        configuration=read_state(found.state, file=pool_id),
        secrets=secrets_of(found.state),
        unread=found.unread,
    )


def _stack_name(text: str) -> str:
    if not _NAME.fullmatch(text):
        raise argparse.ArgumentTypeError(f"must be a name such as auth, got {text!r}")
    return text


def _say(text: str) -> None:
    """Print *text* without characters that a terminal or a log would interpret."""
    sys.stdout.write(f"{log_text(text)}\n")


def _verified(out: Path, system: System) -> int:
    terraform = find_terraform()
    if terraform is None:
        sys.stdout.write("not verified: there is no terraform on the PATH\n")
        return DONE
    tell_progress("planning the program against a copy of the state")
    with tempfile.TemporaryDirectory() as work:
        try:
            differences = verify(out, system, work=Path(work), terraform=terraform)
        except VerificationError as error:
            complain(f"constructs-auth adopt: not verified: {error.what}")
            for line in error.output.strip()[-_LONGEST_OUTPUT:].splitlines():
                complain(f"  {line}")
            return UNREADABLE
    if not differences:
        sys.stdout.write("verified: 0 to add, 0 to change, 0 to destroy\n")
        return DONE
    for line in _lines(differences):
        _say(line)
    return FINDINGS


def _lines(differences: Sequence[Difference]) -> Sequence[str]:
    return [
        "the plan is not empty:",
        *(
            f"  {one.action} {one.address}"
            + (f": {', '.join(one.arguments)}" if one.arguments else "")
            for one in differences
        ),
    ]
