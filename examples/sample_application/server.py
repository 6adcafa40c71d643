"""Serves the page, and an API with a route that needs an access token.

`python server.py` reads `oidc.json`, which `constructs-auth app-config` writes, and serves at the
port of its `redirect_uri` on this machine. Its two dependencies are Flask and joserfc.
"""

import argparse
import json
import logging
import re
import sys
import time
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, jsonify, request, send_file
from joserfc import jwt
from joserfc.errors import ExpiredTokenError, InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from werkzeug.serving import make_server

FOLDER = Path(__file__).resolve().parent
LIBRARY = Path("oidc-client-ts/dist/browser/oidc-client-ts.min.js")
SCOPE = "orders/read"
LOOPBACK = {"localhost", "127.0.0.1", "::1"}

_SETTINGS = {"authority", "client_id", "redirect_uri"}
_BEARER = re.compile(r"Bearer +([\w.~+/=-]+) *", re.ASCII | re.IGNORECASE)
_SECONDS_BETWEEN_FETCHES = 60
_SECONDS_OF_CLOCKS = 30
"""How much two clocks may differ."""

_ORDERS = [
    {"number": "2026-0117", "item": "Walnut desk", "state": "On its way"},
    {"number": "2026-0093", "item": "Reading lamp", "state": "Delivered"},
    {"number": "2026-0088", "item": "Bookshelf, oak", "state": "Delivered"},
]


class ConfigurationError(Exception):
    """The configuration is missing or wrong, or its issuer cannot be read."""


class RefusedError(Exception):
    """A request that the protected route refuses, as RFC 6750 says.

    Args:
        status: The status of the answer.
        error: The code of section 3.1; none for a request without a token.
        description: What a developer should know.
    """

    def __init__(self, status: int, error: str | None, description: str) -> None:
        super().__init__(description)
        self.status = status
        self.error = error
        self.description = description

    @property
    def challenge(self) -> str:
        """The header `WWW-Authenticate`."""
        values = {"realm": "orders"}
        if self.error is not None:
            values |= {"error": self.error, "error_description": self.description}
        if self.error == "insufficient_scope":
            values["scope"] = SCOPE
        return "Bearer " + ", ".join(f'{name}="{value}"' for name, value in values.items())


@dataclass(slots=True, kw_only=True)
class Issuer:
    """The user pool, as its metadata describes it.

    Attributes:
        name: The `iss` of its tokens.
        keys_url: Where its public keys are.
        token_url: Where the page gets tokens.
    """

    name: str
    keys_url: str
    token_url: str
    _keys: KeySet | None = field(default=None, init=False)
    _fetched: float = field(default=0.0, init=False)

    @classmethod
    def read(cls, configuration: Mapping[str, Any]) -> "Issuer":
        """Reads the metadata of the issuer.

        It is below `authority`, unless the configuration has a `metadataUrl`, which oidc-client-ts
        knows too.

        Raises:
            ConfigurationError: If it cannot be read, or describes another issuer.
        """
        name = configuration["authority"]
        url = configuration.get("metadataUrl") or f"{name}/.well-known/openid-configuration"
        metadata = _fetch(url)
        if metadata.get("issuer") != name:
            raise ConfigurationError(f"{url}: must describe the issuer {name}")
        if "jwks_uri" not in metadata:
            raise ConfigurationError(f"{url}: has no jwks_uri")
        if "token_endpoint" not in metadata:
            raise ConfigurationError(f"{url}: has no token_endpoint; the pool needs a domain")
        return cls(name=name, keys_url=metadata["jwks_uri"], token_url=metadata["token_endpoint"])

    def claims_of(self, token: str) -> dict[str, Any]:
        """The claims of a token that this issuer has signed.

        Raises:
            JoseError: If it has not signed it.
            ConfigurationError: If its keys cannot be read.
        """
        try:
            return jwt.decode(token, self._keys or self._read_keys(), algorithms=["RS256"]).claims
        except InvalidKeyIdError:
            # Cognito may have a new key; a foreign token must not make us ask all the time.
            if time.monotonic() - self._fetched < _SECONDS_BETWEEN_FETCHES:
                raise
            return jwt.decode(token, self._read_keys(), algorithms=["RS256"]).claims

    def _read_keys(self) -> KeySet:
        """Read the public keys, which are kept until better ones are read."""
        self._fetched = time.monotonic()
        found: Any = _fetch(self.keys_url).get("keys")
        try:
            self._keys = KeySet.import_key_set({"keys": found})
        except (JoseError, TypeError, ValueError) as error:
            raise ConfigurationError(f"{self.keys_url}: must have public keys, {error}") from error
        return self._keys


