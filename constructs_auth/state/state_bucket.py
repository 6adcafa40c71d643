"""The bucket that Terraform states are kept in, with the key that encrypts them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import NoneType

from constructs_auth import _checks
from constructs_auth._construct import AuthConstruct, name_after
from constructs_auth._iam import account_arn, account_id
from constructs_auth._tokens import is_concrete
from constructs_auth.engine import (
    Construct,
    KmsAlias,
    KmsKey,
    S3Bucket,
    S3BucketLifecycleConfiguration,
    S3BucketLifecycleConfigurationRule,
    S3BucketLifecycleConfigurationRuleAbortIncompleteMultipartUpload,
    S3BucketLifecycleConfigurationRuleExpiration,
    S3BucketLifecycleConfigurationRuleFilter,
    S3BucketLifecycleConfigurationRuleNoncurrentVersionExpiration,
    S3BucketLoggingA,
    S3BucketOwnershipControls,
    S3BucketOwnershipControlsRule,
    S3BucketPolicy,
    S3BucketPublicAccessBlock,
    S3BucketServerSideEncryptionConfigurationA,
    S3BucketServerSideEncryptionConfigurationRuleA,
    S3BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultA,
    S3BucketVersioningA,
    S3BucketVersioningVersioningConfiguration,
    TerraformResource,
    TerraformResourceLifecycle,
)
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import limits
from constructs_auth.stack import auth_stack_of
from constructs_auth.state._documents import (
    StateAccess,
    access_document,
    bucket_document,
    checked_keys,
    key_document,
    log_bucket_document,
)
from constructs_auth.state.backends import check_bucket, check_key


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessLogs:
    """S3's server access logs of a bucket, some hours late; CloudTrail data events are not.

    Args:
        bucket: The name of a bucket, of the same region and account, whose policy lets S3 write
            into it; or a token. By default a bucket is made, named after the other one and `-logs`.
        prefix: What the names of the logs begin with. By default the name of the other bucket and
            a slash.
        retention_days: How long a bucket that is made keeps the logs. By default 365; of no
            meaning where *bucket* is given, for its owner decides.

    Raises:
        InvalidValueError: A value that S3 does not accept.
    """

    bucket: str | None = None
    prefix: str | None = None
    retention_days: int = 365

    def __post_init__(self) -> None:
        """Check the values."""
        if self.bucket is not None:
            _checks.text(
                "AccessLogs.bucket",
                self.bucket,
                limits.BUCKET_NAME,
                remedy="write one such as 'acme-access-logs'",
            )
        if self.prefix is not None:
            _checks.filled_text(
                "AccessLogs.prefix", self.prefix, remedy="write one such as 'state/'"
            )
            if is_concrete(self.prefix) and ("*" in self.prefix or "?" in self.prefix):
                raise InvalidValueError(
                    "AccessLogs.prefix",
                    "must not hold * or ?, which stand for other names in a policy",
                    got=self.prefix,
                    remedy="write one such as 'state/'",
                )
        _checks.whole_number(
            "AccessLogs.retention_days",
            self.retention_days,
            limits.NONCURRENT_DAYS,
            remedy="write a number of days",
        )


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
        rule = _old_versions_rule(noncurrent_days, newer_noncurrent_versions)
        _checks.kind("StateBucket.access_logs", access_logs, AccessLogs, NoneType)
        logs_bucket = _logs_bucket(bucket, access_logs)
        _checks.known_flag("StateBucket.prevent_destroy", prevent_destroy)
        kept_tags = _checks.tags("StateBucket.tags", tags)

        super().__init__(scope, construct_id)
        self.bucket = bucket
        self._prevent_destroy = prevent_destroy
        self._tags = kept_tags
        self.kms_key = self._make_key()
        made = _HardenedBucket(
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

    def _logs_target(self, logs: AccessLogs, bucket: str, prefix: str) -> "_HardenedBucket | str":
        """The bucket given, or a new one."""
        if logs.bucket is not None:
            return logs.bucket
        made = _HardenedBucket(
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
        made.add_lifecycle(_old_logs_rule(logs.retention_days))
        return made


class _HardenedBucket:
    """A bucket without public access and without ACLs, whose resources are named after *owner*.

    S3 refuses two changes of one bucket at a time, so each setting waits for the one before.

    Args:
        owner: The construct that the resources belong to.
        role: What tells the resources of this bucket from those of another one of *owner*.
        bucket: The name.
        is_main: Whether the bucket has the name of *owner* itself.
        prevent_destroy: Whether Terraform refuses to plan its end.
        tags: Its tags.
        key: The key that must be there for as long as the bucket is, if there is one.

    Attributes:
        resource: The bucket.
        ready: Its last setting: what waits for it waits for all.
    """

    def __init__(
        self,
        owner: Construct,
        role: str,
        *,
        bucket: str,
        is_main: bool,
        prevent_destroy: bool,
        tags: Mapping[str, str],
        key: TerraformResource | None = None,
    ) -> None:
        self._owner = owner
        self._role = role
        self.resource = S3Bucket(
            owner,
            "Default" if is_main else role,
            bucket=bucket,
            depends_on=None if key is None else [key],
            force_destroy=False,
            lifecycle=TerraformResourceLifecycle(prevent_destroy=True) if prevent_destroy else None,
            tags=dict(tags) or None,
        )
        if not is_main:
            name_after(owner, self.resource, role)
        self.ready: TerraformResource = self._add(
            S3BucketPublicAccessBlock(
                owner,
                f"{role}_public_access_block",
                block_public_acls=True,
                block_public_policy=True,
                bucket=self.resource.id,
                ignore_public_acls=True,
                restrict_public_buckets=True,
            )
        )
        self.ready = self._add(
            S3BucketOwnershipControls(
                owner,
                f"{role}_ownership_controls",
                bucket=self.resource.id,
                depends_on=[self.ready],
                rule=S3BucketOwnershipControlsRule(object_ownership="BucketOwnerEnforced"),
            )
        )

    def add_versioning(self) -> None:
        """Keep what is overwritten or deleted."""
        self.ready = self._add(
            S3BucketVersioningA(
                self._owner,
                f"{self._role}_versioning",
                bucket=self.resource.id,
                depends_on=[self.ready],
                versioning_configuration=S3BucketVersioningVersioningConfiguration(
                    status="Enabled"
                ),
            )
        )

    def add_encryption(self, kms_key_arn: str | None) -> None:
        """Encrypt with a KMS key, through a key of the bucket that spares KMS requests, or as S3.

        Args:
            kms_key_arn: The key; `None` for S3's own keys.
        """
        by_default = (
            S3BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultA
        )
        rule = S3BucketServerSideEncryptionConfigurationRuleA(
            apply_server_side_encryption_by_default=by_default(
                kms_master_key_id=kms_key_arn,
                sse_algorithm="AES256" if kms_key_arn is None else "aws:kms",
            ),
            bucket_key_enabled=kms_key_arn is not None,
        )
        self.ready = self._add(
            S3BucketServerSideEncryptionConfigurationA(
                self._owner,
                f"{self._role}_encryption",
                bucket=self.resource.id,
                depends_on=[self.ready],
                rule=[rule],
            )
        )

    def add_policy(self, document: str) -> None:
        """Attach the bucket's policy."""
        self.ready = self._add(
            S3BucketPolicy(
                self._owner,
                f"{self._role}_policy",
                bucket=self.resource.id,
                depends_on=[self.ready],
                policy=document,
            )
        )

    def add_lifecycle(self, rule: S3BucketLifecycleConfigurationRule) -> None:
        """Say what S3 removes by itself."""
        self.ready = self._add(
            S3BucketLifecycleConfiguration(
                self._owner,
                f"{self._role}_lifecycle",
                bucket=self.resource.id,
                depends_on=[self.ready],
                rule=[rule],
                transition_default_minimum_object_size="all_storage_classes_128K",
            )
        )

    def add_logging(self, target: "_HardenedBucket | str", prefix: str) -> None:
        """Write each request down in another bucket, once that one is ready for it."""
        if isinstance(target, _HardenedBucket):
            name, ready = target.resource.id, [self.ready, target.ready]
        else:
            name, ready = target, [self.ready]
        self.ready = self._add(
            S3BucketLoggingA(
                self._owner,
                f"{self._role}_logging",
                bucket=self.resource.id,
                depends_on=ready,
                target_bucket=name,
                target_prefix=prefix,
            )
        )

    def _add(self, resource: TerraformResource) -> TerraformResource:
        name_after(self._owner, resource, self._role)
        return resource


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


