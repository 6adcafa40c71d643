"""What Cognito asks of an app client's own settings."""

from constructs_auth.facts import limits
from constructs_auth.rules._client import (
    CLIENT,
    is_public,
    undecided_at,
)
from constructs_auth.rules._pool import (
    first_unknown,
)
from constructs_auth.rules.ask import text_within, undecided
from constructs_auth.rules.rule import Answers, Context, Family, Rule, Severity, Violation
from constructs_auth.terraform.block import LEFT_OUT, Unknown
from constructs_auth.terraform.resource import Resource

_SESSION = limits.AUTH_SESSION_SECONDS
_LEAST, _MOST = _SESSION.minimum // 60, _SESSION.maximum // 60


def _name(client: Resource, _context: Context) -> Answers:
    return text_within(client.body, "name", limits.CLIENT_NAME)


def _session(client: Resource, _context: Context) -> Answers:
    minutes = client.body.peek_number("auth_session_validity")
    if minutes is None or minutes is LEFT_OUT:
        return
    if isinstance(minutes, Unknown):
        yield undecided(client.body, "auth_session_validity", minutes)
    elif not _LEAST <= minutes <= _MOST:
        yield Violation(
            text=f"must be from {_LEAST} to {_MOST} minutes, got {minutes}",
            at="auth_session_validity",
        )


def _context_needs_secret(client: Resource, _context: Context) -> Answers:
    name = "enable_propagate_additional_user_context_data"
    propagates = client.body.peek_flag(name)
    if propagates is None or propagates is False or propagates is LEFT_OUT:
        return
    public = is_public(client)
    if public is False:
        return
    unknown = first_unknown(propagates, public)
    if unknown is not None:
        yield undecided_at(name, unknown)
    else:
        yield Violation(text="must be false for a client without a secret, got true", at=name)


CLIENT_NAME = Rule(
    id="CVH01",
    title="A client's name has the characters that Cognito takes",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=CLIENT,
    why="Cognito refuses the client at apply; the provider's own check lets such names pass.",
    remedy="choose a name of letters, digits, spaces and _ + = , . @ -",
    source="API, ClientNameType",
    check=_name,
)

AUTH_SESSION = Rule(
    id="CVH10",
    title="One sign-in takes 3 to 15 minutes",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=CLIENT,
    why="Cognito refuses the client at apply.",
    remedy="set auth_session_validity = 3",
    source="API, AuthSessionValidityType",
    check=_session,
)

CONTEXT_NEEDS_SECRET = Rule(
    id="CVH24",
    title="Only a client with a secret passes its user's context on",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=CLIENT,
    why="Cognito refuses the client at apply: without a secret anybody could send any address "
    "to threat protection.",
    remedy="leave enable_propagate_additional_user_context_data out, or give a server's client "
    "generate_secret = true, which makes a new client",
    source="API, CreateUserPoolClient, EnablePropagateAdditionalUserContextData; CG217",
    check=_context_needs_secret,
)
