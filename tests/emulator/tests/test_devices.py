"""A pool keeps the devices of its users, if it is set to."""

import base64
from typing import Any

import pytest

from tests.emulator import Emulator
from tests.emulator.tests.people import People, refusal


@pytest.fixture(scope="module")
def people(emulator: Emulator) -> People:
    """A pool that keeps devices, and asks users whether to remember one."""
    return People(
        emulator,
        DeviceConfiguration={
            "ChallengeRequiredOnNewDevice": True,
            "DeviceOnlyRememberedOnUserPrompt": True,
        },
    )


def confirm(people: People, tokens: Any) -> bool:
    """Confirms the new device of a sign-in; says whether the user must be asked."""
    verifier = base64.b64encode(b"\1" * 32).decode()
    answer = people.cognito.confirm_device(
        AccessToken=tokens["AccessToken"],
        DeviceKey=tokens["NewDeviceMetadata"]["DeviceKey"],
        DeviceSecretVerifierConfig={"PasswordVerifier": verifier, "Salt": verifier},
        DeviceName="phone",
    )
    return answer["UserConfirmationNecessary"]


def test_a_device_is_confirmed_remembered_and_forgotten(people: People) -> None:
    tokens = people.sign_in(people.new_user())["AuthenticationResult"]
    token, key = tokens["AccessToken"], tokens["NewDeviceMetadata"]["DeviceKey"]
    cognito = people.cognito
    assert cognito.list_devices(AccessToken=token)["Devices"] == []
    assert confirm(people, tokens)
    (device,) = cognito.list_devices(AccessToken=token)["Devices"]
    assert device["DeviceKey"] == key

    def attributes() -> dict[str, str]:
        found = cognito.get_device(AccessToken=token, DeviceKey=key)["Device"]
        return {one["Name"]: one["Value"] for one in found["DeviceAttributes"]}

    assert attributes() == {
        "device_status": "valid",
        "device_name": "phone",
        "dev:device_remembered_status": "not_remembered",
    }
    cognito.update_device_status(
        AccessToken=token, DeviceKey=key, DeviceRememberedStatus="remembered"
    )
    assert attributes()["dev:device_remembered_status"] == "remembered"
    cognito.forget_device(AccessToken=token, DeviceKey=key)
    gone = refusal(lambda: cognito.get_device(AccessToken=token, DeviceKey=key))
    assert gone == "ResourceNotFoundException"


def test_a_device_is_of_one_user(people: People) -> None:
    owner = people.sign_in(people.new_user())["AuthenticationResult"]
    confirm(people, owner)
    key = owner["NewDeviceMetadata"]["DeviceKey"]
    other = people.access_token(people.new_user())
    got = refusal(lambda: people.cognito.get_device(AccessToken=other, DeviceKey=key))
    assert got == "ResourceNotFoundException"


def test_a_pool_keeps_no_devices_by_default(emulator: Emulator) -> None:
    people = People(emulator)
    tokens = people.sign_in(people.new_user())["AuthenticationResult"]
    assert "NewDeviceMetadata" not in tokens
    listed = people.cognito.list_devices(AccessToken=tokens["AccessToken"])["Devices"]
    assert listed == []
