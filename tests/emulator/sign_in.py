"""Completes sign-in: the flows of the client, first and second factors, and remembered devices."""

import base64
import json
import secrets
from collections.abc import Callable, Mapping
from typing import Any

from moto.cognitoidp.exceptions import (
    CodeMismatchException,
    ExpiredCodeException,
    InvalidParameterException,
    NotAuthorizedError,
    UserNotConfirmedException,
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
from moto.core.exceptions import JsonRESTError
from moto.core.responses import ActionResult

from tests.emulator import challenges, custom_challenge, devices
from tests.emulator.app_client import (
    WRONG_PASSWORD,
    check_secret_hash,
    find_by_name,
    find_client,
    hides_users,
)
from tests.emulator.challenges import Attempt
from tests.emulator.codes import Attribute, is_verified, masked, send_code, take_code
from tests.emulator.completing import Original, completes
from tests.emulator.passkeys import check_passkey, has_passkey, new_challenge
from tests.emulator.second_factors import offered_factors, second_factors
from tests.emulator.sign_up import CONFIRMED, first_factors
from tests.emulator.software_token import check_token
from tests.emulator.srp import Handshake, Verifier

_DEFAULT_FLOWS = ("ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH")

_OLD_FLOWS = ("ADMIN_NO_SRP_AUTH", "USER_PASSWORD_AUTH")
"""The older names: each adds its flow to those that a client has by default."""

_OTHER_NAMES = {
    "ADMIN_NO_SRP_AUTH": "ADMIN_USER_PASSWORD_AUTH",
    "REFRESH_TOKEN": "REFRESH_TOKEN_AUTH",
}
_REFRESH = "REFRESH_TOKEN_AUTH"

_ADDRESS_OF: dict[str, Attribute] = {
    "EMAIL_OTP": "email",
    "SMS_MFA": "phone_number",
    "SMS_OTP": "phone_number",
}
_MEDIUM = {"email": "EMAIL", "phone_number": "SMS"}
_FIRST_FACTOR_DIGITS = 8
_CODE_MINUTES = 3


@completes(CognitoIdpResponse)
def initiate_auth(original: Original, response: CognitoIdpResponse) -> ActionResult:
    """Begin a sign-in by a flow of the client; moto lacks most checks, and invents SRP."""
    asked = response.parameters
    flow, parameters = asked["AuthFlow"], asked.get("AuthParameters") or {}
    _, pool, client = find_client(asked["ClientId"])
    _check_flow(client, flow)
    if _OTHER_NAMES.get(flow, flow) == _REFRESH:
        origin = pool.refresh_tokens.get(parameters.get("REFRESH_TOKEN", ""))
        if origin is not None:
            check_secret_hash(client, origin[1], parameters.get("SECRET_HASH"))
        answer: ActionResult = original(response)
        return answer
    session = asked.get("Session")
    return ActionResult(_begin(pool, client, flow, parameters, session=session))


@completes(CognitoIdpBackend)
def admin_initiate_auth(  # noqa: PLR0917 - moto's signature
    original: Original,
    backend: CognitoIdpBackend,
    user_pool_id: str,
    client_id: str,
    auth_flow: str,
    auth_parameters: dict[str, str],
) -> dict[str, Any]:
    """Begin a sign-in that a server makes for a user."""
    pool = backend.describe_user_pool(user_pool_id)
    client = backend.describe_user_pool_client(user_pool_id, client_id)
    if _OTHER_NAMES.get(auth_flow, auth_flow) == _REFRESH:
        answer: dict[str, Any] = original(
            backend, user_pool_id, client_id, auth_flow, auth_parameters
        )
        return answer
    _check_flow(client, auth_flow)
    return _begin(pool, client, auth_flow, auth_parameters)


@completes(CognitoIdpBackend)
def respond_to_auth_challenge(
    _original: Original,
    _backend: CognitoIdpBackend,
    session: str,
    client_id: str,
    challenge_name: str,
    challenge_responses: dict[str, str],
) -> dict[str, Any]:
    """Check the answer to a challenge, and ask for the next one or issue tokens."""
    _, _, client = find_client(client_id)
    username = challenge_responses.get("USERNAME")
    if not username:
        raise InvalidParameterException("Missing required parameter USERNAME")
    check_secret_hash(client, username, challenge_responses.get("SECRET_HASH"))
    if challenge_name == custom_challenge.CHALLENGE:
        custom = custom_challenge.resume(session, client)
        custom.answer(challenge_responses["ANSWER"])
        return _next_custom_challenge(custom, challenge_responses)
    return answer_challenge(client, challenge_name, session, challenge_responses)


def answer_challenge(
    client: CognitoIdpUserPoolClient, challenge: str, session: str, given: Mapping[str, str]
) -> dict[str, Any]:
    """Check the answer to a challenge that is not one of the triggers'."""
    judge = _JUDGES.get(challenge)
    if judge is None:
        raise InvalidParameterException(f"{challenge}: is not emulated")
    if challenge.endswith("PASSWORD_VERIFIER"):
        session = given["PASSWORD_CLAIM_SECRET_BLOCK"]
    attempt = challenges.find(session, client, challenge)
    try:
        answer = judge(attempt, given)
    except (CodeMismatchException, ExpiredCodeException, InvalidParameterException):
        raise  # the same session is good for another try
    except JsonRESTError as error:
        if error.error_type != "InvalidPasswordException":
            challenges.end(session)
        raise
    challenges.end(session)
    return answer


def find_user(
    pool: CognitoIdpUserPool, client: CognitoIdpUserPoolClient, name: str
) -> CognitoIdpUser | None:
    """Find a user who may sign in; `None` where the client does not say that there is none."""
    user = find_by_name(pool, name)
    if user is None:
        if hides_users(client):
            return None
        raise UserNotFoundError("User does not exist.")
    if not user.enabled:
        raise NotAuthorizedError("User is disabled.")
    return user


def check_status(user: CognitoIdpUser) -> None:
    """Refuse a user who has not confirmed, or must set another password."""
    if user.status == UserStatus.UNCONFIRMED:
        raise UserNotConfirmedException("User is not confirmed.")
    if user.status == UserStatus.RESET_REQUIRED:
        raise JsonRESTError(
            "PasswordResetRequiredException", "Password reset required for the user"
        )


def check_password(attempt: Attempt, password: str | None) -> None:
    """Refuse a wrong password, and then a user who may not sign in yet."""
    user = attempt.user
    if user is None or user.password is None or password != user.password:
        raise NotAuthorizedError(WRONG_PASSWORD)
    check_status(user)


def ask_for_first_factor(attempt: Attempt) -> dict[str, Any]:
    """Let a user choose among the own first factors."""
    if attempt.user is not None:
        check_status(attempt.user)
    return attempt.ask("SELECT_CHALLENGE", AvailableChallenges=_available(attempt))


def after_first_factor(attempt: Attempt) -> dict[str, Any]:
    """Ask for what a password alone does not give, or issue tokens."""
    user = attempt.known_user
    if user.status == UserStatus.FORCE_CHANGE_PASSWORD:
        return _ask_for_new_password(attempt)
    device = devices.known_device(attempt.pool, user, attempt.device_key)
    if device is not None:
        attempt.values["device"] = device
        return attempt.ask("DEVICE_SRP_AUTH")
    return _ask_for_second_factor(attempt)


def _begin(
    pool: CognitoIdpUserPool,
    client: CognitoIdpUserPoolClient,
    flow: str,
    parameters: Mapping[str, str],
    *,
    session: str | None = None,
) -> dict[str, Any]:
    name = parameters.get("USERNAME")
    if not name:
        raise InvalidParameterException("Missing required parameter USERNAME")
    check_secret_hash(client, name, parameters.get("SECRET_HASH"))
    if flow == "CUSTOM_AUTH":
        custom = custom_challenge.begin(pool, client, dict(parameters))
        return _next_custom_challenge(custom, parameters)
    user = find_user(pool, client, name)
    attempt = Attempt(
        pool=pool, client=client, user=user, name=name, device_key=parameters.get("DEVICE_KEY")
    )
    if flow == "USER_SRP_AUTH":
        if user is not None:
            check_status(user)
        return _ask_for_password_proof(attempt, parameters)
    if flow == "USER_AUTH":
        if session:
            return _continue_after_sign_up(attempt, session)
        preferred = parameters.get("PREFERRED_CHALLENGE")
        if preferred not in _available(attempt):
            return ask_for_first_factor(attempt)
        if user is not None:
            check_status(user)
        return _choose(attempt, preferred, parameters)
    check_password(attempt, parameters.get("PASSWORD"))
    return after_first_factor(attempt)


def _continue_after_sign_up(attempt: Attempt, session: str) -> dict[str, Any]:
    """Sign in a user whom the code of the sign-up has just identified."""
    confirmed = challenges.find(session, attempt.client, CONFIRMED)
    challenges.end(session)
    if confirmed.user is not attempt.user:
        raise NotAuthorizedError("Invalid session for the user.")
    return log_in(attempt)


def _check_flow(client: CognitoIdpUserPoolClient, flow: str) -> None:
    flows = client.extended_config.get("ExplicitAuthFlows") or _DEFAULT_FLOWS
    if set(flows) <= set(_OLD_FLOWS):
        flows = (
            *_DEFAULT_FLOWS,
            *(f"ALLOW_{_OTHER_NAMES.get(one, one)}" for one in flows),
        )
    if f"ALLOW_{_OTHER_NAMES.get(flow, flow)}" not in flows:
        raise InvalidParameterException(f"{flow} flow not enabled for this client")


def _ask_for_password_proof(attempt: Attempt, given: Mapping[str, str]) -> dict[str, Any]:
    """Begin SRP; for a user who does not exist with a password that nobody knows."""
    user = attempt.user
    user_id = attempt.name if user is None else str(user.username)
    password = None if user is None else user.password
    verifier = Verifier.of_password(
        pool_id=attempt.pool.id,
        user_id=user_id,
        password=password or secrets.token_urlsafe(32),
    )
    return _ask_for_proof(
        attempt,
        "PASSWORD_VERIFIER",
        verifier,
        given,
        {"USERNAME": user_id, "USER_ID_FOR_SRP": user_id},
    )


def _ask_for_proof(
    attempt: Attempt,
    challenge: str,
    verifier: Verifier,
    given: Mapping[str, str],
    more: Mapping[str, str],
) -> dict[str, Any]:
    if not given.get("SRP_A"):
        raise InvalidParameterException("Missing required parameter SRP_A")
    attempt.handshake = Handshake(verifier, client_value=given["SRP_A"])
    block = base64.b64encode(secrets.token_bytes(256)).decode()
    parameters = {
        "SALT": attempt.handshake.salt,
        "SECRET_BLOCK": block,
        "SRP_B": attempt.handshake.server_value,
        **more,
    }
    # The block itself is the key: some clients return no session with the proof.
    return attempt.ask(challenge, parameters, session=block)


def _proves(attempt: Attempt, given: Mapping[str, str]) -> bool:
    return attempt.handshake is not None and attempt.handshake.proves_password(
        secret_block=base64.b64decode(given["PASSWORD_CLAIM_SECRET_BLOCK"]),
        timestamp=given["TIMESTAMP"],
        signature=base64.b64decode(given["PASSWORD_CLAIM_SIGNATURE"]),
    )


def _judge_password_proof(attempt: Attempt, given: Mapping[str, str]) -> dict[str, Any]:
    if attempt.user is None or not _proves(attempt, given):
        raise NotAuthorizedError(WRONG_PASSWORD)
    custom: custom_challenge.Attempt | None = attempt.values.get("custom")
    if custom is not None:
        custom.prove_password()
        return _next_custom_challenge(custom, given)
    attempt.device_key = given.get("DEVICE_KEY") or attempt.device_key
    return after_first_factor(attempt)


def _judge_device(attempt: Attempt, given: Mapping[str, str]) -> dict[str, Any]:
    device: devices.Device = attempt.values["device"]
    if given.get("DEVICE_KEY") != device.key or device.verifier is None:
        raise NotAuthorizedError("Device does not exist.")
    return _ask_for_proof(
        attempt,
        "DEVICE_PASSWORD_VERIFIER",
        device.verifier,
        given,
        {"DEVICE_KEY": device.key, "USERNAME": str(attempt.known_user.username)},
    )


def _judge_device_proof(attempt: Attempt, given: Mapping[str, str]) -> dict[str, Any]:
    device: devices.Device = attempt.values["device"]
    if given.get("DEVICE_KEY") != device.key or not _proves(attempt, given):
        raise NotAuthorizedError(WRONG_PASSWORD)
    if devices.replaces_second_factor(attempt.pool, device):
        return log_in(attempt)
    return _ask_for_second_factor(attempt)


def _ask_for_new_password(attempt: Attempt) -> dict[str, Any]:
    user = attempt.known_user
    attributes = {name: value for name, value in user.attribute_lookup.items() if name != "sub"}
    return attempt.ask(
        "NEW_PASSWORD_REQUIRED",
        {
            "USER_ID_FOR_SRP": str(user.username),
            "requiredAttributes": json.dumps(_missing_attributes(attempt)),
            "userAttributes": json.dumps(attributes),
        },
    )


def _missing_attributes(attempt: Attempt) -> list[str]:
    has = attempt.known_user.attribute_lookup
    return [
        f"userAttributes.{name}"
        for name, schema in attempt.pool.schema_attributes.items()
        if schema.required and name != "sub" and not has.get(name)
    ]


def _judge_new_password(attempt: Attempt, given: Mapping[str, str]) -> dict[str, Any]:
    user = attempt.known_user
    password = given.get("NEW_PASSWORD")
    if not password:
        raise InvalidParameterException("Missing required parameter NEW_PASSWORD")
    attempt.pool.backend._validate_password(attempt.pool.id, password)  # noqa: SLF001 - moto's
    missing = [name for name in _missing_attributes(attempt) if not given.get(name)]
    if missing:
        raise InvalidParameterException(f"Invalid attributes given, {missing[0]} is missing")
    user.update_attributes(
        [
            {"Name": name.removeprefix("userAttributes."), "Value": value}
            for name, value in given.items()
            if name.startswith("userAttributes.")
        ]
    )
    user.password = password
    user.status = UserStatus.CONFIRMED
    return _ask_for_second_factor(attempt)


def _ask_for_second_factor(attempt: Attempt) -> dict[str, Any]:
    factors = second_factors(attempt.pool, attempt.known_user)
    if len(factors) > 1:
        return attempt.ask("SELECT_MFA_TYPE", {"MFAS_CAN_CHOOSE": json.dumps(factors)})
    if factors:
        return _ask_for_factor(attempt, factors[0])
    if attempt.pool.mfa_config == "ON":
        can = [one for one in offered_factors(attempt.pool) if one != "SMS_MFA"]
        return attempt.ask("MFA_SETUP", {"MFAS_CAN_SETUP": json.dumps(can)})
    return log_in(attempt)


def _ask_for_factor(attempt: Attempt, factor: str) -> dict[str, Any]:
    if factor == "SOFTWARE_TOKEN_MFA":
        return attempt.ask(
            factor,
            {"USER_ID_FOR_SRP": str(attempt.known_user.username), "FRIENDLY_DEVICE_NAME": ""},
        )
    return _send_and_ask(attempt, factor)


def _send_and_ask(attempt: Attempt, challenge: str, **more: Any) -> dict[str, Any]:
    """Send a code for a challenge; it is a first factor if the challenge is not one of MFA."""
    user = attempt.known_user
    address = _ADDRESS_OF[challenge]
    is_first = bool(attempt.values.get("is_first"))
    digits = _FIRST_FACTOR_DIGITS if is_first else 6
    send_code(user, challenge, address, minutes=_CODE_MINUTES, digits=digits)
    parameters = {
        "CODE_DELIVERY_DELIVERY_MEDIUM": _MEDIUM[address],
        "CODE_DELIVERY_DESTINATION": masked(address, user.attribute_lookup[address]),
    }
    return attempt.ask(challenge, parameters, **more)


def _judge_choice_of_factor(attempt: Attempt, given: Mapping[str, str]) -> dict[str, Any]:
    factor = given.get("ANSWER", "")
    if factor not in second_factors(attempt.pool, attempt.known_user):
        raise InvalidParameterException("Invalid MFA type")
    return _ask_for_factor(attempt, factor)


def _judge_set_up(attempt: Attempt, _given: Mapping[str, str]) -> dict[str, Any]:
    if not attempt.is_set_up:
        raise InvalidParameterException("The software token has not been verified")
    return log_in(attempt)


def _judge_software_token(attempt: Attempt, given: Mapping[str, str]) -> dict[str, Any]:
    check_token(attempt.known_user, given.get("SOFTWARE_TOKEN_MFA_CODE", ""))
    return log_in(attempt)


def _judge_sent_code(attempt: Attempt, given: Mapping[str, str]) -> dict[str, Any]:
    code = given.get(f"{attempt.challenge}_CODE", "")
    take_code(attempt.known_user, attempt.challenge, code)
    return log_in(attempt)


def _available(attempt: Attempt) -> list[str]:
    """The first factors of a user, as the pool allows them."""
    allowed = first_factors(attempt.pool)
    user = attempt.user
    if user is None:
        return ["PASSWORD", "PASSWORD_SRP"]
    found = [one for one in ("EMAIL_OTP", "SMS_OTP") if is_verified(user, _ADDRESS_OF[one])]
    if has_passkey(user):
        found.append("WEB_AUTHN")
    if user.password is not None:
        found += ["PASSWORD", "PASSWORD_SRP"]
    return [one for one in found if one.removesuffix("_SRP") in allowed]


def _choose(attempt: Attempt, factor: str, given: Mapping[str, str]) -> dict[str, Any]:
    match factor:
        case "PASSWORD":
            check_password(attempt, given.get("PASSWORD"))
            return after_first_factor(attempt)
        case "PASSWORD_SRP":
            return _ask_for_password_proof(attempt, given)
        case "WEB_AUTHN":
            return _ask_for_passkey(attempt)
        case _:
            attempt.values["is_first"] = True
            return _send_and_ask(attempt, factor, AvailableChallenges=_available(attempt))


def _ask_for_passkey(attempt: Attempt) -> dict[str, Any]:
    ceremony, options = new_challenge(attempt.pool, attempt.known_user)
    attempt.values["ceremony"] = ceremony
    return attempt.ask(
        "WEB_AUTHN",
        {"CREDENTIAL_REQUEST_OPTIONS": options},
        AvailableChallenges=_available(attempt),
    )


def _judge_passkey(attempt: Attempt, given: Mapping[str, str]) -> dict[str, Any]:
    check_passkey(attempt.known_user, attempt.values["ceremony"], given.get("CREDENTIAL", ""))
    return log_in(attempt)


def _judge_choice(attempt: Attempt, given: Mapping[str, str]) -> dict[str, Any]:
    factor = given.get("ANSWER", "")
    if factor not in _available(attempt):
        raise InvalidParameterException("Challenge is not available")
    return _choose(attempt, factor, given)


_JUDGES: dict[str, Callable[[Attempt, Mapping[str, str]], dict[str, Any]]] = {
    "DEVICE_PASSWORD_VERIFIER": _judge_device_proof,
    "DEVICE_SRP_AUTH": _judge_device,
    "EMAIL_OTP": _judge_sent_code,
    "MFA_SETUP": _judge_set_up,
    "NEW_PASSWORD_REQUIRED": _judge_new_password,
    "PASSWORD_VERIFIER": _judge_password_proof,
    "SELECT_CHALLENGE": _judge_choice,
    "SELECT_MFA_TYPE": _judge_choice_of_factor,
    "SMS_MFA": _judge_sent_code,
    "SMS_OTP": _judge_sent_code,
    "SOFTWARE_TOKEN_MFA": _judge_software_token,
    "WEB_AUTHN": _judge_passkey,
}


def log_in(attempt: Attempt) -> dict[str, Any]:
    """Issue tokens, and the keys of a device where the pool keeps devices."""
    if attempt.finish is not None:
        return attempt.finish(attempt)
    user = attempt.known_user
    answer: dict[str, Any] = attempt.pool.backend._log_user_in(  # noqa: SLF001 - moto's way to tokens
        attempt.pool, attempt.client, str(user.username)
    )
    if "device" not in attempt.values:
        device = devices.new_device(attempt.pool, user)
        if device is not None:
            answer["AuthenticationResult"]["NewDeviceMetadata"] = device
    return answer


def _next_custom_challenge(
    custom: custom_challenge.Attempt, given: Mapping[str, str]
) -> dict[str, Any]:
    """Return the next challenge of the triggers, or tokens."""
    match custom.decide():
        case custom_challenge.CHALLENGE:
            return custom.ask()
        case custom_challenge.PASSWORD:
            name = str(custom.user.username)
            attempt = Attempt(pool=custom.pool, client=custom.client, user=custom.user, name=name)
            attempt.values["custom"] = custom
            return _ask_for_password_proof(attempt, given)
    tokens: dict[str, Any] = custom.pool.backend._log_user_in(  # noqa: SLF001 - moto's way to tokens
        custom.pool, custom.client, custom.user.username
    )
    return tokens
