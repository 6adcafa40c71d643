"""OpenID Connect and OAuth 2.0 as Cognito speaks them to other providers, as their client."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet

from tests.emulator.outside import Answer, UnreachableError, ask

_ALGORITHMS = ["RS256", "RS384", "RS512", "ES256", "ES384", "ES512"]
_WELL_KNOWN = "/.well-known/openid-configuration"
_APPLE = "SignInWithApple"
_APPLE_SECRET_SECONDS = 300
_SUBJECTS = {"Facebook": "id", "LoginWithAmazon": "user_id"}
_OK = 200


@dataclass(slots=True)
class ProviderError(Exception):
    """A provider refuses, or what it says is not right.

    Attributes:
        error: The code of the error.
        description: What is wrong.
    """

    error: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """A provider, as the pool is configured for it.

    Attributes:
        name: Its name in the pool.
        kind: Its type, such as `OIDC` or `Google`.
        details: Its details, with those that Cognito fills in.
        sources: The names of the provider's attributes that the pool maps.
    """

    name: str
    kind: str
    details: Mapping[str, str]
    sources: tuple[str, ...]

    def authorization_url(self, *, redirect_uri: str, state: str, nonce: str) -> str:
        """Where a browser goes to sign in.

        Raises:
            ProviderError: The provider has no such endpoint.
        """
        query = {
            "client_id": self.details["client_id"],
            "redirect_uri": redirect_uri,
            "response_type": "code",
            "scope": self.details.get("authorize_scopes", ""),
            "state": state,
        }
        if self.issuer is not None:
            query["nonce"] = nonce
        if self.kind == _APPLE:
            query["response_mode"] = "form_post"
        url = self._endpoint("authorize_url", "authorization_endpoint")
        return f"{url}{'&' if urlsplit(url).query else '?'}{urlencode(query)}"

    def check_answer(self, said: Mapping[str, str]) -> None:
        """Refuse an answer of the provider that is an error (RFC 6749, section 4.1.2.1)."""
        if "error" in said:
            description = said.get("error_description", said["error"])
            raise ProviderError(said["error"], description)

    def claims(self, *, code: str, redirect_uri: str, nonce: str) -> dict[str, Any]:
        """Exchange a code, and return what the provider says of the user.

        Raises:
            ProviderError: The provider refuses, or its ID token is not for this sign-in.
        """
        tokens = self._tokens(code, redirect_uri)
        claims: dict[str, Any] = {}
        if self.issuer is not None:
            claims = self._checked(tokens.get("id_token", ""), nonce)
        if self.issuer is None or self.kind == "OIDC":
            more = self._user_info(tokens["access_token"])
            if claims and more.get("sub") != claims["sub"]:
                raise ProviderError("invalid_request", "The user info is about another user")
            claims = more | claims
        kept = {key: tokens[key] for key in ("access_token", "id_token") if key in tokens}
        return claims | kept

    def subject_of(self, claims: Mapping[str, Any]) -> str:
        """The name of the user at the provider."""
        key = _SUBJECTS.get(self.kind, "sub")
        if not claims.get(key):
            raise ProviderError("invalid_request", "username attribute mapping required")
        return str(claims[key])

    @property
    def issuer(self) -> str | None:
        """The name that the provider gives itself; `None` for one of OAuth 2.0 alone."""
        return self.details.get("oidc_issuer")

    def _endpoint(self, detail: str, key: str) -> str:
        """An endpoint: as the pool has it, or as the provider's own document names it."""
        if self.details.get(detail):
            return self.details[detail]
        found: str | None = None
        if self.issuer is not None:
            found = self._json(self._ask(self.issuer.rstrip("/") + _WELL_KNOWN)).get(key)
        if found is None:
            raise ProviderError("invalid_request", f"{self.name}: has no {key}")
        return found

    def _tokens(self, code: str, redirect_uri: str) -> dict[str, Any]:
        form = {
            "grant_type": "authorization_code",
            "client_id": self.details["client_id"],
            "client_secret": self._secret(),
            "code": code,
            "redirect_uri": redirect_uri,
        }
        url = self._endpoint("token_url", "token_endpoint")
        if self.details.get("token_request_method") == "GET":
            return self._json(self._ask(f"{url}?{urlencode(form)}"))
        return self._json(self._ask(url, form=form))

    def _secret(self) -> str:
        """The secret of the client; for Apple a token that its key signs."""
        if self.kind != _APPLE:
            return self.details.get("client_secret", "")
        now = int(time.time())
        claims = {
            "iss": self.details["team_id"],
            "iat": now,
            "exp": now + _APPLE_SECRET_SECONDS,
            "aud": self.details["oidc_issuer"],
            "sub": self.details["client_id"],
        }
        key = ECKey.import_key(self.details["private_key"])
        return jwt.encode({"alg": "ES256", "kid": self.details["key_id"]}, claims, key)

    def _checked(self, token: str, nonce: str) -> dict[str, Any]:
        """Check an ID token (OpenID Connect Core 1.0, section 3.1.3.7)."""
        keys: Any = self._json(self._ask(self._endpoint("jwks_uri", "jwks_uri")))
        try:
            key_set = KeySet.import_key_set(keys)
            claims = jwt.decode(token, key_set, algorithms=_ALGORITHMS).claims
            jwt.JWTClaimsRegistry(
                iss={"essential": True, "value": self.issuer or ""},
                aud={"essential": True, "value": self.details["client_id"]},
                exp={"essential": True},
                sub={"essential": True},
            ).validate(claims)
        except (JoseError, ValueError) as error:
            raise ProviderError("invalid_request", f"Bad id_token: {error}") from error
        if claims.get("nonce", nonce) != nonce:
            raise ProviderError("invalid_request", "Bad id_token nonce")
        return claims

    def _user_info(self, access_token: str) -> dict[str, Any]:
        url = self._endpoint("attributes_url", "userinfo_endpoint")
        if self.details.get("attributes_url_add_attributes") == "true":
            url += ",".join(self.sources)
        headers = {"Authorization": f"Bearer {access_token}"}
        is_post = self.details.get("attributes_request_method") == "POST"
        return self._json(self._ask(url, form={} if is_post else None, headers=headers))

    def _ask(
        self,
        url: str,
        *,
        form: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        try:
            return ask(url, form=form, headers=headers)
        except UnreachableError as error:
            raise ProviderError("server_error", f"{self.name}: {error}") from error

    def _json(self, answer: Answer) -> dict[str, Any]:
        """The document in an answer; its error, if it is one (RFC 6749, section 5.2)."""
        try:
            document = json.loads(answer.body)
        except ValueError:
            document = None
        if not isinstance(document, dict):
            document = {}
        if answer.status != _OK:
            code = str(document.get("error", "invalid_request"))
            said = f"{self.name} Error - {answer.status} {code}"
            if "error_description" in document:
                said += f" {document['error_description']}"
            raise ProviderError(code, said)
        return document
