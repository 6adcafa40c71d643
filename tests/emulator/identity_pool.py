"""Completes identity pools: their settings, identities, and credentials of the right role."""

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from moto.cognitoidentity.models import CognitoIdentityPool, cognitoidentity_backends
from moto.cognitoidentity.responses import CognitoIdentityResponse
from moto.iam.models import Role, iam_backends
from moto.sts.models import sts_backends
from moto.utilities.utils import get_partition

from tests.emulator.completing import Original, completes
from tests.emulator.identity_pool_logins import Login, checked_logins, refusal
from tests.emulator.identity_pool_roles import DeniedError, choose_role, is_trusted

_SESSION = "CognitoIdentityCredentials"
_SECONDS = 3600
_PROVIDER_LISTS = (
    "cognito_identity_providers",
    "open_id_connect_provider_arns",
    "saml_provider_arns",
)


@dataclass(slots=True, kw_only=True)
class _Identity:
    """A user of one pool, and by which providers and subjects it is known."""

    pool_id: str
    logins: set[tuple[str, str]] = field(default_factory=set)


_identities: dict[str, _Identity] = {}
_classic_flows: dict[str, bool] = {}
_roles: dict[str, dict[str, Any]] = {}
_principal_tags: dict[tuple[str, str], dict[str, Any]] = {}


# The pool


@completes(CognitoIdentityPool)
def to_json(original: Original, pool: CognitoIdentityPool) -> str:
    """Return whether a pool has the classic flow."""
    answer = json.loads(original(pool))
    classic = _classic_flows.get(pool.identity_pool_id, False)
    return json.dumps(answer | {"AllowClassicFlow": classic})


@completes(CognitoIdentityResponse)
def create_identity_pool(original: Original, response: CognitoIdentityResponse) -> str:
    """Keep whether a pool has the classic flow."""
    return _keep_classic_flow(original(response), _asked(response))


@completes(CognitoIdentityResponse)
def update_identity_pool(original: Original, response: CognitoIdentityResponse) -> str:
    """Reset what an update omits to its default."""
    asked = _asked(response)
    pool = _find_pool(response, asked["IdentityPoolId"])
    for name in _PROVIDER_LISTS:
        setattr(pool, name, [])
    pool.supported_login_providers = {}
    return _keep_classic_flow(original(response), asked)


@completes(CognitoIdentityResponse)
def tag_resource(_original: None, response: CognitoIdentityResponse) -> str:
    """Add tags to a pool; moto lacks the call."""
    asked = _asked(response)
    _pool_of_arn(response, asked["ResourceArn"]).tags.update(asked["Tags"])
    return "{}"


@completes(CognitoIdentityResponse)
def untag_resource(_original: None, response: CognitoIdentityResponse) -> str:
    """Remove tags of a pool; moto lacks the call."""
    asked = _asked(response)
    for key in asked["TagKeys"]:
        _pool_of_arn(response, asked["ResourceArn"]).tags.pop(key, None)
    return "{}"


# Roles and tags


@completes(CognitoIdentityResponse)
def set_identity_pool_roles(_original: None, response: CognitoIdentityResponse) -> str:
    """Keep roles and role mappings; moto lacks the call."""
    asked = _asked(response)
    pool = _find_pool(response, asked["IdentityPoolId"])
    for provider, mapping in asked.get("RoleMappings", {}).items():
        if "AmbiguousRoleResolution" not in mapping:
            raise refusal("InvalidParameter", f"{provider}: AmbiguousRoleResolution is required")
        if mapping["Type"] == "Rules" and "RulesConfiguration" not in mapping:
            raise refusal("InvalidParameter", f"{provider}: RulesConfiguration is required")
    _roles[pool.identity_pool_id] = {
        "Roles": asked["Roles"],
        "RoleMappings": asked.get("RoleMappings", {}),
    }
    return "{}"


@completes(CognitoIdentityResponse)
def get_identity_pool_roles(_original: None, response: CognitoIdentityResponse) -> str:
    """Return roles and role mappings; moto lacks the call."""
    pool = _find_pool(response, _asked(response)["IdentityPoolId"])
    answer = {"IdentityPoolId": pool.identity_pool_id} | _roles.get(pool.identity_pool_id, {})
    return json.dumps(answer)


@completes(CognitoIdentityResponse)
def set_principal_tag_attribute_map(_original: None, response: CognitoIdentityResponse) -> str:
    """Keep the principal tags of a provider; moto lacks the call."""
    asked = _asked(response)
    pool = _find_pool(response, asked["IdentityPoolId"])
    kept = {"UseDefaults": False, "PrincipalTags": {}} | asked
    _principal_tags[pool.identity_pool_id, asked["IdentityProviderName"]] = kept
    return json.dumps(kept)


@completes(CognitoIdentityResponse)
def get_principal_tag_attribute_map(_original: None, response: CognitoIdentityResponse) -> str:
    """Return the principal tags of a provider; moto lacks the call."""
    asked = _asked(response)
    pool = _find_pool(response, asked["IdentityPoolId"])
    kept = _principal_tags.get((pool.identity_pool_id, asked["IdentityProviderName"]), {})
    return json.dumps(asked | kept)


# Users


