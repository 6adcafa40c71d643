"""Completes the reset of a password by a code that goes to a verified address."""

from moto.cognitoidp.exceptions import (
    CodeMismatchException,
    InvalidParameterException,
    NotAuthorizedError,
    UserNotFoundError,
)
from moto.cognitoidp.models import CognitoIdpUser, CognitoIdpUserPool, UserStatus
from moto.cognitoidp.responses import CognitoIdpResponse
from moto.core.responses import ActionResult, EmptyResult

from tests.emulator.app_client import find_by_name, find_caller, hides_users
from tests.emulator.codes import RECOVERY, delivery, is_verified, send_code, take_code
from tests.emulator.completing import Original, completes

_PURPOSE = "ForgotPassword"
_MINUTES = 60
_BY_DEFAULT = [
    {"Name": "verified_phone_number", "Priority": 1},
    {"Name": "verified_email", "Priority": 2},
]
_NOWHERE = (
    "Cannot reset password for the user as there is no registered/verified email or phone_number"
)


@completes(CognitoIdpResponse)
def forgot_password(_original: Original, response: CognitoIdpResponse) -> ActionResult:
    """Send a code to the verified address that the pool prefers."""
    asked = response.parameters
    pool, client, username = find_caller(asked)
    ways = _ways(pool)
    if [*ways] == ["admin_only"]:
        raise NotAuthorizedError("Contact administrator to reset password.")
    user = find_by_name(pool, username)
    if user is None:
        if not hides_users(client):
            raise UserNotFoundError("Username/client id combination not found.")
        invented = username if "@" in username else f"{username}@example.com"
        return ActionResult({"CodeDeliveryDetails": delivery("email", invented)})
    return ActionResult({"CodeDeliveryDetails": send_reset_code(pool, user)})


@completes(CognitoIdpResponse)
def confirm_forgot_password(_original: Original, response: CognitoIdpResponse) -> ActionResult:
    """Set the password by the code that was sent, and by no other."""
    asked = response.parameters
    pool, client, username = find_caller(asked)
    user = find_by_name(pool, username)
    if user is None:
        if hides_users(client):
            raise CodeMismatchException("Invalid verification code provided, please try again.")
        raise UserNotFoundError("Username/client id combination not found.")
    reset_password(pool, user, code=asked["ConfirmationCode"], password=asked["Password"])
    return EmptyResult()


def send_reset_code(pool: CognitoIdpUserPool, user: CognitoIdpUser) -> dict[str, str]:
    """Send a code to a user who may reset the password; return where it went."""
    if not user.enabled:
        raise NotAuthorizedError("User is disabled.")
    if user.status == UserStatus.FORCE_CHANGE_PASSWORD:
        raise NotAuthorizedError("User password cannot be reset in the current state.")
    for way in _ways(pool):
        attribute = RECOVERY.get(way)
        if attribute is not None and is_verified(user, attribute):
            send_code(user, _PURPOSE, attribute, minutes=_MINUTES)
            return delivery(attribute, user.attribute_lookup[attribute])
    raise InvalidParameterException(_NOWHERE)


def reset_password(
    pool: CognitoIdpUserPool, user: CognitoIdpUser, *, code: str, password: str
) -> None:
    """Set a password that follows the policy of the pool, if the code is right."""
    pool.backend._validate_password(pool.id, password)  # noqa: SLF001 - moto's check
    take_code(user, _PURPOSE, code)
    user.password = password
    user.status = UserStatus.CONFIRMED


def _ways(pool: CognitoIdpUserPool) -> list[str]:
    setting = pool.extended_config.get("AccountRecoverySetting") or {}
    ways = setting.get("RecoveryMechanisms") or _BY_DEFAULT
    return [way["Name"] for way in sorted(ways, key=lambda way: int(way["Priority"]))]
