"""Completes the domains of user pools, and the classic sign-in pages that they serve."""

from moto.cognitoidp.exceptions import InvalidParameterException
from moto.cognitoidp.responses import CognitoIdpResponse
from moto.core.responses import ActionResult

from tests.emulator.completing import Original, completes

_ALL = "ALL"

_managed_login_versions: dict[str, int] = {}
_customizations: dict[tuple[str, str], dict[str, str]] = {}


@completes(CognitoIdpResponse)
def create_user_pool_domain(original: Original, response: CognitoIdpResponse) -> ActionResult:
    """Keep the version of the sign-in pages."""
    asked = response.parameters
    _managed_login_versions[asked["Domain"]] = asked.get("ManagedLoginVersion", 1)
    reply: ActionResult = original(response)
    return reply


@completes(CognitoIdpResponse)
def update_user_pool_domain(original: Original, response: CognitoIdpResponse) -> ActionResult:
    """Change the version of the sign-in pages."""
    asked = response.parameters
    kept = _managed_login_versions.get(asked["Domain"], 1)
    _managed_login_versions[asked["Domain"]] = asked.get("ManagedLoginVersion", kept)
    reply: ActionResult = original(response)
    return reply


@completes(CognitoIdpResponse)
def describe_user_pool_domain(_original: Original, response: CognitoIdpResponse) -> ActionResult:
    """Return account, certificate and version of the pages; moto invents an account."""
    name = response.parameters["Domain"]
    domain = response.backend.describe_user_pool_domain(name)
    if domain is None:
        return ActionResult({"DomainDescription": {}})
    answer = domain.to_json() | {
        "AWSAccountId": response.current_account,
        "CustomDomainConfig": domain.custom_domain_config,
        "ManagedLoginVersion": _managed_login_versions.get(name, 1),
    }
    return ActionResult({"DomainDescription": answer})


@completes(CognitoIdpResponse)
def set_ui_customization(_original: None, response: CognitoIdpResponse) -> ActionResult:
    """Change the classic pages of a pool that has a domain; moto lacks the call."""
    asked = response.parameters
    pool = response.backend.describe_user_pool(asked["UserPoolId"])
    if pool.domain is None:
        raise InvalidParameterException(
            "There has to be an existing domain associated with this user pool"
        )
    answer = {"UserPoolId": pool.id, "ClientId": asked.get("ClientId", _ALL)}
    if "CSS" in asked:
        answer |= {"CSS": asked["CSS"], "CSSVersion": "20260101000000"}
    if "ImageFile" in asked:
        answer |= {"ImageUrl": f"https://{pool.domain.domain}.example/image.png"}
    _customizations[pool.id, answer["ClientId"]] = answer
    return ActionResult({"UICustomization": answer})


@completes(CognitoIdpResponse)
def get_ui_customization(_original: None, response: CognitoIdpResponse) -> ActionResult:
    """Return what was changed on the classic pages, of a client or of all; moto lacks the call."""
    asked = response.parameters
    pool_id = response.backend.describe_user_pool(asked["UserPoolId"]).id
    of_all = _customizations.get((pool_id, _ALL), {})
    answer = _customizations.get((pool_id, asked.get("ClientId", _ALL)), of_all)
    return ActionResult({"UICustomization": answer})
