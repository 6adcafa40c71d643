"""Style sheet and logo of the classic pages: what they become, and what is refused."""

from typing import Any

import pytest

from constructs_auth import (
    AuthApp,
    AuthStack,
    ClassicPages,
    InvalidValueError,
    OAuth,
    PrefixDomain,
    SynthesisError,
    UserPool,
    UserPoolClient,
    UserPoolDomain,
    UserPoolUICustomization,
    WebApplication,
)
from tests.synth.conftest import Synthesize, rules_in

WEB = WebApplication(oauth=OAuth(callback_urls=["https://acme.example/callback"]))
PAGES = ClassicPages(css=".banner-customizable { background: #123456; }", image_file=b"image")


@pytest.fixture
def domain(stack: AuthStack) -> UserPoolDomain:
    """A domain with the classic pages."""
    return UserPoolDomain(
        stack,
        "domain",
        user_pool=UserPool(stack, "users"),
        domain=PrefixDomain(prefix="acme"),
        managed_login_version=1,
    )


def customizations(document: dict[str, Any]) -> dict[str, Any]:
    """The resources, by name, without what CDKTF notes of them."""
    found = document["resource"]["aws_cognito_user_pool_ui_customization"]
    return {
        name: {key: value for key, value in resource.items() if key != "//"}
        for name, resource in found.items()
    }


def test_the_pages_of_all_clients_and_of_one(
    stack: AuthStack, domain: UserPoolDomain, synthesize: Synthesize
) -> None:
    """Each comes after the domain, whose pool it names."""
    web = UserPoolClient(stack, "web", user_pool=domain.user_pool, application=WEB)
    UserPoolUICustomization(stack, "pages", domain=domain, pages=PAGES)
    UserPoolUICustomization(
        stack, "web_pages", domain=domain, pages=ClassicPages(css=".a {}"), client=web
    )

    assert customizations(synthesize(stack)) == {
        "pages": {
            "client_id": "ALL",
            "css": ".banner-customizable { background: #123456; }",
            "image_file": "aW1hZ2U=",
            "user_pool_id": "${aws_cognito_user_pool_domain.domain.user_pool_id}",
        },
        "web_pages": {
            "client_id": "${aws_cognito_user_pool_client.web.id}",
            "css": ".a {}",
            "user_pool_id": "${aws_cognito_user_pool_domain.domain.user_pool_id}",
        },
    }


def test_two_for_all_clients_are_refused(
    app: AuthApp, stack: AuthStack, domain: UserPoolDomain
) -> None:
    """They would overwrite each other at every apply."""
    UserPoolUICustomization(stack, "pages", domain=domain, pages=PAGES)
    UserPoolUICustomization(stack, "other", domain=domain, pages=PAGES)
    with pytest.raises(SynthesisError) as caught:
        app.synth()

    assert [str(problem) for problem in caught.value.problems] == [
        "auth/other: client: must have one customization, got a second one (for all clients) "
        "after auth/pages; remove one of them"
    ]


def test_two_for_one_client_are_refused(
    app: AuthApp, stack: AuthStack, domain: UserPoolDomain
) -> None:
    """The same."""
    web = UserPoolClient(stack, "web", user_pool=domain.user_pool, application=WEB)
    UserPoolUICustomization(stack, "pages", domain=domain, pages=PAGES, client=web)
    UserPoolUICustomization(stack, "other", domain=domain, pages=PAGES, client=web)
    with pytest.raises(SynthesisError) as caught:
        app.synth()

    assert [str(problem) for problem in caught.value.problems] == [
        "auth/other: client: must have one customization, got a second one (auth/web) "
        "after auth/pages; remove one of them"
    ]


def test_managed_login_does_not_show_it(
    app: AuthApp, stack: AuthStack, capsys: pytest.CaptureFixture[str]
) -> None:
    """Said aloud: it can be prepared before the pages are changed back."""
    domain = UserPoolDomain(
        stack,
        "domain",
        user_pool=UserPool(stack, "users"),
        domain=PrefixDomain(prefix="acme"),
    )
    UserPoolUICustomization(stack, "pages", domain=domain, pages=PAGES)
    app.synth()

    assert rules_in(capsys.readouterr().err) == ["CVL06C"]


def test_refuses_a_client_of_another_pool(stack: AuthStack, domain: UserPoolDomain) -> None:
    """Its pages are elsewhere."""
    other = UserPoolClient(stack, "web", user_pool=UserPool(stack, "partners"), application=WEB)
    with pytest.raises(InvalidValueError) as caught:
        UserPoolUICustomization(stack, "pages", domain=domain, pages=PAGES, client=other)

    assert str(caught.value) == (
        "UserPoolUICustomization.client: must be a client of the domain's pool, got 'auth/web'; "
        "use a client of that pool, or another domain"
    )


@pytest.mark.parametrize(
    ("keyword", "value", "message"),
    [
        (
            "domain",
            "acme",
            "UserPoolUICustomization.domain: must be of type UserPoolDomain, got 'acme'; "
            "write UserPoolDomain(…)",
        ),
        (
            "pages",
            ".a {}",
            "UserPoolUICustomization.pages: must be of type ClassicPages, got '.a {}'; "
            "write ClassicPages(…)",
        ),
        (
            "client",
            "ALL",
            "UserPoolUICustomization.client: must be of type UserPoolClient, got 'ALL'; "
            "write UserPoolClient(…)",
        ),
    ],
)
def test_a_wrong_value_is_refused_at_its_line(
    keyword: str, value: Any, message: str, stack: AuthStack, domain: UserPoolDomain
) -> None:
    """Before the construct is there."""
    given: dict[str, Any] = {"domain": domain, "pages": PAGES, keyword: value}
    with pytest.raises(InvalidValueError) as caught:
        UserPoolUICustomization(stack, "pages", **given)

    assert str(caught.value) == message
    assert stack.node.try_find_child("pages") is None
