"""Completes moto (5.2.5), when imported, where it forgets or skips what Cognito and others do.

Each function marked `_completes` takes the place of moto's method of the same name, or of the name
given there, which it gets as its first argument. Identity pools, which have an API of their own,
are completed in `identity_pool_completions`.
"""

import base64
import json
import secrets
import time
import uuid
from typing import Any

from moto.cognitoidp.exceptions import (
    CodeMismatchException,
    InvalidParameterException,
    NotAuthorizedError,
    ResourceNotFoundError,
)
from moto.cognitoidp.models import (
    CognitoIdpBackend,
    CognitoIdpUserPool,
    CognitoIdpUserPoolAttribute,
    CognitoIdpUserPoolClient,
    UserStatus,
    cognitoidp_backends,
)
from moto.cognitoidp.responses import CognitoIdpResponse
from moto.cognitoidp.utils import check_secret_hash
from moto.core.exceptions import JsonRESTError
from moto.core.responses import ActionResult, EmptyResult
from moto.logs.models import LogGroup
from moto.wafv2.models import WAFV2Backend

from tests.support import custom_challenge
from tests.support.completing import Original as _Original, completes as _completes
from tests.support.emulator import CODE_HEADER
from tests.support.srp import Handshake

_KEPT_BY_UPDATE = (
    "AliasAttributes",
    "UsernameAttributes",
    "UsernameConfiguration",
    "UserPoolTags",
)
_FURTHER_MFA = ("EmailMfaConfiguration", "WebAuthnConfiguration")
_DEFAULT_FLOWS = ("ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH")
_RISK_EVENTS = ("SIGN_IN", "PASSWORD_CHANGE", "SIGN_UP")
_LEAKS = "CompromisedCredentialsRiskConfiguration"
_RISK_PARTS = (_LEAKS, "AccountTakeoverRiskConfiguration", "RiskExceptionConfiguration")
_SECONDS = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86400}

# What DescribeIdentityProvider answers besides what was given (API reference, ProviderDetails).
_FILLED_IN = {
    "Facebook": {
        "attributes_url": "https://graph.facebook.com/v17.0/me?fields=",
        "attributes_url_add_attributes": "true",
        "authorize_url": "https://www.facebook.com/v17.0/dialog/oauth",
        "token_request_method": "GET",
        "token_url": "https://graph.facebook.com/v17.0/oauth/access_token",
    },
    "Google": {
        "attributes_url": "https://people.googleapis.com/v1/people/me?personFields=",
        "attributes_url_add_attributes": "true",
        "authorize_url": "https://accounts.google.com/o/oauth2/v2/auth",
        "oidc_issuer": "https://accounts.google.com",
        "token_request_method": "POST",
        "token_url": "https://www.googleapis.com/oauth2/v4/token",
    },
    "LoginWithAmazon": {
        "attributes_url": "https://api.amazon.com/user/profile",
        "attributes_url_add_attributes": "false",
        "authorize_url": "https://www.amazon.com/ap/oa",
        "token_request_method": "POST",
        "token_url": "https://api.amazon.com/auth/o2/token",
    },
    "OIDC": {"attributes_url_add_attributes": "false"},
    "SAML": {
        "ActiveEncryptionCertificate": "MIIDcertificate",
        "SLORedirectBindingURI": "https://idp.example/slo/saml",
        "SSORedirectBindingURI": "https://idp.example/sso/saml",
    },
    "SignInWithApple": {
        "attributes_url_add_attributes": "false",
        "authorize_url": "https://appleid.apple.com/auth/authorize",
        "oidc_issuer": "https://appleid.apple.com",
        "token_request_method": "POST",
        "token_url": "https://appleid.apple.com/auth/token",
    },
}

_handshakes: dict[str, Handshake] = {}
_further_mfa: dict[str, dict[str, Any]] = {}
_managed_login_versions: dict[str, int] = {}
_customizations: dict[tuple[str, str], dict[str, str]] = {}
_rotated_at: dict[str, float] = {}
_risk_configurations: dict[tuple[str, str | None], dict[str, Any]] = {}


# The user pool


@_completes(CognitoIdpUserPool)
def to_json(original: _Original, pool: CognitoIdpUserPool, extended: bool = False) -> Any:  # noqa: FBT001, FBT002 - moto's signature
    """A pool always tells its feature plan."""
    told = original(pool, extended=extended)
    return {"UserPoolTier": "ESSENTIALS", **told} if extended else told


