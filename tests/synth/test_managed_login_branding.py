"""The style of managed login: asked for, or made by a domain. No provider 6 was run here.

What is written is held against the bindings' types alone, for AWS provider 5.100 does not know
the resource.
"""

from typing import Any

import pytest

from constructs_auth import (
    AdminBackend,
    AssetCategory,
    AssetExtension,
    AuthApp,
    AuthStack,
    BrandingAsset,
    BrandingSettings,
    ColorMode,
    CustomDomain,
    InvalidValueError,
    MachineToMachine,
    ManagedLoginBranding,
    NativeApplication,
    OAuth,
    PrefixDomain,
    S3Backend,
    SynthesisError,
    UserPool,
    UserPoolClient,
    UserPoolDomain,
    WebApplication,
)
from constructs_auth.engine import TerraformStack
from tests.synth.conftest import Synthesize, rules_in
from tests.synth.reading import rules_broken_in

WEB = WebApplication(oauth=OAuth(callback_urls=["https://acme.example/callback"]))
DOMAIN = PrefixDomain(prefix="acme")
SETTINGS = BrandingSettings(
    settings={"componentClasses": {"link": {"size": 8.0}}, "categories": {}},
    assets=[
        BrandingAsset(
            category=AssetCategory.FORM_LOGO,
            color_mode=ColorMode.LIGHT,
            extension=AssetExtension.PNG,
            content=b"image",
        )
    ],
)


@pytest.fixture
def pool(stack: AuthStack) -> UserPool:
    """A pool with the default plan."""
    return UserPool(stack, "users")


def client(stack: AuthStack, pool: UserPool, name: str = "web") -> UserPoolClient:
    """A client with sign-in pages."""
    return UserPoolClient(stack, name, user_pool=pool, application=WEB)


def brandings(document: dict[str, Any]) -> dict[str, Any]:
    """The styles, by name, without what CDKTF notes of them."""
    found = document["resource"].get("aws_cognito_managed_login_branding", {})
    return {
        name: {key: value for key, value in resource.items() if key != "//"}
        for name, resource in found.items()
    }


def provider_version(document: dict[str, Any]) -> Any:
    """The constraint on the AWS provider."""
    return document["terraform"]["required_providers"]["aws"]["version"]


def provided(name: str) -> dict[str, Any]:
    """Cognito's own style of the client *name*."""
    return {
        "client_id": f"${{aws_cognito_user_pool_client.{name}.id}}",
        "use_cognito_provided_values": True,
        "user_pool_id": "${aws_cognito_user_pool.users.id}",
    }


def test_cognito_s_own_values_are_the_default(
    stack: AuthStack, pool: UserPool, synthesize: Synthesize
) -> None:
    """And the constraint on the provider rises."""
    ManagedLoginBranding(stack, "style", client=client(stack, pool))
    document = synthesize(stack)

    assert brandings(document) == {"style": provided("web")}
    assert provider_version(document) == ">= 6.13.0, < 7.0.0"


def test_settings_and_images_exclude_cognito_s_own_values(
    stack: AuthStack, pool: UserPool, synthesize: Synthesize
) -> None:
    """Settings in the order of their keys, images in Base64."""
    ManagedLoginBranding(stack, "style", client=client(stack, pool), branding=SETTINGS)

    assert brandings(synthesize(stack)) == {
        "style": {
            "asset": [
                {
                    "bytes": "aW1hZ2U=",
                    "category": "FORM_LOGO",
                    "color_mode": "LIGHT",
                    "extension": "PNG",
                }
            ],
            "client_id": "${aws_cognito_user_pool_client.web.id}",
            "settings": '{"categories": {}, "componentClasses": {"link": {"size": 8.0}}}',
            "user_pool_id": "${aws_cognito_user_pool.users.id}",
        }
    }


def test_images_alone_leave_the_settings_to_cognito(
    stack: AuthStack, pool: UserPool, synthesize: Synthesize
) -> None:
    """The provider wants exactly one of settings and `use_cognito_provided_values`."""
    images = BrandingSettings(assets=SETTINGS.assets)
    ManagedLoginBranding(stack, "style", client=client(stack, pool), branding=images)

    (style,) = brandings(synthesize(stack)).values()
    assert style["use_cognito_provided_values"] is False
    assert "settings" not in style
    assert len(style["asset"]) == 1


