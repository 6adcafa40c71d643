"""What Cognito asks of a domain together with its pool."""

from constructs_auth.rules._client import (
    listed,
    undecided_at,
)
from constructs_auth.rules._domain import DOMAIN, is_custom
from constructs_auth.rules._pool import (
    first_unknown,
)
from constructs_auth.rules.rule import Answers, Context, Family, Rule, Severity, Violation
from constructs_auth.terraform.block import Block, Unknown
from constructs_auth.terraform.resource import Resource

_VERSION, _NAME = "managed_login_version", "domain"
_PARTY = "relying_party_id"


def _one_of_each_kind(domain: Resource, context: Context) -> Answers:
    pool = context.configuration.target(domain, "user_pool_id")
    if not isinstance(pool, Resource):
        if pool is not None:
            yield undecided_at(_NAME, pool)
        return
    custom = is_custom(domain)
    for other in context.configuration.members(pool, DOMAIN).resources:
        if other is domain:
            return
        others = is_custom(other)
        unknown = first_unknown(custom, others)
        if unknown is not None:
            yield undecided_at(_NAME, unknown)
        elif custom is others:
            kind = "custom domain" if custom else "prefix"
            yield Violation(
                text=f"must be the only {kind} of its pool, got one beside {other.address}",
                at=_NAME,
            )
            return


def _passkeys_say_for_whom(domain: Resource, context: Context) -> Answers:
    pool = context.configuration.target(domain, "user_pool_id")
    if not isinstance(pool, Resource) or is_custom(domain) is not True:
        if isinstance(pool, Unknown):
            yield undecided_at(_NAME, pool)
        return
    policy = pool.body.peek_block("sign_in_policy")
    if not isinstance(policy, Block):
        return
    factors = listed(policy, "allowed_first_auth_factors")
    party = _relying_party(pool)
    if party is not None or (factors.open is None and "WEB_AUTHN" not in factors.known):
        return
    if "WEB_AUTHN" in factors.known:
        yield Violation(
            text=f"must come with web_authn_configuration.{_PARTY} where the pool has passkeys",
            at=_NAME,
        )
    elif factors.open is not None:
        yield undecided_at(_NAME, factors.open)


def _relying_party(pool: Resource) -> str | Unknown | None:
    passkeys = pool.body.peek_block("web_authn_configuration")
    return passkeys.peek_text(_PARTY) if isinstance(passkeys, Block) else passkeys


ONE_OF_EACH_KIND = Rule(
    id="CVI06",
    title="A pool has at most one prefix and one custom domain",
    family=Family.VALIDITY,
    severity=Severity.WARNING,
    resource_type=DOMAIN,
    why="Cognito knows one of each, and probably refuses the second.",
    remedy="take one of the two out",
    source="API, UserPoolType, Domain and CustomDomain",
    check=_one_of_each_kind,
)

PASSKEYS_SAY_FOR_WHOM = Rule(
    id="CVI07",
    title="A pool with passkeys and a custom domain names its relying party",
    family=Family.VALIDITY,
    severity=Severity.WARNING,
    resource_type=DOMAIN,
    why="A custom domain changes the default relying party: passkeys that users registered "
    "before stop working.",
    remedy="set web_authn_configuration { relying_party_id } on the pool to the custom domain",
    source="API, CreateUserPoolDomain, CustomDomainConfig",
    check=_passkeys_say_for_whom,
)
