"""Authlib, on a server: the code flow with a secret and PKCE, refresh, and client credentials."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from authlib.integrations.base_client.errors import (  # type: ignore[import-untyped]
    OAuthError,
)
from authlib.integrations.requests_client import (  # type: ignore[import-untyped]
    OAuth2Session,
)
from joserfc import jwt
from joserfc.jwk import KeySet
from requests.adapters import HTTPAdapter

from tests.clients.conftest import PASSWORD, System
from tests.emulator import Emulator
from tests.emulator.tests.browser import Browser

pytestmark = pytest.mark.thorough

VERIFIER = "v" * 48


class ToEmulator(HTTPAdapter):
    """Leads requests to the emulator, which stands for the hosts of AWS."""

    def __init__(self, emulator: Emulator) -> None:
        super().__init__()
        self._emulator = emulator

    def send(
        self, request: requests.PreparedRequest, *arguments: Any, **named: Any
    ) -> requests.Response:
        """Sends a request to another address, under the name of its host."""
        parts = urlsplit(request.url or "")
        assert str(parts.hostname).endswith((".amazonaws.com", ".amazoncognito.com"))
        request.headers["Host"] = str(parts.hostname)
        path = parts._replace(scheme="", netloc="").geturl()
        request.url = f"{self._emulator.endpoint}{path}"
        return super().send(request, *arguments, **named)


class Server:
    """A server that signs users in.

    Attributes:
        plain: What `PlainJson` says of its client.
        metadata: What the issuer says of its endpoints.
        session: The session of the library.
    """

    def __init__(self, system: System, **settings: Any) -> None:
        self.system = system
        self.plain = system.configuration("auth.json")
        self.session = OAuth2Session(**settings)
        self.session.mount("https://", ToEmulator(system.emulator))
        self.session.trust_env = False
        issuer = self.plain["issuer"]
        url = f"{issuer}/.well-known/openid-configuration"
        self.metadata = self.session.get(url, withhold_token=True).json()
        assert self.metadata["issuer"] == issuer

    def sign_in(self, email: str, nonce: str) -> str:
        """Signs a user in on the pages; gives the URL that the browser comes back with."""
        url, _ = self.session.create_authorization_url(
            self.metadata["authorization_endpoint"], code_verifier=VERIFIER, nonce=nonce
        )
        parts = urlsplit(url)
        browser = Browser(self.system.emulator, parts.netloc)
        browser.open(f"{parts.path}?{parts.query}")
        return browser.send(username=email, password=PASSWORD).url

    def fetch(self, **asked: Any) -> Any:
        """Asks the token endpoint."""
        return self.session.fetch_token(self.metadata["token_endpoint"], **asked)

    def claims(self, token: str) -> Mapping[str, Any]:
        """What a token says, checked with the keys of the issuer."""
        keys = self.session.get(self.metadata["jwks_uri"], withhold_token=True).json()
        return jwt.decode(token, KeySet.import_key_set(keys), algorithms=["RS256"]).claims


@pytest.fixture
def identity(system: System) -> Mapping[str, Any]:
    """How the server is known, from its files."""
    found = system.server()
    plain = system.configuration("auth.json")
    return {
        "client_id": found["ID"],
        "client_secret": found["SECRET"],
        "redirect_uri": plain["callback_urls"][0],
        "scope": " ".join(plain["scopes"]),
        "code_challenge_method": "S256",
    }


def test_a_user_signs_in_by_a_code(system: System, identity: Mapping[str, Any]) -> None:
    """The code is good once; the refresh token stays, for this client does not rotate."""
    server = Server(system, **identity)
    sub = system.new_user("authlib@example.com")
    back = server.sign_in("authlib@example.com", "a nonce")
    tokens = server.fetch(authorization_response=back, code_verifier=VERIFIER)
    claims = server.claims(tokens["id_token"])
    assert (claims["sub"], claims["nonce"], claims["aud"]) == (
        sub,
        "a nonce",
        identity["client_id"],
    )
    user = server.session.get(server.metadata["userinfo_endpoint"]).json()
    assert (user["sub"], user["email"]) == (sub, "authlib@example.com")
    fresh = server.session.refresh_token(
        server.metadata["token_endpoint"], refresh_token=tokens["refresh_token"]
    )
    assert fresh["access_token"] != tokens["access_token"]
    before, after = (server.claims(one["access_token"])["scope"] for one in (tokens, fresh))
    assert before == after
    with pytest.raises(OAuthError, match="invalid_grant"):
        server.fetch(authorization_response=back, code_verifier=VERIFIER)


@pytest.mark.parametrize(
    ("changed", "verifier", "error"),
    [({}, "w" * 48, "invalid_grant"), ({"client_secret": "x"}, VERIFIER, "invalid_client")],
)
def test_a_code_is_worthless_without_its_secrets(
    changed: dict[str, str],
    verifier: str,
    error: str,
    system: System,
    identity: Mapping[str, Any],
) -> None:
    server = Server(system, **{**identity, **changed})
    email = f"authlib-{error}@example.com"
    system.new_user(email)
    back = server.sign_in(email, "a nonce")
    with pytest.raises(OAuthError, match=error):
        server.fetch(authorization_response=back, code_verifier=verifier)


@pytest.mark.parametrize("method", ["client_secret_basic", "client_secret_post"])
def test_a_program_gets_a_token(method: str, system: System) -> None:
    job = system.configuration("job.json")
    program = Server(
        system,
        client_id=job["id"],
        client_secret=job["secret"],
        token_endpoint_auth_method=method,
    )
    tokens = program.fetch(grant_type="client_credentials", scope="api/read")
    assert program.claims(tokens["access_token"])["client_id"] == job["id"]
    with pytest.raises(OAuthError, match="invalid_scope"):
        program.fetch(grant_type="client_credentials", scope="api/write")
