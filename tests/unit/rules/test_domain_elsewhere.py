"""A client with OAuth and no domain in its plan or state: what Cognito returned decides.

`domain` and `custom_domain` of a pool are what the provider reads back (AWS provider 5.100.0): a
domain that is defined elsewhere is there too.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from constructs_auth.rules.judge import judge
from constructs_auth.rules.profile import STANDARD
from constructs_auth.rules.registry import RULES
from constructs_auth.terraform.configuration import Configuration
from constructs_auth.terraform.plan_json import read_plan
from constructs_auth.terraform.state_json import read_state

POOL, CLIENT = "aws_cognito_user_pool", "aws_cognito_user_pool_client"
SIGN_IN = {
    "user_pool_id": "eu-west-1_AbCdEf123",
    "allowed_oauth_flows": ["code"],
    "allowed_oauth_flows_user_pool_client": True,
}
NO_DOMAIN = [f"{CLIENT}.it: must come with a domain of its user pool, got none"]


def said(configuration: Configuration) -> list[str]:
    """Ask the rule."""
    rules = [rule for rule in RULES if rule.id == "CVI08"]
    report = judge(configuration, rules=rules, profile=STANDARD, today=date(2026, 1, 1))
    return [f"{finding.resource.address}: {finding.text}" for finding in report.findings]


def named(kind: str) -> dict[str, Any]:
    """Name the only resource of a type."""
    return {"address": f"{kind}.it", "mode": "managed", "type": kind, "name": "it"}


def plan(pool: Mapping[str, Any], client: Mapping[str, Any]) -> Configuration:
    """Read a plan with the changes of a pool and of its client."""
    reference = {"references": [f"{POOL}.it.id", f"{POOL}.it"]}
    document = {
        "format_version": "1.2",
        "resource_changes": [
            {**named(POOL), "change": pool},
            {**named(CLIENT), "change": client},
        ],
        "configuration": {
            "root_module": {
                "resources": [
                    {**named(POOL), "expressions": {}},
                    {**named(CLIENT), "expressions": {"user_pool_id": reference}},
                ]
            }
        },
    }
    return read_plan(document)


def unchanged(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Leave a resource as it is."""
    return {"actions": ["no-op"], "before": values, "after": values, "after_unknown": {}}


READ_BACK = [
    ({"domain": "", "custom_domain": ""}, NO_DOMAIN),
    ({"domain": "acme", "custom_domain": ""}, []),
    ({"domain": "", "custom_domain": "auth.acme.example"}, []),
]


@pytest.mark.parametrize(("returned", "expected"), READ_BACK)
def test_a_state_and_a_plan_show_a_domain_that_is_defined_elsewhere(
    returned: Mapping[str, Any], expected: list[str]
) -> None:
    pool = {"id": "eu-west-1_AbCdEf123", "name": "it", **returned}
    assert said(plan(unchanged(pool), unchanged(SIGN_IN))) == expected
    resources = [{**named(POOL), "values": pool}, {**named(CLIENT), "values": SIGN_IN}]
    state = {"format_version": "1.0", "values": {"root_module": {"resources": resources}}}
    assert said(read_state(state)) == expected


def test_a_pool_that_the_plan_creates_has_none_yet() -> None:
    created = {"actions": ["create"], "before": None}
    pool = {
        **created,
        "after": {"name": "it"},
        "after_unknown": {"id": True, "domain": True, "custom_domain": True},
    }
    client = {
        **created,
        "after": {name: value for name, value in SIGN_IN.items() if name != "user_pool_id"},
        "after_unknown": {"id": True, "user_pool_id": True},
    }
    assert said(plan(pool, client)) == NO_DOMAIN
