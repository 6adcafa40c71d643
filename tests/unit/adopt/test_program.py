"""The program that `adopt` writes: what a person would write for what exists."""

import ast
import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from constructs_auth import InvitationMessages, PasswordPolicy, VerificationByCode, cli
from constructs_auth.adopt.parts import Part, System
from constructs_auth.adopt.program import program
from constructs_auth.adopt.python import Argument, Call, Code
from constructs_auth.adopt.system import read_system
from constructs_auth.terraform.block import Block
from constructs_auth.terraform.resource import Resource
from constructs_auth.terraform.state_json import read_state
from tests.unit.adopt.states import ARN, POOL_ID, USERS, WEB, client, pool, resource, state


def adopted(folder: Path, *resources: dict[str, Any]) -> str:
    """The text of the program for a state of *resources*."""
    file = folder / "state.json"
    file.write_text(json.dumps(state(*resources)), encoding="utf-8")
    out = folder / "out"
    assert cli.main(["adopt", str(file), "--out", str(out), "--no-verify"]) == 0
    text = (out / "main.py").read_text(encoding="utf-8")
    ast.parse(text)
    return text


def argument(text: str, variable: str, name: str) -> str:
    """The source of an argument of the construct in *variable*, or an empty text."""
    for node in ast.walk(ast.parse(text)):
        if (
            isinstance(node, ast.Assign)
            and isinstance(node.targets[0], ast.Name)
            and node.targets[0].id == variable
            and isinstance(node.value, ast.Call)
        ):
            return next(
                (ast.unparse(one.value) for one in node.value.keywords if one.arg == name), ""
            )
    return ""


def of_pool(folder: Path, name: str, **values: object) -> str:
    """The source of an argument of a pool with *values*."""
    users = resource("aws_cognito_user_pool", "users", pool(**values))
    return argument(adopted(folder, users), "users", name)


def of_client(folder: Path, name: str, **values: object) -> str:
    """The source of an argument of a client with *values*."""
    web = resource("aws_cognito_user_pool_client", "web", client(**values))
    return argument(adopted(folder, USERS, web), "web", name)


def test_each_weaker_setting_is_visible(tmp_path: Path) -> None:
    text = adopted(tmp_path, USERS)
    assert "# Default of this library: Mfa.optional(SoftwareTokenMfa()).\n" in text
    assert "        mfa=Mfa.off(),\n" in text
    assert f'    users.import_from("{POOL_ID}")\n' in text


