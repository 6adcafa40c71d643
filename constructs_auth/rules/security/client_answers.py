"""What an app client tells strangers, and what it lets users take back."""

from constructs_auth.rules._client import CLIENT, undecided_at
from constructs_auth.rules.ask import is_flag, is_text
from constructs_auth.rules.rule import Answers, Context, Family, Rule, Severity, Violation
from constructs_auth.terraform.block import Unknown
from constructs_auth.terraform.resource import Resource

_SESSION = "auth_session_validity"
_SESSION_MINUTES = 5


def _hides_users(client: Resource, _context: Context) -> Answers:
    return is_text(client.body, "prevent_user_existence_errors", "ENABLED")


def _revokes_tokens(client: Resource, _context: Context) -> Answers:
    return is_flag(client.body, "enable_token_revocation", wanted=True)


def _short_session(client: Resource, _context: Context) -> Answers:
    minutes = client.body.peek_number(_SESSION)
    if isinstance(minutes, Unknown):
        yield undecided_at(_SESSION, minutes)
    elif minutes is not None and minutes > _SESSION_MINUTES:
        yield Violation(
            text=f"must be at most {_SESSION_MINUTES} minutes, got {minutes}", at=_SESSION
        )


HIDES_USERS = Rule(
    id="CG207",
    title="Answers do not tell whether a user exists",
    family=Family.SECURITY,
    severity=Severity.MEDIUM,
    resource_type=CLIENT,
    why="With LEGACY anybody finds out which addresses have an account, and attacks those.",
    remedy='set prevent_user_existence_errors = "ENABLED"',
    source="API, PreventUserExistenceErrorTypes",
    baselines=("Prowler cognito_user_pool_client_prevent_user_existence_errors",),
    check=_hides_users,
)

REVOKES_TOKENS = Rule(
    id="CG208",
    title="Refresh tokens can be revoked",
    family=Family.SECURITY,
    severity=Severity.MEDIUM,
    resource_type=CLIENT,
    why="Otherwise a stolen refresh token is good until it expires, whatever anybody does.",
    remedy="set enable_token_revocation = true",
    source="API, CreateUserPoolClient, EnableTokenRevocation",
    baselines=("Prowler cognito_user_pool_client_token_revocation_enabled",),
    check=_revokes_tokens,
)

SHORT_SESSION = Rule(
    id="CG216",
    title="One sign-in takes at most 5 minutes",
    family=Family.SECURITY,
    severity=Severity.LOW,
    resource_type=CLIENT,
    why="For so long whoever knows the password may try codes of the second factor.",
    remedy="set auth_session_validity = 3",
    source="API, AuthSessionValidityType",
    check=_short_session,
)
