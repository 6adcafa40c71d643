"""Where an application finds its settings, and how its client secret is stored."""

import re
from dataclasses import dataclass
from enum import StrEnum

from constructs_auth import _checks
from constructs_auth._tokens import Number, is_concrete
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import limits

_RESERVED = ("aws", "ssm")


class SecretFormat(StrEnum):
    """The format of the secret string."""

    JSON = "json"
    PLAINTEXT = "plaintext"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredClientSecret:
    """How Secrets Manager stores the client secret of an application.

    Args:
        secret_format: `SecretFormat.JSON` for `{"client_id": …, "client_secret": …}`, which the
            console shows as key/value pairs, or `SecretFormat.PLAINTEXT` for the client secret
            alone. By default JSON.
        kms_key_id: The ARN of the KMS key that encrypts the secret, not of an alias: readers of the
            secret need permission for the key, and IAM policies name keys. By default the AWS
            managed key `aws/secretsmanager`.
        recovery_window_in_days: How long a deleted secret can be restored and its name stays in
            use: 7 to 30 days, or 0 to delete it at once. By default 30, AWS's own default.

    Raises:
        InvalidValueError: A value that Secrets Manager does not accept, or the ARN of an alias.
    """

    secret_format: SecretFormat = SecretFormat.JSON
    kms_key_id: str | None = None
    recovery_window_in_days: Number = 30

    def __post_init__(self) -> None:
        """Check the values."""
        kept = _checks.known_member(
            "StoredClientSecret.secret_format", self.secret_format, SecretFormat
        )
        object.__setattr__(self, "secret_format", kept)
        if self.kms_key_id is not None:
            _check_key(self.kms_key_id)
        if self.recovery_window_in_days != 0 or isinstance(self.recovery_window_in_days, bool):
            _checks.whole_number(
                "StoredClientSecret.recovery_window_in_days",
                self.recovery_window_in_days,
                limits.RECOVERY_WINDOW_DAYS,
                remedy="write 30, or 0 to delete the secret at once",
            )


def check_prefix(subject: str, prefix: str) -> None:
    """Reject anything but a path prefix of Parameter Store or a text token.

    Raises:
        InvalidValueError: A prefix that Parameter Store rejects (API: PutParameter, Name).
    """
    remedy = "write one such as '/acme/web'"
    _checks.text(subject, prefix, limits.SETTINGS_PREFIX, remedy=remedy)
    if not is_concrete(prefix):
        return
    if prefix.lower().startswith(tuple(f"/{word}" for word in _RESERVED)):
        raise InvalidValueError(
            subject,
            f"must not begin with {' or '.join(_RESERVED)}, which AWS reserves",
            got=prefix,
            remedy=remedy,
        )
    _checks.whole_number(
        f"{subject}, its levels", prefix.count("/"), limits.SETTINGS_LEVELS, remedy=remedy
    )


def _check_key(arn: str) -> None:
    subject = "StoredClientSecret.kms_key_id"
    remedy = "write the ARN of a KMS key"
    _checks.arn(subject, arn, service="kms", remedy=remedy)
    if is_concrete(arn) and re.search(r":key/[^/]+$", arn) is None:
        raise InvalidValueError(subject, "must be the ARN of a key", got=arn, remedy=remedy)
