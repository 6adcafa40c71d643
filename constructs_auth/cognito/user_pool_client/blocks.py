"""The blocks and lists of `aws_cognito_user_pool_client`."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from constructs_auth import _checks
from constructs_auth._place import stack_around
from constructs_auth._tokens import holds_list_token
from constructs_auth.cognito.identity_providers.identity_provider import IdentityProvider
from constructs_auth.engine import (
    CognitoUserPoolClientRefreshTokenRotation,
    CognitoUserPoolClientTokenValidityUnits,
    Construct,
    Fn,
    TerraformResource,
    TerraformResourceLifecycle,
    Token,
    is_instance,
)
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts.words import AuthFlow, RotationFeature
from constructs_auth.values.application import AdminBackend, Application, MachineToMachine
from constructs_auth.values.as_it_is import AsItIs, ImportedSecret
from constructs_auth.values.oauth import OAuth
from constructs_auth.values.resource_server import ServerScope, identifier_of
from constructs_auth.values.tokens import RefreshTokenRotation, TokenValidity, in_unit

_REFRESH_FLOW = "ALLOW_REFRESH_TOKEN_AUTH"


def oauth_of(application: Application) -> OAuth | None:
    """Return the settings of the sign-in pages, or `None` if the application does not use them."""
    return None if isinstance(application, MachineToMachine | AdminBackend) else application.oauth


def required_oauth(application: Application, what: str) -> OAuth:
    """Return the settings of the sign-in pages.

    Raises:
        InvalidValueError: The application does not use them.
    """
    oauth = oauth_of(application)
    if oauth is None:
        raise InvalidValueError(
            what,
            "must be for an application with sign-in through Cognito's pages",
            got=application,
            remedy="set oauth=OAuth(callback_urls=[…]) in the application",
        )
    return oauth


def oauth_flows(application: Application) -> list[str] | None:
    """Return `client_credentials` for a program, else the flows of the sign-in pages."""
    if isinstance(application, MachineToMachine):
        return ["client_credentials"]
    oauth = oauth_of(application)
    return None if oauth is None else list(oauth.allowed_oauth_flows)


def scopes_of(application: Application) -> tuple[str | ServerScope, ...]:
    """Return the scopes of the application as they were given."""
    if isinstance(application, MachineToMachine):
        return tuple(application.allowed_oauth_scopes)
    oauth = oauth_of(application)
    return () if oauth is None else tuple(oauth.allowed_oauth_scopes)


def oauth_scopes(application: Application) -> list[str] | None:
    """Return the scopes as text, never as a reference into the set of a server."""
    return [identifier_of(scope) for scope in scopes_of(application)] or None


def dependencies(
    client: Construct, application: Application, providers: Collection[str | IdentityProvider]
) -> list[TerraformResource] | None:
    """Return the servers and providers that the client names, because names alone set no order.

    Terraform orders resources of one stack. For a resource of another stack, order the stacks.
    """
    servers = (scope.resource for scope in scopes_of(application) if isinstance(scope, ServerScope))
    others = (each.resource for each in providers if isinstance(each, IdentityProvider))
    stack = stack_around(client)
    found: list[TerraformResource] = []
    for resource in (*servers, *others):
        if not is_instance(resource, TerraformResource) or resource in found:
            continue
        if stack_around(resource) is stack:
            found.append(resource)
        else:
            stack.add_dependency(stack_around(resource))
    return found or None


def explicit_auth_flows(
    flows: Collection[AuthFlow] | AsItIs, rotation: RefreshTokenRotation | None
) -> list[str] | None:
    """Return the flows, and the refresh flow unless there is rotation, which excludes it."""
    if isinstance(flows, AsItIs):
        return None
    if rotation is not None and rotation.feature is RotationFeature.ENABLED:
        return [*flows]
    if holds_list_token(flows):
        return Token.as_list(Fn.concat([[*flows], [_REFRESH_FLOW]]))
    return [*_checks.in_order((*flows, _REFRESH_FLOW))]


def lifecycle(imported: ImportedSecret | None) -> TerraformResourceLifecycle | None:
    """Ignore `generate_secret` of an imported client: the provider reads it as null.

    Any other value would replace the client.
    """
    if imported is None:
        return None
    return TerraformResourceLifecycle(ignore_changes=["generate_secret"])


def rotation_block(
    rotation: RefreshTokenRotation | None,
) -> list[CognitoUserPoolClientRefreshTokenRotation] | None:
    """Return the block always with the seconds: without them the apply fails (#45646)."""
    if rotation is None:
        return None
    return [
        CognitoUserPoolClientRefreshTokenRotation(
            feature=rotation.feature,
            retry_grace_period_seconds=int(rotation.retry_grace_period.total_seconds()),
        )
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """How long tokens are valid, in the units of `token_validity_units`."""

    access_token: int | None = None
    id_token: int | None = None
    refresh_token: int | None = None
    units: Sequence[CognitoUserPoolClientTokenValidityUnits] | None = None


def times_of(validity: TokenValidity | AsItIs) -> Times:
    """Return all three units: without them AWS assumes hours, hours and days (#30903)."""
    if isinstance(validity, AsItIs):
        return Times()
    access_token, access_unit = in_unit(validity.access_token, validity.access_token_unit)
    id_token, id_unit = in_unit(validity.id_token, validity.id_token_unit)
    refresh_token, refresh_unit = in_unit(validity.refresh_token, validity.refresh_token_unit)
    units = CognitoUserPoolClientTokenValidityUnits(
        access_token=access_unit, id_token=id_unit, refresh_token=refresh_unit
    )
    return Times(
        access_token=access_token, id_token=id_token, refresh_token=refresh_token, units=[units]
    )