@pytest.mark.parametrize(
    ("values", "name", "source"),
    [
        ({}, "sign_in", "Username(case_sensitive=AS_IT_IS)"),
        (
            {"username_configuration": [{"case_sensitive": True}], "alias_attributes": ["email"]},
            "sign_in",
            "Username(alias_attributes=[AliasAttribute.EMAIL], case_sensitive=True)",
        ),
        (
            {
                "username_configuration": [{"case_sensitive": False}],
                "username_attributes": ["email"],
            },
            "sign_in",
            "",
        ),
        (
            {
                "schema": [
                    {
                        "name": "team",
                        "attribute_data_type": "String",
                        "mutable": True,
                        "string_attribute_constraints": [{"min_length": None, "max_length": None}],
                    }
                ]
            },
            "attributes",
            "[StringAttribute(name='team', min_length=AS_IT_IS, max_length=AS_IT_IS)]",
        ),
        (
            {
                "schema": [
                    {
                        "name": "email",
                        "attribute_data_type": "String",
                        "mutable": False,
                        "required": True,
                        "string_attribute_constraints": [{"min_length": "0", "max_length": "2048"}],
                    }
                ]
            },
            "attributes",
            "[StandardAttribute(name=StandardAttributeName.EMAIL, required=True, mutable=False)]",
        ),
        ({}, "passwordless", "AS_IT_IS"),
        ({"user_pool_tier": "LITE"}, "passwordless", ""),
        (
            {"sign_in_policy": [{"allowed_first_auth_factors": ["PASSWORD", "EMAIL_OTP"]}]},
            "passwordless",
            "[EmailOtp()]",
        ),
        (
            {
                "mfa_configuration": "ON",
                "software_token_mfa_configuration": [{"enabled": True}],
            },
            "mfa",
            "Mfa.required(SoftwareTokenMfa())",
        ),
        ({"user_pool_tier": "PLUS"}, "user_pool_tier", "UserPoolTier.PLUS"),
        ({"deletion_protection": "ACTIVE"}, "deletion_protection", ""),
        (
            {
                "account_recovery_setting": [
                    {"recovery_mechanism": [{"name": "verified_phone_number", "priority": 1}]}
                ]
            },
            "sms",
            "AS_IT_IS",
        ),
        (
            {
                "lambda_config": [
                    {"pre_sign_up": "arn:aws:lambda:eu-west-1:123456789012:function:greet"}
                ]
            },
            "lambda_triggers",
            "LambdaTriggers(pre_sign_up='arn:aws:lambda:eu-west-1:123456789012:function:greet', "
            "without_permission=['pre_sign_up'])",
        ),
    ],
)
def test_a_pool_says_what_differs(
    tmp_path: Path, values: dict[str, object], name: str, source: str
) -> None:
    assert of_pool(tmp_path, name, **values) == source


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"password_policy": [asdict(PasswordPolicy())]}, "password_policy"),
        (
            {
                "admin_create_user_config": [
                    {"invite_message_template": [asdict(InvitationMessages())]}
                ]
            },
            "invitation_messages",
        ),
        (
            {
                "verification_message_template": [
                    {"default_email_option": "CONFIRM_WITH_CODE", **asdict(VerificationByCode())}
                ]
            },
            "verification_messages",
        ),
    ],
)
def test_the_defaults_of_the_library_are_not_written(
    tmp_path: Path, values: dict[str, object], name: str
) -> None:
    assert of_pool(tmp_path, name, **values) == ""


_UNITS = [{"access_token": "minutes", "id_token": "hours", "refresh_token": "days"}]


@pytest.mark.parametrize(
    ("values", "name", "source"),
    [
        ({}, "application", "NativeApplication()"),
        ({"client_secret": "made-up"}, "application", "AdminBackend()"),
        ({"client_secret": "made-up"}, "imported_secret", "ImportedSecret.PRESENT"),
        ({}, "imported_secret", "ImportedSecret.ABSENT"),
        ({}, "token_validity", "AS_IT_IS"),
        (
            {
                "access_token_validity": 60,
                "id_token_validity": 1,
                "refresh_token_validity": 30,
                "token_validity_units": _UNITS,
            },
            "token_validity",
            "TokenValidity(access_token_unit=TimeUnit.MINUTES)",
        ),
        (
            {
                "access_token_validity": 10,
                "id_token_validity": 1,
                "refresh_token_validity": 7,
                "token_validity_units": _UNITS,
            },
            "token_validity",
            "TokenValidity(refresh_token=timedelta(days=7), access_token=timedelta(minutes=10))",
        ),
        ({"explicit_auth_flows": ["USER_PASSWORD_AUTH"]}, "explicit_auth_flows", "AS_IT_IS"),
        (
            {"explicit_auth_flows": ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]},
            "explicit_auth_flows",
            "",
        ),
        ({"read_attributes": ["email"]}, "read_attributes", "[StandardAttributeName.EMAIL]"),
        ({}, "refresh_token_rotation", "AS_IT_IS"),
        ({"prevent_user_existence_errors": "LEGACY"}, "prevent_user_existence_errors", "False"),
        (
            {
                "allowed_oauth_flows": ["client_credentials"],
                "allowed_oauth_flows_user_pool_client": True,
                "allowed_oauth_scopes": ["api/read"],
                "client_secret": "made-up",
            },
            "application",
            "MachineToMachine(allowed_oauth_scopes=['api/read'])",
        ),
        (
            {
                "allowed_oauth_flows": ["code"],
                "allowed_oauth_flows_user_pool_client": True,
                "allowed_oauth_scopes": ["openid", "email"],
                "callback_urls": ["myapp://callback"],
            },
            "application",
            "NativeApplication(oauth=OAuth(callback_urls=['myapp://callback']))",
        ),
    ],
)
def test_a_client_says_what_differs(
    tmp_path: Path, values: dict[str, object], name: str, source: str
) -> None:
    assert of_client(tmp_path, name, **values) == source


