"""Which sign-in flows of Cognito's API a client may use, and how they handle passwords."""

from constructs_auth.facts.words import AUTH_FLOWS
from constructs_auth.rules.ask import (
    user_pool_of,
)
from constructs_auth.rules.rule import (
    Answers,
    Context,
    Family,
    Rule,
    Severity,
    Violation,
    all_of,
    surely,
)
from constructs_auth.rules.user_pool_client import CLIENT, has_sign_in_pages, if_it_has_users
from constructs_auth.terraform.block import Block
from constructs_auth.terraform.resource import Resource

_FLOWS = "explicit_auth_flows"
_CUSTOM = "ALLOW_CUSTOM_AUTH"
_PREFIX = "ALLOW_"
_LEGACY = frozenset(flow for flow in AUTH_FLOWS if not flow.startswith(_PREFIX))
"""The names from before 2019, which have no prefix."""
_CLEAR = frozenset({"ALLOW_USER_PASSWORD_AUTH", "USER_PASSWORD_AUTH"})
_ADMIN = frozenset({"ALLOW_ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"})


def _known_names(client: Resource, _context: Context) -> Answers:
    for flow in client.body.given.texts(_FLOWS):
        if flow not in AUTH_FLOWS:
            hint = f"{_PREFIX}{flow}"
            meant = f", whose setting is {hint}" if hint in AUTH_FLOWS else ""
            yield Violation(
                text=f"must be flows that Cognito knows, got {flow!r}{meant}", at=_FLOWS
            )


def _not_mixed(client: Resource, _context: Context) -> Answers:
    flows = client.body.given.texts(_FLOWS)
    prefixes = {flow.startswith(_PREFIX) for flow in flows.known if flow in _LEGACY}
    prefixes |= {True for flow in flows.known if flow.startswith(_PREFIX)}
    if prefixes == {True, False}:
        yield Violation(
            text=f"must not mix names with and without {_PREFIX}, got {', '.join(flows.known)}",
            at=_FLOWS,
        )
    else:
        flows.all()


def _custom_needs_triggers(client: Resource, context: Context) -> Answers:
    return if_it_has_users(client, _has_triggers(client, context))


def _has_triggers(client: Resource, context: Context) -> Answers:
    if _CUSTOM not in client.body.given.texts(_FLOWS):
        return
    if not _has_trigger(user_pool_of(client, context).body, "define_auth_challenge"):
        yield Violation(
            text=f"must not contain {_CUSTOM} where the pool has no trigger define_auth_challenge",
            at=_FLOWS,
        )


def _pages_without_challenges(client: Resource, _context: Context) -> Answers:
    flows = client.body.given.texts(_FLOWS)
    others = set(flows.known) - {_CUSTOM, "ALLOW_REFRESH_TOKEN_AUTH"}
    if not others and all_of(lambda: has_sign_in_pages(client), lambda: _CUSTOM in flows.all()):
        yield Violation(
            text=f"must not be only {_CUSTOM} for a client with sign-in pages, which never present "
            "its challenges",
            at=_FLOWS,
        )


def _none_of(client: Resource, refused: frozenset[str]) -> Answers:
    flows = client.body.texts(_FLOWS)
    held = [flow for flow in flows.known if flow in refused]
    if held:
        yield Violation(text=f"must not contain {', '.join(held)}", at=_FLOWS)
    else:
        flows.all()


def _has_none_of(client: Resource, flows: frozenset[str]) -> bool:
    """Return whether *client* is known to have none of *flows*; then no rule asks for its pool."""
    return surely(lambda: flows.isdisjoint(client.body.texts(_FLOWS).all()))


def _no_clear_password(client: Resource, context: Context) -> Answers:
    if not _has_none_of(client, _CLEAR) and not _migrates_users(client, context):
        yield from _none_of(client, _CLEAR)


def _no_admin_password(client: Resource, context: Context) -> Answers:
    if not _has_none_of(client, _ADMIN) and not _migrates_users(client, context):
        yield from _none_of(client, _ADMIN)


def _only_while_migrating(client: Resource, context: Context) -> Answers:
    if _has_none_of(client, _CLEAR | _ADMIN) or not _migrates_users(client, context):
        return
    flows = client.body.texts(_FLOWS)
    held = [flow for flow in flows.known if flow in _CLEAR | _ADMIN]
    if held:
        yield Violation(
            text=f"must contain {', '.join(held)} only while the trigger user_migration is set",
            at=_FLOWS,
        )
    else:
        flows.all()


def _migrates_users(client: Resource, context: Context) -> bool:
    """Return whether the pool is known to have a trigger that needs the password."""
    return surely(lambda: _has_trigger(user_pool_of(client, context).body, "user_migration"))


def _has_trigger(pool: Block, name: str) -> bool:
    triggers = pool.block("lambda_config")
    # An unknown value counts as set: it references a function that the same apply creates.
    return triggers is not None and bool(triggers.peek_text(name))


def _no_legacy(client: Resource, _context: Context) -> Answers:
    return _none_of(client, _LEGACY)


