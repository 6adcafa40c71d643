"""Completes the brandings of the managed login."""

import uuid
from typing import Any

from moto.cognitoidp.exceptions import ResourceNotFoundError
from moto.cognitoidp.responses import CognitoIdpResponse
from moto.core.responses import ActionResult

from tests.emulator.completing import completes

_KEPT = ("UserPoolId", "UseCognitoProvidedValues", "Settings", "Assets")

_brandings: dict[tuple[str, str], dict[str, Any]] = {}


@completes(CognitoIdpResponse)
def create_managed_login_branding(_original: None, response: CognitoIdpResponse) -> ActionResult:
    """Keep the branding of a client; moto lacks the call."""
    asked = response.parameters
    response.backend.describe_user_pool_client(asked["UserPoolId"], asked["ClientId"])
    kept = {name: asked[name] for name in _KEPT if name in asked}
    kept["ManagedLoginBrandingId"] = str(uuid.uuid4())
    _brandings[asked["UserPoolId"], asked["ClientId"]] = kept
    return ActionResult({"ManagedLoginBranding": kept})


@completes(CognitoIdpResponse)
def describe_managed_login_branding_by_client(
    _original: None, response: CognitoIdpResponse
) -> ActionResult:
    """Return the branding of a client; moto lacks the call."""
    asked = response.parameters
    response.backend.describe_user_pool_client(asked["UserPoolId"], asked["ClientId"])
    found = _brandings.get((asked["UserPoolId"], asked["ClientId"]))
    if found is None:
        raise ResourceNotFoundError(asked["ClientId"])
    return ActionResult({"ManagedLoginBranding": found})
