"""How long tokens last, in seconds, whatever their units."""

from collections.abc import Iterator
from dataclasses import dataclass

from constructs_auth.review import compare, names
from constructs_auth.review.change import Change
from constructs_auth.review.changes._types import CLIENTS
from constructs_auth.review.compare import AttributeChange
from constructs_auth.review.rule import Answers, ChangeRule, Effect, Meaning, Surroundings
from constructs_auth.rules.rule import Severity, Undecided
from constructs_auth.terraform.block import Block, Unknown

_SECONDS = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86_400}
_SOURCE = "API, UserPoolClientType.AccessTokenValidity, TokenValidityUnitsType"
_MONTH = 30
_UNITS = "token_validity_units"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Token:
    """A kind of token, and what Cognito makes of it where nothing is said (API)."""

    name: str
    words: str
    unit: str
    validity: int

    @property
    def at(self) -> str:
        return f"{self.name}_validity"


_TOKENS = (
    _Token(name="access_token", words="access tokens", unit="hours", validity=1),
    _Token(name="id_token", words="ID tokens", unit="hours", validity=1),
    _Token(name="refresh_token", words="refresh tokens", unit="days", validity=_MONTH),
)


def _is_cut(change: Change, _surroundings: Surroundings) -> Answers:
    client = names.client(change.resource)
    for token, moved in _lifetimes(change):
        if isinstance(moved, Undecided):
            yield moved
        elif moved.after < moved.before:
            spans = f"{_span(moved.after)}, not {_span(moved.before)}"
            if token.name == "refresh_token":
                text = f"People have to sign in to {client} again after {spans}"
            else:
                text = (
                    f"{client} has to refresh {token.words} after {spans}: if it does not, "
                    "people are signed out"
                )
            yield Meaning(text=f"{text}.", at=moved.at)


def _is_raised(change: Change, _surroundings: Surroundings) -> Answers:
    for token, moved in _lifetimes(change):
        if isinstance(moved, AttributeChange) and moved.after > moved.before:
            yield Meaning(
                text=f"Stolen {token.words} of {names.client(change.resource)} work for "
                f"{_span(moved.after)}, not {_span(moved.before)}.",
                at=moved.at,
            )


def _is_read_otherwise(change: Change, _surroundings: Surroundings) -> Answers:
    for token in _TOKENS:
        if not _has_another_unit(change, token):
            continue
        for found, moved in _all_lifetimes(change):
            if found is token and isinstance(moved, AttributeChange):
                yield Meaning(
                    text=f"{token.words} of {names.client(change.resource)} last "
                    f"{_span(moved.after)}, not {_span(moved.before)}: the number stays, and is "
                    "read in another unit.",
                    at=f"{_UNITS}[0].{token.name}",
                    effect=Effect.WEAKENS if moved.after > moved.before else Effect.BREAKS,
                )


def _has_another_unit(change: Change, token: _Token) -> bool:
    """Say whether the number of *token* stays, and its unit does not."""
    if change.before is None or change.after is None or _UNITS not in change.touched:
        return False
    before, after = change.before.body, change.after.body
    return (
        bool(before.peek_number(token.at))
        and before.peek_number(token.at) == after.peek_number(token.at)
        and _unit(before, token) != _unit(after, token)
    )


def _lifetimes(change: Change) -> Iterator[tuple[_Token, AttributeChange[float] | Undecided]]:
    """Walk through the lifetimes that change by intent, and not by their unit alone."""
    for token, moved in _all_lifetimes(change):
        if isinstance(moved, Undecided) or not _has_another_unit(change, token):
            yield token, moved


def _all_lifetimes(change: Change) -> Iterator[tuple[_Token, AttributeChange[float] | Undecided]]:
    if change.before is None or change.after is None:
        return
    for token in _TOKENS:
        if not {token.at, _UNITS} & change.touched:
            continue
        before = _seconds(change.before.body, token)
        after = _seconds(change.after.body, token)
        if isinstance(after, Unknown):
            if compare.number(change, token.at) is not None:
                yield token, Undecided(why=after.why, at=token.at)
        elif not isinstance(before, Unknown) and before != after:
            yield token, AttributeChange(before=before, after=after, at=token.at)


def _seconds(body: Block, token: _Token) -> float | Unknown:
    """Give the lifetime in seconds; 0 is Cognito's default too."""
    value, unit = body.peek_number(token.at), _unit(body, token)
    if isinstance(value, Unknown):
        return value
    if isinstance(unit, Unknown):
        return unit
    if not value:
        return token.validity * _SECONDS[token.unit]
    return value * _SECONDS.get(unit, 1)


def _unit(body: Block, token: _Token) -> str | Unknown:
    units = body.peek_block(_UNITS)
    if units is None:
        return token.unit
    if isinstance(units, Unknown):
        return units
    found = units.peek_text(token.name)
    return found if isinstance(found, Unknown) else found or token.unit


def _span(seconds: float) -> str:
    """Write a lifetime in its largest whole unit: `2 hours`, `90 minutes`."""
    for unit in ("days", "hours", "minutes", "seconds"):
        if seconds % _SECONDS[unit] == 0:
            count = seconds / _SECONDS[unit]
            return f"{count:g} {unit.removesuffix('s') if count == 1 else unit}"
    return f"{seconds:g} seconds"


TOKENS_CUT = ChangeRule(
    id="CH29",
    title="Tokens last less long",
    effect=Effect.BREAKS,
    severity=Severity.MEDIUM,
    resource_types=CLIENTS,
    remedy="check that applications refresh their tokens, and tell users who will have to sign in",
    source=_SOURCE,
    check=_is_cut,
)
TOKENS_RAISED = ChangeRule(
    id="CH30",
    title="Tokens last longer",
    effect=Effect.WEAKENS,
    severity=Severity.MEDIUM,
    resource_types=CLIENTS,
    remedy="keep access and ID tokens within an hour, and let applications refresh them",
    source=f"{_SOURCE}; RFC 9700 2.2",
    check=_is_raised,
)
TOKEN_UNITS_CHANGED = ChangeRule(
    id="CH31",
    title="Token lifetimes are read in another unit",
    effect=Effect.WEAKENS,
    severity=Severity.HIGH,
    resource_types=CLIENTS,
    remedy="always write token_validity_units with all three units; left out, access and ID "
    "tokens are in hours and refresh tokens in days",
    source=_SOURCE,
    check=_is_read_otherwise,
)
