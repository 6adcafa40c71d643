"""Completes sign-up: a client proves its secret, and a user the code that was sent."""

import secrets
from collections.abc import Mapping
from typing import Any

from moto.cognitoidp.exceptions import (
    ExpiredCodeException,
    InvalidParameterException,
    NotAuthorizedError,
    UserNotFoundError,
)
from moto.cognitoidp.models import (
    CognitoIdpBackend,
    CognitoIdpUser,
    CognitoIdpUserPool,
    CognitoIdpUserPoolClient,
    UserStatus,
)
from moto.cognitoidp.responses import CognitoIdpResponse
from moto.core.responses import ActionResult, EmptyResult

from tests.emulator import challenges
from tests.emulator.aliases import check_username, take_alias
from tests.emulator.app_client import find_by_name, find_caller, hides_users
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
    pool, client, username = find_caller(asked)
    attributes = {one["Name"]: one["Value"] for one in asked.get("UserAttributes") or []}
    user, sent = register(pool, client, username, asked.get("Password"), attributes)
    answer: dict[str, Any] = {"UserConfirmed": False, "UserSub": user.id}
    if sent is not None:
        code, answer["CodeDeliveryDetails"] = sent
        response.response_headers[CODE_HEADER] = code
    return ActionResult(answer)


def register(
    pool: CognitoIdpUserPool,
    client: CognitoIdpUserPoolClient,
    username: str,
    password: str | None,
    attributes: Mapping[str, str],
) -> tuple[CognitoIdpUser, tuple[str, dict[str, str]] | None]:
    """Create a user who signs up; return the code that was sent, and where it went."""
    if pool.extended_config.get("AdminCreateUserConfig", {}).get("AllowAdminCreateUserOnly"):
        raise NotAuthorizedError("SignUp is not permitted for this user pool")
    if not password and not first_factors(pool) & _WITHOUT_PASSWORD:
        raise InvalidParameterException("Password is required for this user pool")
    check_username(pool, username)
    user, _ = pool.backend.sign_up(
        client.id,
        username,
        password or f"Aa1!{secrets.token_urlsafe(32)}",
        [{"Name": name, "Value": value} for name, value in attributes.items()],
    )
    if not password:
        user.password = None
    return user, send_sign_up_code(pool, user)


def send_sign_up_code(
    pool: CognitoIdpUserPool, user: CognitoIdpUser
) -> tuple[str, dict[str, str]] | None:
    """Send a code to the address that the pool verifies; return it, and where it went."""
    address = automatic_address(pool, user)
    if address is None:
        return None
    code = send_code(user, _PURPOSE, address, minutes=_MINUTES)
    return code, delivery(address, user.attribute_lookup[address])


@completes(CognitoIdpResponse)
def resend_confirmation_code(_original: None, response: CognitoIdpResponse) -> ActionResult:
    """Send another code to the same address; moto lacks the call."""
    asked = response.parameters
    pool, client, username = find_caller(asked)
    user = find_by_name(pool, username)
    if user is None:
        if hides_users(client):
            return ActionResult({"CodeDeliveryDetails": _invented_delivery(username)})
        raise UserNotFoundError("Username/client id combination not found.")
    if user.status == UserStatus.CONFIRMED:
        raise InvalidParameterException("User is already confirmed.")
    sent = send_sign_up_code(pool, user)
    if sent is None:
        raise InvalidParameterException("Auto verification not turned on.")
    code, details = sent
    response.response_headers[CODE_HEADER] = code
    return ActionResult({"CodeDeliveryDetails": details})


@completes(CognitoIdpResponse)
def confirm_sign_up(_original: Original, response: CognitoIdpResponse) -> ActionResult:
    """Confirm a user by the right code alone, and verify the attribute that it was sent to."""
    asked = response.parameters
    pool, client, username = find_caller(asked)
    force = asked.get("ForceAliasCreation") or False
    user = confirm(pool, client, username, asked["ConfirmationCode"], force_alias=force)
    if "ALLOW_USER_AUTH" not in (client.extended_config.get("ExplicitAuthFlows") or []):
        return EmptyResult()
    attempt = challenges.Attempt(pool=pool, client=client, user=user, name=username)
    return ActionResult({"Session": attempt.ask(CONFIRMED)["Session"]})


def confirm(
    pool: CognitoIdpUserPool,
    client: CognitoIdpUserPoolClient,
    username: str,
    code: str,
    *,
    force_alias: bool = False,
) -> CognitoIdpUser:
    """Confirm a user who has the code; an alias of another user is taken only by force."""
    user = find_by_name(pool, username)
    if user is None:
        if hides_users(client):
            raise ExpiredCodeException("Invalid code provided, please request a code again.")
        raise UserNotFoundError("Username/client id combination not found.")
    if user.status == UserStatus.CONFIRMED:
        raise NotAuthorizedError("User cannot be confirmed. Current status is CONFIRMED")
    address = take_code(user, _PURPOSE, code)
    take_alias(pool, user, address, value=user.attribute_lookup[address], force=force_alias)
    user.status = UserStatus.CONFIRMED
    user.update_attributes([{"Name": f"{address}_verified", "Value": "true"}])
    return user


def first_factors(pool: CognitoIdpUserPool) -> set[str]:
    """What a user of a pool may sign in with, before any second factor."""
    policy = pool.extended_config.get("Policies", {}).get("SignInPolicy") or {}
    return set(policy.get("AllowedFirstAuthFactors") or ["PASSWORD"])


def _invented_delivery(username: str) -> dict[str, str]:
    """The address of a user who does not exist."""
    if username.startswith("+"):
        return delivery("phone_number", username)
    return delivery("email", username if "@" in username else f"{username}@example.com")
