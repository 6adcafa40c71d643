"""Pools that others created are imported: nothing changes, and users sign in as before.

The pools are created with the API alone, as consoles and SDKs leave them.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pycognito.aws_srp import AWSSRP  # type: ignore[import-untyped]

from constructs_auth import (
    AS_IT_IS,
    AdminBackend,
    AliasAttribute,
    AuthApp,
    AuthStack,
    GoogleIdentityProvider,
    ImportedSecret,
    InvitationMessages,
    LambdaTriggers,
    LocalBackend,
    Mfa,
    NativeApplication,
    PasswordPolicy,
    StringAttribute,
    UserGroup,
    Username,
    UserPool,
    UserPoolTier,
    Variable,
)
from constructs_auth.values.application import Application
from tests.emulator import Emulator
from tests.support.as_it_is import client_as_it_is
from tests.support.terraform import Terraform

pytestmark = pytest.mark.thorough

REGION = "eu-west-1"
USER = "ann"
PASSWORD = "Made-up-password-1"
FUNCTION = f"arn:aws:lambda:{REGION}:123456789012:function:greet"
_POLICY = PasswordPolicy(
    minimum_length=8, password_history_size=0, temporary_password_validity_days=7
)
"""The password policy of Cognito itself."""

_INVITATION = "Your username is {username} and temporary password is {####}. "
_MESSAGES = InvitationMessages(
    email_subject="Your temporary password", email_message=_INVITATION, sms_message=_INVITATION
)
"""What the emulator reads of a pool without messages of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Existing:
    """A pool with one client that others created."""

    pool_id: str
    client_id: str

    @property
    def client_import(self) -> str:
        """The id that Terraform imports the client by."""
        return f"{self.pool_id}/{self.client_id}"


def created(cognito: Any, pool: Mapping[str, Any], client: Mapping[str, Any]) -> Existing:
    """Create a pool, a client and a user with a password."""
    pool_id = cognito.create_user_pool(**pool)["UserPool"]["Id"]
    answer = cognito.create_user_pool_client(UserPoolId=pool_id, **client)
    cognito.admin_create_user(UserPoolId=pool_id, Username=USER, MessageAction="SUPPRESS")
    cognito.admin_set_user_password(
        UserPoolId=pool_id, Username=USER, Password=PASSWORD, Permanent=True
    )
    return Existing(pool_id=pool_id, client_id=answer["UserPoolClient"]["ClientId"])


def sign_in(cognito: Any, existing: Existing) -> None:
    """Sign the user in, with SRP where the client does not allow the password itself."""
    described = cognito.describe_user_pool_client(
        UserPoolId=existing.pool_id, ClientId=existing.client_id
    )["UserPoolClient"]
    secret = described.get("ClientSecret")
    srp = AWSSRP(
        username=USER,
        password=PASSWORD,
        pool_id=existing.pool_id,
        client_id=existing.client_id,
        client=cognito,
        client_secret=secret,
    )
    if described.get("ExplicitAuthFlows"):
        parameters = {"USERNAME": USER, "PASSWORD": PASSWORD}
        if secret:
            parameters["SECRET_HASH"] = srp.get_secret_hash(USER, existing.client_id, secret)
        answer = cognito.initiate_auth(
            ClientId=existing.client_id, AuthFlow="USER_PASSWORD_AUTH", AuthParameters=parameters
        )
    else:
        answer = srp.authenticate_user()
    assert answer["AuthenticationResult"]["AccessToken"]


def import_client(
    stack: AuthStack,
    pool: UserPool,
    existing: Existing,
    application: Application,
    secret: ImportedSecret,
) -> None:
    """Import the client, with everything left as it is."""
    client = client_as_it_is(
        stack,
        "app_client",
        name="app",
        user_pool=pool,
        application=application,
        imported_secret=secret,
    )
    client.import_from(existing.client_import)


