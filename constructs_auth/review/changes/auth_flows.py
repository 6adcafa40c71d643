"""The sign-in flows of the API that a client may use."""

from constructs_auth.facts.resource_types import CLIENTS
from constructs_auth.facts.words import AuthFlow, RotationFeature
from constructs_auth.review import compare, names
from constructs_auth.review.change import Change
from constructs_auth.review.rule import Answers, ChangeRule, Effect, Meaning, Surroundings
from constructs_auth.rules.rule import Severity
from constructs_auth.terraform.block import UnknownValueError

_FLOWS = "explicit_auth_flows"
_PASSWORD = frozenset(
    {
        "ADMIN_NO_SRP_AUTH",
        AuthFlow.ADMIN_USER_PASSWORD,
        AuthFlow.USER_PASSWORD,
        "USER_PASSWORD_AUTH",
    }
)
_REFRESH = "ALLOW_REFRESH_TOKEN_AUTH"


def _go(change: Change, _surroundings: Surroundings) -> Answers:
    flows = compare.texts(change, _FLOWS)
    if flows is None or not flows.removed:
        return
    client = names.client(change.resource)
    if flows.removed != (_REFRESH,):
        text = f"Programs that sign users in to {client} by {names.listed(flows.removed)} fail"
    elif _rotation_starts(change):  # Cognito requires it with rotation
        return
    else:
        text = f"Sessions of {client} end with their access token: the refresh flow is removed"
    yield Meaning(text=f"{text}.", at=flows.at)


def _rotation_starts(change: Change) -> bool:
    """Return whether the change is known to enable rotation."""
    try:
        feature = compare.text(change, "refresh_token_rotation.feature", default="DISABLED")
    except UnknownValueError:
        return False
    return feature is not None and feature.after == RotationFeature.ENABLED


def _passwords_come(change: Change, _surroundings: Surroundings) -> Answers:
    flows = compare.texts(change, _FLOWS)
    added = sorted(_PASSWORD.intersection(flows.added)) if flows is not None else []
    if flows is not None and added:
        yield Meaning(
            text=f"{names.client(change.resource)} may send passwords to Cognito without SRP "
            f"({names.listed(added)}): an attacker who controls the program sees them.",
            at=flows.at,
        )


RULES: tuple[ChangeRule, ...] = (
    ChangeRule(
        id="CH25",
        slug="auth-flow-removed",
        title="A sign-in flow is removed",
        effect=Effect.BREAKS,
        severity=Severity.HIGH,
        resource_types=CLIENTS,
        remedy="keep the flow until no deployed program uses it",
        source="API, UserPoolClientType.ExplicitAuthFlows",
        check=_go,
    ),
    ChangeRule(
        id="CH26",
        slug="password-flow-added",
        title="A flow with plain passwords is added",
        effect=Effect.WEAKENS,
        severity=Severity.HIGH,
        resource_types=CLIENTS,
        remedy="use ALLOW_USER_SRP_AUTH or ALLOW_USER_AUTH",
        source="API, UserPoolClientType.ExplicitAuthFlows; RFC 9700 2.4",
        undecided_by=("CH25",),
        check=_passwords_come,
    ),
)
