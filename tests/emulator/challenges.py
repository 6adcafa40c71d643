"""The sign-ins that are under way: who, at which client, and what was asked last."""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from moto.cognitoidp.exceptions import InvalidParameterException, NotAuthorizedError
from moto.cognitoidp.models import CognitoIdpUser, CognitoIdpUserPool, CognitoIdpUserPoolClient

from tests.emulator.app_client import WRONG_PASSWORD
from tests.emulator.srp import Handshake

_INVALID = "Invalid session for the user."


@dataclass(slots=True, kw_only=True)
class Attempt:
    """One sign-in.

    Attributes:
        pool: The pool.
        client: The client.
        user: Who signs in; `None` where nobody has the name and the client does not say so.
        name: The name that was typed.
        device_key: The device that the user claims to have.
        challenge: What was asked last.
        handshake: The half of SRP that the server keeps.
        values: What else the last challenge must remember.
        is_set_up: Whether a factor has been set up on the way.
        finish: What a sign-in ends with; by default tokens of the API.
    """

    pool: CognitoIdpUserPool
    client: CognitoIdpUserPoolClient
    user: CognitoIdpUser | None
    name: str
    device_key: str | None = None
    challenge: str = ""
    handshake: Handshake | None = None
    values: dict[str, Any] = field(default_factory=dict)
    is_set_up: bool = False
    finish: Callable[["Attempt"], dict[str, Any]] | None = None
    ends: float = 0

    @property
    def known_user(self) -> CognitoIdpUser:
        """Who signs in.

        Raises:
            NotAuthorizedError: Nobody has the name.
        """
        if self.user is None:
            raise NotAuthorizedError(WRONG_PASSWORD)
        return self.user

    def ask(
        self,
        challenge: str,
        parameters: dict[str, str] | None = None,
        *,
        session: str | None = None,
        **more: Any,
    ) -> dict[str, Any]:
        """Ask for *challenge*, under a new session."""
        self.challenge = challenge
        minutes = self.client.extended_config.get("AuthSessionValidity") or 3
        self.ends = time.monotonic() + 60 * minutes
        key = session or secrets.token_urlsafe(48)
        _attempts[key] = self
        return {
            "ChallengeName": challenge,
            "Session": key,
            "ChallengeParameters": parameters or {},
            **more,
        }


_attempts: dict[str, Attempt] = {}


def find(
    session: str | None, client: CognitoIdpUserPoolClient | None, challenge: str | None = None
) -> Attempt:
    """Find the sign-in of a session, which belongs to one client and one challenge."""
    if not session:
        raise InvalidParameterException("Missing required parameter Session")
    attempt = _attempts.get(session)
    if attempt is None or (client is not None and attempt.client is not client):
        raise NotAuthorizedError(_INVALID)
    if time.monotonic() > attempt.ends:
        end(session)
        raise NotAuthorizedError("Invalid session for the user, session is expired.")
    if challenge is not None and attempt.challenge != challenge:
        raise NotAuthorizedError(_INVALID)
    return attempt


def exists(session: str) -> bool:
    """Whether a session can be tried again."""
    return session in _attempts


def end(session: str) -> None:
    """Make a session worthless."""
    _attempts.pop(session, None)


def renew(session: str, attempt: Attempt) -> str:
    """Replace a session by another one for the same challenge."""
    end(session)
    key = secrets.token_urlsafe(48)
    _attempts[key] = attempt
    return key
