"""OAuth settings that belong together, and how a client gets tokens from Cognito's pages."""

from constructs_auth.facts.words import CLIENT_CREDENTIALS, OAUTH_FLOWS, OAuthScope
from constructs_auth.rules.ask import (
    shown,
)
from constructs_auth.rules.redirect_urls import split
from constructs_auth.rules.rule import (
    Answers,
    Context,
    Family,
    Rule,
    Severity,
    Violation,
    all_of,
    separately,
    surely,
)
from constructs_auth.rules.user_pool_client import CLIENT, has_sign_in_pages, is_machine, is_public
from constructs_auth.terraform.resource import Resource

_FLOWS, _SWITCH = "allowed_oauth_flows", "allowed_oauth_flows_user_pool_client"
_SCOPES, _CALLBACKS = "allowed_oauth_scopes", "callback_urls"
_PROVIDERS = "supported_identity_providers"
_SETTINGS = (_FLOWS, _SCOPES, _CALLBACKS, "logout_urls", "default_redirect_uri")


def _switched_on(client: Resource, _context: Context) -> Answers:
    given = [name for name in _SETTINGS if client.body.values.get(name)]
    if given and not client.body.flag(_SWITCH):
        switch = client.body.flag(_SWITCH)
        yield Violation(
            text=f"must be true where {given[0]} is set, got {shown(switch)}", at=_SWITCH
        )


def _known_flows(client: Resource, _context: Context) -> Answers:
    for flow in client.body.given.texts(_FLOWS):
        if flow not in OAUTH_FLOWS:
            yield Violation(text=f"must be of {', '.join(OAUTH_FLOWS)}, got {flow!r}", at=_FLOWS)


def _machine_alone(client: Resource, _context: Context) -> Answers:
    flows = client.body.given.texts(_FLOWS)
    if CLIENT_CREDENTIALS in flows.known and set(flows.known) != {CLIENT_CREDENTIALS}:
        yield Violation(
            text=f"must not contain {CLIENT_CREDENTIALS} beside others, got "
            f"{', '.join(flows.known)}",
            at=_FLOWS,
        )
    else:
        flows.all()


def _machine_secret(client: Resource, _context: Context) -> Answers:
    if all_of(lambda: is_machine(client), lambda: is_public(client)):
        yield Violation(text=f"must be true for {CLIENT_CREDENTIALS}", at="generate_secret")


def _needs_callbacks(client: Resource, _context: Context) -> Answers:
    callbacks = client.body.texts(_CALLBACKS)
    if not callbacks.known and all_of(
        lambda: has_sign_in_pages(client),
        lambda: client.body.given.flag(_SWITCH) is True,  # CVH15 reports a client without it.
        lambda: not callbacks.all(),
    ):
        yield Violation(
            text="must contain a URL for the flows code and implicit, got none", at=_CALLBACKS
        )


def _needs_flows_and_scopes(client: Resource, _context: Context) -> Answers:
    if client.body.given.flag(_SWITCH) is True:
        yield from separately(*(_is_filled(client, name) for name in (_FLOWS, _SCOPES)))


def _is_filled(client: Resource, name: str) -> Answers:
    values = client.body.texts(name)
    if not values.known and not values.all():
        yield Violation(text=f"must not be empty where {_SWITCH} is true", at=name)


def _no_implicit(client: Resource, _context: Context) -> Answers:
    flows = client.body.texts(_FLOWS)
    if "implicit" in flows.known:
        yield Violation(text=f"must not contain implicit, got {', '.join(flows.known)}", at=_FLOWS)
    elif not surely(lambda: client.body.flag(_SWITCH) is False):
        flows.all()


def _no_secret_in_an_application(client: Resource, _context: Context) -> Answers:
    def own_url() -> str | None:
        callbacks = client.body.given.texts(_CALLBACKS)
        return next((url for url in callbacks if _is_of_an_application(url)), None)

    if all_of(
        lambda: not is_public(client),
        lambda: own_url() is not None,
        lambda: not is_machine(client),
    ):
        yield Violation(
            text=f"must be false for a native application with the callback URL {own_url()!r}, "
            "got true",
            at="generate_secret",
        )


def _is_of_an_application(url: str) -> bool:
    parts = split(url)
    return parts.is_absolute and not parts.is_web


def _least_scopes(client: Resource, _context: Context) -> Answers:
    if has_sign_in_pages(client) and OAuthScope.COGNITO_ADMIN in client.body.texts(_SCOPES):
        yield Violation(
            text=f"must not contain {OAuthScope.COGNITO_ADMIN} without a reason", at=_SCOPES
        )


def _named_providers(client: Resource, _context: Context) -> Answers:
    providers = client.body.texts(_PROVIDERS)
    if not providers.known and all_of(
        lambda: has_sign_in_pages(client), lambda: not providers.all()
    ):
        yield Violation(text="must name identity providers, got none", at=_PROVIDERS)


