"""Reads the Terraform JSON of a stack: from a folder or a file, or by synthesizing an app."""

import json
import os
import shlex
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from constructs_auth.errors import NotTerraformError, UnreadableError
from constructs_auth.handoff.hcl.bodies import COMMENT, labelled
from constructs_auth.handoff.inside import LOCK, read_inside
from constructs_auth.rules.synthesized import Synthesized, read_synthesized
from constructs_auth.terraform.json_files import (
    JsonFile,
    read_exactly,
    refuse_irregular,
    refuse_mark,
)
from constructs_auth.terraform.json_text import read_bytes

FILE = "cdk.tf.json"

_NAMED = {"resource": 2, "data": 2, "ephemeral": 2, "module": 1, "variable": 1, "output": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """A synthesized stack.

    Attributes:
        name: Its name.
        document: Its parsed Terraform JSON.
        folder: The folder in which Terraform would find the files that it reads.
        lock: The text of the dependency lock file beside it, if there is one.
        synthesized: The profile and the accepted findings of its program.
    """

    name: str
    document: Mapping[str, Any]
    folder: Path = Path()
    lock: str | None = None
    synthesized: Synthesized = Synthesized()


def read_stack(place: Path) -> Stack:
    """Read a stack from its folder, or from a file of Terraform JSON.

    Raises:
        UnreadableError: It does not exist, or is not Terraform JSON.
    """
    file = place / FILE if place.is_dir() else place
    if file != place:
        refuse_irregular(file)
    if not file.exists():
        raise UnreadableError(
            str(place), "must be the folder of a synthesized stack", remedy=_synthesized(place)
        )
    content = read_bytes(file, remedy="synthesize it again")
    document = read_exactly(_text(content, file), str(file))
    _check_addresses(document)
    return Stack(
        name=_name(document, file),
        document=document,
        folder=file.parent,
        lock=_lock(file.parent),
        synthesized=read_synthesized(file.parent),
    )


def _text(content: bytes, file: Path) -> str:
    remedy = "synthesize it again"
    try:
        text = content.decode()
    except UnicodeDecodeError:
        raise UnreadableError(
            str(file), "cannot be read (not text in UTF-8)", remedy=remedy
        ) from None
    refuse_mark(JsonFile(document={}, file=str(file), text=text))
    return text


def read_stack_of_app(command: str | None, name: str, out: Path) -> Stack:
    """Synthesize the app into *out*, an empty folder, and read its stack *name*.

    Terraform keeps the lock file of a stack where it runs: in the folder into which the app
    normally synthesizes. That lock file is used if the new synthesis has none.

    Raises:
        UnreadableError: The app fails, or has no such stack.
    """
    stacks = synthesize(command, out)
    there = sorted(path.parent.name for path in stacks.glob(f"*/{FILE}"))
    if there and name not in there:
        raise UnreadableError(
            f"the stack {name!r}",
            "must be one of the app",
            remedy=f"choose from {', '.join(there)}",
        )
    stack = read_stack(stacks / name)
    usual = Path(_setting("output") or "cdktf.out", "stacks", name)
    return stack if stack.lock is not None else replace(stack, lock=_lock(usual))


def _lock(folder: Path) -> str | None:
    content = read_inside(folder, LOCK)
    try:
        return None if content is None else content.decode()
    except UnicodeDecodeError:
        raise UnreadableError(
            str(folder / LOCK), "must be UTF-8", remedy="restore it, or run `terraform init`"
        ) from None


def resources(document: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Walk through resources and data sources: address, body."""
    for (kind, labels), body in named_blocks(document):
        if kind in ("resource", "data"):
            yield ".".join(labels if kind == "resource" else (kind, *labels)), body


def named_blocks(
    document: Mapping[str, Any],
) -> Iterator[tuple[tuple[str, tuple[str, ...]], Mapping[str, Any]]]:
    """Walk through blocks that have an address: kind and labels, body."""
    for kind, count in _NAMED.items():
        for labels, body, _ in labelled(document.get(kind), count, kind):
            yield (kind, labels), body


def _check_addresses(document: Mapping[str, Any]) -> None:
    """Reject two blocks of one address.

    Raises:
        NotTerraformError: There are two.
    """
    addresses = [(kind, *labels) for (kind, labels), _ in named_blocks(document)]
    for address, number in Counter(addresses).items():
        if number > 1:
            raise NotTerraformError(
                ".".join(address),
                "must be unique",
                remedy="two blocks have this address; rename one",
            )


def construct_path(body: Mapping[str, Any]) -> str | None:
    """Return the path of the construct that defines a resource, if CDKTF recorded it."""
    match body.get(COMMENT):
        case {"metadata": {"path": str(path)}}:
            return path
    return None


def _name(document: Mapping[str, Any], file: Path) -> str:
    match document.get(COMMENT):
        case {"metadata": {"stackName": str(name)}}:
            return name
    return file.resolve().parent.name


def _synthesized(place: Path) -> str:
    """Return a remedy that lists the existing stacks."""
    for folder in (place.parent, place / "stacks"):
        found = sorted(path.parent.name for path in folder.glob(f"*/{FILE}"))
        if found:
            return f"there are {', '.join(found)} in {folder}"
    return "synthesize it first, with `python main.py`"


_SETTINGS = Path("cdktf.json")


def synthesize(command: str | None, out: Path) -> Path:
    """Run the app so that it writes into *out*; return the folder of its stacks.

    Args:
        command: The command, such as `python main.py`. By default the `app` of `cdktf.json`.
        out: An empty folder.

    Raises:
        UnreadableError: There is no command, or it fails.
    """
    command = command or _command()
    try:
        words = shlex.split(command)
    except ValueError:
        raise UnreadableError(
            f"app {command!r}", "must close each quote", remedy="give another --app"
        ) from None
    if not words:
        raise UnreadableError(
            f"app {command!r}", "must name a program", remedy="give another --app"
        )
    try:
        finished = subprocess.run(  # noqa: S603 - the user's own program
            command if sys.platform == "win32" else words,
            env=os.environ | {"CDKTF_OUTDIR": str(out)},
            capture_output=True,
            check=False,
            text=True,
            errors="backslashreplace",
        )
    except OSError as error:
        raise UnreadableError(
            f"app {command!r}", f"must start, {error.strerror}", remedy="give another --app"
        ) from None
    if finished.returncode != 0:
        shown = finished.stderr.rstrip()
        raise UnreadableError(
            f"app {command!r}",
            f"must synthesize, got exit code {finished.returncode}",
            remedy=f"its error output is:\n{shown}" if shown else "it printed no error; run it",
        )
    return out / "stacks"


def _command() -> str:
    command = _setting("app")
    if command is None:
        raise UnreadableError(
            "app",
            "must be known, got no cdktf.json with an app here",
            remedy='use --app "python main.py", or give the folder of a synthesized stack',
        )
    return command


def _setting(name: str) -> str | None:
    """Return a setting of the `cdktf.json` of the current folder."""
    if not _SETTINGS.is_file():
        return None
    try:
        value = json.loads(_SETTINGS.read_text(encoding="utf-8"))[name]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return value if isinstance(value, str) and value else None
