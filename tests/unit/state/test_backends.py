"""Terraform state in S3."""

from typing import Any

import pytest
from hypothesis import given, strategies as st

from constructs_auth import AssumeRole, S3Backend
from tests.unit.samples import (
    FUNCTION_ARN,
    HAND_WRITTEN,
    KEY_ARN,
    LIST_TOKEN,
    NUMBER_TOKEN,
    OBJECT_TOKEN,
    ROLE_ARN,
    TEXT_TOKEN,
    refusal,
)

BUCKET = "must be the name of an S3 bucket"
KEY = "must be a path without / at its ends"
KNOWN = "must not be a token, because Terraform reads a backend before any other value"
LATER = "write the value, or pass it to terraform init -backend-config=…"
TOKENS = (TEXT_TOKEN, HAND_WRITTEN, LIST_TOKEN, NUMBER_TOKEN, OBJECT_TOKEN)
ACCOUNTS = "list account ids of 12 digits, as strings"


def test_everything_may_be_left_to_terraform_init() -> None:
    backend = S3Backend()
    assert backend.bucket is backend.key is backend.region is backend.kms_key_id is None
    assert backend.use_lockfile is True
    assert backend.allowed_account_ids == ()


def test_accepts_all_that_it_offers() -> None:
    role = AssumeRole(role_arn=ROLE_ARN, session_name="terraform", external_id="state")
    backend = S3Backend(
        bucket="acme-terraform-state",
        key="prod/auth.tfstate",
        region="eu-west-1",
        kms_key_id=KEY_ARN,
        use_lockfile=False,
        assume_role=role,
        allowed_account_ids={"210987654321", "123456789012"},
        workspace_key_prefix="environments",
    )
    assert backend.allowed_account_ids == ("123456789012", "210987654321")
    assert backend.assume_role is role


@given(st.from_regex(r"[a-z0-9][a-z0-9-]{1,61}[a-z0-9]", fullmatch=True))
def test_accepts_every_plain_bucket_name(bucket: str) -> None:
    assert S3Backend(bucket=bucket).bucket == bucket


@pytest.mark.parametrize("bucket", ["abc", "a.b.c", "a" * 63])
def test_accepts_a_bucket_name_at_the_limits(bucket: str) -> None:
    assert S3Backend(bucket=bucket).bucket == bucket


@pytest.mark.parametrize(
    "bucket",
    [
        "",
        "ab",
        "a" * 64,
        "Acme",
        "a_b_c",
        "-abc",
        "abc-",
        "a..b",
        "192.168.1.1",
        "s3://abc",
        "abc\n",
        "äbc",
        5,
        [],
    ],
)
def test_refuses_a_bucket_name_that_s3_refuses(bucket: Any) -> None:
    assert refusal(lambda: S3Backend(bucket=bucket)) == (
        f"S3Backend.bucket: {BUCKET}, got {bucket!r}; write one such as 'acme-terraform-state'"
    )


@pytest.mark.parametrize("key", ["a", "auth.tfstate", "prod/eu-west-1/auth.tfstate"])
def test_accepts_a_path(key: str) -> None:
    assert S3Backend(key=key, workspace_key_prefix=key).key == key


@pytest.mark.parametrize("key", ["", "/", "/auth", "auth/", "prod auth", "auth\n", 5, b"auth", {}])
def test_refuses_what_is_no_path(key: Any) -> None:
    assert refusal(lambda: S3Backend(key=key)) == (
        f"S3Backend.key: {KEY}, got {key!r}; write one such as 'prod/auth.tfstate'"
    )
    assert refusal(lambda: S3Backend(workspace_key_prefix=key)) == (
        f"S3Backend.workspace_key_prefix: {KEY}, got {key!r}; write one such as 'environments'"
    )


@pytest.mark.parametrize("region", ["eu-west-1", "us-gov-west-1", "cn-north-1", "eusc-de-east-1"])
def test_accepts_a_region(region: str) -> None:
    assert S3Backend(region=region).region == region


@pytest.mark.parametrize("region", ["", "Ireland", "eu-west-1a", "eu-west-१", 1, None])
def test_refuses_what_is_no_region(region: Any) -> None:
    if region is None:
        assert S3Backend(region=region).region is None
    else:
        assert refusal(lambda: S3Backend(region=region)) == (
            f"S3Backend.region: must be the name of an AWS region, got {region!r}; "
            "write one such as 'eu-west-1'"
        )


@pytest.mark.parametrize(
    ("key", "text"),
    [
        (
            FUNCTION_ARN,
            f"must be an ARN of the service kms, got {FUNCTION_ARN!r}; write the ARN of a KMS key",
        ),
        (
            "alias/state",
            (
                "must be 20 to 2048 characters, not 11, got 'alias/state'; "
                "write the ARN of a KMS key"
            ),
        ),
        (True, "must be a text, got True; write the ARN of a KMS key"),
    ],
)
def test_refuses_what_is_no_key(key: Any, text: str) -> None:
    assert refusal(lambda: S3Backend(kms_key_id=key)) == f"S3Backend.kms_key_id: {text}"


