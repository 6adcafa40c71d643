"""What a pool creates beside itself: the same constructs as those that a program creates."""

import inspect
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from constructs_auth import (
    AuthApp,
    AuthStack,
    FacebookIdentityProvider,
    GoogleIdentityProvider,
    IdentityCenterIdentityProvider,
    InvalidValueError,
    LocalBackend,
    LoginWithAmazonIdentityProvider,
    MachineToMachine,
    NativeApplication,
    OidcIdentityProvider,
    PrefixDomain,
    ResourceServer,
    ResourceServerScope,
    SamlIdentityProvider,
    SamlMetadataUrl,
    SignInWithAppleIdentityProvider,
    UserGroup,
    UserPool,
    UserPoolClient,
    UserPoolDomain,
    Variable,
)
from constructs_auth.engine import Construct
from tests.synth.conftest import Synthesize

CONSTRUCTS: dict[str, Callable[..., Any]] = {
    "add_client": UserPoolClient,
    "add_domain": UserPoolDomain,
    "add_group": UserGroup,
    "add_resource_server": ResourceServer,
    "add_google_identity_provider": GoogleIdentityProvider,
    "add_facebook_identity_provider": FacebookIdentityProvider,
    "add_login_with_amazon_identity_provider": LoginWithAmazonIdentityProvider,
    "add_sign_in_with_apple_identity_provider": SignInWithAppleIdentityProvider,
    "add_oidc_identity_provider": OidcIdentityProvider,
    "add_saml_identity_provider": SamlIdentityProvider,
    "add_identity_center_identity_provider": IdentityCenterIdentityProvider,
}
METADATA = SamlMetadataUrl(url="https://login.acme.example/saml/metadata")

members = pytest.mark.parametrize("method", CONSTRUCTS)


def arguments_for(method: str, secret: str) -> dict[str, Any]:
    """Give what the construct needs, all of them other values than the defaults."""
    social = {"client_id": "1", "client_secret": secret, "authorize_scopes": ["email"]}
    given: dict[str, dict[str, Any]] = {
        "add_client": {"application": NativeApplication(), "name": "Web"},
        "add_domain": {"domain": PrefixDomain(prefix="acme"), "managed_login_version": 1},
        "add_group": {"name": "Admins", "description": "Who manages", "precedence": 1},
        "add_resource_server": {
            "identifier": "https://api.acme.example",
            "scopes": [ResourceServerScope(name="read", description="Read")],
            "name": "API",
        },
        "add_google_identity_provider": social,
        "add_facebook_identity_provider": {**social, "api_version": "v18.0"},
        "add_login_with_amazon_identity_provider": social,
        "add_sign_in_with_apple_identity_provider": {
            "client_id": "1",
            "team_id": "2",
            "key_id": "3",
            "private_key": secret,
        },
        "add_oidc_identity_provider": {
            "client_id": "1",
            "oidc_issuer": "https://login.acme.example",
            "provider_name": "staff",
        },
        "add_saml_identity_provider": {"metadata": METADATA, "idp_signout": True},
        "add_identity_center_identity_provider": {"metadata": METADATA, "provider_name": "staff"},
    }
    return given[method]


def test_each_method_that_adds_to_a_pool_is_compared() -> None:
    methods = {name for name in dir(UserPool) if name.startswith("add_")}
    assert methods - {"add_url_outputs"} == CONSTRUCTS.keys()


@members
def test_a_method_takes_what_its_construct_takes(method: str) -> None:
    """All but *scope* and *user_pool*; with the same names, types and defaults, in one order."""
    ours = inspect.signature(getattr(UserPool, method)).parameters
    theirs = inspect.signature(vars(CONSTRUCTS[method])["__init__"]).parameters
    assert [str(each) for name, each in ours.items() if name != "self"] == [
        str(each) for name, each in theirs.items() if name not in {"self", "scope", "user_pool"}
    ]
    assert all(each.kind is not inspect.Parameter.VAR_KEYWORD for each in ours.values())


class PassedError(Exception):
    """What a method passed to its construct."""

    def __init__(self, passed: dict[str, object]) -> None:
        super().__init__("not to be created")
        self.passed = passed


@members
def test_a_method_passes_each_argument_on(
    method: str, stack: AuthStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: object, scope: object, construct_id: object, **given: object) -> None:
        raise PassedError({"scope": scope, "construct_id": construct_id, **given})

    users = UserPool(stack, "users")
    monkeypatch.setattr(CONSTRUCTS[method], "__init__", refuse)
    given = {name: object() for name in inspect.signature(getattr(users, method)).parameters}
    with pytest.raises(PassedError) as caught:
        getattr(users, method)(**given)
    assert caught.value.passed == {**given, "scope": stack, "user_pool": users}


@members
def test_a_method_creates_the_construct_that_a_program_creates(tmp_path: Path, method: str) -> None:
    def added(users: UserPool, given: dict[str, Any]) -> Any:
        return getattr(users, method)("member", **given)

    def created(users: UserPool, given: dict[str, Any]) -> Any:
        return CONSTRUCTS[method](users.node.scope, "member", user_pool=users, **given)

    assert synthesized(tmp_path / "added", method, added) == synthesized(
        tmp_path / "created", method, created
    )


def synthesized(
    folder: Path, method: str, create: Callable[[UserPool, dict[str, Any]], Any]
) -> dict[str, Any]:
    """Give the Terraform JSON of a pool with a member."""
    app = AuthApp(outdir=str(folder), context={})
    stack = AuthStack(app, "auth", region="eu-west-1", backend=LocalBackend())
    secret = Variable(stack, "secret", description="A secret.", sensitive=True).string_value
    users = UserPool(stack, "users")
    member = create(users, arguments_for(method, secret))
    assert type(member) is CONSTRUCTS[method]
    assert member.node.path == "auth/member"
    assert member.user_pool is users
    app.synth()
    document: dict[str, Any] = json.loads((folder / "stacks/auth/cdk.tf.json").read_bytes())
    assert ["member"] in [[*of_type] for of_type in document["resource"].values()]
    return document


def test_a_member_goes_where_the_pool_is(stack: AuthStack) -> None:
    tenant = Construct(stack, "acme")
    users = UserPool(tenant, "users")
    assert users.add_group("admins").node.path == "auth/acme/admins"


def test_an_error_names_the_construct_and_its_line_is_that_of_the_program(
    stack: AuthStack,
) -> None:
    users = UserPool(stack, "users")
    with pytest.raises(InvalidValueError) as caught:
        users.add_group("admins", precedence=-1)
    assert str(caught.value).startswith("UserGroup.precedence: ")
    assert users.add_group("admins").program_line.startswith("tests/synth/test_pool_members.py:")


def test_scopes_of_an_added_server_go_to_an_added_client(
    stack: AuthStack, synthesize: Synthesize
) -> None:
    users = UserPool(stack, "users")
    api = users.add_resource_server(
        "api", identifier="api", scopes=[ResourceServerScope(name="read", description="Read")]
    )
    users.add_client(
        "robot", application=MachineToMachine(allowed_oauth_scopes=[api.scope("read")])
    )
    client = synthesize(stack)["resource"]["aws_cognito_user_pool_client"]["robot"]
    assert client["allowed_oauth_scopes"] == ["api/read"]
    assert client["depends_on"] == ["aws_cognito_resource_server.api"]
