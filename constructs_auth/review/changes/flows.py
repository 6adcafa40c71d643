"""By which flows a client may sign people in."""

from constructs_auth.review import compare, names
from constructs_auth.review.change import Change
from constructs_auth.review.changes._types import CLIENTS
from constructs_auth.review.compare import AttributeChange, SetChange
from constructs_auth.review.rule import Answers, ChangeRule, Effect, Meaning, Surroundings
from constructs_auth.rules.rule import Severity, Undecided

_AUTH = "explicit_auth_flows"
_PASSWORD = frozenset(
    {
        "ADMIN_NO_SRP_AUTH",
        "ALLOW_ADMIN_USER_PASSWORD_AUTH",
        "ALLOW_USER_PASSWORD_AUTH",
        "USER_PASSWORD_AUTH",
    }
)
_REFRESH = "ALLOW_REFRESH_TOKEN_AUTH"


def _oauth_flows(change: Change, _surroundings: Surroundings) -> Answers:
    moved = compare.texts(change, "allowed_oauth_flows")
    if isinstance(moved, Undecided):
        yield moved
    elif isinstance(moved, SetChange):
        if moved.removed:
            yield Meaning(
                text=f"{names.client(change.resource)} gets unauthorized_client where it uses "
                f"the OAuth flow {names.listed(moved.removed)}.",
                at=moved.at,
            )
        if "implicit" in moved.added:
            yield Meaning(
                text=f"{names.client(change.resource)} may get tokens in the address of a page, "
                "where the browser's history and other scripts can read them.",
                at=moved.at,
                effect=Effect.WEAKENS,
            )
    enabled = compare.flag(change, "allowed_oauth_flows_user_pool_client", default=False)
    if isinstance(enabled, Undecided):
        yield enabled
    elif isinstance(enabled, AttributeChange) and enabled.before:
        yield Meaning(
            text=f"{names.client(change.resource)} can no longer use the sign-in pages: OAuth is "
            "off for it.",
            at=enabled.at,
        )


def _auth_flows_go(change: Change, _surroundings: Surroundings) -> Answers:
    moved = compare.texts(change, _AUTH)
    if isinstance(moved, Undecided):
        yield moved
        return
    if not isinstance(moved, SetChange) or not moved.removed or _rotation_starts(change):
        return
    client = names.client(change.resource)
    if moved.removed == (_REFRESH,):
        text = f"Sessions of {client} end with their access token: it can no longer be refreshed"
    else:
        text = f"Programs of {client} that sign people in by {names.listed(moved.removed)} fail"
    yield Meaning(text=f"{text}.", at=moved.at)


def _rotation_starts(change: Change) -> bool:
    """Say whether only the refresh flow goes, as Cognito demands where tokens rotate."""
    moved = compare.texts(change, _AUTH)
    feature = compare.text(change, "refresh_token_rotation.feature", default="DISABLED")
    only = isinstance(moved, SetChange) and moved.removed == (_REFRESH,)
    return only and isinstance(feature, AttributeChange) and feature.after == "ENABLED"


def _password_flows_come(change: Change, _surroundings: Surroundings) -> Answers:
    moved = compare.texts(change, _AUTH)
    if isinstance(moved, SetChange):
        added = sorted(_PASSWORD.intersection(moved.added))
        if added:
            yield Meaning(
                text=f"{names.client(change.resource)} may send passwords as they are to Cognito "
                f"({names.listed(added)}): whoever controls the program sees them.",
                at=moved.at,
            )


OAUTH_FLOWS_CHANGED = ChangeRule(
    id="CH24",
    title="OAuth flows change",
    effect=Effect.BREAKS,
    severity=Severity.HIGH,
    resource_types=CLIENTS,
    remedy="keep the flow that deployed applications use; prefer code with PKCE to implicit",
    source="API, UserPoolClientType.AllowedOAuthFlows; RFC 9700 2.1.2",
    check=_oauth_flows,
)
AUTH_FLOW_REMOVED = ChangeRule(
    id="CH25",
    title="A sign-in flow is removed",
    effect=Effect.BREAKS,
    severity=Severity.HIGH,
    resource_types=CLIENTS,
    remedy="keep the flow until no deployed program uses it",
    source="API, UserPoolClientType.ExplicitAuthFlows",
    check=_auth_flows_go,
)
PASSWORD_FLOW_ADDED = ChangeRule(
    id="CH26",
    title="A flow with plain passwords is added",
    effect=Effect.WEAKENS,
    severity=Severity.HIGH,
    resource_types=CLIENTS,
    remedy="use ALLOW_USER_SRP_AUTH or ALLOW_USER_AUTH",
    source="API, UserPoolClientType.ExplicitAuthFlows; RFC 9700 2.4",
    check=_password_flows_come,
)
