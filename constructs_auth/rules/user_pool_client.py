"""The kinds of app client, what its errors reveal, and which identity providers it names."""

from collections.abc import Callable

from constructs_auth.facts import limits
from constructs_auth.facts.resource_types import (
    IDENTITY_PROVIDER,
    USER_POOL_CLIENT,
)
from constructs_auth.facts.words import CLIENT_CREDENTIALS
from constructs_auth.rules.ask import (
    each_text,
    is_flag,
    is_text,
    member_of_pool,
    references_by_expression,
    text_within,
    texts_within,
)
from constructs_auth.rules.rule import (
    Answers,
    Context,
    Family,
    Rule,
    Severity,
    Violation,
    all_of,
)
from constructs_auth.terraform.resource import Resource

PROVIDERS = "supported_identity_providers"
POOL_ITSELF = "COGNITO"
_SESSION = "auth_session_validity"
_LEAST, _MOST = (
    limits.AUTH_SESSION_SECONDS.minimum // 60,
    limits.AUTH_SESSION_SECONDS.maximum // 60,
)
_SHORT_SESSION_MINUTES = 5
_USE_THE_DEFAULT = "set auth_session_validity = 3"
CLIENT = USER_POOL_CLIENT


def is_public(client: Resource) -> bool:
    """Return whether the client has no secret, as in a browser or on a phone.

    The provider reads `generate_secret` of an imported client as null, but its `client_secret`.
    """
    generated = client.body.flag("generate_secret")
    secret = client.body.peek_text("client_secret")  # of a new client, it is not known
    return generated is False or (generated is None and not (isinstance(secret, str) and secret))


def _keeps_its_secret(client: Resource, _context: Context) -> Answers:
    if not client.is_imported or {"all", "generate_secret"} & {*client.ignore_changes}:
        return
    if client.body.flag("generate_secret") is not None:
        yield Violation(
            text="must be left out or ignored, because an import block takes over the client",
            at="generate_secret",
        )


def is_machine(client: Resource) -> bool:
    """Return whether the client is a program without users: only `client_credentials`."""
    return client.body.given.texts("allowed_oauth_flows").all() == (CLIENT_CREDENTIALS,)


def has_sign_in_pages(client: Resource) -> bool:
    """Return whether users of the client sign in at Cognito's pages."""
    return client.body.given.texts("allowed_oauth_flows").has_any("code", "implicit")


def uses_oauth(client: Resource) -> bool:
    """Return whether the client uses Cognito's sign-in pages or its token endpoint."""
    return all_of(
        lambda: client.body.flag("allowed_oauth_flows_user_pool_client") is True,
        lambda: bool(client.body.given.texts("allowed_oauth_flows")),
    )


def each_provider(
    client: Resource, context: Context, question: Callable[[str, Resource | None], Answers]
) -> Answers:
    """Ask *question* about each provider that *client* names, except the pool itself.

    Args:
        client: The client.
        context: The configuration to search.
        question: Takes the name and the resource; `None` if the pool has no such provider.
    """

    def ask(name: str) -> Answers:
        if name != POOL_ITSELF:
            provider = member_of_pool(
                client, context, kind=IDENTITY_PROVIDER, name="provider_name", meant=name
            )
            yield from question(name, provider)

    return each_text(client.body.given.texts(PROVIDERS), ask)


def if_it_has_users(client: Resource, answers: Answers) -> Answers:
    """Yield *answers*, which concern the users of *client*; nothing for a program."""
    found = tuple(answers)
    if found and not is_machine(client):
        yield from found


def _name(client: Resource, _context: Context) -> Answers:
    return text_within(client.body, "name", limits.CLIENT_NAME)


def _session(client: Resource, _context: Context) -> Answers:
    minutes = client.body.given.number(_SESSION)
    if minutes is not None and not _LEAST <= minutes <= _MOST:
        yield Violation(
            text=f"must be from {_LEAST} to {_MOST} minutes, got {minutes}", at=_SESSION
        )


def _context_needs_secret(client: Resource, _context: Context) -> Answers:
    name = "enable_propagate_additional_user_context_data"
    if all_of(lambda: client.body.given.flag(name) is True, lambda: is_public(client)):
        yield Violation(text="must be false for a client without a secret, got true", at=name)


def _names(client: Resource, _context: Context) -> Answers:
    return texts_within(client.body, PROVIDERS, limits.PROVIDER_NAME)


def _exist(client: Resource, context: Context) -> Answers:
    return each_provider(client, context, _exists)


def _exists(name: str, provider: Resource | None) -> Answers:
    if provider is None:
        yield Violation(
            text=f"must be identity providers of the pool, got {name!r}, but this "
            "configuration has no such provider",
            at=PROVIDERS,
        )


def _in_order(client: Resource, context: Context) -> Answers:
    return each_provider(
        client,
        context,
        lambda name, other: references_by_expression(client, PROVIDERS, name, other),
    )


def _hides_users(client: Resource, _context: Context) -> Answers:
    answers = is_text(client.body, "prevent_user_existence_errors", "ENABLED")
    return if_it_has_users(client, answers)


def _revokes_tokens(client: Resource, _context: Context) -> Answers:
    answers = is_flag(client.body, "enable_token_revocation", wanted=True)
    return if_it_has_users(client, answers)


def _short_session(client: Resource, _context: Context) -> Answers:
    return if_it_has_users(client, _has_short_session(client))