@_completes(CognitoIdpUserPoolAttribute, "to_json")
def attribute_to_json(
    original: _Original, attribute: CognitoIdpUserPoolAttribute
) -> dict[str, Any]:
    """A number without bounds has empty constraints of a number, not of a text."""
    told: dict[str, Any] = original(attribute)
    if attribute.data_type == "Number" and not told["NumberAttributeConstraints"]:
        told |= {"NumberAttributeConstraints": {}, "StringAttributeConstraints": None}
    return told


@_completes(CognitoIdpUserPool)
def update_extended_config(
    original: _Original, pool: CognitoIdpUserPool, extended_config: dict[str, Any]
) -> None:
    """An update leaves alone what it cannot set."""
    before = getattr(pool, "extended_config", {})
    kept = {name: before[name] for name in _KEPT_BY_UPDATE if name in before}
    original(pool, kept | extended_config)


@_completes(CognitoIdpResponse)
def set_user_pool_mfa_config(original: _Original, response: CognitoIdpResponse) -> ActionResult:
    """MFA by e-mail and passkeys are kept, and what is not named stays as it is."""
    asked = response.parameters
    pool = response.backend.describe_user_pool(asked["UserPoolId"])
    if asked.get("MfaConfiguration") is None:
        asked["MfaConfiguration"] = pool.mfa_config
    _further_mfa[asked["UserPoolId"]] = {
        name: asked[name] for name in _FURTHER_MFA if name in asked
    }
    if "EmailMfaConfiguration" in asked and asked.get("SoftwareTokenMfaConfiguration") is None:
        asked["SoftwareTokenMfaConfiguration"] = {"Enabled": False}
    response.body = json.dumps(asked)
    answer: ActionResult = original(response)
    return answer


@_completes(CognitoIdpBackend)
def get_user_pool_mfa_config(
    original: _Original, backend: CognitoIdpBackend, user_pool_id: str
) -> dict[str, Any]:
    """MFA by e-mail and passkeys are told."""
    return {**original(backend, user_pool_id), **_further_mfa.get(user_pool_id, {})}


@_completes(CognitoIdpBackend)
def delete_user_pool(original: _Original, backend: CognitoIdpBackend, user_pool_id: str) -> None:
    """A pool with deletion protection is not deleted."""
    pool = backend.describe_user_pool(user_pool_id)
    if pool.extended_config.get("DeletionProtection") == "ACTIVE":
        raise InvalidParameterException(
            "The user pool cannot be deleted because deletion protection is activated. "
            "Deletion protection must be inactivated first."
        )
    original(backend, user_pool_id)


@_completes(CognitoIdpResponse)
def tag_resource(_original: None, response: CognitoIdpResponse) -> ActionResult:
    """A pool's tags can be changed; moto has no call for it."""
    asked = response.parameters
    _tags_of(response.backend, asked["ResourceArn"]).update(asked["Tags"])
    return EmptyResult()


@_completes(CognitoIdpResponse)
def untag_resource(_original: None, response: CognitoIdpResponse) -> ActionResult:
    """A pool's tags can be taken off; moto has no call for it."""
    asked = response.parameters
    tags = _tags_of(response.backend, asked["ResourceArn"])
    for key in asked["TagKeys"]:
        tags.pop(key, None)
    return EmptyResult()


# The sign-in pages


@_completes(CognitoIdpResponse)
def create_user_pool_domain(original: _Original, response: CognitoIdpResponse) -> ActionResult:
    """A domain keeps its version of the pages."""
    asked = response.parameters
    _managed_login_versions[asked["Domain"]] = asked.get("ManagedLoginVersion", 1)
    answer: ActionResult = original(response)
    return answer


@_completes(CognitoIdpResponse)
def update_user_pool_domain(original: _Original, response: CognitoIdpResponse) -> ActionResult:
    """The version of the pages can be changed."""
    asked = response.parameters
    kept = _managed_login_versions.get(asked["Domain"], 1)
    _managed_login_versions[asked["Domain"]] = asked.get("ManagedLoginVersion", kept)
    answer: ActionResult = original(response)
    return answer


