"""Where an application finds its settings, and how its client secret is kept."""

from typing import Any

import pytest

from constructs_auth import SecretFormat, StoredClientSecret
from constructs_auth.values.app_settings import check_prefix
from tests.unit.samples import KEY_ARN, NUMBER_TOKEN, ROLE_ARN, TEXTS, refusal

PREFIX_REMEDY = "write one such as '/acme/web'"
PREFIX_RULE = (
    "must be 2 to 490 characters, a path of letters, digits and _ . - with a / before each part"
)
KEY_REMEDY = "write the ARN of a KMS key"
WINDOW_REMEDY = "write 30, or 0 to delete the secret at once"


@pytest.mark.parametrize(
    "prefix", ["/acme", "/acme/web", "/a_b.c-d/E1", "/laws/x", f"/{'/'.join('a' * 14)}", *TEXTS]
)
def test_accepts_a_prefix(prefix: str) -> None:
    check_prefix("X.prefix", prefix)


@pytest.mark.parametrize(
    ("prefix", "rule"),
    [
        ("acme/web", PREFIX_RULE),
        ("/acme/", PREFIX_RULE),
        ("/acme//web", PREFIX_RULE),
        ("/acme/the web", PREFIX_RULE),
        ("/", "must be 2 to 490 characters, not 1"),
        ("/aws/web", "must not begin with aws or ssm, which AWS reserves"),
        ("/SSM-settings", "must not begin with aws or ssm, which AWS reserves"),
        (None, "must be a text"),
    ],
)
def test_refuses_what_parameter_store_refuses(prefix: Any, rule: str) -> None:
    expected = f"X.prefix: {rule}, got {prefix!r}; {PREFIX_REMEDY}"
    assert refusal(lambda: check_prefix("X.prefix", prefix)) == expected


def test_refuses_a_prefix_of_too_many_levels() -> None:
    assert refusal(lambda: check_prefix("X.prefix", "/a" * 15)) == (
        f"X.prefix, its levels: must be from 1 to 14 levels, got 15; {PREFIX_REMEDY}"
    )


def test_a_secret_is_json_that_can_be_restored() -> None:
    secret = StoredClientSecret()
    assert secret.secret_format is SecretFormat.JSON
    assert secret.recovery_window_in_days == 30
    assert secret.kms_key_id is None


@pytest.mark.parametrize(
    "settings",
    [
        {"kms_key_id": KEY_ARN},
        *({"kms_key_id": token} for token in TEXTS),
        *({"recovery_window_in_days": days} for days in (0, 7, 30, NUMBER_TOKEN)),
        {"secret_format": "plaintext"},
    ],
)
def test_accepts_what_secrets_manager_accepts(settings: dict[str, Any]) -> None:
    secret = StoredClientSecret(**settings)
    assert {name: getattr(secret, name) for name in settings} == settings


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (
            {"recovery_window_in_days": 6},
            "StoredClientSecret.recovery_window_in_days: must be from 7 to 30 days, got 6; "
            f"{WINDOW_REMEDY}",
        ),
        (
            {"recovery_window_in_days": False},
            "StoredClientSecret.recovery_window_in_days: must be a whole number from 7 to 30 days, "
            f"got False; {WINDOW_REMEDY}",
        ),
        (
            {"kms_key_id": ROLE_ARN},
            f"StoredClientSecret.kms_key_id: must be an ARN of the service kms, got {ROLE_ARN!r}; "
            f"{KEY_REMEDY}",
        ),
        (
            {"kms_key_id": "arn:aws:kms:eu-west-1:123456789012:alias/web"},
            "StoredClientSecret.kms_key_id: must be the ARN of a key, got "
            f"'arn:aws:kms:eu-west-1:123456789012:alias/web'; {KEY_REMEDY}",
        ),
        (
            {"secret_format": "yaml"},
            "StoredClientSecret.secret_format: must be a member of SecretFormat, got 'yaml'; "
            "choose from SecretFormat.JSON, SecretFormat.PLAINTEXT",
        ),
    ],
)
def test_refuses_what_secrets_manager_refuses(settings: dict[str, Any], expected: str) -> None:
    assert refusal(lambda: StoredClientSecret(**settings)) == expected
