"""Signs users in by custom challenges (`CUSTOM_AUTH`), which the pool's Lambda triggers decide.

With SRP, the triggers decide after the user has proved the password.
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

from tests.emulator.app_client import WRONG_PASSWORD
from tests.emulator.lambda_triggers import run_trigger

CHALLENGE = "CUSTOM_CHALLENGE"
PASSWORD = "PASSWORD_VERIFIER"
_SRP = "SRP_A"


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

    def decide(self) -> str | None:
        """What comes next, by the trigger: a challenge, or nothing where the user is signed in.

        Raises:
            NotAuthorizedError: The trigger ended the attempt.
        """
        decided = self._run("DefineAuthChallenge", session=self.rounds)
        if decided.get("failAuthentication"):
            raise NotAuthorizedError(WRONG_PASSWORD)
        if decided.get("issueTokens"):
            return None
        challenge: str | None = decided.get("challengeName")
        asks_again = challenge == PASSWORD and not self._is_for_password
        if challenge not in {CHALLENGE, PASSWORD} or asks_again:
            raise InvalidParameterException(f"{challenge}: is not emulated")
        return challenge

    def ask(self) -> dict[str, Any]:
        """Ask for what the trigger creates."""
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

    def prove_password(self) -> None:
        """Tell the trigger that the user has proved the password."""
        self.rounds.append({"challengeName": PASSWORD, "challengeResult": True})

    @property
    def _is_for_password(self) -> bool:
        """Whether SRP has begun, and the proof of the password is next."""
        return [each["challengeName"] for each in self.rounds] == [_SRP]

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
    user = pool.backend.admin_get_user(pool.id, parameters["USERNAME"])
    if not user.enabled:
        raise NotAuthorizedError("User is disabled.")
    if user.status is UserStatus.UNCONFIRMED:
        raise UserNotConfirmedException("User is not confirmed.")
    attempt = Attempt(pool=pool, client=client, user=user)
    if parameters.get("CHALLENGE_NAME") == _SRP:
        attempt.rounds.append({"challengeName": _SRP, "challengeResult": True})
    return attempt


def resume(session: str, client: CognitoIdpUserPoolClient) -> Attempt:
    """Takes up the attempt of *session*, which is good for one answer to one client."""
    attempt = _attempts.pop(session, None)
    if attempt is None or attempt.client is not client:
        raise NotAuthorizedError("Invalid session for the user.")
    return attempt
