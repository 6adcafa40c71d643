"""Completes user pools: what they keep, what they return, and what protects them."""

import json
from typing import Any

from joserfc.jwk import RSAKey
from moto.cognitoidp.exceptions import InvalidParameterException
from moto.cognitoidp.models import (
    CognitoIdpBackend,
    CognitoIdpUserPool,
    CognitoIdpUserPoolAttribute,
)
from moto.cognitoidp.responses import CognitoIdpResponse
from moto.core.responses import ActionResult, EmptyResult
from moto.utilities.utils import load_resource

from tests.emulator.completing import Original, completes

_KEPT_BY_UPDATE = (
    "AliasAttributes",
    "UsernameAttributes",
    "UsernameConfiguration",
    "UserPoolTags",
)
_DEFAULT_POLICY = {
    "MinimumLength": 8,
    "RequireLowercase": True,
    "RequireNumbers": True,
    "RequireSymbols": True,
    "RequireUppercase": True,
    "TemporaryPasswordValidityDays": 7,
}
_FURTHER_MFA = ("EmailMfaConfiguration", "WebAuthnConfiguration")

_KEY: dict[str, Any] = load_resource("cognitoidp/resources/jwks-private.json")
_imported_keys: list[RSAKey] = []
_further_mfa: dict[str, dict[str, Any]] = {}


@completes(RSAKey)
def import_key(original: Original, value: Any, *more: Any) -> RSAKey:
    """Import the key that moto gives every pool once; it takes 0.2 s."""
    if value != _KEY or more:
        key: RSAKey = original(value, *more)
        return key
    if not _imported_keys:
        _imported_keys.append(original(value))
    return _imported_keys[0]


@completes(CognitoIdpUserPool)
def to_json(original: Original, pool: CognitoIdpUserPool, extended: bool = False) -> Any:  # noqa: FBT001, FBT002 - moto's signature
    """Return what a pool created without them has by default, and its domain of each kind."""
    answer = original(pool, extended=extended)
    if not extended:
        return answer
    answer.pop("Domain", None)
    for domain in pool.backend.user_pool_domains.values():
        if domain.user_pool_id == pool.id:
            kind = "CustomDomain" if domain.custom_domain_config else "Domain"
            answer[kind] = domain.domain
    policies = answer.get("Policies", {})
    policy = {**policies.get("PasswordPolicy", _DEFAULT_POLICY)}
    policy["TemporaryPasswordValidityDays"] = policy.get("TemporaryPasswordValidityDays") or 7
    return {
        "DeletionProtection": "INACTIVE",
        "UserPoolTier": "ESSENTIALS",
        **answer,
        "Policies": {**policies, "PasswordPolicy": policy},
    }


@completes(CognitoIdpUserPoolAttribute, "to_json")
def attribute_to_json(original: Original, attribute: CognitoIdpUserPoolAttribute) -> dict[str, Any]:
    """Give a number without bounds the empty constraints of a number, not those of a string."""
    answer: dict[str, Any] = original(attribute)
    if attribute.data_type == "Number" and not answer["NumberAttributeConstraints"]:
        answer |= {"NumberAttributeConstraints": {}, "StringAttributeConstraints": None}
    return answer


@completes(CognitoIdpUserPool)
def update_extended_config(
    original: Original, pool: CognitoIdpUserPool, extended_config: dict[str, Any]
) -> None:
    """Keep the settings that UpdateUserPool cannot set."""
    before = getattr(pool, "extended_config", {})
    kept = {name: before[name] for name in _KEPT_BY_UPDATE if name in before}
    original(pool, kept | extended_config)


@completes(CognitoIdpResponse)
def set_user_pool_mfa_config(original: Original, response: CognitoIdpResponse) -> ActionResult:
    """Keep MFA by email and passkeys, and leave the MFA mode alone where the call omits it."""
    asked = response.parameters
    pool = response.backend.describe_user_pool(asked["UserPoolId"])
    if asked.get("MfaConfiguration") is None:
        asked["MfaConfiguration"] = pool.mfa_config
    _further_mfa[asked["UserPoolId"]] = {
        name: asked[name] for name in _FURTHER_MFA if name in asked
    }
    is_alone = "EmailMfaConfiguration" in asked and not asked.get("SoftwareTokenMfaConfiguration")
    if is_alone:  # moto asks for one of its own factors
        asked["SoftwareTokenMfaConfiguration"] = {"Enabled": False}
    response.body = json.dumps(asked)
    answer: ActionResult = original(response)
    if is_alone:
        pool.token_mfa_config = None
    return answer


@completes(CognitoIdpBackend)
def get_user_pool_mfa_config(
    original: Original, backend: CognitoIdpBackend, user_pool_id: str
) -> dict[str, Any]:
    """Return MFA by email and passkeys."""
    return {**original(backend, user_pool_id), **_further_mfa.get(user_pool_id, {})}


@completes(CognitoIdpBackend)
def delete_user_pool(original: Original, backend: CognitoIdpBackend, user_pool_id: str) -> None:
    """Refuse to delete a pool that has deletion protection."""
    pool = backend.describe_user_pool(user_pool_id)
    if pool.extended_config.get("DeletionProtection") == "ACTIVE":
        raise InvalidParameterException(
            "The user pool cannot be deleted because deletion protection is activated. "
            "Deletion protection must be inactivated first."
        )
    original(backend, user_pool_id)


@completes(CognitoIdpResponse)
def tag_resource(_original: None, response: CognitoIdpResponse) -> ActionResult:
    """Add tags to a pool; moto lacks the call."""
    asked = response.parameters
    _tags_of(response.backend, asked["ResourceArn"]).update(asked["Tags"])
    return EmptyResult()


@completes(CognitoIdpResponse)
def untag_resource(_original: None, response: CognitoIdpResponse) -> ActionResult:
    """Remove tags of a pool; moto lacks the call."""
    asked = response.parameters
    tags = _tags_of(response.backend, asked["ResourceArn"])
    for key in asked["TagKeys"]:
        tags.pop(key, None)
    return EmptyResult()


def _tags_of(backend: CognitoIdpBackend, arn: str) -> dict[str, str]:
    pool = backend.describe_user_pool(arn.rpartition("/")[2])
    tags: dict[str, str] = pool.extended_config.setdefault("UserPoolTags", {})
    return tags
