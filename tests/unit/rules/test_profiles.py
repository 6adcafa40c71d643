"""Each profile can be met: its rules contradict neither each other nor Cognito."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from constructs_auth.rules.judge import Report, judge
from constructs_auth.rules.profile import PROFILES
from constructs_auth.rules.registry import RULES
from constructs_auth.rules.rule import Severity
from constructs_auth.terraform.terraform_json import read_document

USERS = "${aws_cognito_user_pool.users.id}"
BLOCK = {"event_action": "BLOCK", "notify": False}
CLASSES = ("require_lowercase", "require_numbers", "require_symbols", "require_uppercase")
TAGS = {"owner": "identity", "environment": "prod", "data-classification": "personal"}

STANDARD_POOL: Mapping[str, Any] = {
    "account_recovery_setting": {"recovery_mechanism": [{"name": "verified_email", "priority": 1}]},
    "admin_create_user_config": {"allow_admin_create_user_only": False},
    "auto_verified_attributes": ["email"],
    "deletion_protection": "ACTIVE",
    "mfa_configuration": "OPTIONAL",
    "name": "users",
    "password_policy": {
        "minimum_length": 8,
        "password_history_size": 1,
        "temporary_password_validity_days": 7,
        **dict.fromkeys(CLASSES, True),
    },
    "sign_in_policy": {"allowed_first_auth_factors": ["EMAIL_OTP", "PASSWORD", "WEB_AUTHN"]},
    "software_token_mfa_configuration": {"enabled": True},
    "user_attribute_update_settings": {"attributes_require_verification_before_update": ["email"]},
    "user_pool_tier": "ESSENTIALS",
    "username_configuration": {"case_sensitive": False},
}
NIST_POOL = {
    **STANDARD_POOL,
    "password_policy": {
        "minimum_length": 15,
        "password_history_size": 1,
        "temporary_password_validity_days": 7,
        **dict.fromkeys(CLASSES, False),
    },
}
STRICT_POOL = {
    **STANDARD_POOL,
    "admin_create_user_config": {"allow_admin_create_user_only": True},
    "email_configuration": {
        "email_sending_account": "DEVELOPER",
        "source_arn": "arn:aws:ses:eu-west-1:123456789012:identity/example.com",
    },
    "mfa_configuration": "ON",
    "password_policy": {
        "minimum_length": 14,
        "password_history_size": 1,
        "temporary_password_validity_days": 7,
        **dict.fromkeys(CLASSES, True),
    },
    "sign_in_policy": {"allowed_first_auth_factors": ["PASSWORD"]},
    "tags": TAGS,
    "user_pool_add_ons": {
        "advanced_security_additional_flows": {"custom_auth_mode": "ENFORCED"},
        "advanced_security_mode": "ENFORCED",
    },
    "user_pool_tier": "PLUS",
}
STRICT_RISKS = {
    "account_takeover_risk_configuration": {
        "actions": {"high_action": BLOCK, "low_action": BLOCK, "medium_action": BLOCK}
    },
    "compromised_credentials_risk_configuration": {
        "actions": {"event_action": "BLOCK"},
        "event_filter": ["PASSWORD_CHANGE", "SIGN_IN", "SIGN_UP"],
    },
    "user_pool_id": USERS,
}
LOGS = {
    "log_configurations": [
        {
            "cloud_watch_logs_configuration": {
                "log_group_arn": "${aws_cloudwatch_log_group.a.arn}"
            },
            "event_source": source,
            "log_level": level,
        }
        for source, level in (("userAuthEvents", "INFO"), ("userNotification", "ERROR"))
    ],
    "user_pool_id": USERS,
}
WEB_ACL = {
    "resource_arn": "${aws_cognito_user_pool.users.arn}",
    "web_acl_arn": "${aws_wafv2_web_acl.users.arn}",
}


def judged(profile: str, pool: Mapping[str, Any], **resources: Mapping[str, Any]) -> Report:
    """Judge *pool* and what else there is, one resource of a type."""
    document = {
        "resource": {
            "aws_cognito_user_pool": {"users": pool},
            **{kind: {"users": body} for kind, body in resources.items()},
        }
    }
    return judge(
        read_document(document), rules=RULES, profile=PROFILES[profile], today=date(2026, 1, 1)
    )


def counted(report: Report) -> list[str]:
    """Name the rules whose findings are more than information."""
    return sorted(
        finding.rule.id for finding in report.findings if finding.severity is not Severity.INFO
    )


@pytest.mark.parametrize(("profile", "pool"), [("standard", STANDARD_POOL), ("nist", NIST_POOL)])
def test_a_profile_that_costs_nothing_can_be_met_without_the_plan_plus(
    profile: str, pool: Mapping[str, Any]
) -> None:
    report = judged(profile, pool)
    assert counted(report) == []
    assert report.undecided == ()


def test_what_needs_the_plan_plus_or_costs_money_is_shown_and_not_counted() -> None:
    report = judged("standard", STANDARD_POOL)
    assert sorted(finding.rule.id for finding in report.findings) == [
        "CG108",
        "CG118",
        "CG602",
        "CG603",
    ]


def test_the_strict_profile_can_be_met_without_any_finding() -> None:
    report = judged(
        "strict",
        STRICT_POOL,
        aws_cognito_log_delivery_configuration=LOGS,
        aws_cognito_risk_configuration=STRICT_RISKS,
        aws_wafv2_web_acl_association=WEB_ACL,
    )
    assert report.findings == ()
    assert report.undecided == ()


def test_the_strict_profile_counts_what_the_others_only_show() -> None:
    assert counted(judged("strict", STANDARD_POOL)) == [
        "CG102",
        "CG104",
        "CG108",
        "CG109",
        "CG110",
        "CG111",
        "CG112",
        "CG113",
        "CG601",
    ]


def test_no_pool_meets_both_what_aws_and_what_nist_asks_of_passwords() -> None:
    assert counted(judged("nist", STANDARD_POOL)) == ["CG104", *["CG105"] * 4]
    assert counted(judged("standard", NIST_POOL)) == ["CG105"] * 4