@_completes(CognitoIdpResponse)
def describe_user_pool_domain(_original: _Original, response: CognitoIdpResponse) -> ActionResult:
    """A domain tells its account, its certificate and its version; moto makes up an account."""
    name = response.parameters["Domain"]
    domain = response.backend.describe_user_pool_domain(name)
    if domain is None:
        return ActionResult({"DomainDescription": {}})
    told = domain.to_json() | {
        "AWSAccountId": response.current_account,
        "CustomDomainConfig": domain.custom_domain_config,
        "ManagedLoginVersion": _managed_login_versions.get(name, 1),
    }
    return ActionResult({"DomainDescription": told})


@_completes(CognitoIdpResponse)
def set_ui_customization(_original: None, response: CognitoIdpResponse) -> ActionResult:
    """The classic pages can be changed once there is a domain; moto has no call for it."""
    asked = response.parameters
    pool = response.backend.describe_user_pool(asked["UserPoolId"])
    if pool.domain is None:
        raise InvalidParameterException(
            "There has to be an existing domain associated with this user pool"
        )
    told = {"UserPoolId": pool.id, "ClientId": asked.get("ClientId", "ALL")}
    if "CSS" in asked:
        told |= {"CSS": asked["CSS"], "CSSVersion": "20260101000000"}
    if "ImageFile" in asked:
        told |= {"ImageUrl": f"https://{pool.domain.domain}.example/image.png"}
    _customizations[pool.id, told["ClientId"]] = told
    return ActionResult({"UICustomization": told})


@_completes(CognitoIdpResponse)
def get_ui_customization(_original: None, response: CognitoIdpResponse) -> ActionResult:
    """What was changed is told; moto has no call for it."""
    asked = response.parameters
    response.backend.describe_user_pool(asked["UserPoolId"])
    told = _customizations.get((asked["UserPoolId"], asked.get("ClientId", "ALL")), {})
    return ActionResult({"UICustomization": told})


# Threat protection, logs and web ACLs


@_completes(CognitoIdpResponse)
def set_risk_configuration(_original: None, response: CognitoIdpResponse) -> ActionResult:
    """What is done at a risk is kept, where threat protection is on; moto has no call for it."""
    asked = response.parameters
    _check_threat_protection(response.backend.describe_user_pool(asked["UserPoolId"]))
    kept = {name: asked[name] for name in _RISK_PARTS if name in asked}
    if _LEAKS in kept:
        kept[_LEAKS] = {"EventFilter": list(_RISK_EVENTS)} | kept[_LEAKS]
    _risk_configurations[_risk_key(asked)] = kept
    return ActionResult({"RiskConfiguration": _risk_configuration(asked)})


@_completes(CognitoIdpResponse)
def describe_risk_configuration(_original: None, response: CognitoIdpResponse) -> ActionResult:
    """What was set is told, by pool and by client; moto has no call for it."""
    asked = response.parameters
    _check_threat_protection(response.backend.describe_user_pool(asked["UserPoolId"]))
    return ActionResult({"RiskConfiguration": _risk_configuration(asked)})


@_completes(WAFV2Backend)
def delete_web_acl(
    original: _Original, backend: WAFV2Backend, name: str, scope: str, _id: str, lock_token: str
) -> None:
    """An ACL that is in front of something is not deleted."""
    if backend.get_web_acl(None, name, _id).associated_resources:
        raise JsonRESTError(
            "WAFAssociatedItemException",
            "AWS WAF couldn't perform the operation because your resource is being used by "
            "another resource or it's associated with another resource.",
        )
    original(backend, name, scope, _id, lock_token)


@_completes(LogGroup, "to_describe_dict")
def log_group_to_describe_dict(original: _Original, group: LogGroup) -> dict[str, Any]:
    """A log group tells its class; moto has none, so it is the usual one."""
    return {"logGroupClass": "STANDARD", **original(group)}


# Identity providers


@_completes(CognitoIdpResponse)
def describe_identity_provider(_original: _Original, response: CognitoIdpResponse) -> ActionResult:
    """A provider tells what Cognito filled in, and keeps Apple's private key to itself."""
    asked = response.parameters
    provider = response.backend.describe_identity_provider(
        asked["UserPoolId"], asked["ProviderName"]
    ).to_json(extended=True)
    details = _FILLED_IN[provider["ProviderType"]] | provider["ProviderDetails"]
    details.pop("private_key", None)
    return ActionResult({"IdentityProvider": {**provider, "ProviderDetails": details}})


# Resource servers


