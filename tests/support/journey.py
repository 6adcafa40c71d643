"""A user's way through a deployed user pool, as a web application with a secret walks it."""

import base64
import hmac
import json
import secrets
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError  # type: ignore[import-untyped]
from joserfc import jwt
from joserfc.jwk import KeySet
from pycognito.aws_srp import AWSSRP  # type: ignore[import-untyped]

from tests.emulator import CODE_HEADER

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient

_USERNAME = "jane"
_EMAIL = "jane@example.com"
_WEAK_PASSWORD = "alllowercase"


class JourneyError(Exception):
    """The pool did something else than it should."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment:
    """What Terraform's outputs say.

    Attributes:
        pool_id: The output `user_pool_id`.
        client_id: The output `user_pool_client_id`.
        pool_endpoint: The output `user_pool_endpoint`, which names the issuer.
    """

    pool_id: str
    client_id: str
    pool_endpoint: str


@dataclass(slots=True, kw_only=True)
class Journey:
    """Signs one user up and in; each step returns what it saw, in words.

    The steps build on each other and run in the order in which they are written.

    Attributes:
        cognito: A client of the Cognito that has the pool.
        keys_from: The URL under which that Cognito serves the keys of pools.
        deployment: The pool and its client.
    """

    cognito: "CognitoIdentityProviderClient"
    keys_from: str
    deployment: Deployment
    _password: str = field(default_factory=lambda: f"Aa1!{secrets.token_urlsafe(16)}")
    _code: str = ""
    _tokens: dict[str, Any] = field(default_factory=dict)

    def steps(self) -> tuple[tuple[str, Callable[[], str]], ...]:
        """All steps with their names, in order."""
        return (
            ("sign up with a weak password", self.is_refused_for_a_weak_password),
            ("sign up", self.signs_up),
            ("sign in before confirming", self.is_refused_before_confirmation),
            ("confirm with a wrong code", self.is_refused_for_a_wrong_code),
            ("confirm", self.confirms),
            ("sign in with a wrong password", self.is_refused_for_a_wrong_password),
            ("sign in", self.signs_in),
            ("check the tokens against the pool's keys", self.has_tokens_of_the_pool),
            ("read the user with the access token", self.reads_the_user),
            ("refresh", self.refreshes),
            ("revoke", self.revokes),
            ("refresh and read the user, again", self.is_refused_after_revocation),
        )

    def is_refused_for_a_weak_password(self) -> str:
        """Signing up with a password of one character class fails."""
        return _refused("InvalidPasswordException", lambda: self._sign_up(_WEAK_PASSWORD))

    def signs_up(self) -> str:
        """Signing up sends a code."""
        answer = self._sign_up(self._password)
        _expect("the user waits for a confirmation", not answer["UserConfirmed"])
        self._code = answer["ResponseMetadata"]["HTTPHeaders"][CODE_HEADER]
        return f"user {_USERNAME}; a code went to {answer['CodeDeliveryDetails']['Destination']}"

    def is_refused_before_confirmation(self) -> str:
        """Signing in fails while the user has not confirmed."""
        return _refused("UserNotConfirmedException", lambda: self._sign_in(self._password))

    def is_refused_for_a_wrong_code(self) -> str:
        """Confirming with another code fails."""
        wrong = f"{(int(self._code) + 1) % 10**6:06}"
        return _refused("CodeMismatchException", lambda: self._confirm(wrong))

    def confirms(self) -> str:
        """Confirming with the code works."""
        self._confirm(self._code)
        return "the code was right"

    def is_refused_for_a_wrong_password(self) -> str:
        """Signing in with another password fails."""
        return _refused("NotAuthorizedException", lambda: self._sign_in(f"{self._password}x"))

    def signs_in(self) -> str:
        """Signing in by Secure Remote Password gives three tokens."""
        self._tokens = self._sign_in(self._password)["AuthenticationResult"]
        minutes = self._tokens["ExpiresIn"] // 60
        return f"by SRP: ID and access token for {minutes} minutes, and a refresh token"

    def has_tokens_of_the_pool(self) -> str:
        """The tokens are signed with a key of the pool and speak of this pool and client."""
        keys = self._keys()
        issuer = f"https://{self.deployment.pool_endpoint}"
        for kind, audience in (("IdToken", "aud"), ("AccessToken", "client_id")):
            claims = jwt.decode(self._tokens[kind], keys, algorithms=["RS256"]).claims
            jwt.JWTClaimsRegistry().validate(claims)  # not expired
            _expect(f"the {kind} is the pool's", claims["iss"] == issuer)
            _expect(f"the {kind} is for the client", claims[audience] == self.deployment.client_id)
            lifetime = claims["exp"] - claims["iat"]
            _expect(f"the {kind} lives as promised", lifetime == self._tokens["ExpiresIn"])
        return "signed by the pool (RS256), for this client, not expired"

    def reads_the_user(self) -> str:
        """The access token reads the user, whose e-mail address is verified."""
        attributes = self._read_user()
        _expect("the address is the user's", attributes.get("email") == _EMAIL)
        _expect("the address is verified", attributes.get("email_verified") == "true")
        return f"{_EMAIL}, verified"

    def refreshes(self) -> str:
        """The refresh token gives a new access token."""
        fresh = self._refresh()["AuthenticationResult"]["AccessToken"]
        _expect("the access token is new", fresh != self._tokens["AccessToken"])
        self._tokens["AccessToken"] = fresh
        return "a new access token"

    def revokes(self) -> str:
        """The refresh token can be revoked."""
        self.cognito.revoke_token(
            Token=self._tokens["RefreshToken"],
            ClientId=self.deployment.client_id,
            ClientSecret=self._secret(),
        )
        return "the refresh token and what came from it"

    def is_refused_after_revocation(self) -> str:
        """Neither the refresh token nor the access token work any more."""
        _refused("NotAuthorizedException", self._refresh)
        return _refused("NotAuthorizedException", self._read_user)

    def _sign_up(self, password: str) -> Any:
        return self.cognito.sign_up(
            ClientId=self.deployment.client_id,
            SecretHash=self._secret_hash(),
            Username=_USERNAME,
            Password=password,
            UserAttributes=[{"Name": "email", "Value": _EMAIL}],
        )

    def _confirm(self, code: str) -> None:
        self.cognito.confirm_sign_up(
            ClientId=self.deployment.client_id,
            SecretHash=self._secret_hash(),
            Username=_USERNAME,
            ConfirmationCode=code,
        )

    def _sign_in(self, password: str) -> Any:
        return AWSSRP(
            username=_USERNAME,
            password=password,
            pool_id=self.deployment.pool_id,
            client_id=self.deployment.client_id,
            client_secret=self._secret(),
            client=self.cognito,
        ).authenticate_user()

    def _read_user(self) -> dict[str, str]:
        user = self.cognito.get_user(AccessToken=self._tokens["AccessToken"])
        return {attribute["Name"]: attribute["Value"] for attribute in user["UserAttributes"]}

    def _refresh(self) -> Any:
        return self.cognito.initiate_auth(
            ClientId=self.deployment.client_id,
            AuthFlow="REFRESH_TOKEN_AUTH",
            AuthParameters={
                "REFRESH_TOKEN": self._tokens["RefreshToken"],
                "SECRET_HASH": self._secret_hash(),
            },
        )

    def _keys(self) -> KeySet:
        url = f"{self.keys_from}/{self.deployment.pool_id}/.well-known/jwks.json"
        with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310 - the emulator's
            return KeySet.import_key_set(json.load(answer))

    def _secret(self) -> str:
        described = self.cognito.describe_user_pool_client(
            UserPoolId=self.deployment.pool_id, ClientId=self.deployment.client_id
        )
        return described["UserPoolClient"]["ClientSecret"]

    def _secret_hash(self) -> str:
        return secret_hash(_USERNAME, self.deployment.client_id, self._secret())


def secret_hash(username: str, client_id: str, client_secret: str) -> str:
    """The proof of a client's secret that goes with a user's name."""
    message = f"{username}{client_id}".encode()
    return base64.b64encode(hmac.digest(client_secret.encode(), message, "sha256")).decode()


def _refused(code: str, call: Callable[[], object]) -> str:
    """Makes a call that must fail with a given error."""
    try:
        call()
    except ClientError as error:
        got = error.response["Error"]["Code"]
        _expect(f"the refusal is {code}, not {got}", got == code)
        return f"refused: {got}"
    raise JourneyError(f"expected {code}, but the call worked")


def _expect(what: str, holds: bool) -> None:  # noqa: FBT001 - an assertion in words
    if not holds:
        raise JourneyError(f"expected that {what}")
