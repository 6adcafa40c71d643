"""The bucket that Terraform states are kept in, with the key that encrypts them."""

from collections.abc import Collection, Mapping
from types import NoneType

from constructs_auth import _checks
from constructs_auth._account import account_arn, account_id
from constructs_auth._construct import AuthConstruct, name_after
from constructs_auth._tags import checked_tags
from constructs_auth.engine import (
    Construct,
    KmsAlias,
    KmsKey,
    TerraformResourceLifecycle,
)
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import limits
from constructs_auth.stack import auth_stack_of
from constructs_auth.state._documents import (
    access_document,
    bucket_document,
    key_document,
    log_bucket_document,
)
from constructs_auth.state._hardened_bucket import HardenedBucket
from constructs_auth.state._lifecycle_rules import old_logs_rule, old_versions_rule
from constructs_auth.state.access import StateAccess, checked_keys
from constructs_auth.state.access_logs import AccessLogs
from constructs_auth.state.s3_backend import check_bucket, check_key

_DELETION_WINDOW_DAYS = 30
_ROTATION_DAYS = 365


class StateBucket(AuthConstruct):
    """A bucket for Terraform states: versioned, encrypted with a key of its own, never public.

    States lock themselves in it (`use_lockfile`), so there is no DynamoDB table. Deny statements
    refuse requests without TLS, and requests that name another encryption or another key.

    **Can never be changed** without another bucket: *bucket* and the region of the stack.

    Args:
        scope: The stack; directly below it, *construct_id* is the Terraform name of the bucket,
            and `<construct_id>_bucket`, `_key` and `_logs` are those of what belongs to it.
        construct_id: The id.
        bucket: The name, which nobody else on AWS may have.
        noncurrent_days: After how many days an old version of a state goes. By default 90.
        newer_noncurrent_versions: How many old versions stay however old they are, 1 to 100. By
            default 10.
        access_logs: Where S3 writes down each request. By default nowhere.
        prevent_destroy: Whether Terraform refuses to plan the end of bucket and key; without the
            key no state can be read again. By default `True`. A bucket with a state in it is never
            emptied (`force_destroy` is off).
        tags: Tags of buckets and key, beside those of the stack. By default none.

    Attributes:
        bucket: The name.
        resource: The bucket as the bindings have it, for what is not offered here.
        kms_key: The key as the bindings have it.

    Raises:
        InvalidValueError: A value that S3 does not accept, or a name that only Terraform would
            know, which no backend could be given.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        bucket: str,
        noncurrent_days: int = 90,
        newer_noncurrent_versions: int = 10,
        access_logs: AccessLogs | None = None,
        prevent_destroy: bool = True,
        tags: Mapping[str, str] | None = None,
    ) -> None:
        check_bucket("StateBucket.bucket", bucket)
        rule = old_versions_rule(noncurrent_days, newer_noncurrent_versions)
        _checks.kind("StateBucket.access_logs", access_logs, AccessLogs, NoneType)
        logs_bucket = _logs_bucket(bucket, access_logs)
        _checks.known_flag("StateBucket.prevent_destroy", prevent_destroy)
        kept_tags = checked_tags("StateBucket.tags", tags)

        super().__init__(scope, construct_id)
        self.bucket = bucket
        self._prevent_destroy = prevent_destroy
        self._tags = kept_tags
        self.kms_key = self._make_key()
        made = HardenedBucket(
            self,
            "bucket",
            bucket=bucket,
            is_main=True,
            prevent_destroy=prevent_destroy,
            tags=kept_tags,
            # A destroy that S3 refuses, for the bucket is not empty, must leave the key alone.
            key=self.kms_key,
        )
        self.resource = made.resource
        made.add_versioning()
        made.add_encryption(self.kms_key.arn)
        made.add_policy(bucket_document(bucket_arn=self.bucket_arn, kms_key_arn=self.kms_key.arn))
        made.add_lifecycle(rule)
        if access_logs is not None:
            prefix = f"{bucket}/" if access_logs.prefix is None else access_logs.prefix
            made.add_logging(self._logs_target(access_logs, logs_bucket, prefix), prefix)

    @property
    def bucket_arn(self) -> str:
        """The ARN of the bucket."""
        return self.resource.arn

    @property
    def kms_key_arn(self) -> str:
        """The ARN of the key: what `kms_key_id` of a backend must be."""
        return self.kms_key.arn

    def access_document(self, *, keys: Collection[str], access: StateAccess) -> str:
        """Write the IAM policy of a role that plans with states, or applies, as JSON.

        Args:
            keys: The keys of the states. Those of other workspaces are `env:/<workspace>/<key>`.
            access: `StateAccess.PLAN` reads and locks, `StateAccess.APPLY` also writes.

        Raises:
            InvalidValueError: Something else, or a key with a wildcard.
        """
        subject = "StateBucket.access_document"
        access = _checks.known_member(f"{subject}.access", access, StateAccess)
        return access_document(
            bucket_arn=self.bucket_arn,
            kms_key_arn=self.kms_key_arn,
            keys=checked_keys(f"{subject}.keys", keys),
            write=access is StateAccess.APPLY,
        )

    def backend_configuration(self, key: str) -> str:
        """Write the file for `terraform init -backend-config=…` (`*.s3.tfbackend`).

        Args:
            key: The key of the state; name the stack and the environment in it.

        Raises:
            InvalidValueError: A key that S3 does not accept, or a stack that is not an `AuthStack`.
        """
        check_key("StateBucket.backend_configuration, key", key)
        region = auth_stack_of(self, remedy="write the file yourself").region
        return (
            f'bucket       = "{self.bucket}"\n'
            "encrypt      = true\n"
            f'key          = "{key}"\n'
            f'kms_key_id   = "{self.kms_key_arn}"\n'
            f'region       = "{region}"\n'
            "use_lockfile = true\n"
        )

    def add_outputs(self, *, key: str, prefix: str = "state") -> None:
        """Define the outputs `<prefix>_bucket`, `<prefix>_kms_key_arn` and `<prefix>_tfbackend`.

        Args:
            key: The key of the state that the last of them is for.
            prefix: What the names begin with.

        Raises:
            InvalidValueError: As for `backend_configuration`.
        """
        stack = auth_stack_of(self)
        configuration = self.backend_configuration(key)
        stack.add_output(
            f"{prefix}_bucket", self.resource.bucket, description="The bucket of the states."
        )
        stack.add_output(
            f"{prefix}_kms_key_arn",
            self.kms_key_arn,
            description="The key of the states: kms_key_id of each backend.",
        )
        stack.add_output(
            f"{prefix}_tfbackend",
            configuration,
            description="The file for terraform init -backend-config=….",
        )

    def _make_key(self) -> KmsKey:
        key = KmsKey(
            self,
            "key",
            customer_master_key_spec="SYMMETRIC_DEFAULT",
            deletion_window_in_days=_DELETION_WINDOW_DAYS,
            description=f"Terraform states in {self.bucket}",
            enable_key_rotation=True,
            is_enabled=True,
            key_usage="ENCRYPT_DECRYPT",
            lifecycle=TerraformResourceLifecycle(prevent_destroy=True)
            if self._prevent_destroy
            else None,
            multi_region=False,
            policy=key_document(account_arn=account_arn(self)),
            rotation_period_in_days=_ROTATION_DAYS,
            tags=self._tags or None,
        )
        name_after(self, key, "key")
        alias = KmsAlias(
            self,
            "key_alias",
            # A dot is not for names of aliases, and is for names of buckets.
            name=f"alias/{self.bucket.replace('.', '-')}",
            target_key_id=key.key_id,
        )
        name_after(self, alias, "key")
        return key

    def _logs_target(self, logs: AccessLogs, bucket: str, prefix: str) -> HardenedBucket | str:
        """The bucket given, or a new one."""
        if logs.bucket is not None:
            return logs.bucket
        made = HardenedBucket(
            self,
            "logs",
            bucket=bucket,
            is_main=False,
            prevent_destroy=self._prevent_destroy,
            tags=self._tags,
        )
        # S3 delivers logs to no bucket with a KMS key of its own.
        made.add_encryption(None)
        made.add_policy(
            log_bucket_document(
                logs_arn=made.resource.arn,
                prefix=prefix,
                bucket_arn=self.bucket_arn,
                account_id=account_id(self),
            )
        )
        made.add_lifecycle(old_logs_rule(logs.retention_days))
        return made


def _logs_bucket(bucket: str, logs: AccessLogs | None) -> str:
    """The bucket given, or the name of the one that is made, which must not be too long."""
    if logs is not None and logs.bucket is not None:
        return logs.bucket
    name = f"{bucket}-logs"
    if logs is not None and len(name) > limits.BUCKET_NAME.maximum:
        raise InvalidValueError(
            "StateBucket.access_logs",
            f"must name a bucket where {name} is longer than {limits.BUCKET_NAME.maximum} "
            "characters",
            got=None,
            remedy="write AccessLogs(bucket=…), or shorten the name of the bucket",
        )
    return name