class TestMadeByADomain:
    """Without a style, managed login shows an error."""

    def test_whether_the_client_comes_first_or_the_domain(
        self, stack: AuthStack, pool: UserPool, synthesize: Synthesize
    ) -> None:
        """Either order gives the same."""
        client(stack, pool, "before")
        UserPoolDomain(stack, "domain", user_pool=pool, domain=DOMAIN)
        client(stack, pool, "after")
        document = synthesize(stack)

        assert brandings(document) == {
            "before_branding": provided("before"),
            "after_branding": provided("after"),
        }
        assert provider_version(document) == ">= 6.13.0, < 7.0.0"

    def test_only_for_clients_with_sign_in_pages(
        self, stack: AuthStack, pool: UserPool, synthesize: Synthesize
    ) -> None:
        """And without one, the provider need not be newer."""
        UserPoolDomain(stack, "domain", user_pool=pool, domain=DOMAIN)
        for name, application in (
            ("robot", MachineToMachine(allowed_oauth_scopes=["orders/read"])),
            ("backend", AdminBackend()),
            ("phone", NativeApplication()),
        ):
            UserPoolClient(stack, name, user_pool=pool, application=application)
        document = synthesize(stack)

        assert brandings(document) == {}
        assert provider_version(document) == ">= 5.100.0, < 7.0.0"

    def test_not_for_another_pool(
        self, stack: AuthStack, pool: UserPool, synthesize: Synthesize
    ) -> None:
        """Its pages are elsewhere, or nowhere."""
        UserPoolDomain(stack, "domain", user_pool=pool, domain=DOMAIN)
        client(stack, UserPool(stack, "partners"))

        assert brandings(synthesize(stack)) == {}

    @pytest.mark.parametrize("first", ["branding", "domain"])
    def test_one_that_was_asked_for_takes_its_place(
        self, stack: AuthStack, pool: UserPool, first: str, synthesize: Synthesize
    ) -> None:
        """In either order."""
        web = client(stack, pool)
        if first == "domain":
            UserPoolDomain(stack, "domain", user_pool=pool, domain=DOMAIN)
        ManagedLoginBranding(stack, "style", client=web)
        if first == "branding":
            UserPoolDomain(stack, "domain", user_pool=pool, domain=DOMAIN)

        assert brandings(synthesize(stack)) == {"style": provided("web")}

    @pytest.mark.parametrize("first", ["branding", "domain"])
    def test_one_below_the_client_takes_its_place_too(
        self, stack: AuthStack, pool: UserPool, first: str, synthesize: Synthesize
    ) -> None:
        """Also under the id of the one that was made."""
        web = client(stack, pool)
        if first == "domain":
            UserPoolDomain(stack, "domain", user_pool=pool, domain=DOMAIN)
        ManagedLoginBranding(web, "branding", client=web)
        if first == "branding":
            UserPoolDomain(stack, "domain", user_pool=pool, domain=DOMAIN)

        assert list(brandings(synthesize(stack)).values()) == [provided("web")]

    def test_two_domains_make_one(
        self, stack: AuthStack, pool: UserPool, synthesize: Synthesize
    ) -> None:
        """A style belongs to the client, not to the domain."""
        UserPoolDomain(stack, "domain", user_pool=pool, domain=DOMAIN)
        client(stack, pool)
        custom = CustomDomain(
            domain="auth.acme.example",
            certificate="arn:aws:acm:us-east-1:111122223333:certificate/0a1b2c3d",
        )
        UserPoolDomain(stack, "custom", user_pool=pool, domain=custom)

        assert brandings(synthesize(stack)) == {"web_branding": provided("web")}

    def test_it_can_be_turned_off_and_that_is_said_aloud(
        self,
        stack: AuthStack,
        pool: UserPool,
        synthesize: Synthesize,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        """For providers before 6.13, where the style is made by hand."""
        UserPoolDomain(stack, "domain", user_pool=pool, domain=DOMAIN, default_branding=False)
        client(stack, pool)
        document = synthesize(stack)

        assert brandings(document) == {}
        assert provider_version(document) == ">= 5.100.0, < 7.0.0"
        assert rules_in(capsys.readouterr().err) == ["CVL04B"]

    def test_two_domains_say_it_once(
        self, app: AuthApp, stack: AuthStack, pool: UserPool, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """It is the client that lacks a style."""
        client(stack, pool)
        custom = CustomDomain(
            domain="auth.acme.example",
            certificate="arn:aws:acm:us-east-1:111122223333:certificate/0a1b2c3d",
        )
        UserPoolDomain(stack, "prefix", user_pool=pool, domain=DOMAIN, default_branding=False)
        UserPoolDomain(stack, "custom", user_pool=pool, domain=custom, default_branding=False)
        app.synth()

        assert rules_in(capsys.readouterr().err) == ["CVL04B"]

    def test_the_classic_pages_need_none(
        self,
        stack: AuthStack,
        pool: UserPool,
        synthesize: Synthesize,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        """And nothing is said of styles."""
        UserPoolDomain(stack, "domain", user_pool=pool, domain=DOMAIN, managed_login_version=1)
        client(stack, pool)

        assert brandings(synthesize(stack)) == {}
        assert rules_in(capsys.readouterr().err) == ["CG402"]

    def test_a_client_of_another_stack_is_named(
        self, app: AuthApp, stack: AuthStack, pool: UserPool, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Nothing is put into a stack that the domain is not in."""
        other = AuthStack(
            app, "other", region="eu-west-1", backend=S3Backend(bucket="acme-state", key="other")
        )
        UserPoolDomain(stack, "domain", user_pool=pool, domain=DOMAIN)
        web = client(other, pool)
        app.synth()

        assert web.node.try_find_child("branding") is None
        assert (
            "warning: auth/domain: other/web has no branding, and without one managed login shows "
            "an error to its users; add a ManagedLoginBranding in the stack of the client"
        ) in capsys.readouterr().err


def test_two_for_one_client_are_refused(app: AuthApp, stack: AuthStack, pool: UserPool) -> None:
    """Cognito keeps one."""
    web = client(stack, pool)
    ManagedLoginBranding(stack, "style", client=web)
    ManagedLoginBranding(stack, "other", client=web)

    assert rules_broken_in(app) == ["auth/other: CVL04 client_id"]


def test_a_client_without_sign_in_pages_is_refused(
    app: AuthApp, stack: AuthStack, pool: UserPool
) -> None:
    """Nobody would see the style."""
    phone = UserPoolClient(stack, "phone", user_pool=pool, application=NativeApplication())
    ManagedLoginBranding(stack, "style", client=phone)
    with pytest.raises(SynthesisError) as caught:
        app.synth()

    assert [str(problem) for problem in caught.value.problems] == [
        "auth/style: client: must have sign-in pages, got NativeApplication without OAuth; set "
        "oauth=OAuth(callback_urls=[…]) in its application, or remove the branding"
    ]


def test_a_stack_of_cdktf_itself_keeps_its_own_constraint(app: AuthApp) -> None:
    """Only an `AuthStack` writes one."""
    stack = TerraformStack(app, "plain")
    pool = UserPool(stack, "users")
    web = UserPoolClient(stack, "web", user_pool=pool, application=WEB)
    style = ManagedLoginBranding(stack, "style", client=web)

    assert style.resource.friendly_unique_id == "style"


@pytest.mark.parametrize(
    ("keyword", "value", "message"),
    [
        (
            "client",
            "3n4b5urk1ft4fl3mg5e62d9ado",
            "ManagedLoginBranding.client: must be of type UserPoolClient, "
            "got '3n4b5urk1ft4fl3mg5e62d9ado'; write UserPoolClient(…)",
        ),
        (
            "branding",
            {},
            "ManagedLoginBranding.branding: must be of type CognitoProvidedValues or "
            "BrandingSettings, got {}; write CognitoProvidedValues(…) or BrandingSettings(…)",
        ),
    ],
)
def test_a_wrong_value_is_refused_at_its_line(
    keyword: str, value: Any, message: str, stack: AuthStack, pool: UserPool
) -> None:
    """Before the construct is there."""
    given: dict[str, Any] = {"client": client(stack, pool), keyword: value}
    with pytest.raises(InvalidValueError) as caught:
        ManagedLoginBranding(stack, "style", **given)

    assert str(caught.value) == message
    assert stack.node.try_find_child("style") is None
