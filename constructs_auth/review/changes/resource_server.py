"""The scopes of an API that clients can request."""

from constructs_auth.facts.replacing import PLANNED
from constructs_auth.facts.resource_types import RESOURCE_SERVER
from constructs_auth.review import names
from constructs_auth.review.change import Action, Change
from constructs_auth.review.rule import (
    GOES,
    About,
    Answers,
    ChangeRule,
    Effect,
    Meaning,
    Surroundings,
)
from constructs_auth.rules.rule import Severity
from constructs_auth.terraform.block import Block

_SOURCE = "API, UserPoolClientType.AllowedOAuthScopes, ResourceServerScopeType"


def _goes(change: Change, _surroundings: Surroundings) -> Answers:
    server = names.named(change.resource, "identifier")
    if change.action is Action.REPLACE and change.causes == ("name",):
        text = (
            f"Requests of clients for scopes of {server} fail while it is deleted and created again"
        )
    else:
        text = f"Clients that request scopes of {server} get invalid_scope, and tokens lack them"
    yield Meaning(text=f"{text}.", at=names.listed(change.causes))


def _loses_scopes(change: Change, _surroundings: Surroundings) -> Answers:
    if change.before is None or change.after is None or "scope" not in change.touched:
        return
    removed = sorted(_scopes(change.before.body) - _scopes(change.after.body))
    if removed:
        yield Meaning(
            text=f"Clients that request {names.listed(removed)} of "
            f"{names.named(change.resource, 'identifier')} get invalid_scope. The apply fails if a "
            "client still lists it.",
            at="scope",
        )


def _scopes(body: Block) -> frozenset[str]:
    return frozenset(
        name for block in body.blocks("scope") if (name := block.text("scope_name")) is not None
    )


RULES: tuple[ChangeRule, ...] = (
    ChangeRule(
        id="CR05",
        slug="resource-server-deleted-or-replaced",
        title="A resource server is deleted or replaced",
        effect=Effect.BREAKS,
        severity=Severity.HIGH,
        resource_types=(RESOURCE_SERVER,),
        remedy="keep name and identifier; changing either replaces",
        source=f"terraform-provider-aws #41347; {PLANNED}",
        actions=GOES,
        about=About.LOSS,
        check=_goes,
    ),
    ChangeRule(
        id="CH28B",
        slug="resource-server-scope-removed",
        title="Scopes of a resource server are removed",
        effect=Effect.BREAKS,
        severity=Severity.HIGH,
        resource_types=(RESOURCE_SERVER,),
        remedy="remove the scope from all clients first, in a separate apply",
        source=_SOURCE,
        check=_loses_scopes,
    ),
)
