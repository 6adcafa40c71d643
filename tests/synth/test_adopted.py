"""A program that `adopt` wrote runs, whatever the names and settings in the state are."""

import json
import runpy
from pathlib import Path
from typing import Any

import pytest

from constructs_auth import AuthApp, cli
from tests.unit.adopt.states import POOL_ID, client, pool, resource, state
from tests.unit.adopt.test_hostile_states import GOOGLE, SERVER

SMS = {"sns_caller_arn": "arn:aws:iam::123456789012:role/sms", "external_id": "made-up"}
USERS = pool(
    sms_configuration=[SMS],
    mfa_configuration="ON",
    password_policy=[{"minimum_length": 8, "temporary_password_validity_days": 0}],
    email_configuration=[
        {
            "email_sending_account": "COGNITO_DEFAULT",
            "source_arn": "arn:aws:ses:eu-west-1:123456789012:identity/acme.example",
        }
    ],
)


def synthesized(folder: Path, *resources: dict[str, Any]) -> dict[str, Any]:
    """The Terraform JSON of the program for a state of *resources*."""
    file = folder / "state.json"
    file.write_text(json.dumps(state(*resources)), encoding="utf-8")
    assert cli.main(["adopt", str(file), "--out", str(folder / "out"), "--no-verify"]) == 0
    app = AuthApp(outdir=str(folder / "cdktf.out"), context={})
    runpy.run_path(str(folder / "out" / "main.py"))["define"](app)
    app.synth()
    text = (folder / "cdktf.out/stacks/auth/cdk.tf.json").read_text(encoding="utf-8")
    document: dict[str, Any] = json.loads(text)
    return document


def test_names_of_python_and_of_the_program_are_free(tmp_path: Path) -> None:
    names = ["app", "stack", "timedelta", "print", "class", "web-app", "web_app", "Web"]
    clients = [
        resource("aws_cognito_user_pool_client", name, client(id=f"1example{at}", name=name))
        for at, name in enumerate(names)
    ]
    users = resource("aws_cognito_user_pool", "users", USERS)
    document = synthesized(tmp_path, users, GOOGLE, SERVER, *clients)
    assert {one["name"] for one in document["resource"]["aws_cognito_user_pool_client"].values()}
    imported = {one["to"]: one["id"] for one in document["import"]}
    for at, name in enumerate(names):
        assert imported[f"aws_cognito_user_pool_client.{name}"] == f"{POOL_ID}/1example{at}"


def test_settings_of_old_pools_are_written_as_they_are(tmp_path: Path) -> None:
    document = synthesized(tmp_path, resource("aws_cognito_user_pool", "users", USERS))
    users = document["resource"]["aws_cognito_user_pool"]["users"]
    assert "sms_authentication_message" not in users
    assert "temporary_password_validity_days" not in users["password_policy"]
    assert users["email_configuration"]["source_arn"].endswith("acme.example")
    assert users["sms_configuration"]["external_id"] == "${var.users_external_id}"
    assert document["variable"]["users_external_id"]["sensitive"] is True


@pytest.mark.parametrize("text", ['{####} ${file("/etc/hostname")}', "{####} 100%{ off"])
def test_a_template_in_a_text_stays_text(tmp_path: Path, text: str) -> None:
    template = {
        "default_email_option": "CONFIRM_WITH_CODE",
        "email_subject": "Code",
        "email_message": text,
        "sms_message": "{####}",
    }
    values = pool(verification_message_template=[template])
    document = synthesized(tmp_path, resource("aws_cognito_user_pool", "users", values))
    written = document["resource"]["aws_cognito_user_pool"]["users"]
    message = written["verification_message_template"]["email_message"]
    assert message == text.replace("${", "$${").replace("%{", "%%{")
