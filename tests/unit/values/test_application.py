"""The kinds of application."""

from typing import Any

import pytest

from constructs_auth import (
    AdminBackend,
    MachineToMachine,
    NativeApplication,
    OAuth,
    SinglePageApplication,
    WebApplication,
)
from constructs_auth.values.application import keeps_secret
from tests.unit.samples import LIST_TOKEN, TEXT_TOKEN, refusal

OAUTH = OAuth(callback_urls=["https://www.example.com/callback"])
SCOPES = "name members of OAuthScope, or server.scope('name') of a resource server"
OWN = "name server.scope('name') of a resource server; Cognito's own scopes need a user"

with_pages = pytest.mark.parametrize(
    "kind", [WebApplication, SinglePageApplication, NativeApplication]
)


@with_pages
def test_users_sign_in_at_cognitos_pages(kind: Any) -> None:
    assert kind(oauth=OAUTH).oauth is OAUTH


@with_pages
@pytest.mark.parametrize("oauth", ["https://www.example.com/callback", {}, [], OAuth, 1])
def test_refuses_what_is_no_oauth(kind: Any, oauth: Any) -> None:
    assert refusal(lambda: kind(oauth=oauth)) == (
        f"{kind.__name__}.oauth: must be of type OAuth, got {oauth!r}; write OAuth(…)"
    )


@pytest.mark.parametrize("kind", [WebApplication, SinglePageApplication])
def test_what_runs_in_a_browser_needs_the_pages(kind: Any) -> None:
    assert refusal(lambda: kind(oauth=None)) == (
        f"{kind.__name__}.oauth: must be of type OAuth, got None; write OAuth(…)"
    )


def test_a_native_application_may_have_screens_of_its_own() -> None:
    assert NativeApplication().oauth is None


@pytest.mark.parametrize(
    "scopes", [["orders/write", "orders/read"], {"orders/read", "orders/write"}]
)
def test_a_program_has_sorted_scopes_of_resource_servers(scopes: Any) -> None:
    application = MachineToMachine(allowed_oauth_scopes=scopes)
    assert application.allowed_oauth_scopes == ("orders/read", "orders/write")


@pytest.mark.parametrize("scopes", [[TEXT_TOKEN], ["orders/read", f"{TEXT_TOKEN}/a"], LIST_TOKEN])
def test_tokens_pass_as_scopes(scopes: list[str]) -> None:
    application = MachineToMachine(allowed_oauth_scopes=scopes)
    assert application.allowed_oauth_scopes == tuple(scopes)


@pytest.mark.parametrize(
    ("scopes", "text"),
    [
        ([], f": must not be empty, got []; {SCOPES}"),
        (
            "orders/read",
            ": must be a list, a tuple or a set, got 'orders/read'; put it into a list",
        ),
        (None, f": must be a list, a tuple or a set, got None; {SCOPES}"),
        (["openid"], f": must contain only scopes of resource servers, got 'openid'; {OWN}"),
        (["orders"], f": must contain known scopes, got 'orders'; {SCOPES}"),
        ([5], f"[0]: must be a text, got 5; {SCOPES}"),
        (["a/b", "a/b"], "[1]: must not repeat, got 'a/b'; name it once"),
    ],
)
def test_refuses_scopes_that_a_program_cannot_have(scopes: Any, text: str) -> None:
    assert refusal(lambda: MachineToMachine(allowed_oauth_scopes=scopes)) == (
        f"MachineToMachine.allowed_oauth_scopes{text}"
    )


@pytest.mark.parametrize(
    ("application", "secret"),
    [
        (WebApplication(oauth=OAUTH), True),
        (MachineToMachine(allowed_oauth_scopes=["a/b"]), True),
        (AdminBackend(), True),
        (SinglePageApplication(oauth=OAUTH), False),
        (NativeApplication(oauth=OAUTH), False),
    ],
)
def test_tells_which_application_keeps_a_secret(application: Any, *, secret: bool) -> None:
    assert keeps_secret(application) is secret
