"""Users add a passkey, sign in with it, and with no other."""

import json
from dataclasses import replace
from typing import Any

import pytest

from tests.emulator import Emulator
from tests.emulator.tests.authenticator import Authenticator
from tests.emulator.tests.people import People, refusal

ORIGIN = "https://app.acme.example"
RELYING_PARTY = "acme.example"


@pytest.fixture(scope="module")
def people(emulator: Emulator) -> People:
    """A pool with passkeys, which requires the user to be verified."""
    factors: Any = ["PASSWORD", "WEB_AUTHN"]
    people = People(emulator, Policies={"SignInPolicy": {"AllowedFirstAuthFactors": factors}})
    people.cognito.set_user_pool_mfa_config(
        UserPoolId=people.pool_id,
        MfaConfiguration="OFF",
        WebAuthnConfiguration={"RelyingPartyId": RELYING_PARTY, "UserVerification": "required"},
    )
    return people


@pytest.fixture
def authenticator() -> Authenticator:
    """An authenticator at the application."""
    return Authenticator(ORIGIN, RELYING_PARTY)


def add(people: People, token: str, authenticator: Authenticator) -> None:
    """Adds a passkey."""
    options: Any = people.cognito.start_web_authn_registration(AccessToken=token)
    people.cognito.complete_web_authn_registration(
        AccessToken=token, Credential=authenticator.create(options["CredentialCreationOptions"])
    )


def begin(people: People, name: str) -> tuple[Any, Any]:
    """Begins a sign-in with a passkey; gives what is asked of the user and the authenticator."""
    asked = people.cognito.initiate_auth(
        ClientId=people.client_id,
        AuthFlow="USER_AUTH",
        AuthParameters={"USERNAME": name, "PREFERRED_CHALLENGE": "WEB_AUTHN"},
    )
    assert asked["ChallengeName"] == "WEB_AUTHN"
    return asked, json.loads(asked["ChallengeParameters"]["CREDENTIAL_REQUEST_OPTIONS"])


def sign_in(people: People, name: str, authenticator: Authenticator) -> Any:
    """Signs in with a passkey."""
    asked, options = begin(people, name)
    return people.answer(name, asked, CREDENTIAL=json.dumps(authenticator.get(options)))


def test_a_passkey_signs_in(people: People, authenticator: Authenticator) -> None:
    name = people.new_user()
    token = people.access_token(name)
    add(people, token, authenticator)
    (listed,) = people.cognito.list_web_authn_credentials(AccessToken=token)["Credentials"]
    assert listed["RelyingPartyId"] == RELYING_PARTY
    assert listed["AuthenticatorTransports"] == ["internal"]
    for _ in range(2):
        assert sign_in(people, name, authenticator)["AuthenticationResult"]["AccessToken"]
    key = listed["CredentialId"]
    people.cognito.delete_web_authn_credential(AccessToken=token, CredentialId=key)
    gone = refusal(
        lambda: people.cognito.delete_web_authn_credential(AccessToken=token, CredentialId=key)
    )
    assert gone == "ResourceNotFoundException"
    asked = people.cognito.initiate_auth(
        ClientId=people.client_id, AuthFlow="USER_AUTH", AuthParameters={"USERNAME": name}
    )
    assert asked["AvailableChallenges"] == ["PASSWORD", "PASSWORD_SRP"]


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"origin": "https://evil.example"}, "WebAuthnOriginNotAllowedException"),
        ({"origin": "http://app.acme.example"}, "WebAuthnOriginNotAllowedException"),
        ({"origin": "https://notacme.example"}, "WebAuthnOriginNotAllowedException"),
        ({"relying_party": "evil.example"}, "WebAuthnRelyingPartyMismatchException"),
        ({"flags": 0x01}, "WebAuthnCredentialNotSupportedException"),
    ],
)
def test_a_passkey_for_somebody_else_is_not_kept(
    changed: dict[str, Any], error: str, people: People, authenticator: Authenticator
) -> None:
    token = people.access_token(people.new_user())
    other = replace(authenticator, **changed)
    assert refusal(lambda: add(people, token, other)) == error
    assert people.cognito.list_web_authn_credentials(AccessToken=token)["Credentials"] == []


def test_a_passkey_answers_its_own_challenge(people: People, authenticator: Authenticator) -> None:
    """Neither an older answer nor an older registration is good again."""
    name = people.new_user()
    token = people.access_token(name)
    options: Any = people.cognito.start_web_authn_registration(AccessToken=token)
    made = authenticator.create(options["CredentialCreationOptions"])

    def complete() -> object:
        return people.cognito.complete_web_authn_registration(AccessToken=token, Credential=made)

    complete()
    assert refusal(complete) == "WebAuthnChallengeNotFoundException"
    _, options = begin(people, name)
    older = json.dumps(authenticator.get(options))
    asked, _ = begin(people, name)
    replayed = refusal(lambda: people.answer(name, asked, CREDENTIAL=older))
    assert replayed == "NotAuthorizedException"


@pytest.mark.parametrize(
    "changed", [{"origin": "https://evil.example"}, {"flags": 0x01}, {"count": -1}]
)
def test_a_sign_in_elsewhere_is_refused(
    changed: dict[str, Any], people: People, authenticator: Authenticator
) -> None:
    """From another origin, without the user's verification, and by a copy that counts again."""
    name = people.new_user()
    add(people, people.access_token(name), authenticator)
    for _ in range(2):
        sign_in(people, name, authenticator)
    other = replace(authenticator, **changed)
    assert refusal(lambda: sign_in(people, name, other)) == "NotAuthorizedException"


def test_the_passkey_of_another_user_is_refused(people: People) -> None:
    mine, theirs = Authenticator(ORIGIN, RELYING_PARTY), Authenticator(ORIGIN, RELYING_PARTY)
    name, other = people.new_user(), people.new_user()
    add(people, people.access_token(name), mine)
    add(people, people.access_token(other), theirs)
    asked, options = begin(people, name)
    _, their_options = begin(people, other)
    answer = theirs.get({**their_options, "challenge": options["challenge"]})
    refused = refusal(lambda: people.answer(name, asked, CREDENTIAL=json.dumps(answer)))
    assert refused == "NotAuthorizedException"


def test_a_pool_has_no_passkeys_by_default(emulator: Emulator) -> None:
    people = People(emulator)
    token = people.access_token(people.new_user())
    got = refusal(lambda: people.cognito.start_web_authn_registration(AccessToken=token))
    assert got == "WebAuthnNotEnabledException"
