"""The lifetimes of tokens, compared in seconds, and the rotation of refresh tokens."""

from dataclasses import dataclass

from constructs_auth.facts.resource_types import CLIENTS
from constructs_auth.facts.words import DEFAULT_UNIT, REFRESH_FLOW, SECONDS_IN, RotationFeature
from constructs_auth.review import compare, names
from constructs_auth.review.change import Action, Change
from constructs_auth.review.compare import AttributeChange, known
from constructs_auth.review.rule import (
    Answers,
    ChangeRule,
    Effect,
    Meaning,
    Surroundings,
)
from constructs_auth.rules.rule import Severity, separately
from constructs_auth.terraform.block import Block, UnknownValueError

_SOURCE = "API, UserPoolClientType.AccessTokenValidity, TokenValidityUnitsType"
_ROTATION_SOURCE = "API, RefreshTokenRotationType"
_UNITS = "token_validity_units"
_FEATURE = "refresh_token_rotation.feature"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Token:
    """A kind of token, with Cognito's default lifetime (API)."""

    name: str
    words: str
    validity: int

    @property
    def unit(self) -> str:
        return DEFAULT_UNIT[self.name]

    @property
    def at(self) -> str:
        return f"{self.name}_validity"


_TOKENS = (
    _Token(name="access_token", words="access tokens", validity=1),
    _Token(name="id_token", words="ID tokens", validity=1),
    _Token(name="refresh_token", words="refresh tokens", validity=30),
)


def _are_cut(change: Change, _surroundings: Surroundings) -> Answers:
    return separately(*(_is_cut(change, token) for token in _TOKENS))


def _is_cut(change: Change, token: _Token) -> Answers:
    lifetime = _lifetime(change, token)
    if lifetime is None or _has_another_unit(change, token) or lifetime.after > lifetime.before:
        return
    client = names.client(change.resource)
    spans = f"{_span(lifetime.after)}, not {_span(lifetime.before)}"
    if token.name == "refresh_token":
        text = f"Users have to sign in to {client} again after {spans}"
    else:
        text = (
            f"{client} has to refresh {token.words} after {spans}: otherwise its users are signed "
            "out"
        )
    yield Meaning(text=f"{text}.", at=lifetime.at)


def _are_raised(change: Change, _surroundings: Surroundings) -> Answers:
    return separately(*(_is_raised(change, token) for token in _TOKENS))


def _is_raised(change: Change, token: _Token) -> Answers:
    lifetime = _lifetime(change, token)
    if lifetime is None or _has_another_unit(change, token) or lifetime.after < lifetime.before:
        return
    yield Meaning(
        text=f"Stolen {token.words} of {names.client(change.resource)} work for "
        f"{_span(lifetime.after)}, not {_span(lifetime.before)}.",
        at=lifetime.at,
    )


def _change_units(change: Change, _surroundings: Surroundings) -> Answers:
    return separately(*(_changes_unit(change, token) for token in _TOKENS))


def _changes_unit(change: Change, token: _Token) -> Answers:
    lifetime = _lifetime(change, token)
    if lifetime is not None and _has_another_unit(change, token):
        yield Meaning(
            text=f"{token.words} of {names.client(change.resource)} last {_span(lifetime.after)}, "
            f"not {_span(lifetime.before)}: the number stays, but its unit changes.",
            at=f"{_UNITS}[0].{token.name}",
            effect=Effect.WEAKENS if lifetime.after > lifetime.before else Effect.BREAKS,
        )


def _lifetime(change: Change, token: _Token) -> AttributeChange[float] | None:
    """Compare the lifetimes of *token* in seconds."""
    if change.before is None or change.after is None:
        return None
    if not {token.at, _UNITS} & change.touched:
        return None
    try:
        after = _seconds(change.after.body, token)
    except UnknownValueError:
        if compare.number(change, token.at) is None:  # an unchanged number is no change
            return None
        raise
    try:
        before = _seconds(change.before.body, token)
    except UnknownValueError:
        return None
    if before == after:
        return None
    return AttributeChange(before=before, after=after, at=token.at)


def _has_another_unit(change: Change, token: _Token) -> bool:
    """Return whether the number of *token* stays while its unit, and so its lifetime, changes."""
    if change.before is None or change.after is None or _UNITS not in change.touched:
        return False
    before, after = change.before.body, change.after.body
    number = before.number(token.at)
    return bool(number) and number == after.number(token.at)


def _seconds(body: Block, token: _Token) -> float:
    """Return the lifetime in seconds; 0 also means Cognito's default."""
    value, unit = body.number(token.at), _unit(body, token)
    if not value:
        return token.validity * SECONDS_IN[token.unit]
    return value * SECONDS_IN.get(unit, 1)


def _unit(body: Block, token: _Token) -> str:
    units = body.block(_UNITS)
    unit = units.text(token.name) if units is not None else None
    return unit or token.unit


def _span(seconds: float) -> str:
    """Format a lifetime in its largest whole unit: `2 hours`, `90 minutes`."""
    for unit, length in SECONDS_IN.items():
        if seconds % length == 0:
            count = seconds / length
            return f"{count:g} {unit.removesuffix('s') if count == 1 else unit}"
    return f"{seconds:g} seconds"


