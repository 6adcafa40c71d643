"""Identity pools with real Terraform: made, signed in with, changed in place, destroyed."""

import base64
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError  # type: ignore[import-untyped]
from pycognito.aws_srp import AWSSRP  # type: ignore[import-untyped]

from tests.emulator import Emulator
from tests.support.synthesized import synthesize, with_local_state
from tests.support.terraform import Terraform

pytestmark = pytest.mark.thorough

_REGION = "eu-west-1"
_PASSWORD = "Made-up-secret-1"
_PROGRAM = """
from constructs_auth import AuthApp
from tests.synth import identities

app = AuthApp(context={})
identities.define(app)
app.synth()
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """An application, which only knows what Terraform's outputs say."""

    emulator: Emulator
    outputs: Mapping[str, str]

    @property
    def provider(self) -> str:
        """What identity pools call the user pool."""
        return f"cognito-idp.{_REGION}.amazonaws.com/{self.outputs['user_pool_id']}"

    def sign_in(self, name: str) -> str:
        """The ID token of a user of the phone, by Secure Remote Password."""
        answer = AWSSRP(
            username=f"{name}@acme.example",
            password=_PASSWORD,
            pool_id=self.outputs["user_pool_id"],
            client_id=self.outputs["phone_id"],
            client=self.emulator.cognito(_REGION),
        ).authenticate_user()
        token: str = answer["AuthenticationResult"]["IdToken"]
        return token

    def identity_id(self, token: str | None) -> str:
        """Who the identity pool takes the user for."""
        answer = self.emulator.identities(_REGION).get_id(
            IdentityPoolId=self.outputs["identity_pool_id"], Logins=self._logins(token)
        )
        identity_id: str = answer["IdentityId"]
        return identity_id

    def role(self, token: str | None, **asked: str) -> str:
        """The name of the role of the credentials, as AWS tells whoever uses them."""
        answer = self.emulator.identities(_REGION).get_credentials_for_identity(
            IdentityId=self.identity_id(token), Logins=self._logins(token), **asked
        )
        arn = self.emulator.caller(answer["Credentials"], _REGION)
        _, role, session = arn.split("/")
        assert session == "CognitoIdentityCredentials"
        # Terraform has added 26 digits.
        return role[:-26]

    def _logins(self, token: str | None) -> dict[str, str]:
        return {} if token is None else {self.provider: token}


