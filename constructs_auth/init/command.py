"""The command `constructs-auth init`: a new project that works at once."""

import argparse
import os
import re
import shlex
import sys
from enum import StrEnum
from pathlib import Path

from constructs_auth.errors import UnreadableError
from constructs_auth.facts import limits
from constructs_auth.init.kinds import Kind
from constructs_auth.init.project import Framework, Project, next_commands, project_files
from constructs_auth.project.folder import create_files, existing
from constructs_auth.report.characters import log_text
from constructs_auth.report.exit_codes import DONE, WRONG_USE
from constructs_auth.report.output import complain, tell_written
from constructs_auth.report.words import one_of

_REGION = "eu-west-1"
_REGION_VARIABLES = ("AWS_REGION", "AWS_DEFAULT_REGION")


class State(StrEnum):
    """Where Terraform keeps the state."""

    LOCAL = "local"
    S3 = "s3"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `init`."""
    parser.add_argument(
        "folder",
        nargs="?",
        default=Path(),
        type=Path,
        metavar="FOLDER",
        help="the folder of the project; none of its files is replaced (default: this folder)",
    )
    parser.add_argument(
        "--kind",
        type=one_of(Kind),
        default=Kind.WEB,
        metavar="KIND",
        help="who signs in: users of a web application with a server (web), of a single-page "
        "application (spa) or of a phone (native); users without a password (passwordless); "
        "programs (machine); or the staff of a company, in several applications (company) "
        "(default: %(default)s)",
    )
    parser.add_argument(
        "--framework",
        type=one_of(Framework),
        default=Framework.CDKTF,
        metavar="FRAMEWORK",
        help="cdktf, or cdktn: its successor CDK Terrain (default: %(default)s)",
    )
    parser.add_argument(
        "--region",
        metavar="REGION",
        help=f"the AWS region (default: {', '.join(_REGION_VARIABLES)} or {_REGION})",
    )
    parser.add_argument(
        "--state",
        type=one_of(State),
        metavar="STATE",
        help="where Terraform keeps the state: local, a file that only you use; or s3, a bucket "
        "that exists (default: s3 with --bucket, else local)",
    )
    parser.add_argument("--bucket", metavar="NAME", help="the bucket of the state in S3")


def run(arguments: argparse.Namespace) -> int:
    """Write the project, and return the exit code.

    Raises:
        UnreadableError: The folder cannot be written.
    """
    project = _project(arguments)
    if isinstance(project, str):
        return _refused(project)
    try:
        folder: Path = arguments.folder.resolve()
    except (OSError, RuntimeError):  # a circle of links
        return _refused("FOLDER: must be the name of a folder; name another one")
    there = next(one for one in (folder, *folder.parents) if os.path.lexists(one))
    if not there.is_dir():
        return _refused(f"FOLDER: must be a folder, got the file {there}; name another one")
    files = project_files(project)
    if taken := existing(folder, files):
        return _refused(
            f"FOLDER: must not have {', '.join(taken)} yet, got {folder}; name a new folder"
        )
    try:
        create_files(folder, files)
    except OSError as error:
        raise UnreadableError(
            str(folder),
            f"cannot be written ({error.strerror})",
            remedy="name a folder that you may write to",
        ) from None
    state = f"in the bucket {project.bucket}" if project.bucket else "in a local file"
    tell_written(
        f"{folder}: {len(files)} files, kind {project.kind}, framework {project.framework}, "
        f"region {project.region}, state {state}"
    )
    sys.stderr.flush()
    lines = _next(arguments.folder, project)
    sys.stdout.write("".join(f"{log_text(line)}\n" for line in lines))
    return DONE


def _project(arguments: argparse.Namespace) -> Project | str:
    """Return what the arguments ask for, or what is wrong with them."""
    region = _region(arguments.region)
    if not re.fullmatch(limits.REGION, region):
        return f"--region: must be the name of an AWS region, got {region!r}; try {_REGION}"
    bucket: str | None = arguments.bucket
    if arguments.state is State.S3 and bucket is None:
        return "--state s3: needs a bucket that exists; name it with --bucket, or use --state local"
    if arguments.state is State.LOCAL and bucket is not None:
        return "--bucket: must be left out with --state local; leave one of them out"
    if bucket is not None and not limits.BUCKET_NAME.accepts(bucket):
        return (
            f"--bucket: must be the name of an S3 bucket, got {bucket!r}; "
            "write one such as acme-terraform-state"
        )
    return Project(kind=arguments.kind, framework=arguments.framework, region=region, bucket=bucket)


def _region(given: str | None) -> str:
    if given is not None:
        return given
    return next((os.environ[one] for one in _REGION_VARIABLES if os.environ.get(one)), _REGION)


def _next(folder: Path, project: Project) -> list[str]:
    """Return the next three commands, from the folder of the caller."""
    first, *rest = next_commands(project)
    if folder != Path():
        # `cd` would take -a for an option.
        place = f"./{folder}" if str(folder).startswith("-") else str(folder)
        first = f"cd {shlex.quote(place)} && {first}"
    return [f"  {one}" for one in (first, *rest)]


def _refused(why: str) -> int:
    complain(f"constructs-auth init: {why}")
    return WRONG_USE