def test_what_the_construct_does_not_offer_is_an_escape_hatch(tmp_path: Path) -> None:
    web = resource(
        "aws_cognito_user_pool_client",
        "web",
        client(analytics_configuration=[{"application_id": "a", "role_arn": ""}]),
    )
    text = adopted(tmp_path, USERS, web)
    assert "    # The construct does not offer this value of analytics_configuration.\n" in text
    page = (tmp_path / "out" / "ADOPTION.md").read_text(encoding="utf-8")
    assert "`aws_cognito_user_pool_client.web: analytics_configuration`" in page


def test_a_client_refers_to_the_constructs_of_its_pool(tmp_path: Path) -> None:
    server = resource(
        "aws_cognito_resource_server",
        "orders",
        {
            "identifier": "orders",
            "name": "orders",
            "scope": [{"scope_name": "read", "scope_description": "Read"}],
            "user_pool_id": POOL_ID,
        },
    )
    google = resource(
        "aws_cognito_identity_provider",
        "google",
        {
            "attribute_mapping": {"email": "email", "username": "sub"},
            "provider_details": {
                "authorize_scopes": "openid email profile",
                "client_id": "acme",
                "client_secret": "n0t-in-the-program",
            },
            "provider_name": "Google",
            "provider_type": "Google",
            "user_pool_id": POOL_ID,
        },
    )
    web = resource(
        "aws_cognito_user_pool_client",
        "web",
        client(
            allowed_oauth_flows=["code"],
            allowed_oauth_flows_user_pool_client=True,
            allowed_oauth_scopes=["openid", "orders/read"],
            callback_urls=["https://acme.example/"],
            supported_identity_providers=["COGNITO", "Google"],
        ),
    )
    text = adopted(tmp_path, web, google, server, USERS)
    assert argument(text, "web", "supported_identity_providers") == "[COGNITO, google]"
    assert "orders.scope('read')" in argument(text, "web", "application")
    assert argument(text, "google", "client_secret") == "google_client_secret.string_value"
    for file in (tmp_path / "out").iterdir():
        assert "n0t-in-the-program" not in file.read_text(encoding="utf-8")


def test_a_permission_of_the_state_becomes_part_of_its_pool(tmp_path: Path) -> None:
    function = "arn:aws:lambda:eu-west-1:123456789012:function:greet"
    users = resource(
        "aws_cognito_user_pool", "users", pool(lambda_config=[{"pre_sign_up": function}])
    )
    permission = resource(
        "aws_lambda_permission",
        "cognito",
        {"function_name": "greet", "statement_id": "cognito", "source_arn": ARN},
    )
    text = adopted(tmp_path, users, permission)
    assert '{"aws_lambda_permission.users_pre_sign_up": "greet/cognito"}' in text


def test_instances_get_ids_of_their_own(tmp_path: Path) -> None:
    first = resource("aws_cognito_user_pool", "this", pool(), index="a b")
    second = resource(
        "aws_cognito_user_pool",
        "this",
        pool(id="eu-west-1_other1234", arn=f"{ARN}x", name="others"),
        index="a-b",
    )
    text = adopted(tmp_path, first, second)
    assert '"this_a_b",' in text
    assert '"this_a_b_user_pool",' in text


