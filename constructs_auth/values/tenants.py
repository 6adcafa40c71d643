"""Spreads tenants over several stacks, so that one more tenant moves nobody."""

from collections.abc import Collection
from hashlib import sha256

from constructs_auth import _checks
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import limits


def spread_tenants(tenants: Collection[str], *, stacks: int) -> tuple[tuple[str, ...], ...]:
    """Say which tenants belong into which stack.

    The place of a tenant follows from its id and from *stacks* alone: neither the order of
    *tenants* nor who else is among them matters.

    **Can never be changed** while there are users: *stacks*, and the id of a tenant. Another
    number puts most tenants into other stacks, which deletes their pools.

    Args:
        tenants: Their ids: 1 to 48 lower-case letters, digits, `_` and `-`, beginning with a
            letter, so that `f"{tenant}_users"` can be the id of a construct.
        stacks: How many stacks there are, 1 to 1,000.

    Returns:
        For each stack its tenants in alphabetical order; a stack may have none yet.

    Raises:
        InvalidValueError: An id that cannot be one, one that is there twice, or another number.
    """
    _checks.whole_number(
        "spread_tenants.stacks",
        stacks,
        limits.TENANT_STACKS,
        remedy="choose one for about 50 tenants that there may ever be",
    )
    if isinstance(tenants, str) or not isinstance(tenants, Collection):
        raise InvalidValueError(
            "spread_tenants.tenants",
            "must be a collection of ids",
            got=tenants,
            remedy="write ['acme', 'zeta']",
        )
    seen: set[str] = set()
    for at, tenant in enumerate(tenants):
        subject = f"spread_tenants.tenants[{at}]"
        _checks.text(
            subject, tenant, limits.TENANT_ID, remedy="give the tenant a plain id, such as 'acme'"
        )
        if tenant in seen:
            raise InvalidValueError(
                subject, "must not repeat", got=tenant, remedy="name each tenant once"
            )
        seen.add(tenant)
    places: list[list[str]] = [[] for _ in range(stacks)]
    for tenant in sorted(seen):
        places[_place(tenant, stacks)].append(tenant)
    return tuple(map(tuple, places))


def _place(tenant: str, stacks: int) -> int:
    """Give the same number in every process and every release: pools depend on it."""
    return int.from_bytes(sha256(tenant.encode()).digest()[:8]) % stacks
