"""Whether Cognito remembers the devices that users sign in from."""

from dataclasses import dataclass
from enum import StrEnum

from constructs_auth import _checks
from constructs_auth._tokens import Flag


class RememberDevices(StrEnum):
    """When Cognito remembers a device."""

    ALWAYS = "always"
    ON_USER_PROMPT = "on user prompt"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceConfiguration:
    """How Cognito remembers devices. Without it, Cognito remembers none.

    Args:
        remember: Every device, or only devices that the user agrees to.
        challenge_required_on_new_device: Whether Cognito asks for a second factor only on devices
            that it does not remember. By default `True`.

    Raises:
        InvalidValueError: A value of the wrong type.
    """

    remember: RememberDevices
    challenge_required_on_new_device: Flag = True

    def __post_init__(self) -> None:
        """Check the values."""
        remember = _checks.known_member(
            "DeviceConfiguration.remember", self.remember, RememberDevices
        )
        object.__setattr__(self, "remember", remember)
        _checks.flag(
            "DeviceConfiguration.challenge_required_on_new_device",
            self.challenge_required_on_new_device,
        )
