"""What threat protection does with leaked passwords, with suspicious sign-ins, and for whom."""

from collections.abc import Mapping

from tests.unit.rules.cases import (
    FEDERATED,
    MACHINE,
    OWN,
    POOL,
    UNCLEAR,
    UNKNOWN,
    Case,
    Resources,
    both,
    client_of_pool,
    in_pool,
    pool,
)

RISKS = "aws_cognito_risk_configuration"

ENFORCED = {"user_pool_add_ons": {"advanced_security_mode": "ENFORCED"}}

CUSTOM = {
    "user_pool_add_ons": {
        "advanced_security_additional_flows": {"custom_auth_mode": "AUDIT"},
        "advanced_security_mode": "OFF",
    }
}

WEB_ID = "${aws_cognito_user_pool_client.web.id}"

BLOCK = {"event_action": "BLOCK", "notify": False}

RANGES = [f"10.1.{number}.0/24" for number in range(201)]


def risks(pool: Mapping[str, object], **values: object) -> Resources:
    """Make a pool and its risk configuration."""
    return {
        POOL: {"users": pool},
        RISKS: {"risks": {"user_pool_id": "${aws_cognito_user_pool.users.id}", **values}},
    }


def compromised(action: str = "BLOCK", **values: object) -> Mapping[str, object]:
    """Make what happens with leaked passwords."""
    return {
        "compromised_credentials_risk_configuration": {
            "actions": {"event_action": action},
            **values,
        }
    }


def takeover(high: str, medium: str, low: str) -> Mapping[str, object]:
    """Make what happens at each risk level."""
    levels = {"high_action": high, "low_action": low, "medium_action": medium}
    actions = {level: {"event_action": action} for level, action in levels.items()}
    return {"account_takeover_risk_configuration": {"actions": actions}}


