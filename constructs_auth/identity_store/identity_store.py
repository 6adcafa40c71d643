"""The directory of IAM Identity Center, found by Terraform or given by its id."""

from typing import TypeAlias

from constructs_auth import _checks
from constructs_auth._construct import AuthConstruct
from constructs_auth.engine import (
    AwsProvider,
    Construct,
    DataAwsSsoadminInstances,
    Fn,
    Postcondition,
    TerraformResourceLifecycle,
    Token,
)
from constructs_auth.stack import auth_stack_of
from constructs_auth.values.identity_store import ExistingIdentityStore


class IdentityStore(AuthConstruct):
    """The directory of the IAM Identity Center instance that the account sees.

    Args:
        scope: The stack; directly below it, *construct_id* is the data source's Terraform name.
        construct_id: The id.
        region: The region that Identity Center is in; there is one for the whole organization,
            and elsewhere it is not found. By default that of the stack.

    Attributes:
        region: As it was given.
        identity_store_id: The id of the directory, such as `d-1234567890`.
        instance_arn: The ARN of the instance, for permission sets and applications.
        resource: The data source as the bindings have it, for what is not offered here.

    Raises:
        InvalidValueError: Something else than a region that is known now, or a region in a stack
            that is not an `AuthStack`.
    """

    def __init__(self, scope: Construct, construct_id: str, *, region: str | None = None) -> None:
        if region is not None:
            _checks.known_region("IdentityStore.region", region)
        super().__init__(scope, construct_id)
        self.region = region
        self.resource = DataAwsSsoadminInstances(
            self,
            "Default",
            lifecycle=TerraformResourceLifecycle(
                postcondition=[
                    Postcondition(
                        condition="${length(self.identity_store_ids) == 1}",
                        error_message=(
                            "IAM Identity Center: must have one instance that this account sees "
                            "in this region; give IdentityStore the region that it is in, or name "
                            "the instance with ExistingIdentityStore"
                        ),
                    )
                ]
            ),
            provider=home_provider(self, region),
        )
        # The data source gives lists. `one` says that there is one instance, and fails for two;
        # `[0]` would take whichever AWS lists first, and with it another directory.
        self.identity_store_id = Token.as_string(Fn.one(self.resource.identity_store_ids))
        self.instance_arn = Token.as_string(Fn.one(self.resource.arns))


IdentityStoreRef: TypeAlias = IdentityStore | ExistingIdentityStore
"""What stands for the directory where something is added to it."""


def check_store(subject: str, identity_store: IdentityStoreRef) -> None:
    """Refuse what is no identity store."""
    _checks.kind(subject, identity_store, IdentityStore, ExistingIdentityStore)


def home_provider(construct: Construct, region: str | None) -> AwsProvider | None:
    """Give the provider of the region that Identity Center is in, where it is another one."""
    if region is None:
        return None
    remedy = "leave the region out, and give your stack's own provider the region"
    return auth_stack_of(construct, remedy=remedy).provider_in(region)
