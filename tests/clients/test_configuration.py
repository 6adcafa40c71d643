"""The files of an application: Amplify's own types take ours, and it says what the schema asks."""

import json
import re
from typing import Any

import pytest

from constructs_auth.facts.limits import PASSWORD_LENGTH
from tests.clients.conftest import System
from tests.clients.names import APPLICATION, REGION

pytestmark = pytest.mark.thorough

_TYPES = "@aws-amplify/client-config"
_COMPILER = {
    "module": "nodenext",
    "moduleResolution": "nodenext",
    "noEmit": True,
    "resolveJsonModule": True,
    "skipLibCheck": True,
    "strict": True,
    "target": "es2022",
    "types": [],
}


def compile_types(system: System, name: str, outputs: Any) -> tuple[int, str]:
    """Compiles *outputs* as a value of the type that Amplify's own tools give to the file."""
    version = outputs["version"]
    source = (
        f'import type {{ ClientConfig, ClientConfigVersionTemplateType }} from "{_TYPES}";\n'
        'import { Amplify } from "aws-amplify";\n'
        f"const outputs: ClientConfigVersionTemplateType<{json.dumps(version)}> = "
        f"{json.dumps(outputs)};\n"
        "export const any: ClientConfig = outputs;\n"
        "Amplify.configure(outputs);\n"
    )
    (system.work / f"{name}.ts").write_text(source, encoding="utf-8")
    project = {"compilerOptions": _COMPILER, "files": [f"{name}.ts"]}
    (system.work / f"{name}.json").write_text(json.dumps(project), encoding="utf-8")
    run = system.node("node_modules/typescript/bin/tsc", "--project", f"{name}.json")
    return run.returncode, run.stdout


@pytest.fixture(scope="module")
def outputs(system: System) -> Any:
    """What Amplify reads."""
    return system.configuration("amplify_outputs.json")


@pytest.mark.parametrize(
    ("file", "version"),
    [("amplify_outputs.json", "1.4"), ("amplify_outputs_1_5.json", "1.5")],
)
def test_the_types_of_amplify_accept_the_file(file: str, version: str, system: System) -> None:
    outputs = system.configuration(file)
    assert outputs["version"] == version
    code, said = compile_types(system, "accepted", outputs)
    assert code == 0, said


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"mfa_configuration": "ON"}, """Type '"ON"' is not assignable"""),
        ({"user_pool_id": None}, "Type 'null' is not assignable to type 'string'"),
    ],
)
def test_the_types_of_amplify_refuse_another_file(
    changed: dict[str, Any], said: str, system: System, outputs: Any
) -> None:
    """So the compiler has looked."""
    other = {**outputs, "auth": {**outputs["auth"], **changed}}
    code, got = compile_types(system, "refused", other)
    assert code != 0
    assert said in got


def test_the_file_has_the_ids_that_terraform_made(system: System, outputs: Any) -> None:
    auth, plain = outputs["auth"], system.configuration("auth.json")
    assert outputs["version"] == "1.4"
    assert auth["aws_region"] == REGION
    assert auth["user_pool_id"] == plain["user_pool_id"]
    cognito = system.emulator.cognito(REGION)
    client = cognito.describe_user_pool_client(
        UserPoolId=auth["user_pool_id"], ClientId=auth["user_pool_client_id"]
    )["UserPoolClient"]
    assert client["ClientName"] == "browser"
    assert "ClientSecret" not in client
    identities = system.emulator.identities(REGION)
    pool = identities.describe_identity_pool(IdentityPoolId=auth["identity_pool_id"])
    assert pool["AllowUnauthenticatedIdentities"] is auth["unauthenticated_identities_enabled"]


def test_the_file_has_the_kinds_of_the_schema(outputs: Any) -> None:
    """No text for a number or a flag, as Terraform likes to make them, and no repeated item."""
    auth = outputs["auth"]
    assert {*outputs} == {"version", "auth"}
    policy = auth["password_policy"]
    assert type(policy["min_length"]) is int
    assert PASSWORD_LENGTH.minimum <= policy["min_length"] <= PASSWORD_LENGTH.maximum
    flags = {name: value for name, value in policy.items() if name.startswith("require_")}
    assert len(flags) == 4
    assert {type(flag) for flag in flags.values()} == {bool}
    assert type(auth["unauthenticated_identities_enabled"]) is bool
    assert auth["passwordless"] == {
        "email_otp_enabled": True,
        "preferred_challenge": "EMAIL_OTP",
        "web_authn": {"relying_party_id": "localhost", "user_verification": "required"},
    }
    assert (auth["mfa_configuration"], auth["mfa_methods"]) == ("OPTIONAL", ["TOTP"])
    assert (auth["username_attributes"], auth["user_verification_types"]) == (["email"], ["email"])
    assert auth["groups"] == [{"staff": {"precedence": 1}}]
    assert type(auth["groups"][0]["staff"]["precedence"]) is int
    for name, values in (*auth.items(), *auth["oauth"].items()):
        if isinstance(values, list) and values and isinstance(values[0], str):
            assert len(values) == len({*values}), name


def test_the_sign_in_pages_are_named_as_amplify_needs_them(outputs: Any) -> None:
    """A host without a scheme, and at least one URL of each kind."""
    oauth = outputs["auth"]["oauth"]
    assert {**oauth, "scopes": sorted(oauth["scopes"])} == {
        "identity_providers": [],
        "domain": f"acme-clients.auth.{REGION}.amazoncognito.com",
        "scopes": ["aws.cognito.signin.user.admin", "email", "openid", "profile"],
        "redirect_sign_in_uri": [APPLICATION],
        "redirect_sign_out_uri": [APPLICATION],
        "response_type": "code",
    }


def test_no_file_for_a_browser_has_a_secret(system: System) -> None:
    """Only the one for a server does, and nobody else can read it."""
    server = system.work / "server.env"
    (secret,) = re.findall(r"(?m)^AUTH_COGNITO_SECRET=(.+)$", server.read_text(encoding="utf-8"))
    assert server.stat().st_mode & 0o077 == 0
    for file in ("amplify_outputs.json", "amplifyconfiguration.json", "oidc.json", "auth.json"):
        assert secret not in (system.work / file).read_text(encoding="utf-8")
