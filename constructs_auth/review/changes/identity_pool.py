"""Who gets credentials of AWS from an identity pool."""

from collections.abc import Iterator

from constructs_auth.review import compare, names
from constructs_auth.review.change import Change
from constructs_auth.review.changes._types import IDENTITY_POOL
from constructs_auth.review.compare import AttributeChange, SetChange
from constructs_auth.review.rule import GOES, Answers, ChangeRule, Effect, Meaning, Surroundings
from constructs_auth.rules.rule import Severity, Undecided
from constructs_auth.terraform.block import Block, Unknown

_PROVIDERS = "cognito_identity_providers"
_SOURCE = "API, CreateIdentityPool; developer guide, «Identity pools»"


def _opens(change: Change, _surroundings: Surroundings) -> Answers:
    pool = names.named(change.resource, "identity_pool_name")
    guests = compare.flag(change, "allow_unauthenticated_identities", default=False)
    if isinstance(guests, Undecided):
        yield guests
    elif isinstance(guests, AttributeChange) and guests.after:
        yield Meaning(
            text=f"Anybody on the internet gets credentials of AWS from {pool} without an account.",
            at=guests.at,
            severity=Severity.CRITICAL,
        )
    classic = compare.flag(change, "allow_classic_flow", default=False)
    if isinstance(classic, Undecided):
        yield classic
    elif isinstance(classic, AttributeChange) and classic.after:
        yield Meaning(
            text=f"Users of {pool} may ask for any role that trusts it, without the limits that "
            "the enhanced flow puts on credentials.",
            at=classic.at,
        )
    yield from _checks_go(change, pool)


def _checks_go(change: Change, pool: str) -> Iterator[Meaning | Undecided]:
    if change.before is None or change.after is None or _PROVIDERS not in change.touched:
        return
    before, after = _checked(change.before.body), _checked(change.after.body)
    if isinstance(before, Unknown) or isinstance(after, Unknown):
        return
    for provider in sorted(name for name in before if before[name] and after.get(name) is False):
        yield Meaning(
            text=f"Users who were signed out or disabled in {provider} still get credentials "
            f"from {pool} until their token expires.",
            at=f"{_PROVIDERS}.server_side_token_check",
            severity=Severity.MEDIUM,
        )


def _loses_a_provider(change: Change, _surroundings: Surroundings) -> Answers:
    pool = names.named(change.resource, "identity_pool_name")
    if change.before is not None and change.after is not None and _PROVIDERS in change.touched:
        before, after = _checked(change.before.body), _checked(change.after.body)
        if isinstance(before, Unknown) or isinstance(after, Unknown):
            yield Undecided(why="known after apply", at=_PROVIDERS)
        else:
            gone = sorted(before.keys() - after.keys())
            if gone:
                yield _lost(gone, pool, _PROVIDERS)
    for argument in ("saml_provider_arns", "openid_connect_provider_arns"):
        moved = compare.texts(change, argument)
        if isinstance(moved, Undecided):
            yield moved
        elif isinstance(moved, SetChange) and moved.removed:
            yield _lost(moved.removed, pool, moved.at)


def _lost(providers: list[str] | tuple[str, ...], pool: str, at: str) -> Meaning:
    return Meaning(
        text=f"Users of {names.listed(providers)} get no credentials of AWS from {pool} any more.",
        at=at,
    )


def _checked(body: Block) -> dict[str, bool] | Unknown:
    """Give, for each user pool client, whether its tokens are checked at the server."""
    blocks = body.peek_blocks(_PROVIDERS)
    if isinstance(blocks, Unknown):
        return blocks
    found: dict[str, bool] = {}
    for block in blocks:
        name, client = block.peek_text("provider_name"), block.peek_text("client_id")
        check = block.peek_flag("server_side_token_check")
        for value in (name, client, check):
            if isinstance(value, Unknown):
                return value
        found[f"{name} (client {client})"] = check is True
    return found


def _goes(change: Change, _surroundings: Surroundings) -> Answers:
    yield Meaning(
        text=f"All identities of {names.named(change.resource, 'identity_pool_name')} are gone: "
        "users get new identity ids without their data, and roles that trust the pool's id "
        "trust nobody.",
        at=names.listed(change.causes),
    )


IDENTITY_POOL_OPENED = ChangeRule(
    id="CH40",
    title="An identity pool lets more in",
    effect=Effect.WEAKENS,
    severity=Severity.HIGH,
    resource_types=(IDENTITY_POOL,),
    remedy="keep guests and the classic flow off, and server_side_token_check on",
    source=_SOURCE,
    check=_opens,
)
IDENTITY_POOL_PROVIDER_REMOVED = ChangeRule(
    id="CH41",
    title="A provider is removed from an identity pool",
    effect=Effect.BREAKS,
    severity=Severity.HIGH,
    resource_types=(IDENTITY_POOL,),
    remedy="keep the provider until no application uses it for credentials",
    source=_SOURCE,
    check=_loses_a_provider,
)
IDENTITY_POOL_GOES = ChangeRule(
    id="CR11",
    title="An identity pool is deleted or replaced",
    effect=Effect.DESTROYS,
    severity=Severity.CRITICAL,
    resource_types=(IDENTITY_POOL,),
    remedy="put back the old identity_pool_name and developer_provider_name",
    source="terraform-provider-aws #49638; plan of provider 5.100.0",
    actions=GOES,
    check=_goes,
)