def _has_short_session(client: Resource) -> Answers:
    minutes = client.body.number(_SESSION)
    if minutes is not None and minutes > _SHORT_SESSION_MINUTES:
        yield Violation(
            text=f"must be at most {_SHORT_SESSION_MINUTES} minutes, got {minutes}", at=_SESSION
        )


RULES: tuple[Rule, ...] = (
    Rule(
        id="CVH01",
        slug="client-name",
        title="A client's name must have characters that Cognito accepts",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=CLIENT,
        why="Cognito refuses the client at apply; the provider's own check accepts such names.",
        remedy=f"choose a name of {limits.CLIENT_NAME.allowed}",
        source="API, ClientNameType",
        check=_name,
    ),
    Rule(
        id="CVH10",
        slug="auth-session-range",
        title=f"One sign-in must take {_LEAST} to {_MOST} minutes",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=CLIENT,
        why="Cognito refuses the client at apply.",
        remedy=_USE_THE_DEFAULT,
        source="API, AuthSessionValidityType",
        check=_session,
    ),
    Rule(
        id="CVH24",
        slug="user-context-needs-secret",
        title="A client that passes on user context must have a secret",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=CLIENT,
        why="Cognito refuses the client at apply: without a secret, an attacker could send any "
        "address to threat protection.",
        remedy="remove enable_propagate_additional_user_context_data, or set generate_secret = "
        "true for a server's client, which creates a new client",
        python_remedy="leave enable_propagate_additional_user_context_data out, or use a kind "
        "of application "
        "with a secret, which creates a new client",
        source="API, CreateUserPoolClient.EnablePropagateAdditionalUserContextData",
        check=_context_needs_secret,
    ),
    Rule(
        id="CVH26",
        slug="imported-client-ignores-generate-secret",
        title="An imported client must ignore changes of generate_secret",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=CLIENT,
        why="The provider reads generate_secret of an imported client as null. Any other value "
        "replaces the client: applications that use its id can no longer sign users in.",
        remedy="set lifecycle { ignore_changes = [generate_secret] }, or remove generate_secret",
        python_remedy="set imported_secret to a member of ImportedSecret",
        source="AWS provider 5.100.0, aws_cognito_user_pool_client: generate_secret forces a new "
        "resource, and is null after an import; measured",
        check=_keeps_its_secret,
    ),
    Rule(
        id="CVH23",
        slug="client-provider-names",
        title="Identity providers must have names that Cognito accepts",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=CLIENT,
        why="Cognito refuses the client at apply.",
        remedy="write COGNITO, or the provider_name of an aws_cognito_identity_provider",
        # No python_remedy: UserPoolClient refuses such a name at its line.
        source="API, ProviderNameType",
        check=_names,
    ),
    Rule(
        id="CVH23B",
        slug="client-providers-exist",
        title="The pool must have the identity providers that clients name",
        family=Family.VALIDITY,
        severity=Severity.WARNING,
        resource_type=CLIENT,
        why="Unless something else creates the provider first, Cognito refuses the client at "
        "apply.",
        remedy="add the aws_cognito_identity_provider to the pool, or fix its name; the pool "
        "itself is COGNITO",
        python_remedy="define the identity provider in the pool, or fix its name; the pool itself "
        "is COGNITO",
        source="API, CreateUserPoolClient.SupportedIdentityProviders",
        check=_exist,
    ),
    Rule(
        id="CVH23C",
        slug="client-after-its-providers",
        title="Terraform must create an identity provider before the clients that name it",
        family=Family.VALIDITY,
        severity=Severity.WARNING,
        resource_type=CLIENT,
        why="A literal text sets no order. If Terraform creates the client first, the apply fails.",
        remedy="write aws_cognito_identity_provider.<name>.provider_name, or depends_on",
        python_remedy="give the construct of the identity provider in the place of its name",
        source="API, CreateUserPoolClient.SupportedIdentityProviders; Terraform, «depends_on»",
        check=_in_order,
    ),
    Rule(
        id="CG207",
        slug="hide-user-existence",
        title="Errors must not reveal whether a user exists",
        family=Family.SECURITY,
        severity=Severity.MEDIUM,
        resource_type=CLIENT,
        why="With LEGACY, an attacker can find out which addresses have an account, and attack "
        "those.",
        remedy='set prevent_user_existence_errors = "ENABLED"',
        python_remedy="set prevent_user_existence_errors=True",
        source="API, PreventUserExistenceErrorTypes",
        baselines=("Prowler cognito_user_pool_client_prevent_user_existence_errors",),
        check=_hides_users,
    ),
    Rule(
        id="CG208",
        slug="revocable-tokens",
        title="Refresh tokens must be revocable",
        family=Family.SECURITY,
        severity=Severity.MEDIUM,
        resource_type=CLIENT,
        why="Otherwise a stolen refresh token works until it expires, and nobody can stop it.",
        remedy="set enable_token_revocation = true",
        python_remedy="set enable_token_revocation=True",
        source="API, CreateUserPoolClient.EnableTokenRevocation",
        baselines=("Prowler cognito_user_pool_client_token_revocation_enabled",),
        check=_revokes_tokens,
    ),
    Rule(
        id="CG216",
        slug="short-auth-session",
        title=f"One sign-in must take at most {_SHORT_SESSION_MINUTES} minutes",
        family=Family.SECURITY,
        severity=Severity.LOW,
        resource_type=CLIENT,
        why="An attacker who knows the password can try codes of the second factor for this long.",
        remedy=_USE_THE_DEFAULT,
        python_remedy="set auth_session_validity=timedelta(minutes=3)",
        source="API, AuthSessionValidityType",
        check=_short_session,
    ),
)
