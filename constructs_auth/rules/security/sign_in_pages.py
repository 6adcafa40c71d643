"""Which sign-in pages users see."""

from constructs_auth.rules._client import undecided_at
from constructs_auth.rules._domain import DOMAIN, MANAGED_LOGIN
from constructs_auth.rules.ask import shown
from constructs_auth.rules.rule import Answers, Context, Family, Rule, Severity, Violation
from constructs_auth.terraform.block import Unknown
from constructs_auth.terraform.resource import Resource

_VERSION = "managed_login_version"


def _is_managed(domain: Resource, _context: Context) -> Answers:
    version = domain.body.peek_number(_VERSION)
    if isinstance(version, Unknown):
        yield undecided_at(_VERSION, version)
    elif version != MANAGED_LOGIN:
        yield Violation(text=f"must be {MANAGED_LOGIN}, got {shown(version)}", at=_VERSION)


MANAGED_LOGIN_PAGES = Rule(
    id="CG402",
    title="The sign-in pages are managed login",
    family=Family.SECURITY,
    severity=Severity.LOW,
    resource_type=DOMAIN,
    why="The classic pages know no passkeys and no codes by e-mail, and AWS no longer develops "
    "them.",
    remedy="set managed_login_version = 2 and give each client a style; needs the plan Essentials",
    source="API, CreateUserPoolDomain, ManagedLoginVersion; developer guide, «Managed login»",
    check=_is_managed,
)
