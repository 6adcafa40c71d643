"""What a pool has around it: a web ACL."""

from tests.unit.rules.cases import UNCLEAR, Case, Resources, both, pool

ASSOCIATION = "aws_wafv2_web_acl_association"


def attached(arn: str) -> Resources:
    """Make a pool, and a web ACL attached to *arn*."""
    return {**pool(), ASSOCIATION: {"pool": {"resource_arn": arn}}}


def attached_twice(second: str, *others: Resources) -> Resources:
    """Make a pool with a web ACL, and a web ACL attached to *second*."""
    first = attached("${aws_cognito_user_pool.users.arn}")
    return both(first, {ASSOCIATION: {"second": {"resource_arn": second}}}, *others)


CASES = (
    Case(
        rule="CG601",
        profile="strict",
        bad=pool(),
        says=("aws_cognito_user_pool.users: : must have a web ACL, got none",),
        good=attached("${aws_cognito_user_pool.users.arn}"),
        unknown=attached(UNCLEAR),
    ),
    Case(
        rule="CG601",
        profile="strict",
        bad=attached("arn:aws:apigateway:eu-west-1::/restapis/a"),
        says=("aws_cognito_user_pool.users: : must have a web ACL, got none",),
        good=attached("${aws_cognito_user_pool.users.arn}"),
        unknown=None,
    ),
    Case(
        rule="CVG07",
        bad=attached_twice("${aws_cognito_user_pool.users.arn}"),
        says=(
            f"{ASSOCIATION}.second: resource_arn: must have one web ACL, got a second one after "
            f"{ASSOCIATION}.pool",
        ),
        good=attached_twice("${aws_lb.front.arn}", {"aws_lb": {"front": {}}}),
        unknown=attached_twice(UNCLEAR),
        mended=attached("${aws_cognito_user_pool.users.arn}"),
    ),
)
