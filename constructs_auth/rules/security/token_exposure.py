"""How long a stolen token is good for."""

from constructs_auth.rules._client import (
    CLIENT,
    is_machine,
    is_public,
    listed,
    seconds_of,
    undecided_at,
)
from constructs_auth.rules._pool import (
    first_unknown,
)
from constructs_auth.rules.rule import Answers, Context, Family, Rule, Severity, Violation
from constructs_auth.rules.validity.refresh_token_rotation import rotates
from constructs_auth.terraform.block import LEFT_OUT, Unknown
from constructs_auth.terraform.resource import Resource

_HOUR = 3_600
_DAY = 86_400
_SHORT = (
    ("access_token_validity", "access_token"),
    ("id_token_validity", "id_token"),
)
_REFRESH, _ROTATION = "refresh_token_validity", "refresh_token_rotation"
_DAYS, _DAYS_IF_PUBLIC = 30, 14


def _short_tokens(client: Resource, _context: Context) -> Answers:
    for name, unit in _SHORT:
        if client.body.peek_number(name) is LEFT_OUT:
            yield undecided_at(name, LEFT_OUT)
            continue
        seconds = seconds_of(client.body, name, unit, "hours")
        if isinstance(seconds, Unknown):
            yield undecided_at(name, seconds)
        elif seconds is not None and seconds > _HOUR:
            yield Violation(text=f"must be at most 1 hour, got {seconds / _HOUR:g} hours", at=name)


def _bounded_refresh(client: Resource, _context: Context) -> Answers:
    machine = is_machine(client)
    if machine is True:
        return
    if client.body.peek_number(_REFRESH) is LEFT_OUT:
        yield undecided_at(_REFRESH, LEFT_OUT)
        return
    seconds, public = (
        seconds_of(client.body, _REFRESH, "refresh_token", "days"),
        is_public(client),
    )
    if isinstance(seconds, Unknown):
        yield undecided_at(_REFRESH, seconds)
    elif isinstance(public, Unknown):
        yield undecided_at(_REFRESH, public)
    elif seconds is not None:
        days = _DAYS_IF_PUBLIC if public else _DAYS
        if seconds > days * _DAY:
            whom = "without a secret" if public else "with a secret"
            yield Violation(
                text=f"must be at most {days} days for a client {whom}, got "
                f"{seconds / _DAY:g} days",
                at=_REFRESH,
            )


def _rotation(client: Resource, *, public: bool) -> Answers:
    machine, whose, rotating = is_machine(client), is_public(client), rotates(client)
    if machine is True or rotating is True or whose is (not public):
        return
    unknown = first_unknown(machine, whose, rotating)
    if unknown is not None:
        yield undecided_at(_ROTATION, unknown)
    elif client.body.peek_block(_ROTATION) is None:
        yield Violation(text="must be ENABLED, got null", at=_ROTATION)
    else:
        yield Violation(text="must be ENABLED, got DISABLED", at=f"{_ROTATION}[0].feature")


def _rotation_if_public(client: Resource, _context: Context) -> Answers:
    return _rotation(client, public=True)


def _rotation_if_confidential(client: Resource, _context: Context) -> Answers:
    flows = listed(client.body, "allowed_oauth_flows")
    if flows.open is not None and is_public(client) is False:
        return iter([undecided_at(_ROTATION, flows.open)])
    return _rotation(client, public=False)


ROTATION_IF_PUBLIC = Rule(
    id="CG209",
    title="A client without a secret replaces refresh tokens at each use",
    family=Family.SECURITY,
    severity=Severity.HIGH,
    resource_type=CLIENT,
    why="A refresh token stolen from a browser or a phone needs no secret: without rotation "
    "the thief is signed in as long as the user, and nobody notices.",
    remedy='set refresh_token_rotation { feature = "ENABLED", retry_grace_period_seconds = 10 } '
    "and take ALLOW_REFRESH_TOKEN_AUTH out of explicit_auth_flows",
    source="RFC 9700, sections 2.2.2 and 4.14.2; API, RefreshTokenRotationType",
    baselines=("RFC 9700 2.2.2",),
    check=_rotation_if_public,
)

ROTATION_IF_CONFIDENTIAL = Rule(
    id="CG209B",
    title="A client with a secret replaces refresh tokens at each use",
    family=Family.SECURITY,
    severity=Severity.INFO,
    resource_type=CLIENT,
    why="RFC 9700 asks for it of clients without a secret; for the others, whose stolen refresh "
    "token is of use only with the secret, it is a second lock.",
    remedy='set refresh_token_rotation { feature = "ENABLED", retry_grace_period_seconds = 10 } '
    "where the application keeps the newest token",
    source="RFC 9700, section 4.14.2; API, RefreshTokenRotationType",
    check=_rotation_if_confidential,
)

SHORT_TOKENS = Rule(
    id="CG210",
    title="Access and ID tokens last at most an hour",
    family=Family.SECURITY,
    severity=Severity.MEDIUM,
    resource_type=CLIENT,
    why="Who holds such a token is let in until it expires, also after the user is disabled: "
    "services check it without asking Cognito.",
    remedy="set access_token_validity and id_token_validity to at most an hour, with their units",
    source="developer guide, «Token expiration»; RFC 9700, section 2.3",
    check=_short_tokens,
)

BOUNDED_REFRESH = Rule(
    id="CG211",
    title="Refresh tokens last at most 30 days, or 14 without a secret",
    family=Family.SECURITY,
    severity=Severity.MEDIUM,
    resource_type=CLIENT,
    why="For so long a stolen device or a stolen token stays signed in.",
    remedy="set refresh_token_validity and its unit to fewer days",
    source="developer guide, «Refresh tokens»; RFC 9700, section 4.14",
    check=_bounded_refresh,
)
