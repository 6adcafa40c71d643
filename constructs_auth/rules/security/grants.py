"""How a client gets tokens for its users at Cognito's pages, and what they are good for."""

from constructs_auth.rules._client import (
    CLIENT,
    has_sign_in_pages,
    is_public,
    listed,
    undecided_at,
)
from constructs_auth.rules._urls import split
from constructs_auth.rules.rule import Answers, Context, Family, Rule, Severity, Violation
from constructs_auth.terraform.block import Unknown
from constructs_auth.terraform.resource import Resource

_FLOWS, _SCOPES, _PROVIDERS = (
    "allowed_oauth_flows",
    "allowed_oauth_scopes",
    "supported_identity_providers",
)
_SWITCH = "allowed_oauth_flows_user_pool_client"
_SELF_SERVICE = "aws.cognito.signin.user.admin"


def _no_implicit(client: Resource, _context: Context) -> Answers:
    flows = listed(client.body, _FLOWS)
    if "implicit" in flows.known:
        yield Violation(text=f"must not hold implicit, got {', '.join(flows.known)}", at=_FLOWS)
    elif flows.unknown is not None and client.body.peek_flag(_SWITCH) is not False:
        yield undecided_at(_FLOWS, flows.unknown)


def _no_secret_in_an_application(client: Resource, _context: Context) -> Answers:
    public = is_public(client)
    if public is True:
        return
    callbacks = listed(client.body, "callback_urls")
    own = next((url for url in callbacks.known if _is_of_an_application(url)), None)
    if own is None and callbacks.open is None:
        return
    if own is None or isinstance(public, Unknown):
        unknown = public if isinstance(public, Unknown) else callbacks.open
        if unknown is not None:
            yield undecided_at("generate_secret", unknown)
    else:
        yield Violation(
            text=f"must be false for a native application, whose callback URL is {own!r}, got true",
            at="generate_secret",
        )


def _is_of_an_application(url: str) -> bool:
    parts = split(url)
    return parts.is_absolute and not parts.is_web


def _least_scopes(client: Resource, _context: Context) -> Answers:
    pages = has_sign_in_pages(client)
    scopes = listed(client.body, _SCOPES)
    if pages is False:
        return
    unknown = pages if isinstance(pages, Unknown) else scopes.unknown
    if pages is True and _SELF_SERVICE in scopes.known:
        yield Violation(text=f"must not hold {_SELF_SERVICE} without a reason", at=_SCOPES)
    elif unknown is not None:
        yield undecided_at(_SCOPES, unknown)


def _named_providers(client: Resource, _context: Context) -> Answers:
    pages = has_sign_in_pages(client)
    providers = listed(client.body, _PROVIDERS)
    if pages is False or providers.known:
        return
    unknown = pages if isinstance(pages, Unknown) else providers.unknown
    if unknown is not None:
        yield undecided_at(_PROVIDERS, unknown)
    else:
        yield Violation(text="must name who vouches for users, got none", at=_PROVIDERS)


NO_IMPLICIT_GRANT = Rule(
    id="CG201",
    title="No implicit grant",
    family=Family.SECURITY,
    severity=Severity.HIGH,
    resource_type=CLIENT,
    why="It hands tokens out in URLs, where the history of the browser, logs and every script "
    "on the page can read them.",
    remedy='set allowed_oauth_flows = ["code"] and use PKCE',
    source="RFC 9700, section 2.1.2; OAuth 2.1 removes it",
    baselines=("RFC 9700 2.1.2",),
    check=_no_implicit,
)

NO_SECRET_IN_APPLICATIONS = Rule(
    id="CG206",
    title="A native application has no client secret",
    family=Family.SECURITY,
    severity=Severity.HIGH,
    resource_type=CLIENT,
    why="Whoever installs the application can read the secret out of it, and every server that "
    "trusts it is deceived.",
    remedy="make a client with generate_secret = false for the application; use PKCE",
    source="RFC 8252, section 8.5; RFC 6749, section 2.1",
    baselines=("RFC 8252 8.5",),
    check=_no_secret_in_an_application,
)

LEAST_SCOPES = Rule(
    id="CG213",
    title="Tokens of the sign-in pages do not open the user's own account",
    family=Family.SECURITY,
    severity=Severity.MEDIUM,
    resource_type=CLIENT,
    why="With aws.cognito.signin.user.admin, whoever gets hold of an access token changes the "
    "user's attributes, password and second factor, and deletes the account.",
    remedy="take the scope out, or accept the finding with the reason why users change their "
    "profile with their token",
    source="API, CreateUserPoolClient, AllowedOAuthScopes; RFC 9700, section 2.3",
    baselines=("RFC 9700 2.3",),
    check=_least_scopes,
)

NAMED_PROVIDERS = Rule(
    id="CG214",
    title="A client names its identity providers",
    family=Family.SECURITY,
    severity=Severity.MEDIUM,
    resource_type=CLIENT,
    why="Who may vouch for users must not be left to a default that nobody reads; with none, "
    "the pages offer no sign-in.",
    remedy='set supported_identity_providers = ["COGNITO"] and the others that are meant',
    source="API, CreateUserPoolClient, SupportedIdentityProviders; developer guide, «App client "
    "settings»",
    check=_named_providers,
)