@pytest.fixture(scope="module")
def terraform(
    executable: Path, environment: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Terraform:
    """The stack `identities`, applied; its state is a local file."""
    folder = synthesize(tmp_path_factory.mktemp("identities"), "-c", _PROGRAM) / "identities"
    document = with_local_state(folder)
    (folder / "cdk.tf.json").write_text(json.dumps(document), encoding="utf-8")
    terraform = Terraform(
        folder=folder,
        executable=executable,
        environment={**environment, "TF_VAR_secret": _PASSWORD},
    )
    terraform.init()
    terraform.apply()
    return terraform


@pytest.fixture(scope="module")
def application(terraform: Terraform, emulator: Emulator) -> Application:
    """An application of the stack."""
    return Application(emulator=emulator, outputs=terraform.outputs())


def test_nothing_is_left_to_change_after_the_apply(terraform: Terraform) -> None:
    plan = terraform.plan()
    assert not plan.has_changes, plan.text


def test_the_group_with_the_lowest_precedence_gives_the_role(application: Application) -> None:
    """Ann is in two groups with roles; the roles trust this identity pool, and let tags pass."""
    assert application.role(application.sign_in("ann")) == "all-of_administrators-"


def test_a_user_has_one_identity(application: Application) -> None:
    first, second = (application.identity_id(application.sign_in("ann")) for _ in range(2))
    assert first == second
    assert first.startswith(f"{_REGION}:")
    assert application.identity_id(application.sign_in("bob")) != first


def test_nothing_is_given_where_no_group_comes_first(application: Application) -> None:
    """Bob's two groups have one precedence; the application may choose, but not beyond them."""
    token = application.sign_in("bob")
    refusal = refused(lambda: application.role(token))
    assert refusal == (
        "NotAuthorizedException",
        f"The ambiguous role mapping rules for: {application.provider}:"
        f"{application.outputs['phone_id']} denied this request.",
    )
    arns = {
        name: application.outputs[f"{name}_role_arn"] for name in ("auditors", "administrators")
    }
    assert application.role(token, CustomRoleArn=arns["auditors"]) == "all-of_auditors-"
    refusal = refused(lambda: application.role(token, CustomRoleArn=arns["administrators"]))
    assert refusal[0] == "NotAuthorizedException"


def test_nothing_is_given_to_who_is_in_no_group(application: Application) -> None:
    """Role resolution is `Deny`, not the role of signed-in users."""
    refusal = refused(lambda: application.role(application.sign_in("cid")))
    assert refusal[0] == "NotAuthorizedException"


def test_a_rule_gives_the_role_by_a_claim(application: Application) -> None:
    """Through the other client, whose users are mapped by rules: all are of Sales."""
    cognito = application.emulator.cognito(_REGION)
    described = cognito.describe_user_pool_client(
        UserPoolId=application.outputs["user_pool_id"], ClientId=application.outputs["backend_id"]
    )["UserPoolClient"]
    username = "cid@acme.example"
    signed_in = cognito.admin_initiate_auth(
        UserPoolId=described["UserPoolId"],
        ClientId=described["ClientId"],
        AuthFlow="ADMIN_USER_PASSWORD_AUTH",
        AuthParameters={
            "USERNAME": username,
            "PASSWORD": _PASSWORD,
            "SECRET_HASH": secret_hash(username, described),
        },
    )
    assert application.role(signed_in["AuthenticationResult"]["IdToken"]) == "all-sales-"


def test_guests_get_the_role_of_guests(application: Application) -> None:
    """They were asked for; each guest is a new one."""
    assert application.role(None) == "all-unauthenticated-"
    assert application.identity_id(None) != application.identity_id(None)


def test_nothing_is_given_to_who_was_signed_out(application: Application) -> None:
    """Although the ID token is good for an hour: the identity pool asks the user pool."""
    token = application.sign_in("ann")
    cognito = application.emulator.cognito(_REGION)
    cognito.admin_user_global_sign_out(
        UserPoolId=application.outputs["user_pool_id"], Username="ann@acme.example"
    )
    assert refused(lambda: application.role(token))[0] == "NotAuthorizedException"


def test_rules_and_tags_change_in_place(terraform: Terraform) -> None:
    """Then the plan is empty again, and all of it can be destroyed."""
    file = terraform.folder / "cdk.tf.json"
    document = file.read_text(encoding="utf-8")
    for before, after in (
        ('"Sales"', '"Marketing"'),
        ('"client": "aud"', '"application": "aud"'),
        ('"kind": "all"', '"kind": "each"'),
        ('"allow_classic_flow": true', '"allow_classic_flow": false'),
    ):
        assert before in document
        document = document.replace(before, after)
    file.write_text(document, encoding="utf-8")
    plan = terraform.plan()
    assert {
        change["address"]: change["change"]["actions"]
        for change in terraform.show(plan)["resource_changes"]
        if change["change"]["actions"] != ["no-op"]
    } == {
        "aws_cognito_identity_pool.all": ["update"],
        "aws_cognito_identity_pool_provider_principal_tag.oidc_tags": ["update"],
        "aws_cognito_identity_pool_provider_principal_tag.user_tags": ["update"],
        "aws_cognito_identity_pool_roles_attachment.all_roles": ["update"],
    }

    terraform.apply(plan)
    plan = terraform.plan()
    assert not plan.has_changes, plan.text
    assert "Destroy complete! Resources: 25 destroyed." in terraform.destroy()


def refused(call: Callable[[], object]) -> tuple[str, str]:
    """The code and the text of the refusal of a call."""
    with pytest.raises(ClientError) as caught:
        call()
    error: dict[str, Any] = caught.value.response["Error"]
    return error["Code"], error["Message"]


def secret_hash(username: str, client: Mapping[str, Any]) -> str:
    """The proof of a client's secret."""
    message = f"{username}{client['ClientId']}".encode()
    return base64.b64encode(
        hmac.digest(client["ClientSecret"].encode(), message, "sha256")
    ).decode()
