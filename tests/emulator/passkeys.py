"""Completes passkeys: users add, list and delete them, and sign in with one."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from moto.cognitoidp.exceptions import NotAuthorizedError, ResourceNotFoundError
from moto.cognitoidp.models import CognitoIdpUser, CognitoIdpUserPool
from moto.cognitoidp.responses import CognitoIdpResponse
from moto.core.exceptions import JsonRESTError
from moto.core.responses import ActionResult, EmptyResult
from moto.core.utils import utcnow

from tests.emulator.app_client import WRONG_PASSWORD, find_signed_in
from tests.emulator.completing import completes
from tests.emulator.grants import host_of
from tests.emulator.sign_up import first_factors
from tests.emulator.webauthn import ES256, RS256, Ceremony, Credential, WebAuthnError, encode

_MILLISECONDS = 60_000
_ERRORS = {
    "challenge": "WebAuthnChallengeNotFoundException",
    "credential": "WebAuthnCredentialNotSupportedException",
    "origin": "WebAuthnOriginNotAllowedException",
    "relying party": "WebAuthnRelyingPartyMismatchException",
}


@dataclass(slots=True, kw_only=True)
class _Passkey:
    credential: Credential
    relying_party: str
    attachment: str | None
    transports: list[str]
    created: datetime = field(default_factory=utcnow)

    def to_json(self) -> dict[str, Any]:
        found = {
            "AuthenticatorTransports": self.transports,
            "CreatedAt": self.created,
            "CredentialId": self.credential.id,
            "FriendlyCredentialName": "Passkey",
            "RelyingPartyId": self.relying_party,
        }
        return found | ({"AuthenticatorAttachment": self.attachment} if self.attachment else {})


_ceremonies: dict[str, Ceremony] = {}
_passkeys: dict[str, dict[str, _Passkey]] = {}


@completes(CognitoIdpResponse)
def start_web_authn_registration(_original: None, response: CognitoIdpResponse) -> ActionResult:
    """Ask the user's authenticator for a new passkey; moto lacks the call."""
    pool, _, user = find_signed_in(response.parameters["AccessToken"])
    ceremony = _new_ceremony(pool)
    _ceremonies[user.id] = ceremony
    name = user.attribute_lookup.get("email") or str(user.username)
    options = {
        "challenge": ceremony.challenge,
        "rp": {"id": ceremony.relying_party, "name": ceremony.relying_party},
        "user": {"id": encode(user.id.encode()), "name": name, "displayName": name},
        "pubKeyCredParams": [{"type": "public-key", "alg": alg} for alg in (ES256, RS256)],
        "timeout": _MILLISECONDS,
        "excludeCredentials": _descriptors(user),
        "authenticatorSelection": {
            "requireResidentKey": True,
            "residentKey": "required",
            "userVerification": _verification(ceremony),
        },
    }
    return ActionResult({"CredentialCreationOptions": options})


@completes(CognitoIdpResponse)
def complete_web_authn_registration(_original: None, response: CognitoIdpResponse) -> ActionResult:
    """Keep the new passkey of a user; moto lacks the call."""
    asked = response.parameters
    _, _, user = find_signed_in(asked["AccessToken"])
    ceremony = _ceremonies.pop(user.id, None)
    answer = asked["Credential"]
    if ceremony is None:
        raise JsonRESTError(_ERRORS["challenge"], "WebAuthn: no registration has begun")
    try:
        credential = ceremony.registered(answer)
    except WebAuthnError as error:
        raise JsonRESTError(_ERRORS[error.kind], f"WebAuthn: wrong {error}") from error
    _passkeys.setdefault(user.id, {})[credential.id] = _Passkey(
        credential=credential,
        relying_party=ceremony.relying_party,
        attachment=answer.get("authenticatorAttachment"),
        transports=answer["response"].get("transports") or [],
    )
    return EmptyResult()


@completes(CognitoIdpResponse)
def list_web_authn_credentials(_original: None, response: CognitoIdpResponse) -> ActionResult:
    """Return the passkeys of whoever asks; moto lacks the call."""
    _, _, user = find_signed_in(response.parameters["AccessToken"])
    found = [passkey.to_json() for passkey in _passkeys.get(user.id, {}).values()]
    return ActionResult({"Credentials": found})


@completes(CognitoIdpResponse)
def delete_web_authn_credential(_original: None, response: CognitoIdpResponse) -> ActionResult:
    """Delete a passkey of whoever asks; moto lacks the call."""
    asked = response.parameters
    _, _, user = find_signed_in(asked["AccessToken"])
    if _passkeys.get(user.id, {}).pop(asked["CredentialId"], None) is None:
        raise ResourceNotFoundError("Credential does not exist.")
    return EmptyResult()


def has_passkey(user: CognitoIdpUser) -> bool:
    """Whether a user has a passkey."""
    return bool(_passkeys.get(user.id))


def new_challenge(pool: CognitoIdpUserPool, user: CognitoIdpUser) -> tuple[Ceremony, str]:
    """Return what a user's authenticator is asked at sign-in, and that as a browser takes it."""
    ceremony = _new_ceremony(pool)
    options = {
        "challenge": ceremony.challenge,
        "timeout": _MILLISECONDS,
        "rpId": ceremony.relying_party,
        "allowCredentials": _descriptors(user),
        "userVerification": _verification(ceremony),
    }
    return ceremony, json.dumps(options)


def check_passkey(user: CognitoIdpUser, ceremony: Ceremony, credential: str) -> None:
    """Check that one of a user's passkeys has answered.

    Raises:
        NotAuthorizedException: None has.
    """
    try:
        answer = json.loads(credential)
        passkey = _passkeys[user.id][answer["id"]]
        ceremony.check(answer, passkey.credential)
    except (KeyError, ValueError, WebAuthnError) as error:
        raise NotAuthorizedError(WRONG_PASSWORD) from error


def _new_ceremony(pool: CognitoIdpUserPool) -> Ceremony:
    if "WEB_AUTHN" not in first_factors(pool):
        raise JsonRESTError("WebAuthnNotEnabledException", "WebAuthn is not enabled")
    settings = pool.backend.get_user_pool_mfa_config(pool.id).get("WebAuthnConfiguration") or {}
    relying_party = settings.get("RelyingPartyId")
    if not relying_party and pool.domain is not None:
        relying_party = host_of(pool.domain, pool.region)
    if not relying_party:
        raise JsonRESTError("WebAuthnConfigurationMissingException", "No relying party is set")
    must_verify = settings.get("UserVerification") == "required"
    return Ceremony.new(relying_party, must_verify=must_verify)


def _verification(ceremony: Ceremony) -> str:
    return "required" if ceremony.must_verify else "preferred"


def _descriptors(user: CognitoIdpUser) -> list[dict[str, Any]]:
    return [
        {"type": "public-key", "id": key, "transports": passkey.transports}
        for key, passkey in _passkeys.get(user.id, {}).items()
    ]
