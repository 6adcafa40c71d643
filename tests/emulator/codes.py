"""The codes that Cognito sends to a user: which address gets one, and whether it is right."""

import secrets
import time
from dataclasses import dataclass
from typing import Literal

from moto.cognitoidp.exceptions import CodeMismatchException, ExpiredCodeException
from moto.cognitoidp.models import CognitoIdpUser, CognitoIdpUserPool

from tests.emulator.mailbox import Medium, Message, send

Attribute = Literal["email", "phone_number"]

RECOVERY: dict[str, Attribute] = {
    "verified_email": "email",
    "verified_phone_number": "phone_number",
}
"""The address of a way to recover an account."""

_MEDIA: dict[Attribute, Medium] = {"email": "EMAIL", "phone_number": "SMS"}
_DIGITS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class _Code:
    code: str
    attribute: Attribute
    ends: float


_codes: dict[tuple[str, str], _Code] = {}


def is_verified(user: CognitoIdpUser, attribute: Attribute) -> bool:
    """Whether a user has shown that an address is theirs."""
    has = bool(user.attribute_lookup.get(attribute))
    return has and user.attribute_lookup.get(f"{attribute}_verified") == "true"


def automatic_address(pool: CognitoIdpUserPool, user: CognitoIdpUser) -> Attribute | None:
    """The address that the pool verifies at sign-up: the phone number, if it verifies both."""
    automatic = pool.extended_config.get("AutoVerifiedAttributes") or []
    for attribute in ("phone_number", "email"):
        if attribute in automatic and user.attribute_lookup.get(attribute):
            return "email" if attribute == "email" else "phone_number"
    return None


def delivery(attribute: Attribute, address: str) -> dict[str, str]:
    """Where a code goes, masked as Cognito masks it."""
    return {
        "AttributeName": attribute,
        "DeliveryMedium": _MEDIA[attribute],
        "Destination": masked(attribute, address),
    }


def masked(attribute: Attribute, address: str) -> str:
    """An address that only its owner recognizes."""
    if attribute == "phone_number":
        return f"+*******{address[-4:]}"
    name, _, host = address.partition("@")
    return f"{name[:1]}***@{host[:1]}***"


def send_code(
    user: CognitoIdpUser,
    purpose: str,
    attribute: Attribute,
    *,
    minutes: float,
    address: str | None = None,
    digits: int = _DIGITS,
) -> str:
    """Sends a new code for a purpose, which alone is good from now on."""
    code = f"{secrets.randbelow(10**digits):0{digits}}"
    _codes[user.id, purpose] = _Code(
        code=code, attribute=attribute, ends=time.monotonic() + 60 * minutes
    )
    to = address or user.attribute_lookup[attribute]
    send(Message(to=to, medium=_MEDIA[attribute], purpose=purpose, code=code))
    return code


def take_code(user: CognitoIdpUser, purpose: str, given: str) -> Attribute:
    """Checks a code and uses it up; gives the attribute that it went to.

    Raises:
        ExpiredCodeException: None was sent, or it is too old.
        CodeMismatchException: It is another one.
    """
    sent = _codes.get((user.id, purpose))
    if sent is None or time.monotonic() > sent.ends:
        raise ExpiredCodeException("Invalid code provided, please request a code again.")
    if not secrets.compare_digest(given, sent.code):
        raise CodeMismatchException("Invalid verification code provided, please try again.")
    del _codes[user.id, purpose]
    return sent.attribute


def forget_codes(user: CognitoIdpUser) -> None:
    """Makes all codes of a user worthless."""
    for key in [key for key in _codes if key[0] == user.id]:
        del _codes[key]
