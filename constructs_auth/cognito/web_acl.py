"""A web ACL for user pools: AWS's managed rules, and rate limits for each IP address."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from constructs_auth import _checks
from constructs_auth._construct import AuthConstruct, name_or_id
from constructs_auth._place import place_of, stack_around
from constructs_auth._registry import add_member, first_owner, members_of
from constructs_auth._tokens import Number, is_concrete
from constructs_auth.cognito.user_pool.reference import (
    UserPoolRef,
    check_pool,
    region_of,
)
from constructs_auth.engine import (
    Construct,
    Wafv2WebAcl,
    Wafv2WebAclAssociation,
    Wafv2WebAclRule,
)
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import limits
from constructs_auth.stack import region_at
from constructs_auth.values.web_acl import (
    COUNTED_COMMON_RULES,
    RateLimits,
    WebAclMode,
    checked_rule_names,
)


class WebAcl(AuthConstruct):
    """A web ACL for user pools; attach it with a `WebAclAssociation`.

    Its rules cover IP addresses with a bad reputation, rate limits of sign-in, sign-up and tokens,
    known bad inputs, and the common rule set. WAF allows requests that match none of them.

    **Changing** *name* replaces the ACL.

    Args:
        scope: The parent. If it is a stack, *construct_id* is the resource's Terraform name.
        construct_id: The id.
        name: The name of the ACL and of its metric: 1 to 128 letters, digits, `_` and `-`. By
            default *construct_id*.
        mode: Whether the rules block requests that match, or only count them: useful in the first
            weeks for a pool with real users. By default they block.
        rate_limits: How many requests one IP address may send.
        counted_common_rules: The rules of the common rule set that only count, because legitimate
            requests match them. By default `COUNTED_COMMON_RULES`.
        tags: Tags of the ACL, in addition to those of the stack. By default none.

    Attributes:
        resource: The CDKTF resource, for settings that this construct does not offer.

    Raises:
        InvalidValueError: A value that WAF does not accept.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        name: str | None = None,
        mode: WebAclMode = WebAclMode.BLOCK,
        rate_limits: RateLimits = RateLimits(),
        counted_common_rules: Collection[str] = COUNTED_COMMON_RULES,
        tags: Mapping[str, str] | None = None,
    ) -> None:
        name = name_or_id("WebAcl", name, construct_id)
        _checks.text("WebAcl.name", name, limits.WEB_ACL_NAME, remedy="give another name")
        mode = _checks.known_member("WebAcl.mode", mode, WebAclMode)
        _checks.kind("WebAcl.rate_limits", rate_limits, RateLimits)
        counted = checked_rule_names("WebAcl.counted_common_rules", counted_common_rules)
        acl_tags = _checks.tags("WebAcl.tags", tags)

        super().__init__(scope, construct_id)
        self._mode = mode
        self._name = name
        self.resource = Wafv2WebAcl(
            self,
            "Default",
            default_action={"allow": {}},
            description="Protects the sign-in of Cognito user pools",
            name=name,
            rule=_rules(mode, rate_limits, counted),
            scope="REGIONAL",
            tags=acl_tags or None,
            visibility_config=_visibility(name),
        )

    @property
    def web_acl_arn(self) -> str:
        """The ARN; known after the apply."""
        return self.resource.arn

    def find_problems(self) -> Sequence[str]:
        """Return an error if another web ACL of the stack has the name, which WAF refuses."""
        first = first_owner(self, "web ACL", place_of(stack_around(self)).path, self._name)
        if first is self or not is_concrete(self._name):
            return ()
        problem = (
            f"name: must be unique, got {self._name!r}, the name of {first.node.path}; set another "
            "name, or use one web ACL for several pools"
        )
        return (problem,)

    def find_warnings(self) -> Sequence[str]:
        """Return a warning if the ACL blocks nothing."""
        if self._mode is WebAclMode.BLOCK:
            return ()
        text = (
            "mode is COUNT, so WAF blocks nothing; remove it when the metrics show that the "
            "rules match no users"
        )
        return (text,)


_REMEDY = "use a WebAcl, or the ARN of a web ACL with the scope REGIONAL"


