"""How long tokens of an app client last, and whether refresh tokens rotate."""

from constructs_auth.facts import limits
from constructs_auth.facts.words import (
    DEFAULT_UNIT,
    REFRESH_FLOW,
    SECONDS_IN,
    TIME_UNITS,
    RotationFeature,
    duration_text,
)
from constructs_auth.rules.ask import (
    number_within,
    one_of,
)
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
from constructs_auth.rules.user_pool_client import CLIENT, is_machine, is_public
from constructs_auth.terraform.resource import Resource

_FLOWS = "explicit_auth_flows"
_SHORT = ("access_token_validity", "id_token_validity")
_REFRESH, _ROTATION = "refresh_token_validity", "refresh_token_rotation"
_HOUR, _DAY = SECONDS_IN["hours"], SECONDS_IN["days"]
_DAYS, _DAYS_IF_PUBLIC = 30, 14


def seconds_of(client: Resource, name: str) -> float | None:
    """Return the validity *name* in seconds; `None` if it is not set or has an unknown unit."""
    value = client.body.given.number(name)
    if value is None:
        return None
    token = name.removesuffix("_validity")
    units = client.body.block("token_validity_units")
    unit = DEFAULT_UNIT[token] if units is None else units.text(token)
    # Another rule reports an unknown unit.
    return value * SECONDS_IN[unit] if unit is not None and unit in SECONDS_IN else None


def rotates(client: Resource) -> bool:
    """Return whether Cognito replaces a refresh token at each use."""
    rotation = client.body.block(_ROTATION)
    return rotation is not None and rotation.text("feature") == RotationFeature.ENABLED


def _short_tokens(client: Resource, _context: Context) -> Answers:
    limit = limits.ACCESS_TOKEN_SECONDS
    return separately(*(_within(client, name, limit) for name in _SHORT))


def _refresh_token(client: Resource, _context: Context) -> Answers:
    return _within(client, _REFRESH, limits.REFRESH_TOKEN_SECONDS)


def _within(client: Resource, name: str, limit: limits.Range) -> Answers:
    seconds = seconds_of(client, name)
    if seconds is not None and not limit.minimum <= seconds <= limit.maximum:
        yield Violation(text=f"must be {_range_of(limit)}, got {seconds:g} seconds", at=name)


def _range_of(limit: limits.Range) -> str:
    return f"{duration_text(limit.minimum)} to {duration_text(limit.maximum)}"


def _refresh_outlives(client: Resource, _context: Context) -> Answers:
    return separately(*(_outlives(client, name) for name in _SHORT))


def _outlives(client: Resource, name: str) -> Answers:
    if not all_of(
        lambda: seconds_of(client, name) is not None,
        lambda: seconds_of(client, _REFRESH) is not None,
    ):
        return
    seconds, refresh = seconds_of(client, name), seconds_of(client, _REFRESH)
    if seconds is not None and refresh is not None and seconds > refresh:
        yield Violation(
            text=f"must not outlive the refresh token of {refresh:g} seconds, got "
            f"{seconds:g} seconds",
            at=name,
        )


def _units(client: Resource, _context: Context) -> Answers:
    units = client.body.block("token_validity_units")
    if units is not None:
        for name in DEFAULT_UNIT:
            yield from one_of(units, name, TIME_UNITS)


def _settings(client: Resource, _context: Context) -> Answers:
    rotation = client.body.block(_ROTATION)
    if rotation is not None:
        yield from one_of(rotation, "feature", tuple(RotationFeature))
        yield from number_within(
            rotation, "retry_grace_period_seconds", limits.ROTATION_GRACE_SECONDS
        )


def _excludes_the_refresh_flow(client: Resource, _context: Context) -> Answers:
    flows = client.body.given.texts(_FLOWS)
    if all_of(lambda: rotates(client), lambda: REFRESH_FLOW in flows):
        yield Violation(
            text=f"must not contain {REFRESH_FLOW} where refresh tokens rotate", at=_FLOWS
        )


def _needs_the_refresh_flow(client: Resource, _context: Context) -> Answers:
    flows = client.body.given.texts(_FLOWS)
    has_new_names = any(flow.startswith("ALLOW_") for flow in flows.known)
    if has_new_names and all_of(
        lambda: REFRESH_FLOW not in flows,
        lambda: not rotates(client),
        lambda: not is_machine(client),
    ):
        yield Violation(
            text=f"must contain {REFRESH_FLOW} where refresh tokens do not rotate, got "
            f"{', '.join(flows.known)}",
            at=_FLOWS,
        )


