"""Proves that the plan of a program is empty, on a copy of the state; it applies nothing."""

import json
import re
import sys
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from constructs_auth.adopt.parts import System
from constructs_auth.adopt.processes import ProcessError, run
from constructs_auth.facts import resource_types as types
from constructs_auth.facts.import_ids import function_and_qualifier
from constructs_auth.facts.secret_names import PROVIDER_DETAILS_SECRETS

_OFFLINE = {
    "access_key": "none",
    "secret_key": "none",
    "skip_credentials_validation": True,
    "skip_metadata_api_check": True,
    "skip_region_validation": True,
    "skip_requesting_account_id": True,
}
_ADDRESS = re.compile(
    r"(?:(?P<module>module\..+?)\.)?(?P<type>[a-z][a-z0-9_]*)\.(?P<name>[\w-]+)"
    r'(?:\[(?P<key>\d+|".*")\])?'
)
_PROVIDER = 'provider["registry.terraform.io/hashicorp/aws"]'


class VerificationError(Exception):
    """The program could not be planned.

    Attributes:
        what: What failed, in a few words.
        output: What the program or Terraform printed.
    """

    def __init__(self, what: str, output: str) -> None:
        self.what = what
        self.output = output
        super().__init__(f"{what}\n{output}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A change that an apply of the program would make.

    Attributes:
        address: The address of the resource in the program.
        action: `create`, `update`, `replace` or `delete`.
        arguments: The arguments that differ; empty unless the resource exists before and after.
    """

    address: str
    action: str
    arguments: Sequence[str] = ()


def verify(folder: Path, system: System, *, work: Path, terraform: str) -> Sequence[Difference]:
    """Synthesize the program in *folder*, and plan it against a copy of the state.

    Args:
        folder: The folder with `main.py`.
        system: The parts that the program was written from.
        work: An empty folder, for the copy.
        terraform: The program `terraform`.

    Returns:
        The changes of the plan; none if the program matches the state.

    Raises:
        VerificationError: The program or Terraform failed.
    """
    out = work / "cdktf.out"
    _run([sys.executable, "main.py"], folder, "the program failed", {"CDKTF_OUTDIR": str(out)})
    (stack,) = (out / "stacks").iterdir()
    document = json.loads((stack / "cdk.tf.json").read_text(encoding="utf-8"))
    planned = work / "plan"
    planned.mkdir()
    (planned / "cdk.tf.json").write_text(json.dumps(_offline(document)), encoding="utf-8")
    state = json.dumps(_state_of(system), indent=1)
    (planned / "terraform.tfstate").write_text(state, encoding="utf-8")
    variables = {f"TF_VAR_{one.name}": one.known for one in system.secrets}
    _run([terraform, "init", "-no-color"], planned, "terraform init failed")
    _run(
        [terraform, "plan", "-no-color", "-refresh=false", "-lock=false", "-out=saved"],
        planned,
        "terraform plan failed",
        variables,
    )
    shown = _run([terraform, "show", "-json", "saved"], planned, "terraform show failed")
    return tuple(_differences(json.loads(shown)))


def _run(
    command: Sequence[str],
    folder: Path,
    what: str,
    environment: Mapping[str, str] | None = None,
) -> str:
    try:
        return run(command, folder, environment)
    except ProcessError as error:
        raise VerificationError(what, error.output) from None


def _offline(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return the Terraform without backend and imports, and with a provider that makes no calls."""
    settings = {name: one for name, one in document["terraform"].items() if name != "backend"}
    providers = [{**one, **_OFFLINE} for one in document["provider"]["aws"]]
    kept = {name: one for name, one in document.items() if name != "import"}
    return {**kept, "terraform": settings, "provider": {"aws": providers}}


def _state_of(system: System) -> dict[str, Any]:
    """Return a state of the adopted resources alone.

    They are at the addresses of the program, or at their own if the program keeps the state.
    """
    found: list[dict[str, Any]] = []
    for part in system.parts:
        own = {part.address: part.resource}
        for address, resource in {**own, **part.nested}.items():
            values = dict(resource.body.values)
            if system.keeps_state:
                found.append(_entry(resource.address, values))
                continue
            if resource.type == types.LAMBDA_PERMISSION:
                # An import always reads the name of the function.
                function = function_and_qualifier(str(values["function_name"]))[0]
                values["function_name"] = function
            found.append(_entry(address, values))
    return {
        "version": 4,
        "terraform_version": "1.11.0",
        "serial": 1,
        "lineage": str(uuid.uuid4()),
        "outputs": {},
        "resources": found,
    }


def _entry(address: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the resource at *address* as the raw format has it, an instance in each entry."""
    found = _ADDRESS.fullmatch(address)
    if found is None:
        raise VerificationError(f"{address} is not an address of Terraform", "")
    key = found["key"]
    instance = {"schema_version": 0, "attributes": values}
    return {
        **({"module": found["module"]} if found["module"] else {}),
        "mode": "managed",
        "type": found["type"],
        "name": found["name"],
        "provider": _PROVIDER,
        "instances": [instance if key is None else {"index_key": json.loads(key), **instance}],
    }


def _differences(plan: Mapping[str, Any]) -> Iterator[Difference]:
    for entry in plan.get("resource_changes", ()):
        change = entry["change"]
        actions = change["actions"]
        if entry.get("mode") != "managed" or actions in (["no-op"], ["read"]):
            continue
        before, after = change.get("before") or {}, change.get("after") or {}
        # These details come from variables; Cognito never returns a private key.
        hidden = PROVIDER_DETAILS_SECRETS if entry["type"] == types.IDENTITY_PROVIDER else ()
        # A state of provider 5 has no `region`, which provider 6 then only records.
        recorded = {"region"} if before.get("region") is None else set()
        arguments = [
            name
            for name in sorted({*before, *after} - recorded)
            if _without(before.get(name), hidden) != _without(after.get(name), hidden)
            or (change.get("after_unknown") or {}).get(name) is True
        ]
        if len(actions) > 1:
            yield Difference(address=entry["address"], action="replace", arguments=arguments)
        elif actions == ["update"]:
            if arguments:
                yield Difference(address=entry["address"], action="update", arguments=arguments)
        else:
            yield Difference(address=entry["address"], action=actions[0])


def _without(value: object, names: Sequence[str]) -> object:
    if names and isinstance(value, dict):
        return {name: one for name, one in value.items() if name not in names}
    return value
