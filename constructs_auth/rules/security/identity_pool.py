"""Who gets AWS credentials from an identity pool."""

from constructs_auth.rules._client import undecided_at
from constructs_auth.rules._identity_pool import IDENTITY_POOL
from constructs_auth.rules.ask import is_flag
from constructs_auth.rules.rule import Answers, Context, Family, Rule, Severity
from constructs_auth.terraform.block import Unknown
from constructs_auth.terraform.resource import Resource

_PROVIDERS = "cognito_identity_providers"


def _no_guests(pool: Resource, _context: Context) -> Answers:
    return is_flag(pool.body, "allow_unauthenticated_identities", wanted=False, default=False)


def _no_classic_flow(pool: Resource, _context: Context) -> Answers:
    return is_flag(pool.body, "allow_classic_flow", wanted=False, default=False)


def _checks_tokens(pool: Resource, _context: Context) -> Answers:
    providers = pool.body.peek_blocks(_PROVIDERS)
    if isinstance(providers, Unknown):
        yield undecided_at(_PROVIDERS, providers)
        return
    for provider in providers:
        yield from is_flag(provider, "server_side_token_check", wanted=True, default=False)


NO_GUESTS = Rule(
    id="CG501",
    title="An identity pool has no guests",
    family=Family.SECURITY,
    severity=Severity.HIGH,
    resource_type=IDENTITY_POOL,
    why="Anybody on the internet who knows the id of the pool gets AWS credentials.",
    remedy="set allow_unauthenticated_identities = false",
    source="cognito-identity API, CreateIdentityPool",
    baselines=(
        "Security Hub Cognito.2",
        "cdk-nag COG7",
        "Checkov CKV_AWS_366",
        "Prowler cognito_identity_pool_guest_access_disabled",
    ),
    check=_no_guests,
)

NO_CLASSIC_FLOW = Rule(
    id="CG502",
    title="An identity pool has the enhanced flow alone",
    family=Family.SECURITY,
    severity=Severity.HIGH,
    resource_type=IDENTITY_POOL,
    why="In the classic flow the application chooses the role, and gets credentials without the "
    "limits that Cognito puts on them.",
    remedy="set allow_classic_flow = false",
    source="cognito-identity API, CreateIdentityPool, AllowClassicFlow; developer guide, "
    "«Identity pools authentication flow»",
    check=_no_classic_flow,
)

CHECKS_TOKENS = Rule(
    id="CG503",
    title="An identity pool asks the user pool whether a token still holds",
    family=Family.SECURITY,
    severity=Severity.MEDIUM,
    resource_type=IDENTITY_POOL,
    why="Otherwise a user who is signed out everywhere, disabled or deleted still gets AWS "
    "credentials until the token expires.",
    remedy="set server_side_token_check = true in each of cognito_identity_providers",
    source="cognito-identity API, CognitoIdentityProvider, ServerSideTokenCheck",
    check=_checks_tokens,
)
