"""The OAuth flows and the scopes of a client."""

from constructs_auth.facts.resource_types import CLIENTS
from constructs_auth.facts.words import OAuthFlow, OAuthScope
from constructs_auth.review import compare, names
from constructs_auth.review.change import Change
from constructs_auth.review.rule import (
    Answers,
    ChangeRule,
    Effect,
    Meaning,
    Surroundings,
)
from constructs_auth.rules.rule import Severity, separately

_SOURCE = "API, UserPoolClientType.AllowedOAuthScopes, ResourceServerScopeType"


def _flows_change(change: Change, _surroundings: Surroundings) -> Answers:
    client = names.client(change.resource)
    return separately(_has_other_flows(change, client), _is_turned_off(change, client))


def _has_other_flows(change: Change, client: str) -> Answers:
    flows = compare.texts(change, "allowed_oauth_flows")
    if flows is None:
        return
    if flows.removed:
        yield Meaning(
            text=f"{client} gets the error unauthorized_client when it uses the OAuth flow "
            f"{names.listed(flows.removed)}.",
            at=flows.at,
        )
    if OAuthFlow.IMPLICIT in flows.added:
        yield Meaning(
            text=f"{client} may get tokens in the URL of a page, where the browser history and "
            "other scripts can read them.",
            at=flows.at,
            effect=Effect.WEAKENS,
        )


def _is_turned_off(change: Change, client: str) -> Answers:
    enabled = compare.flag(change, "allowed_oauth_flows_user_pool_client", default=False)
    if enabled is not None and enabled.before:
        yield Meaning(
            text=f"{client} can no longer use the sign-in pages: OAuth is disabled for it.",
            at=enabled.at,
        )


def _scopes_change(change: Change, _surroundings: Surroundings) -> Answers:
    scopes = compare.texts(change, "allowed_oauth_scopes")
    if scopes is None:
        return
    client = names.client(change.resource)
    if scopes.removed:
        yield Meaning(
            text=f"{client} gets the error invalid_scope when it requests "
            f"{names.listed(scopes.removed)}: sign-in fails.",
            at=scopes.at,
            severity=Severity.HIGH,
        )
    for scope in scopes.added:
        is_admin = scope == OAuthScope.COGNITO_ADMIN
        extra = ", which allows changes of attributes, password and MFA" if is_admin else ""
        yield Meaning(
            text=f"Tokens of {client} may have the scope {scope}{extra}.",
            at=scopes.at,
            effect=Effect.WEAKENS,
            severity=Severity.HIGH if is_admin else Severity.LOW,
        )


RULES: tuple[ChangeRule, ...] = (
    ChangeRule(
        id="CH24",
        slug="oauth-flows-changed",
        title="OAuth flows change",
        effect=Effect.BREAKS,
        severity=Severity.HIGH,
        resource_types=CLIENTS,
        remedy="keep the flow that deployed applications use; prefer code with PKCE to implicit",
        source="API, UserPoolClientType.AllowedOAuthFlows; RFC 9700 2.1.2",
        check=_flows_change,
    ),
    ChangeRule(
        id="CH28",
        slug="client-scopes-changed",
        title="Scopes of a client change",
        effect=Effect.BREAKS,
        severity=Severity.MEDIUM,
        resource_types=CLIENTS,
        remedy="keep scopes that deployed applications request; add no more than they need",
        source=_SOURCE,
        check=_scopes_change,
    ),
)
