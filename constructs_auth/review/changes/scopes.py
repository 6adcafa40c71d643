"""Which scopes a client may ask for, and which there are."""

from constructs_auth.review import compare, names
from constructs_auth.review.change import Change
from constructs_auth.review.changes._types import CLIENTS, RESOURCE_SERVER
from constructs_auth.review.compare import SetChange
from constructs_auth.review.rule import Answers, ChangeRule, Effect, Meaning, Surroundings
from constructs_auth.rules.rule import Severity, Undecided
from constructs_auth.terraform.block import Block, Unknown

_ADMIN = "aws.cognito.signin.user.admin"
_SOURCE = "API, UserPoolClientType.AllowedOAuthScopes, ResourceServerScopeType"


def _changes(change: Change, _surroundings: Surroundings) -> Answers:
    moved = compare.texts(change, "allowed_oauth_scopes")
    if isinstance(moved, Undecided):
        yield moved
    elif isinstance(moved, SetChange):
        client = names.client(change.resource)
        if moved.removed:
            yield Meaning(
                text=f"{client} gets invalid_scope, and nobody can sign in to it, where it asks "
                f"for {names.listed(moved.removed)}.",
                at=moved.at,
                severity=Severity.HIGH,
            )
        for scope in moved.added:
            is_admin = scope == _ADMIN
            extra = ", with which they change attributes, password and MFA" if is_admin else ""
            yield Meaning(
                text=f"Tokens of {client} may carry {scope}{extra}.",
                at=moved.at,
                effect=Effect.WEAKENS,
                severity=Severity.HIGH if is_admin else Severity.LOW,
            )


def _go_from_server(change: Change, _surroundings: Surroundings) -> Answers:
    if change.before is None or change.after is None or "scope" not in change.touched:
        return
    before, after = _scopes(change.before.body), _scopes(change.after.body)
    if isinstance(before, Unknown) or isinstance(after, Unknown):
        yield Undecided(why="known after apply", at="scope")
        return
    removed = sorted(before - after)
    if removed:
        yield Meaning(
            text=f"Clients that ask {names.named(change.resource, 'identifier')} for "
            f"{names.listed(removed)} get invalid_scope, and Cognito refuses an apply in which "
            "a client still lists it.",
            at="scope",
        )


def _scopes(body: Block) -> frozenset[str] | Unknown:
    found = body.peek_blocks("scope")
    if isinstance(found, Unknown):
        return found
    scopes = [block.peek_text("scope_name") for block in found]
    unknown = next((scope for scope in scopes if isinstance(scope, Unknown)), None)
    return unknown or frozenset(scope for scope in scopes if isinstance(scope, str))


SCOPES_CHANGED = ChangeRule(
    id="CH28",
    title="Scopes of a client change",
    effect=Effect.BREAKS,
    severity=Severity.MEDIUM,
    resource_types=CLIENTS,
    remedy="keep scopes that deployed applications ask for; add no more than they need",
    source=_SOURCE,
    check=_changes,
)
SERVER_SCOPES_REMOVED = ChangeRule(
    id="CH28B",
    title="Scopes of a resource server are removed",
    effect=Effect.BREAKS,
    severity=Severity.HIGH,
    resource_types=(RESOURCE_SERVER,),
    remedy="take the scope from all clients first, in an apply of its own",
    source=_SOURCE,
    check=_go_from_server,
)
