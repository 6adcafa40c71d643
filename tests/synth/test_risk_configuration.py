"""What threat protection does, for a pool and for one client."""

from typing import Any

import pytest

from constructs_auth import (
    AS_IT_IS,
    AccountTakeover,
    AccountTakeoverAction,
    AccountTakeoverEventAction,
    AdvancedSecurityMode,
    AuthApp,
    AuthStack,
    CompromisedCredentials,
    CustomAuthMode,
    EventFilter,
    ExistingUserPool,
    ExistingUserPoolClient,
    InvalidValueError,
    Mfa,
    NativeApplication,
    NotifyConfiguration,
    NotifyEmail,
    PrefixDomain,
    RiskConfiguration,
    RiskExceptions,
    SoftwareTokenMfa,
    UserPool,
    UserPoolAddOns,
    UserPoolClient,
    UserPoolDomain,
    UserPoolTier,
)
from tests.synth.conftest import Synthesize, rules_in
from tests.synth.reading import problems_of, provider_version, resources_of

RISK = "aws_cognito_risk_configuration"
SES = "arn:aws:ses:eu-west-1:123456789012:identity/acme.example"
NOTIFY = NotifyConfiguration(source_arn=SES, from_email_address="security@acme.example")
OTHERS = ExistingUserPool.from_id("eu-west-1_AbCdEf123", region="eu-west-1")


def plus_pool(stack: AuthStack, name: str = "users", **settings: Any) -> UserPool:
    """Make a pool whose threat protection is on, but for *settings*."""
    on: dict[str, Any] = {
        "user_pool_tier": UserPoolTier.PLUS,
        "user_pool_add_ons": UserPoolAddOns(advanced_security_mode=AdvancedSecurityMode.ENFORCED),
    }
    return UserPool(stack, name, **(on | settings))


def test_the_defaults_are_the_safe_ones(stack: AuthStack, synthesize: Synthesize) -> None:
    """And without e-mail the constraint on the provider rises."""
    RiskConfiguration(stack, "risk", user_pool=plus_pool(stack))
    document = synthesize(stack)

    assert resources_of(document, RISK) == {
        "risk": {
            "account_takeover_risk_configuration": {
                "actions": {
                    "high_action": {"event_action": "BLOCK", "notify": False},
                    "low_action": {"event_action": "MFA_IF_CONFIGURED", "notify": False},
                    "medium_action": {"event_action": "MFA_REQUIRED", "notify": False},
                }
            },
            "compromised_credentials_risk_configuration": {
                "actions": {"event_action": "BLOCK"},
                "event_filter": ["PASSWORD_CHANGE", "SIGN_IN", "SIGN_UP"],
            },
            "user_pool_id": "${aws_cognito_user_pool.users.id}",
        }
    }
    assert provider_version(document) == ">= 6.9.0, < 7.0.0"


def test_every_setting_is_written_for_one_client(stack: AuthStack, synthesize: Synthesize) -> None:
    """With e-mail, AWS provider 5.100 will do."""
    pool = plus_pool(stack)
    web = UserPoolClient(stack, "web", user_pool=pool, application=NativeApplication())
    email = NotifyEmail(subject="Was it you?", html_body="<p>Yes?</p>", text_body="Was it?")
    RiskConfiguration(
        stack,
        "risk",
        user_pool=pool,
        client=web,
        compromised_credentials=CompromisedCredentials(event_filter=[EventFilter.SIGN_IN]),
        account_takeover=AccountTakeover(
            low_action=AccountTakeoverAction(
                event_action=AccountTakeoverEventAction.NO_ACTION, notify=True
            ),
            notify_configuration=NotifyConfiguration(
                source_arn=SES,
                from_email_address="Acme <security@acme.example>",
                reply_to_email_address="help@acme.example",
                block_email=email,
                mfa_email=email,
                no_action_email=email,
            ),
        ),
        exceptions=RiskExceptions(
            blocked_ip_range_list=["203.0.113.0/24"], skipped_ip_range_list=["198.51.100.7/32"]
        ),
    )
    document = synthesize(stack)

    message = {"html_body": "<p>Yes?</p>", "subject": "Was it you?", "text_body": "Was it?"}
    assert resources_of(document, RISK) == {
        "risk": {
            "account_takeover_risk_configuration": {
                "actions": {
                    "high_action": {"event_action": "BLOCK", "notify": False},
                    "low_action": {"event_action": "NO_ACTION", "notify": True},
                    "medium_action": {"event_action": "MFA_REQUIRED", "notify": False},
                },
                "notify_configuration": {
                    "block_email": message,
                    "from": "Acme <security@acme.example>",
                    "mfa_email": message,
                    "no_action_email": message,
                    "reply_to": "help@acme.example",
                    "source_arn": SES,
                },
            },
            "client_id": "${aws_cognito_user_pool_client.web.id}",
            "compromised_credentials_risk_configuration": {
                "actions": {"event_action": "BLOCK"},
                "event_filter": ["SIGN_IN"],
            },
            "risk_exception_configuration": {
                "blocked_ip_range_list": ["203.0.113.0/24"],
                "skipped_ip_range_list": ["198.51.100.7/32"],
            },
            "user_pool_id": "${aws_cognito_user_pool.users.id}",
        }
    }
    assert provider_version(document) == ">= 5.100.0, < 7.0.0"


