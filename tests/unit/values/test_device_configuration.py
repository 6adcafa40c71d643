"""Whether Cognito remembers devices."""

from typing import Any

import pytest

from constructs_auth import DeviceConfiguration, RememberDevices
from tests.unit.samples import OBJECT_TOKEN, TEXTS, refusal


@pytest.mark.parametrize("remember", [*RememberDevices, *map(str, RememberDevices)])
def test_accepts_when_to_remember_or_its_text(remember: Any) -> None:
    devices = DeviceConfiguration(remember=remember)
    assert devices.remember is RememberDevices(remember)
    assert devices.challenge_required_on_new_device is True


@pytest.mark.parametrize("remember", ["never", None, True, 1, [], *TEXTS])
def test_refuses_an_unknown_time_to_remember(remember: Any) -> None:
    """Tokens too: the word is ours, and Terraform would not know it."""
    known = " and not a token" if remember in TEXTS else ""
    assert refusal(lambda: DeviceConfiguration(remember=remember)) == (
        f"DeviceConfiguration.remember: must be a member of RememberDevices{known}, "
        f"got {remember!r}; choose from RememberDevices.ALWAYS, RememberDevices.ON_USER_PROMPT"
    )


@pytest.mark.parametrize("challenge", [None, 1, "no"])
def test_refuses_what_is_no_flag(challenge: Any) -> None:
    make = {"remember": "always", "challenge_required_on_new_device": challenge}
    wrong: dict[str, Any] = make
    assert refusal(lambda: DeviceConfiguration(**wrong)) == (
        "DeviceConfiguration.challenge_required_on_new_device: must be True or False, "
        f"got {challenge!r}; write one of them"
    )


def test_a_token_passes_as_flag() -> None:
    flag: Any = OBJECT_TOKEN
    always = RememberDevices.ALWAYS
    devices = DeviceConfiguration(remember=always, challenge_required_on_new_device=flag)
    assert devices.challenge_required_on_new_device is flag
