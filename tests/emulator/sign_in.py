"""Completes sign-in: by the flows of the client, by SRP and by custom challenges."""

import base64
import secrets
from typing import Any

from moto.cognitoidp.exceptions import InvalidParameterException, NotAuthorizedError
from moto.cognitoidp.models import CognitoIdpBackend

from tests.emulator import custom_challenge
from tests.emulator.app_client import check_secret_hash, find_client
from tests.emulator.completing import Original, completes
from tests.emulator.srp import Handshake

_DEFAULT_FLOWS = ("ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH")

_OLD_FLOWS = ("ADMIN_NO_SRP_AUTH", "USER_PASSWORD_AUTH")
"""The older names: each adds its flow to those that a client has by default."""

_handshakes: dict[str, Handshake] = {}


@completes(CognitoIdpBackend)
def initiate_auth(
    original: Original,
    backend: CognitoIdpBackend,
    client_id: str,
    auth_flow: str,
    auth_parameters: dict[str, str],
) -> dict[str, Any]:
    """Allow the flows of the client alone, and calculate SRP; moto invents its values."""
    _, pool, client = find_client(client_id)
    flows = client.extended_config.get("ExplicitAuthFlows") or _DEFAULT_FLOWS
    if set(flows) <= set(_OLD_FLOWS):
        flows = (*_DEFAULT_FLOWS, *(f"ALLOW_{flow}" for flow in flows))
    needed = "REFRESH_TOKEN_AUTH" if auth_flow == "REFRESH_TOKEN" else auth_flow
    if f"ALLOW_{needed}" not in flows:
        raise InvalidParameterException(f"{auth_flow} flow not enabled for this client")
    if auth_flow == "CUSTOM_AUTH":
        check_secret_hash(client, auth_parameters["USERNAME"], auth_parameters.get("SECRET_HASH"))
        return _next_challenge(backend, custom_challenge.begin(pool, client, auth_parameters))
    answer: dict[str, Any] = original(backend, client_id, auth_flow, auth_parameters)
    if answer.get("ChallengeName") == "PASSWORD_VERIFIER":
        user = backend.admin_get_user(pool.id, auth_parameters["USERNAME"])
        handshake = Handshake(
            pool_id=pool.id,
            user_id=user.username,
            password=user.password or "",
            client_value=auth_parameters["SRP_A"],
        )
        block = base64.b64encode(secrets.token_bytes(32)).decode()
        backend.sessions[block] = backend.sessions.pop(answer["Session"])
        _handshakes[block] = handshake
        answer["ChallengeParameters"] |= {
            "SALT": handshake.salt,
            "SECRET_BLOCK": block,
            "SRP_B": handshake.server_value,
            "USER_ID_FOR_SRP": user.username,
        }
    return answer


@completes(CognitoIdpBackend)
def respond_to_auth_challenge(  # noqa: PLR0917 - moto's signature
    original: Original,
    backend: CognitoIdpBackend,
    session: str,
    client_id: str,
    challenge_name: str,
    challenge_responses: dict[str, str],
) -> Any:
    """Check the password in an answer of SRP; let triggers judge their own challenges."""
    if challenge_name == custom_challenge.CHALLENGE:
        _, _, client = find_client(client_id)
        username = challenge_responses["USERNAME"]
        check_secret_hash(client, username, challenge_responses.get("SECRET_HASH"))
        attempt = custom_challenge.resume(session, client)
        attempt.answer(challenge_responses["ANSWER"])
        return _next_challenge(backend, attempt)
    if challenge_name == "PASSWORD_VERIFIER":
        _, _, client = find_client(client_id)
        username = challenge_responses["USERNAME"]
        check_secret_hash(client, username, challenge_responses.get("SECRET_HASH"))
        block = challenge_responses["PASSWORD_CLAIM_SECRET_BLOCK"]
        handshake = _handshakes.pop(block, None)
        if handshake is None or not handshake.proves_password(
            secret_block=base64.b64decode(block),
            timestamp=challenge_responses["TIMESTAMP"],
            signature=base64.b64decode(challenge_responses["PASSWORD_CLAIM_SIGNATURE"]),
        ):
            raise NotAuthorizedError("Incorrect username or password.")
    return original(backend, session, client_id, challenge_name, challenge_responses)


def _next_challenge(
    backend: CognitoIdpBackend, attempt: custom_challenge.Attempt
) -> dict[str, Any]:
    """Return the next challenge of the triggers, or tokens."""
    challenge = attempt.next_challenge()
    if challenge is not None:
        return challenge
    tokens: dict[str, Any] = backend._log_user_in(  # noqa: SLF001 - moto's way to tokens
        attempt.pool, attempt.client, attempt.user.username
    )
    return tokens