def test_what_is_none_is_left_to_cognito(stack: AuthStack, synthesize: Synthesize) -> None:
    """An empty list of ranges is left out, for the provider takes none."""
    RiskConfiguration(
        stack,
        "risk",
        user_pool=plus_pool(stack),
        compromised_credentials=None,
        account_takeover=None,
        exceptions=RiskExceptions(blocked_ip_range_list=["203.0.113.0/24"]),
    )
    document = synthesize(stack)

    assert resources_of(document, RISK) == {
        "risk": {
            "risk_exception_configuration": {"blocked_ip_range_list": ["203.0.113.0/24"]},
            "user_pool_id": "${aws_cognito_user_pool.users.id}",
        }
    }
    assert provider_version(document) == ">= 5.100.0, < 7.0.0"


def test_a_pool_and_a_client_of_others_are_taken(stack: AuthStack, synthesize: Synthesize) -> None:
    """What the owner knows is not checked."""
    client = ExistingUserPoolClient(user_pool=OTHERS, user_pool_client_id="1example23456789")
    RiskConfiguration(stack, "all", user_pool=OTHERS, account_takeover=None)
    RiskConfiguration(stack, "one", user_pool=OTHERS, client=client, account_takeover=None)

    found = resources_of(synthesize(stack), RISK)
    assert "client_id" not in found["all"]
    assert found["one"]["client_id"] == "1example23456789"
    assert found["one"]["user_pool_id"] == "eu-west-1_AbCdEf123"


def test_a_pool_of_another_tier_is_a_warning(
    stack: AuthStack, app: AuthApp, capsys: pytest.CaptureFixture[str]
) -> None:
    """AWS is known to accept it."""
    RiskConfiguration(stack, "risk", user_pool=UserPool(stack, "users"))
    app.synth()

    assert rules_in(capsys.readouterr().err) == ["CVG01B", "CVG01D"]


def test_threat_protection_that_is_off_is_a_warning(
    stack: AuthStack, app: AuthApp, capsys: pytest.CaptureFixture[str]
) -> None:
    """AWS is known to accept it."""
    off = UserPoolAddOns(advanced_security_mode=AdvancedSecurityMode.OFF)
    RiskConfiguration(stack, "risk", user_pool=plus_pool(stack, user_pool_add_ons=off))
    app.synth()

    assert rules_in(capsys.readouterr().err) == ["CVG01D"]


@pytest.mark.parametrize(
    "settings",
    [
        {
            "user_pool_add_ons": UserPoolAddOns(
                advanced_security_mode=AdvancedSecurityMode.OFF,
                custom_auth_mode=CustomAuthMode.ENFORCED,
            )
        },
        {
            "user_pool_tier": "${var.tier}",
            "user_pool_add_ons": UserPoolAddOns(
                advanced_security_mode="${var.mode}"  # type: ignore[arg-type] # a token
            ),
        },
    ],
)
def test_custom_flows_alone_and_tokens_will_do(
    settings: dict[str, Any], stack: AuthStack, synthesize: Synthesize
) -> None:
    RiskConfiguration(stack, "risk", user_pool=plus_pool(stack, **settings))
    assert "risk" in resources_of(synthesize(stack), RISK)


def test_a_second_configuration_is_a_problem(stack: AuthStack, app: AuthApp) -> None:
    """For the pool, and for a client; each pool for itself."""
    pool = plus_pool(stack)
    web = UserPoolClient(stack, "web", user_pool=pool, application=NativeApplication())
    RiskConfiguration(stack, "all", user_pool=pool)
    RiskConfiguration(stack, "one", user_pool=pool, client=web)
    RiskConfiguration(stack, "all_again", user_pool=pool)
    RiskConfiguration(stack, "one_again", user_pool=pool, client=web)
    RiskConfiguration(stack, "elsewhere", user_pool=plus_pool(stack, "partners"))

    assert problems_of(app) == [
        "auth/all_again: client: must have one risk configuration, got a second one for all "
        "clients after auth/all; remove one of them",
        "auth/one_again: client: must have one risk configuration, got a second one for the same "
        "client after auth/one; remove one of them",
    ]


def test_says_that_audit_does_nothing(
    stack: AuthStack, app: AuthApp, capsys: pytest.CaptureFixture[str]
) -> None:
    audit = UserPoolAddOns(advanced_security_mode=AdvancedSecurityMode.AUDIT)
    RiskConfiguration(stack, "risk", user_pool=plus_pool(stack, user_pool_add_ons=audit))
    app.synth()

    assert capsys.readouterr().err == (
        "warning: auth/risk: has no effect while the pool has advanced_security_mode=AUDIT, which "
        "only logs what it would do; set AdvancedSecurityMode.ENFORCED there when the logs look "
        "right\n"
    )


