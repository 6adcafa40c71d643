"""Reads the input of `adopt`: a state, a plan, or a folder in which Terraform is initialized."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from constructs_auth.adopt.backend import Backend, backend_of
from constructs_auth.adopt.processes import ProcessError, find_terraform, run
from constructs_auth.errors import UnreadableError
from constructs_auth.rules.load import STANDARD_INPUT, read_evaluated, refuse_binary_plan
from constructs_auth.terraform.configuration import Configuration
from constructs_auth.terraform.json_files import read_written
from constructs_auth.terraform.json_text import parse, read_standard_input
from constructs_auth.terraform.plan_json import as_object, is_plan
from constructs_auth.terraform.state_json import check_version

_REMEDY = "give the output of `terraform show -json` for a state or a plan"
_LONGEST_OUTPUT = 1_500
_NOTHING = frozenset({"no-op", "read"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """The input that was read.

    Attributes:
        configuration: The resources that exist.
        secrets: The secrets in it, to find their copies.
        backend: Where the state is, if the input shows it.
        unread: The existing resources that could not be read, a line for each.
        pending: The addresses that the plan would change; the program keeps what exists.
    """

    configuration: Configuration
    secrets: frozenset[str] = field(repr=False)
    backend: Backend | None = None
    unread: tuple[str, ...] = ()
    pending: tuple[str, ...] = ()


def read_input(path: str) -> Input:
    """Read *path*: a file, a folder, or `-` for standard input.

    Raises:
        UnreadableError: It is neither a state nor a plan, or Terraform cannot read the folder.
    """
    backend: Backend | None = None
    if path == STANDARD_INPUT:
        file = "standard input"
        document = parse(read_standard_input(), file, remedy=_REMEDY)
    elif Path(path).is_dir():
        file = path
        document = parse(_shown(Path(path)), path, remedy=_REMEDY)
        backend = backend_of(Path(path))
    else:
        file = path
        refuse_binary_plan(Path(path))
        document = read_written(Path(path)).document
    found = as_object(document, file, "the input", remedy=_REMEDY)
    pending: tuple[str, ...] = ()
    if is_plan(found):
        pending = tuple(_pending(found))
        found = _prior_state(found, file)
    loaded = read_evaluated(found, file)
    if loaded is None:
        raise UnreadableError(file, "must be a state or a plan", remedy=_REMEDY)
    return Input(
        configuration=loaded.configuration,
        secrets=loaded.secrets,
        backend=backend,
        pending=pending,
    )


def _shown(folder: Path) -> bytes:
    """Return the state of *folder* as Terraform shows it; its own settings stay in effect."""
    terraform = find_terraform()
    if terraform is None:
        raise UnreadableError(
            str(folder),
            "needs terraform on the PATH to read its state",
            remedy="install Terraform, or give the output of `terraform show -json`",
        )
    try:
        return run([terraform, "show", "-json"], folder, dict(os.environ)).encode()
    except ProcessError as error:
        raise UnreadableError(
            str(folder),
            f"must be a folder whose state Terraform can read: "
            f"{error.output.strip()[-_LONGEST_OUTPUT:]}",
            remedy="run terraform init there",
        ) from None


def _prior_state(plan: Mapping[str, Any], file: str) -> Mapping[str, Any]:
    """Return the state that the plan starts from, as Terraform read it."""
    check_version(plan, file)
    prior = as_object(plan.get("prior_state"), file, "prior_state", remedy=_REMEDY)
    return {
        "format_version": str(prior.get("format_version") or "1.0"),
        "values": prior.get("values") or {},
    }


def _pending(plan: Mapping[str, Any]) -> list[str]:
    """Return the addresses of the resources that the plan changes."""
    found = []
    changes = plan.get("resource_changes")
    for entry in changes if isinstance(changes, list) else ():
        change = entry.get("change") if isinstance(entry, Mapping) else None
        actions = change.get("actions") if isinstance(change, Mapping) else None
        if isinstance(actions, list) and not all(one in _NOTHING for one in actions):
            found.append(str(entry.get("address")))
    return found
