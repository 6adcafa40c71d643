"""Buckets do what one for a state needs."""

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError  # type: ignore[import-untyped]

from tests.emulator import Emulator
from tests.emulator.tests.conftest import REGION

_HEADER = "s3:x-amz-server-side-encryption"


@pytest.mark.parametrize(
    ("condition", "refused"),
    [
        ({"Bool": {"aws:SecureTransport": "false"}}, []),
        ({"Null": {_HEADER: "true"}}, [None]),
        ({"Null": {_HEADER: "false"}}, ["AES256", "aws:kms"]),
        ({"StringNotEquals": {_HEADER: "aws:kms"}}, [None, "AES256"]),
        ({"Null": {_HEADER: "false"}, "StringNotEquals": {_HEADER: "aws:kms"}}, ["AES256"]),
        ({}, [None, "AES256", "aws:kms"]),
    ],
)
def test_a_bucket_decides_by_the_conditions_of_its_policy(
    condition: dict[str, Any], refused: list[str | None], emulator: Emulator
) -> None:
    """A negated condition holds for what was not sent, as IAM documents it."""
    s3 = emulator.client("s3", REGION)
    s3.create_bucket(Bucket="acme", CreateBucketConfiguration={"LocationConstraint": REGION})
    statement = {
        "Effect": "Deny",
        "Principal": {"AWS": "*"},
        "Action": "s3:PutObject",
        "Resource": "arn:aws:s3:::acme/*",
        "Condition": condition,
    }
    policy = {"Version": "2012-10-17", "Statement": [statement]}
    s3.put_bucket_policy(Bucket="acme", Policy=json.dumps(policy))

    def is_refused(encryption: str | None) -> bool:
        named = {} if encryption is None else {"ServerSideEncryption": encryption}
        try:
            s3.put_object(Bucket="acme", Key="state", Body=b"", **named)
        except ClientError as error:
            return bool(error.response["Error"]["Code"] == "403")
        return False

    try:
        assert [each for each in (None, "AES256", "aws:kms") if is_refused(each)] == refused
    finally:
        s3.delete_bucket_policy(Bucket="acme")
        s3.delete_object(Bucket="acme", Key="state")
        s3.delete_bucket(Bucket="acme")


def test_a_lifecycle_keeps_how_many_old_versions_stay(emulator: Emulator) -> None:
    """Also of several rules, of which some have no number."""
    s3 = emulator.client("s3", REGION)
    s3.create_bucket(Bucket="life", CreateBucketConfiguration={"LocationConstraint": REGION})
    rules = [
        {
            "ID": name,
            "Status": "Enabled",
            "Filter": {"Prefix": f"{name}/"},
            "NoncurrentVersionExpiration": expiration,
        }
        for name, expiration in (
            ("a", {"NoncurrentDays": 90}),
            ("b", {"NoncurrentDays": 90, "NewerNoncurrentVersions": 10}),
        )
    ]
    s3.put_bucket_lifecycle_configuration(Bucket="life", LifecycleConfiguration={"Rules": rules})

    assert s3.get_bucket_lifecycle_configuration(Bucket="life")["Rules"] == rules
    s3.delete_bucket(Bucket="life")


def test_versions_of_a_deleted_object_can_be_deleted(emulator: Emulator) -> None:
    """As who empties a bucket does, with the marker last."""
    s3 = emulator.client("s3", REGION)
    s3.create_bucket(Bucket="marker", CreateBucketConfiguration={"LocationConstraint": REGION})
    versioning = {"Status": "Enabled"}
    s3.put_bucket_versioning(Bucket="marker", VersioningConfiguration=versioning)
    version = s3.put_object(Bucket="marker", Key="lock", Body=b"")["VersionId"]
    marker = s3.delete_object(Bucket="marker", Key="lock")["VersionId"]
    for each in (version, marker):
        s3.delete_object(Bucket="marker", Key="lock", VersionId=each)
    assert "Versions" not in s3.list_object_versions(Bucket="marker")
    s3.delete_bucket(Bucket="marker")