@_completes(CognitoIdpResponse)
def update_resource_server(_original: None, response: CognitoIdpResponse) -> ActionResult:
    """A server's name and scopes can be changed; moto has no call for it."""
    asked = response.parameters
    server = response.backend.describe_resource_server(asked["UserPoolId"], asked["Identifier"])
    server.name = asked["Name"]
    server.scopes = asked.get("Scopes", [])
    return ActionResult({"ResourceServer": server.to_json()})


@_completes(CognitoIdpResponse)
def delete_resource_server(_original: None, response: CognitoIdpResponse) -> ActionResult:
    """A server can be deleted; moto has no call for it."""
    asked = response.parameters
    response.backend.describe_resource_server(asked["UserPoolId"], asked["Identifier"])
    pool = response.backend.describe_user_pool(asked["UserPoolId"])
    del pool.resource_servers[asked["Identifier"]]
    return EmptyResult()


# Signing up


@_completes(CognitoIdpResponse)
def sign_up(original: _Original, response: CognitoIdpResponse) -> ActionResult:
    """A client with a secret proves it, and the user gets a code."""
    asked = response.parameters
    backend, pool, client = _find_client(asked["ClientId"])
    username = asked["Username"]
    _check_secret_hash(client, username, asked.get("SecretHash"))
    answer: ActionResult = original(response)
    code = f"{secrets.randbelow(10**6):06}"
    backend.admin_get_user(pool.id, username).confirmation_code = code
    response.response_headers[CODE_HEADER] = code
    return answer


@_completes(CognitoIdpResponse)
def confirm_sign_up(original: _Original, response: CognitoIdpResponse) -> ActionResult:
    """Only the right code confirms a user, and it verifies the attribute that it was sent to."""
    asked = response.parameters
    backend, pool, client = _find_client(asked["ClientId"])
    username = asked["Username"]
    _check_secret_hash(client, username, asked.get("SecretHash"))
    user = backend.admin_get_user(pool.id, username)
    if user.status == UserStatus.CONFIRMED:
        raise NotAuthorizedError("User cannot be confirmed. Current status is CONFIRMED")
    if asked["ConfirmationCode"] != user.confirmation_code:
        raise CodeMismatchException("Invalid verification code provided, please try again.")
    answer: ActionResult = original(response)
    verified = pool.extended_config.get("AutoVerifiedAttributes", [])
    user.update_attributes([{"Name": f"{name}_verified", "Value": "true"} for name in verified])
    return answer


# Signing in


@_completes(CognitoIdpBackend)
def initiate_auth(
    original: _Original,
    backend: CognitoIdpBackend,
    client_id: str,
    auth_flow: str,
    auth_parameters: dict[str, str],
) -> dict[str, Any]:
    """A client signs in by its own flows only, and SRP is calculated instead of made up."""
    _, pool, client = _find_client(client_id)
    flows = client.extended_config.get("ExplicitAuthFlows") or _DEFAULT_FLOWS
    needed = "REFRESH_TOKEN_AUTH" if auth_flow == "REFRESH_TOKEN" else auth_flow
    if f"ALLOW_{needed}" not in flows:
        raise InvalidParameterException(f"{auth_flow} flow not enabled for this client")
    if auth_flow == "CUSTOM_AUTH":
        _check_secret_hash(client, auth_parameters["USERNAME"], auth_parameters.get("SECRET_HASH"))
        return _next_challenge(backend, custom_challenge.begin(pool, client, auth_parameters))
    answer: dict[str, Any] = original(backend, client_id, auth_flow, auth_parameters)
    if answer.get("ChallengeName") == "PASSWORD_VERIFIER":
        user = backend.admin_get_user(pool.id, auth_parameters["USERNAME"])
        handshake = Handshake(
            pool_id=pool.id,
            user_id=user.username,
            password=user.password or "",
            client_value=auth_parameters["SRP_A"],
        )
        block = base64.b64encode(secrets.token_bytes(32)).decode()
        backend.sessions[block] = backend.sessions.pop(answer["Session"])
        _handshakes[block] = handshake
        answer["ChallengeParameters"] |= {
            "SALT": handshake.salt,
            "SECRET_BLOCK": block,
            "SRP_B": handshake.server_value,
            "USER_ID_FOR_SRP": user.username,
        }
    return answer


