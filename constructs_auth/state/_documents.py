"""The JSON of the policies of a state's bucket, of its key, and of who may use them."""

import json
from collections.abc import Collection


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
