"""Completes one-time passwords from an app (TOTP): a secret for each user, and true codes."""

import base64
import secrets
import time

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from moto.cognitoidp.exceptions import (
    CodeMismatchException,
    ExpiredCodeException,
    InvalidParameterException,
)
from moto.cognitoidp.models import CognitoIdpUser, CognitoIdpUserPool
from moto.cognitoidp.responses import CognitoIdpResponse
from moto.core.exceptions import JsonRESTError
from moto.core.responses import ActionResult

from tests.emulator import challenges
from tests.emulator.app_client import find_signed_in
from tests.emulator.completing import Original, completes

_SECRET_BYTES = 32
_DIGITS = 6
_SECONDS = 30
_MFA_SETUP = "MFA_SETUP"

_proposed: dict[str, bytes] = {}
_secrets: dict[str, bytes] = {}
_last_step: dict[str, int] = {}


@completes(CognitoIdpResponse)
def associate_software_token(_original: Original, response: CognitoIdpResponse) -> ActionResult:
    """Give a user a new secret, which counts once it is verified."""
    asked = response.parameters
    pool, user, attempt = _who(asked)
    _check_pool(pool)
    _proposed[user.id] = secrets.token_bytes(_SECRET_BYTES)
    answer = {"SecretCode": base64.b32encode(_proposed[user.id]).decode().rstrip("=")}
    if attempt is not None:
        answer["Session"] = challenges.renew(asked["Session"], attempt)
    return ActionResult(answer)


@completes(CognitoIdpResponse)
def verify_software_token(_original: Original, response: CognitoIdpResponse) -> ActionResult:
    """Take the secret of a user who has it, as the code shows."""
    asked = response.parameters
    pool, user, attempt = _who(asked)
    _check_pool(pool)
    secret = _proposed.get(user.id)
    if secret is None:
        raise InvalidParameterException("Software token is not associated")
    step = _step_of(secret, asked["UserCode"])
    if step is None:
        raise JsonRESTError("EnableSoftwareTokenMFAException", "Code mismatch")
    _secrets[user.id] = _proposed.pop(user.id)
    _last_step[user.id] = step
    user.token_verified = True
    answer = {"Status": "SUCCESS"}
    if attempt is not None:
        user.software_token_mfa_enabled = True
        attempt.is_set_up = True
        answer["Session"] = challenges.renew(asked["Session"], attempt)
    return ActionResult(answer)


def check_token(user: CognitoIdpUser, code: str) -> None:
    """Check the code of a user's app at sign-in; each is good once.

    Raises:
        CodeMismatchException: It is another one.
        ExpiredCodeException: It has been used.
    """
    secret = _secrets.get(user.id)
    step = None if secret is None else _step_of(secret, code)
    if step is None:
        raise CodeMismatchException("Invalid code received for user")
    if step <= _last_step[user.id]:
        raise ExpiredCodeException("Your software token has already been used once.")
    _last_step[user.id] = step


def _who(
    asked: dict[str, str],
) -> tuple[CognitoIdpUserPool, CognitoIdpUser, challenges.Attempt | None]:
    """Find the user by an access token, or by the session of a sign-in that requires MFA."""
    if asked.get("AccessToken"):
        pool, _, user = find_signed_in(asked["AccessToken"])
        return pool, user, None
    attempt = challenges.find(asked.get("Session"), None, _MFA_SETUP)
    return attempt.pool, attempt.known_user, attempt


def _check_pool(pool: CognitoIdpUserPool) -> None:
    if not (pool.token_mfa_config or {}).get("Enabled"):
        raise JsonRESTError(
            "SoftwareTokenMFANotFoundException", "Software Token MFA has not been enabled"
        )


def _step_of(secret: bytes, code: str) -> int | None:
    """The time step whose code it is: this one or a neighbour; clocks differ."""
    totp = TOTP(secret, _DIGITS, SHA1(), _SECONDS, enforce_key_length=False)  # noqa: S303 - RFC 6238
    now = int(time.time()) // _SECONDS
    for step in (now, now - 1, now + 1):
        if secrets.compare_digest(totp.generate(step * _SECONDS).decode(), code):
            return step
    return None
