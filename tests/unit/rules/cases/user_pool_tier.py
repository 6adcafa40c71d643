"""What the feature plan must have."""

from collections.abc import Mapping

from tests.unit.rules.cases import (
    FEDERATED,
    OWN,
    POOL,
    UNKNOWN,
    Case,
    Resources,
    client,
    client_of_pool,
    factors,
    pool,
)

CUSTOM = {
    "advanced_security_additional_flows": {"custom_auth_mode": "ENFORCED"},
    "advanced_security_mode": "OFF",
}


def lite(**values: object) -> Resources:
    """Make a pool on the plan Lite."""
    return pool(user_pool_tier="LITE", **values)


def essentials(**values: object) -> Resources:
    """Make a pool on the plan Essentials."""
    return pool(user_pool_tier="ESSENTIALS", **values)


def risks(pool: Mapping[str, object]) -> Resources:
    """Make a pool and its risk configuration."""
    return member(pool, "aws_cognito_risk_configuration")


def domain(pool: Mapping[str, object], **values: object) -> Resources:
    """Make a pool and its domain."""
    return member(pool, "aws_cognito_user_pool_domain", **values)


def logs(pool: Mapping[str, object], *configurations: Mapping[str, object]) -> Resources:
    """Make a pool and its log delivery."""
    return member(
        pool, "aws_cognito_log_delivery_configuration", log_configurations=list(configurations)
    )


def member(pool: Mapping[str, object], kind: str, **values: object) -> Resources:
    """Make a pool and what belongs to it."""
    return {
        POOL: {"users": pool},
        kind: {"it": {"user_pool_id": "${aws_cognito_user_pool.users.id}", **values}},
    }


