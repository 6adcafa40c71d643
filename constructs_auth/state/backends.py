"""Backends for Terraform state: an encrypted S3 bucket with locks, or a local file."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from types import NoneType

from constructs_auth import _checks
from constructs_auth._tokens import is_concrete
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import limits

_ACCOUNT = r"[0-9]{12}"
_KEY = r"[^/\s](?:\S*[^/\s])?"
_LATER = "write the value, or pass it to terraform init -backend-config=…"
_PATH = "a path without / at its ends"


@dataclass(frozen=True, slots=True, kw_only=True)
class AssumeRole:
    """The role that Terraform assumes to access the state.

    Args:
        role_arn: The ARN of the role.
        session_name: The name of the session in CloudTrail. By default Terraform generates one.
        external_id: The external id in the role's trust policy. By default none.

    Raises:
        InvalidValueError: Not an ARN of IAM, an empty text, or a token.
    """

    role_arn: str
    session_name: str | None = None
    external_id: str | None = None

    def __post_init__(self) -> None:
        """Check the values."""
        subject = "AssumeRole.role_arn"
        _reject_token(subject, self.role_arn)
        _checks.arn(subject, self.role_arn, service="iam", remedy="write the ARN of an IAM role")
        for name, value in (("session_name", self.session_name), ("external_id", self.external_id)):
            if value is not None:
                subject = f"AssumeRole.{name}"
                _reject_token(subject, value)
                _checks.filled_text(subject, value, remedy="leave it out, or write a text")


@dataclass(frozen=True, slots=True, kw_only=True)
class S3Backend:
    """Terraform state in an S3 bucket, always encrypted.

    It offers the settings of Terraform 1.10, except credentials: Terraform finds them in the
    environment, in a profile or with *assume_role*. Terraform reads a backend before any other
    value, so this library rejects variables and references. Pass settings that you leave out to
    `terraform init -backend-config=…` (partial configuration).

    Args:
        bucket: The bucket's name.
        key: The path of the state in the bucket; name the stack and the environment in it.
        region: The bucket's region.
        kms_key_id: The ARN of the KMS key that encrypts the state. By default S3's own key
            (AES256). Set it even if the bucket has a default key, because Terraform otherwise
            requests AES256.
        use_lockfile: Whether Terraform locks the state with the file `<key>.tflock` in the bucket.
            By default `True`.
        assume_role: The role that Terraform assumes to access the state. By default none.
        allowed_account_ids: The accounts that credentials must belong to. By default any.
        workspace_key_prefix: The prefix for states of workspaces other than `default`. By default
            Terraform's own, `env:`.

    Raises:
        InvalidValueError: A value that S3 or Terraform does not accept.
    """

    bucket: str | None = None
    key: str | None = None
    region: str | None = None
    kms_key_id: str | None = None
    use_lockfile: bool = True
    assume_role: AssumeRole | None = None
    allowed_account_ids: Collection[str] = ()
    workspace_key_prefix: str | None = None

    def __post_init__(self) -> None:
        """Check the values."""
        if self.bucket is not None:
            check_bucket("S3Backend.bucket", self.bucket, in_backend=True)
        if self.key is not None:
            check_key("S3Backend.key", self.key, in_backend=True)
        if self.region is not None:
            what, example = "the name of an AWS region", "'eu-west-1'"
            _match("S3Backend.region", self.region, limits.REGION, what, example)
        if self.workspace_key_prefix is not None:
            subject = "S3Backend.workspace_key_prefix"
            _match(subject, self.workspace_key_prefix, _KEY, _PATH, "'environments'")
        if self.kms_key_id is not None:
            _reject_token("S3Backend.kms_key_id", self.kms_key_id)
            _checks.arn(
                "S3Backend.kms_key_id",
                self.kms_key_id,
                service="kms",
                remedy="write the ARN of a KMS key",
            )
        _checks.known_flag("S3Backend.use_lockfile", self.use_lockfile)
        _checks.kind("S3Backend.assume_role", self.assume_role, AssumeRole, NoneType)
        accounts = _checks.items(
            "S3Backend.allowed_account_ids",
            self.allowed_account_ids,
            _check_account,
            remedy="list account ids of 12 digits, as strings",
        )
        object.__setattr__(self, "allowed_account_ids", tuple(sorted(accounts)))


def check_bucket(subject: str, bucket: str, *, in_backend: bool = False) -> None:
    """Reject anything but the name of a bucket, also tokens."""
    remedy = "write one such as 'acme-terraform-state'"
    _reject_token(subject, bucket, remedy=_LATER if in_backend else remedy)
    if not isinstance(bucket, str) or not limits.BUCKET_NAME.accepts(bucket):
        raise InvalidValueError(
            subject,
            "must be the name of an S3 bucket",
            got=bucket,
            remedy=remedy,
        )


def check_key(subject: str, key: str, *, in_backend: bool = False) -> None:
    """Reject anything but the key of a state, also tokens."""
    example = "'prod/auth.tfstate'"
    if not in_backend:
        _reject_token(subject, key, remedy=f"write one such as {example}")
    _match(subject, key, _KEY, _PATH, example)


def _match(subject: str, value: str, pattern: str, what: str, example: str) -> None:
    _reject_token(subject, value)
    if not isinstance(value, str) or not re.fullmatch(pattern, value):
        raise InvalidValueError(
            subject, f"must be {what}", got=value, remedy=f"write one such as {example}"
        )


def _check_account(subject: str, account: str) -> str:
    _reject_token(subject, account)
    if not isinstance(account, str) or not re.fullmatch(_ACCOUNT, account):
        raise InvalidValueError(
            subject,
            "must be an account id",
            got=account,
            remedy="write 12 digits as a string, '123456789012'",
        )
    return account


def _reject_token(subject: str, value: object, *, remedy: str = _LATER) -> None:
    if not is_concrete(value):
        raise InvalidValueError(
            subject,
            "must not be a token, because Terraform reads a backend before any other value",
            got=value,
            remedy=remedy,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalBackend:
    """State in a local file: for the stack that creates the state bucket, and for tests.

    Nobody else can use such a state, Terraform does not lock it for others, and it contains the
    secrets of the stack in plain text. Once the stack has an `S3Backend`,
    `terraform init -migrate-state` moves the state.

    Args:
        path: The file, relative to the folder that Terraform runs in. By default
            `terraform.tfstate`, as in Terraform. CDKTF refuses to run if a file of this name is
            beside `cdktf.json`.

    Raises:
        InvalidValueError: An absolute path, an empty one or a token.
    """

    path: str = "terraform.tfstate"

    def __post_init__(self) -> None:
        """Check the path."""
        path = self.path
        # Also no Windows drive, because the Terraform JSON is the same on every machine.
        relative = isinstance(path, str) and re.match(r"[^/\\~](?!:)", path) is not None
        if not relative or not is_concrete(path):
            raise InvalidValueError(
                "LocalBackend.path",
                "must be a path relative to the folder that Terraform runs in",
                got=path,
                remedy="write one such as 'terraform.tfstate'",
            )
