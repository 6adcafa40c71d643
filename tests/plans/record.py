"""Has real Terraform plan many cases in one run, and keeps of the plan what each case is about."""

import json
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tests.plans.case import PlanCase, Thing
from tests.plans.things import REGION
from tests.support.provider import OFFLINE
from tests.support.terraform import (
    Terraform,
    TerraformError,
    TerraformProcess,
    find_terraform,
    terraform_environment,
)

PROVIDER_VERSION = "5.100.0"
RECORDED = Path(__file__).with_name("recorded")
_REFERENCE = re.compile(r"(aws_\w+|terraform_data)\.(\w+)")
_PROVIDER = 'provider["registry.terraform.io/hashicorp/aws"]'
_DEPTH = 5
_KEPT = ("applyable", "complete", "errored", "format_version", "terraform_version")


def record(
    cases: Iterable[PlanCase],
    folder: Path = RECORDED,
    environment: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[Path]:
    """Plan *cases* and write what Terraform says of each into *folder*.

    Terraform sees what *environment* says besides the usual.

    Cases that Terraform refuses have a run each, for one of them is an error for all.
    """
    together = [case for case in cases if not case.errored]
    alone = [[case] for case in cases if case.errored]
    for run in [together, *alone]:
        document = planned(run, environment)
        for case in run:
            file = folder / f"{case.name}.json"
            file.write_text(f"{_lines(part_of(document, case))}\n", encoding="utf-8")
            yield file


def planned(cases: Sequence[PlanCase], environment: Mapping[str, str]) -> dict[str, Any]:
    """Have Terraform plan *cases*, and give what it says as JSON."""
    with tempfile.TemporaryDirectory(prefix="constructs-auth-plans-") as temporary:
        work = Path(temporary)
        module = work / "module"
        module.mkdir()
        (module / "main.tf.json").write_text(
            json.dumps(_configuration(cases), indent=1), encoding="utf-8"
        )
        (module / "terraform.tfstate").write_text(json.dumps(_state(cases)), encoding="utf-8")
        terraform = Terraform(
            folder=module,
            executable=find_terraform(os.environ),
            environment={**terraform_environment(os.environ, work=work), **environment},
        )
        terraform.init()
        plan = module / "plan"
        refused = any(case.errored for case in cases)
        _run(
            terraform,
            "plan",
            "-no-color",
            "-refresh=false",
            "-lock=false",
            f"-out={plan}",
            fails=refused,
        )
        document: dict[str, Any] = json.loads(_run(terraform, "show", "-json", str(plan)))
        return document


def _run(terraform: Terraform, *arguments: str, fails: bool = False) -> str:
    with TerraformProcess(terraform, *arguments) as process:
        finished = process.wait()
    if (finished.exit_code != 0) is not fails:
        output = finished.output + finished.errors
        raise TerraformError(process.command, finished.exit_code, output)
    return finished.output


def part_of(document: Mapping[str, Any], case: PlanCase) -> dict[str, Any]:
    """Give what *document* says of *case*, with its own names, and without what is null."""
    mine = f"{case.name}__"
    root = document["configuration"]["root_module"]
    part = {
        **{name: document[name] for name in _KEPT if name in document},
        "configuration": {
            "provider_config": {
                "aws": {
                    "name": "aws",
                    "full_name": "registry.terraform.io/hashicorp/aws",
                    "version_constraint": PROVIDER_VERSION,
                }
            },
            "root_module": {
                "resources": [
                    written
                    for written in root.get("resources", ())
                    if written["name"].startswith(mine)
                ]
            },
        },
        "resource_changes": [
            {**change, "change": _without_null(change["change"])}
            for change in document["resource_changes"]
            if change["name"].startswith(mine)
        ],
    }
    own: dict[str, Any] = json.loads(json.dumps(part).replace(mine, ""))
    return own


def _lines(value: Any, depth: int = 0) -> str:
    """Write JSON with one argument of a resource on a line."""
    if depth == _DEPTH or not isinstance(value, dict | list) or not value:
        return json.dumps(value, sort_keys=True, ensure_ascii=False)
    space, inner = " " * depth, " " * (depth + 1)
    if isinstance(value, list):
        items = [f"{inner}{_lines(item, depth + 1)}" for item in value]
        return "[\n{}\n{}]".format(",\n".join(items), space)
    items = [
        f"{inner}{json.dumps(name)}: {_lines(value[name], depth + 1)}" for name in sorted(value)
    ]
    return "{{\n{}\n{}}}".format(",\n".join(items), space)


def _configuration(cases: Sequence[PlanCase]) -> dict[str, Any]:
    resources: dict[str, dict[str, Any]] = {}
    more: dict[str, list[Any]] = {}
    for case in cases:
        for thing in case.after:
            body = _own_names(thing.arguments, case)
            resources.setdefault(thing.type, {})[f"{case.name}__{thing.name}"] = body
        for block, written in case.more.items():
            more.setdefault(block, []).append(_own_names(written, case))
    return {
        **more,
        "terraform": {
            "required_providers": {"aws": {"source": "hashicorp/aws", "version": PROVIDER_VERSION}}
        },
        "provider": {"aws": {"region": REGION, **OFFLINE}},
        "resource": resources,
    }


def _state(cases: Sequence[PlanCase]) -> dict[str, Any]:
    return {
        "version": 4,
        "terraform_version": "1.11.4",
        "serial": 1,
        "lineage": "00000000-0000-0000-0000-000000000000",
        "outputs": {},
        "resources": [_in_state(thing, case) for case in cases for thing in case.before],
    }


def _in_state(thing: Thing, case: PlanCase) -> dict[str, Any]:
    return {
        "mode": "managed",
        "type": thing.type,
        "name": f"{case.name}__{thing.name}",
        "provider": _PROVIDER,
        "instances": [
            {
                "schema_version": 0,
                "attributes": {
                    name: value
                    for name, value in {**thing.arguments, **thing.known}.items()
                    if name != "lifecycle"
                },
                "sensitive_attributes": [
                    [{"type": "get_attr", "value": name}] for name in thing.marked
                ],
            }
        ],
    }


def _own_names(value: Any, case: PlanCase) -> Any:
    """Put the name of *case* before each name that *value* refers to."""
    return json.loads(_REFERENCE.sub(rf"\1.{case.name}__\2", json.dumps(value)))


def _without_null(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _without_null(inner) for name, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [_without_null(inner) for inner in value]
    return value
