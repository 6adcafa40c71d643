"""Completes what users do with their own account: attributes and their codes, deletion."""

from typing import Any

from moto.cognitoidp.exceptions import InvalidParameterException, NotAuthorizedError
from moto.cognitoidp.models import CognitoIdpUser, CognitoIdpUserPool, UserStatus
from moto.cognitoidp.responses import CognitoIdpResponse
from moto.core.responses import ActionResult, EmptyResult

from tests.emulator.aliases import take_alias
from tests.emulator.app_client import find_signed_in
from tests.emulator.codes import Attribute, delivery, forget_codes, send_code, take_code
from tests.emulator.completing import Original, completes

_MINUTES = 24 * 60
_ADDRESSES: tuple[Attribute, ...] = ("email", "phone_number")
_waiting: dict[tuple[str, str], str] = {}


@completes(CognitoIdpResponse)
def get_user(_original: Original, response: CognitoIdpResponse) -> ActionResult:
    """Return the user of an access token that has the scope for it."""
    _, _, user = find_signed_in(response.parameters["AccessToken"])
    answer = user.to_json(extended=True, attributes_key="UserAttributes")
    if not answer["PreferredMfaSetting"]:
        del answer["PreferredMfaSetting"]
    return ActionResult(answer)


@completes(CognitoIdpResponse)
def change_password(_original: Original, response: CognitoIdpResponse) -> ActionResult:
    """Change the password of whoever knows the old one."""
    asked = response.parameters
    pool, _, user = find_signed_in(asked["AccessToken"])
    if user.password is not None and asked.get("PreviousPassword") != user.password:
        raise NotAuthorizedError("Incorrect username or password.")
    pool.backend._validate_password(pool.id, asked["ProposedPassword"])  # noqa: SLF001 - moto's
    user.password = asked["ProposedPassword"]
    user.status = UserStatus.CONFIRMED
    return EmptyResult()


@completes(CognitoIdpResponse)
def delete_user(_original: None, response: CognitoIdpResponse) -> ActionResult:
    """Delete whoever asks for it; moto lacks the call."""
    pool, _, user = find_signed_in(response.parameters["AccessToken"])
    pool.sign_out(user.username)
    forget_codes(user)
    pool.backend.admin_delete_user(pool.id, user.username)
    return EmptyResult()


@completes(CognitoIdpResponse)
def update_user_attributes(_original: Original, response: CognitoIdpResponse) -> ActionResult:
    """Change attributes that the client may write, and send a code to a new address."""
    asked = response.parameters
    pool, client, user = find_signed_in(asked["AccessToken"])
    writable = client.extended_config.get("WriteAttributes")
    attributes = {one["Name"]: one["Value"] for one in asked["UserAttributes"]}
    for name in attributes:
        if (writable and name not in writable) or name.endswith("_verified"):
            raise NotAuthorizedError("A client attempted to write unauthorized attribute")
    if "preferred_username" in attributes:
        name = attributes["preferred_username"]
        take_alias(pool, user, "preferred_username", value=name, force=False)
    sent = []
    for name in _ADDRESSES:
        if name in attributes and attributes[name] != user.attribute_lookup.get(name):
            pool.backend._verify_email_is_not_used(  # noqa: SLF001 - moto's check
                pool.id, attributes[name] if name == "email" else None
            )
            sent.extend(_change_address(pool, user, name, attributes))
    user.update_attributes([{"Name": key, "Value": value} for key, value in attributes.items()])
    return ActionResult({"CodeDeliveryDetailsList": sent})


@completes(CognitoIdpResponse)
def delete_user_attributes(_original: None, response: CognitoIdpResponse) -> ActionResult:
    """Delete attributes, and what was verified of them; moto lacks the call."""
    asked = response.parameters
    pool, _, user = find_signed_in(asked["AccessToken"])
    for name in asked["UserAttributeNames"]:
        schema = pool.schema_attributes.get(name)
        if schema is not None and schema.required:
            raise InvalidParameterException(f"user.{name}: Attribute is required.")
    names = [name for name in asked["UserAttributeNames"] if name in user.attribute_lookup]
    verified = [f"{name}_verified" for name in names]
    user.delete_attributes([*names, *(name for name in verified if name in user.attribute_lookup)])
    return EmptyResult()


@completes(CognitoIdpResponse)
def get_user_attribute_verification_code(
    _original: None, response: CognitoIdpResponse
) -> ActionResult:
    """Send a code to an address of a user; moto lacks the call."""
    asked = response.parameters
    _, _, user = find_signed_in(asked["AccessToken"])
    attribute = _address(asked["AttributeName"])
    address = _waiting.get((user.id, attribute)) or user.attribute_lookup.get(attribute)
    if not address:
        raise InvalidParameterException(f"User does not have {attribute}")
    send_code(user, f"verify {attribute}", attribute, minutes=_MINUTES, address=address)
    return ActionResult({"CodeDeliveryDetails": delivery(attribute, address)})


@completes(CognitoIdpResponse)
def verify_user_attribute(_original: None, response: CognitoIdpResponse) -> ActionResult:
    """Verify an address by its code; moto lacks the call."""
    asked = response.parameters
    pool, _, user = find_signed_in(asked["AccessToken"])
    attribute = _address(asked["AttributeName"])
    take_code(user, f"verify {attribute}", asked["Code"])
    verified = [{"Name": f"{attribute}_verified", "Value": "true"}]
    address = _waiting.pop((user.id, attribute), None)
    value = address or user.attribute_lookup[attribute]
    take_alias(pool, user, attribute, value=value, force=False)
    if address is not None:
        verified.append({"Name": attribute, "Value": address})
    user.update_attributes(verified)
    return EmptyResult()


def _change_address(
    pool: CognitoIdpUserPool, user: CognitoIdpUser, name: Attribute, attributes: dict[str, Any]
) -> list[dict[str, str]]:
    """Take a new address as unverified, or keep the old one until the new one is verified."""
    automatic = pool.extended_config.get("AutoVerifiedAttributes") or []
    settings = pool.extended_config.get("UserAttributeUpdateSettings") or {}
    address = attributes[name]
    if name in (settings.get("AttributesRequireVerificationBeforeUpdate") or []):
        _waiting[user.id, name] = attributes.pop(name)
    else:
        _waiting.pop((user.id, name), None)
        attributes[f"{name}_verified"] = "false"
    if name not in automatic:
        return []
    send_code(user, f"verify {name}", name, minutes=_MINUTES, address=address)
    return [delivery(name, address)]


def _address(name: str) -> Attribute:
    if name == "email":
        return "email"
    if name == "phone_number":
        return "phone_number"
    raise InvalidParameterException(f"Invalid attribute name {name}")