@completes(CognitoIdentityResponse)
def get_id(original: Original, response: CognitoIdentityResponse) -> str:
    """Give a user one identity, and guests one only where the pool allows guests."""
    asked = _asked(response)
    pool = _find_pool(response, asked["IdentityPoolId"])
    logins = checked_logins(pool, asked.get("Logins", {}))
    subjects = {login.subject for login in logins}
    for identity_id, identity in _identities.items():
        if identity.pool_id == pool.identity_pool_id and identity.logins & subjects:
            return json.dumps({"IdentityId": identity_id})
    answer: str = original(response)
    # Moto names the region of the call, which an unsigned one does not have.
    region = pool.identity_pool_id.partition(":")[0]
    identity_id = f"{region}:{json.loads(answer)['IdentityId'].partition(':')[2]}"
    _identities[identity_id] = _Identity(pool_id=pool.identity_pool_id, logins=subjects)
    return json.dumps({"IdentityId": identity_id})


@completes(CognitoIdentityResponse)
def get_credentials_for_identity(_original: Original, response: CognitoIdentityResponse) -> str:
    """Return credentials of the role that the user should get, if that role trusts the user."""
    asked = _asked(response)
    identity = _identities.get(asked["IdentityId"])
    if identity is None:
        raise refusal("ResourceNotFound", f"Identity '{asked['IdentityId']}' not found.")
    pool = _find_pool(response, identity.pool_id)
    logins = checked_logins(pool, asked.get("Logins", {}))
    if {login.subject for login in logins} != identity.logins:
        raise refusal(
            "NotAuthorized",
            "Logins don't match. Please include at least one valid login for this identity or "
            "identity pool.",
        )
    role = _role_for(response, pool, logins, asked.get("CustomRoleArn"))
    session = sts_backends[response.current_account][_partition(pool)].assume_role(
        region_name=pool.identity_pool_id.partition(":")[0],
        role_session_name=_SESSION,
        role_arn=role.arn,
        policy="",
        duration=_SECONDS,
        external_id="",
    )
    credentials = {
        "AccessKeyId": session.access_key_id,
        "Expiration": session.expiration.timestamp(),
        "SecretKey": session.secret_access_key,
        "SessionToken": session.session_token,
    }
    return json.dumps({"IdentityId": asked["IdentityId"], "Credentials": credentials})


@completes(CognitoIdentityResponse)
def get_open_id_token(original: Original, response: CognitoIdentityResponse) -> str:
    """Begin the classic flow only where the pool allows it; its token stays moto's invention."""
    identity = _identities.get(_asked(response)["IdentityId"])
    if identity is not None and not _classic_flows.get(identity.pool_id, False):
        raise refusal(
            "InvalidParameter", "Basic (classic) flow is not enabled, please use enhanced flow."
        )
    answer: str = original(response)
    return answer


def _role_for(
    response: CognitoIdentityResponse,
    pool: CognitoIdentityPool,
    logins: list[Login],
    custom: str | None,
) -> Role:
    kept = _roles.get(pool.identity_pool_id, {"Roles": {}, "RoleMappings": {}})
    amr = ["unauthenticated"]
    tagged = False
    arn = kept["Roles"].get("unauthenticated")
    if logins:
        login = logins[0]
        amr = ["authenticated", *(each.provider for each in logins)]
        tagged = (pool.identity_pool_id, login.provider) in _principal_tags
        try:
            arn = choose_role(
                kept["RoleMappings"].get(login.mapped_as),
                login.claims,
                authenticated=kept["Roles"].get("authenticated"),
                custom=custom,
            )
        except DeniedError:
            raise refusal(
                "NotAuthorized",
                f"The ambiguous role mapping rules for: {login.mapped_as} denied this request.",
            ) from None
    for role in iam_backends[response.current_account][_partition(pool)].get_roles():
        if role.arn == arn and is_trusted(
            json.loads(unquote(role.assume_role_policy_document)),
            pool_id=pool.identity_pool_id,
            amr=amr,
            carries_tags=tagged,
        ):
            return role
    raise refusal(
        "InvalidIdentityPoolConfiguration",
        "Invalid identity pool configuration. Check assigned IAM roles for this pool.",
    )


def _find_pool(response: CognitoIdentityResponse, pool_id: str) -> CognitoIdentityPool:
    """Find a pool in its own region: the calls of users are not signed, so they name none."""
    region = pool_id.partition(":")[0]
    pools = cognitoidentity_backends[response.current_account][region].identity_pools
    if pool_id not in pools:
        raise refusal("ResourceNotFound", f"IdentityPool '{pool_id}' not found.")
    return pools[pool_id]


def _pool_of_arn(response: CognitoIdentityResponse, arn: str) -> CognitoIdentityPool:
    return _find_pool(response, arn.rpartition("/")[2])


def _keep_classic_flow(original_answer: str, asked: dict[str, Any]) -> str:
    answer: dict[str, Any] = json.loads(original_answer)
    classic = asked.get("AllowClassicFlow", False)
    _classic_flows[answer["IdentityPoolId"]] = classic
    return json.dumps(answer | {"AllowClassicFlow": classic})


def _partition(pool: CognitoIdentityPool) -> str:
    return get_partition(pool.identity_pool_id.partition(":")[0])


def _asked(response: CognitoIdentityResponse) -> dict[str, Any]:
    asked: dict[str, Any] = json.loads(response.body)
    return asked
