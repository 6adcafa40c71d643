"""The policies of a state's bucket, of its key, and of the roles that use them."""

import json
from collections.abc import Collection
from enum import StrEnum

from constructs_auth import _checks
from constructs_auth.errors import InvalidValueError
from constructs_auth.state.backends import check_key


def access_document(
    *, bucket_arn: str, kms_key_arn: str, keys: Collection[str], write: bool
) -> str:
    """Write the IAM policy that reading and locking states needs, and writing them where *write*.

    Nobody may delete a state: Terraform deletes one only with its workspace.
    Encrypting needs no `kms:Encrypt`, for S3 encrypts with data keys that it asks for (S3 user
    guide, «Using server-side encryption with AWS KMS keys», permissions).
    """
    states = [f"{bucket_arn}/{key}" for key in keys]
    on_states = ["s3:GetObject", "s3:PutObject"] if write else ["s3:GetObject"]
    return _document(
        # Not only for a prefix: without it S3 answers 403 instead of 404 for a state that is not
        # there yet, and the first init fails. It tells the names of states, not what is in them.
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
    """Write the policy of the state's bucket: TLS alone, and no other encryption than its own.

    A request that names no encryption gets the bucket's own, and must pass: a lock file may come
    that way (opentofu/opentofu#2970). A negated condition holds for a header that is not sent,
    with and without `IfExists`, so only `Null` tells the two apart.
    """
    named = "s3:x-amz-server-side-encryption"
    named_key = f"{named}-aws-kms-key-id"
    return _document(
        _deny_without_tls(bucket_arn),
        _deny_put("OtherEncryption", bucket_arn, named, "aws:kms"),
        _deny_put("OtherKey", bucket_arn, named_key, kms_key_arn),
    )


def log_bucket_document(*, logs_arn: str, prefix: str, bucket_arn: str, account_id: str) -> str:
    """Write the policy of the bucket of access logs: TLS alone, and S3 may write for one bucket."""
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
    """Write the policy of the key: the account decides, by IAM, who may use and manage it.

    Without this statement nobody could, ever (KMS developer guide, «Default key policy»).
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
    """Read it, and lock it: `terraform plan`."""
    APPLY = "apply"
    """Read, lock and write it: `terraform apply`, and everything else."""


def checked_keys(subject: str, keys: Collection[str]) -> tuple[str, ...]:
    """Check the keys of states, and sort them.

    Raises:
        InvalidValueError: No key, one that S3 does not accept, one that only Terraform will know,
            or one with a wildcard of IAM.
    """

    def check(label: str, key: str) -> str:
        check_key(label, key)
        if "*" in key or "?" in key:
            raise InvalidValueError(
                label,
                "must name one state, and * and ? stand for many in a policy",
                got=key,
                remedy="name each state by itself",
            )
        return key

    remedy = "name the states, such as ['prod/auth.tfstate']"
    kept = _checks.items(subject, keys, check, remedy=remedy)
    _checks.not_empty(subject, kept, remedy=remedy)
    return tuple(sorted(kept))
