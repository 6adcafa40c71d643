"""What each kind of application and each value type becomes in `aws_cognito_user_pool_client`."""

from collections.abc import Collection

from constructs_auth import _checks
from constructs_auth._tokens import holds_list_token
from constructs_auth.cognito.identity_providers.identity_provider import IdentityProvider
from constructs_auth.engine import (
    CognitoUserPoolClientRefreshTokenRotation,
    CognitoUserPoolClientTokenValidityUnits,
    Construct,
    Fn,
    TerraformResource,
    TerraformStack,
    Token,
)
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts.words import AuthFlow, RotationFeature
from constructs_auth.values.application import AdminBackend, Application, MachineToMachine
from constructs_auth.values.oauth import OAuth
from constructs_auth.values.resource_server import ServerScope, identifier_of
from constructs_auth.values.tokens import RefreshTokenRotation

_REFRESH_FLOW = "ALLOW_REFRESH_TOKEN_AUTH"


def oauth_of(application: Application) -> OAuth | None:
    """Give the settings of the sign-in pages, if the application uses them."""
    return None if isinstance(application, MachineToMachine | AdminBackend) else application.oauth


def required_oauth(application: Application, what: str) -> OAuth:
    """Give the settings of the sign-in pages.

    Raises:
        InvalidValueError: The application does not use them.
    """
    oauth = oauth_of(application)
    if oauth is None:
        raise InvalidValueError(
            what,
            "must be asked of an application with sign-in at Cognito's pages",
            got=application,
            remedy="give the application OAuth(callback_urls=[…])",
        )
    return oauth


def oauth_flows(application: Application) -> list[str] | None:
    """`client_credentials` for a program, the flows of the sign-in pages for the others."""
    if isinstance(application, MachineToMachine):
        return ["client_credentials"]
    oauth = oauth_of(application)
    return None if oauth is None else list(oauth.allowed_oauth_flows)


def scopes_of(application: Application) -> tuple[str | ServerScope, ...]:
    """What the tokens may be good for, as it was given."""
    if isinstance(application, MachineToMachine):
        return tuple(application.allowed_oauth_scopes)
    oauth = oauth_of(application)
    return () if oauth is None else tuple(oauth.allowed_oauth_scopes)


def oauth_scopes(application: Application) -> list[str] | None:
    """What the tokens may be good for, as text: never a reference into the set of a server."""
    return [identifier_of(scope) for scope in scopes_of(application)] or None


def dependencies(
    client: Construct, application: Application, providers: Collection[str | IdentityProvider]
) -> list[TerraformResource] | None:
    """The servers and providers that are named: their names alone would make no order.

    Terraform orders within one stack; for a resource of another, the stacks get an order.
    """
    servers = (scope.resource for scope in scopes_of(application) if isinstance(scope, ServerScope))
    others = (each.resource for each in providers if isinstance(each, IdentityProvider))
    stack = TerraformStack.of(client)
    found: list[TerraformResource] = []
    for resource in (*servers, *others):
        if not isinstance(resource, TerraformResource) or resource in found:
            continue
        if TerraformStack.of(resource) is stack:
            found.append(resource)
        else:
            stack.add_dependency(TerraformStack.of(resource))
    return found or None


def explicit_auth_flows(
    flows: Collection[AuthFlow], rotation: RefreshTokenRotation | None
) -> list[str]:
    """The refresh flow always, but with rotation, which Cognito refuses beside it."""
    if rotation is not None and rotation.feature is RotationFeature.ENABLED:
        return [*flows]
    if holds_list_token(flows):
        return Token.as_list(Fn.concat([[*flows], [_REFRESH_FLOW]]))
    return [*_checks.in_order((*flows, _REFRESH_FLOW))]


def rotation_block(
    rotation: RefreshTokenRotation | None,
) -> list[CognitoUserPoolClientRefreshTokenRotation] | None:
    """The seconds always: left out, an apply ends in an error (#45646)."""
    if rotation is None:
        return None
    return [
        CognitoUserPoolClientRefreshTokenRotation(
            feature=rotation.feature,
            retry_grace_period_seconds=int(rotation.retry_grace_period.total_seconds()),
        )
    ]


def units_block(
    access_token: str, id_token: str, refresh_token: str
) -> list[CognitoUserPoolClientTokenValidityUnits]:
    """All three always: without them numbers are read as hours, hours and days (#30903)."""
    return [
        CognitoUserPoolClientTokenValidityUnits(
            access_token=access_token, id_token=id_token, refresh_token=refresh_token
        )
    ]
