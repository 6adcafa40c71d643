"""Lambda triggers sign users in by custom challenges."""

import inspect
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError  # type: ignore[import-untyped]
from pycognito.aws_srp import AWSSRP  # type: ignore[import-untyped]

from tests.emulator import Emulator, sum_challenge
from tests.emulator.tests.conftest import REGION

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient

SOURCE = inspect.getsource(sum_challenge)
SRP_WARNING = pytest.mark.filterwarnings(
    # The SRP client asks for the time in a way that Python 3.12 warns about.
    r"ignore:datetime\.datetime\.utcnow:DeprecationWarning"
)
BROKEN = "def handler(event, context):\n    raise ValueError('no numbers')\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Signs in by custom challenges."""

    cognito: "CognitoIdentityProviderClient"
    pool_id: str
    client_id: str

    def begins(self) -> Any:
        """Asks for the first challenge."""
        return self.cognito.initiate_auth(
            ClientId=self.client_id, AuthFlow="CUSTOM_AUTH", AuthParameters={"USERNAME": "jane"}
        )

    def begins_with_password(self, password: str) -> Any:
        """Proves the password by SRP, and asks for the next challenge."""
        srp = AWSSRP(
            username="jane",
            password=password,
            pool_id=self.pool_id,
            client_id=self.client_id,
            client=self.cognito,
        )
        parameters = srp.get_auth_params() | {"CHALLENGE_NAME": "SRP_A"}
        asked = self.cognito.initiate_auth(
            ClientId=self.client_id, AuthFlow="CUSTOM_AUTH", AuthParameters=parameters
        )
        assert asked["ChallengeName"] == "PASSWORD_VERIFIER"
        return self.cognito.respond_to_auth_challenge(
            ClientId=self.client_id,
            ChallengeName="PASSWORD_VERIFIER",
            Session=asked["Session"],
            ChallengeResponses=srp.process_challenge(asked["ChallengeParameters"], parameters),
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
    return Visitor(cognito=cognito, pool_id=pool["Id"], client_id=client["ClientId"])


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


@SRP_WARNING
def test_a_password_comes_before_the_challenges_where_the_application_begins_with_srp(
    jane: Visitor,
) -> None:
    """Wrong answers count from there."""
    challenge = jane.begins_with_password("Passw0rd!")
    assert challenge["ChallengeName"] == "CUSTOM_CHALLENGE"
    again = jane.answers(challenge, add=1)
    assert jane.answers(again)["AuthenticationResult"]["AccessToken"]


@SRP_WARNING
def test_a_wrong_password_gets_no_challenge(jane: Visitor) -> None:
    with pytest.raises(ClientError, match="Incorrect username or password"):
        jane.begins_with_password("Wrong-Horse-1")


def test_a_trigger_cannot_ask_for_a_password_that_srp_did_not_begin(emulator: Emulator) -> None:
    source = SOURCE.replace('"PASSWORD_VERIFIER" if begins_with_srp else', '"PASSWORD_VERIFIER" or')
    function = emulator.make_trigger("password", REGION, source=source)
    with pytest.raises(ClientError, match="PASSWORD_VERIFIER: is not emulated"):
        visitor_of(emulator, "password", function).begins()


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
