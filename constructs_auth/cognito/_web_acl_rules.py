"""The rules of a web ACL for user pools; each has a priority of its own for good."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from constructs_auth._tokens import Number
from constructs_auth.engine import Wafv2WebAclRule
from constructs_auth.values.web_acl import RateLimits, WebAclMode

_COMMON_RULES = "AWSManagedRulesCommonRuleSet"

# Name, group and priority: with a rule taken out, the others keep theirs.
_MANAGED = (
    ("ip-reputation", "AWSManagedRulesAmazonIpReputationList", 10),
    ("known-bad-inputs", "AWSManagedRulesKnownBadInputsRuleSet", 50),
    ("common", _COMMON_RULES, 60),
)

_WINDOW_SECONDS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class _Attempts:
    """What is counted together, all of it in lower case.

    Attributes:
        paths: How the paths of the pages and of OAuth begin.
        operations: The operations that need no AWS credentials; WAF sees them in a header.
    """

    paths: tuple[str, ...]
    operations: tuple[str, ...]


_SIGN_IN = _Attempts(paths=("login",), operations=("initiateauth", "respondtoauthchallenge"))
_SIGN_UP = _Attempts(
    paths=("confirm", "forgotpassword", "resendcode", "signup"),
    operations=(
        "confirmforgotpassword",
        "confirmsignup",
        "forgotpassword",
        "resendconfirmationcode",
        "signup",
    ),
)
_TOKEN = _Attempts(paths=("oauth2/token",), operations=("gettokensfromrefreshtoken",))


def rules(mode: WebAclMode, limits: RateLimits, counted: Collection[str]) -> list[Wafv2WebAclRule]:
    """Give all rules in the order in which WAF asks them; those of *counted* only count."""
    found = [*_managed_rules(mode, counted), *_rate_rules(mode, limits)]
    return sorted(found, key=lambda rule: rule.priority)


def visibility(metric: str) -> dict[str, bool | str]:
    """Count in CloudWatch, and keep samples of what matched."""
    return {
        "cloudwatch_metrics_enabled": True,
        "metric_name": metric,
        "sampled_requests_enabled": True,
    }


def _managed_rules(mode: WebAclMode, counted: Collection[str]) -> Iterator[Wafv2WebAclRule]:
    """AWS's own groups, each in the version that AWS has as its default."""
    for name, group, priority in _MANAGED:
        statement: dict[str, object] = {"name": group, "vendor_name": "AWS"}
        if group == _COMMON_RULES and counted:
            statement["rule_action_override"] = [
                {"action_to_use": {"count": {}}, "name": rule} for rule in counted
            ]
        yield Wafv2WebAclRule(
            name=name,
            override_action={"none": {}} if mode is WebAclMode.BLOCK else {"count": {}},
            priority=priority,
            statement={"managed_rule_group_statement": statement},
            visibility_config=visibility(name),
        )


def _rate_rules(mode: WebAclMode, limits: RateLimits) -> Iterator[Wafv2WebAclRule]:
    """Before the larger groups: what comes too often need not be looked at."""
    for name, priority, limit, attempts in (
        ("sign-in-rate", 20, limits.sign_in, _SIGN_IN),
        ("sign-up-rate", 30, limits.sign_up, _SIGN_UP),
        ("token-rate", 40, limits.token, _TOKEN),
    ):
        if limit is not None:
            yield Wafv2WebAclRule(
                action={"block": {}} if mode is WebAclMode.BLOCK else {"count": {}},
                name=name,
                priority=priority,
                statement={"rate_based_statement": _rate(limit, attempts)},
                visibility_config=visibility(name),
            )


def _rate(limit: Number, attempts: _Attempts) -> dict[str, object]:
    paths, operations = "|".join(attempts.paths), "|".join(attempts.operations)
    return {
        "aggregate_key_type": "IP",
        "evaluation_window_sec": _WINDOW_SECONDS,
        "limit": limit,
        "scope_down_statement": {
            "or_statement": {
                "statement": [
                    _regex({"uri_path": {}}, rf"^/({paths})"),
                    _regex(
                        {"single_header": {"name": "x-amz-target"}},
                        rf"^awscognitoidentityproviderservice\.({operations})$",
                    ),
                ]
            }
        },
    }


def _regex(field: dict[str, object], pattern: str) -> dict[str, object]:
    return {
        "regex_match_statement": {
            "field_to_match": field,
            "regex_string": pattern,
            "text_transformation": [{"priority": 0, "type": "LOWERCASE"}],
        }
    }
