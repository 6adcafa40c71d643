"""The code of Lambda triggers that ask a user for the sum of two numbers, three times at most.

It is deployed as `index.py`; the emulator runs what was deployed, not this module.
"""

import random
from typing import Any

_ROUNDS = 3


def define(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Who gave a right answer is signed in; who gave three wrong ones is not."""
    session = event["request"]["session"]
    right = bool(session) and session[-1]["challengeResult"]
    event["response"] = {
        "challengeName": "CUSTOM_CHALLENGE",
        "issueTokens": right,
        "failAuthentication": not right and len(session) == _ROUNDS,
    }
    return event


def create(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """The numbers are public, their sum is not."""
    one, other = random.sample(range(100), 2)
    event["response"] = {
        "publicChallengeParameters": {"numbers": f"{one} {other}"},
        "privateChallengeParameters": {"sum": str(one + other)},
        "challengeMetadata": "SUM",
    }
    return event


def verify(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """The sum is right, or it is not."""
    asked = event["request"]
    right = asked["challengeAnswer"] == asked["privateChallengeParameters"]["sum"]
    event["response"] = {"answerCorrect": right}
    return event
