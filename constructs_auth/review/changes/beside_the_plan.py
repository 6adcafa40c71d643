"""What a plan does not show: prevent_destroy, the provider's version, arguments that stay."""

from collections.abc import Mapping

from constructs_auth.facts.kept_arguments import KEPT
from constructs_auth.facts.resource_types import (
    IDENTITY_POOL,
    IDENTITY_PROVIDER,
    USER_POOL,
    USER_POOL_CLIENT,
    USER_POOL_DOMAIN,
)
from constructs_auth.review import names
from constructs_auth.review.change import Action, Change
from constructs_auth.review.rule import About, Answers, ChangeRule, Effect, Meaning, Surroundings
from constructs_auth.rules.rule import Severity, Undecided
from constructs_auth.terraform.block import Block

_EMPTY: tuple[object, ...] = (None, "", [], {})
_STAYS = frozenset({Action.UPDATE, Action.MOVE, Action.NOTHING})
_ANY = frozenset({Action.DELETE, Action.REPLACE, Action.UPDATE, Action.MOVE, Action.NOTHING})
_GUARDED = (USER_POOL, USER_POOL_CLIENT, USER_POOL_DOMAIN, IDENTITY_PROVIDER, IDENTITY_POOL)


def _provider_version_changes(change: Change, surroundings: Surroundings) -> Answers:
    before, after = surroundings.base.provider_version, surroundings.source.provider_version
    pools = (one for one in surroundings.changes.values() if one.type == USER_POOL)
    if before and after and before != after and change is next(pools, None):
        yield Meaning(
            text=f"The AWS provider changes from {before} to {after}. A new version alone has "
            "replaced pools and users before: check for deletions that no change to the program "
            "explains.",
        )


def _loses_prevent_destroy(change: Change, surroundings: Surroundings) -> Answers:
    address = change.resource.static_address
    if address not in surroundings.base.guarded or address in surroundings.source.guarded:
        return
    if address in surroundings.source.perhaps_guarded:
        yield Undecided(why="prevent_destroy is an expression", at="lifecycle")
        return
    if change.type == USER_POOL:
        what = f"{names.pool(change.resource)} with {names.users(change.resource)}"
    else:
        what = names.named(change.resource, "name", "domain", "provider_name")
    if change.goes:
        yield Meaning(
            text=f"The change removes prevent_destroy, which protects {what}, and this plan "
            "destroys it.",
            severity=Severity.CRITICAL,
        )
    else:
        yield Meaning(
            text=f"From now on, a mistaken plan can destroy {what}: prevent_destroy is removed."
        )


def _keeps_what_is_removed(change: Change, surroundings: Surroundings) -> Answers:
    if change.before is None or change.after is None:
        return
    address = change.resource.static_address
    before = surroundings.base.arguments.get(address)
    after = surroundings.source.arguments.get(address)
    if before is None or after is None:
        return
    kept = [
        path
        for path in sorted(KEPT.get(change.type, frozenset()) & before - after)
        if path.rpartition(".")[0] in {"", *after}
        and _value(change.after.body, path) == _value(change.before.body, path)
        and _value(change.after.body, path) is not None
    ]
    if kept:
        yield Meaning(
            text=f"The removal of {names.listed(kept)} from the configuration changes nothing: "
            "the provider keeps what Cognito has.",
            at=names.listed(kept),
        )


def _value(body: Block, path: str) -> object:
    """Return the value of an argument, or of one in a block; `None` if it is not set."""
    block, _, name = path.rpartition(".")
    found: object = body.values
    for step in (block, name) if block else (name,):
        found = found[0] if isinstance(found, list) and found else found
        found = found.get(step) if isinstance(found, Mapping) else None
    return None if found in _EMPTY else found


RULES: tuple[ChangeRule, ...] = (
    ChangeRule(
        id="CH46",
        slug="provider-version-changed",
        title="The version of the AWS provider changes",
        effect=Effect.BREAKS,
        severity=Severity.MEDIUM,
        resource_types=(USER_POOL,),
        remedy="apply the new version in a separate change, and only when its plan is empty",
        source="terraform-provider-aws #35401, #38175; the lock files of --base and --synth",
        actions=_ANY,
        about=About.PLACE,
        check=_provider_version_changes,
    ),
    ChangeRule(
        id="CH47",
        slug="prevent-destroy-removed",
        title="prevent_destroy is removed",
        effect=Effect.WEAKENS,
        severity=Severity.HIGH,
        resource_types=_GUARDED,
        remedy="restore lifecycle { prevent_destroy = true }",
        source="Terraform, lifecycle; the Terraform JSON of --base and --synth",
        actions=_ANY,
        check=_loses_prevent_destroy,
    ),
    ChangeRule(
        id="CH48",
        slug="removed-argument-kept",
        title="An argument is removed and stays as it is",
        effect=Effect.DIFFERS,
        severity=Severity.LOW,
        resource_types=tuple(sorted(KEPT)),
        remedy="write the value that you want; an empty list, as in callback_urls = [], clears a "
        "list of a client",
        source="provider 5.100.0: optional and computed arguments; the Terraform JSON of --base "
        "and --synth",
        actions=_STAYS,
        check=_keeps_what_is_removed,
    ),
)
