"""The IAM policy of a role that plans or applies with states."""

from collections.abc import Collection

from constructs_auth import _checks
from constructs_auth._construct import AuthConstruct
from constructs_auth.engine import Construct, IamPolicy
from constructs_auth.facts import limits
from constructs_auth.state._documents import StateAccess, checked_keys
from constructs_auth.state.state_bucket import StateBucket


class StateAccessPolicy(AuthConstruct):
    """An IAM policy for a pipeline that allows access to certain states of a bucket only.

    Attach it to the pipeline's role with its `arn`.

    **Changing** *name* replaces the policy.

    Args:
        scope: The parent. If it is a stack, *construct_id* is the resource's Terraform name.
        construct_id: The id. Changing it replaces the policy.
        state_bucket: The bucket.
        keys: The keys of the states. Keys of other workspaces are `env:/<workspace>/<key>`.
        access: `StateAccess.PLAN` reads and locks states; `StateAccess.APPLY` also writes them.
        name: The name in IAM, 1 to 128 characters. By default the name of the bucket, `-` and
            *construct_id*.

    Attributes:
        resource: The CDKTF resource, for settings that this construct does not offer.

    Raises:
        InvalidValueError: A value of the wrong type, no key, or a key with a wildcard.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        state_bucket: StateBucket,
        keys: Collection[str],
        access: StateAccess,
        name: str | None = None,
    ) -> None:
        subject = "StateAccessPolicy"
        _checks.kind(f"{subject}.state_bucket", state_bucket, StateBucket)
        kept = checked_keys(f"{subject}.keys", keys)
        access = _checks.known_member(f"{subject}.access", access, StateAccess)
        name = f"{state_bucket.bucket}-{construct_id}" if name is None else name
        _checks.text(f"{subject}.name", name, limits.POLICY_NAME, remedy="give another name")

        super().__init__(scope, construct_id)
        self.resource = IamPolicy(
            self,
            "Default",
            description=f"Terraform {access.value} with states in {state_bucket.bucket}",
            name=name,
            path="/",
            policy=state_bucket.access_document(keys=kept, access=access),
        )

    @property
    def arn(self) -> str:
        """The ARN of the policy; known after the apply."""
        return self.resource.arn
