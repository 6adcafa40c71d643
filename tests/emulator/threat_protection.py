"""Completes threat protection: the reactions to risks, by pool and by client."""

from typing import Any

from moto.cognitoidp.models import CognitoIdpUserPool
from moto.cognitoidp.responses import CognitoIdpResponse
from moto.core.exceptions import JsonRESTError
from moto.core.responses import ActionResult

from tests.emulator.completing import completes

_EVENTS = ("SIGN_IN", "PASSWORD_CHANGE", "SIGN_UP")
_LEAKS = "CompromisedCredentialsRiskConfiguration"
_PARTS = (_LEAKS, "AccountTakeoverRiskConfiguration", "RiskExceptionConfiguration")

_configurations: dict[tuple[str, str | None], dict[str, Any]] = {}


@completes(CognitoIdpResponse)
def set_risk_configuration(_original: None, response: CognitoIdpResponse) -> ActionResult:
    """Keep the reactions to risks of a pool with threat protection; moto lacks the call."""
    asked = response.parameters
    _check_that_it_is_on(response.backend.describe_user_pool(asked["UserPoolId"]))
    kept = {name: asked[name] for name in _PARTS if name in asked}
    if _LEAKS in kept:
        kept[_LEAKS] = {"EventFilter": list(_EVENTS)} | kept[_LEAKS]
    _configurations[_key(asked)] = kept
    return ActionResult({"RiskConfiguration": _configuration(asked)})


@completes(CognitoIdpResponse)
def describe_risk_configuration(_original: None, response: CognitoIdpResponse) -> ActionResult:
    """Return the reactions to risks, by pool and by client; moto lacks the call."""
    asked = response.parameters
    _check_that_it_is_on(response.backend.describe_user_pool(asked["UserPoolId"]))
    return ActionResult({"RiskConfiguration": _configuration(asked)})


def _check_that_it_is_on(pool: CognitoIdpUserPool) -> None:
    add_ons = pool.extended_config.get("UserPoolAddOns") or {}
    if add_ons.get("AdvancedSecurityMode", "OFF") == "OFF":
        raise JsonRESTError(
            "UserPoolAddOnNotEnabledException", "User pool add-on is not enabled for this pool."
        )


def _key(asked: dict[str, Any]) -> tuple[str, str | None]:
    return asked["UserPoolId"], asked.get("ClientId")


def _configuration(asked: dict[str, Any]) -> dict[str, Any]:
    named = {name: asked[name] for name in ("UserPoolId", "ClientId") if name in asked}
    return named | _configurations.get(_key(asked), {})
