"""Checks the tokens that users hand to an identity pool, as far as an emulator can.

Only tokens of user pools can be checked: nobody else issues tokens here.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from moto.cognitoidentity.models import CognitoIdentityPool
from moto.cognitoidp.exceptions import UserNotFoundError
from moto.cognitoidp.models import CognitoIdpUserPool, cognitoidp_backends
from moto.core.exceptions import JsonRESTError


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """A token that was checked.

    Attributes:
        provider: Whose it is: host and path of a user pool.
        claims: What it says.
    """

    provider: str
    claims: dict[str, Any]

    @property
    def subject(self) -> tuple[str, str]:
        """Who it speaks for."""
        return self.provider, self.claims["sub"]

    @property
    def mapped_as(self) -> str:
        """The key of its mapping in `RoleMappings`."""
        return f"{self.provider}:{self.claims['aud']}"


def checked_logins(pool: CognitoIdentityPool, logins: Mapping[str, str]) -> list[Login]:
    """Checks each token of *logins*; none is a guest, for whom the pool must be open.

    Raises:
        JsonRESTError: If Cognito would refuse one.
    """
    if not logins and not pool.allow_unauthenticated_identities:
        raise refusal(
            "NotAuthorized", "Unauthenticated access is not supported for this identity pool."
        )
    return [_checked_login(pool, provider, token) for provider, token in logins.items()]


def refusal(kind: str, message: str) -> JsonRESTError:
    """The answer to a call that fails with `<kind>Exception`."""
    return JsonRESTError(f"{kind}Exception", message)


def _checked_login(pool: CognitoIdentityPool, provider: str, token: str) -> Login:
    """Only an ID token of a client that the pool knows will do, while the user is signed in."""
    entries = [
        entry
        for entry in pool.cognito_identity_providers or []
        if entry["ProviderName"] == provider
    ]
    user_pool = _user_pool(provider.rpartition("/")[2])
    if not entries or user_pool is None:
        raise _unsupported()
    try:
        claims = jwt.decode(token, user_pool.json_web_key, algorithms=["RS256"]).claims
    except (JoseError, ValueError):
        raise refusal(
            "NotAuthorized", "Invalid login token. Not a valid OpenId Connect identity token."
        ) from None
    if claims["iss"] != f"https://{provider}":
        raise refusal("NotAuthorized", "Invalid login token. Issuer doesn't match providerName")
    # The audience of an access token stands in another claim.
    entry = next((each for each in entries if each["ClientId"] == claims.get("aud")), None)
    if entry is None:
        raise _unsupported()
    now = int(time.time())
    if claims["exp"] <= now:
        raise refusal(
            "NotAuthorized", f"Invalid login token. Token expired: {now} >= {claims['exp']}"
        )
    if entry.get("ServerSideTokenCheck") and not _is_signed_in(user_pool, claims):
        raise refusal("NotAuthorized", "Token is not valid: the user was signed out or deleted.")
    return Login(provider=provider, claims=claims)


def _is_signed_in(pool: CognitoIdpUserPool, claims: dict[str, Any]) -> bool:
    try:
        user = pool.backend.admin_get_user(pool.id, claims["cognito:username"])
    except UserNotFoundError:
        return False
    origins = {token[2] for token in pool.refresh_tokens.values() if token is not None}
    return bool(user.enabled) and claims["origin_jti"] in origins


def _user_pool(pool_id: str) -> CognitoIdpUserPool | None:
    for account in cognitoidp_backends.values():
        for backend in account.values():
            if pool_id in backend.user_pools:
                return backend.user_pools[pool_id]
    return None


def _unsupported() -> JsonRESTError:
    return refusal("NotAuthorized", "Token is not from a supported provider of this identity pool.")
