"""Completes the delivery of logs of user pools."""

from typing import Any

from moto.cognitoidp.responses import CognitoIdpResponse
from moto.core.exceptions import JsonRESTError
from moto.core.responses import ActionResult

from tests.emulator.completing import completes

_configurations: dict[str, list[Any]] = {}


@completes(CognitoIdpResponse)
def set_log_delivery_configuration(_original: None, response: CognitoIdpResponse) -> ActionResult:
    """Keep where the logs of a pool go; moto lacks the call."""
    asked = response.parameters
    pool = response.backend.describe_user_pool(asked["UserPoolId"])
    found = asked["LogConfigurations"]
    if any(one["EventSource"] == "userAuthEvents" for one in found):
        _check_the_tier(pool.extended_config.get("UserPoolTier"))
    _configurations[pool.id] = found
    return _answer(pool.id)


@completes(CognitoIdpResponse)
def get_log_delivery_configuration(_original: None, response: CognitoIdpResponse) -> ActionResult:
    """Return where the logs of a pool go; moto lacks the call."""
    return _answer(response.backend.describe_user_pool(response.parameters["UserPoolId"]).id)


def _check_the_tier(tier: str | None) -> None:
    if tier != "PLUS":
        raise JsonRESTError(
            "FeatureUnavailableInTierException", "userAuthEvents needs the tier PLUS"
        )


def _answer(pool_id: str) -> ActionResult:
    found = _configurations.get(pool_id, [])
    answer = {"UserPoolId": pool_id, "LogConfigurations": found}
    return ActionResult({"LogDeliveryConfiguration": answer})
