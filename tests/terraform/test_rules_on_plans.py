"""Each rule says of a plan what it says of the Terraform: on the good and bad cases of all rules.

Real Terraform plans all cases in one run, as resources of one root module whose names begin with
the label of their case. What the provider or Terraform refuses is left out.
"""

import json
import os
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from constructs_auth.rules.profile import STRICT
from tests.support.judged import Judged, differences
from tests.support.provider import OFFLINE
from tests.support.terraform import Terraform, TerraformProcess, terraform_environment
from tests.unit.rules.test_rules import CASES, SECTIONS

pytestmark = pytest.mark.thorough

_POOL_ID = "eu-west-1_aBcDeFgH1"
_IDENTITY_POOL_ID = "eu-west-1:11111111-2222-3333-4444-555555555555"
_REQUIRED: Mapping[str, Mapping[str, Any]] = {
    "aws_acm_certificate": {"domain_name": "auth.example.com"},
    "aws_acm_certificate_validation": {
        "certificate_arn": "arn:aws:acm:us-east-1:123456789012:certificate/1234abcd"
    },
    "aws_cognito_identity_pool": {"identity_pool_name": "files"},
    "aws_cognito_identity_pool_roles_attachment": {
        "identity_pool_id": _IDENTITY_POOL_ID,
        "roles": {"authenticated": "arn:aws:iam::123456789012:role/files"},
    },
    "aws_cognito_identity_provider": {
        "provider_details": {"client_id": "app"},
        "provider_name": "acme",
        "provider_type": "OIDC",
        "user_pool_id": _POOL_ID,
    },
    "aws_cognito_resource_server": {
        "identifier": "https://api.example.com",
        "name": "api",
        "user_pool_id": _POOL_ID,
    },
    "aws_cognito_risk_configuration": {"user_pool_id": _POOL_ID},
    "aws_cognito_user": {"user_pool_id": _POOL_ID, "username": "ann"},
    "aws_cognito_user_group": {"name": "staff", "user_pool_id": _POOL_ID},
    "aws_cognito_user_pool": {"name": "users"},
    "aws_cognito_user_pool_client": {"name": "web", "user_pool_id": _POOL_ID},
    "aws_cognito_user_pool_domain": {"domain": "acme", "user_pool_id": _POOL_ID},
    "aws_cognito_user_pool_ui_customization": {"css": "", "user_pool_id": _POOL_ID},
    "aws_iam_role": {"assume_role_policy": "{}"},
    "aws_iam_role_policy_attachment": {
        "policy_arn": "arn:aws:iam::aws:policy/ReadOnlyAccess",
        "role": "files",
    },
    "aws_lambda_permission": {
        "action": "lambda:InvokeFunction",
        "function_name": "greet",
        "principal": "cognito-idp.amazonaws.com",
    },
    "aws_wafv2_web_acl_association": {
        "resource_arn": f"arn:aws:cognito-idp:eu-west-1:123456789012:userpool/{_POOL_ID}",
        "web_acl_arn": "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/a/1",
    },
}
"""What a resource needs to be planned; a case names only what it is about."""

_ONLY_PROVIDER_6 = {
    "aws_cognito_log_delivery_configuration",
    "aws_cognito_managed_login_branding",
}
_ROOT: Mapping[str, Any] = {
    "terraform": {"required_providers": {"aws": {"source": "hashicorp/aws", "version": "5.100.0"}}},
    "provider": {
        "aws": [
            {"region": "eu-west-1", **OFFLINE},
            {"alias": "us_east_1", "region": "us-east-1", **OFFLINE},
        ]
    },
    "resource": {"terraform_data": {"unknown": {}}},
    "module": {"elsewhere": {"source": "./elsewhere"}},
}
_UNKNOWN = "${jsondecode(terraform_data.unknown.id)}"
"""A value of any type that is known after the apply alone."""

_WHOLE = {
    "auto_verified_attributes",
    "provider_details",
    "provider_details.client_secret",
    "provider_details.private_key",
    "roles",
    "sign_in_policy[0].allowed_first_auth_factors",
    "tags",
}
"""Maps and sets that a plan shows as unknown as a whole where one item is unknown."""

_POLICY = "sms_configuration[0].sns_caller_arn"
"""The rule reads the role's trust policy, a text that is unknown where a part of it is."""

_IN_ANOTHER_ORDER = {"CVA16", "CVK04"}
"""A plan sorts resources by address: of two users with one name, and of 27 servers, others are the
second and those beyond the limit."""


