"""Which sign-in flows of Cognito's API a client may have, by itself and in its pool."""

from constructs_auth.facts import limits
from constructs_auth.rules._client import (
    CLIENT,
    has_sign_in_pages,
    listed,
    undecided_at,
)
from constructs_auth.rules._pool import (
    pool_of,
)
from constructs_auth.rules.rule import Answers, Context, Family, Rule, Severity, Violation
from constructs_auth.terraform.block import Unknown
from constructs_auth.terraform.resource import Resource

_FLOWS = "explicit_auth_flows"
_CUSTOM = "ALLOW_CUSTOM_AUTH"
_PREFIX = "ALLOW_"
LEGACY_FLOWS = tuple(flow for flow in limits.AUTH_FLOWS if not flow.startswith(_PREFIX))
"""The names from before 2019, which have no prefix."""


def _known_names(client: Resource, _context: Context) -> Answers:
    flows = listed(client.body, _FLOWS)
    for flow in flows.known:
        if flow not in limits.AUTH_FLOWS:
            hint = f"{_PREFIX}{flow}"
            meant = f", which is written {hint}" if hint in limits.AUTH_FLOWS else ""
            yield Violation(
                text=f"must be flows that Cognito knows, got {flow!r}{meant}", at=_FLOWS
            )
    if flows.open is not None:
        yield undecided_at(_FLOWS, flows.open)


def _not_mixed(client: Resource, _context: Context) -> Answers:
    flows = listed(client.body, _FLOWS)
    old = [flow for flow in flows.known if flow in LEGACY_FLOWS]
    if old and any(flow.startswith(_PREFIX) for flow in flows.known):
        yield Violation(
            text=f"must not mix names with and without {_PREFIX}, got {', '.join(flows.known)}",
            at=_FLOWS,
        )
    elif flows.open is not None:
        yield undecided_at(_FLOWS, flows.open)


def _custom_needs_triggers(client: Resource, context: Context) -> Answers:
    flows = listed(client.body, _FLOWS)
    if _CUSTOM not in flows.known:
        if flows.open is not None:
            yield undecided_at(_FLOWS, flows.open)
        return
    pool = pool_of(client, context)
    triggers = pool if isinstance(pool, Unknown) else pool.body.peek_block("lambda_config")
    if isinstance(triggers, Unknown):
        yield undecided_at(_FLOWS, triggers)
        return
    trigger = None if triggers is None else triggers.peek_text("define_auth_challenge")
    if isinstance(trigger, Unknown):
        return  # a reference to a function that is made in the same apply
    if not trigger:
        yield Violation(
            text=f"must not hold {_CUSTOM} where the pool has no trigger define_auth_challenge",
            at=_FLOWS,
        )


def _pages_know_no_challenges(client: Resource, _context: Context) -> Answers:
    flows = listed(client.body, _FLOWS)
    if _CUSTOM not in flows.known and flows.open is None:
        return
    others = [one for one in flows.known if one not in {_CUSTOM, "ALLOW_REFRESH_TOKEN_AUTH"}]
    pages = has_sign_in_pages(client)
    if others or pages is False:
        return
    unknown = pages if isinstance(pages, Unknown) else flows.open
    if unknown is not None:
        yield undecided_at(_FLOWS, unknown)
    else:
        yield Violation(
            text=f"must not be {_CUSTOM} alone for a client with sign-in pages, which never ask "
            "its challenges",
            at=_FLOWS,
        )


KNOWN_FLOWS = Rule(
    id="CVH09",
    title="Sign-in flows have names that Cognito knows",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=CLIENT,
    why="Cognito refuses the client; USER_SRP_AUTH is the name of a request, the setting is "
    "ALLOW_USER_SRP_AUTH.",
    remedy="write names that begin with ALLOW_",
    source="API, ExplicitAuthFlowsType",
    check=_known_names,
)

FLOWS_NOT_MIXED = Rule(
    id="CVH09B",
    title="Old and new names of sign-in flows are not mixed",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=CLIENT,
    why="Cognito refuses a client with both.",
    remedy="write ALLOW_ADMIN_USER_PASSWORD_AUTH for ADMIN_NO_SRP_AUTH, ALLOW_CUSTOM_AUTH for "
    "CUSTOM_AUTH_FLOW_ONLY and ALLOW_USER_PASSWORD_AUTH for USER_PASSWORD_AUTH",
    source="API, CreateUserPoolClient, ExplicitAuthFlows; CG809",
    check=_not_mixed,
)

CUSTOM_NEEDS_TRIGGERS = Rule(
    id="CVF06B",
    title="A client with custom challenges has a pool that defines them",
    family=Family.VALIDITY,
    severity=Severity.WARNING,
    resource_type=CLIENT,
    why="Each sign-in with CUSTOM_AUTH ends in an error: no function says what to ask.",
    remedy="set lambda_config { define_auth_challenge, create_auth_challenge, "
    "verify_auth_challenge_response }, or take ALLOW_CUSTOM_AUTH out",
    source="developer guide, «Custom authentication challenge Lambda triggers»",
    check=_custom_needs_triggers,
)

PAGES_KNOW_NO_CHALLENGES = Rule(
    id="CVF07",
    title="Custom challenges are not the only flow of a client with sign-in pages",
    family=Family.VALIDITY,
    severity=Severity.WARNING,
    resource_type=CLIENT,
    why="Cognito's pages do not ask custom challenges: whoever signs in there is not asked them.",
    remedy="use a client of its own, without allowed_oauth_flows, for custom challenges",
    source="developer guide, «Things to know about authentication»",
    check=_pages_know_no_challenges,
)