def nothing_set(emulator: Emulator, stack: AuthStack) -> Existing:
    """A pool and a client of which only the name was given."""
    cognito = emulator.cognito(REGION)
    existing = created(cognito, {"PoolName": "app"}, {"ClientName": "app"})
    pool = UserPool(
        stack,
        "app",
        sign_in=Username(case_sensitive=AS_IT_IS),
        auto_verified_attributes=(),
        allow_admin_create_user_only=False,
        password_policy=_POLICY,
        passwordless=AS_IT_IS,
        mfa=Mfa.off(),
        account_recovery=AS_IT_IS,
        verification_messages=AS_IT_IS,
        invitation_messages=_MESSAGES,
        deletion_protection=False,
    )
    pool.import_from(existing.pool_id)
    import_client(stack, pool, existing, NativeApplication(), ImportedSecret.ABSENT)
    return existing


def an_old_pool(emulator: Emulator, stack: AuthStack) -> Existing:
    """A pool of the tier LITE: aliases, an attribute without bounds, flows without ALLOW_."""
    cognito = emulator.cognito(REGION)
    existing = created(
        cognito,
        {
            "PoolName": "app",
            "AliasAttributes": ["email"],
            "AutoVerifiedAttributes": ["email"],
            "MfaConfiguration": "OFF",
            "Schema": [{"Name": "team", "AttributeDataType": "String", "Mutable": True}],
            "UserPoolTier": "LITE",
        },
        {
            "ClientName": "app",
            "GenerateSecret": True,
            "ExplicitAuthFlows": ["ADMIN_NO_SRP_AUTH", "USER_PASSWORD_AUTH"],
        },
    )
    pool = UserPool(
        stack,
        "app",
        sign_in=Username(alias_attributes=[AliasAttribute.EMAIL], case_sensitive=AS_IT_IS),
        attributes=[StringAttribute(name="team", min_length=AS_IT_IS, max_length=AS_IT_IS)],
        attributes_require_verification_before_update=(),
        allow_admin_create_user_only=False,
        password_policy=_POLICY,
        mfa=Mfa.off(),
        account_recovery=AS_IT_IS,
        verification_messages=AS_IT_IS,
        invitation_messages=_MESSAGES,
        user_pool_tier=UserPoolTier.LITE,
        deletion_protection=False,
    )
    pool.import_from(existing.pool_id)
    import_client(stack, pool, existing, AdminBackend(), ImportedSecret.PRESENT)
    return existing


def a_pool_with_members(emulator: Emulator, stack: AuthStack) -> Existing:
    """A pool with a trigger, a group and Google."""
    emulator.make_trigger("greet", REGION, source="def handler(event, _): return event")
    cognito = emulator.cognito(REGION)
    existing = created(
        cognito,
        {
            "PoolName": "app",
            "AliasAttributes": ["email", "preferred_username"],
            "UsernameConfiguration": {"CaseSensitive": False},
            "AutoVerifiedAttributes": ["email"],
            "LambdaConfig": {"PostConfirmation": FUNCTION},
        },
        {"ClientName": "app", "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"]},
    )
    emulator.allow_trigger(
        FUNCTION,
        pool_arn=cognito.describe_user_pool(UserPoolId=existing.pool_id)["UserPool"]["Arn"],
    )
    cognito.create_group(UserPoolId=existing.pool_id, GroupName="staff")
    cognito.create_identity_provider(
        UserPoolId=existing.pool_id,
        ProviderName="Google",
        ProviderType="Google",
        ProviderDetails={
            "client_id": "acme",
            "client_secret": "made-up",
            "authorize_scopes": "openid email profile",
        },
        AttributeMapping={"email": "email", "username": "sub"},
    )
    pool = UserPool(
        stack,
        "app",
        sign_in=Username(
            alias_attributes=[AliasAttribute.EMAIL, AliasAttribute.PREFERRED_USERNAME]
        ),
        attributes_require_verification_before_update=(),
        allow_admin_create_user_only=False,
        password_policy=_POLICY,
        passwordless=AS_IT_IS,
        mfa=Mfa.off(),
        account_recovery=AS_IT_IS,
        verification_messages=AS_IT_IS,
        invitation_messages=_MESSAGES,
        lambda_triggers=LambdaTriggers(post_confirmation=FUNCTION),
        deletion_protection=False,
    )
    pool.import_from(
        existing.pool_id,
        nested={"aws_lambda_permission.app_post_confirmation": f"{FUNCTION}/cognito"},
    )
    group = UserGroup(stack, "staff", user_pool=pool)
    group.import_from(f"{existing.pool_id}/staff")
    google = GoogleIdentityProvider(
        stack,
        "google",
        user_pool=pool,
        client_id="acme",
        client_secret=Variable(
            stack, "google_secret", description="The secret of Google", sensitive=True
        ).string_value,
    )
    google.import_from(f"{existing.pool_id}:Google")
    import_client(stack, pool, existing, NativeApplication(), ImportedSecret.ABSENT)
    return existing


