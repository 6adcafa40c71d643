"""A state in a local file, who may use a state in a bucket, and logs of it."""

from typing import Any

import pytest

from constructs_auth import AccessLogs, LocalBackend
from constructs_auth.state._documents import access_document, bucket_document, checked_keys
from tests.unit.samples import HAND_WRITTEN, LIST_TOKEN, TEXT_TOKEN, refusal

BUCKET = "arn:aws:s3:::acme-state"
KEY = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d"


def test_a_local_state_is_where_terraform_puts_it() -> None:
    assert LocalBackend().path == "terraform.tfstate"


@pytest.mark.parametrize("path", ["terraform.tfstate", "../state.tfstate", "states/auth.tfstate"])
def test_a_local_state_has_a_path_from_the_folder(path: str) -> None:
    assert LocalBackend(path=path).path == path


@pytest.mark.parametrize(
    "path", ["/var/state", "\\state", "C:\\state", "~/state", "", None, TEXT_TOKEN, HAND_WRITTEN]
)
def test_refuses_a_path_of_one_machine(path: Any) -> None:
    assert refusal(lambda: LocalBackend(path=path)) == (
        "LocalBackend.path: must be a path relative to the folder that Terraform runs in, "
        f"got {path!r}; write one such as 'terraform.tfstate'"
    )


def test_keys_of_states_are_sorted() -> None:
    assert checked_keys("keys", {"b.tfstate", "a.tfstate"}) == ("a.tfstate", "b.tfstate")


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ([], "keys: must not be empty, got []; name the states, such as ['prod/auth.tfstate']"),
        (
            "prod/auth.tfstate",
            "keys: must be a list, a tuple or a set, got 'prod/auth.tfstate'; put it into a list",
        ),
        (
            ["prod/*"],
            "keys[0]: must name one state, without * and ?, which are wildcards in a policy, got "
            "'prod/*'; list each state separately",
        ),
        (
            ["/prod"],
            "keys[0]: must be a path without / at its ends, got '/prod'; "
            "write one such as 'prod/auth.tfstate'",
        ),
        (
            LIST_TOKEN,
            "keys[0]: must not be a token, because Terraform reads a backend before any other "
            f"value, got {LIST_TOKEN[0]!r}; write one such as 'prod/auth.tfstate'",
        ),
    ],
)
def test_refuses_what_names_no_state(keys: Any, message: str) -> None:
    assert refusal(lambda: checked_keys("keys", keys)) == message


def test_logs_are_kept_for_a_year_by_default() -> None:
    logs = AccessLogs()
    assert logs.bucket is logs.prefix is None
    assert logs.retention_days == 365


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (
            {"bucket": "Acme"},
            "AccessLogs.bucket: must be 3 to 63 characters, lower-case letters, digits, . and -, "
            "got 'Acme'; write one such as 'acme-access-logs'",
        ),
        (
            {"prefix": ""},
            "AccessLogs.prefix: must be a text that is not empty, got ''; "
            "write one such as 'state/'",
        ),
        (
            {"prefix": "state*"},
            "AccessLogs.prefix: must not contain * or ?, which are wildcards in a policy, "
            "got 'state*'; write one such as 'state/'",
        ),
        (
            {"retention_days": 0},
            "AccessLogs.retention_days: must be from 1 to 2147483647 days, got 0; "
            "write a number of days",
        ),
    ],
)
def test_refuses_logs_that_s3_does_not_write(settings: dict[str, Any], message: str) -> None:
    assert refusal(lambda: AccessLogs(**settings)) == message


def test_whoever_plans_reads_and_locks_and_does_not_write() -> None:
    document = access_document(
        bucket_arn=BUCKET, kms_key_arn=KEY, keys=["prod/auth.tfstate"], write=False
    )
    assert document == (
        '{"Statement": [{"Action": ["s3:ListBucket"], "Effect": "Allow", "Resource": '
        '"arn:aws:s3:::acme-state", "Sid": "ListStates"}, {"Action": ["s3:GetObject"], '
        '"Effect": "Allow", "Resource": ["arn:aws:s3:::acme-state/prod/auth.tfstate"], '
        '"Sid": "States"}, {"Action": ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"], '
        '"Effect": "Allow", "Resource": ["arn:aws:s3:::acme-state/prod/auth.tfstate.tflock"], '
        '"Sid": "Locks"}, {"Action": ["kms:Decrypt", "kms:GenerateDataKey"], "Effect": "Allow", '
        '"Resource": "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d", "Sid": "Key"}], '
        '"Version": "2012-10-17"}'
    )


def test_the_bucket_refuses_another_encryption_only_where_one_is_named() -> None:
    """`Null` says that the header was sent; a lock file may come without it."""
    document = bucket_document(bucket_arn=BUCKET, kms_key_arn=KEY)
    assert (
        '"Condition": {"Null": {"s3:x-amz-server-side-encryption": "false"}, '
        '"StringNotEquals": {"s3:x-amz-server-side-encryption": "aws:kms"}}, "Effect": "Deny"'
    ) in document
    assert (
        '"Condition": {"Null": {"s3:x-amz-server-side-encryption-aws-kms-key-id": "false"}, '
        f'"StringNotEquals": {{"s3:x-amz-server-side-encryption-aws-kms-key-id": "{KEY}"}}}}'
    ) in document
    assert '"Condition": {"Bool": {"aws:SecureTransport": "false"}}' in document
