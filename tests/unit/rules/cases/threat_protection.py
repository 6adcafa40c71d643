"""Threat protection of a pool: its modes, and whether it acts."""

from collections.abc import Mapping

from tests.unit.rules.cases import FEDERATED, OWN, UNKNOWN, Case, Resources, client_of_pool, pool

ENFORCED = {"user_pool_add_ons": {"advanced_security_mode": "ENFORCED"}}
CHALLENGES = {"lambda_config": {"define_auth_challenge": UNKNOWN}}


def with_custom_mode(mode: object) -> Mapping[str, object]:
    """Make the add-ons of a pool with threat protection of custom challenges."""
    flows = {"custom_auth_mode": mode}
    return {
        "user_pool_add_ons": {
            "advanced_security_mode": "ENFORCED",
            "advanced_security_additional_flows": flows,
        }
    }


ALL_ENFORCED = {**with_custom_mode("ENFORCED"), "user_pool_tier": "PLUS"}


def add_ons(**values: object) -> Resources:
    """Make a pool with `user_pool_add_ons`."""
    return pool(user_pool_add_ons=values)


CASES = (
    Case(
        rule="CVG01C",
        bad=add_ons(advanced_security_mode="ON"),
        says=(
            "aws_cognito_user_pool.users: user_pool_add_ons[0].advanced_security_mode: must "
            "be one of OFF, AUDIT, ENFORCED, got 'ON'",
        ),
        good=add_ons(advanced_security_mode="OFF"),
        unknown=add_ons(advanced_security_mode=UNKNOWN),
    ),
    Case(
        rule="CVG01C",
        bad=add_ons(
            advanced_security_additional_flows={"custom_auth_mode": "OFF"},
            advanced_security_mode="AUDIT",
        ),
        says=(
            "aws_cognito_user_pool.users: "
            "user_pool_add_ons[0].advanced_security_additional_flows[0].custom_auth_mode: "
            "must be one of AUDIT, ENFORCED, got 'OFF'",
        ),
        good=add_ons(
            advanced_security_additional_flows={"custom_auth_mode": "AUDIT"},
            advanced_security_mode="AUDIT",
        ),
        unknown=add_ons(
            advanced_security_additional_flows={"custom_auth_mode": UNKNOWN},
            advanced_security_mode="AUDIT",
        ),
    ),
    Case(
        rule="CG109",
        bad=pool(),
        says=(
            "aws_cognito_user_pool.users: user_pool_add_ons: must have "
            "advanced_security_mode = ENFORCED, got null",
        ),
        good=pool(**ENFORCED),
        unknown=add_ons(advanced_security_mode=UNKNOWN),
    ),
    Case(
        rule="CG109",
        bad=add_ons(advanced_security_mode="AUDIT"),
        says=(
            "aws_cognito_user_pool.users: user_pool_add_ons[0].advanced_security_mode: must "
            "be ENFORCED, got 'AUDIT'",
        ),
        good=pool(**ENFORCED),
        unknown=pool(user_pool_add_ons=UNKNOWN),
    ),
    Case(
        rule="CG110",
        bad=pool(**CHALLENGES),
        says=(
            "aws_cognito_user_pool.users: user_pool_add_ons: must have custom_auth_mode = "
            "ENFORCED, got null",
        ),
        good=pool(**ALL_ENFORCED, **CHALLENGES),
        unknown=pool(**ENFORCED, **CHALLENGES),
    ),
    Case(
        rule="CG110",
        bad=pool(**CHALLENGES, **with_custom_mode("AUDIT")),
        says=(
            "aws_cognito_user_pool.users: "
            "user_pool_add_ons[0].advanced_security_additional_flows[0].custom_auth_mode: "
            "must be ENFORCED, got 'AUDIT'",
        ),
        good=pool(**with_custom_mode("AUDIT")),
        unknown=pool(**CHALLENGES, **with_custom_mode(UNKNOWN)),
    ),
    Case(
        rule="CG109",
        bad=pool(user_pool_tier="PLUS"),
        says=(
            "aws_cognito_user_pool.users: user_pool_add_ons: must have advanced_security_mode = "
            "ENFORCED, got null",
        ),
        good=pool(user_pool_tier="ESSENTIALS"),
        unknown=None,
    ),
    Case(
        rule="CG109",
        bad=client_of_pool({}, **OWN),
        says=(
            "aws_cognito_user_pool.users: user_pool_add_ons: must have advanced_security_mode = "
            "ENFORCED, got null",
        ),
        good=client_of_pool({}, **FEDERATED),
        unknown=None,
    ),
    Case(
        rule="CG109",
        profile="strict",
        bad=pool(user_pool_tier="ESSENTIALS"),
        says=(
            "aws_cognito_user_pool.users: user_pool_add_ons: must have advanced_security_mode = "
            "ENFORCED, got null",
        ),
        good=pool(**ALL_ENFORCED),
        unknown=None,
    ),
)
