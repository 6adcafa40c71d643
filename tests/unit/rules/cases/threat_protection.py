"""Threat protection of a pool: its modes, and whether it acts."""

from tests.unit.rules.cases import (
    UNKNOWN,
    Case,
    Resources,
    pool,
)

ENFORCED = {"user_pool_add_ons": {"advanced_security_mode": "ENFORCED"}}


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
        bad=pool(),
        says=(
            "aws_cognito_user_pool.users: user_pool_add_ons: must have custom_auth_mode = "
            "ENFORCED, got null",
        ),
        good=add_ons(advanced_security_additional_flows={"custom_auth_mode": "ENFORCED"}),
        unknown=add_ons(advanced_security_mode="ENFORCED"),
    ),
    Case(
        rule="CG110",
        bad=add_ons(advanced_security_additional_flows={"custom_auth_mode": "AUDIT"}),
        says=(
            "aws_cognito_user_pool.users: "
            "user_pool_add_ons[0].advanced_security_additional_flows[0].custom_auth_mode: "
            "must be ENFORCED, got 'AUDIT'",
        ),
        good=add_ons(advanced_security_additional_flows={"custom_auth_mode": "ENFORCED"}),
        unknown=add_ons(advanced_security_additional_flows={"custom_auth_mode": UNKNOWN}),
    ),
)
