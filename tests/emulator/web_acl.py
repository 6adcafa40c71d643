"""Completes AWS WAF: the web ACLs that protect user pools."""

from moto.core.exceptions import JsonRESTError
from moto.wafv2.models import WAFV2Backend

from tests.emulator.completing import Original, completes


@completes(WAFV2Backend)
def delete_web_acl(
    original: Original, backend: WAFV2Backend, name: str, scope: str, _id: str, lock_token: str
) -> None:
    """Refuse to delete a web ACL that protects a resource."""
    if backend.get_web_acl(None, name, _id).associated_resources:
        raise JsonRESTError(
            "WAFAssociatedItemException",
            "AWS WAF couldn't perform the operation because your resource is being used by "
            "another resource or it's associated with another resource.",
        )
    original(backend, name, scope, _id, lock_token)
