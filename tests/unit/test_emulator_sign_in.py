"""How a program gets a token from the emulator, and how triggers sign a user in."""

import inspect
import json
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError  # type: ignore[import-untyped]
from joserfc import jwt
from joserfc.jwk import KeySet

from tests.support import sum_challenge
from tests.support.emulator import Emulator, running_emulator
from tests.support.machine import ask_for_token

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient

REGION = "eu-central-1"
TOKEN_URL = f"https://acme.auth.{REGION}.amazoncognito.com/oauth2/token"
SOURCE = inspect.getsource(sum_challenge)
BROKEN = "def handler(event, context):\n    raise ValueError('no numbers')\n"


@pytest.fixture(scope="module")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    """An emulated AWS."""
    with running_emulator(tmp_path_factory.mktemp("emulator") / "log") as emulator:
        yield emulator


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
    cognito.create_user_pool_domain(Domain="acme", UserPoolId=pool_id)
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


def refreshes(emulator: Emulator, program: Program, *, rotation: dict[str, Any]) -> Iterator[Any]:
    """Signs ann in at a new client, and then uses the first refresh token again and again."""
    cognito = emulator.cognito(REGION)
    client = cognito.create_user_pool_client(
        UserPoolId=program.pool_id,
        ClientName="phone",
        ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH"],
        **rotation,
    )["UserPoolClient"]
    tokens = cognito.initiate_auth(
        ClientId=client["ClientId"],
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": "ann", "PASSWORD": "Passw0rd!"},
    )["AuthenticationResult"]
    while True:
        yield cognito.get_tokens_from_refresh_token(
            ClientId=client["ClientId"], RefreshToken=tokens["RefreshToken"]
        )["AuthenticationResult"]


@pytest.fixture(scope="module")
def ann(emulator: Emulator, program: Program) -> Program:
    """The pool of the program, where ann has an account."""
    cognito = emulator.cognito(REGION)
    cognito.admin_create_user(UserPoolId=program.pool_id, Username="ann")
    cognito.admin_set_user_password(
        UserPoolId=program.pool_id, Username="ann", Password="Passw0rd!", Permanent=True
    )
    return program


def test_a_refresh_token_is_kept_without_rotation(emulator: Emulator, ann: Program) -> None:
    """And gives access and ID tokens as often as it is used."""
    uses = refreshes(emulator, ann, rotation={})
    assert set(next(uses)) == {"AccessToken", "ExpiresIn", "IdToken", "TokenType"}
    assert "RefreshToken" not in next(uses)


def test_a_refresh_token_is_good_once_where_it_is_rotated(emulator: Emulator, ann: Program) -> None:
    rotation = {"Feature": "ENABLED", "RetryGracePeriodSeconds": 0}
    uses = refreshes(emulator, ann, rotation={"RefreshTokenRotation": rotation})
    assert "RefreshToken" in next(uses)
    with pytest.raises(ClientError) as caught:
        next(uses)
    assert caught.value.response["Error"]["Code"] == "RefreshTokenReuseException"


