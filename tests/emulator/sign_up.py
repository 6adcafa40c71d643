"""Completes sign-up: a client proves its secret, and a user the code."""

import secrets

from moto.cognitoidp.exceptions import CodeMismatchException, NotAuthorizedError
from moto.cognitoidp.models import UserStatus
from moto.cognitoidp.responses import CognitoIdpResponse
from moto.core.responses import ActionResult

from tests.emulator.app_client import check_secret_hash, find_client
from tests.emulator.completing import Original, completes
from tests.emulator.process import CODE_HEADER


@completes(CognitoIdpResponse)
def sign_up(original: Original, response: CognitoIdpResponse) -> ActionResult:
    """Check the secret of the client, and create the code for the user."""
    asked = response.parameters
    backend, pool, client = find_client(asked["ClientId"])
    username = asked["Username"]
    check_secret_hash(client, username, asked.get("SecretHash"))
    answer: ActionResult = original(response)
    code = f"{secrets.randbelow(10**6):06}"
    backend.admin_get_user(pool.id, username).confirmation_code = code
    response.response_headers[CODE_HEADER] = code
    return answer


@completes(CognitoIdpResponse)
def confirm_sign_up(original: Original, response: CognitoIdpResponse) -> ActionResult:
    """Confirm a user by the right code alone, and verify the attribute that it was sent to."""
    asked = response.parameters
    backend, pool, client = find_client(asked["ClientId"])
    username = asked["Username"]
    check_secret_hash(client, username, asked.get("SecretHash"))
    user = backend.admin_get_user(pool.id, username)
    if user.status == UserStatus.CONFIRMED:
        raise NotAuthorizedError("User cannot be confirmed. Current status is CONFIRMED")
    if asked["ConfirmationCode"] != user.confirmation_code:
        raise CodeMismatchException("Invalid verification code provided, please try again.")
    answer: ActionResult = original(response)
    verified = pool.extended_config.get("AutoVerifiedAttributes", [])
    user.update_attributes([{"Name": f"{name}_verified", "Value": "true"} for name in verified])
    return answer
