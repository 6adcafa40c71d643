"""Which settings of a domain Cognito refuses together with those of its pool."""

from collections.abc import Iterator

from constructs_auth._tokens import is_concrete
from constructs_auth.cognito.user_pool import UserPool
from constructs_auth.values.first_factors import Passkey
from constructs_auth.values.user_pool_domain import CustomDomain, Domain
from constructs_auth.values.user_pool_tier import UserPoolTier

CLASSIC = 1
MANAGED_LOGIN = 2
"""The two versions of the sign-in pages (API: ManagedLoginVersion)."""


def domain_problems(user_pool: UserPool, domain: Domain, version: int) -> Iterator[str]:
    """Name what the pool does not allow."""
    if version != MANAGED_LOGIN:
        return
    if user_pool.user_pool_tier is UserPoolTier.LITE:
        yield (
            "managed_login_version: must be 1 on the plan LITE, got 2; leave it out, or give the "
            "pool UserPoolTier.ESSENTIALS"
        )
    if not isinstance(domain, CustomDomain) or not is_concrete(domain.domain):
        return
    for factor in user_pool.passwordless:
        if (
            isinstance(factor, Passkey)
            and is_concrete(factor.relying_party_id)
            and not f".{domain.domain}".endswith(f".{factor.relying_party_id}")
        ):
            yield (
                "domain: must be the relying party of the pool's passkeys or below it, got "
                f"{domain.domain!r} where Passkey.relying_party_id is "
                f"{factor.relying_party_id!r}; no browser offers the passkeys there, choose "
                "another domain, or another relying party while nobody has a passkey"
            )
