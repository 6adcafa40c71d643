"""The code of a Lambda function that asks a user for the sum of two numbers, three times at most.

It is deployed as `index.py`; the emulator runs what was deployed, not this module.
"""

import random
from typing import Any

_ROUNDS = 3


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Answers as the trigger that Cognito names."""
    asked = event["request"]
    match event["triggerSource"]:
        case "DefineAuthChallenge_Authentication":
            event["response"] = define(asked["session"])
        case "CreateAuthChallenge_Authentication":
            event["response"] = create()
        case "VerifyAuthChallengeResponse_Authentication":
            right = asked["challengeAnswer"] == asked["privateChallengeParameters"]["sum"]
            event["response"] = {"answerCorrect": right}
    return event


def define(session: list[dict[str, Any]]) -> dict[str, Any]:
    """Who gave a right answer is signed in; who gave three wrong ones is not.

    Where the application begins with SRP, the password comes first.
    """
    answers = [each for each in session if each["challengeName"] == "CUSTOM_CHALLENGE"]
    right = bool(answers) and answers[-1]["challengeResult"]
    begins_with_srp = [each["challengeName"] for each in session] == ["SRP_A"]
    return {
        "challengeName": "PASSWORD_VERIFIER" if begins_with_srp else "CUSTOM_CHALLENGE",
        "issueTokens": right,
        "failAuthentication": not right and len(answers) == _ROUNDS,
    }


def create() -> dict[str, Any]:
    """The numbers are public, their sum is not."""
    one, other = random.sample(range(100), 2)
    return {
        "publicChallengeParameters": {"numbers": f"{one} {other}"},
        "privateChallengeParameters": {"sum": str(one + other)},
        "challengeMetadata": "SUM",
    }