def test_the_same_state_gives_the_same_program(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert adopted(tmp_path / "a", USERS, WEB) == adopted(tmp_path / "b", WEB, USERS)


GROUP = resource("aws_cognito_user_group", "staff", {"name": "staff", "user_pool_id": POOL_ID})
DOMAIN = resource(
    "aws_cognito_user_pool_domain", "acme", {"domain": "acme", "user_pool_id": POOL_ID}
)


def divided(*resources: dict[str, Any]) -> Mapping[str, str]:
    """The files of the program for a state of *resources*, divided however short it is."""
    system = read_system(read_state(state(*resources), file="state.json"), file="state.json")
    return program(system, stack="auth", longest=0)


def many_clients(count: int) -> list[dict[str, Any]]:
    """Clients that fill a program with lines."""
    return [
        resource(
            "aws_cognito_user_pool_client", f"web{at}", client(id=f"1example{at}", name=f"web{at}")
        )
        for at in range(count)
    ]


def test_a_program_is_divided_if_it_is_longer_than_it_may_be() -> None:
    found = read_system(read_state(state(USERS, GROUP), file="state.json"), file="state.json")
    whole = program(found, stack="auth")
    lines = whole["main.py"].count("\n")
    assert program(found, stack="auth", longest=lines) == whole
    assert len(program(found, stack="auth", longest=lines - 1)) == 3


def test_up_to_300_lines_are_one_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = adopted(tmp_path, USERS, *many_clients(13))
    assert 280 < text.count("\n") <= 300
    names = {one.name for one in (tmp_path / "out").iterdir()}
    assert names == {"main.py", "cdktf.json", ".gitignore", "ADOPTION.md"}
    first, _, _ = capsys.readouterr().err.partition("\n")
    assert first == f"wrote {tmp_path / 'out' / 'main.py'}: 14 constructs"


def test_a_longer_program_has_files_by_subject(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = adopted(tmp_path, USERS, *many_clients(14))
    assert (
        text
        == '''\
"""The stack `auth`: a system of Cognito that existed before this program."""

from constructs_auth import AuthApp, AuthStack, LocalBackend

from clients import define_clients
from user_pools import define_user_pools


def define(app: AuthApp) -> AuthStack:
    """Define the stack `auth` in *app*."""
    stack = AuthStack(
        app,
        "auth",
        region="eu-west-1",
        # Use an S3Backend before others work with this state.
        backend=LocalBackend(),
    )

    pools = define_user_pools(stack)
    define_clients(stack, pools)
    return stack


if __name__ == "__main__":
    app = AuthApp()
    define(app)
    app.synth()
'''
    )
    names = {one.name for one in (tmp_path / "out").iterdir()}
    python = {"main.py", "user_pools.py", "clients.py"}
    assert names == {*python, "cdktf.json", ".gitignore", "ADOPTION.md"}
    first, _, _ = capsys.readouterr().err.partition("\n")
    assert first == f"wrote {tmp_path / 'out'}: 15 constructs in 3 files"


def test_a_file_returns_what_others_refer_to() -> None:
    files = divided(USERS, GROUP)
    assert '''
@dataclass(frozen=True)
class UserPools:
    """What other files refer to."""

    users: UserPool


def define_user_pools(stack: AuthStack) -> UserPools:
    """Define the user pools in *stack*."""
    users = UserPool(
''' in files["user_pools.py"]
    assert files["user_pools.py"].endswith("\n    return UserPools(users=users)\n")
    assert (
        files["groups.py"]
        == '''\
"""The groups of the stack `auth`."""

from constructs_auth import AuthStack, UserGroup

from user_pools import UserPools


def define_groups(stack: AuthStack, pools: UserPools) -> None:
    """Define the groups in *stack*."""
    staff = UserGroup(stack, "staff", user_pool=pools.users)
    staff.import_from("eu-west-1_aBcDeFgH1/staff")
'''
    )


def test_only_what_others_refer_to_is_returned() -> None:
    other = resource(
        "aws_cognito_user_pool", "others", pool(id="eu-west-1_Other1234", arn=f"{ARN}x")
    )
    files = divided(USERS, other, GROUP)
    assert files["user_pools.py"].endswith("\n    return UserPools(users=users)\n")


def test_a_construct_may_have_the_name_of_a_parameter() -> None:
    """The parameter of a function would be hidden by a variable of the function."""
    named = resource("aws_cognito_user_pool_domain", "pools", DOMAIN["values"])
    files = divided(USERS, named)
    assert "def define_domains(stack: AuthStack, user_pools: UserPools)" in files["domains.py"]
    assert "user_pool=user_pools.users" in files["domains.py"]
    assert "    user_pools = define_user_pools(stack)\n" in files["main.py"]
    again = resource("aws_cognito_user_group", "user_pools", GROUP["values"])
    assert "defined_user_pools.users" in divided(USERS, named, again)["domains.py"]
    third = resource("aws_cognito_user_group", "defined_user_pools", GROUP["values"])
    assert "defined_user_pools_2.users" in divided(USERS, named, again, third)["domains.py"]


def test_a_name_that_python_would_change_in_a_class_gets_another_one_there() -> None:
    files = divided(resource("aws_cognito_user_pool", "__users", pool()), GROUP)
    assert "    r__users: UserPool\n" in files["user_pools.py"]
    assert "    return UserPools(r__users=__users)\n" in files["user_pools.py"]
    assert "user_pool=pools.r__users" in files["groups.py"]


def part(kind: str, variable: str, *references: str, **more: Any) -> Part:
    """A construct that refers to others."""
    arguments = [Argument(name=f"to_{one}", value=Code(one)) for one in references]
    address = f"{kind}.{variable}"
    return Part(
        resource=Resource(
            address=address, type=kind, static_address=address, body=Block(values={})
        ),
        variable=variable,
        construct_id=variable,
        call=Call("UserPool", (Code("stack"), variable), arguments),
        **more,
    )


def system(*parts: Part) -> System:
    """A system of *parts* alone."""
    return System(region="eu-west-1", default_tags={}, parts=parts, secrets=(), left=())


def test_files_that_need_each_other_stay_one_file() -> None:
    first, second = part("aws_kms_key", "first"), part("aws_iam_role", "second", "first")
    files = program(system(first, second), stack="auth", longest=0)
    assert {*files} == {"main.py", "kms_keys.py", "iam_roles.py"}
    third = part("aws_kms_key", "third", "second")
    assert {*program(system(first, second, third), stack="auth", longest=0)} == {"main.py"}


def test_a_file_follows_those_that_it_needs() -> None:
    """The second of `aws_kms_key` needs `aws_iam_role`, which comes later."""
    parts = [
        part("aws_kms_key", "one"),
        part("aws_iam_role", "two"),
        part("aws_kms_key", "three", "two"),
    ]
    main = program(system(*parts), stack="auth", longest=0)["main.py"]
    assert main.index("define_iam_roles(stack)") < main.index("define_kms_keys(stack, roles)")


def test_a_construct_to_which_nothing_refers_needs_no_variable() -> None:
    text = program(
        system(part("aws_kms_key", "one"), part("aws_kms_key", "two", import_id="2")), stack="auth"
    )
    assert '\n    UserPool(stack, "one")\n' in text["main.py"]
    assert '\n    two = UserPool(stack, "two")\n' in text["main.py"]


def test_a_parameter_is_no_word_of_python() -> None:
    parts = [
        part("aws_x_class", "one"),
        part("aws_x_type", "two", "one"),
        part("aws_y", "a", "two"),
    ]
    main = program(system(*parts), stack="auth", longest=0)["main.py"]
    assert "    x_class = define_x_class(stack)\n" in main
    assert "    x_types = define_x_types(stack, x_class)\n" in main
