"""Whether a web ACL stands before a pool."""

from constructs_auth.facts import resource_types as types
from constructs_auth.rules.rule import (
    Answers,
    Context,
    Family,
    Rule,
    Severity,
    Undecided,
    Violation,
)
from constructs_auth.terraform.resource import Resource

POOL = types.USER_POOL


def _is_attached(pool: Resource, context: Context) -> Answers:
    if not context.profile.require_web_acl:
        return
    members = context.configuration.members(
        pool, types.WEB_ACL_ASSOCIATION, "resource_arn", by="arn"
    )
    if members.resources:
        return
    if members.complete:
        yield Violation(text="must have a web ACL, got none")
    else:
        yield Undecided(why="of some web ACL it is not known what it is attached to")


RULES: tuple[Rule, ...] = (
    Rule(
        id="CG601",
        slug="web-acl",
        title="A web ACL is attached",
        family=Family.SECURITY,
        severity=Severity.MEDIUM,
        resource_type=POOL,
        why="Without it nothing slows down programs that try passwords or sign up by the "
        "thousand; it costs money, so only the profile strict asks for it.",
        remedy="add an aws_wafv2_web_acl_association whose resource_arn is the pool's ARN",
        source="developer guide, AWS WAF web ACLs with user pools",
        baselines=("Prowler cognito_user_pool_waf_acl_attached",),
        check=_is_attached,
    ),
)