_ABORT_DAYS = 7


def _old_versions_rule(days: int, newest: int) -> S3BucketLifecycleConfigurationRule:
    """Old versions go, and the newest of them stay; also those of locks, which each run leaves.

    Raises:
        InvalidValueError: A number that S3 does not accept.
    """
    _checks.whole_number(
        "StateBucket.noncurrent_days", days, limits.NONCURRENT_DAYS, remedy="write a number of days"
    )
    _checks.whole_number(
        "StateBucket.newer_noncurrent_versions",
        newest,
        limits.NEWER_NONCURRENT_VERSIONS,
        remedy="keep a few, to go back to",
    )
    return S3BucketLifecycleConfigurationRule(
        abort_incomplete_multipart_upload=[_abort()],
        filter=[S3BucketLifecycleConfigurationRuleFilter(prefix="")],
        id="old-versions",
        noncurrent_version_expiration=[
            S3BucketLifecycleConfigurationRuleNoncurrentVersionExpiration(
                newer_noncurrent_versions=newest, noncurrent_days=days
            )
        ],
        status="Enabled",
    )


def _old_logs_rule(days: int) -> S3BucketLifecycleConfigurationRule:
    """Logs go after some time."""
    return S3BucketLifecycleConfigurationRule(
        abort_incomplete_multipart_upload=[_abort()],
        expiration=[S3BucketLifecycleConfigurationRuleExpiration(days=days)],
        filter=[S3BucketLifecycleConfigurationRuleFilter(prefix="")],
        id="old-logs",
        status="Enabled",
    )


def _abort() -> S3BucketLifecycleConfigurationRuleAbortIncompleteMultipartUpload:
    return S3BucketLifecycleConfigurationRuleAbortIncompleteMultipartUpload(
        days_after_initiation=_ABORT_DAYS
    )
