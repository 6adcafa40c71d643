"""What the bucket of the state and the bucket of its logs have in common."""

from collections.abc import Mapping

from constructs_auth._construct import name_after
from constructs_auth.engine import (
    Construct,
    S3Bucket,
    S3BucketLifecycleConfiguration,
    S3BucketLifecycleConfigurationRule,
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


class HardenedBucket:
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

    def add_logging(self, target: "HardenedBucket | str", prefix: str) -> None:
        """Write each request down in another bucket, once that one is ready for it."""
        if isinstance(target, HardenedBucket):
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
