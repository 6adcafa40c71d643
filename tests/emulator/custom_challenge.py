"""Signs users in by custom challenges (`CUSTOM_AUTH`), which the pool's Lambda triggers decide.

The combination with SRP is missing.
"""

import secrets
from dataclasses import dataclass, field
from typing import Any

from moto.cognitoidp.exceptions import (
    InvalidParameterException,
    NotAuthorizedError,
    UserNotConfirmedException,
)
from moto.cognitoidp.models import (
    CognitoIdpUser,
    CognitoIdpUserPool,
    CognitoIdpUserPoolClient,
    UserStatus,
)

from tests.emulator.lambda_triggers import run_trigger

CHALLENGE = "CUSTOM_CHALLENGE"


@dataclass(slots=True, kw_only=True)
class Attempt:
    """One sign-in.

    Attributes:
        pool: The pool.
        client: The client.
        user: Who signs in.
        rounds: What was asked so far, and whether the answer was right.
    """

    pool: CognitoIdpUserPool
    client: CognitoIdpUserPoolClient
    user: CognitoIdpUser
    rounds: list[dict[str, Any]] = field(default_factory=list)
    _private: dict[str, str] = field(default_factory=dict)
    _metadata: str | None = None

    def next_challenge(self) -> dict[str, Any] | None:
        """The next challenge, or nothing where the user is signed in.

        Raises:
            NotAuthorizedError: The trigger ended the attempt.
        """
        decided = self._run("DefineAuthChallenge", session=self.rounds)
        if decided.get("failAuthentication"):
            raise NotAuthorizedError("Incorrect username or password.")
        if decided.get("issueTokens"):
            return None
        if decided.get("challengeName") != CHALLENGE:
            raise InvalidParameterException(f"{decided.get('challengeName')}: is not emulated")
        made = self._run("CreateAuthChallenge", challengeName=CHALLENGE, session=self.rounds)
        self._private = made["privateChallengeParameters"]
        self._metadata = made.get("challengeMetadata")
        session = secrets.token_urlsafe(32)
        _attempts[session] = self
        return {
            "ChallengeName": CHALLENGE,
            "Session": session,
            "ChallengeParameters": {
                **made["publicChallengeParameters"],
                "USERNAME": self.user.username,
            },
        }

    def answer(self, text: str) -> None:
        """Lets the trigger judge an answer."""
        verified = self._run(
            "VerifyAuthChallengeResponse",
            privateChallengeParameters=self._private,
            challengeAnswer=text,
        )
        entry = {"challengeName": CHALLENGE, "challengeResult": verified["answerCorrect"]}
        if self._metadata is not None:
            entry["challengeMetadata"] = self._metadata
        self.rounds.append(entry)

    def _run(self, trigger: str, **request: object) -> dict[str, Any]:
        attributes = {each["Name"]: each["Value"] for each in self.user.attributes}
        return run_trigger(
            self.pool,
            trigger,
            {
                "version": "1",
                "triggerSource": f"{trigger}_Authentication",
                "region": self.pool.region,
                "userPoolId": self.pool.id,
                "userName": self.user.username,
                "callerContext": {"awsSdkVersion": "", "clientId": self.client.id},
                "request": {"userAttributes": attributes, **request},
                "response": {},
            },
        )


_attempts: dict[str, Attempt] = {}


def begin(
    pool: CognitoIdpUserPool, client: CognitoIdpUserPoolClient, parameters: dict[str, str]
) -> Attempt:
    """Begins the sign-in of a user who may sign in."""
    if "SRP_A" in parameters:
        raise InvalidParameterException("CUSTOM_AUTH after SRP: is not emulated")
    user = pool.backend.admin_get_user(pool.id, parameters["USERNAME"])
    if not user.enabled:
        raise NotAuthorizedError("User is disabled.")
    if user.status is UserStatus.UNCONFIRMED:
        raise UserNotConfirmedException("User is not confirmed.")
    return Attempt(pool=pool, client=client, user=user)


def resume(session: str, client: CognitoIdpUserPoolClient) -> Attempt:
    """Takes up the attempt of *session*, which is good for one answer to one client."""
    attempt = _attempts.pop(session, None)
    if attempt is None or attempt.client is not client:
        raise NotAuthorizedError("Invalid session for the user.")
    return attempt
