"""How long tokens of an app client may last."""

from collections.abc import Iterator

from constructs_auth.facts import limits
from constructs_auth.rules._client import CLIENT, seconds_of, undecided_at
from constructs_auth.rules.ask import one_of
from constructs_auth.rules.rule import (
    Answers,
    Context,
    Family,
    Rule,
    Severity,
    Undecided,
    Violation,
)
from constructs_auth.terraform.block import Unknown
from constructs_auth.terraform.resource import Resource

_SHORT = (
    ("access_token_validity", "access_token"),
    ("id_token_validity", "id_token"),
)
_REFRESH = "refresh_token_validity"


def _short_tokens(client: Resource, _context: Context) -> Answers:
    for name, unit in _SHORT:
        seconds = seconds_of(client.body, name, unit, "hours")
        yield from _within(name, seconds, limits.ACCESS_TOKEN_SECONDS, "5 minutes to 1 day")


def _refresh_token(client: Resource, _context: Context) -> Answers:
    seconds = seconds_of(client.body, _REFRESH, "refresh_token", "days")
    limit = limits.REFRESH_TOKEN_SECONDS
    yield from _within(_REFRESH, seconds, limit, "60 minutes to 10 years")


def _within(
    name: str, seconds: float | Unknown | None, limit: limits.Range, words: str
) -> Iterator[Violation | Undecided]:
    if isinstance(seconds, Unknown):
        yield undecided_at(name, seconds)
    elif seconds is not None and not limit.minimum <= seconds <= limit.maximum:
        yield Violation(text=f"must be {words}, got {seconds:g} seconds", at=name)


def _refresh_outlives(client: Resource, _context: Context) -> Answers:
    refresh = seconds_of(client.body, _REFRESH, "refresh_token", "days")
    if refresh is None:
        return
    for name, unit in _SHORT:
        seconds = seconds_of(client.body, name, unit, "hours")
        if seconds is None:
            continue
        if isinstance(refresh, Unknown):
            yield undecided_at(name, refresh)
        elif isinstance(seconds, Unknown):
            yield undecided_at(name, seconds)
        elif seconds > refresh:
            yield Violation(
                text=f"must not outlive the refresh token of {refresh:g} seconds, got "
                f"{seconds:g} seconds",
                at=name,
            )


def _units(client: Resource, _context: Context) -> Answers:
    units = client.body.peek_block("token_validity_units")
    if isinstance(units, Unknown):
        yield undecided_at("token_validity_units", units)
    elif units is not None:
        for name in ("access_token", "id_token", "refresh_token"):
            yield from one_of(units, name, limits.TIME_UNITS)


SHORT_TOKENS = Rule(
    id="CVH02",
    title="Access and ID tokens last 5 minutes to 1 day",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=CLIENT,
    why="Cognito refuses the client. Without token_validity_units the numbers are hours: 60 is "
    "sixty hours.",
    remedy='write the unit too: token_validity_units { access_token = "minutes" }',
    source="API, AccessTokenValidity and IdTokenValidity; terraform-provider-aws #30903; CG813",
    check=_short_tokens,
)

REFRESH_TOKEN = Rule(
    id="CVH03",
    title="Refresh tokens last 60 minutes to 10 years",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=CLIENT,
    why="Cognito refuses the client, and takes 0 for 30 days. Without token_validity_units the "
    "number is in days.",
    remedy="set refresh_token_validity and its unit to a time in that range",
    source="API, RefreshTokenValidity; CG813",
    check=_refresh_token,
)

REFRESH_OUTLIVES = Rule(
    id="CVH04",
    title="No token outlives the refresh token",
    family=Family.VALIDITY,
    severity=Severity.WARNING,
    resource_type=CLIENT,
    why="A refresh token that dies before the tokens it renews renews nothing, and Cognito "
    "probably refuses the client.",
    remedy="shorten the token, or lengthen refresh_token_validity",
    source="aws-cdk, UserPoolClient; CG813",
    check=_refresh_outlives,
)

UNITS = Rule(
    id="CVH05",
    title="Token lifetimes have a unit that Cognito knows",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=CLIENT,
    why="Cognito refuses the client at apply.",
    remedy="write seconds, minutes, hours or days",
    source="API, TimeUnitsType",
    check=_units,
)
