"""The command `constructs-auth adopt`: an existing system as a Python program."""

import argparse
import re
import sys
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from constructs_auth.adopt.live import read_live
from constructs_auth.adopt.page import page
from constructs_auth.adopt.processes import find_terraform
from constructs_auth.adopt.program import program
from constructs_auth.adopt.system import System, read_system
from constructs_auth.adopt.verify import Difference, VerificationError, verify
from constructs_auth.errors import UnreadableError
from constructs_auth.report.characters import log_text
from constructs_auth.report.exit_codes import DONE, FINDINGS, UNREADABLE, WRONG_USE
from constructs_auth.report.output import complain
from constructs_auth.rules.judge import judge
from constructs_auth.rules.load import load
from constructs_auth.rules.profile import STANDARD
from constructs_auth.rules.registry import RULES
from constructs_auth.terraform.configuration import Configuration
from constructs_auth.terraform.state_json import read_state

_NAME = re.compile(r"[A-Za-z][\w-]*", re.ASCII)
_LONGEST_OUTPUT = 2_000

_CDKTF = """{{
  "language": "python",
  "app": "python main.py",
  "projectId": "{name}",
  "sendCrashReports": "false"
}}
"""
_IGNORED = """__pycache__/
.venv/
cdktf.out/
*.tfstate
*.tfstate.*
.terraform/
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `adopt`."""
    parser.add_argument(
        "input",
        nargs="?",
        metavar="INPUT",
        help="the state that has the user pool: the output of `terraform show -json` or of "
        "`terraform state pull`; or - for standard input. Without it, the pool is read from AWS: "
        "give --user-pool-id and --region",
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
    out: Path = arguments.out
    if arguments.input is not None and arguments.region:
        complain(
            "constructs-auth adopt: --region: must be left out with INPUT, whose pools name their "
            "region; leave it out"
        )
        return WRONG_USE
    if "\0" in str(out):
        complain("constructs-auth adopt: --out: must be the name of a folder; name another one")
        return WRONG_USE
    try:
        out = out.resolve()
    except (OSError, RuntimeError):
        complain("constructs-auth adopt: --out: must be the name of a folder; name another one")
        return WRONG_USE
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        complain(
            f"constructs-auth adopt: --out: must be a new or an empty folder, got {out}; "
            "name another folder"
        )
        return WRONG_USE
    if arguments.input is None and not (arguments.user_pool_id and arguments.region):
        complain(
            "constructs-auth adopt: INPUT: must be given, or --user-pool-id and --region; give "
            "the state that has the pool"
        )
        return WRONG_USE
    configuration = _configuration(arguments)
    name = arguments.input or arguments.user_pool_id
    system, texts = _written(configuration, name, arguments)
    report = judge(configuration, rules=RULES, profile=STANDARD, today=date.max)
    files = {
        **texts,
        "cdktf.json": _CDKTF.format(name=arguments.stack),
        ".gitignore": _IGNORED,
        "ADOPTION.md": page(system, report),
    }
    _write(out, files)
    written, in_files = (
        (out, f" in {len(texts)} files") if len(texts) > 1 else (out / "main.py", "")
    )
    _say(f"wrote {written}: {len(system.parts)} constructs{in_files}")
    if system.left:
        left = ", ".join(one.address for one in system.left)
        _say(f"not covered, see ADOPTION.md: {left}")
    return _verified(out, system) if arguments.verify else DONE


def _written(
    configuration: Configuration, name: str, arguments: argparse.Namespace
) -> tuple[System, Mapping[str, str]]:
    """Return the parts of the program, and its files."""
    try:
        system = read_system(configuration, file=name, pool=arguments.user_pool_id)
        return system, program(system, stack=arguments.stack)
    except UnreadableError:
        raise
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        raise UnreadableError(
            name,
            "must have the values that the AWS provider reads, and no text with TfToken[",
            remedy="give the state after an apply",
        ) from None


def _configuration(arguments: argparse.Namespace) -> Configuration:
    """Read the state, or the pool in AWS."""
    if arguments.input is None:
        return _live(arguments.user_pool_id, arguments.region)
    configuration = load(arguments.input).configuration
    if not configuration.is_state:
        raise UnreadableError(
            arguments.input,
            "must be a state",
            remedy="give the output of `terraform show -json` without a plan",
        )
    return configuration


def _live(pool_id: str, region: str) -> Configuration:
    terraform = find_terraform()
    if terraform is None:
        raise UnreadableError(
            "--user-pool-id",
            "needs terraform on the PATH, which reads the pool as it would import it",
            remedy="install Terraform, or give a state",
        )
    sys.stdout.write("reading the pool from AWS\n")
    sys.stdout.flush()
    with tempfile.TemporaryDirectory() as work:
        document = read_live(pool_id, region, work=Path(work), terraform=terraform)
    return read_state(document, file=pool_id)


def _stack_name(text: str) -> str:
    if not _NAME.fullmatch(text):
        raise argparse.ArgumentTypeError(f"must be a name such as auth, got {text!r}")
    return text


def _say(text: str) -> None:
    """Print *text* with nothing in it that a terminal or a log would act upon."""
    sys.stdout.write(f"{log_text(text)}\n")


def _write(out: Path, files: Mapping[str, str]) -> None:
    """Write all files, or none."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}.") as beside:
        whole = Path(beside) / "whole"
        whole.mkdir()
        for name, text in files.items():
            (whole / name).write_text(text, encoding="utf-8", newline="\n")
        whole.replace(out)


def _verified(out: Path, system: System) -> int:
    terraform = find_terraform()
    if terraform is None:
        sys.stdout.write("not verified: there is no terraform on the PATH\n")
        return DONE
    sys.stdout.write("planning the program against a copy of the state\n")
    sys.stdout.flush()
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
