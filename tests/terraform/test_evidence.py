"""What the AWS provider itself rejects, where a rule names the provider as its evidence."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from constructs_auth.rules.registry import RULES
from constructs_auth.rules.rule import Severity
from tests.support.terraform import Terraform, TerraformError

FUNCTION = "arn:aws:lambda:eu-west-1:123456789012:function:f"
POOL, DOMAIN = "aws_cognito_user_pool", "aws_cognito_user_pool_domain"
ROLES = "aws_cognito_identity_pool_roles_attachment"
RULE = {"claim": "team", "match_type": "Equals", "role_arn": FUNCTION, "value": "a"}
REJECTED = {
    "CVA02": (
        POOL,
        {"name": "a", "alias_attributes": ["email"], "username_attributes": ["email"]},
        '"alias_attributes": conflicts with username_attributes',
    ),
    "CVB01": (
        POOL,
        {
            "name": "a",
            "schema": [{"name": f"a{at}", "attribute_data_type": "Boolean"} for at in range(51)],
        },
        'No more than 50 "schema" blocks are allowed',
    ),
    "CVE04": (
        POOL,
        {
            "name": "a",
            "admin_create_user_config": {
                "invite_message_template": {"email_message": "Welcome, {username}"}
            },
        },
        'invite_message_template.0.email_message" does not contain {####}',
    ),
    "CVE08": (
        POOL,
        {"name": "a", "sms_configuration": {"sns_caller_arn": FUNCTION}},
        'The argument "external_id" is required',
    ),
    "CVF03B": (
        POOL,
        {
            "name": "a",
            "lambda_config": {
                "custom_email_sender": {"lambda_arn": FUNCTION, "lambda_version": "V1_0"}
            },
        },
        "all of `lambda_config.0.custom_email_sender,lambda_config.0.kms_key_id` must be specified",
    ),
    "CVI04": (
        DOMAIN,
        {"domain": "acme", "user_pool_id": "eu-west-1_a", "managed_login_version": 3},
        "expected managed_login_version to be one of [1 2], got 3",
    ),
    "CVK09": (
        ROLES,
        {
            "identity_pool_id": "eu-west-1:00000000-0000-0000-0000-000000000000",
            "roles": {"authenticated": FUNCTION},
            "role_mapping": {
                "identity_provider": "a",
                "type": "Rules",
                "mapping_rule": [RULE] * 26,
            },
        },
        'No more than 25 "mapping_rule" blocks are allowed',
    ),
}
"""A resource for each rule, and what the provider, or Terraform by its schema, says of it."""

TRIED_ELSEWHERE = {"CVH26"}
"""The provider replaces instead of rejecting; `test_import.py` tries it."""


def test_each_error_with_the_provider_as_evidence_is_tried() -> None:
    named = {
        rule.id
        for rule in RULES
        if rule.severity is Severity.ERROR and "AWS provider 5.100.0" in rule.source
    }
    assert named == REJECTED.keys() | TRIED_ELSEWHERE


@pytest.mark.thorough
def test_the_provider_rejects_what_its_rules_reject(
    executable: Path, environment: Mapping[str, str], tmp_path: Path
) -> None:
    resources: dict[str, dict[str, object]] = {}
    for rule, (kind, body, _) in REJECTED.items():
        resources.setdefault(kind, {})[rule] = body
    provider = {"aws": {"source": "hashicorp/aws", "version": ">= 5.100.0"}}
    document = {"terraform": {"required_providers": provider}, "resource": resources}
    (tmp_path / "main.tf.json").write_text(json.dumps(document, indent=1), encoding="utf-8")
    terraform = Terraform(folder=tmp_path, executable=executable, environment=environment)
    terraform.init()

    with pytest.raises(TerraformError) as caught:
        terraform.run("validate", "-no-color")

    said = " ".join(str(caught.value).replace("│", " ").split())
    assert [rule for rule, (_, _, text) in REJECTED.items() if text not in said] == [], said
