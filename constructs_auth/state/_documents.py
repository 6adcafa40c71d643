"""The policies of a state bucket, of its key, and of the roles that use them."""

import json
from collections.abc import Collection
from enum import StrEnum

from constructs_auth import _checks
from constructs_auth.errors import InvalidValueError
from constructs_auth.state.backends import check_key


def access_document(
    *, bucket_arn: str, kms_key_arn: str, keys: Collection[str], write: bool
) -> str:
    """Return the IAM policy for reading and locking states, and with *write* for writing them.

    It does not allow deleting a state: Terraform deletes one only with its workspace. Encryption
    does not need `kms:Encrypt`, because S3 encrypts with data keys (S3 user guide, «Using
    server-side encryption with AWS KMS keys», permissions).
    """
    states = [f"{bucket_arn}/{key}" for key in keys]
    on_states = ["s3:GetObject", "s3:PutObject"] if write else ["s3:GetObject"]
    return _document(
        # Not only for a prefix: without it S3 returns 403 instead of 404 for a state that does not
        # exist yet, and the first init fails. It shows the names of states, not their content.
        _allow("ListStates", ["s3:ListBucket"], bucket_arn),
        _allow("States", on_states, states),
        _allow(
            "Locks",
            ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
            [f"{state}.tflock" for state in states],
        ),
        _allow("Key", ["kms:Decrypt", "kms:GenerateDataKey"], kms_key_arn),
    )


def bucket_document(*, bucket_arn: str, kms_key_arn: str) -> str:
    """Return the policy of the state bucket: only TLS, and no other encryption than its own.

    S3 applies the bucket's encryption to a request that names none. The policy must allow such
    requests, because a lock file may be one (opentofu/opentofu#2970). A negated condition also
    matches a missing header, with and without `IfExists`; only `Null` distinguishes the two.
    """
    named = "s3:x-amz-server-side-encryption"
    named_key = f"{named}-aws-kms-key-id"
    return _document(
        _deny_without_tls(bucket_arn),
        _deny_put("OtherEncryption", bucket_arn, named, "aws:kms"),
        _deny_put("OtherKey", bucket_arn, named_key, kms_key_arn),
    )


def log_bucket_document(*, logs_arn: str, prefix: str, bucket_arn: str, account_id: str) -> str:
    """Return the policy of the log bucket: only TLS, and S3 may write logs of one bucket."""
    return _document(
        _deny_without_tls(logs_arn),
        {
            **_allow("ServerAccessLogs", ["s3:PutObject"], f"{logs_arn}/{prefix}*"),
            "Condition": {
                "ArnEquals": {"aws:SourceArn": bucket_arn},
                "StringEquals": {"aws:SourceAccount": account_id},
            },
            "Principal": {"Service": "logging.s3.amazonaws.com"},
        },
    )


def key_document(*, account_arn: str) -> str:
    """Return the policy of the key: IAM policies of the account decide who uses and manages it.

    Without this statement nobody could ever manage the key (KMS developer guide, «Default key
    policy»).
    """
    return _document(
        {**_allow("AccountDecides", ["kms:*"], "*"), "Principal": {"AWS": account_arn}}
    )


def _allow(sid: str, actions: list[str], resource: str | list[str]) -> dict[str, object]:
    return {"Action": actions, "Effect": "Allow", "Resource": resource, "Sid": sid}


def _deny_without_tls(bucket_arn: str) -> dict[str, object]:
    return {
        "Action": "s3:*",
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
        "Effect": "Deny",
        "Principal": {"AWS": "*"},
        "Resource": [bucket_arn, f"{bucket_arn}/*"],
        "Sid": "WithoutTls",
    }


def _deny_put(sid: str, bucket_arn: str, header: str, wanted: str) -> dict[str, object]:
    return {
        "Action": "s3:PutObject",
        "Condition": {"Null": {header: "false"}, "StringNotEquals": {header: wanted}},
        "Effect": "Deny",
        "Principal": {"AWS": "*"},
        "Resource": f"{bucket_arn}/*",
        "Sid": sid,
    }


def _document(*statements: dict[str, object]) -> str:
    return json.dumps({"Statement": statements, "Version": "2012-10-17"}, sort_keys=True)


class StateAccess(StrEnum):
    """What a role may do with a state."""

    PLAN = "plan"
    """Read and lock the state: `terraform plan`."""
    APPLY = "apply"
    """Read, lock and write the state: `terraform apply`, and everything else."""


def checked_keys(subject: str, keys: Collection[str]) -> tuple[str, ...]:
    """Check the keys of states, and return them sorted.

    Raises:
        InvalidValueError: No key, a key that S3 does not accept, a token, or a key with an IAM
            wildcard.
    """

    def check(label: str, key: str) -> str:
        check_key(label, key)
        if "*" in key or "?" in key:
            raise InvalidValueError(
                label,
                "must name one state, without * and ?, which are wildcards in a policy",
                got=key,
                remedy="list each state separately",
            )
        return key

    remedy = "name the states, such as ['prod/auth.tfstate']"
    kept = _checks.items(subject, keys, check, remedy=remedy)
    _checks.not_empty(subject, kept, remedy=remedy)
    return tuple(sorted(kept))
