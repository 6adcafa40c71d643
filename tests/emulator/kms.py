"""Completes KMS: how often a key rotates."""

import json

from moto.kms.responses import KmsResponse

from tests.emulator.completing import Original, completes

_rotation_days: dict[str, int] = {}


@completes(KmsResponse)
def enable_key_rotation(original: Original, response: KmsResponse) -> str:
    """Keep how often a key rotates."""
    asked = json.loads(response.body)
    _rotation_days[asked["KeyId"]] = asked.get("RotationPeriodInDays", 365)
    reply: str = original(response)
    return reply


@completes(KmsResponse)
def get_key_rotation_status(original: Original, response: KmsResponse) -> str:
    """Return how often a key rotates."""
    answer = json.loads(original(response))
    key_id = json.loads(response.body)["KeyId"]
    if answer["KeyRotationEnabled"]:
        answer |= {"KeyId": key_id, "RotationPeriodInDays": _rotation_days[key_id]}
    return json.dumps(answer)