class WebAclAssociation(AuthConstruct):
    """Attach a web ACL to the pages and the public operations of a user pool.

    A pool has at most one. **Changing** *user_pool* or *web_acl* replaces the association; in
    between nothing protects the pool.

    Args:
        scope: The parent. If it is a stack, *construct_id* is the resource's Terraform name.
        construct_id: The id.
        user_pool: The pool. An `ExistingUserPool` needs its `account_id`.
        web_acl: The ACL: a `WebAcl`, or the ARN of an ACL in the region of the pool. It must not
            use `AWSManagedRulesATPRuleSet`, which Cognito does not support.

    Attributes:
        user_pool: The pool.
        resource: The CDKTF resource, for settings that this construct does not offer.

    Raises:
        InvalidValueError: Not a web ACL for regional resources, or a pool whose ARN is not known.
            Synthesis reports an ACL of another region, and a second association.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        user_pool: UserPoolRef,
        web_acl: WebAcl | str,
    ) -> None:
        check_pool("WebAclAssociation.user_pool", user_pool)
        _check_web_acl(web_acl)
        resource_arn = user_pool.user_pool_arn

        super().__init__(scope, construct_id)
        self.user_pool = user_pool
        self._web_acl = web_acl
        self.resource = Wafv2WebAclAssociation(
            self,
            "Default",
            resource_arn=resource_arn,
            web_acl_arn=web_acl.web_acl_arn if isinstance(web_acl, WebAcl) else web_acl,
        )
        add_member(user_pool, self)

    def find_problems(self) -> Sequence[str]:
        """Return errors for an ACL of another region and for a second association."""
        return tuple(self._problems())

    def _problems(self) -> Iterator[str]:
        wanted, got = region_of(self.user_pool), _region_of_acl(self._web_acl)
        if got is not None and is_concrete((wanted, got)) and wanted != got:
            yield (
                f"web_acl: must be in {wanted}, the region of the pool, got {got}; use an ACL of "
                "that region"
            )
        first = members_of(self.user_pool, WebAclAssociation, near=self)[0]
        if first is not self:
            yield (
                "user_pool: must have one web ACL, got a second association after "
                f"{first.node.path}; remove one of them"
            )


def _region_of_acl(web_acl: WebAcl | str) -> str | None:
    if isinstance(web_acl, WebAcl):
        return region_at(web_acl)
    return web_acl.split(":")[3] if is_concrete(web_acl) else None


def _check_web_acl(web_acl: WebAcl | str) -> None:
    if isinstance(web_acl, WebAcl):
        return
    subject = "WebAclAssociation.web_acl"
    _checks.arn(subject, web_acl, service="wafv2", remedy=_REMEDY)
    if is_concrete(web_acl) and not web_acl.split(":")[5].startswith("regional/webacl/"):
        raise InvalidValueError(
            subject, "must be a web ACL with the scope REGIONAL", got=web_acl, remedy=_REMEDY
        )


_COMMON_RULES = "AWSManagedRulesCommonRuleSet"

# Name, group and priority. The priorities stay the same if a rule is removed.
_MANAGED = (
    ("ip-reputation", "AWSManagedRulesAmazonIpReputationList", 10),
    ("known-bad-inputs", "AWSManagedRulesKnownBadInputsRuleSet", 50),
    ("common", _COMMON_RULES, 60),
)

_WINDOW_SECONDS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class _Attempts:
    """Requests that count together, in lower case.

    Attributes:
        paths: The beginnings of the paths of the pages and of OAuth.
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


def _rules(mode: WebAclMode, limits: RateLimits, counted: Collection[str]) -> list[Wafv2WebAclRule]:
    """Return all rules in the order in which WAF evaluates them; those in *counted* only count."""
    found = [*_managed_rules(mode, counted), *_rate_rules(mode, limits)]
    return sorted(found, key=lambda rule: rule.priority)


def _visibility(metric: str) -> dict[str, bool | str]:
    """Return the block that enables CloudWatch metrics and samples of matching requests."""
    return {
        "cloudwatch_metrics_enabled": True,
        "metric_name": metric,
        "sampled_requests_enabled": True,
    }


def _managed_rules(mode: WebAclMode, counted: Collection[str]) -> Iterator[Wafv2WebAclRule]:
    """Yield AWS's managed groups, each in AWS's default version."""
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
            visibility_config=_visibility(name),
        )


def _rate_rules(mode: WebAclMode, limits: RateLimits) -> Iterator[Wafv2WebAclRule]:
    """Yield the rate rules, which come before the larger groups to save their evaluation."""
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
                visibility_config=_visibility(name),
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
