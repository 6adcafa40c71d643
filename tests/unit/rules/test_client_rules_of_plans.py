"""What the rules of clients, providers and users read in a plan that Terraform JSON says otherwise.

The plans have the shape of those of Terraform 1.11.4 and AWS provider 5.100.0.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from constructs_auth.rules.judge import judge
from constructs_auth.rules.profile import STANDARD
from constructs_auth.rules.registry import RULES
from constructs_auth.terraform.plan_json import read_plan

PROVIDER = "aws_cognito_identity_provider"
CLIENT = "aws_cognito_user_pool_client"
IN_POOL = {"references": ["aws_cognito_user_pool.users.id", "aws_cognito_user_pool.users"]}


def resource(
    kind: str,
    name: str,
    after: Mapping[str, Any],
    expressions: Mapping[str, Any],
    *,
    sensitive: Mapping[str, Any] | None = None,
    depends_on: list[str] | None = None,
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Make what a plan says of one resource: its change, and its configuration."""
    change = {
        "address": f"{kind}.{name}",
        "mode": "managed",
        "type": kind,
        "name": name,
        "change": {
            "actions": ["create"],
            "before": None,
            "after": after,
            "after_unknown": {"id": True, "user_pool_id": True},
            "after_sensitive": sensitive or {},
        },
    }
    configured: dict[str, Any] = {
        "address": f"{kind}.{name}",
        "mode": "managed",
        "type": kind,
        "name": name,
        "expressions": {"user_pool_id": IN_POOL, **expressions},
    }
    if depends_on:
        configured["depends_on"] = depends_on
    return change, configured


def said(rule: str, *resources: tuple[dict[str, Any], dict[str, Any]]) -> list[str]:
    """Ask *rule* of a plan of *resources* in one pool."""
    users = resource("aws_cognito_user_pool", "users", {"name": "users"}, {})
    plan = {
        "format_version": "1.2",
        "resource_changes": [change for change, _ in (users, *resources)],
        "configuration": {
            "root_module": {"resources": [configured for _, configured in (users, *resources)]}
        },
    }
    report = judge(
        read_plan(plan),
        rules=[each for each in RULES if each.id == rule],
        profile=STANDARD,
        today=date(2026, 1, 1),
    )
    assert report.undecided == ()
    return [f"{finding.resource.address}: {finding.text}" for finding in report.findings]


def google(expression: Mapping[str, Any], **sensitive: object) -> tuple[Any, Any]:
    """Make a provider whose secret the plan has in clear, as all plans do."""
    return resource(
        PROVIDER,
        "google",
        {"provider_details": {"client_id": "1", "client_secret": "s3cret"}},
        {"provider_details": expression},
        sensitive={"provider_details": sensitive},
    )


MUST = f"{PROVIDER}.google: must come from a sensitive variable or a data source, got"


@pytest.mark.parametrize(
    ("provider", "expected"),
    [
        (google({"references": ["var.secret"]}, client_secret=True), []),
        (google({"references": ["var.secret"]}), [f"{MUST} one that every plan shows"]),
        (google({"constant_value": {"client_secret": "s3cret"}}), [f"{MUST} a literal value"]),
    ],
    ids=["of a sensitive variable", "of an open variable", "written out"],
)
def test_a_secret_in_a_plan_is_told_by_where_it_comes_from(
    provider: tuple[Any, Any], expected: list[str]
) -> None:
    assert said("CG301", provider) == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ({"references": ["var.password"]}, []),
        (
            {"constant_value": "Welcome-2026!"},
            [
                "aws_cognito_user.ann: must come from a sensitive variable or a data source, got a "
                "literal value"
            ],
        ),
    ],
    ids=["of a variable", "written out"],
)
def test_a_password_that_the_provider_hides_may_still_be_written_out(
    expression: Mapping[str, Any], expected: list[str]
) -> None:
    """The provider marks it as sensitive wherever it comes from."""
    user = resource(
        "aws_cognito_user",
        "ann",
        {"password": "Welcome-2026!"},
        {"password": expression},
        sensitive={"password": True, "temporary_password": True},
    )
    assert said("CG701", user) == expected


@pytest.mark.parametrize(
    ("expression", "depends_on", "expected"),
    [
        ({"references": [f"{PROVIDER}.acme.provider_name", f"{PROVIDER}.acme"]}, None, []),
        ({"constant_value": ["acme"]}, [f"{PROVIDER}.acme"], []),
        (
            {"constant_value": ["acme"]},
            None,
            [f"{CLIENT}.web: must reference {PROVIDER}.acme, got the text 'acme'"],
        ),
    ],
    ids=["reference", "depends_on", "text"],
)
def test_the_order_of_a_provider_and_its_client_is_read_in_a_plan(
    expression: Mapping[str, Any], depends_on: list[str] | None, expected: list[str]
) -> None:
    acme = resource(PROVIDER, "acme", {"provider_name": "acme"}, {})
    web = resource(
        CLIENT,
        "web",
        {"supported_identity_providers": ["acme"]},
        {"supported_identity_providers": expression},
        depends_on=depends_on,
    )
    assert said("CVH23C", acme, web) == expected
