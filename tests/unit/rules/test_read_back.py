"""What the provider reads back where an argument is not set counts as not set."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from constructs_auth.rules.judge import judge
from constructs_auth.rules.profile import STANDARD
from constructs_auth.rules.registry import RULES
from constructs_auth.terraform.plan_json import read_plan
from constructs_auth.terraform.state_json import read_state

CLIENT = "aws_cognito_user_pool_client"
GROUP = "aws_cognito_user_group"
ROLES = "aws_cognito_identity_pool_roles_attachment"

LIFETIMES = {"access_token_validity": 0, "id_token_validity": 0, "refresh_token_validity": 30}
MAPPING = {
    "role_mapping": [
        {"type": "Token", "ambiguous_role_resolution": "Deny", "mapping_rule": []},
    ]
}


def plan(kind: str, after: Mapping[str, Any], **expressions: object) -> Mapping[str, Any]:
    """Make a plan that leaves one resource as it is."""
    return {
        "format_version": "1.2",
        "resource_changes": [
            {
                "address": f"{kind}.it",
                "mode": "managed",
                "type": kind,
                "name": "it",
                "change": {"actions": ["no-op"], "before": after, "after": after},
            }
        ],
        "configuration": {
            "root_module": {
                "resources": [
                    {"mode": "managed", "type": kind, "name": "it", "expressions": expressions}
                ]
            }
        },
    }


def state(kind: str, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Make a state with one resource."""
    resource = {
        "address": f"{kind}.it",
        "mode": "managed",
        "type": kind,
        "name": "it",
        "values": values,
    }
    return {"format_version": "1.0", "values": {"root_module": {"resources": [resource]}}}


def said(rule: str, document: Mapping[str, Any]) -> list[str]:
    """Ask *rule* of a plan or a state."""
    read = read_plan if "resource_changes" in document else read_state
    report = judge(
        read(document),
        rules=[each for each in RULES if each.id == rule],
        profile=STANDARD,
        today=date(2026, 1, 1),
    )
    return [f"{finding.at}: {finding.text}" for finding in report.findings]


@pytest.mark.parametrize(
    ("rule", "kind", "values"),
    [
        ("CVH02", CLIENT, LIFETIMES),
        ("CVH03", CLIENT, {"refresh_token_validity": 0}),
        ("CVH04", CLIENT, LIFETIMES),
        ("CG210", CLIENT, LIFETIMES),
        ("CVK05D", GROUP, {"precedence": 0}),
        ("CVK09", ROLES, MAPPING),
    ],
)
def test_an_empty_value_of_a_plan_or_a_state_is_not_set(
    rule: str, kind: str, values: Mapping[str, Any]
) -> None:
    assert said(rule, plan(kind, values)) == []
    assert said(rule, state(kind, values)) == []


def test_an_empty_value_that_the_configuration_sets_counts() -> None:
    zero = {"constant_value": 0}
    assert said("CVK05D", plan(GROUP, {"precedence": 0}, precedence=zero)) == [
        "precedence: must be at least 1, got 0"
    ]


def test_a_key_that_cognito_never_returns_is_not_missing_in_what_exists() -> None:
    details = {"client_id": "a", "team_id": "b", "key_id": "c", "authorize_scopes": "email"}
    apple = {"provider_type": "SignInWithApple", "provider_details": details}
    kind = "aws_cognito_identity_provider"
    new: Any = plan(kind, apple)
    new["resource_changes"][0]["change"] |= {"actions": ["create"], "before": None}

    assert said("CVJ05", plan(kind, apple)) == []
    assert said("CVJ05", state(kind, apple)) == []
    assert said("CVJ05", new) == ["provider_details: must have private_key for SignInWithApple"]


def test_each_block_of_a_set_is_compared_with_its_own_configuration() -> None:
    """Terraform sorts them: in the plan, `a` stands before `b`."""
    policy = {"password_policy": [{"minimum_length": 8, "temporary_password_validity_days": 0}]}
    left_out = {"minimum_length": {"constant_value": 8}}
    zero = {**left_out, "temporary_password_validity_days": {"constant_value": 0}}
    other = {"minimum_length": {"constant_value": 9}}

    def of(*blocks: Mapping[str, Any]) -> list[str]:
        return said("CVC02B", plan("aws_cognito_user_pool", policy, password_policy=list(blocks)))

    assert of(left_out) == of(other, left_out) == of(left_out, other) == []
    assert of(zero) == of(other, zero) == of(zero, other) != []


