"""Ids that give no Terraform name are refused where the program writes them."""

from typing import Any

import pytest
from cdktf import TerraformElement, TerraformVariable
from cdktf_cdktf_provider_aws.cognito_user_pool import CognitoUserPool
from constructs import Construct

from constructs_auth import (
    AuthApp,
    AuthStack,
    ExistingIdentityStore,
    ExistingUserPool,
    HttpApiJwtAuthorizer,
    IdentityPool,
    IdentityStoreGroup,
    InvalidValueError,
    LocalBackend,
    NativeApplication,
    OidcIdentityProvider,
    ResourceServer,
    RestApiUserPoolAuthorizer,
    SamlIdentityProvider,
    SamlMetadataUrl,
    UserGroup,
    UserPool,
    UserPoolClient,
    Variable,
    WebAcl,
)
from tests.synth.conftest import Synthesize
from tests.synth.reading import problems_of

POOL = ExistingUserPool(user_pool_id="eu-west-1_abc", region="eu-west-1")
STORE = ExistingIdentityStore(identity_store_id="d-1234567890")
METADATA = SamlMetadataUrl(url="https://login.acme.example/metadata")
ISSUER = "https://login.acme.example"
NO_NAME = "must give a Terraform name, which starts with a letter or _"
NOT_ASCII = "must be in ASCII, because CDKTF drops every other character"


@pytest.mark.parametrize(
    ("construct_id", "message"),
    [
        ("1st", f"{NO_NAME}, got '1st'; write one such as '_1st'"),
        ("-x", f"{NO_NAME}, got '-x'; write one such as '_-x'"),
        ("!", f"{NO_NAME}, got '!'; write one such as 'users'"),
        ("Default", f"{NO_NAME}, got 'Default'; write one such as 'users'"),
        ("Nützer", f"{NOT_ASCII}, got 'Nützer'; write 'Ntzer', which is its name now"),
        ("用户", f"{NOT_ASCII}, got '用户'; write another"),
        (
            "a\n",
            r"must not contain control characters, such as line breaks, got 'a\n'; remove them",
        ),
        ("", "must be a text that is not empty, got ''; write one such as 'users'"),
        (7, "must be a text that is not empty, got 7; write one such as 'users'"),
        (None, "must be a text that is not empty, got None; write one such as 'users'"),
    ],
)
def test_an_id_that_gives_no_name_is_refused(
    construct_id: Any, message: str, stack: AuthStack
) -> None:
    with pytest.raises(InvalidValueError) as caught:
        UserPool(stack, construct_id, name="users")
    assert str(caught.value) == f"UserPool.construct_id: {message}"
    assert stack.node.try_find_child(str(construct_id)) is None


@pytest.mark.parametrize(
    ("kind", "settings"),
    [
        (UserPool, {}),
        (UserPoolClient, {"application": NativeApplication(), "user_pool": POOL}),
        (UserGroup, {"user_pool": POOL}),
        (ResourceServer, {"user_pool": POOL, "identifier": "orders", "scopes": []}),
        (SamlIdentityProvider, {"user_pool": POOL, "metadata": METADATA}),
        (OidcIdentityProvider, {"user_pool": POOL, "client_id": "a", "oidc_issuer": ISSUER}),
        (IdentityPool, {"cognito_identity_providers": []}),
        (IdentityStoreGroup, {"identity_store": STORE}),
        (HttpApiJwtAuthorizer, {"api_id": "a1b2c3d4e5", "clients": []}),
        (RestApiUserPoolAuthorizer, {"rest_api_id": "a1b2c3d4e5", "user_pools": [POOL]}),
        (WebAcl, {}),
    ],
)
def test_an_id_that_is_also_the_name_is_refused_as_the_id(
    kind: Any, settings: dict[str, Any], stack: AuthStack
) -> None:
    with pytest.raises(InvalidValueError) as caught:
        kind(stack, 7, **settings)
    assert str(caught.value) == (
        f"{kind.__name__}.construct_id: must be a text that is not empty, got 7; write one such as "
        "'users'"
    )


def test_an_id_is_no_token(stack: AuthStack) -> None:
    name = Variable(stack, "name", description="A name.").string_value
    with pytest.raises(InvalidValueError, match=r"construct_id: must not be a token, because"):
        UserPool(stack, name, name="users")


@pytest.mark.parametrize("construct_id", ["_1", "a-b", "a b", "a/b", "A"])
def test_an_id_that_gives_a_name_is_accepted(
    construct_id: str, stack: AuthStack, synthesize: Synthesize
) -> None:
    """CDKTF drops what no name may have, and addresses must not change."""
    UserPool(stack, construct_id, name="users")
    (name,) = synthesize(stack)["resource"]["aws_cognito_user_pool"]
    assert name == construct_id.replace(" ", "").replace("/", "--")


