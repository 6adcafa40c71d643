"""What a pool has around it: a web ACL and tags."""

from typing import Any

from tests.unit.rules.cases import UNCLEAR, UNKNOWN, Case, Resources, pool


def attached(arn: str) -> Resources:
    """Make a pool, and a web ACL attached to *arn*."""
    return {**pool(), "aws_wafv2_web_acl_association": {"pool": {"resource_arn": arn}}}


def tagged_by(*, default: object = None, other: object = None) -> Resources:
    """Make a pool with its provider, which adds tags, and another one."""
    providers: Any = [
        {"alias": "other", "default_tags": {"tags": other}},
        {"default_tags": {"tags": default}},
    ]
    return {**pool(), "provider": {"aws": providers}}


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
        rule="CG603",
        bad=pool(tags={"Owner": "ann"}),
        says=(
            "aws_cognito_user_pool.users: tags: must have environment, data-classification, "
            "got none",
        ),
        good=pool(tags={"Owner": "ann", "environment": "dev", "DataClassification": UNKNOWN}),
        unknown=pool(tags=UNKNOWN),
    ),
    Case(
        rule="CG603",
        bad=tagged_by(other={"owner": "a", "environment": "dev", "data-classification": "p"}),
        says=(
            "aws_cognito_user_pool.users: tags: must have owner, environment, "
            "data-classification, got none",
        ),
        good=tagged_by(default={"owner": "a", "environment": "dev", "data-classification": "p"}),
        unknown=tagged_by(default=UNKNOWN),
    ),
)