def test_a_state_names_roles_by_their_arns() -> None:
    arn = "arn:aws:iam::123456789012:role/staff"
    resources = [
        ("aws_iam_role", {"name": "staff", "arn": arn, "assume_role_policy": "{}"}),
        (
            "aws_iam_role_policy_attachment",
            {"role": "staff", "policy_arn": "arn:aws:iam::aws:policy/AdministratorAccess"},
        ),
        (ROLES, {"identity_pool_id": "eu-west-1:1", "roles": {"authenticated": arn}}),
    ]
    document: Any = state(ROLES, {})
    document["values"]["root_module"]["resources"] = [
        {"address": f"{kind}.it", "mode": "managed", "type": kind, "name": "it", "values": values}
        for kind, values in resources
    ]
    assert said("CG505B", document) == [
        "roles: must not use aws_iam_role.it, which has arn:aws:iam::aws:policy/AdministratorAccess"
    ]


@pytest.mark.parametrize("sensitive", [True, False])
def test_a_state_shows_an_output_of_a_secret_by_its_value(*, sensitive: bool) -> None:
    details = {"client_id": "app", "client_secret": "s3cret"}
    document: Any = state("aws_cognito_identity_provider", {"provider_details": details})
    document["values"]["outputs"] = {
        "google": {"sensitive": sensitive, "value": [{"secret": "s3cret"}]},
        "client": {"sensitive": False, "value": "app"},
    }
    assert said("CG701C", document) == [
        "sensitive: must be true for aws_cognito_identity_provider.it.provider_details, got false"
    ] * (not sensitive)


def certificate_of(provider: str) -> Mapping[str, Any]:
    """Make a plan of a custom domain, whose certificate is created with *provider*."""
    certificate, domain = "aws_acm_certificate", "aws_cognito_user_pool_domain"
    arn = {"references": [f"{certificate}.it.arn", f"{certificate}.it"]}
    changes = [
        (certificate, {"domain_name": "auth.example.com"}, {"arn": True}),
        (domain, {"domain": "auth.example.com"}, {"certificate_arn": True}),
    ]
    return {
        "format_version": "1.2",
        "resource_changes": [
            {
                "address": f"{kind}.it",
                "mode": "managed",
                "type": kind,
                "name": "it",
                "change": {
                    "actions": ["create"],
                    "before": None,
                    "after": after,
                    "after_unknown": unknown,
                },
            }
            for kind, after, unknown in changes
        ],
        "configuration": {
            "provider_config": {
                "aws": {"name": "aws", "expressions": {"region": {"constant_value": "eu-west-1"}}},
                "aws.virginia": {
                    "name": "aws",
                    "alias": "virginia",
                    "expressions": {"region": {"constant_value": "us-east-1"}},
                },
                "aws.open": {
                    "name": "aws",
                    "alias": "open",
                    "expressions": {"region": {"references": ["var.region"]}},
                },
            },
            "root_module": {
                "resources": [
                    {
                        "mode": "managed",
                        "type": certificate,
                        "name": "it",
                        "provider_config_key": provider,
                        "expressions": {},
                    },
                    {
                        "mode": "managed",
                        "type": domain,
                        "name": "it",
                        "provider_config_key": "aws",
                        "expressions": {"certificate_arn": arn},
                    },
                ]
            },
        },
    }


@pytest.mark.parametrize(
    ("provider", "expected"),
    [
        ("aws", ["certificate_arn: must be a certificate in us-east-1, got one in eu-west-1"]),
        ("aws.virginia", []),
        ("aws.open", []),
    ],
)
def test_a_plan_shows_the_region_of_a_certificate_by_its_provider(
    provider: str, expected: list[str]
) -> None:
    assert said("CVI03C", certificate_of(provider)) == expected
