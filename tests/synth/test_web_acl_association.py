"""A web ACL in front of a user pool."""

from typing import Any

import pytest

from constructs_auth import (
    AuthApp,
    AuthStack,
    ExistingUserPool,
    InvalidValueError,
    S3Backend,
    UserPool,
    WebAcl,
    WebAclAssociation,
)
from tests.synth.conftest import Synthesize
from tests.synth.reading import problems_of, resources_of

ASSOCIATION = "aws_wafv2_web_acl_association"
ACL = "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/acme/0a1b2c3d"


@pytest.fixture
def pool(stack: AuthStack) -> UserPool:
    """A pool as it is by default."""
    return UserPool(stack, "users")


def test_a_made_acl_is_put_in_front_of_a_pool(
    stack: AuthStack, pool: UserPool, synthesize: Synthesize
) -> None:
    acl = WebAcl(stack, "acl")
    WebAclAssociation(stack, "protected", user_pool=pool, web_acl=acl)

    assert resources_of(synthesize(stack), ASSOCIATION)["protected"] == {
        "resource_arn": "${aws_cognito_user_pool.users.arn}",
        "web_acl_arn": "${aws_wafv2_web_acl.acl.arn}",
    }


@pytest.mark.parametrize("arn", [ACL, "${var.acl}"])
def test_an_acl_that_is_there_is_given_by_its_arn(
    arn: str, stack: AuthStack, pool: UserPool, synthesize: Synthesize
) -> None:
    """Or by any token."""
    WebAclAssociation(stack, "protected", user_pool=pool, web_acl=arn)
    assert resources_of(synthesize(stack), ASSOCIATION)["protected"]["web_acl_arn"] == arn


def test_a_pool_of_others_is_taken_where_its_arn_is_known(
    stack: AuthStack, synthesize: Synthesize
) -> None:
    arn = "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_AbCdEf123"
    others = ExistingUserPool.from_arn(arn)
    WebAclAssociation(stack, "protected", user_pool=others, web_acl=ACL)
    assert resources_of(synthesize(stack), ASSOCIATION)["protected"]["resource_arn"] == arn


def test_one_acl_serves_several_pools(
    stack: AuthStack, pool: UserPool, synthesize: Synthesize
) -> None:
    acl = WebAcl(stack, "acl")
    WebAclAssociation(stack, "users_protected", user_pool=pool, web_acl=acl)
    partners = UserPool(stack, "partners")
    WebAclAssociation(stack, "partners_protected", user_pool=partners, web_acl=acl)

    found = resources_of(synthesize(stack), ASSOCIATION)
    assert {each["web_acl_arn"] for each in found.values()} == {"${aws_wafv2_web_acl.acl.arn}"}


def test_a_second_association_is_a_problem(stack: AuthStack, pool: UserPool, app: AuthApp) -> None:
    WebAclAssociation(stack, "protected", user_pool=pool, web_acl=ACL)
    WebAclAssociation(stack, "again", user_pool=pool, web_acl=WebAcl(stack, "acl"))

    assert problems_of(app) == [
        "auth/again: user_pool: must have one web ACL, got a second association after "
        "auth/protected; remove one of them"
    ]


def test_an_acl_of_another_region_is_a_problem(
    stack: AuthStack, pool: UserPool, app: AuthApp
) -> None:
    """By its ARN, or by its stack."""
    elsewhere = AuthStack(
        app, "elsewhere", region="us-east-1", backend=S3Backend(bucket="acme-state", key="e")
    )
    acl = WebAcl(elsewhere, "acl")
    WebAclAssociation(stack, "made", user_pool=pool, web_acl=acl)
    WebAclAssociation(
        stack,
        "given",
        user_pool=UserPool(stack, "partners"),
        web_acl=ACL.replace("eu-west-1", "eu-central-1"),
    )

    assert problems_of(app) == [
        "auth/made: web_acl: must be in eu-west-1, the region of the pool, got us-east-1; use an "
        "ACL of that region",
        "auth/given: web_acl: must be in eu-west-1, the region of the pool, got eu-central-1; "
        "use an ACL of that region",
    ]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (
            {"web_acl": ACL.replace("regional", "global")},
            "WebAclAssociation.web_acl: must be a web ACL with the scope REGIONAL, got "
            "'arn:aws:wafv2:eu-west-1:123456789012:global/webacl/acme/0a1b2c3d'; use a WebAcl, "
            "or the ARN of a web ACL with the scope REGIONAL",
        ),
        (
            {"web_acl": "arn:aws:iam::123456789012:role/acl"},
            "WebAclAssociation.web_acl: must be an ARN of the service wafv2, got "
            "'arn:aws:iam::123456789012:role/acl'; use a WebAcl, or the ARN of a web ACL with "
            "the scope REGIONAL",
        ),
        (
            {"web_acl": 1},
            "WebAclAssociation.web_acl: must be a text, got 1; use a WebAcl, or the ARN of a web "
            "ACL with the scope REGIONAL",
        ),
        (
            {"user_pool": "users"},
            "WebAclAssociation.user_pool: must be of type UserPool or ExistingUserPool, got "
            "'users'; write UserPool(…) or ExistingUserPool(…)",
        ),
        (
            {"user_pool": ExistingUserPool.from_id("eu-west-1_AbCdEf123", region="eu-west-1")},
            "ExistingUserPool.account_id: must be set where the ARN is needed, got None; set "
            "account_id to the account that owns the pool",
        ),
    ],
)
def test_refuses_what_cannot_be_associated(
    settings: dict[str, Any], expected: str, stack: AuthStack, pool: UserPool
) -> None:
    given: dict[str, Any] = {"user_pool": pool, "web_acl": ACL} | settings
    with pytest.raises(InvalidValueError) as caught:
        WebAclAssociation(stack, "protected", **given)
    assert str(caught.value) == expected
    assert stack.node.try_find_child("protected") is None
