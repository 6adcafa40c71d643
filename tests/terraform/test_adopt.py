"""Live pools become programs: AWS is only read, the plan is empty, and users sign in as before.

The pools are created with the API alone, as consoles and SDKs leave them.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from constructs_auth import cli
from tests.emulator import Emulator
from tests.support.synthesized import PROJECT, synthesize, with_local_state
from tests.support.terraform import Terraform

pytestmark = pytest.mark.thorough

REGION = "eu-west-1"
PASSWORD = "Made-up-password-1"
FUNCTION = f"arn:aws:lambda:{REGION}:123456789012:function:adopted"
_FLOWS = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]


def console_defaults(emulator: Emulator) -> str:
    """E-mail addresses as names, one client for a browser, lifetimes in minutes."""
    cognito = emulator.cognito(REGION)
    pool_id = cognito.create_user_pool(
        PoolName="User pool - k3j2",
        UsernameAttributes=["email"],
        UsernameConfiguration={"CaseSensitive": False},
        AutoVerifiedAttributes=["email"],
        DeletionProtection="ACTIVE",
        AccountRecoverySetting={
            "RecoveryMechanisms": [
                {"Priority": 1, "Name": "verified_email"},
                {"Priority": 2, "Name": "verified_phone_number"},
            ]
        },
    )["UserPool"]["Id"]
    cognito.create_user_pool_client(
        UserPoolId=pool_id,
        ClientName="My SPA app - k3j2",
        ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        AllowedOAuthFlows=["code"],
        AllowedOAuthFlowsUserPoolClient=True,
        AllowedOAuthScopes=["email", "openid", "phone"],
        CallbackURLs=["https://d84l1y8p4kdic.cloudfront.net"],
        SupportedIdentityProviders=["COGNITO"],
        PreventUserExistenceErrors="ENABLED",
        AccessTokenValidity=60,
        IdTokenValidity=60,
        RefreshTokenValidity=5,
        TokenValidityUnits={"AccessToken": "minutes", "IdToken": "minutes", "RefreshToken": "days"},
    )
    cognito.create_user_pool_domain(Domain="eu-west-1k3j2", UserPoolId=pool_id)
    return pool_id


def an_old_pool(emulator: Emulator) -> str:
    """The tier LITE, aliases, attributes without bounds, legacy flows, two clients."""
    cognito = emulator.cognito(REGION)
    pool_id = cognito.create_user_pool(
        PoolName="old",
        AliasAttributes=["email", "preferred_username"],
        AutoVerifiedAttributes=["email"],
        MfaConfiguration="OFF",
        Schema=[
            {"Name": "team", "AttributeDataType": "String", "Mutable": True},
            {"Name": "age", "AttributeDataType": "Number", "Mutable": True},
        ],
        UserPoolTier="LITE",
    )["UserPool"]["Id"]
    cognito.create_user_pool_client(
        UserPoolId=pool_id, ClientName="old", ExplicitAuthFlows=["USER_PASSWORD_AUTH"]
    )
    cognito.create_user_pool_client(UserPoolId=pool_id, ClientName="server", GenerateSecret=True)
    return pool_id


def with_everything_around(emulator: Emulator) -> str:
    """Triggers, groups, a resource server, a machine, Google and SAML."""
    cognito = emulator.cognito(REGION)
    emulator.make_trigger("adopted", REGION, source="def handler(event, _): return event")
    pool = cognito.create_user_pool(
        PoolName="users",
        AutoVerifiedAttributes=["email"],
        LambdaConfig={"PostConfirmation": FUNCTION, "PreSignUp": FUNCTION},
        UserPoolTags={"team": "identity"},
    )["UserPool"]
    pool_id = pool["Id"]
    emulator.allow_trigger(FUNCTION, pool_arn=pool["Arn"])
    cognito.create_group(UserPoolId=pool_id, GroupName="staff", Description="All", Precedence=1)
    cognito.create_resource_server(
        UserPoolId=pool_id,
        Identifier="orders",
        Name="Orders",
        Scopes=[{"ScopeName": "read", "ScopeDescription": "Read"}],
    )
    for name, kind, details in (
        (
            "Google",
            "Google",
            {"client_id": "a", "client_secret": "b", "authorize_scopes": "email openid"},
        ),
        ("partner", "SAML", {"MetadataURL": "https://idp.example/metadata"}),
    ):
        cognito.create_identity_provider(
            UserPoolId=pool_id,
            ProviderName=name,
            ProviderType=kind,  # type: ignore[arg-type] # one of its literals
            ProviderDetails=details,
            AttributeMapping={"email": "email"},
        )
    cognito.create_user_pool_client(
        UserPoolId=pool_id,
        ClientName="app",
        ExplicitAuthFlows=_FLOWS,  # type: ignore[arg-type]
    )
    cognito.create_user_pool_client(
        UserPoolId=pool_id,
        ClientName="machine",
        GenerateSecret=True,
        AllowedOAuthFlows=["client_credentials"],
        AllowedOAuthFlowsUserPoolClient=True,
        AllowedOAuthScopes=["orders/read"],
    )
    return pool_id


def in_several_files(emulator: Emulator) -> str:
    """Clients enough for more than 300 lines, and what they refer to."""
    cognito = emulator.cognito(REGION)
    pool_id = cognito.create_user_pool(PoolName="many", UsernameAttributes=["email"])["UserPool"][
        "Id"
    ]
    cognito.create_resource_server(
        UserPoolId=pool_id,
        Identifier="orders",
        Name="Orders",
        Scopes=[{"ScopeName": "read", "ScopeDescription": "Read orders"}],
    )
    cognito.create_user_pool_client(
        UserPoolId=pool_id,
        ClientName="machine",
        GenerateSecret=True,
        AllowedOAuthFlows=["client_credentials"],
        AllowedOAuthFlowsUserPoolClient=True,
        AllowedOAuthScopes=["orders/read"],
    )
    for number in range(16):
        cognito.create_user_pool_client(
            UserPoolId=pool_id,
            ClientName=f"app{number}",
            ExplicitAuthFlows=_FLOWS,  # type: ignore[arg-type]
        )
    return pool_id


def sign_in(cognito: Any, pool_id: str, name: str) -> None:
    """Sign the user in with the first client that has no secret."""
    for client in cognito.list_user_pool_clients(UserPoolId=pool_id)["UserPoolClients"]:
        asked = {"UserPoolId": pool_id, "ClientId": client["ClientId"]}
        if "ClientSecret" not in cognito.describe_user_pool_client(**asked)["UserPoolClient"]:
            answer = cognito.initiate_auth(
                ClientId=client["ClientId"],
                AuthFlow="USER_PASSWORD_AUTH",
                AuthParameters={"USERNAME": name, "PASSWORD": PASSWORD},
            )
            assert answer["AuthenticationResult"]["AccessToken"]
            return
    pytest.fail("each client has a secret")


def described(cognito: Any, pool_id: str) -> Mapping[str, Any]:
    """The pool and its clients, as Cognito has them."""
    clients = cognito.list_user_pool_clients(UserPoolId=pool_id)["UserPoolClients"]
    return {
        "pool": cognito.describe_user_pool(UserPoolId=pool_id)["UserPool"],
        "clients": [
            cognito.describe_user_pool_client(UserPoolId=pool_id, ClientId=one["ClientId"])[
                "UserPoolClient"
            ]
            for one in clients
        ],
    }


@pytest.fixture
def command_environment(
    own_provider: Mapping[str, str], monkeypatch: pytest.MonkeyPatch
) -> Mapping[str, str]:
    """The environment of the command, which leads it to the emulator."""
    for variable, value in {**own_provider, "PYTHONPATH": str(PROJECT)}.items():
        monkeypatch.setenv(variable, value)
    return own_provider


@pytest.mark.parametrize(
    "system", [console_defaults, an_old_pool, with_everything_around, in_several_files]
)
def test_a_live_system_is_adopted_without_a_change(  # noqa: PLR0917 - five of them are fixtures
    system: Callable[[Emulator], str],
    emulator: Emulator,
    executable: Path,
    command_environment: Mapping[str, str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    cognito = emulator.cognito(REGION)
    pool_id = system(emulator)
    name = "ann@example.com"
    if system is an_old_pool:  # an alias cannot be a user name
        name = "ann"
    cognito.admin_create_user(
        UserPoolId=pool_id,
        Username=name,
        MessageAction="SUPPRESS",
        UserAttributes=[
            {"Name": "email", "Value": "ann@example.com"},
            {"Name": "email_verified", "Value": "true"},
        ],
    )
    cognito.admin_set_user_password(
        UserPoolId=pool_id, Username=name, Password=PASSWORD, Permanent=True
    )
    sign_in(cognito, pool_id, name)
    before = described(cognito, pool_id)

    out = tmp_path / "program"
    command = ["adopt", "--user-pool-id", pool_id, "--region", REGION, "--out", str(out)]
    assert cli.main(command) == 0, capsys.readouterr()
    assert "verified: 0 to add, 0 to change, 0 to destroy" in capsys.readouterr().out
    assert described(cognito, pool_id) == before
    modules = {one.name for one in out.iterdir() if one.suffix == ".py"}
    assert (len(modules) > 1) is (system is in_several_files)
    assert not (out / "__pycache__").exists()

    # And now for real: import, and then nothing is left to do.
    stack = synthesize(tmp_path / "out", str(out / "main.py")) / "auth"
    with_local_state(stack)
    terraform = Terraform(
        folder=stack,
        executable=executable,
        environment={**command_environment, "TF_VAR_google_client_secret": "b"},
    )
    terraform.init()
    plan = terraform.plan()
    summary = plan.text.rpartition("Plan: ")[2]
    assert "0 to add" in summary
    assert "0 to destroy" in summary
    terraform.apply(plan)
    plan = terraform.plan()
    assert not plan.has_changes, plan.text
    after = described(cognito, pool_id)
    for one in (before, after):
        one["pool"].pop("LastModifiedDate", None)
    assert after == before
    sign_in(cognito, pool_id, name)