RULES: tuple[Rule, ...] = (
    Rule(
        id="CVH15",
        slug="oauth-switched-on",
        title="OAuth settings must come with the switch that enables them",
        family=Family.VALIDITY,
        severity=Severity.WARNING,
        resource_type=CLIENT,
        why="Without it Cognito allows sign-in only through its API and ignores these settings, "
        "even if the apply succeeds.",
        remedy="set allowed_oauth_flows_user_pool_client = true, or remove the settings",
        source="API, CreateUserPoolClient.AllowedOAuthFlowsUserPoolClient",
        check=_switched_on,
    ),
    Rule(
        id="CVH16",
        slug="known-oauth-flows",
        title="OAuth flows must be ones that Cognito knows",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=CLIENT,
        why="Cognito refuses the client at apply.",
        remedy="write code, or client_credentials for a program without a user",
        source="API, OAuthFlowType",
        check=_known_flows,
    ),
    Rule(
        id="CVH16B",
        slug="client-credentials-alone",
        title="client_credentials must be the only flow",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=CLIENT,
        why="Cognito refuses a client that is for both users and programs.",
        remedy="remove client_credentials, and create a separate client with generate_secret = "
        "true for "
        "the program",
        source="API, CreateUserPoolClient.AllowedOAuthFlows; «client_credentials flow can not "
        "be selected along with code flow or implicit flow», "
        "badmintoncryer/cdk-preflight, pf-cognito-client-credentials-exclusive",
        check=_machine_alone,
    ),
    Rule(
        id="CVH17",
        slug="client-credentials-needs-secret",
        title="A client with client_credentials must have a secret",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=CLIENT,
        why="Cognito refuses the client at apply: only the client id and the secret identify the "
        "program.",
        remedy="set generate_secret = true",
        source="«client_credentials flow can not be selected if client does not have a client "
        "secret», badmintoncryer/cdk-preflight, pf-cognito-client-credentials-secret; "
        "API, InvalidOAuthFlowException",
        check=_machine_secret,
    ),
    Rule(
        id="CVH22",
        slug="callback-url-needed",
        title="A client with sign-in pages must have a callback URL",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=CLIENT,
        why="Cognito refuses the client at apply: it has nowhere to send users after sign-in.",
        remedy="set callback_urls",
        source="«CallbackUrls can not be empty when code flow or implicit flow is selected», "
        "badmintoncryer/cdk-preflight, pf-cognito-oauth-callback-required",
        check=_needs_callbacks,
    ),
    Rule(
        id="CVH22B",
        slug="oauth-flows-and-scopes-needed",
        title="A client with OAuth enabled must have flows and scopes",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=CLIENT,
        why="Cognito refuses the client at apply: the client could not request tokens.",
        remedy="set allowed_oauth_flows and allowed_oauth_scopes, or set "
        "allowed_oauth_flows_user_pool_client = false",
        source="«AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is "
        "allowed to use OAuth flows», badmintoncryer/cdk-preflight, "
        "pf-cognito-oauth-flows-scopes-required",
        check=_needs_flows_and_scopes,
    ),
    Rule(
        id="CG201",
        slug="no-implicit-grant",
        title="App clients must not use the implicit grant",
        family=Family.SECURITY,
        severity=Severity.HIGH,
        resource_type=CLIENT,
        why="It puts tokens into URLs, where the browser history, logs and every script on the "
        "page can read them.",
        remedy='set allowed_oauth_flows = ["code"] and use PKCE',
        python_remedy="set allowed_oauth_flows=[OAuthFlow.CODE] in OAuth, and use PKCE",
        source="RFC 9700, section 2.1.2; OAuth 2.1 removes it",
        baselines=("RFC 9700 2.1.2",),
        check=_no_implicit,
    ),
    Rule(
        id="CG206",
        slug="no-secret-in-native-applications",
        title="A native application must have no client secret",
        family=Family.SECURITY,
        severity=Severity.HIGH,
        resource_type=CLIENT,
        why="An attacker who installs the application can read the secret, and impersonate the "
        "application on every server that trusts it.",
        remedy="create a client with generate_secret = false for the application; use PKCE",
        source="RFC 8252, section 8.5; RFC 6749, section 2.1",
        baselines=("RFC 8252 8.5",),
        check=_no_secret_in_an_application,
    ),
    Rule(
        id="CG213",
        slug="no-self-service-scope",
        title="Tokens of the sign-in pages must not allow changes to the account",
        family=Family.SECURITY,
        severity=Severity.MEDIUM,
        resource_type=CLIENT,
        why="With aws.cognito.signin.user.admin, an attacker who gets an access token can change "
        "the user's attributes, password and second factor, and delete the account.",
        remedy="remove the scope, or accept the finding with the reason why users change their "
        "profile with their token",
        source="API, CreateUserPoolClient.AllowedOAuthScopes; RFC 9700, section 2.3",
        baselines=("RFC 9700 2.3",),
        check=_least_scopes,
    ),
    Rule(
        id="CG214",
        slug="named-identity-providers",
        title="A client must name its identity providers",
        family=Family.SECURITY,
        severity=Severity.MEDIUM,
        resource_type=CLIENT,
        why="An implicit default must not decide which providers can sign users in. With none, the "
        "pages offer no sign-in.",
        remedy='set supported_identity_providers = ["COGNITO"] and the others that you want',
        python_remedy="set supported_identity_providers to those that you want",
        source="API, CreateUserPoolClient.SupportedIdentityProviders; developer guide, "
        "«Application-specific settings with app clients»",
        check=_named_providers,
    ),
)
