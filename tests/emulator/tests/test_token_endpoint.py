"""The token endpoint gives tokens to programs."""

import json
import urllib.request
from dataclasses import dataclass

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet

from tests.emulator import Emulator
from tests.emulator.machine import ask_for_token
from tests.emulator.tests.conftest import REGION

TOKEN_URL = f"https://program.auth.{REGION}.amazoncognito.com/oauth2/token"


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A client with the grant `client_credentials`, and its pool."""

    pool_id: str
    client_id: str
    secret: str


@pytest.fixture(scope="module")
def program(emulator: Emulator) -> Program:
    """A program that may read and write, with tokens for five minutes."""
    cognito = emulator.cognito(REGION)
    pool_id = cognito.create_user_pool(PoolName="pool")["UserPool"]["Id"]
    cognito.create_user_pool_domain(Domain="program", UserPoolId=pool_id)
    client = cognito.create_user_pool_client(
        UserPoolId=pool_id,
        ClientName="program",
        GenerateSecret=True,
        AllowedOAuthFlows=["client_credentials"],
        AllowedOAuthFlowsUserPoolClient=True,
        AllowedOAuthScopes=["api/read", "api/write"],
        AccessTokenValidity=5,
        TokenValidityUnits={"AccessToken": "minutes"},
    )["UserPoolClient"]
    return Program(pool_id=pool_id, client_id=client["ClientId"], secret=client["ClientSecret"])


@pytest.mark.parametrize(
    ("asked", "given"), [({"scope": "api/read"}, "api/read"), ({}, "api/read api/write")]
)
def test_a_program_gets_an_access_token(
    asked: dict[str, str], given: str, emulator: Emulator, program: Program
) -> None:
    """Signed by the pool, for the scopes that it asked for, and of no user."""
    form = {"grant_type": "client_credentials", **asked}
    client = (program.client_id, program.secret)
    answer = ask_for_token(emulator, TOKEN_URL, form, client=client)

    url = f"{emulator.endpoint}/{program.pool_id}/.well-known/jwks.json"
    with urllib.request.urlopen(url, timeout=10) as keys:  # noqa: S310 - the emulator's
        key_set = KeySet.import_key_set(json.load(keys))
    claims = jwt.decode(answer["access_token"], key_set, algorithms=["RS256"]).claims
    assert (answer["token_type"], answer["expires_in"]) == ("Bearer", 300)
    assert set(answer) == {"access_token", "expires_in", "token_type"}
    assert claims["scope"] == given
    assert claims["sub"] == claims["client_id"] == program.client_id
    assert claims["token_use"] == "access"
    assert claims["iss"] == f"https://cognito-idp.{REGION}.amazonaws.com/{program.pool_id}"
    assert claims["exp"] - claims["iat"] == 300


def test_the_secret_may_be_in_the_form(emulator: Emulator, program: Program) -> None:
    form = {
        "grant_type": "client_credentials",
        "client_id": program.client_id,
        "client_secret": program.secret,
    }
    assert "access_token" in ask_for_token(emulator, TOKEN_URL, form, client=None)


@pytest.mark.parametrize(
    ("form", "secret", "error"),
    [
        ({}, "wrong", "invalid_client"),
        ({}, "", "invalid_client"),
        ({"scope": "api/delete"}, None, "invalid_scope"),
        ({"scope": "openid"}, None, "invalid_scope"),
        ({"grant_type": "password"}, None, "unsupported_grant_type"),
    ],
)
def test_refuses_a_program(
    form: dict[str, str], secret: str | None, error: str, emulator: Emulator, program: Program
) -> None:
    client = (program.client_id, program.secret if secret is None else secret)
    asked = {"grant_type": "client_credentials", **form}
    assert ask_for_token(emulator, TOKEN_URL, asked, client=client) == {"error": error}


def test_refuses_a_client_without_the_grant(emulator: Emulator, program: Program) -> None:
    client = emulator.cognito(REGION).create_user_pool_client(
        UserPoolId=program.pool_id, ClientName="other", GenerateSecret=True
    )["UserPoolClient"]
    proof = (client["ClientId"], client["ClientSecret"])
    answer = ask_for_token(emulator, TOKEN_URL, {"grant_type": "client_credentials"}, client=proof)
    assert answer == {"error": "unauthorized_client"}


def test_the_host_is_the_domain_of_the_pool(emulator: Emulator, program: Program) -> None:
    """A client is not known at the domain of another pool, nor at no domain."""
    cognito = emulator.cognito(REGION)
    other = cognito.create_user_pool(PoolName="other")["UserPool"]["Id"]
    cognito.create_user_pool_domain(
        Domain="auth.other.example",
        UserPoolId=other,
        CustomDomainConfig={
            "CertificateArn": "arn:aws:acm:us-east-1:111122223333:certificate/0a1b2c3d"
        },
    )
    client = (program.client_id, program.secret)
    form = {"grant_type": "client_credentials"}
    answers = [
        ask_for_token(emulator, f"https://{host}/oauth2/token", form, client=client)
        for host in ("auth.other.example", "auth.nowhere.example")
    ]
    assert answers == [{"error": "invalid_client"}, {"error": "invalid_request"}]
