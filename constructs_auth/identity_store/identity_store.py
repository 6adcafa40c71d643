"""The directory of IAM Identity Center, from a data source or by its id."""

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
        scope: The parent. If it is a stack, *construct_id* is the data source's Terraform name.
        construct_id: The id.
        region: The region of Identity Center. An organization has one, and AWS does not find it in
            other regions. By default the region of the stack.

    Attributes:
        region: The given region, or `None`.
        identity_store_id: The id of the directory, such as `d-1234567890`.
        instance_arn: The ARN of the instance, for permission sets and applications.
        resource: The CDKTF data source, for values that this construct does not offer.

    Raises:
        InvalidValueError: Not the name of a region, a token, or a region in a stack that is not an
            `AuthStack`.
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
        # The data source returns lists. `one` fails unless there is exactly one instance;
        # `[0]` would choose the one that AWS lists first, which may be another directory.
        self.identity_store_id = Token.as_string(Fn.one(self.resource.identity_store_ids))
        self.instance_arn = Token.as_string(Fn.one(self.resource.arns))


IdentityStoreRef: TypeAlias = IdentityStore | ExistingIdentityStore
"""A directory that other constructs refer to."""


def check_store(subject: str, identity_store: IdentityStoreRef) -> None:
    """Reject a value that is not an identity store."""
    _checks.kind(subject, identity_store, IdentityStore, ExistingIdentityStore)


def home_provider(construct: Construct, region: str | None) -> AwsProvider | None:
    """Return the provider of Identity Center's region, or `None` for the stack's own region."""
    if region is None:
        return None
    remedy = "leave out the region, and set it in the provider of your stack"
    return auth_stack_of(construct, remedy=remedy).provider_in(region)