def test_says_that_users_without_mfa_are_kept_out(
    stack: AuthStack, app: AuthApp, capsys: pytest.CaptureFixture[str]
) -> None:
    RiskConfiguration(stack, "risk", user_pool=plus_pool(stack, mfa=Mfa.off()))
    with_mfa = plus_pool(stack, "partners", mfa=Mfa.required(SoftwareTokenMfa()))
    RiskConfiguration(stack, "other", user_pool=with_mfa)
    app.synth()

    said = capsys.readouterr().err  # first this, and then what the rules find
    assert said.startswith(
        "warning: auth/risk: account_takeover.medium_action is MFA_REQUIRED and the pool has MFA "
        "off, so Cognito blocks users at that risk; set mfa=Mfa.optional(SoftwareTokenMfa()) "
        "there\n"
    )
    assert "auth/other" not in said


@pytest.mark.parametrize("has_domain", [False, True])
def test_says_that_a_link_leads_nowhere(
    has_domain: bool,  # noqa: FBT001 - pytest gives it by position
    stack: AuthStack,
    app: AuthApp,
    capsys: pytest.CaptureFixture[str],
) -> None:
    pool = plus_pool(stack)
    email = NotifyEmail(
        subject="Was it you?", html_body="{one-click-link-valid}", text_body="Was it?"
    )
    notify = NotifyConfiguration(source_arn=f"{SES}/a@b", block_email=email)
    RiskConfiguration(
        stack,
        "risk",
        user_pool=pool,
        account_takeover=AccountTakeover(notify_configuration=notify),
    )
    if has_domain:
        UserPoolDomain(stack, "domain", user_pool=pool, domain=PrefixDomain(prefix="acme"))
    app.synth()

    warning = (
        "warning: auth/risk: account_takeover.notify_configuration has a message with a link, and "
        "the pool has no domain for the link; add a UserPoolDomain, or remove the link\n"
    )
    assert capsys.readouterr().err == ("" if has_domain else warning)


def test_refuses_what_cannot_be_configured(stack: AuthStack) -> None:
    """And makes nothing of it."""
    pool = plus_pool(stack)
    web = UserPoolClient(stack, "web", user_pool=pool, application=NativeApplication())
    others = ExistingUserPoolClient(user_pool=OTHERS, user_pool_client_id="1example23456789")
    cases: list[tuple[dict[str, Any], str]] = [
        (
            {"user_pool": "users"},
            "RiskConfiguration.user_pool: must be of type UserPool or ExistingUserPool, got "
            "'users'; write UserPool(…) or ExistingUserPool(…)",
        ),
        (
            {"client": "web"},
            "RiskConfiguration.client: must be of type UserPoolClient or ExistingUserPoolClient, "
            "got 'web'; write UserPoolClient(…) or ExistingUserPoolClient(…)",
        ),
        (
            {"user_pool": plus_pool(stack, "partners"), "client": web},
            "RiskConfiguration.client: must be a client of the pool, got 'auth/web'; use a "
            "client of that pool, or the pool of the client",
        ),
        (
            {"client": others},
            "RiskConfiguration.client: must be a client of the pool, got "
            "ExistingUserPoolClient(user_pool=ExistingUserPool(user_pool_id='eu-west-1_AbCdEf123', "
            "region='eu-west-1', account_id=None), user_pool_client_id='1example23456789'); use "
            "a client of that pool, or the pool of the client",
        ),
        (
            {"account_takeover": "BLOCK"},
            "RiskConfiguration.account_takeover: must be of type AccountTakeover, got 'BLOCK'; "
            "write AccountTakeover(…)",
        ),
        (
            {"compromised_credentials": None, "account_takeover": None},
            "RiskConfiguration: must configure something, got None; leave compromised_credentials "
            "or account_takeover at its default",
        ),
    ]
    for settings, expected in cases:
        with pytest.raises(InvalidValueError) as caught:
            RiskConfiguration(stack, "risk", **({"user_pool": pool} | settings))
        assert str(caught.value) == expected
    assert stack.node.try_find_child("risk") is None


def test_levels_and_messages_that_do_not_exist_are_left_out(
    stack: AuthStack, synthesize: Synthesize
) -> None:
    RiskConfiguration(
        stack,
        "risk",
        user_pool=plus_pool(stack),
        compromised_credentials=None,
        account_takeover=AccountTakeover(
            low_action=AS_IT_IS,
            medium_action=AS_IT_IS,
            notify_configuration=NotifyConfiguration(
                source_arn=SES,
                from_email_address="security@acme.example",
                block_email=AS_IT_IS,
                mfa_email=AS_IT_IS,
                no_action_email=AS_IT_IS,
            ),
        ),
    )
    takeover = resources_of(synthesize(stack), RISK)["risk"]["account_takeover_risk_configuration"]
    assert takeover == {
        "actions": {"high_action": {"event_action": "BLOCK", "notify": False}},
        "notify_configuration": {"from": "security@acme.example", "source_arn": SES},
    }