def _fetch(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in LOOPBACK:
        raise ConfigurationError(f"{url}: must begin with https://")
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310 - https, or loopback
            found = json.load(answer)
    except (OSError, ValueError) as error:
        raise ConfigurationError(
            f"{url}: cannot be read, {error}; is the pool deployed?"
        ) from error
    if not isinstance(found, dict):
        raise ConfigurationError(f"{url}: must be a JSON object")
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessTokens:
    """What this API accepts: access tokens of one client of one user pool.

    Attributes:
        issuer: The user pool.
        client_id: The client.
    """

    issuer: Issuer
    client_id: str

    def claims(self, authorization: str | None, *, scope: str) -> dict[str, Any]:
        """The claims of the token in a header `Authorization`.

        Raises:
            RefusedError: If there is none, if it is not one of ours, or if it lacks the scope.
        """
        scheme = (authorization or "").partition(" ")[0]
        if authorization is None or scheme.lower() != "bearer":
            raise RefusedError(401, None, "No access token; sign in first.")
        found = _BEARER.fullmatch(authorization)
        if found is None:
            raise RefusedError(400, "invalid_request", "The header has no token in it.")
        claims = self._checked(found[1])
        if scope not in str(claims.get("scope", "")).split():
            raise RefusedError(403, "insufficient_scope", f"The token lacks the scope {scope}.")
        return claims

    def _checked(self, token: str) -> dict[str, Any]:
        # Cognito puts the client of an access token into client_id; there is no aud.
        expected = jwt.JWTClaimsRegistry(
            leeway=_SECONDS_OF_CLOCKS,
            iss={"essential": True, "value": self.issuer.name},
            exp={"essential": True},
            sub={"essential": True},
            token_use={"essential": True, "value": "access"},
            client_id={"essential": True, "value": self.client_id},
        )
        try:
            claims = self.issuer.claims_of(token)
            expected.validate(claims)
        except ExpiredTokenError:
            raise RefusedError(401, "invalid_token", "The access token has expired.") from None
        except (JoseError, TypeError, ValueError):  # a header may have anything, as `"crit": 1`
            raise RefusedError(
                401, "invalid_token", "This is no access token of this application."
            ) from None
        return claims


def read_configuration(file: Path) -> dict[str, Any]:
    """Reads what `constructs-auth app-config --format oidc-client` writes.

    Raises:
        ConfigurationError: If the file is missing, or is something else.
    """
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigurationError(
            f"{file}: is missing; README.md says which command writes it"
        ) from None
    except ValueError:
        found = None
    if not isinstance(found, dict) or not found.keys() >= _SETTINGS:
        raise ConfigurationError(f"{file}: must have authority, client_id and redirect_uri")
    return found


def create_app(configuration: Mapping[str, Any], *, node_modules: Path) -> Flask:
    """The page and the API.

    Args:
        configuration: What `oidc.json` contains.
        node_modules: Where npm has installed oidc-client-ts.

    Raises:
        ConfigurationError: If the issuer cannot be read, or oidc-client-ts is not installed.
    """
    library = node_modules / LIBRARY
    if not library.is_file():
        raise ConfigurationError(f"{library}: is missing; run `npm ci` in {FOLDER}")
    issuer = Issuer.read(configuration)
    tokens = AccessTokens(issuer=issuer, client_id=configuration["client_id"])
    # The page calls this server and Cognito, and runs no script from elsewhere.
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        f"connect-src 'self' {' '.join(_origins(configuration, issuer))}; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    app = Flask(__name__, static_folder=FOLDER / "page", static_url_path="")

    @app.get("/api/orders")
    def orders() -> Response:
        claims = tokens.claims(request.headers.get("Authorization"), scope=SCOPE)
        return jsonify(user=claims["sub"], orders=_ORDERS)

    @app.get("/")
    def page() -> Response:
        return app.send_static_file("index.html")

    @app.get("/oidc.json")
    def oidc() -> Response:
        return jsonify(configuration)

    @app.get("/oidc-client-ts.js")
    def oidc_client() -> Response:
        return send_file(library, mimetype="text/javascript")

    @app.errorhandler(RefusedError)
    def refused(error: RefusedError) -> Response:
        answer = jsonify(error=error.error, error_description=error.description)
        answer.status_code = error.status
        answer.headers["WWW-Authenticate"] = error.challenge
        return answer

    @app.errorhandler(ConfigurationError)
    def unavailable(error: ConfigurationError) -> Response:
        """The keys of the issuer cannot be read; whose fault it is, the log says."""
        app.logger.error("%s", error)
        answer = jsonify(error_description="The tokens cannot be checked now; try again later.")
        answer.status_code = 503
        return answer

    @app.after_request
    def protect(answer: Response) -> Response:
        answer.headers["Content-Security-Policy"] = policy
        answer.headers["Referrer-Policy"] = "no-referrer"
        answer.headers["X-Content-Type-Options"] = "nosniff"
        answer.headers["Cache-Control"] = (
            "no-store" if request.path.startswith("/api/") else "no-cache"
        )
        return answer

    return app


def _origins(configuration: Mapping[str, Any], issuer: Issuer) -> list[str]:
    """What the page calls at Cognito: the metadata, and the endpoint for tokens."""
    metadata = configuration.get("metadataUrl") or issuer.name
    parts = [urlsplit(url) for url in (metadata, issuer.token_url)]
    return sorted({f"{part.scheme}://{part.netloc}" for part in parts})


def main() -> None:
    """Serves on this machine until Ctrl-C."""
    parser = argparse.ArgumentParser(description="Serves the sample application.")
    parser.add_argument("--configuration", type=Path, default=FOLDER / "oidc.json", metavar="FILE")
    parser.add_argument(
        "--node-modules", type=Path, default=FOLDER / "node_modules", metavar="FOLDER"
    )
    arguments = parser.parse_args()
    try:
        configuration = read_configuration(arguments.configuration)
        app = create_app(configuration, node_modules=arguments.node_modules)
    except ConfigurationError as error:
        sys.exit(str(error))
    home = urlsplit(configuration["redirect_uri"])
    if home.hostname != "localhost" or home.port is None:
        sys.exit(f"redirect_uri: must be at localhost, with a port, got {home.geturl()}")
    # The log would show the codes of sign-ins.
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", home.port, app, threaded=True)
    print(f"serving {configuration['redirect_uri']}", flush=True)  # noqa: T201 - for a terminal
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()


if __name__ == "__main__":
    main()
