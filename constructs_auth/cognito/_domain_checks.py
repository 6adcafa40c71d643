"""Which settings of a domain Cognito refuses together with those of its pool."""

from collections.abc import Collection, Iterator

from constructs_auth._tokens import is_concrete
from constructs_auth.cognito._user_pool_ref import UserPoolRef, passwordless_of, tier_of
from constructs_auth.facts.words import UserPoolTier
from constructs_auth.values.first_factors import Passkey
from constructs_auth.values.user_pool_domain import CustomDomain, Domain

CLASSIC = 1
MANAGED_LOGIN = 2
"""The two versions of the sign-in pages (API: ManagedLoginVersion)."""


def domain_problems(
    user_pool: UserPoolRef, domain: Domain, version: int, hosts: Collection[str]
) -> Iterator[str]:
    """Name what the pool does not allow; *hosts* are those of all its domains."""
    if version == MANAGED_LOGIN and tier_of(user_pool) is UserPoolTier.LITE:
        yield (
            "managed_login_version: must be 1 on the plan LITE, got 2; leave it out, or give the "
            "pool UserPoolTier.ESSENTIALS"
        )
    for party in _relying_parties(user_pool, domain, version):
        # One of two domains may be without passkeys (API: CreateUserPoolDomain).
        if is_concrete(tuple(hosts)) and not any(_is_in(host, party) for host in hosts):
            yield (
                "domain: must be the relying party of the pool's passkeys or below it, got "
                f"{_name(domain)!r} where Passkey.relying_party_id is {party!r}; no browser "
                "offers the passkeys there, choose another domain, or another relying party while "
                "nobody has a passkey"
            )


def domain_warnings(user_pool: UserPoolRef, domain: Domain, version: int) -> Iterator[str]:
    """Name what may work although AWS says otherwise (API: RelyingPartyIdType's member)."""
    for party in _relying_parties(user_pool, domain, version):
        if party != _name(domain) and _is_in(_name(domain), party):
            yield (
                f"domain is {_name(domain)!r}, and AWS says that Passkey.relying_party_id must be "
                f"the same, not {party!r}; try a passkey on the pages before users register theirs"
            )


def _relying_parties(user_pool: UserPoolRef, domain: Domain, version: int) -> Iterator[str]:
    """The relying party, where a custom domain has pages that offer passkeys."""
    if version != MANAGED_LOGIN or not isinstance(domain, CustomDomain):
        return
    for factor in passwordless_of(user_pool):
        if isinstance(factor, Passkey) and is_concrete((factor.relying_party_id, domain.domain)):
            yield factor.relying_party_id


def _is_in(host: str, party: str) -> bool:
    return f".{host}".endswith(f".{party}")


def _name(domain: Domain) -> str:
    return domain.domain if isinstance(domain, CustomDomain) else domain.prefix
