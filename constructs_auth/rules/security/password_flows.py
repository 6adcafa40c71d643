"""How an application hands passwords to Cognito's API."""

from constructs_auth.rules._client import CLIENT, listed, undecided_at
from constructs_auth.rules.rule import Answers, Context, Family, Rule, Severity, Violation
from constructs_auth.rules.validity.auth_flows import LEGACY_FLOWS
from constructs_auth.terraform.resource import Resource

_FLOWS = "explicit_auth_flows"
_CLEAR = frozenset({"ALLOW_USER_PASSWORD_AUTH", "USER_PASSWORD_AUTH"})
_ADMIN = frozenset({"ALLOW_ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"})


def _none_of(client: Resource, refused: frozenset[str]) -> Answers:
    flows = listed(client.body, _FLOWS)
    held = [flow for flow in flows.known if flow in refused]
    if held:
        yield Violation(text=f"must not hold {', '.join(held)}", at=_FLOWS)
    elif flows.unknown is not None:
        yield undecided_at(_FLOWS, flows.unknown)


def _no_clear_password(client: Resource, _context: Context) -> Answers:
    return _none_of(client, _CLEAR)


def _no_admin_password(client: Resource, _context: Context) -> Answers:
    return _none_of(client, _ADMIN)


def _no_legacy(client: Resource, _context: Context) -> Answers:
    return _none_of(client, frozenset(LEGACY_FLOWS))


NO_CLEAR_PASSWORD = Rule(
    id="CG202",
    title="No application sends passwords in the clear",
    family=Family.SECURITY,
    severity=Severity.HIGH,
    resource_type=CLIENT,
    why="The application sees every password, and so does whoever is in it: the password grant "
    "by another name. With SRP the password never leaves the device.",
    remedy='use "ALLOW_USER_SRP_AUTH" or "ALLOW_USER_AUTH"',
    source="RFC 9700, section 2.4; API, ExplicitAuthFlowsType",
    baselines=("RFC 9700 2.4",),
    check=_no_clear_password,
)

NO_ADMIN_PASSWORD = Rule(
    id="CG202B",
    title="No server sends passwords for its users",
    family=Family.SECURITY,
    severity=Severity.LOW,
    resource_type=CLIENT,
    why="Passwords pass through the server, which has AWS credentials to sign anybody in.",
    remedy="send users to Cognito's pages where that is possible, or accept the finding with a "
    "reason",
    source="API, ExplicitAuthFlowsType; RFC 9700, section 2.4",
    baselines=("RFC 9700 2.4",),
    check=_no_admin_password,
)

NO_LEGACY_FLOWS = Rule(
    id="CG203",
    title="Sign-in flows have their present names",
    family=Family.SECURITY,
    severity=Severity.LOW,
    resource_type=CLIENT,
    why="The names from before 2019 cannot stand beside ALLOW_USER_SRP_AUTH, so that clients "
    "with them keep the weaker flow.",
    remedy="write the names that begin with ALLOW_",
    source="API, CreateUserPoolClient, ExplicitAuthFlows",
    check=_no_legacy,
)
