"""Whether Cognito remembers the devices that users sign in from."""

from dataclasses import dataclass
from enum import StrEnum

from constructs_auth import _checks
from constructs_auth._tokens import Flag


class RememberDevices(StrEnum):
    """When a device is remembered."""

    ALWAYS = "always"
    ON_USER_PROMPT = "on user prompt"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceConfiguration:
    """How devices are remembered. Without it, Cognito remembers none.

    Args:
        remember: Every device, or those that the user agrees to.
        challenge_required_on_new_device: Whether a device that is not remembered is asked for a
            second factor while remembered ones are spared it. By default `True`.

    Raises:
        InvalidValueError: A value of another kind.
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
