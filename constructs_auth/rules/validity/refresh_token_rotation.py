"""What Cognito asks of refresh tokens that are replaced at each use."""

from constructs_auth.facts import limits
from constructs_auth.facts.words import RotationFeature
from constructs_auth.rules._client import CLIENT, REFRESH_FLOW, listed, undecided_at
from constructs_auth.rules.ask import number_within, one_of
from constructs_auth.rules.rule import Answers, Context, Family, Rule, Severity, Violation
from constructs_auth.terraform.block import Unknown
from constructs_auth.terraform.resource import Resource

_FLOWS = "explicit_auth_flows"


def rotates(client: Resource) -> bool | Unknown:
    """Say whether each use of a refresh token replaces it."""
    block = client.body.peek_block("refresh_token_rotation")
    if block is None or isinstance(block, Unknown):
        return False if block is None else block
    feature = block.peek_text("feature")
    return feature if isinstance(feature, Unknown) else feature == RotationFeature.ENABLED


def _settings(client: Resource, _context: Context) -> Answers:
    block = client.body.peek_block("refresh_token_rotation")
    if isinstance(block, Unknown):
        yield undecided_at("refresh_token_rotation", block)
    elif block is not None:
        yield from one_of(block, "feature", tuple(RotationFeature))
        yield from number_within(block, "retry_grace_period_seconds", limits.ROTATION_GRACE_SECONDS)


def _excludes_the_refresh_flow(client: Resource, _context: Context) -> Answers:
    rotating = rotates(client)
    if rotating is False:
        return
    flows = listed(client.body, _FLOWS)
    holds = REFRESH_FLOW in flows.known
    if holds and rotating is True:
        yield Violation(text=f"must not hold {REFRESH_FLOW} where refresh tokens rotate", at=_FLOWS)
    elif isinstance(rotating, Unknown):
        if holds or flows.open is not None:
            yield undecided_at(_FLOWS, rotating)
    elif flows.open is not None:
        yield undecided_at(_FLOWS, flows.open)


def _needs_the_refresh_flow(client: Resource, _context: Context) -> Answers:
    flows = listed(client.body, _FLOWS)
    if REFRESH_FLOW in flows.known or not any(flow.startswith("ALLOW_") for flow in flows.known):
        return
    rotating = rotates(client)
    if rotating is True:
        return
    unknown = rotating if isinstance(rotating, Unknown) else flows.open
    if unknown is not None:
        yield undecided_at(_FLOWS, unknown)
    else:
        yield Violation(
            text=f"must hold {REFRESH_FLOW} where refresh tokens do not rotate, got "
            f"{', '.join(flows.known)}",
            at=_FLOWS,
        )


ROTATION_SETTINGS = Rule(
    id="CVH06",
    title="Refresh token rotation has settings that Cognito knows",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=CLIENT,
    why="Cognito refuses the client at apply.",
    remedy='set feature = "ENABLED" and retry_grace_period_seconds from 0 to 60',
    source="API, RefreshTokenRotationType",
    check=_settings,
)

ROTATION_EXCLUDES_REFRESH_FLOW = Rule(
    id="CVH07",
    title="Rotation and the refresh flow exclude each other",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=CLIENT,
    why="Cognito refuses a client with both: the refresh flow would renew tokens without "
    "replacing the refresh token.",
    remedy=f"take {REFRESH_FLOW} out of explicit_auth_flows",
    source="developer guide, «Refresh tokens»; CG808",
    check=_excludes_the_refresh_flow,
)

REFRESH_FLOW_IS_THERE = Rule(
    id="CVH08",
    title="A client without rotation may refresh tokens",
    family=Family.VALIDITY,
    severity=Severity.WARNING,
    resource_type=CLIENT,
    why="Its users get refresh tokens that nobody can use, and must sign in again each hour; "
    "older versions of the API refused such a client.",
    remedy=f"add {REFRESH_FLOW} to explicit_auth_flows, or turn refresh_token_rotation on",
    source="aws-cdk #7625",
    check=_needs_the_refresh_flow,
)
