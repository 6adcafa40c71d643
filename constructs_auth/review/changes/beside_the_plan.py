"""What changes beside the plan: guards of the configuration, and the version of the provider."""

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


def _gets_another_provider(change: Change, surroundings: Surroundings) -> Answers:
    before, after = surroundings.base.provider_version, surroundings.source.provider_version
    pools = (one for one in surroundings.changes.values() if one.type == USER_POOL)
    if before and after and before != after and change is next(pools, None):
        yield Meaning(
            text=f"The AWS provider goes from {before} to {after}: a new version alone has "
            "replaced pools and users before, so look at what goes even where nobody wrote it.",
        )


def _loses_its_guard(change: Change, surroundings: Surroundings) -> Answers:
    address = change.resource.static_address
    if address not in surroundings.base.guarded or address in surroundings.source.guarded:
        return
    if change.type == USER_POOL:
        what = f"{names.pool(change.resource)} with {names.users(change.resource)}"
    else:
        what = names.named(change.resource, "name", "domain", "provider_name")
    if change.goes:
        yield Meaning(
            text=f"The guard that kept Terraform from destroying {what} is taken away, and this "
            "plan destroys it.",
            severity=Severity.CRITICAL,
        )
    else:
        yield Meaning(
            text=f"From then on a mistaken plan destroys {what}: prevent_destroy is gone."
        )


RULES: tuple[ChangeRule, ...] = (
    ChangeRule(
        id="CH46",
        slug="provider-version-changed",
        title="The version of the AWS provider changes",
        effect=Effect.BREAKS,
        severity=Severity.MEDIUM,
        resource_types=(USER_POOL,),
        remedy="apply the new version in a change of its own, and only when its plan is empty",
        source="terraform-provider-aws #35401, #38175; the lock files of --base and --synth",
        actions=_ANY,
        check=_gets_another_provider,
    ),
    ChangeRule(
        id="CH47",
        slug="prevent-destroy-removed",
        title="prevent_destroy is taken away",
        effect=Effect.WEAKENS,
        severity=Severity.HIGH,
        resource_types=_GUARDED,
        remedy="put lifecycle { prevent_destroy = true } back",
        source="Terraform, lifecycle; the Terraform JSON of --base and --synth",
        actions=_ANY,
        check=_loses_its_guard,
    ),
)
