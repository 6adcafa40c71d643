"""Whether a web ACL protects a pool, and whether there is only one."""

from constructs_auth.facts import resource_types as types
from constructs_auth.rules.ask import address_of_target, is_the_only_one
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
ASSOCIATION = types.WEB_ACL_ASSOCIATION
_PROTECTED = "resource_arn"


def _is_attached(pool: Resource, context: Context) -> Answers:
    if not context.profile.require_web_acl:
        return
    members = context.configuration.members(pool, ASSOCIATION, _PROTECTED, by="arn")
    if members.resources:
        return
    if members.complete:
        yield Violation(text="must have a web ACL, got none")
    else:
        yield Undecided(why="the pool of some web ACL is not known")


def _one_for_a_pool(association: Resource, context: Context) -> Answers:
    return is_the_only_one(association, context, _pool_of, what="web ACL", at=_PROTECTED)


def _pool_of(association: Resource, context: Context) -> str | None:
    named = context.configuration.named_in(association, _PROTECTED)
    if named and all(isinstance(each, Resource) and each.type != POOL for each in named):
        return None  # a load balancer, or another resource that is not a pool
    return address_of_target(association, context, _PROTECTED, by="arn")


RULES: tuple[Rule, ...] = (
    Rule(
        id="CVG07",
        slug="one-web-acl",
        title="A pool must have one web ACL",
        family=Family.VALIDITY,
        severity=Severity.WARNING,
        resource_type=ASSOCIATION,
        why="A pool can have one web ACL. The association that Terraform creates last replaces the "
        "other one, whose rules no longer apply.",
        remedy="remove one of the two, or put the rules of both into one web ACL",
        python_remedy="remove one of them",
        source="WAF API, AssociateWebACL and GetWebACLForResource, which returns one",
        check=_one_for_a_pool,
    ),
    Rule(
        id="CG601",
        slug="web-acl",
        title="A pool must have a web ACL",
        family=Family.SECURITY,
        severity=Severity.MEDIUM,
        resource_type=POOL,
        why="Without it, nothing slows down bots that try passwords or create thousands of users. "
        "It costs money, so only the profile strict requires it.",
        remedy="add an aws_wafv2_web_acl_association whose resource_arn is the pool's ARN",
        python_remedy="add a WebAclAssociation of the pool",
        source="developer guide, «Associate an AWS WAF web ACL with a user pool»",
        baselines=("Prowler cognito_user_pool_waf_acl_attached",),
        check=_is_attached,
    ),
)
