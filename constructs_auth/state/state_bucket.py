"""A bucket for Terraform states, with the KMS key that encrypts them."""

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
from constructs_auth.stack import add_outputs_of
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
    """S3 server access logs of a bucket, which arrive some hours late.

    Args:
        bucket: The name of a bucket in the same region and account whose policy allows S3 to write
            to it; or a token. By default this library creates a bucket, with the name of the state
            bucket and `-logs`.
        prefix: The prefix of the log names. By default the name of the state bucket and a slash.
        retention_days: How many days a new bucket keeps the logs. By default 365. It has no effect
            if *bucket* is set.

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
                    "must not contain * or ?, which are wildcards in a policy",
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
    """A bucket for Terraform states: versioned, encrypted with its own key, never public.

    Terraform locks states in the bucket (`use_lockfile`), so no DynamoDB table is needed. The
    bucket policy denies requests without TLS, and requests that name another encryption or another
    key.

    **Changing** *bucket* or the region of the stack replaces the bucket.

    Args:
        scope: The parent. If it is a stack, *construct_id* is the Terraform name of the bucket, and
            `<construct_id>_bucket`, `_key` and `_logs` are those of the other resources.
        construct_id: The id.
        bucket: The name, which must be unique on AWS.
        noncurrent_days: After how many days S3 deletes an old version of a state. By default 90.
        newer_noncurrent_versions: How many old versions S3 keeps regardless of their age, 1 to 100.
            By default 10.
        access_logs: Where S3 logs each request. By default nowhere.
        prevent_destroy: Whether Terraform rejects a plan that destroys the bucket or the key,
            without which nobody can read the states. By default `True`. Terraform never empties a
            bucket with a state (`force_destroy` is off).
        tags: Tags of the buckets and the key, in addition to those of the stack. By default none.

    Attributes:
        bucket: The name.
        resource: The CDKTF resource of the bucket, for settings that this construct does not offer.
        kms_key: The CDKTF resource of the key.

    Raises:
        InvalidValueError: A value that S3 does not accept, or a token as the name, which a backend
            cannot use.
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
        hardened = _HardenedBucket(
            self,
            "bucket",
            bucket=bucket,
            is_main=True,
            prevent_destroy=prevent_destroy,
            tags=kept_tags,
            # If S3 rejects the deletion of a bucket that is not empty, the key must stay.
            key=self.kms_key,
        )
        self.resource = hardened.resource
        hardened.add_versioning()
        hardened.add_encryption(self.kms_key.arn)
        hardened.add_policy(
            bucket_document(bucket_arn=self.bucket_arn, kms_key_arn=self.kms_key.arn)
        )
        hardened.add_lifecycle(rule)
        if access_logs is not None:
            prefix = f"{bucket}/" if access_logs.prefix is None else access_logs.prefix
            hardened.add_logging(self._logs_target(access_logs, logs_bucket, prefix), prefix)

    @property
    def bucket_arn(self) -> str:
        """The ARN of the bucket."""
        return self.resource.arn

    @property
    def kms_key_arn(self) -> str:
        """The ARN of the key, for `kms_key_id` of a backend."""
        return self.kms_key.arn

    def access_document(self, *, keys: Collection[str], access: StateAccess) -> str:
        """Return the IAM policy of a role that plans or applies with states, as JSON.

        Args:
            keys: The keys of the states. Keys of other workspaces are `env:/<workspace>/<key>`.
            access: `StateAccess.PLAN` reads and locks states; `StateAccess.APPLY` also writes them.

        Raises:
            InvalidValueError: A value of the wrong type, or a key with a wildcard.
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
        """Return the content of a file for `terraform init -backend-config=…` (`*.s3.tfbackend`).

        Args:
            key: The key of the state; name the stack and the environment in it.

        Raises:
            InvalidValueError: A key that S3 does not accept.
        """
        check_key("StateBucket.backend_configuration, key", key)
        return (
            f'bucket       = "{self.bucket}"\n'
            "encrypt      = true\n"
            f'key          = "{key}"\n'
            f'kms_key_id   = "{self.kms_key_arn}"\n'
            f'region       = "{self.resource.region}"\n'
            "use_lockfile = true\n"
        )

    def add_outputs(self, *, key: str, prefix: str | None = None) -> None:
        """Define the outputs `<prefix>_bucket`, `<prefix>_kms_key_arn` and `<prefix>_tfbackend`.

        Args:
            key: The key of the state in `<prefix>_tfbackend`.
            prefix: The prefix of the names. By default `state` for the first bucket of the stack,
                and the Terraform name of every other bucket. For a second key of one bucket, set
                it.

        Raises:
            InvalidValueError: A key that S3 does not accept, or an output that has the name of
                another.
        """
        configuration = self.backend_configuration(key)
        outputs = {
            "bucket": (self.resource.bucket, "The bucket of the states."),
            "kms_key_arn": (
                self.kms_key_arn,
                "The key of the states: kms_key_id of each backend.",
            ),
            "tfbackend": (configuration, "The file for terraform init -backend-config=…."),
        }
        add_outputs_of(self, outputs, prefix=prefix, default_prefix="state")

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
            # Names of aliases must not have a dot, but names of buckets may.
            name=f"alias/{self.bucket.replace('.', '-')}",
            target_key_id=key.key_id,
        )
        name_after(self, alias, "key")
        return key

    def _logs_target(self, logs: AccessLogs, bucket: str, prefix: str) -> "_HardenedBucket | str":
        """Return the given bucket, or a new one."""
        if logs.bucket is not None:
            return logs.bucket
        hardened = _HardenedBucket(
            self,
            "logs",
            bucket=bucket,
            is_main=False,
            prevent_destroy=self._prevent_destroy,
            tags=self._tags,
        )
        # S3 does not deliver logs to a bucket with its own KMS key.
        hardened.add_encryption(None)
        hardened.add_policy(
            log_bucket_document(
                logs_arn=hardened.resource.arn,
                prefix=prefix,
                bucket_arn=self.bucket_arn,
                account_id=account_id(self),
            )
        )
        hardened.add_lifecycle(_old_logs_rule(logs.retention_days))
        return hardened


class _HardenedBucket:
    """A bucket without public access and without ACLs, with resource names from *owner*.

    S3 rejects parallel changes of one bucket, so each setting waits for the previous one.

    Args:
        owner: The construct that the resources belong to.
        role: The prefix of the resource ids, which distinguishes several buckets of *owner*.
        bucket: The name.
        is_main: Whether the bucket has the name of *owner* itself.
        prevent_destroy: Whether Terraform rejects a plan that destroys it.
        tags: Its tags.
        key: The key that must exist as long as the bucket, if there is one.

    Attributes:
        resource: The bucket.
        ready: Its last setting; a resource that depends on it waits for all settings.
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
        """Keep old versions of overwritten and deleted objects."""
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
        """Encrypt with a KMS key and a bucket key, which saves KMS requests, or with S3's own keys.

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
        """Set what S3 deletes automatically."""
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
        """Log each request to another bucket, once that bucket is ready."""
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
    """Return the given bucket, or the name of the new one, which must not be too long."""
    if logs is not None and logs.bucket is not None:
        return logs.bucket
    name = f"{bucket}-logs"
    if logs is not None and len(name) > limits.BUCKET_NAME.maximum:
        raise InvalidValueError(
            "StateBucket.access_logs",
            f"must name a bucket, because {name} is longer than {limits.BUCKET_NAME.maximum} "
            "characters",
            got=None,
            remedy="write AccessLogs(bucket=…), or shorten the name of the bucket",
        )
    return name


_ABORT_DAYS = 7


def _old_versions_rule(days: int, newest: int) -> S3BucketLifecycleConfigurationRule:
    """Return the rule that deletes old versions, also of lock files, except the newest.

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
        remedy="keep a few versions for recovery",
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
    """Return the rule that deletes old logs."""
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