def test_deeper_in_the_tree_the_whole_name_counts(stack: AuthStack, synthesize: Synthesize) -> None:
    """It begins with the first id, and ends with a hash."""
    with pytest.raises(InvalidValueError) as caught:
        UserPool(Construct(stack, "1st"), "users")
    assert str(caught.value) == (
        f"UserPool.construct_id: {NO_NAME}, got '1st/users'; write one such as '_1st_users'"
    )
    UserPool(Construct(stack, "prüfung"), "1")
    assert list(synthesize(stack)["resource"]["aws_cognito_user_pool"]) == ["prfung_1_779AA7E1"]


def test_a_stack_that_names_its_resources_itself_may_have_any_id(app: AuthApp) -> None:
    class Numbered(AuthStack):
        def _allocate_logical_id(self, tf_element: TerraformElement | Any) -> str:
            return f"n{len(tf_element.node.path)}"

    stack = Numbered(app, "auth", region="eu-west-1", backend=LocalBackend())
    UserPool(stack, "1st")
    app.synth()


def test_the_same_id_twice_is_refused(stack: AuthStack) -> None:
    """CDKTF's own error has a traceback of Node."""
    UserPool(stack, "users")
    with pytest.raises(InvalidValueError) as caught:
        Variable(stack, "users", description="The users.")
    assert str(caught.value) == (
        "Variable.construct_id: must be unique in its scope, got 'users'; choose another id"
    )


@pytest.mark.parametrize(
    ("scope", "message"),
    [
        (None, "must be a construct, got None; pass the stack"),
        ("auth", "must be a construct, got 'auth'; pass the stack"),
        ("app", "must be in a stack, got 'AuthApp'; pass a stack"),
    ],
)
def test_a_scope_is_a_construct_in_a_stack(
    scope: Any, message: str, app: AuthApp, stack: AuthStack
) -> None:
    given = app if scope == "app" else scope
    with pytest.raises(InvalidValueError) as caught:
        Variable(given, "name", description="A name.")
    assert str(caught.value) == f"Variable.scope: {message}"
    with pytest.raises(InvalidValueError) as caught:
        UserPool(given, "users")
    assert str(caught.value) == f"scope: {message}"
    pool = UserPool(stack, "users")
    with pytest.raises(InvalidValueError) as caught:
        UserPoolClient(given, "web", user_pool=pool, application=NativeApplication())
    assert str(caught.value) == f"UserPoolClient.scope: {message}"


@pytest.mark.parametrize("name", ["count", "for_each", "provider", "version"])
def test_terraform_reserves_names_of_variables(name: str, stack: AuthStack) -> None:
    """A module block has arguments of these names."""
    with pytest.raises(InvalidValueError) as caught:
        Variable(stack, name, description="A value.")
    assert str(caught.value) == (
        "Variable: must have an id that Terraform does not reserve for module blocks, got "
        f"{name!r}; write one such as 'callback_urls'"
    )


@pytest.mark.parametrize(
    "default", [float("nan"), float("inf"), [1.5, float("-inf")], {"a": float("nan")}]
)
def test_a_default_is_a_number_that_json_has(default: Any, stack: AuthStack) -> None:
    """Node would end."""
    with pytest.raises(InvalidValueError, match=r"^Variable share\.default: must be a finite"):
        Variable(stack, "share", description="A share.", variable_type="any", default=default)


def test_names_of_others_are_checked_at_synthesis(app: AuthApp, stack: AuthStack) -> None:
    """Also those that an override gives, or another package."""
    UserPool(stack, "users").resource.override_logical_id("1st")
    CognitoUserPool(stack, "2nd", name="second")
    TerraformVariable(stack, "third").override_logical_id("3rd")
    assert [problem.partition(";")[0] for problem in problems_of(app)] == [
        f"{path}: must have a Terraform name, which starts with a letter or _ and has only "
        f"letters, digits, _ and -, got {name!r}"
        for path, name in (
            ("variable.3rd", "3rd"),
            ("auth/users/Default", "1st"),
            ("auth/2nd", "2nd"),
        )
    ]


def test_a_name_in_another_script_is_accepted(stack: AuthStack, synthesize: Synthesize) -> None:
    """Terraform accepts letters beyond ASCII, where the program writes them itself."""
    UserPool(stack, "users").resource.override_logical_id("nützer")
    assert list(synthesize(stack)["resource"]["aws_cognito_user_pool"]) == ["nützer"]