def _rotate(change: Change, _surroundings: Surroundings) -> Answers:
    feature = compare.text(change, _FEATURE, default=RotationFeature.DISABLED)
    if feature is not None and feature.after == RotationFeature.ENABLED:
        yield Meaning(
            text=f"Each refresh gives {names.client(change.resource)} a new refresh token: an "
            "application that keeps the first one signs its users out.",
            at=feature.at,
        )


def _rotate_no_longer(change: Change, surroundings: Surroundings) -> Answers:
    feature = compare.text(change, _FEATURE, default=RotationFeature.DISABLED)
    if (
        feature is not None
        and feature.before == RotationFeature.ENABLED
        and (surroundings.is_drift or not _why_rotation_stays(change))
    ):
        yield Meaning(
            text=f"A stolen refresh token of {names.client(change.resource)} works until it "
            "expires, and nobody notices.",
            at=feature.at,
        )


def _rotation_is_not_ended(change: Change, _surroundings: Surroundings) -> Answers:
    feature = compare.text(change, _FEATURE, default=RotationFeature.DISABLED)
    if feature is not None and feature.before == RotationFeature.ENABLED:
        why = _why_rotation_stays(change)
        if why:
            yield Meaning(
                text=f"The apply of {names.client(change.resource)} fails: {why}.", at=feature.at
            )


def _why_rotation_stays(change: Change) -> str:
    """Return why the apply of a client that had rotation fails; empty if it does not.

    Raises:
        UnknownValueError: The grace period is known only after apply.
    """
    if change.action is not Action.UPDATE or change.after is None:
        return ""
    rotation = change.after.body.block("refresh_token_rotation")
    if rotation is not None:
        has_grace = rotation.number("retry_grace_period_seconds") is not None
        return "" if has_grace else "Cognito returns a grace period of 0, and the plan has none"
    flows = known(change.after.body.texts, "explicit_auth_flows")
    if flows is not None and REFRESH_FLOW in flows.known:
        return (
            f"Cognito refuses {REFRESH_FLOW}, since rotation stays enabled when its block is "
            "removed"
        )
    return "the provider expects no rotation, and Cognito returns the block that was removed"


RULES: tuple[ChangeRule, ...] = (
    ChangeRule(
        id="CH29",
        slug="token-lifetime-lowered",
        title="Token lifetimes become shorter",
        effect=Effect.BREAKS,
        severity=Severity.MEDIUM,
        resource_types=CLIENTS,
        remedy="check that applications refresh their tokens, and tell users who will have to "
        "sign in",
        source=_SOURCE,
        check=_are_cut,
    ),
    ChangeRule(
        id="CH30",
        slug="token-lifetime-raised",
        title="Token lifetimes become longer",
        effect=Effect.WEAKENS,
        severity=Severity.MEDIUM,
        resource_types=CLIENTS,
        remedy="keep access and ID tokens within an hour, and let applications refresh them",
        source=f"{_SOURCE}; RFC 9700 2.2",
        undecided_by=("CH29",),
        check=_are_raised,
    ),
    ChangeRule(
        id="CH31",
        slug="token-unit-changed",
        title="The unit of a token lifetime changes",
        effect=Effect.WEAKENS,
        severity=Severity.HIGH,
        resource_types=CLIENTS,
        remedy="always set all three token_validity_units; the defaults are hours for access and "
        "ID tokens, and days for refresh tokens",
        source=_SOURCE,
        undecided_by=("CH29",),
        check=_change_units,
    ),
    ChangeRule(
        id="CH34",
        slug="refresh-token-rotation-on",
        title="Refresh token rotation is enabled",
        effect=Effect.BREAKS,
        severity=Severity.HIGH,
        resource_types=CLIENTS,
        remedy="make sure that each application keeps the newest refresh token, and calls "
        "GetTokensFromRefreshToken",
        source=_ROTATION_SOURCE,
        check=_rotate,
    ),
    ChangeRule(
        id="CH35",
        slug="refresh-token-rotation-off",
        title="Refresh token rotation is disabled",
        effect=Effect.WEAKENS,
        severity=Severity.MEDIUM,
        resource_types=CLIENTS,
        remedy="keep refresh_token_rotation; the default is off",
        source=f"{_ROTATION_SOURCE}; RFC 9700 2.2.2",
        undecided_by=("CH34",),
        check=_rotate_no_longer,
    ),
    ChangeRule(
        id="CH35B",
        slug="refresh-token-rotation-not-ended",
        title="Refresh token rotation is removed instead of disabled",
        effect=Effect.FAILS,
        severity=Severity.HIGH,
        resource_types=CLIENTS,
        remedy='write refresh_token_rotation with feature = "DISABLED" and '
        "retry_grace_period_seconds = 0",
        source="terraform-provider-aws #47196, #45646; measured with the provider: «block count "
        "changed from 0 to 1»",
        undecided_by=("CH34",),
        check=_rotation_is_not_ended,
    ),
)
