"""A web ACL for user pools."""

import re
from typing import Any

import pytest
from constructs import Construct

from constructs_auth import (
    AuthApp,
    AuthStack,
    InvalidValueError,
    RateLimits,
    S3Backend,
    WebAcl,
    WebAclMode,
)
from tests.synth.conftest import Synthesize
from tests.synth.reading import problems_of, resources_of


def rules(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The rules of the ACL by name."""
    acl = resources_of(document, "aws_wafv2_web_acl")["acl"]
    return {rule["name"]: rule for rule in acl["rule"]}


def rate(rule: dict[str, Any]) -> tuple[int, str, str]:
    """The limit of a rule, and the patterns of its paths and its operations."""
    statement = rule["statement"]["rate_based_statement"]
    paths, operations = statement["scope_down_statement"]["or_statement"]["statement"]
    return (
        statement["limit"],
        paths["regex_match_statement"]["regex_string"],
        operations["regex_match_statement"]["regex_string"],
    )


def test_two_of_one_name_are_refused(app: AuthApp, stack: AuthStack) -> None:
    """WAF refuses the second: WAFDuplicateItemException. Another stack may be another account."""
    for name in ("staff", "guests"):
        WebAcl(Construct(stack, name), "acl")
    backend = S3Backend(bucket="acme-state", key="other.tfstate", region="eu-west-1")
    WebAcl(AuthStack(app, "other", region="eu-west-1", backend=backend), "acl")
    assert problems_of(app) == [
        "auth/guests/acl: name: must be unique, got 'acl', the name of auth/staff/acl; set another "
        "name, or use one web ACL for several pools"
    ]


def test_lets_through_what_no_rule_matches(stack: AuthStack, synthesize: Synthesize) -> None:
    WebAcl(stack, "acl", tags={"tier": "edge"})
    found = resources_of(synthesize(stack), "aws_wafv2_web_acl")["acl"]
    del found["rule"]

    assert found == {
        "default_action": {"allow": {}},
        "description": "Protects the sign-in of Cognito user pools",
        "name": "acl",
        "scope": "REGIONAL",
        "tags": {"tier": "edge"},
        "visibility_config": {
            "cloudwatch_metrics_enabled": True,
            "metric_name": "acl",
            "sampled_requests_enabled": True,
        },
    }


def test_each_rule_has_a_priority_and_a_metric_of_its_own(
    stack: AuthStack, synthesize: Synthesize
) -> None:
    WebAcl(stack, "acl")
    found = rules(synthesize(stack))

    assert [(name, rule["priority"]) for name, rule in found.items()] == [
        ("ip-reputation", 10),
        ("sign-in-rate", 20),
        ("sign-up-rate", 30),
        ("token-rate", 40),
        ("known-bad-inputs", 50),
        ("common", 60),
    ]
    for name, rule in found.items():
        assert rule["visibility_config"] == {
            "cloudwatch_metrics_enabled": True,
            "metric_name": name,
            "sampled_requests_enabled": True,
        }


def test_a_rule_that_is_taken_out_moves_no_other(stack: AuthStack, synthesize: Synthesize) -> None:
    WebAcl(stack, "acl", rate_limits=RateLimits(sign_in=None, token=None))

    assert {name: rule["priority"] for name, rule in rules(synthesize(stack)).items()} == {
        "ip-reputation": 10,
        "sign-up-rate": 30,
        "known-bad-inputs": 50,
        "common": 60,
    }


def test_the_managed_rules_are_aws_s_own(stack: AuthStack, synthesize: Synthesize) -> None:
    """What Cognito's own users match only counts."""
    WebAcl(stack, "acl")
    found = rules(synthesize(stack))

    assert found["known-bad-inputs"]["statement"] == {
        "managed_rule_group_statement": {
            "name": "AWSManagedRulesKnownBadInputsRuleSet",
            "vendor_name": "AWS",
        }
    }
    assert found["known-bad-inputs"]["override_action"] == {"none": {}}
    assert found["ip-reputation"]["statement"]["managed_rule_group_statement"]["name"] == (
        "AWSManagedRulesAmazonIpReputationList"
    )
    common = found["common"]["statement"]["managed_rule_group_statement"]
    assert common["name"] == "AWSManagedRulesCommonRuleSet"
    assert common["rule_action_override"] == [
        {"action_to_use": {"count": {}}, "name": name}
        for name in (
            "EC2MetaDataSSRF_BODY",
            "EC2MetaDataSSRF_QUERYARGUMENTS",
            "GenericRFI_BODY",
            "GenericRFI_QUERYARGUMENTS",
            "NoUserAgent_HEADER",
            "SizeRestrictions_BODY",
            "SizeRestrictions_QUERYSTRING",
        )
    ]


@pytest.mark.parametrize(
    ("counted", "expected"),
    [([], None), ({"B", "A"}, ["A", "B"])],
)
def test_which_rules_only_count_is_a_choice(
    counted: set[str], expected: list[str] | None, stack: AuthStack, synthesize: Synthesize
) -> None:
    WebAcl(stack, "acl", counted_common_rules=counted)

    common = rules(synthesize(stack))["common"]["statement"]["managed_rule_group_statement"]
    overrides = common.get("rule_action_override")
    assert (overrides and [each["name"] for each in overrides]) == expected


def test_one_address_may_not_try_too_often(stack: AuthStack, synthesize: Synthesize) -> None:
    """On the pages, which WAF sees by path, and at the API, which it sees by a header."""
    WebAcl(stack, "acl", rate_limits=RateLimits(sign_in=50))
    found = rules(synthesize(stack))

    operation = r"^awscognitoidentityproviderservice\.({})$"
    assert rate(found["sign-in-rate"]) == (
        50,
        "^/(login)",
        operation.format("initiateauth|respondtoauthchallenge"),
    )
    assert rate(found["sign-up-rate"]) == (
        100,
        "^/(confirm|forgotpassword|resendcode|signup)",
        operation.format(
            "confirmforgotpassword|confirmsignup|forgotpassword|resendconfirmationcode|signup"
        ),
    )
    assert rate(found["token-rate"]) == (
        2000,
        "^/(oauth2/token)",
        operation.format("gettokensfromrefreshtoken"),
    )
    assert found["sign-in-rate"]["action"] == {"block": {}}
    statement = found["sign-in-rate"]["statement"]["rate_based_statement"]
    assert statement["aggregate_key_type"] == "IP"
    assert statement["evaluation_window_sec"] == 300
    paths, operations = statement["scope_down_statement"]["or_statement"]["statement"]
    lower_case = [{"priority": 0, "type": "LOWERCASE"}]
    assert paths["regex_match_statement"]["field_to_match"] == {"uri_path": {}}
    assert paths["regex_match_statement"]["text_transformation"] == lower_case
    header = {"single_header": {"name": "x-amz-target"}}
    assert operations["regex_match_statement"]["field_to_match"] == header
    assert operations["regex_match_statement"]["text_transformation"] == lower_case


@pytest.mark.parametrize(
    ("request_path", "operation", "rule"),
    [
        ("/login", "InitiateAuth", "sign-in-rate"),
        ("/login", "RespondToAuthChallenge", "sign-in-rate"),
        ("/signup", "SignUp", "sign-up-rate"),
        ("/confirmUser", "ConfirmSignUp", "sign-up-rate"),
        ("/resendcode", "ResendConfirmationCode", "sign-up-rate"),
        ("/forgotPassword", "ForgotPassword", "sign-up-rate"),
        ("/confirmForgotPassword", "ConfirmForgotPassword", "sign-up-rate"),
        ("/oauth2/token", "GetTokensFromRefreshToken", "token-rate"),
    ],
)
def test_every_way_in_is_counted_by_one_rule(
    request_path: str, operation: str, rule: str, stack: AuthStack, synthesize: Synthesize
) -> None:
    """In lower case, as WAF compares them."""
    WebAcl(stack, "acl")
    patterns = {
        name: rate(found) for name, found in rules(synthesize(stack)).items() if "rate" in name
    }
    target = f"AWSCognitoIdentityProviderService.{operation}".lower()
    by_path = [
        name for name, (_, path, _) in patterns.items() if re.search(path, request_path.lower())
    ]
    by_target = [name for name, (_, _, name_) in patterns.items() if re.search(name_, target)]
    assert by_path == by_target == [rule]


def test_may_count_only_and_says_so(
    stack: AuthStack, synthesize: Synthesize, capsys: pytest.CaptureFixture[str]
) -> None:
    """For a first rollout: the metrics show whom the rules would have blocked."""
    WebAcl(stack, "acl", mode=WebAclMode.COUNT)
    found = rules(synthesize(stack))

    assert {
        name: rule.get("action", rule.get("override_action")) for name, rule in found.items()
    } == {name: {"count": {}} for name in found}
    assert len(found) == 6
    assert capsys.readouterr().err == (
        "warning: auth/acl: mode is COUNT, so WAF blocks nothing; remove it when the metrics show "
        "that the rules match no users\n"
    )


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (
            {"name": "the acl"},
            "WebAcl.name: must be 1 to 128 characters, letters, digits, _ and -, got 'the acl'; "
            "give another name",
        ),
        (
            {"mode": "OFF"},
            "WebAcl.mode: must be a member of WebAclMode, got 'OFF'; choose from "
            "WebAclMode.BLOCK, WebAclMode.COUNT",
        ),
        (
            {"rate_limits": 100},
            "WebAcl.rate_limits: must be of type RateLimits, got 100; write RateLimits(…)",
        ),
        (
            {"counted_common_rules": "NoUserAgent_HEADER"},
            "WebAcl.counted_common_rules: must be a list, a tuple or a set, got "
            "'NoUserAgent_HEADER'; put it into a list",
        ),
        (
            {"tags": {"": "edge"}},
            "WebAcl.tags, key: must be 1 to 128 characters, not 0, got ''; choose another key",
        ),
    ],
)
def test_refuses_what_waf_refuses(
    settings: dict[str, Any],
    expected: str,
    stack: AuthStack,
    app: AuthApp,  # noqa: ARG001 - the stack is in it
) -> None:
    with pytest.raises(InvalidValueError) as caught:
        WebAcl(stack, "acl", **settings)
    assert str(caught.value) == expected
    assert stack.node.try_find_child("acl") is None
