"""What users granted to applications on the sign-in pages: codes, and the scopes of tokens."""

import base64
import hashlib
import secrets
import time
from dataclasses import dataclass

from moto.cognitoidp.models import (
    CognitoIdpUser,
    CognitoIdpUserPool,
    CognitoIdpUserPoolClient,
    CognitoIdpUserPoolDomain,
    cognitoidp_backends,
)

_CODE_SECONDS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What a user granted to a client.

    Attributes:
        pool: The pool.
        client: The client.
        user: The user.
        scopes: What the tokens allow.
        redirect_uri: Where the code went, which the client repeats.
        nonce: What the client wants to read in the ID token.
        code_challenge: The hash of the secret that the client shows with the code (PKCE).
    """

    pool: CognitoIdpUserPool
    client: CognitoIdpUserPoolClient
    user: CognitoIdpUser
    scopes: tuple[str, ...]
    redirect_uri: str
    nonce: str | None = None
    code_challenge: str | None = None

    def accepts(self, verifier: str | None) -> bool:
        """Whether the client shows the secret of its challenge (RFC 7636, section 4.6)."""
        if self.code_challenge is None:
            return verifier is None
        digest = hashlib.sha256((verifier or "").encode()).digest()
        shown = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        return secrets.compare_digest(shown, self.code_challenge.rstrip("="))


_codes: dict[str, tuple[Grant, float]] = {}
_grants: dict[str, Grant] = {}


def new_code(grant: Grant) -> str:
    """A code for a grant."""
    code = secrets.token_urlsafe(32)
    _codes[code] = (grant, time.monotonic() + _CODE_SECONDS)
    return code


def redeem(code: str) -> Grant | None:
    """The grant of a code, which is good once, and for five minutes."""
    grant, ends = _codes.pop(code, (None, 0.0))
    return grant if time.monotonic() < ends else None


def remember(origin: str, grant: Grant) -> None:
    """Keeps the grant that all tokens of one sign-in come from."""
    _grants[origin] = grant


def grant_of(origin: str) -> Grant | None:
    """The grant that tokens come from; `None` where the API issued them."""
    return _grants.get(origin)


def domain_of(host: str) -> tuple[CognitoIdpUserPool, CognitoIdpUserPoolDomain] | None:
    """The pool whose domain *host* is."""
    for account in cognitoidp_backends.values():
        for region, backend in account.items():
            for domain in backend.user_pool_domains.values():
                if host == host_of(domain, region):
                    return backend.user_pools[domain.user_pool_id], domain
    return None


def host_of(domain: CognitoIdpUserPoolDomain, region: str) -> str:
    """The host of a domain: a name of its own, or one of Cognito's."""
    name: str = domain.domain
    return name if domain.custom_domain_config else f"{name}.auth.{region}.amazoncognito.com"
