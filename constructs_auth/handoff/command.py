"""The command `constructs-auth handoff`: writes a stack as a standalone folder."""

import argparse
import os
import subprocess
import sys
import tempfile
from dataclasses import replace
from functools import partial
from pathlib import Path

from constructs_auth.errors import HandoffError, UnreadableError
from constructs_auth.handoff import folder
from constructs_auth.handoff.build import Handoff, Options, build
from constructs_auth.handoff.files import Format
from constructs_auth.handoff.folder import Manifest
from constructs_auth.handoff.inside import LOCK, read_inside
from constructs_auth.handoff.reading import Stack, read_stack, read_stack_of_app
from constructs_auth.handoff.schema import ProviderSchema, aws_schema, read_provider_schemas
from constructs_auth.report.characters import log_text
from constructs_auth.report.counts import counted
from constructs_auth.report.exit_codes import DONE, FINDINGS, WRONG_USE
from constructs_auth.report.output import complain, tell_progress, tell_written
from constructs_auth.report.words import one_of
from constructs_auth.terraform.json_text import parse, read_bytes


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `handoff`."""
    parser.add_argument(
        "stack",
        help="a synthesized stack: its folder or its Terraform JSON; or the name of a stack of "
        "the app, which the command then synthesizes",
    )
    parser.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="the folder to write to"
    )
    parser.add_argument(
        "--app", metavar="COMMAND", help="the program to run; by default the app of cdktf.json"
    )
    parser.add_argument(
        "--format",
        type=one_of(Format),
        default=Format.HCL,
        metavar="FORMAT",
        help=f"the language of the files: {', '.join(Format)} (default: %(default)s)",
    )
    parser.add_argument(
        "--module",
        action="store_true",
        help="a module for another root module: no provider, no state",
    )
    parser.add_argument(
        "--partial-backend",
        action="store_true",
        help="leave bucket, key, region and KMS key of the state to terraform init",
    )
    for option, what in (
        ("--import", "add an import block for ADDRESS; may be repeated"),
        ("--moved", "add a moved block from OLD to NEW; may be repeated"),
    ):
        metavar = "ADDRESS=ID" if option == "--import" else "OLD=NEW"
        parser.add_argument(
            option,
            dest=f"{option[2:]}_blocks",
            action="append",
            default=[],
            type=partial(_pair, option),
            metavar=metavar,
            help=what,
        )
    parser.add_argument(
        "--schema",
        type=Path,
        metavar="FILE",
        help="the output of `terraform providers schema -json`, for providers other than AWS",
    )
    parser.add_argument(
        "--source-commit",
        metavar="SHA",
        help="the commit of the program; by default that of the current folder",
    )
    parser.add_argument("--force", action="store_true", help="overwrite files that were edited")
    parser.add_argument(
        "--check",
        action="store_true",
        help="write nothing; print a diff and exit with 1 if DIR is not up to date",
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the hand-off, or check it; return the exit code.

    Raises:
        UnreadableError: The stack cannot be read, or must not be handed over.
    """
    try:
        return _run(arguments)
    except HandoffError as error:
        complain(f"constructs-auth handoff: {error}")
        return WRONG_USE


def _run(arguments: argparse.Namespace) -> int:
    target: Path = arguments.out
    before = _before(target, force=arguments.force)
    with tempfile.TemporaryDirectory() as out:
        stack = _stack(arguments.stack, arguments.app, Path(out))
        return _hand_over(arguments, stack, before)


def _hand_over(arguments: argparse.Namespace, stack: Stack, before: Manifest | None) -> int:
    target: Path = arguments.out
    options = Options(
        written_as=arguments.format,
        as_module=arguments.module,
        partial_backend=arguments.partial_backend,
        imports=dict(arguments.import_blocks),
        moves=dict(arguments.moved_blocks),
        source_commit=arguments.source_commit or _commit(),
        schema=partial(_schema, arguments.schema),
    )
    folder.refuse_links(target, before.files if before else ())
    if arguments.check:
        return _check(target, stack, options, before)
    if before is not None and not arguments.force:
        folder.refuse_edits(target, before)
    handoff = _build(target, stack, options, before)
    try:
        folder.write(target, handoff.contents, before)
    except OSError as error:
        raise HandoffError(
            str(target),
            f"must be writable, got {error.strerror or error}",
            remedy="nothing has changed in it; correct this and try again",
        ) from None
    for warning in handoff.warnings:
        complain(f"warning: {warning}")
    tell_written(f"{target}: {counted(len(handoff.contents), 'file')}")
    return DONE


def _check(target: Path, stack: Stack, options: Options, before: Manifest | None) -> int:
    """Compare the hand-off with the folder, apart from the commit."""
    if before is not None:
        options = replace(options, source_commit=before.source_commit)
    handoff = _build(target, stack, options, before)
    difference = folder.difference(target, handoff.contents, before)
    # A file of the folder can contain anything.
    shown = "\t".join(map(log_text, difference.split("\t")))
    sys.stdout.write(shown or f"{target}: up to date\n")
    return FINDINGS if difference else DONE


def _build(target: Path, stack: Stack, options: Options, before: Manifest | None) -> Handoff:
    changelog = read_inside(target, "CHANGELOG.md") if before else None
    text = changelog.decode("utf-8", errors="replace") if changelog else ""
    handoff = build(
        stack, options, before=before, changelog=text, folder=target if before else None
    )
    if stack.lock is not None and not os.path.lexists(target / LOCK):
        return replace(handoff, files={**handoff.files, LOCK: stack.lock})
    return handoff


def _before(target: Path, *, force: bool) -> Manifest | None:
    try:
        return folder.previous(target)
    except HandoffError:
        if force and target.is_dir():
            return None
        raise


def _stack(named: str, command: str | None, out: Path) -> Stack:
    """Read a folder or a file; a bare name is a stack of the app."""
    if command is None and (Path(named).exists() or "/" in named):
        return read_stack(Path(named))
    tell_progress("running the program")
    return read_stack_of_app(command, named, out)


def _schema(file: Path | None) -> ProviderSchema:
    shipped = aws_schema()
    if file is None:
        return shipped
    remedy = "run `terraform providers schema -json > FILE`"
    try:
        content = read_bytes(file, remedy=remedy)
        found = read_provider_schemas(parse(content, str(file), remedy=remedy))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise UnreadableError(
            str(file),
            "must be the output of `terraform providers schema -json`",
            remedy=remedy,
        ) from None
    return ProviderSchema(
        versions=shipped.versions,
        provider={**shipped.provider, **found.provider},
        resource={**shipped.resource, **found.resource},
        data={**shipped.data, **found.data},
        ephemeral={**shipped.ephemeral, **found.ephemeral},
    )


def _commit() -> str | None:
    """Return the commit of the current folder, if it is in a git repository."""
    try:
        finished = subprocess.run(
            ["git", "rev-parse", "HEAD"],  # noqa: S607 - the user's own git
            capture_output=True,
            check=False,
            text=True,
        )
    except OSError:
        return None
    return finished.stdout.strip() or None if finished.returncode == 0 else None


def _pair(option: str, text: str) -> tuple[str, str]:
    address, separator, value = text.partition("=")
    if not separator or not address or not value:
        raise argparse.ArgumentTypeError(f"{option} must be two names with = between them")
    return address, value
