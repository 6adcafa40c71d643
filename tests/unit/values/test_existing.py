"""Pools and clients of somebody else: how they are named, and what is derived."""

from collections.abc import Callable
from typing import Any

import pytest

from constructs_auth import ExistingUserPool, ExistingUserPoolClient
from tests.unit.samples import TEXTS, refusal

POOL_ID = "eu-west-1_AbCdEf123"
POOL_ARN = f"arn:aws:cognito-idp:eu-west-1:123456789012:userpool/{POOL_ID}"


def test_an_arn_says_everything() -> None:
    pool = ExistingUserPool.from_arn(POOL_ARN)
    assert pool == ExistingUserPool.from_id(POOL_ID, region="eu-west-1", account_id="123456789012")
    assert pool.user_pool_arn == POOL_ARN
    assert pool.user_pool_endpoint == f"cognito-idp.eu-west-1.amazonaws.com/{POOL_ID}"
    assert pool.issuer == f"https://cognito-idp.eu-west-1.amazonaws.com/{POOL_ID}"
    assert pool.jwks_url == f"{pool.issuer}/.well-known/jwks.json"


@pytest.mark.parametrize(
    ("region", "partition", "host"),
    [
        ("cn-north-1", "aws-cn", "cognito-idp.cn-north-1.amazonaws.com.cn"),
        ("us-gov-west-1", "aws-us-gov", "cognito-idp.us-gov-west-1.amazonaws.com"),
    ],
)
def test_other_partitions_have_other_names(region: str, partition: str, host: str) -> None:
    pool = ExistingUserPool.from_id(f"{region}_a", region=region, account_id="123456789012")
    arn = f"arn:{partition}:cognito-idp:{region}:123456789012:userpool/{region}_a"
    assert pool.user_pool_arn == arn
    assert pool.user_pool_endpoint == f"{host}/{region}_a"
    assert ExistingUserPool.from_arn(arn) == pool


@pytest.mark.parametrize("token", TEXTS)
def test_tokens_pass(token: str) -> None:
    pool = ExistingUserPool.from_id(token, region=token, account_id=token)
    assert pool.user_pool_arn == f"arn:aws:cognito-idp:{token}:{token}:userpool/{token}"
    client = ExistingUserPoolClient(user_pool=pool, user_pool_client_id=token)
    assert client.user_pool_client_id == token


def not_a_pool() -> ExistingUserPoolClient:
    """A client of something that is no pool."""
    wrong: Any = POOL_ID
    return ExistingUserPoolClient(user_pool=wrong, user_pool_client_id="1example")


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (
            lambda: ExistingUserPool.from_id("users", region="eu-west-1"),
            "ExistingUserPool.user_pool_id: must be 1 to 55 characters, the region, _ and letters "
            "and digits, got 'users'; write one such as 'eu-west-1_AbCdEf123'",
        ),
        (
            lambda: ExistingUserPool.from_id(POOL_ID, region="us-east-1"),
            "ExistingUserPool.region: must be the region that eu-west-1_AbCdEf123 begins with, got "
            "'us-east-1'; write 'eu-west-1'",
        ),
        (
            lambda: ExistingUserPool.from_id(POOL_ID, region="Europe"),
            "ExistingUserPool.region: must be the name of an AWS region, got 'Europe'; write one "
            "such as 'eu-west-1'",
        ),
        (
            lambda: ExistingUserPool.from_id(POOL_ID, region="eu-west-1", account_id="12"),
            "ExistingUserPool.account_id: must be 12 to 12 characters, not 2, got '12'; write one "
            "such as '123456789012'",
        ),
        (
            lambda: ExistingUserPool.from_id(POOL_ID, region="eu-west-1").user_pool_arn,
            "ExistingUserPool.account_id: must be set where the ARN is needed, got None; set "
            "account_id to the account that owns the pool",
        ),
        (
            lambda: ExistingUserPool.from_arn("arn:aws:iam::123456789012:role/users"),
            "ExistingUserPool.from_arn: must be the ARN of a user pool, got "
            "'arn:aws:iam::123456789012:role/users'; write one such as "
            "'arn:aws:cognito-idp:eu-west-1:123456789012:userpool/<id>'",
        ),
        (
            lambda: ExistingUserPool.from_arn("${var.arn}"),
            "ExistingUserPool.from_arn: must not be a token, got '${var.arn}'; use "
            "ExistingUserPool.from_id(…)",
        ),
        (
            not_a_pool,
            "ExistingUserPoolClient.user_pool: must be of type ExistingUserPool, got "
            "'eu-west-1_AbCdEf123'; write ExistingUserPool(…)",
        ),
        (
            lambda: ExistingUserPoolClient(
                user_pool=ExistingUserPool.from_arn(POOL_ARN), user_pool_client_id="my client"
            ),
            "ExistingUserPoolClient.user_pool_client_id: must be 1 to 128 characters, letters and "
            "digits, got 'my client'; copy the client id",
        ),
    ],
)
def test_refuses_what_cannot_be_a_pool_or_a_client(
    make: Callable[[], object], expected: str
) -> None:
    assert refusal(make) == expected
