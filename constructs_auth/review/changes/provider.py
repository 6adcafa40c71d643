"""The provider of a resource: another region, account, role or server."""

from constructs_auth.facts.provider_arguments import ENDPOINTS
from constructs_auth.review import names
from constructs_auth.review.change import Action, Change
from constructs_auth.review.provider_settings import PROVIDED, foreign_endpoints
from constructs_auth.review.rule import About, Answers, ChangeRule, Effect, Meaning, Surroundings
from constructs_auth.rules.rule import Severity
from constructs_auth.terraform.sensitive import without_login

_CHANGED = "CR27"
_ENDPOINT = "CR28"
_SAME = "It has the same provider"
_ALL = frozenset(Action) - {Action.READ, Action.GONE}


def _is_of_another_provider(change: Change, surroundings: Surroundings) -> Answers:
    found = surroundings.provider_changes.get(change.address)
    if found is None or surroundings.is_drift:
        return
    if found.first != change.address:
        yield Meaning(text=f"{_SAME}, which changes too.", follows=(_CHANGED, found.first))
        return
    what = f"Terraform manages {change.address} with another provider"
    if found.changed == {"alias"}:
        yield Meaning(
            text=f"{what}: {found.described()}. The arguments of both are the same.",
            severity=Severity.LOW,
        )
    else:
        yield Meaning(
            text=f"{what}, or with other arguments of it: {found.described()}.",
            severity=Severity.HIGH if found.is_elsewhere else Severity.MEDIUM,
        )


def _does_not_ask_aws(change: Change, surroundings: Surroundings) -> Answers:
    resource = change.resource
    if resource.provider is None or surroundings.is_drift:
        return
    deployed = surroundings.base.providers.get(resource.static_address, {})
    new = [
        f"{service} ({without_login(url)})"
        for service, url in sorted(foreign_endpoints(resource.provider).items())
        if deployed.get(f"{ENDPOINTS}.{service}") != url
    ]
    if not new:
        return
    first = surroundings.first_of_provider.get(resource.provider_key, change.address)
    if first != change.address:
        yield Meaning(text=f"{_SAME}.", follows=(_ENDPOINT, first))
        return
    yield Meaning(
        text=f"The provider of {change.address} does not call AWS: it sends the requests of "
        f"{names.listed(new)} to another server. The plan shows what that server returned.",
        at=ENDPOINTS,
    )


RULES: tuple[ChangeRule, ...] = (
    ChangeRule(
        id=_CHANGED,
        slug="provider-changed",
        title="Another provider, region, account or role manages a resource",
        effect=Effect.DIFFERS,
        severity=Severity.MEDIUM,
        resource_types=PROVIDED,
        remedy="make sure that it is the account and the region of the last apply (aws sts "
        "get-caller-identity), and plan with a refresh: Terraform must find every resource",
        source="Terraform 1.11.4: a plan names the provider of each resource, and not the one in "
        "its state; the Terraform JSON of --base and --synth",
        actions=_ALL,
        about=About.PLACE,
        check=_is_of_another_provider,
    ),
    ChangeRule(
        id=_ENDPOINT,
        slug="endpoint-not-aws",
        title="The provider sends requests to a server that is not AWS",
        effect=Effect.DIFFERS,
        severity=Severity.MEDIUM,
        resource_types=PROVIDED,
        remedy="remove endpoints from the provider, unless this plan is for an emulator",
        source="provider 5.100.0, endpoints; Terraform, configuration.provider_config of a plan; "
        "hosts: botocore, data/partitions.json",
        actions=_ALL,
        about=About.PLACE,
        check=_does_not_ask_aws,
    ),
)
