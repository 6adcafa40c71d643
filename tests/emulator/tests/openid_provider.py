"""A provider of OpenID Connect for tests, on the loopback interface: tokens, keys and user info."""

import json
import secrets
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

if TYPE_CHECKING:
    from joserfc.jwk import ECKey

CLIENT_ID = "the-pool"
CLIENT_SECRET = "a secret of the pool"
_POLL_SECONDS = 0.05


class OpenIdProvider:
    """A provider, which signs in whoever a test says.

    Attributes:
        host: The host that it stands for.
        user: The claims of the user.
        changed: Claims of the ID token that are not as they should be.
        token_error: What the token endpoint answers instead of tokens, if it does.
        key: Its key.
        signing_key: The key that it signs with.
        public_key: The key that a client signs its secret with, where it has no other secret.
        requests: What was asked for.
    """

    def __init__(self, host: str) -> None:
        self.host = host
        self.user: dict[str, Any] = {"sub": "1"}
        self.changed: dict[str, Any] = {}
        self.token_error: dict[str, str] | None = None
        self.public_key: ECKey | None = None
        self.key = RSAKey.generate_key(2048, {"kid": "1"}, auto_kid=False)
        self.signing_key = self.key
        self.requests: list[str] = []
        self._codes: dict[str, Mapping[str, str]] = {}
        self._access_tokens: set[str] = set()

    @property
    def issuer(self) -> str:
        """Its name."""
        return f"https://{self.host}"

    def sign_in(self, url: str) -> dict[str, str]:
        """Signs the user in at the URL that the browser was sent to; gives what it brings back."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        code = secrets.token_urlsafe()
        self._codes[code] = asked
        return {"code": code, "state": asked["state"]}

    def answer(self, path: str, form: Mapping[str, str], token: str) -> tuple[int, Any]:
        """Answers a request."""
        self.requests.append(path)
        match path:
            case "/.well-known/openid-configuration":
                return 200, {
                    "issuer": self.issuer,
                    "authorization_endpoint": f"{self.issuer}/authorize",
                    "token_endpoint": f"{self.issuer}/token",
                    "userinfo_endpoint": f"{self.issuer}/me",
                    "jwks_uri": f"{self.issuer}/keys",
                }
            case "/keys":
                return 200, KeySet([self.key]).as_dict(private=False)
            case "/token" | "/oauth/access_token" | "/auth/token":
                return self._tokens(form)
            case "/me" if token in self._access_tokens:
                return 200, self.user
        return 404, {"error": "invalid_request"}

    def _tokens(self, form: Mapping[str, str]) -> tuple[int, Any]:
        if self.token_error is not None:
            return 400, self.token_error
        asked = self._codes.pop(form.get("code", ""), None)
        if asked is None or form["redirect_uri"] != asked["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        if form["client_id"] != CLIENT_ID or not self._is_secret(form["client_secret"]):
            return 401, {"error": "invalid_client"}
        access_token = secrets.token_urlsafe()
        self._access_tokens.add(access_token)
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT_ID,
            "iat": now,
            "exp": now + 60,
            "nonce": asked.get("nonce", ""),
            **self.user,
            **self.changed,
        }
        signed = jwt.encode({"alg": "RS256", "kid": "1"}, claims, self.signing_key)
        return 200, {"access_token": access_token, "token_type": "Bearer", "id_token": signed}

    def _is_secret(self, secret: str) -> bool:
        if self.public_key is None:
            return secret == CLIENT_SECRET
        claims = jwt.decode(secret, self.public_key, algorithms=["ES256"]).claims
        return bool(claims["sub"] == CLIENT_ID and claims["aud"] == self.issuer)


@contextmanager
def running_provider(provider: OpenIdProvider) -> Iterator[str]:
    """Runs a provider on a free port; gives its address, and stops it at the end."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            self._answer(parts.path, parts.query)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self._answer(urlsplit(self.path).path, body.decode())

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

        def _answer(self, path: str, query: str) -> None:
            form = {name: values[0] for name, values in parse_qs(query).items()}
            token = self.headers.get("Authorization", "").removeprefix("Bearer ")
            status, document = provider.answer(path, form, token)
            body = json.dumps(document).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(_POLL_SECONDS,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
