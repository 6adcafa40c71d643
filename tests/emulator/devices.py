"""Completes the devices of users: new ones, remembered ones, and the proof that it is one."""

import base64
import secrets
import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from moto.cognitoidp.exceptions import (
    InvalidParameterException,
    NotAuthorizedError,
    ResourceNotFoundError,
)
from moto.cognitoidp.models import CognitoIdpUser, CognitoIdpUserPool
from moto.cognitoidp.responses import CognitoIdpResponse
from moto.core.responses import ActionResult, EmptyResult
from moto.core.utils import utcnow

from tests.emulator.app_client import find_signed_in
from tests.emulator.completing import completes
from tests.emulator.srp import Verifier

_MISSING = "Device does not exist."


@dataclass(slots=True, kw_only=True)
class Device:
    """A device that a user has signed in from.

    Attributes:
        key: Its key, which names it.
        group_key: The key of its group, which only the device knows besides.
        verifier: What proves that it is the device, once it is confirmed.
        is_remembered: Whether it stands for a second factor, where the pool allows that.
    """

    key: str
    group_key: str
    verifier: Verifier | None = None
    is_remembered: bool = False
    name: str = ""
    created: datetime = field(default_factory=utcnow)
    modified: datetime = field(default_factory=utcnow)
    used: datetime = field(default_factory=utcnow)

    def to_json(self) -> dict[str, Any]:
        """The device as the API returns it."""
        status = "remembered" if self.is_remembered else "not_remembered"
        attributes = {
            "device_status": "valid",
            "device_name": self.name,
            "dev:device_remembered_status": status,
        }
        return {
            "DeviceKey": self.key,
            "DeviceAttributes": [
                {"Name": name, "Value": value} for name, value in attributes.items()
            ],
            "DeviceCreateDate": self.created,
            "DeviceLastModifiedDate": self.modified,
            "DeviceLastAuthenticatedDate": self.used,
        }


_devices: dict[str, dict[str, Device]] = {}


@completes(CognitoIdpResponse)
def confirm_device(_original: None, response: CognitoIdpResponse) -> ActionResult:
    """Keep the verifier of a new device; moto lacks the call."""
    asked = response.parameters
    pool, _, user = find_signed_in(asked["AccessToken"])
    device = _devices.get(user.id, {}).get(asked["DeviceKey"])
    if device is None:
        raise ResourceNotFoundError(_MISSING)
    if device.verifier is not None:
        raise NotAuthorizedError("Device is already confirmed.")
    config = asked.get("DeviceSecretVerifierConfig") or {}
    if not config.get("Salt") or not config.get("PasswordVerifier"):
        raise InvalidParameterException("Missing required parameter DeviceSecretVerifierConfig")
    device.verifier = Verifier(
        realm=device.group_key,
        name=device.key,
        salt=int.from_bytes(base64.b64decode(config["Salt"]), "big"),
        value=int.from_bytes(base64.b64decode(config["PasswordVerifier"]), "big"),
    )
    device.name = asked.get("DeviceName") or device.key
    asks = bool(_configuration(pool).get("DeviceOnlyRememberedOnUserPrompt"))
    device.is_remembered = not asks
    return ActionResult({"UserConfirmationNecessary": asks})


@completes(CognitoIdpResponse)
def update_device_status(_original: None, response: CognitoIdpResponse) -> ActionResult:
    """Remember a device, or stop; moto lacks the call."""
    asked = response.parameters
    device = _own_device(asked)
    device.is_remembered = asked.get("DeviceRememberedStatus") == "remembered"
    device.modified = utcnow()
    return EmptyResult()


@completes(CognitoIdpResponse)
def list_devices(_original: None, response: CognitoIdpResponse) -> ActionResult:
    """Return the confirmed devices of whoever asks; moto lacks the call."""
    _, _, user = find_signed_in(response.parameters["AccessToken"])
    found = [device for device in _devices.get(user.id, {}).values() if device.verifier]
    return ActionResult({"Devices": [device.to_json() for device in found]})


@completes(CognitoIdpResponse)
def get_device(_original: None, response: CognitoIdpResponse) -> ActionResult:
    """Return one device; moto lacks the call."""
    return ActionResult({"Device": _own_device(response.parameters).to_json()})


@completes(CognitoIdpResponse)
def forget_device(_original: None, response: CognitoIdpResponse) -> ActionResult:
    """Forget a device; moto lacks the call."""
    asked = response.parameters
    _, _, user = find_signed_in(asked["AccessToken"])
    del _devices[user.id][_own_device(asked).key]
    return EmptyResult()


def new_device(pool: CognitoIdpUserPool, user: CognitoIdpUser) -> dict[str, str] | None:
    """The keys of a new device, if the pool keeps devices."""
    if not _configuration(pool):
        return None
    device = Device(
        key=f"{pool.region}_{uuid.uuid4()}", group_key=f"-{secrets.token_urlsafe(6)[:8]}"
    )
    _devices.setdefault(user.id, {})[device.key] = device
    return {"DeviceKey": device.key, "DeviceGroupKey": device.group_key}


def known_device(pool: CognitoIdpUserPool, user: CognitoIdpUser, key: str | None) -> Device | None:
    """The confirmed device of a user with *key*, in a pool that keeps devices.

    Raises:
        ResourceNotFoundException: The user has no such device.
    """
    if not key or not _configuration(pool):
        return None
    device = _devices.get(user.id, {}).get(key)
    if device is None or device.verifier is None:
        raise ResourceNotFoundError(_MISSING)
    return device


def replaces_second_factor(pool: CognitoIdpUserPool, device: Device) -> bool:
    """Whether the pool asks for no second factor on this device."""
    only_on_new = _configuration(pool).get("ChallengeRequiredOnNewDevice")
    return device.is_remembered and bool(only_on_new)


def _configuration(pool: CognitoIdpUserPool) -> dict[str, Any]:
    return pool.extended_config.get("DeviceConfiguration") or {}


def _own_device(asked: dict[str, Any]) -> Device:
    _, _, user = find_signed_in(asked["AccessToken"])
    device = _devices.get(user.id, {}).get(asked["DeviceKey"])
    if device is None or device.verifier is None:
        raise ResourceNotFoundError(_MISSING)
    return device
