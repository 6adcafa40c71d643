"""pycognito signs in everywhere, and refreshes where refresh tokens do not rotate."""

from collections.abc import Mapping

import pytest
from botocore.exceptions import ClientError  # type: ignore[import-untyped]
from pycognito import Cognito  # type: ignore[import-untyped]
from pycognito.exceptions import (  # type: ignore[import-untyped]
    SoftwareTokenMFAChallengeException,
    TokenVerificationException,
)

from tests.clients.conftest import PASSWORD, System
from tests.clients.names import REGION
from tests.emulator.tests.people import other_code, totp

pytestmark = [
    pytest.mark.thorough,
    # The SRP client asks for the time in a way that Python 3.12 warns about.
    pytest.mark.filterwarnings(r"ignore:datetime\.datetime\.utcnow:DeprecationWarning"),
]


def client_of(system: System, email: str, **identity: str) -> Cognito:
    """A client of the library, which reads the keys of the pool at the emulator."""
    plain = system.configuration("auth.json")
    client = Cognito(
        plain["user_pool_id"],
        username=email,
        access_key="emulated",
        secret_key="emulated",
        **identity,
    )
    client.client = system.emulator.cognito(REGION)  # an endpoint_url would be the issuer
    client.pool_jwk = system.emulator.keys(plain["jwks_url"])
    return client


@pytest.fixture
def server(system: System) -> Mapping[str, str]:
    """The identity of the server, from its `.env`."""
    found = system.server()
    return {"client_id": found["ID"], "client_secret": found["SECRET"]}


@pytest.fixture
def browser(system: System) -> Mapping[str, str]:
    """The identity of the application in a browser, whose refresh tokens rotate."""
    outputs = system.configuration("amplify_outputs.json")
    return {"client_id": outputs["auth"]["user_pool_client_id"]}


def test_a_server_signs_in_and_refreshes(system: System, server: Mapping[str, str]) -> None:
    """By SRP and with its secret; the tokens are checked with the keys of the pool.

    The proof of the secret needs the user's own name at the refresh, and any name at the sign-in.
    """
    system.new_user("pycognito@example.com")
    client = client_of(system, "pycognito@example.com", **server)
    client.authenticate(PASSWORD)
    assert client.get_user().email == "pycognito@example.com"
    first = client.access_token
    with pytest.raises(ClientError, match="Unable to verify secret hash"):
        client.renew_access_token()
    client.username = client.id_claims["cognito:username"]
    client.renew_access_token()
    client.verify_tokens()
    assert client.access_token != first
    client.logout()


def test_a_wrong_secret_does_not_sign_in(system: System, server: Mapping[str, str]) -> None:
    system.new_user("secret@example.com")
    client = client_of(system, "secret@example.com", **{**server, "client_secret": "x"})
    with pytest.raises(ClientError, match="Unable to verify secret hash"):
        client.authenticate(PASSWORD)


def test_a_browser_signs_in_and_cannot_refresh(system: System, browser: Mapping[str, str]) -> None:
    """The library knows the refresh flow alone, and the client has rotation instead."""
    system.new_user("rotation@example.com")
    client = client_of(system, "rotation@example.com", **browser)
    client.authenticate(PASSWORD)
    with pytest.raises(ClientError, match="REFRESH_TOKEN_AUTH flow not enabled for this client"):
        client.renew_access_token()


def test_the_tokens_of_another_client_are_refused(
    system: System, server: Mapping[str, str], browser: Mapping[str, str]
) -> None:
    system.new_user("other@example.com")
    client = client_of(system, "other@example.com", **server)
    client.authenticate(PASSWORD)
    other = client_of(system, "other@example.com", **browser)
    with pytest.raises(TokenVerificationException):
        other.verify_token(client.id_token, "id_token", "id")


def test_the_code_of_an_app_signs_in(system: System, server: Mapping[str, str]) -> None:
    system.new_user("totp@example.com")
    client = client_of(system, "totp@example.com", **server)
    client.authenticate(PASSWORD)
    secret = client.associate_software_token()
    assert client.verify_software_token(totp(secret))
    client.set_user_mfa_preference(
        sms_mfa=False, software_token_mfa=True, preferred="SOFTWARE_TOKEN"
    )
    again = client_of(system, "totp@example.com", **server)
    with pytest.raises(SoftwareTokenMFAChallengeException):
        again.authenticate(PASSWORD)
    code = totp(secret, steps=1)
    with pytest.raises(ClientError, match="CodeMismatchException"):
        again.respond_to_software_token_mfa_challenge(other_code(code))
    again.respond_to_software_token_mfa_challenge(code)
    assert again.get_user().email == "totp@example.com"