@pytest.fixture(scope="module")
def planned(
    executable: Path,
    shared_provider: Mapping[str, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Mapping[str, tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """The Terraform and the plan of each case that can be planned, by label."""
    folder = tmp_path_factory.mktemp("rules")
    (folder / "elsewhere").mkdir()
    _write(folder / "main.tf.json", _ROOT)
    _write(
        folder / "elsewhere" / "main.tf.json",
        {
            "resource": {"terraform_data": {"unknown": {}}},
            "output": {"id": {"value": _UNKNOWN}},
        },
    )
    documents = dict(_documents())
    given = {}
    for label, document in documents.items():
        labelled = _with_label(document, label)
        _write(folder / f"{label}.tf.json", labelled)
        for name, variable in labelled.get("variable", {}).items():
            if "default" not in variable:
                given[name] = "made-up"
    _write(folder / "given.auto.tfvars.json", given)
    terraform = Terraform(
        folder=folder,
        executable=executable,
        environment={**terraform_environment(os.environ, work=folder), **shared_provider},
    )
    terraform.init()
    for command in (
        ("validate", "-json"),
        ("plan", "-json", "-refresh=false", "-lock=false", "-out=saved"),
    ):
        while refused := set(_refused(terraform, *command)):
            for label in refused:
                (folder / f"{label}.tf.json").unlink()
                del documents[label]
    plan = json.loads(terraform.run("show", "-json", "saved"))
    return {label: (document, _part(plan, label)) for label, document in documents.items()}


def test_most_cases_can_be_planned(
    planned: Mapping[str, tuple[Mapping[str, Any], Mapping[str, Any]]],
) -> None:
    """Otherwise the test below could pass on nothing."""
    assert len(planned) > 700


def test_each_rule_says_of_a_plan_what_it_says_of_the_terraform(
    planned: Mapping[str, tuple[Mapping[str, Any], Mapping[str, Any]]], tmp_path: Path
) -> None:
    found = []
    for label, (document, plan) in planned.items():
        written = Judged.of({**_ROOT, **document}, tmp_path, profile=STRICT)
        told = Judged.of(plan, tmp_path, profile=STRICT)
        for difference in differences(written, told):
            mark, rule, address = difference.split()
            at = told.undecided.get((rule, address), "")
            in_parts = mark == "?" and at in {*_WHOLE, _POLICY}
            if not in_parts and rule not in _IN_ANOTHER_ORDER:
                found.append(f"{label}: {difference} {at}")

    assert found == []


def _documents() -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Walk through the Terraform of the cases, each with a label."""
    for at, case in enumerate(CASES):
        for kind, resources in (("b", case.bad), ("g", case.good), ("u", case.unknown)):
            # An import reads from AWS.
            sections = {"import", "provider", "terraform"}
            if resources is None or resources.keys() & {*sections, *_ONLY_PROVIDER_6}:
                continue
            document: dict[str, Any] = defaultdict(dict)
            for name, bodies in resources.items():
                if name in SECTIONS:
                    document[name] = bodies
                else:
                    document["resource"][name] = {
                        key: {**_REQUIRED.get(name, {}), **body} for key, body in bodies.items()
                    }
            text = json.dumps(document).replace("${var.unknown}", _UNKNOWN)
            yield f"c{at}{kind}", json.loads(text)


def _with_label(document: Mapping[str, Any], label: str) -> Mapping[str, Any]:
    """Put *label* before all names that *document* defines and refers to."""
    text = json.dumps(document)
    text = re.sub(r"(?<![\w.])((?:data\.)?aws_\w+)\.(?=[A-Za-z_])", rf"\1.{label}__", text)
    text = re.sub(r"\b(var|local)\.(\w+)", rf"\1.{label}__\2", text)
    labelled: dict[str, Any] = {}
    for section, bodies in json.loads(text).items():
        if section in {"resource", "data"}:
            labelled[section] = {
                kind: {f"{label}__{name}": body for name, body in named.items()}
                for kind, named in bodies.items()
            }
        else:
            labelled[section] = {f"{label}__{name}": body for name, body in bodies.items()}
    return labelled


def _refused(terraform: Terraform, *command: str) -> Iterator[str]:
    """Run *command*, and name the cases with an error."""
    with TerraformProcess(terraform, *command) as process:
        output = process.wait().output
    lines = [output] if command[0] == "validate" else output.splitlines()
    for line in lines:
        told = json.loads(line)
        for diagnostic in told.get("diagnostics", [told.get("diagnostic", {})]):
            if diagnostic.get("severity") == "error":
                place = f"{diagnostic.get('range', {}).get('filename')} {diagnostic.get('address')}"
                found = re.search(r"\b(c\d+[bgu])(\.tf\.json|__)", place)
                assert found, diagnostic
                yield found[1]


def _part(plan: Mapping[str, Any], label: str) -> Mapping[str, Any]:
    """Return what *plan* says of the case *label*, with its own names."""
    root = plan["configuration"]["root_module"]
    part = {
        "format_version": plan["format_version"],
        "resource_changes": [
            change for change in plan["resource_changes"] if change["name"].startswith(f"{label}__")
        ],
        "output_changes": _of(plan.get("output_changes", {}), label),
        "configuration": {
            "provider_config": plan["configuration"]["provider_config"],
            "root_module": {
                "module_calls": root["module_calls"],
                "outputs": _of(root.get("outputs", {}), label),
                "resources": [
                    resource
                    for resource in root["resources"]
                    if resource["name"].startswith(f"{label}__")
                ],
                "variables": _of(root.get("variables", {}), label),
            },
        },
    }
    own: Mapping[str, Any] = json.loads(json.dumps(part).replace(f"{label}__", ""))
    return own


def _of(named: Mapping[str, Any], label: str) -> Mapping[str, Any]:
    return {name: body for name, body in named.items() if name.startswith(f"{label}__")}


def _write(file: Path, document: Mapping[str, Any]) -> None:
    file.write_text(json.dumps(document, indent=1), encoding="utf-8")