RULES: tuple[Rule, ...] = (
    Rule(
        id="CVH09",
        slug="known-auth-flows",
        title="Sign-in flows must have names that Cognito knows",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=CLIENT,
        why="Cognito refuses the client. USER_SRP_AUTH is the name in a request; the setting is "
        "ALLOW_USER_SRP_AUTH.",
        remedy="write names that begin with ALLOW_",
        source="API, ExplicitAuthFlowsType",
        check=_known_names,
    ),
    Rule(
        id="CVH09B",
        slug="auth-flows-not-mixed",
        title="Old and new names of sign-in flows must not be mixed",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=CLIENT,
        why="Cognito refuses a client that has both.",
        remedy="replace ADMIN_NO_SRP_AUTH with ALLOW_ADMIN_USER_PASSWORD_AUTH, "
        "CUSTOM_AUTH_FLOW_ONLY with ALLOW_CUSTOM_AUTH and USER_PASSWORD_AUTH with "
        "ALLOW_USER_PASSWORD_AUTH",
        source="API, CreateUserPoolClient.ExplicitAuthFlows; «Auth flow name with prefix "
        "'ALLOW' cannot be used with legacy auth flow names», "
        "badmintoncryer/cdk-preflight, pf-cognito-explicit-auth-flows-legacy-mix",
        check=_not_mixed,
    ),
    Rule(
        id="CVF06B",
        slug="custom-auth-needs-triggers",
        title="The pool of a client with custom challenges must define them",
        family=Family.VALIDITY,
        severity=Severity.WARNING,
        resource_type=CLIENT,
        why="Each sign-in with CUSTOM_AUTH fails: no function defines the challenges.",
        remedy="set lambda_config { define_auth_challenge, create_auth_challenge, "
        "verify_auth_challenge_response }, or remove ALLOW_CUSTOM_AUTH",
        python_remedy="set create_auth_challenge, define_auth_challenge and "
        "verify_auth_challenge_response of LambdaTriggers, or remove AuthFlow.CUSTOM",
        source="developer guide, «Custom authentication challenge Lambda triggers»",
        check=_custom_needs_triggers,
    ),
    Rule(
        id="CVF07",
        slug="custom-auth-not-alone-with-pages",
        title="Custom challenges must not be the only flow of a client with sign-in pages",
        family=Family.VALIDITY,
        severity=Severity.WARNING,
        resource_type=CLIENT,
        why="Cognito's pages do not present custom challenges. Users who sign in there skip them.",
        remedy="use a separate client, without allowed_oauth_flows, for custom challenges",
        source="developer guide, «Things to know about authentication with Amazon Cognito»",
        check=_pages_without_challenges,
    ),
    Rule(
        id="CG202",
        slug="no-password-flow",
        title="Applications must not send passwords in plain text",
        family=Family.SECURITY,
        severity=Severity.HIGH,
        resource_type=CLIENT,
        why="An attacker who controls the application sees every password, as with OAuth's "
        "password grant. With SRP the password never leaves the device.",
        remedy='use "ALLOW_USER_SRP_AUTH" or "ALLOW_USER_AUTH"',
        python_remedy="use AuthFlow.USER_SRP or AuthFlow.USER",
        source="RFC 9700, section 2.4; API, ExplicitAuthFlowsType",
        baselines=("RFC 9700 2.4",),
        check=_no_clear_password,
    ),
    Rule(
        id="CG202B",
        slug="no-admin-password-flow",
        title="Servers must not send passwords for their users",
        family=Family.SECURITY,
        severity=Severity.LOW,
        resource_type=CLIENT,
        why="Passwords pass through the server, whose AWS credentials can sign anybody in.",
        remedy="send users to Cognito's pages if possible, or accept the finding with a reason",
        source="API, ExplicitAuthFlowsType; RFC 9700, section 2.4",
        baselines=("RFC 9700 2.4",),
        check=_no_admin_password,
    ),
    Rule(
        id="CG202C",
        slug="password-flow-ends-with-migration",
        title="Password flows must end when the migration of users ends",
        family=Family.SECURITY,
        severity=Severity.LOW,
        resource_type=CLIENT,
        why="The trigger user_migration needs the password, so only a password flow can migrate a "
        "user: with SRP the password never reaches Cognito. Until then, the application and its "
        "servers see every password.",
        remedy="when most users have signed in, remove the trigger and the password flow; the "
        "others reset their passwords",
        source="developer guide, «Migrate user Lambda trigger»; RFC 9700, section 2.4",
        check=_only_while_migrating,
    ),
    Rule(
        id="CG203",
        slug="no-legacy-auth-flows",
        title="Sign-in flows must have their current names",
        family=Family.SECURITY,
        severity=Severity.LOW,
        resource_type=CLIENT,
        why="The names from before 2019 cannot be combined with ALLOW_USER_SRP_AUTH, so clients "
        "with them keep the weaker flow.",
        remedy="write the names that begin with ALLOW_",
        source="API, CreateUserPoolClient.ExplicitAuthFlows",
        check=_no_legacy,
    ),
)
