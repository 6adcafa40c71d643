"""The backend of the Terraform that now manages a pool, for the program that takes it over."""

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from constructs_auth.adopt.python import Argument, Call, Items

LOCAL = Argument(
    name="backend",
    value=Call("LocalBackend"),
    comment="Use an S3Backend before others work with this state.",
)
"""The backend of a program if the input does not name one."""

_FILE = Path(".terraform") / "terraform.tfstate"
_WORKSPACE = Path(".terraform") / "environment"
_TEXTS = ("bucket", "key", "region", "kms_key_id", "workspace_key_prefix")
_MET = frozenset({"encrypt", "use_lockfile"})
"""The settings that `S3Backend` writes itself."""

_ROLE = ("role_arn", "session_name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Backend:
    """Where Terraform keeps a state.

    Attributes:
        kind: The type of the backend, such as `s3`.
        config: Its settings; they may contain credentials.
        workspace: The workspace that is selected.
    """

    kind: str
    config: Mapping[str, Any] = field(repr=False)
    workspace: str = "default"


def backend_of(folder: Path) -> Backend:
    """Return the backend of the Terraform in *folder*, as `terraform init` recorded it."""
    kind: str = "local"  # without a record, the state is a local file
    config: dict[str, Any] = {}
    with suppress(OSError, ValueError, LookupError, TypeError):
        found = json.loads((folder / _FILE).read_text(encoding="utf-8"))["backend"]
        kind, config = str(found["type"]), dict(found.get("config") or {})
    workspace = "default"
    with suppress(OSError, ValueError):
        workspace = (folder / _WORKSPACE).read_text(encoding="utf-8").strip() or workspace
    return Backend(kind=kind, config=config, workspace=workspace)


def backend_argument(backend: Backend | None, *, stack: str, keeps_state: bool) -> Argument:
    """Return the argument `backend` of the program's stack.

    Args:
        backend: The backend of the input, if it names one.
        stack: The name of the stack.
        keeps_state: Whether the program takes over the same state. Otherwise its own state gets a
            key beside it.
    """
    if backend is None or backend.kind == "local":
        return LOCAL
    if backend.kind != "s3":
        return Argument(
            name="backend",
            value=Call("LocalBackend"),
            comment=f"The state is now in a backend of the type {backend.kind}, which this "
            "library does not offer.",
        )
    config = dict(backend.config)
    comment = []
    if not keeps_state and config.get("key"):
        comment.append(f"The old Terraform has the key {config['key']} in this bucket.")
        config["key"] = _own_key(str(config["key"]), stack)
    others = sorted(_not_offered(config))
    if others:
        comment.append(
            f"S3Backend does not offer: {', '.join(others)}. Pass it to `terraform init "
            "-backend-config` if you still need it."
        )
    return Argument(
        name="backend", value=Call("S3Backend", (), [*_s3(config)]), comment="\n".join(comment)
    )


def _s3(config: Mapping[str, Any]) -> Iterator[Argument]:
    for name in _TEXTS:
        if isinstance(config.get(name), str) and config[name]:
            yield Argument(name=name, value=str(config[name]))
    role = _role(config)
    if role.get("role_arn"):
        given = [Argument(name=name, value=str(role[name])) for name in _ROLE if role.get(name)]
        yield Argument(name="assume_role", value=Call("AssumeRole", (), given))
    accounts = config.get("allowed_account_ids")
    if isinstance(accounts, list) and accounts:
        yield Argument(name="allowed_account_ids", value=Items([*map(str, accounts)]))


def _role(config: Mapping[str, Any]) -> Mapping[str, Any]:
    found = config.get("assume_role")
    if isinstance(found, list):
        found = found[0] if found else None
    return found if isinstance(found, Mapping) else {}


def _not_offered(config: Mapping[str, Any]) -> Iterator[str]:
    """Walk through the names of the settings that the program leaves out."""
    offered = {*_TEXTS, *_MET, "assume_role", "allowed_account_ids"}
    yield from (name for name, value in config.items() if value and name not in offered)
    role = _role(config)
    yield from (f"assume_role.{name}" for name in role if role[name] and name not in _ROLE)


def _own_key(key: str, stack: str) -> str:
    """Return another key in the same folder as *key*."""
    folder = key.rpartition("/")[0]
    own = f"{folder}/{stack}.tfstate".lstrip("/")
    return own if own != key else own.replace(".tfstate", "-adopted.tfstate")
