"""The scopes of resource servers, as values."""

import pytest

from constructs_auth import MachineToMachine, OAuth, OAuthScope, ResourceServerScope, ServerScope
from constructs_auth.values.resource_server import identifier_of
from tests.unit.samples import TEXTS, refusal


class Read:
    """A scope that knows its server; `ResourceServer.scope` gives one like it."""

    scope_identifier = "orders/read"
    resource = object()


READ = Read()
CALLBACKS = ["https://acme.example/callback"]


def test_a_scope_that_knows_its_server_fits_the_protocol() -> None:
    assert isinstance(READ, ServerScope)
    assert not isinstance("orders/read", ServerScope)


@pytest.mark.parametrize("token", TEXTS)
def test_tokens_pass(token: str) -> None:
    scope = ResourceServerScope(name=token, description=token)
    assert (scope.name, scope.description) == (token, token)


@pytest.mark.parametrize(
    ("name", "description", "expected"),
    [
        (
            "a/b",
            "Read",
            "ResourceServerScope.name: must be 1 to 256 characters, printable ASCII without "
            "spaces, \", / and \\, got 'a/b'; write a short name such as 'read'",
        ),
        (
            "read",
            "",
            "ResourceServerScope.description: must be 1 to 256 characters, not 0, got ''; "
            "describe in a few words what the scope allows",
        ),
    ],
)
def test_refuses_what_cognito_refuses(name: str, description: str, expected: str) -> None:
    assert refusal(lambda: ResourceServerScope(name=name, description=description)) == expected


def test_scopes_as_objects_stand_beside_texts_in_one_order() -> None:
    oauth = OAuth(
        callback_urls=CALLBACKS, allowed_oauth_scopes=[READ, OAuthScope.OPENID, "a.example/x"]
    )
    assert [*map(identifier_of, oauth.allowed_oauth_scopes)] == [
        "a.example/x",
        "openid",
        "orders/read",
    ]


def test_a_program_keeps_the_object() -> None:
    assert MachineToMachine(allowed_oauth_scopes=[READ]).allowed_oauth_scopes == (READ,)


def test_refuses_a_scope_as_object_and_again_as_text() -> None:
    expected = (
        "MachineToMachine.allowed_oauth_scopes[1]: must not repeat, got 'orders/read'; name it once"
    )
    assert refusal(lambda: MachineToMachine(allowed_oauth_scopes=[READ, "orders/read"])) == expected


def test_email_as_object_still_needs_openid() -> None:
    expected = (
        "OAuth.allowed_oauth_scopes: must contain openid together with email, got ['email', "
        "'orders/read']; add OAuthScope.OPENID"
    )
    assert (
        refusal(lambda: OAuth(callback_urls=CALLBACKS, allowed_oauth_scopes=[READ, "email"]))
        == expected
    )