def test_a_rotated_refresh_token_can_be_sent_again_for_a_while(
    emulator: Emulator, ann: Program
) -> None:
    """A phone that lost the answer asks again."""
    rotation = {"Feature": "ENABLED", "RetryGracePeriodSeconds": 60}
    uses = refreshes(emulator, ann, rotation={"RefreshTokenRotation": rotation})
    assert next(uses)["RefreshToken"] != next(uses)["RefreshToken"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Signs in by custom challenges."""

    cognito: "CognitoIdentityProviderClient"
    client_id: str

    def begins(self) -> Any:
        """Asks for the first challenge."""
        return self.cognito.initiate_auth(
            ClientId=self.client_id, AuthFlow="CUSTOM_AUTH", AuthParameters={"USERNAME": "jane"}
        )

    def answers(self, challenge: Any, *, add: int = 0) -> Any:
        """Answers with the sum, or with a number that is off by *add*."""
        numbers = challenge["ChallengeParameters"]["numbers"].split()
        return self.cognito.respond_to_auth_challenge(
            ClientId=self.client_id,
            ChallengeName=challenge["ChallengeName"],
            Session=challenge["Session"],
            ChallengeResponses={"USERNAME": "jane", "ANSWER": str(sum(map(int, numbers)) + add)},
        )


def visitor_of(emulator: Emulator, name: str, function: str, *, allowed: bool = True) -> Visitor:
    """Jane, at a pool whose challenges are those of *function*."""
    cognito = emulator.cognito(REGION)
    pool = cognito.create_user_pool(
        PoolName=name,
        LambdaConfig={
            "DefineAuthChallenge": function,
            "CreateAuthChallenge": function,
            "VerifyAuthChallengeResponse": function,
        },
    )["UserPool"]
    if allowed:
        emulator.allow_trigger(function, pool_arn=pool["Arn"])
    cognito.admin_create_user(UserPoolId=pool["Id"], Username="jane")
    cognito.admin_set_user_password(
        UserPoolId=pool["Id"], Username="jane", Password="Passw0rd!", Permanent=True
    )
    client = cognito.create_user_pool_client(
        UserPoolId=pool["Id"], ClientName="client", ExplicitAuthFlows=["ALLOW_CUSTOM_AUTH"]
    )["UserPoolClient"]
    return Visitor(cognito=cognito, client_id=client["ClientId"])


@pytest.fixture(scope="module")
def function(emulator: Emulator) -> str:
    """The function that asks for a sum."""
    return emulator.make_trigger("sums", REGION, source=SOURCE)


@pytest.fixture(scope="module")
def jane(emulator: Emulator, function: str) -> Visitor:
    """Jane, who is asked for a sum."""
    return visitor_of(emulator, "sums", function)


def test_the_deployed_triggers_sign_a_user_in(jane: Visitor) -> None:
    """Also after a wrong answer, which gives another challenge."""
    challenge = jane.begins()
    assert challenge["ChallengeName"] == "CUSTOM_CHALLENGE"
    assert challenge["ChallengeParameters"]["USERNAME"] == "jane"
    assert "sum" not in challenge["ChallengeParameters"]
    again = jane.answers(challenge, add=1)
    assert again["ChallengeName"] == "CUSTOM_CHALLENGE"
    assert again["Session"] != challenge["Session"]
    tokens = jane.answers(again)["AuthenticationResult"]
    assert jane.cognito.get_user(AccessToken=tokens["AccessToken"])["Username"] == "jane"


def test_the_triggers_end_it_after_three_wrong_answers(jane: Visitor) -> None:
    challenge = jane.answers(jane.answers(jane.begins(), add=1), add=1)
    with pytest.raises(ClientError, match="Incorrect username or password"):
        jane.answers(challenge, add=1)


def test_a_challenge_is_answered_once(jane: Visitor) -> None:
    challenge = jane.begins()
    jane.answers(challenge)
    with pytest.raises(ClientError, match="Invalid session for the user"):
        jane.answers(challenge)


def test_a_trigger_without_permission_is_not_called(emulator: Emulator, function: str) -> None:
    """As at Cognito, where sign-in then fails: the permission is for one pool."""
    jane = visitor_of(emulator, "forbidden", function, allowed=False)
    with pytest.raises(ClientError, match=r"AccessDeniedException") as caught:
        jane.begins()
    assert caught.value.response["Error"]["Code"] == "UnexpectedLambdaException"


def test_a_trigger_that_raises_fails_the_sign_in(emulator: Emulator) -> None:
    function = emulator.make_trigger("broken", REGION, source=BROKEN)
    jane = visitor_of(emulator, "broken", function)
    with pytest.raises(ClientError, match="DefineAuthChallenge failed with error no numbers"):
        jane.begins()