def _at_most_an_hour(client: Resource, _context: Context) -> Answers:
    names = _SHORT[:1] if surely(lambda: is_machine(client)) else _SHORT
    return separately(*(_is_short(client, name) for name in names))


def _is_short(client: Resource, name: str) -> Answers:
    if client.body.number(name) is None:
        return
    seconds = seconds_of(client, name)
    if seconds is not None and seconds > _HOUR:
        yield Violation(text=f"must be at most 1 hour, got {seconds / _HOUR:g} hours", at=name)


def _bounded_refresh(client: Resource, _context: Context) -> Answers:
    if surely(lambda: is_machine(client)) or client.body.number(_REFRESH) is None:
        return
    seconds, public = seconds_of(client, _REFRESH), is_public(client)
    days = _DAYS_IF_PUBLIC if public else _DAYS
    if seconds is not None and seconds > days * _DAY:
        whom = "without a secret" if public else "with a secret"
        yield Violation(
            text=f"must be at most {days} days for a client {whom}, got {seconds / _DAY:g} days",
            at=_REFRESH,
        )


def _rotation(client: Resource, *, public: bool) -> Answers:
    if not all_of(
        lambda: not is_machine(client),
        lambda: is_public(client) is public,
        lambda: not rotates(client),
    ):
        return
    if client.body.block(_ROTATION) is None:
        yield Violation(text="must be ENABLED, got null", at=_ROTATION)
    else:
        yield Violation(text="must be ENABLED, got DISABLED", at=f"{_ROTATION}[0].feature")


def _rotation_if_public(client: Resource, _context: Context) -> Answers:
    return _rotation(client, public=True)


def _rotation_if_confidential(client: Resource, _context: Context) -> Answers:
    if surely(lambda: not is_public(client)):
        client.body.given.texts("allowed_oauth_flows").all()
    yield from _rotation(client, public=False)