CASES = (
    Case(
        rule="CVG01D",
        bad=risks({}),
        says=(
            "aws_cognito_risk_configuration.risks: user_pool_id: must name a pool with "
            "threat protection, got none",
        ),
        good=risks(ENFORCED),
        unknown=risks({"user_pool_add_ons": {"advanced_security_mode": UNKNOWN}}),
    ),
    Case(
        rule="CVG01D",
        bad=risks({"user_pool_add_ons": {"advanced_security_mode": "OFF"}}),
        says=(
            "aws_cognito_risk_configuration.risks: user_pool_id: must name a pool with "
            "threat protection, got OFF",
        ),
        good=risks(CUSTOM),
        unknown={RISKS: {"risks": {"user_pool_id": UNKNOWN}}},
    ),
    Case(
        rule="CVG05",
        bad=risks(
            {},
            risk_exception_configuration={
                "blocked_ip_range_list": RANGES,
                "skipped_ip_range_list": [*RANGES, "10.2.0.0/16"],
            },
        ),
        says=(
            (
                "aws_cognito_risk_configuration.risks: "
                "risk_exception_configuration[0].blocked_ip_range_list: must contain at most 200 "
                "IP ranges, got 201"
            ),
            (
                "aws_cognito_risk_configuration.risks: "
                "risk_exception_configuration[0].skipped_ip_range_list: must contain at most 200 "
                "IP ranges, got 202"
            ),
        ),
        good=risks({}, risk_exception_configuration={"blocked_ip_range_list": RANGES[:200]}),
        unknown=risks({}, risk_exception_configuration={"blocked_ip_range_list": UNKNOWN}),
    ),
    Case(
        rule="CVD16",
        bad=risks({}, **takeover("BLOCK", "MFA_REQUIRED", "MFA_IF_CONFIGURED")),
        says=(
            (
                "aws_cognito_risk_configuration.risks: "
                "account_takeover_risk_configuration[0].actions[0].low_action[0].event_action: "
                "must not ask for MFA where MFA of the pool is OFF, got MFA_IF_CONFIGURED"
            ),
            (
                "aws_cognito_risk_configuration.risks: "
                "account_takeover_risk_configuration[0].actions[0].medium_action[0].event_action: "
                "must not ask for MFA where MFA of the pool is OFF, got MFA_REQUIRED"
            ),
        ),
        good=risks(
            {"mfa_configuration": "OPTIONAL"}, **takeover("BLOCK", "MFA_REQUIRED", "NO_ACTION")
        ),
        unknown=risks({"mfa_configuration": UNKNOWN}, **takeover("MFA_REQUIRED", "BLOCK", "BLOCK")),
        mended=risks({}, **takeover("BLOCK", "BLOCK", "BLOCK")),
    ),
    Case(
        rule="CVD16",
        bad=risks({"mfa_configuration": "OFF"}, **takeover("MFA_REQUIRED", "BLOCK", "BLOCK")),
        says=(
            "aws_cognito_risk_configuration.risks: "
            "account_takeover_risk_configuration[0].actions[0].high_action[0].event_action: must "
            "not ask for MFA where MFA of the pool is OFF, got MFA_REQUIRED",
        ),
        good=risks({"mfa_configuration": "OFF"}, **takeover("BLOCK", "BLOCK", "NO_ACTION")),
        unknown=None,
    ),
    Case(
        rule="CG111",
        bad=pool(),
        says=(
            "aws_cognito_user_pool.users: : must have a risk configuration with "
            "compromised_credentials_risk_configuration, got none",
        ),
        good=risks({}, **compromised()),
        unknown={**pool(), RISKS: {"risks": {"user_pool_id": UNCLEAR}}},
    ),
    Case(
        rule="CG111",
        bad=risks({}, client_id="${aws_cognito_user_pool_client.web.id}", **compromised()),
        says=(
            "aws_cognito_user_pool.users: : must have a risk configuration with "
            "compromised_credentials_risk_configuration, got none",
        ),
        good=risks({}, **compromised(event_filter=["SIGN_UP"])),
        unknown=risks({}, compromised_credentials_risk_configuration=UNKNOWN),
    ),
    Case(
        rule="CG111B",
        bad=risks({}, **compromised("NO_ACTION", event_filter=["SIGN_UP"])),
        says=(
            (
                "aws_cognito_risk_configuration.risks: "
                "compromised_credentials_risk_configuration[0].event_filter: must contain SIGN_IN, "
                "got SIGN_UP"
            ),
            (
                "aws_cognito_risk_configuration.risks: "
                "compromised_credentials_risk_configuration[0].actions[0].event_action: must "
                "be BLOCK, got 'NO_ACTION'"
            ),
        ),
        good=risks({}, **compromised(event_filter=["SIGN_IN"])),
        unknown=risks({}, **compromised(event_filter=[UNKNOWN])),
    ),
    Case(
        rule="CG111B",
        bad=risks({}, **compromised("NO_ACTION", event_filter=[])),
        says=(
            "aws_cognito_risk_configuration.risks: "
            "compromised_credentials_risk_configuration[0].actions[0].event_action: must be "
            "BLOCK, got 'NO_ACTION'",
        ),
        good=risks({}, **compromised(event_filter=["SIGN_UP", "SIGN_IN"])),
        unknown=risks({}, **compromised(event_filter=[])),
    ),
    Case(
        rule="CG112",
        bad=risks({}, **compromised()),
        says=(
            "aws_cognito_user_pool.users: : must have a risk configuration with "
            "account_takeover_risk_configuration, got none",
        ),
        good=risks({}, **takeover("BLOCK", "BLOCK", "BLOCK")),
        unknown=risks({}, account_takeover_risk_configuration=UNKNOWN),
        mended=risks({}, **compromised(), **takeover("BLOCK", "MFA_REQUIRED", "BLOCK")),
    ),
    Case(
        rule="CG112B",
        bad=risks({}, **takeover("MFA_REQUIRED", "MFA_IF_CONFIGURED", "NO_ACTION")),
        says=(
            (
                "aws_cognito_risk_configuration.risks: "
                "account_takeover_risk_configuration[0].actions[0].high_action: must be "
                "BLOCK, got 'MFA_REQUIRED'"
            ),
            (
                "aws_cognito_risk_configuration.risks: "
                "account_takeover_risk_configuration[0].actions[0].medium_action: must be "
                "BLOCK or MFA_REQUIRED, got 'MFA_IF_CONFIGURED'"
            ),
            (
                "aws_cognito_risk_configuration.risks: "
                "account_takeover_risk_configuration[0].actions[0].low_action: must be BLOCK "
                "or MFA_REQUIRED or MFA_IF_CONFIGURED, got 'NO_ACTION'"
            ),
        ),
        good=risks({}, **takeover("BLOCK", "MFA_REQUIRED", "MFA_IF_CONFIGURED")),
        unknown=risks({}, **takeover("BLOCK", "BLOCK", UNKNOWN)),
    ),
    Case(
        rule="CG112B",
        bad=risks({}, account_takeover_risk_configuration={"actions": {"high_action": BLOCK}}),
        says=(
            (
                "aws_cognito_risk_configuration.risks: "
                "account_takeover_risk_configuration[0].actions[0].medium_action: must be "
                "BLOCK or MFA_REQUIRED, got null"
            ),
            (
                "aws_cognito_risk_configuration.risks: "
                "account_takeover_risk_configuration[0].actions[0].low_action: must be BLOCK "
                "or MFA_REQUIRED or MFA_IF_CONFIGURED, got null"
            ),
        ),
        good=risks({}),
        unknown=risks({}, account_takeover_risk_configuration=UNKNOWN),
    ),
    Case(
        rule="CG112B",
        profile="strict",
        bad=risks({}, **takeover("BLOCK", "MFA_REQUIRED", "BLOCK")),
        says=(
            "aws_cognito_risk_configuration.risks: "
            "account_takeover_risk_configuration[0].actions[0].medium_action: must be BLOCK, "
            "got 'MFA_REQUIRED'",
        ),
        good=risks({}, **takeover("BLOCK", "BLOCK", "BLOCK")),
        unknown=risks({}, **takeover(UNKNOWN, "BLOCK", "BLOCK")),
    ),
    Case(
        rule="CVG06",
        bad=in_pool(RISKS, {}, a={}, b={}),
        says=(
            f"{RISKS}.b: user_pool_id: must have one risk configuration, got a second one after "
            f"{RISKS}.a",
        ),
        good=both(client_of_pool({}), in_pool(RISKS, {}, a={}, b={"client_id": WEB_ID})),
        unknown=in_pool(RISKS, {}, a={}, b={"client_id": UNKNOWN}),
        mended=in_pool(RISKS, {}, a={}),
    ),
    Case(
        rule="CVG06",
        bad=both(
            client_of_pool({}),
            in_pool(RISKS, {}, a={"client_id": WEB_ID}, b={}, c={"client_id": WEB_ID}),
        ),
        says=(
            f"{RISKS}.c: client_id: must have one risk configuration, got a second one after "
            f"{RISKS}.a",
        ),
        good=in_pool(RISKS, {}, a={"client_id": "1example"}, b={"client_id": "2example"}),
        unknown=in_pool(RISKS, {}, a={}, b={"user_pool_id": UNCLEAR}),
    ),
    Case(
        rule="CG111",
        bad=client_of_pool({}, **OWN),
        says=(
            "aws_cognito_user_pool.users: : must have a risk configuration with "
            "compromised_credentials_risk_configuration, got none",
        ),
        good=client_of_pool({}, **FEDERATED),
        unknown=None,
    ),
    Case(
        rule="CG111",
        bad=pool(user_pool_tier="PLUS"),
        says=(
            "aws_cognito_user_pool.users: : must have a risk configuration with "
            "compromised_credentials_risk_configuration, got none",
        ),
        good=pool(user_pool_tier="LITE"),
        unknown=None,
    ),
    Case(
        rule="CG112",
        bad=client_of_pool({}, **OWN),
        says=(
            "aws_cognito_user_pool.users: : must have a risk configuration with "
            "account_takeover_risk_configuration, got none",
        ),
        good=client_of_pool({}, **MACHINE),
        unknown=None,
    ),
)
