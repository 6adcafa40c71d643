"""Completes the metadata of an issuer: the endpoints of its domain."""

import json
from typing import Any
from urllib.parse import urlsplit

from moto.cognitoidp.models import CognitoIdpUserPool, cognitoidp_backends
from moto.cognitoidp.responses import CognitoIdpOpenIdConfigurationResponse

from tests.emulator.completing import Original, completes
from tests.emulator.grants import host_of

_ENDPOINTS = {
    "authorization_endpoint": "oauth2/authorize",
    "end_session_endpoint": "logout",
    "revocation_endpoint": "oauth2/revoke",
    "token_endpoint": "oauth2/token",
    "userinfo_endpoint": "oauth2/userInfo",
}


@completes(CognitoIdpOpenIdConfigurationResponse)
def serve_openid_configuration(original: Original, *arguments: Any) -> Any:
    """Add the endpoints of the pool's domain."""
    status, headers, body = original(*arguments)
    document = json.loads(body)
    pool_id = document["issuer"].rpartition("/")[2]
    pool = _pool(pool_id)
    if pool is None:
        message = json.dumps({"message": f"User pool {pool_id} does not exist."})
        return 400, headers, message.encode()
    issuer = urlsplit(document["issuer"])
    if urlsplit(document["jwks_uri"]).netloc == issuer.netloc:
        document["jwks_uri"] = f"{document['issuer']}/.well-known/jwks.json"
    document["token_endpoint_auth_methods_supported"] = [
        "client_secret_basic",
        "client_secret_post",
    ]
    if pool.domain is not None:
        base = f"https://{host_of(pool.domain, pool.region)}"
        document |= {name: f"{base}/{path}" for name, path in _ENDPOINTS.items()}
    return status, headers, json.dumps(document).encode()


def _pool(pool_id: str) -> CognitoIdpUserPool | None:
    for account in cognitoidp_backends.values():
        for backend in account.values():
            if pool_id in backend.user_pools:
                found: CognitoIdpUserPool = backend.user_pools[pool_id]
                return found
    return None