RULES: tuple[Rule, ...] = (
    Rule(
        id="CVH02",
        slug="token-lifetime-range",
        title=f"Access and ID tokens must last {_range_of(limits.ACCESS_TOKEN_SECONDS)}",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=CLIENT,
        why="Cognito refuses the client. Without token_validity_units the numbers are hours: 60 "
        "means 60 hours.",
        remedy='write the unit too: token_validity_units { access_token = "minutes" }',
        source="API, CreateUserPoolClient.AccessTokenValidity and "
        "CreateUserPoolClient.IdTokenValidity; «Invalid range for token validity», "
        "badmintoncryer/cdk-preflight, pf-cognito-token-validity-range",
        check=_short_tokens,
    ),
    Rule(
        id="CVH03",
        slug="refresh-token-lifetime-range",
        title=f"Refresh tokens must last {_range_of(limits.REFRESH_TOKEN_SECONDS)}",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=CLIENT,
        why="Cognito refuses the client, and treats 0 as 30 days. Without token_validity_units the "
        "number is in days.",
        remedy="set refresh_token_validity and its unit to a time in that range",
        source="API, CreateUserPoolClient.RefreshTokenValidity; «Invalid range for token "
        "validity», badmintoncryer/cdk-preflight, pf-cognito-token-validity-range",
        check=_refresh_token,
    ),
    Rule(
        id="CVH04",
        slug="refresh-token-outlives-tokens",
        title="Tokens must not outlive the refresh token",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=CLIENT,
        why="Cognito refuses the client at apply: a refresh token that expires before the tokens "
        "that it renews is useless.",
        remedy="shorten the token, or lengthen refresh_token_validity",
        source="«Access and Id Token expiration times must be less than or equal to refresh "
        "token expiration times», badmintoncryer/cdk-preflight, "
        "pf-cognito-token-expiration-order",
        check=_refresh_outlives,
    ),
    Rule(
        id="CVH05",
        slug="token-lifetime-units",
        title="Token lifetimes must have a unit that Cognito knows",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=CLIENT,
        why="Cognito refuses the client at apply.",
        remedy="write seconds, minutes, hours or days",
        source="API, TimeUnitsType",
        check=_units,
    ),
    Rule(
        id="CVH06",
        slug="rotation-settings",
        title="Refresh token rotation must have settings that Cognito knows",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=CLIENT,
        why="Cognito refuses the client at apply.",
        remedy='set feature = "ENABLED" and retry_grace_period_seconds from '
        f"{limits.ROTATION_GRACE_SECONDS.minimum} to {limits.ROTATION_GRACE_SECONDS.maximum}",
        source="API, RefreshTokenRotationType",
        check=_settings,
    ),
    Rule(
        id="CVH07",
        slug="rotation-excludes-refresh-flow",
        title="A client with rotation must not have the refresh flow",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=CLIENT,
        why="Cognito refuses a client that has both: the refresh flow would renew tokens without "
        "replacing the refresh token.",
        remedy=f"remove {REFRESH_FLOW} from explicit_auth_flows",
        source="developer guide, «Refresh tokens»; hashicorp/terraform-provider-aws #47196",
        check=_excludes_the_refresh_flow,
    ),
    Rule(
        id="CVH08",
        slug="refresh-flow-without-rotation",
        title="A client without rotation must have the refresh flow",
        family=Family.VALIDITY,
        severity=Severity.WARNING,
        resource_type=CLIENT,
        why="Its users get refresh tokens that they cannot use, and must sign in again each hour. "
        "Older versions of the API refused such a client.",
        remedy=f"add {REFRESH_FLOW} to explicit_auth_flows, or enable refresh_token_rotation",
        source="«REFRESH_TOKEN_AUTH should always be allowed», aws/aws-cdk #7625, of 2020, "
        "before rotation existed",
        check=_needs_the_refresh_flow,
    ),
    Rule(
        id="CG209",
        slug="rotation-for-public-clients",
        title="A client without a secret must replace refresh tokens at each use",
        family=Family.SECURITY,
        severity=Severity.HIGH,
        resource_type=CLIENT,
        why="An attacker who steals a refresh token from a browser or a phone needs no secret. "
        "Without rotation the attacker stays signed in as long as the user, and nobody notices.",
        remedy='set refresh_token_rotation { feature = "ENABLED", retry_grace_period_seconds = '
        "10 } and remove ALLOW_REFRESH_TOKEN_AUTH from explicit_auth_flows",
        python_remedy="set refresh_token_rotation=RefreshTokenRotation.enabled()",
        source="RFC 9700, sections 2.2.2 and 4.14.2; API, RefreshTokenRotationType",
        baselines=("RFC 9700 2.2.2",),
        check=_rotation_if_public,
    ),
    Rule(
        id="CG209B",
        slug="rotation-for-confidential-clients",
        title="A client with a secret must replace refresh tokens at each use",
        family=Family.SECURITY,
        severity=Severity.INFO,
        resource_type=CLIENT,
        why="RFC 9700 requires rotation for clients without a secret. For other clients, a stolen "
        "refresh token is useless without the secret, so rotation is a second protection.",
        remedy='set refresh_token_rotation { feature = "ENABLED", retry_grace_period_seconds = '
        "10 } if the application keeps the newest token",
        python_remedy="set refresh_token_rotation=RefreshTokenRotation.enabled() if the "
        "application "
        "keeps the newest token",
        source="RFC 9700, section 4.14.2; API, RefreshTokenRotationType",
        check=_rotation_if_confidential,
    ),
    Rule(
        id="CG210",
        slug="short-lived-tokens",
        title="Access and ID tokens must last at most an hour",
        family=Family.SECURITY,
        severity=Severity.MEDIUM,
        resource_type=CLIENT,
        why="A service accepts such a token until it expires, even after the user is disabled: "
        "services verify it without asking Cognito.",
        remedy="set access_token_validity and id_token_validity to at most an hour, with their "
        "units",
        python_remedy="set access_token and id_token of TokenValidity to at most an hour",
        source="developer guide, «Token expiration»; RFC 9700, section 2.3",
        check=_at_most_an_hour,
    ),
    Rule(
        id="CG211",
        slug="bounded-refresh-tokens",
        title=f"Refresh tokens must last at most {_DAYS} days, or {_DAYS_IF_PUBLIC} without a "
        "secret",
        family=Family.SECURITY,
        severity=Severity.MEDIUM,
        resource_type=CLIENT,
        why="A stolen device or token stays signed in until the refresh token expires.",
        remedy="set refresh_token_validity and its unit to fewer days",
        python_remedy="set refresh_token of TokenValidity to fewer days",
        source="developer guide, «Refresh tokens»; RFC 9700, section 4.14",
        check=_bounded_refresh,
    ),
)
