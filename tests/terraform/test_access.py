"""Who gets in, and who may do what, with real Terraform: made, settled, used and destroyed."""

import inspect
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError  # type: ignore[import-untyped]
from joserfc import jwt
from joserfc.jwk import KeySet
from pycognito.aws_srp import AWSSRP  # type: ignore[import-untyped]

from constructs_auth import UserPoolAction
from tests.emulator import Emulator, sum_challenge
from tests.emulator.machine import ask_for_token
from tests.support.journey import secret_hash
from tests.support.synthesized import synthesize, with_local_state
from tests.support.terraform import Terraform

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient

pytestmark = [
    pytest.mark.thorough,
    # The SRP client asks for the time in a way that Python 3.12 warns about.
    pytest.mark.filterwarnings(r"ignore:datetime\.datetime\.utcnow:DeprecationWarning"),
]

REGION = "eu-west-1"
PASSWORD = "Correct-Horse-Battery-1"

_PROGRAM = """
from constructs_auth import AuthApp
from tests.synth import access

app = AuthApp(context={})
access.define(app)
app.synth()
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """What an application has read of its settings.

    Attributes:
        settings: Its parameters, by the last part of their names.
        secret: What its secret holds; empty where it has none.
    """

    settings: Mapping[str, str]
    secret: str


@pytest.fixture(scope="module")
def terraform(
    executable: Path,
    environment: Mapping[str, str],
    emulator: Emulator,
    tmp_path_factory: pytest.TempPathFactory,
) -> Terraform:
    """The stack `access`, applied; its state is a local file."""
    work = tmp_path_factory.mktemp("access")
    folder = synthesize(work, "-c", _PROGRAM) / "access"
    document = with_local_state(folder)
    (folder / "cdk.tf.json").write_text(json.dumps(document), encoding="utf-8")
    with zipfile.ZipFile(folder / "triggers.zip", "w") as archive:
        archive.writestr("index.py", inspect.getsource(sum_challenge))
    listener, targets = emulator.make_load_balancer(REGION)
    variables = {
        "TF_VAR_listener_arn": listener,
        "TF_VAR_target_group_arn": targets,
        "TF_VAR_password": PASSWORD,
    }
    terraform = Terraform(
        folder=folder, executable=executable, environment={**environment, **variables}
    )
    terraform.init()
    terraform.apply()
    return terraform


@pytest.fixture
def cognito(emulator: Emulator) -> "CognitoIdentityProviderClient":
    """The emulated Cognito."""
    return emulator.cognito(REGION)


@pytest.fixture
def web(terraform: Terraform, emulator: Emulator) -> Application:  # noqa: ARG001 - it comes before
    """The web application, whose secret is the client secret alone."""
    return application(emulator, "/acme/web")


@pytest.fixture
def job(terraform: Terraform, emulator: Emulator) -> Application:  # noqa: ARG001 - it comes before
    """The program, whose secret is JSON."""
    return application(emulator, "/acme/job")


@pytest.fixture
def phone(terraform: Terraform, emulator: Emulator) -> Application:  # noqa: ARG001 - it comes before
    """The native application, which keeps no secret."""
    return application(emulator, "/acme/phone")


def application(emulator: Emulator, prefix: str) -> Application:
    """Reads the settings at *prefix*, and the secret if they name one."""
    settings = emulator.parameters(prefix, REGION)
    arn = settings.get("client_secret_arn")
    secret = "" if arn is None else emulator.secret(arn, REGION)
    return Application(settings=settings, secret=secret)


def claims_of(emulator: Emulator, application: Application, token: str) -> dict[str, Any]:
    """What a token says, checked against the keys that the settings name."""
    keys = KeySet.import_key_set(emulator.keys(application.settings["jwks_url"]))
    claims = jwt.decode(token, keys, algorithms=["RS256"]).claims
    assert claims["iss"] == application.settings["issuer"]
    return claims


def test_settles(terraform: Terraform) -> None:
    """No cycle, though the role of the triggers has a grant on their pool; and no second change."""
    plan = terraform.plan()
    assert not plan.has_changes, plan.text


def test_an_application_finds_what_it_needs(
    web: Application, job: Application, cognito: "CognitoIdentityProviderClient"
) -> None:
    pool_id = web.settings["user_pool_id"]
    issuer = f"https://cognito-idp.{REGION}.amazonaws.com/{pool_id}"
    for found in (web, job):
        client_id = found.settings["user_pool_client_id"]
        client = cognito.describe_user_pool_client(UserPoolId=pool_id, ClientId=client_id)
        secret = client["UserPoolClient"]["ClientSecret"]
        assert found.settings["issuer"] == issuer
        assert found.settings["jwks_url"] == f"{issuer}/.well-known/jwks.json"
        assert found.settings["region"] == REGION
        assert found.secret == (
            secret
            if found is web
            else json.dumps(
                {"client_id": client_id, "client_secret": secret}, separators=(",", ":")
            )
        )
    assert job.settings["domain_url"] == f"https://acme-access.auth.{REGION}.amazoncognito.com"


def test_a_role_has_a_policy_for_each_grant(web: Application, emulator: Emulator) -> None:
    """As IAM keeps them: on one pool, on exactly the parameters, and with the key of one secret."""
    policies = emulator.role_policies("access")
    assert sorted(policies) == ["access-job_reads", "access-web_reads", "all"]
    (on_pool,) = policies["all"]["Statement"]
    assert on_pool["Resource"].endswith(f":userpool/{web.settings['user_pool_id']}")
    assert len(on_pool["Action"]) == len(
        {name for action in UserPoolAction for name in action.iam_actions}
    )
    parameters, secret, key = policies["access-web_reads"]["Statement"]
    assert [arn.partition(":parameter")[2] for arn in parameters["Resource"]] == [
        "/acme/web/client_secret_arn",
        "/acme/web/issuer",
        "/acme/web/jwks_url",
        "/acme/web/region",
        "/acme/web/user_pool_client_id",
        "/acme/web/user_pool_id",
    ]
    assert secret["Resource"] == web.settings["client_secret_arn"]
    assert key["Condition"] == {
        "StringEquals": {"kms:EncryptionContext:SecretARN": web.settings["client_secret_arn"]}
    }


def test_a_program_gets_a_token_with_its_settings(job: Application, emulator: Emulator) -> None:
    """Client credentials: for a scope of the resource server, five minutes."""
    secret = json.loads(job.secret)
    answer = ask_for_token(
        emulator,
        f"{job.settings['domain_url']}/oauth2/token",
        {"grant_type": "client_credentials", "scope": "api/read"},
        client=(secret["client_id"], secret["client_secret"]),
    )
    claims = claims_of(emulator, job, answer["access_token"])
    assert claims["scope"] == "api/read"
    assert claims["client_id"] == job.settings["user_pool_client_id"]
    assert answer["expires_in"] == 300


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"scope": "api/delete"}, "invalid_scope"),
        ({"client_secret": "wrong"}, "invalid_client"),
    ],
)
def test_a_program_is_refused(
    changed: dict[str, str], error: str, job: Application, emulator: Emulator
) -> None:
    """For a scope that the server lacks, and with another secret."""
    url = f"{job.settings['domain_url']}/oauth2/token"
    form = {"grant_type": "client_credentials", **json.loads(job.secret), **changed}
    assert ask_for_token(emulator, url, form, client=None) == {"error": error}


def test_the_web_client_is_no_program(
    web: Application, job: Application, emulator: Emulator
) -> None:
    answer = ask_for_token(
        emulator,
        f"{job.settings['domain_url']}/oauth2/token",
        {"grant_type": "client_credentials"},
        client=(web.settings["user_pool_client_id"], web.secret),
    )
    assert answer == {"error": "unauthorized_client"}


def test_tokens_name_the_groups_of_a_user_also_after_a_refresh(
    web: Application, emulator: Emulator, cognito: "CognitoIdentityProviderClient"
) -> None:
    """Signed in by SRP; the groups are those of Terraform."""
    client_id = web.settings["user_pool_client_id"]
    tokens = AWSSRP(
        username="ann",
        password=PASSWORD,
        pool_id=web.settings["user_pool_id"],
        client_id=client_id,
        client_secret=web.secret,
        client=cognito,
    ).authenticate_user()["AuthenticationResult"]
    fresh = cognito.initiate_auth(
        ClientId=client_id,
        AuthFlow="REFRESH_TOKEN_AUTH",
        AuthParameters={
            "REFRESH_TOKEN": tokens["RefreshToken"],
            "SECRET_HASH": secret_hash("ann", client_id, web.secret),
        },
    )["AuthenticationResult"]
    for token in (
        tokens["IdToken"],
        tokens["AccessToken"],
        fresh["IdToken"],
        fresh["AccessToken"],
    ):
        assert sorted(claims_of(emulator, web, token)["cognito:groups"]) == ["staff", "support"]
    assert fresh["AccessToken"] != tokens["AccessToken"]


def test_a_phone_gets_a_new_refresh_token_at_each_use(
    phone: Application, emulator: Emulator, cognito: "CognitoIdentityProviderClient"
) -> None:
    """A stolen one is refused once the phone has used it."""
    client_id = phone.settings["user_pool_client_id"]
    first = AWSSRP(
        username="ann",
        password=PASSWORD,
        pool_id=phone.settings["user_pool_id"],
        client_id=client_id,
        client=cognito,
    ).authenticate_user()["AuthenticationResult"]["RefreshToken"]
    fresh = cognito.get_tokens_from_refresh_token(ClientId=client_id, RefreshToken=first)
    tokens = fresh["AuthenticationResult"]
    assert claims_of(emulator, phone, tokens["AccessToken"])["client_id"] == client_id
    with pytest.raises(ClientError) as caught:
        cognito.get_tokens_from_refresh_token(ClientId=client_id, RefreshToken=first)
    assert caught.value.response["Error"]["Code"] == "RefreshTokenReuseException"
    cognito.get_tokens_from_refresh_token(ClientId=client_id, RefreshToken=tokens["RefreshToken"])


def test_a_user_signs_in_by_a_custom_challenge(
    web: Application, emulator: Emulator, cognito: "CognitoIdentityProviderClient"
) -> None:
    """The triggers are the code that Terraform uploaded, called by the permissions it made."""
    client_id = web.settings["user_pool_client_id"]
    proof = {"USERNAME": "ann", "SECRET_HASH": secret_hash("ann", client_id, web.secret)}
    challenge = cognito.initiate_auth(
        ClientId=client_id, AuthFlow="CUSTOM_AUTH", AuthParameters=proof
    )
    numbers = challenge["ChallengeParameters"]["numbers"].split()
    tokens = cognito.respond_to_auth_challenge(
        ClientId=client_id,
        ChallengeName=challenge["ChallengeName"],
        Session=challenge["Session"],
        ChallengeResponses={**proof, "ANSWER": str(sum(map(int, numbers)))},
    )["AuthenticationResult"]
    assert claims_of(emulator, web, tokens["IdToken"])["cognito:username"] == "ann"


def test_is_destroyed(terraform: Terraform) -> None:
    """This ends the story."""
    assert "Destroy complete!" in terraform.destroy()
    assert terraform.addresses() == []
