"""Completes the second factors of users: which they have, and which they prefer."""

from typing import Any

from moto.cognitoidp.exceptions import InvalidParameterException
from moto.cognitoidp.models import CognitoIdpUser, CognitoIdpUserPool
from moto.cognitoidp.responses import CognitoIdpResponse
from moto.core.responses import ActionResult, EmptyResult

from tests.emulator.app_client import find_signed_in
from tests.emulator.completing import Original, completes

_SETTINGS = {
    "SMSMfaSettings": "SMS_MFA",
    "SoftwareTokenMfaSettings": "SOFTWARE_TOKEN_MFA",
    "EmailMfaSettings": "EMAIL_OTP",
}

_by_email: set[str] = set()


@completes(CognitoIdpResponse)
def set_user_mfa_preference(_original: Original, response: CognitoIdpResponse) -> ActionResult:
    """Change the second factors of whoever asks."""
    pool, _, user = find_signed_in(response.parameters["AccessToken"])
    _set_preference(pool, user, response.parameters)
    return EmptyResult()


@completes(CognitoIdpResponse)
def admin_set_user_mfa_preference(
    _original: Original, response: CognitoIdpResponse
) -> ActionResult:
    """Change the second factors of a user."""
    asked = response.parameters
    pool = response.backend.describe_user_pool(asked["UserPoolId"])
    user = response.backend.admin_get_user(pool.id, asked["Username"])
    _set_preference(pool, user, asked)
    return EmptyResult()


@completes(CognitoIdpUser, "to_json")
def user_to_json(original: Original, user: CognitoIdpUser, *args: Any, **named: Any) -> Any:
    """Return MFA by email among the factors of a user."""
    answer = original(user, *args, **named)
    if "UserMFASettingList" in answer and user.id in _by_email:
        answer["UserMFASettingList"] = [*answer["UserMFASettingList"], "EMAIL_OTP"]
    return answer


def second_factors(pool: CognitoIdpUserPool, user: CognitoIdpUser) -> list[str]:
    """Return what a user can give as a second factor at the next sign-in, the preferred one first.

    In a pool that requires MFA, a verified address counts without being asked for.
    """
    if pool.mfa_config == "OFF":
        return []
    offered = offered_factors(pool)
    required = pool.mfa_config == "ON"
    addresses = user.attribute_lookup
    has = {
        "SMS_MFA": user.sms_mfa_enabled or (required and bool(addresses.get("phone_number"))),
        "SOFTWARE_TOKEN_MFA": user.software_token_mfa_enabled and user.token_verified,
        "EMAIL_OTP": user.id in _by_email or (required and bool(addresses.get("email"))),
    }
    found = [factor for factor, is_there in has.items() if is_there and factor in offered]
    preferred = user.preferred_mfa_setting
    return [preferred] if preferred in found else found


def offered_factors(pool: CognitoIdpUserPool) -> list[str]:
    """Return the second factors of a pool."""
    config = pool.backend.get_user_pool_mfa_config(pool.id)
    found = []
    if config.get("SmsMfaConfiguration"):
        found.append("SMS_MFA")
    if (config.get("SoftwareTokenMfaConfiguration") or {}).get("Enabled"):
        found.append("SOFTWARE_TOKEN_MFA")
    if config.get("EmailMfaConfiguration"):
        found.append("EMAIL_OTP")
    return found


def _set_preference(pool: CognitoIdpUserPool, user: CognitoIdpUser, asked: dict[str, Any]) -> None:
    for setting, factor in _SETTINGS.items():
        wanted = asked.get(setting)
        if wanted is None:
            continue
        if wanted.get("Enabled") and not _can_have(pool, user, factor):
            raise InvalidParameterException(
                f"User does not have delivery config set to turn on {factor}"
            )
        _enable(user, factor, is_on=bool(wanted.get("Enabled")))
        if wanted.get("PreferredMfa"):
            user.preferred_mfa_setting = factor
        elif user.preferred_mfa_setting == factor:
            user.preferred_mfa_setting = None


def _can_have(pool: CognitoIdpUserPool, user: CognitoIdpUser, factor: str) -> bool:
    if factor not in offered_factors(pool):
        return False
    if factor == "SOFTWARE_TOKEN_MFA":
        return user.token_verified
    address = "phone_number" if factor == "SMS_MFA" else "email"
    return bool(user.attribute_lookup.get(address))


def _enable(user: CognitoIdpUser, factor: str, *, is_on: bool) -> None:
    match factor:
        case "SMS_MFA":
            user.sms_mfa_enabled = is_on
        case "SOFTWARE_TOKEN_MFA":
            user.software_token_mfa_enabled = is_on
        case _:
            (_by_email.add if is_on else _by_email.discard)(user.id)
