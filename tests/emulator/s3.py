"""Completes S3: what a bucket for Terraform's state needs."""

import json
import re
from typing import TYPE_CHECKING, Any

import flask
from moto.iam.access_control import IAMPolicy, PermissionResult
from moto.s3.models import FakeBucket, FakeDeleteMarker
from moto.s3.responses import S3Response

from tests.emulator.completing import Original, completes

if TYPE_CHECKING:
    from collections.abc import Callable

_newer_versions: dict[str, list[int | None]] = {}


@completes(FakeBucket)
def get_permission(
    original: Original, bucket: FakeBucket, action: str, resource: str
) -> PermissionResult:
    """Evaluate the conditions of a bucket's policy; moto denies by each statement that has one."""
    if bucket.policy is None:
        answer: PermissionResult = original(bucket, action, resource)
        return answer
    policy = json.loads(bucket.policy)
    policy["Statement"] = [
        {name: value for name, value in statement.items() if name != "Condition"}
        for statement in policy["Statement"]
        if _holds(statement.get("Condition", {}))
    ]
    return IAMPolicy(json.dumps(policy)).is_action_permitted(action, resource)


@completes(FakeBucket)
def set_lifecycle(original: Original, bucket: FakeBucket, rules: list[dict[str, Any]]) -> None:
    """Keep how many noncurrent versions a lifecycle leaves."""
    original(bucket, rules)
    expirations = (rule.get("NoncurrentVersionExpiration") for rule in rules)
    _newer_versions[bucket.name] = [
        expiration.get("NewerNoncurrentVersions") for expiration in expirations if expiration
    ]


@completes(S3Response)
def get_bucket_lifecycle(original: Original, response: S3Response) -> tuple[int, Any, str]:
    """Return how many noncurrent versions a lifecycle leaves."""
    status, headers, body = original(response)
    kept = iter(_newer_versions[response.bucket_name])

    def with_number(tag: re.Match[str]) -> str:
        number = next(kept)
        name = "NewerNoncurrentVersions"
        return tag[0] if number is None else f"{tag[0]}<{name}>{number}</{name}>"

    return status, headers, re.sub("<NoncurrentVersionExpiration>", with_number, body)


@completes(FakeDeleteMarker)
def dispose(_original: None, _marker: FakeDeleteMarker) -> None:
    """Delete a delete marker with the versions of its key; moto fails, as it has no content."""


def _holds(condition: dict[str, dict[str, str]]) -> bool:
    """Tell whether the request meets a condition, as IAM evaluates it; loopback counts as TLS."""
    known = {f"s3:{name.lower()}": value for name, value in flask.request.headers.items()}
    known["aws:SecureTransport"] = "true"
    tests: dict[str, Callable[[str | None, str], bool]] = {
        "Bool": lambda value, wanted: value == wanted,
        "Null": lambda value, wanted: (value is None) == (wanted == "true"),
        "StringEquals": lambda value, wanted: value == wanted,
        "StringNotEquals": lambda value, wanted: value != wanted,
        "ArnEquals": lambda value, wanted: value == wanted,
    }
    return all(
        tests[operator](known.get(key), wanted)
        for operator, keys in condition.items()
        for key, wanted in keys.items()
    )
