"""Changes outside of the plan: prevent_destroy, and the version of the provider."""

from constructs_auth.facts.resource_types import (
    IDENTITY_POOL,
    IDENTITY_PROVIDER,
    USER_POOL,
    USER_POOL_CLIENT,
    USER_POOL_DOMAIN,
)
from constructs_auth.review import names
from constructs_auth.review.change import Action, Change
from constructs_auth.review.rule import Answers, ChangeRule, Effect, Meaning, Surroundings
from constructs_auth.rules.rule import Severity

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
)
