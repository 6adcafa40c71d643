"""Which attributes look as if they said what a user may do."""

import re
from functools import lru_cache

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_PRIVILEGED = frozenset(
    {
        "acl",
        "admin",
        "entitlement",
        "entitlements",
        "group",
        "groups",
        "permission",
        "permissions",
        "plan",
        "privilege",
        "privileges",
        "role",
        "roles",
        "tenant",
        "tenantid",
        "tenants",
    }
)


@lru_cache(maxsize=1024)
def looks_privileged(attribute: str) -> bool:
    """Say whether *attribute* is the pool's own and one of its words is such as `role`.

    Words, not parts of them: `custom:plan` and `custom:isAdmin` are meant, `custom:planet` and
    `custom:department` are not.
    """
    if not attribute.startswith("custom:"):
        return False
    words = _WORD.findall(attribute.removeprefix("custom:"))
    return any(word.lower() in _PRIVILEGED for word in words)
