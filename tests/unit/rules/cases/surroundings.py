"""What a pool has around it: a web ACL."""

from tests.unit.rules.cases import UNCLEAR, Case, Resources, pool


def attached(arn: str) -> Resources:
    """Make a pool, and a web ACL attached to *arn*."""
    return {**pool(), "aws_wafv2_web_acl_association": {"pool": {"resource_arn": arn}}}


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
)
