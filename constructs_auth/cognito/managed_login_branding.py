"""The branding of managed login, without which the pages of an app client show an error."""

import base64
from collections.abc import Sequence

from constructs_auth import _checks
from constructs_auth._construct import AuthConstruct, name_after
from constructs_auth._place import stack_around
from constructs_auth._registry import add_member, members_of
from constructs_auth.cognito.user_pool.reference import is_judged_with
from constructs_auth.cognito.user_pool_client.blocks import oauth_of
from constructs_auth.cognito.user_pool_client.construct import UserPoolClient
from constructs_auth.engine import (
    CognitoManagedLoginBranding,
    CognitoManagedLoginBrandingAsset,
    Construct,
)
from constructs_auth.facts import resource_types as types, versions
from constructs_auth.stack import AuthStack
from constructs_auth.values.managed_login_branding import (
    Branding,
    BrandingAsset,
    BrandingSettings,
    CognitoProvidedValues,
    settings_json,
)

_DEFAULT = "branding"


class ManagedLoginBranding(AuthConstruct):
    """The branding of the managed login pages of one app client.

    Needs AWS provider 6.13, which it adds to the version constraint of the stack. A
    `UserPoolDomain` creates a branding with Cognito's own values for each client without one; this
    construct takes its place.

    Args:
        scope: The parent. If it is a stack, *construct_id* is the resource's Terraform name.
        construct_id: The id.
        client: The app client, with sign-in pages. **Changing it** replaces the branding.
        branding: Cognito's own values, or settings and images. By default Cognito's own.

    Attributes:
        client: The app client.
        resource: The CDKTF resource, for settings that this construct does not offer.

    Raises:
        InvalidValueError: Not a client, or not a branding. Synthesis reports a second branding of a
            client.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        client: UserPoolClient,
        branding: Branding = CognitoProvidedValues(),
    ) -> None:
        _checks.kind("ManagedLoginBranding.client", client, UserPoolClient)
        _checks.kind(
            "ManagedLoginBranding.branding", branding, CognitoProvidedValues, BrandingSettings
        )
        if _default_branding(client) is not None:
            client.node.try_remove_child(_DEFAULT)
        super().__init__(scope, construct_id)
        self.client = client
        add_member(client.user_pool, self)
        self.resource = _branding(self, "Default", client, branding)

    def find_problems(self) -> Sequence[str]:
        """Return errors for a second branding, and for a client without sign-in pages."""
        first = next(each for each in _brandings(self.client))
        problems = []
        if first is not self and not is_judged_with(self.client.user_pool, self, first):
            problems.append(
                f"client: must have one branding, got a second one after {first.node.path}; "
                "remove one of them"
            )
        if oauth_of(self.client.application) is None:
            problems.append(
                "client: must have sign-in pages, got "
                f"{type(self.client.application).__name__} without OAuth; set "
                "oauth=OAuth(callback_urls=[…]) in its application, or remove the branding"
            )
        return problems


def make_default_branding(client: UserPoolClient) -> None:
    """Create Cognito's own branding for *client* unless it has one or has no sign-in pages."""
    if (
        oauth_of(client.application) is None
        or _brandings(client)
        or _default_branding(client) is not None
    ):
        return
    resource = _branding(client, _DEFAULT, client, CognitoProvidedValues())
    name_after(client, resource, _DEFAULT)


def has_any_branding(client: UserPoolClient) -> bool:
    """Return whether *client* has a branding, explicit or default."""
    return bool(_brandings(client)) or _default_branding(client) is not None


def _brandings(client: UserPoolClient) -> list[ManagedLoginBranding]:
    """Return the explicit brandings of *client*, without the one that a domain created."""
    brandings = members_of(client.user_pool, ManagedLoginBranding, near=client)
    return [branding for branding in brandings if branding.client is client]


def _default_branding(client: UserPoolClient) -> CognitoManagedLoginBranding | None:
    found = client.node.try_find_child(_DEFAULT)
    return found if isinstance(found, CognitoManagedLoginBranding) else None


def _branding(
    scope: Construct, construct_id: str, client: UserPoolClient, branding: Branding
) -> CognitoManagedLoginBranding:
    stack = stack_around(scope)
    if isinstance(stack, AuthStack):
        stack.require_provider(versions.PROVIDER_OF[types.MANAGED_LOGIN_BRANDING])
    own = branding if isinstance(branding, BrandingSettings) else None
    settings = None if own is None else settings_json(own)
    return CognitoManagedLoginBranding(
        scope,
        construct_id,
        asset=None if own is None else [_asset(asset) for asset in own.assets] or None,
        client_id=client.user_pool_client_id,
        settings=settings,
        # The provider requires either this or settings, so images alone need a `False`.
        use_cognito_provided_values=own is None if settings is None else None,
        user_pool_id=client.user_pool.user_pool_id,
    )


def _asset(asset: BrandingAsset) -> CognitoManagedLoginBrandingAsset:
    return CognitoManagedLoginBrandingAsset(
        bytes=base64.b64encode(asset.content).decode(),
        category=asset.category,
        color_mode=asset.color_mode,
        extension=asset.extension,
    )