@pytest.mark.parametrize("use_lockfile", [None, 1, "true", *TOKENS])
def test_refuses_what_is_no_flag(use_lockfile: Any) -> None:
    assert refusal(lambda: S3Backend(use_lockfile=use_lockfile)) == (
        f"S3Backend.use_lockfile: must be True or False, got {use_lockfile!r}; write one of them"
    )


@pytest.mark.parametrize("role", [ROLE_ARN, {"role_arn": ROLE_ARN}, AssumeRole, 1, ""])
def test_refuses_what_is_no_role(role: Any) -> None:
    assert refusal(lambda: S3Backend(assume_role=role)) == (
        f"S3Backend.assume_role: must be of type AssumeRole, got {role!r}; write AssumeRole(…)"
    )


@pytest.mark.parametrize(
    ("accounts", "text"),
    [
        (
            "123456789012",
            ": must be a list, a tuple or a set, got '123456789012'; put it into a list",
        ),
        (None, f": must be a list, a tuple or a set, got None; {ACCOUNTS}"),
        (123456789012, f": must be a list, a tuple or a set, got 123456789012; {ACCOUNTS}"),
        (
            [123456789012],
            (
                "[0]: must be an account id, got 123456789012; "
                "write 12 digits as a string, '123456789012'"
            ),
        ),
        (
            ["1234"],
            "[0]: must be an account id, got '1234'; write 12 digits as a string, '123456789012'",
        ),
        (
            ["१२३४५६७८९०१२"],
            (
                "[0]: must be an account id, got '१२३४५६७८९०१२'; "
                "write 12 digits as a string, '123456789012'"
            ),
        ),
        (
            ["123456789012", "123456789012"],
            "[1]: must not repeat, got '123456789012'; name it once",
        ),
    ],
)
def test_refuses_what_are_no_accounts(accounts: Any, text: str) -> None:
    assert refusal(lambda: S3Backend(allowed_account_ids=accounts)) == (
        f"S3Backend.allowed_account_ids{text}"
    )


@pytest.mark.parametrize("token", TOKENS)
@pytest.mark.parametrize("field", ["bucket", "key", "region", "kms_key_id", "workspace_key_prefix"])
def test_refuses_every_token(field: str, token: Any) -> None:
    """Terraform reads a backend before it knows any variable."""
    assert refusal(lambda: S3Backend(**{field: token})) == (
        f"S3Backend.{field}: {KNOWN}, got {token!r}; {LATER}"
    )


@pytest.mark.parametrize("token", TOKENS)
@pytest.mark.parametrize("field", ["role_arn", "session_name", "external_id"])
def test_refuses_every_token_in_a_role(field: str, token: Any) -> None:
    given: dict[str, Any] = {"role_arn": ROLE_ARN, field: token}
    assert refusal(lambda: AssumeRole(**given)) == (
        f"AssumeRole.{field}: {KNOWN}, got {token!r}; {LATER}"
    )


@pytest.mark.parametrize("accounts", [LIST_TOKEN, [HAND_WRITTEN]])
def test_refuses_every_token_among_accounts(accounts: Any) -> None:
    assert refusal(lambda: S3Backend(allowed_account_ids=accounts)) == (
        f"S3Backend.allowed_account_ids[0]: {KNOWN}, got {accounts[0]!r}; {LATER}"
    )


@pytest.mark.parametrize(
    ("arn", "text"),
    [
        (
            FUNCTION_ARN,
            (
                f"must be an ARN of the service iam, got {FUNCTION_ARN!r}; "
                "write the ARN of an IAM role"
            ),
        ),
        (None, "must be a text, got None; write the ARN of an IAM role"),
        (
            "state",
            "must be 20 to 2048 characters, not 5, got 'state'; write the ARN of an IAM role",
        ),
    ],
)
def test_refuses_what_is_no_role_arn(arn: Any, text: str) -> None:
    assert refusal(lambda: AssumeRole(role_arn=arn)) == f"AssumeRole.role_arn: {text}"


@pytest.mark.parametrize("value", ["", 5, True, ["a"]])
@pytest.mark.parametrize("field", ["session_name", "external_id"])
def test_refuses_an_empty_text_in_a_role(field: str, value: Any) -> None:
    given: dict[str, Any] = {"role_arn": ROLE_ARN, field: value}
    assert refusal(lambda: AssumeRole(**given)) == (
        f"AssumeRole.{field}: must be a text that is not empty, got {value!r}; "
        "leave it out, or write a text"
    )


@pytest.mark.parametrize("keyword", ["access_key", "secret_key", "token", "encrypt"])
def test_has_no_place_for_credentials_nor_for_plain_text(keyword: str) -> None:
    wrong: dict[str, Any] = {keyword: "x"}
    with pytest.raises(TypeError) as caught:
        S3Backend(**wrong)
    assert str(caught.value).startswith(
        f"S3Backend: must be given known arguments, got '{keyword}'; "
    )
