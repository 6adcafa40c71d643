"""Users, clients and pools for the tests, and the wrong code for a right one."""

import base64
import hmac
import itertools
import struct
import time
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError  # type: ignore[import-untyped]

from tests.emulator import Emulator
from tests.emulator.tests.conftest import REGION

if TYPE_CHECKING:
    from collections.abc import Callable

    from types_boto3_cognito_idp import CognitoIdentityProviderClient

PASSWORD = "Correct-Horse-1"
_numbers = itertools.count(1)


class People:
    """A pool with a client, and its users.

    Attributes:
        cognito: The emulated Cognito.
        pool_id: The pool.
        client_id: Its client.
    """

    def __init__(
        self, emulator: Emulator, *, client: dict[str, Any] | None = None, **pool: Any
    ) -> None:
        self.emulator = emulator
        self.cognito: CognitoIdentityProviderClient = emulator.cognito(REGION)
        made = self.cognito.create_user_pool(PoolName="people", **pool)
        self.pool_id = made["UserPool"]["Id"]
        settings: dict[str, Any] = {
            "ExplicitAuthFlows": [
                "ALLOW_USER_PASSWORD_AUTH",
                "ALLOW_USER_SRP_AUTH",
                "ALLOW_USER_AUTH",
                "ALLOW_REFRESH_TOKEN_AUTH",
            ]
        }
        created = self.cognito.create_user_pool_client(
            UserPoolId=self.pool_id, ClientName="app", **(settings | (client or {}))
        )
        self.client_id = created["UserPoolClient"]["ClientId"]

    def sign_up(self, **attributes: str) -> tuple[str, Any]:
        """Signs a new user up; gives the name and the answer."""
        name = f"user{next(_numbers)}"
        answer = self.cognito.sign_up(
            ClientId=self.client_id,
            Username=name,
            Password=PASSWORD,
            UserAttributes=[{"Name": key, "Value": value} for key, value in attributes.items()],
        )
        return name, answer

    def confirm(self, name: str, code: str) -> None:
        """Confirms a user."""
        self.cognito.confirm_sign_up(ClientId=self.client_id, Username=name, ConfirmationCode=code)

    def new_user(self, **attributes: str) -> str:
        """A confirmed user with these attributes, as they are."""
        name = f"user{next(_numbers)}"
        self.cognito.admin_create_user(
            UserPoolId=self.pool_id,
            Username=name,
            UserAttributes=[{"Name": key, "Value": value} for key, value in attributes.items()],
        )
        self.cognito.admin_set_user_password(
            UserPoolId=self.pool_id, Username=name, Password=PASSWORD, Permanent=True
        )
        return name

    def sign_in(self, name: str, password: str = PASSWORD) -> Any:
        """Begins a sign-in with a password."""
        return self.cognito.initiate_auth(
            ClientId=self.client_id,
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": name, "PASSWORD": password},
        )

    def access_token(self, name: str) -> str:
        """An access token of a user without a second factor."""
        token: str = self.sign_in(name)["AuthenticationResult"]["AccessToken"]
        return token

    def answer(self, name: str, asked: Any, **answers: str) -> Any:
        """Answers a challenge."""
        return self.cognito.respond_to_auth_challenge(
            ClientId=self.client_id,
            ChallengeName=asked["ChallengeName"],
            Session=asked["Session"],
            ChallengeResponses={"USERNAME": name, **answers},
        )

    def attributes(self, name: str) -> dict[str, str]:
        """The attributes of a user."""
        user = self.cognito.admin_get_user(UserPoolId=self.pool_id, Username=name)
        return {one["Name"]: one.get("Value", "") for one in user["UserAttributes"]}


def other_code(code: str) -> str:
    """A wrong code."""
    return f"{(int(code) + 1) % 10 ** len(code):0{len(code)}}"


def totp(secret: str, *, steps: int = 0) -> str:
    """The code of an app for a secret (RFC 6238), now or some time steps later."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    step = int(time.time()) // 30 + steps
    digest = hmac.digest(key, struct.pack(">Q", step), "sha1")
    offset = digest[-1] & 15
    (number,) = struct.unpack(">I", digest[offset : offset + 4])
    return f"{(number & 0x7FFFFFFF) % 10**6:06}"


def refusal(call: "Callable[[], object]") -> str:
    """The code of the error with which a call is refused."""
    try:
        call()
    except ClientError as error:
        code: str = error.response["Error"]["Code"]
        return code
    return "was not refused"