CASES = (
    Case(
        rule="CVC04",
        bad=lite(password_policy={"password_history_size": 5}),
        says=(
            "aws_cognito_user_pool.users: user_pool_tier: must be ESSENTIALS or PLUS for a "
            "password history, got LITE",
        ),
        good=lite(password_policy={"password_history_size": 0}),
        unknown=pool(password_policy={"password_history_size": 5}),
    ),
    Case(
        rule="CVD03",
        bad=lite(email_mfa_configuration={"message": "{####}!!"}),
        says=(
            "aws_cognito_user_pool.users: user_pool_tier: must be ESSENTIALS or PLUS for MFA "
            "by e-mail, got LITE",
        ),
        good=essentials(email_mfa_configuration={"message": "{####}!!"}),
        unknown=pool(email_mfa_configuration={"message": "{####}!!"}),
    ),
    Case(
        rule="CVD08",
        bad=lite(sign_in_policy=factors("EMAIL_OTP", "PASSWORD")),
        says=(
            "aws_cognito_user_pool.users: user_pool_tier: must be ESSENTIALS or PLUS for "
            "sign-in without a password, got LITE",
        ),
        good=lite(sign_in_policy=factors("PASSWORD")),
        unknown=lite(sign_in_policy=factors(UNKNOWN)),
        mended=pool(user_pool_tier="ESSENTIALS", sign_in_policy=factors("EMAIL_OTP", "PASSWORD")),
    ),
    Case(
        rule="CVD08B",
        bad=client_of_pool({"user_pool_tier": "LITE"}, explicit_auth_flows=["ALLOW_USER_AUTH"]),
        says=(
            "aws_cognito_user_pool_client.web: user_pool_id: must name a pool whose "
            "user_pool_tier is ESSENTIALS or PLUS for ALLOW_USER_AUTH, got LITE",
        ),
        good=client_of_pool({"user_pool_tier": "PLUS"}, explicit_auth_flows=["ALLOW_USER_AUTH"]),
        unknown=client(explicit_auth_flows=["ALLOW_USER_AUTH"]),
        mended=client_of_pool(
            {"user_pool_tier": "ESSENTIALS"}, explicit_auth_flows=["ALLOW_USER_AUTH"]
        ),
    ),
    Case(
        rule="CVF01B",
        bad=lite(lambda_config={"pre_token_generation_config": {"lambda_version": "V2_0"}}),
        says=(
            "aws_cognito_user_pool.users: user_pool_tier: must be ESSENTIALS or PLUS for "
            "customized access tokens, got LITE",
        ),
        good=lite(lambda_config={"pre_token_generation_config": {"lambda_version": "V1_0"}}),
        unknown=lite(lambda_config={"pre_token_generation_config": {"lambda_version": UNKNOWN}}),
    ),
    Case(
        rule="CVG01",
        bad=essentials(user_pool_add_ons={"advanced_security_mode": "AUDIT"}),
        says=(
            "aws_cognito_user_pool.users: user_pool_tier: must be PLUS for threat "
            "protection, got ESSENTIALS",
        ),
        good=lite(user_pool_add_ons={"advanced_security_mode": "OFF"}),
        unknown=pool(user_pool_add_ons={"advanced_security_mode": "ENFORCED"}),
        mended=pool(user_pool_tier="PLUS", user_pool_add_ons={"advanced_security_mode": "AUDIT"}),
    ),
    Case(
        rule="CVG01",
        bad=lite(user_pool_add_ons=CUSTOM),
        says=(
            "aws_cognito_user_pool.users: user_pool_tier: must be PLUS for threat "
            "protection, got LITE",
        ),
        good=pool(user_pool_add_ons=CUSTOM, user_pool_tier="PLUS"),
        unknown=lite(user_pool_add_ons={"advanced_security_mode": UNKNOWN}),
    ),
    Case(
        rule="CVG01B",
        bad=risks({"user_pool_tier": "ESSENTIALS"}),
        says=(
            "aws_cognito_risk_configuration.it: user_pool_id: must name a pool whose "
            "user_pool_tier is PLUS for a risk configuration, got ESSENTIALS",
        ),
        good=risks({"user_pool_tier": "PLUS"}),
        unknown=risks({}),
    ),
    Case(
        rule="CVG02",
        bad=domain({"user_pool_tier": "LITE"}, managed_login_version=2),
        says=(
            "aws_cognito_user_pool_domain.it: user_pool_id: must name a pool whose "
            "user_pool_tier is ESSENTIALS or PLUS for managed login, got LITE",
        ),
        good=domain({"user_pool_tier": "LITE"}, managed_login_version=1),
        unknown=domain({"user_pool_tier": "LITE"}, managed_login_version=UNKNOWN),
    ),
    Case(
        rule="CVG03C",
        bad=logs({"user_pool_tier": "ESSENTIALS"}, {"event_source": "userAuthEvents"}),
        says=(
            "aws_cognito_log_delivery_configuration.it: user_pool_id: must name a pool whose "
            "user_pool_tier is PLUS for logs of user activity, got ESSENTIALS",
        ),
        good=logs({"user_pool_tier": "LITE"}, {"event_source": "userNotification"}),
        unknown=logs({"user_pool_tier": UNKNOWN}, {"event_source": "userAuthEvents"}),
        mended=logs({"user_pool_tier": "PLUS"}, {"event_source": "userAuthEvents"}),
    ),
    Case(
        rule="CG108",
        bad=pool(user_pool_tier="ESSENTIALS"),
        says=("aws_cognito_user_pool.users: user_pool_tier: must be PLUS, got 'ESSENTIALS'",),
        good=pool(user_pool_tier="PLUS"),
        unknown=pool(),
    ),
    Case(
        rule="CG108",
        bad=client_of_pool({"user_pool_tier": "ESSENTIALS"}, **OWN),
        says=("aws_cognito_user_pool.users: user_pool_tier: must be PLUS, got 'ESSENTIALS'",),
        good=client_of_pool({"user_pool_tier": "ESSENTIALS"}, **FEDERATED),
        unknown=None,
    ),
)