@_completes(CognitoIdpBackend)
def respond_to_auth_challenge(  # noqa: PLR0917 - moto's signature
    original: _Original,
    backend: CognitoIdpBackend,
    session: str,
    client_id: str,
    challenge_name: str,
    challenge_responses: dict[str, str],
) -> Any:
    """SRP's answer must show the password; moto takes any answer. Triggers judge their own."""
    if challenge_name == custom_challenge.CHALLENGE:
        _, _, client = _find_client(client_id)
        username = challenge_responses["USERNAME"]
        _check_secret_hash(client, username, challenge_responses.get("SECRET_HASH"))
        attempt = custom_challenge.resume(session, client)
        attempt.answer(challenge_responses["ANSWER"])
        return _next_challenge(backend, attempt)
    if challenge_name == "PASSWORD_VERIFIER":
        _, _, client = _find_client(client_id)
        username = challenge_responses["USERNAME"]
        _check_secret_hash(client, username, challenge_responses.get("SECRET_HASH"))
        block = challenge_responses["PASSWORD_CLAIM_SECRET_BLOCK"]
        handshake = _handshakes.pop(block, None)
        if handshake is None or not handshake.proves_password(
            secret_block=base64.b64decode(block),
            timestamp=challenge_responses["TIMESTAMP"],
            signature=base64.b64decode(challenge_responses["PASSWORD_CLAIM_SIGNATURE"]),
        ):
            raise NotAuthorizedError("Incorrect username or password.")
    return original(backend, session, client_id, challenge_name, challenge_responses)


# Tokens


@_completes(CognitoIdpUserPool)
def create_jwt(  # noqa: PLR0917 - moto's signature
    original: _Original,
    pool: CognitoIdpUserPool,
    client_id: str,
    username: str,
    token_use: str,
    extra_data: dict[str, Any],
) -> tuple[str, int]:
    """A token lives as long as its client says, and an ID token names the roles of groups."""
    name = "AccessToken" if token_use == "access" else "IdToken"
    lifetime = _lifetime(pool.clients[client_id], name)
    if token_use == "id":
        extra_data = extra_data | _role_claims(pool, username)
    token: tuple[str, int] = original(
        pool, client_id, username, token_use, expires_in=lifetime, extra_data=extra_data
    )
    return token


@_completes(CognitoIdpResponse)
def revoke_token(_original: None, response: CognitoIdpResponse) -> ActionResult:
    """A refresh token is revoked, and with it the access tokens that came from it."""
    asked = response.parameters
    _, pool, client = _find_client(asked["ClientId"])
    _check_secret(client, asked.get("ClientSecret"))
    token = asked["Token"]
    origin = pool.refresh_tokens.get(token)
    if origin is not None and origin[0] == client.id:
        pool.refresh_tokens[token] = None
        for access_token in list(pool.access_tokens):
            if _claims(access_token)["origin_jti"] == origin[2]:
                del pool.access_tokens[access_token]
    return EmptyResult()


@_completes(CognitoIdpResponse)
def get_tokens_from_refresh_token(_original: None, response: CognitoIdpResponse) -> ActionResult:
    """A refresh token gives tokens, and a new one in its place where the client rotates them."""
    asked = response.parameters
    _, pool, client = _find_client(asked["ClientId"])
    _check_secret(client, asked.get("ClientSecret"))
    token = asked["RefreshToken"]
    origin = pool.refresh_tokens.get(token)
    if origin is None or origin[0] != client.id:
        raise NotAuthorizedError("Refresh Token has been revoked")
    rotation = client.extended_config.get("RefreshTokenRotation", {})
    grace = rotation.get("RetryGracePeriodSeconds", 0)
    if token in _rotated_at and time.monotonic() >= _rotated_at[token] + grace:
        raise JsonRESTError("RefreshTokenReuseException", "Refresh token has been invalidated")
    access_token, id_token, seconds = pool.create_tokens_from_refresh_token(token)
    result: dict[str, Any] = {
        "AccessToken": access_token,
        "ExpiresIn": seconds,
        "IdToken": id_token,
        "TokenType": "Bearer",
    }
    if rotation.get("Feature") == "ENABLED":
        _rotated_at.setdefault(token, time.monotonic())
        result["RefreshToken"] = str(uuid.uuid4())
        pool.refresh_tokens[result["RefreshToken"]] = origin
    return ActionResult({"AuthenticationResult": result})


