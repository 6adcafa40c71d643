"""Completes sign-up: a client proves its secret, and a user the code that was sent."""

import secrets
from typing import Any

from moto.cognitoidp.exceptions import (
    ExpiredCodeException,
    InvalidParameterException,
    NotAuthorizedError,
    UserNotFoundError,
)
from moto.cognitoidp.models import (
    CognitoIdpBackend,
    CognitoIdpUserPool,
    UserStatus,
)
from moto.cognitoidp.responses import CognitoIdpResponse
from moto.core.responses import ActionResult, EmptyResult

from tests.emulator import challenges
from tests.emulator.app_client import check_secret_hash, find_by_name, find_client, hides_users
from tests.emulator.codes import automatic_address, delivery, send_code, take_code
from tests.emulator.completing import Original, completes
from tests.emulator.process import CODE_HEADER

_PURPOSE = "SignUp"
_MINUTES = 24 * 60

CONFIRMED = "CONFIRMED_SIGN_UP"
"""What a session stands for with which a new user goes on to the sign-in."""

_WITHOUT_PASSWORD = {"EMAIL_OTP", "SMS_OTP"}


@completes(CognitoIdpBackend, "_get_code_delivery_details")
def code_delivery_details(_original: Original, *_: Any, **__: Any) -> None:
    """Leave out the address for a reset, which moto also returns at sign-up."""


@completes(CognitoIdpResponse)
def sign_up(_original: Original, response: CognitoIdpResponse) -> ActionResult:
    """Check the secret of the client, create the user and send the code."""
    asked = response.parameters
    backend, pool, client = find_client(asked["ClientId"])
    username = asked["Username"]
    check_secret_hash(client, username, asked.get("SecretHash"))
    if pool.extended_config.get("AdminCreateUserConfig", {}).get("AllowAdminCreateUserOnly"):
        raise NotAuthorizedError("SignUp is not permitted for this user pool")
    password = asked.get("Password")
    if not password and not first_factors(pool) & _WITHOUT_PASSWORD:
        raise InvalidParameterException("Password is required for this user pool")
    user, _ = backend.sign_up(
        client.id,
        username,
        password or f"Aa1!{secrets.token_urlsafe(32)}",
        asked.get("UserAttributes") or [],
    )
    if not password:
        user.password = None
    answer = {"UserConfirmed": False, "UserSub": user.id}
    address = automatic_address(pool, user)
    if address is not None:
        response.response_headers[CODE_HEADER] = send_code(
            user, _PURPOSE, address, minutes=_MINUTES
        )
        answer["CodeDeliveryDetails"] = delivery(address, user.attribute_lookup[address])
    return ActionResult(answer)


@completes(CognitoIdpResponse)
def resend_confirmation_code(_original: None, response: CognitoIdpResponse) -> ActionResult:
    """Send another code to the same address; moto lacks the call."""
    asked = response.parameters
    _, pool, client = find_client(asked["ClientId"])
    username = asked["Username"]
    check_secret_hash(client, username, asked.get("SecretHash"))
    user = find_by_name(pool, username)
    if user is None:
        if hides_users(client):
            return ActionResult({"CodeDeliveryDetails": _invented_delivery(username)})
        raise UserNotFoundError("Username/client id combination not found.")
    if user.status == UserStatus.CONFIRMED:
        raise InvalidParameterException("User is already confirmed.")
    address = automatic_address(pool, user)
    if address is None:
        raise InvalidParameterException("Auto verification not turned on.")
    response.response_headers[CODE_HEADER] = send_code(user, _PURPOSE, address, minutes=_MINUTES)
    return ActionResult({"CodeDeliveryDetails": delivery(address, user.attribute_lookup[address])})


@completes(CognitoIdpResponse)
def confirm_sign_up(_original: Original, response: CognitoIdpResponse) -> ActionResult:
    """Confirm a user by the right code alone, and verify the attribute that it was sent to."""
    asked = response.parameters
    _, pool, client = find_client(asked["ClientId"])
    username = asked["Username"]
    check_secret_hash(client, username, asked.get("SecretHash"))
    user = find_by_name(pool, username)
    if user is None:
        if hides_users(client):
            raise ExpiredCodeException("Invalid code provided, please request a code again.")
        raise UserNotFoundError("Username/client id combination not found.")
    if user.status == UserStatus.CONFIRMED:
        raise NotAuthorizedError("User cannot be confirmed. Current status is CONFIRMED")
    address = take_code(user, _PURPOSE, asked["ConfirmationCode"])
    user.status = UserStatus.CONFIRMED
    user.update_attributes([{"Name": f"{address}_verified", "Value": "true"}])
    if "ALLOW_USER_AUTH" not in (client.extended_config.get("ExplicitAuthFlows") or []):
        return EmptyResult()
    attempt = challenges.Attempt(pool=pool, client=client, user=user, name=username)
    return ActionResult({"Session": attempt.ask(CONFIRMED)["Session"]})


def first_factors(pool: CognitoIdpUserPool) -> set[str]:
    """What a user of a pool may sign in with, before any second factor."""
    policy = pool.extended_config.get("Policies", {}).get("SignInPolicy") or {}
    return set(policy.get("AllowedFirstAuthFactors") or ["PASSWORD"])


def _invented_delivery(username: str) -> dict[str, str]:
    """The address of a user who does not exist."""
    if username.startswith("+"):
        return delivery("phone_number", username)
    return delivery("email", username if "@" in username else f"{username}@example.com")