@pytest.mark.parametrize("system", [nothing_set, an_old_pool, a_pool_with_members])
def test_an_imported_system_does_not_change(
    system: Callable[[Emulator, AuthStack], Existing],
    emulator: Emulator,
    executable: Path,
    environment: Mapping[str, str],
    tmp_path: Path,
) -> None:
    cognito = emulator.cognito(REGION)
    app = AuthApp(outdir=str(tmp_path), context={})
    stack = AuthStack(app, "app", region=REGION, backend=LocalBackend())
    existing = system(emulator, stack)
    sign_in(cognito, existing)
    before = cognito.describe_user_pool(UserPoolId=existing.pool_id)["UserPool"]
    app.synth()

    terraform = Terraform(
        folder=tmp_path / "stacks" / "app",
        executable=executable,
        environment={**environment, "TF_VAR_google_secret": "made-up"},
    )
    terraform.init()
    plan = terraform.plan()
    changes = terraform.show(plan)["resource_changes"]
    assert all("importing" in one["change"] for one in changes), plan.text
    # The secret of Google becomes sensitive, which Terraform plans as an update of nothing.
    changed = [
        one["address"] for one in changes if one["change"]["before"] != one["change"]["after"]
    ]
    assert changed == [], plan.text

    terraform.apply(plan)
    plan = terraform.plan()
    assert not plan.has_changes, plan.text
    after = cognito.describe_user_pool(UserPoolId=existing.pool_id)["UserPool"]
    assert after == before
    sign_in(cognito, existing)


def test_a_written_generate_secret_replaces_an_imported_client(
    emulator: Emulator, executable: Path, environment: Mapping[str, str], tmp_path: Path
) -> None:
    """Whichever value: this is the evidence of rule CVH26."""
    existing = created(emulator.cognito(REGION), {"PoolName": "app"}, {"ClientName": "app"})
    document = {
        "terraform": {"required_providers": {"aws": {"source": "hashicorp/aws"}}},
        "provider": {"aws": {"region": REGION}},
        "import": [
            {"to": f"aws_cognito_user_pool_client.{value}", "id": existing.client_import}
            for value in ("yes", "no")
        ],
        "resource": {
            "aws_cognito_user_pool_client": {
                name: {"name": "app", "user_pool_id": existing.pool_id, "generate_secret": value}
                for name, value in (("yes", True), ("no", False))
            }
        },
    }
    (tmp_path / "main.tf.json").write_text(json.dumps(document), encoding="utf-8")
    terraform = Terraform(folder=tmp_path, executable=executable, environment=environment)
    terraform.init()
    changes = terraform.show(terraform.plan())["resource_changes"]
    assert [one["change"]["actions"] for one in changes] == [["delete", "create"]] * 2
    assert [one["change"]["replace_paths"] for one in changes] == [[["generate_secret"]]] * 2