@_completes(CognitoIdpUserPool)
def sign_out(original: _Original, pool: CognitoIdpUserPool, username: str) -> None:
    """A user is signed out everywhere, by whichever name; moto knows that of the sign-in alone."""
    user = pool.backend.admin_get_user(pool.id, username)
    signed_in = {token[1] for token in pool.refresh_tokens.values() if token is not None}
    for name in signed_in:
        if pool.backend.admin_get_user(pool.id, name) is user:
            original(pool, name)


def _role_claims(pool: CognitoIdpUserPool, username: str) -> dict[str, Any]:
    """The roles of the user's groups; the preferred one is of those with the lowest precedence.

    Developer guide, «Assigning precedence values to groups»; API, CreateGroup.
    """
    user = pool.backend.admin_get_user(pool.id, username)
    groups = [group for group in user.groups if group.role_arn]
    if not groups:
        return {}
    precedences = [group.precedence for group in groups if group.precedence is not None]
    best = min(precedences, default=None)
    preferred = {group.role_arn for group in groups if group.precedence == best}
    claims: dict[str, Any] = {"cognito:roles": sorted({group.role_arn for group in groups})}
    if len(preferred) == 1:
        claims["cognito:preferred_role"] = preferred.pop()
    return claims


def access_token_seconds(client: CognitoIdpUserPoolClient) -> int:
    """How long an access token of a client lives."""
    return _lifetime(client, "AccessToken")


def _lifetime(client: CognitoIdpUserPoolClient, token: str) -> int:
    unit = client.extended_config.get("TokenValidityUnits", {}).get(token, "hours")
    seconds: int = client.extended_config.get(f"{token}Validity", 1) * _SECONDS[unit]
    return seconds


def _next_challenge(
    backend: CognitoIdpBackend, attempt: custom_challenge.Attempt
) -> dict[str, Any]:
    """The next challenge of the triggers, or tokens."""
    challenge = attempt.next_challenge()
    if challenge is not None:
        return challenge
    tokens: dict[str, Any] = backend._log_user_in(  # noqa: SLF001 - moto's way to tokens
        attempt.pool, attempt.client, attempt.user.username
    )
    return tokens


def _find_client(
    client_id: str,
) -> tuple[CognitoIdpBackend, CognitoIdpUserPool, CognitoIdpUserPoolClient]:
    """Finds a client in any region: the calls of users are not signed, so they name none."""
    for account in cognitoidp_backends.values():
        for backend in account.values():
            for pool in backend.user_pools.values():
                if client_id in pool.clients:
                    return backend, pool, pool.clients[client_id]
    raise ResourceNotFoundError(f"User pool client {client_id} does not exist.")


def _check_threat_protection(pool: CognitoIdpUserPool) -> None:
    add_ons = pool.extended_config.get("UserPoolAddOns") or {}
    if add_ons.get("AdvancedSecurityMode", "OFF") == "OFF":
        raise JsonRESTError(
            "UserPoolAddOnNotEnabledException", "User pool add-on is not enabled for this pool."
        )


def _risk_key(asked: dict[str, Any]) -> tuple[str, str | None]:
    return asked["UserPoolId"], asked.get("ClientId")


def _risk_configuration(asked: dict[str, Any]) -> dict[str, Any]:
    named = {name: asked[name] for name in ("UserPoolId", "ClientId") if name in asked}
    return named | _risk_configurations.get(_risk_key(asked), {})


def _tags_of(backend: CognitoIdpBackend, arn: str) -> dict[str, str]:
    pool = backend.describe_user_pool(arn.rpartition("/")[2])
    tags: dict[str, str] = pool.extended_config.setdefault("UserPoolTags", {})
    return tags


def _check_secret(client: CognitoIdpUserPoolClient, secret: str | None) -> None:
    if client.generate_secret and secret != client.secret:
        raise NotAuthorizedError("Invalid client secret")


def _check_secret_hash(
    client: CognitoIdpUserPoolClient, username: str, secret_hash: str | None
) -> None:
    if client.generate_secret and not check_secret_hash(
        client.secret, client.id, username, secret_hash
    ):
        raise NotAuthorizedError(f"Unable to verify secret hash for client {client.id}")


def _claims(token: str) -> dict[str, Any]:
    payload = token.split(".")[1]
    claims: dict[str, Any] = json.loads(base64.urlsafe_b64decode(payload + "=="))
    return claims
