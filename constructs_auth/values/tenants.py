"""Distribute tenants over several stacks, so that a new tenant does not move the others."""

from collections.abc import Collection
from hashlib import sha256

from constructs_auth import _checks
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import limits


def spread_tenants(tenants: Collection[str], *, stacks: int) -> tuple[tuple[str, ...], ...]:
    """Return which tenants belong to which stack.

    The stack of a tenant depends only on its id and on *stacks*, not on the order of *tenants* or
    on other tenants.

    **Do not change** *stacks* or the id of a tenant while there are users. With another number,
    most tenants move to another stack. Terraform deletes their pools, with all users, and creates
    empty ones.

    Args:
        tenants: The ids of the tenants: 1 to 48 lower-case letters, digits, `_` and `-`, beginning
            with a letter, so that `f"{tenant}_users"` can be the id of a construct.
        stacks: The number of stacks, 1 to 1,000.

    Returns:
        The tenants of each stack, in alphabetical order; a stack may have none yet.

    Raises:
        InvalidValueError: An invalid id, a repeated id, or an invalid number of stacks.
    """
    _checks.whole_number(
        "spread_tenants.stacks",
        stacks,
        limits.TENANT_STACKS,
        remedy="choose one stack for about 50 expected tenants",
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
    """Return the same number in every process and every release, because pools depend on it."""
    return int.from_bytes(sha256(tenant.encode()).digest()[:8]) % stacks
