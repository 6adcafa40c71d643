"""States that somebody made to do harm, or that are broken: nothing gets out, nothing runs."""

import copy
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from constructs_auth import cli
from tests.unit.adopt.states import ARN, POOL_ID, client, pool, resource, state
from tests.unit.adopt.test_program import adopted, argument

SECRET = "s3cret-canary-99"


def run(folder: Path, document: object, out: str = "out") -> int:
    """The exit code for *document*."""
    file = folder / "state.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    return cli.main(["adopt", str(file), "--out", str(folder / out), "--no-verify"])


def test_a_template_in_a_text_stays_text(tmp_path: Path) -> None:
    """It would read a file of whoever plans the program."""
    text = '{####} ${file("/etc/hostname")} 100%{ off'
    template = {
        "default_email_option": "CONFIRM_WITH_CODE",
        "email_subject": "Code",
        "email_message": text,
        "sms_message": "{####}",
    }
    users = resource(
        "aws_cognito_user_pool", "users", pool(verification_message_template=[template])
    )
    written = argument(adopted(tmp_path, users), "users", "verification_messages")
    assert '$${file(\\"/etc/hostname\\")} 100%%{ off' in written.replace('"', '\\"').replace(
        "\\\\", "\\"
    )


@pytest.mark.parametrize(
    "extension", ["/../../../../escaped", "../x", "a/b", "a\0b", "png\n", "jpg"]
)
def test_the_extension_of_an_image_is_no_path(tmp_path: Path, extension: str) -> None:
    asset = {
        "category": "FORM_LOGO",
        "color_mode": "LIGHT",
        "extension": extension,
        "bytes": "aGVsbG8=",
    }
    values = {"user_pool_id": POOL_ID, "client_id": "1example23456789", "asset": [asset]}
    document = state(
        resource("aws_cognito_user_pool", "users", pool()),
        resource("aws_cognito_user_pool_client", "web", client()),
        resource("aws_cognito_managed_login_branding", "pages", values),
    )
    assert run(tmp_path, document, "a/b/c") == 0
    written = {str(one.relative_to(tmp_path)) for one in tmp_path.rglob("*") if one.is_file()}
    assert {one for one in written if not one.startswith("a/b/c/")} == {"state.json"}
    assert not (tmp_path / "a" / "b" / "c" / "branding").exists()


def test_a_token_in_a_text_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    users = resource("aws_cognito_user_pool", "users", pool(name="${TfToken[TOKEN.0]}"))
    assert run(tmp_path, state(users)) == 3
    assert capsys.readouterr().err.count("\n") == 1


def test_names_that_are_alike_stay_apart(tmp_path: Path) -> None:
    """A client in the wrong pool would be replaced, and its users signed out."""
    other = "eu-west-1_Other1234"
    second = pool(id=other, arn=f"{ARN}x", name="second")
    text = adopted(
        tmp_path,
        resource("aws_cognito_user_pool", "a-b", pool(name="first")),
        resource("aws_cognito_user_pool", "a_b", second),
        resource("aws_cognito_user_pool_client", "web", client()),
        resource("aws_cognito_user_pool_client", "web2", client(user_pool_id=other)),
        resource("aws_cognito_user_pool_client", "timedelta", client(user_pool_id=other)),
    )
    first, other_one = argument(text, "web", "user_pool"), argument(text, "web2", "user_pool")
    assert argument(text, first, "name") == "'first'"
    assert argument(text, other_one, "name") == "'second'"
    assert argument(text, "timedelta_", "user_pool") == other_one


@pytest.mark.parametrize(
    ("values", "marks", "argument_name"),
    [
        ({"tags": {"password": SECRET}}, {}, "tags"),
        ({"name": SECRET}, {"name": True}, "name"),
    ],
)
def test_a_secret_that_the_program_would_contain_is_refused(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    values: dict[str, object],
    marks: dict[str, object],
    argument_name: str,
) -> None:
    users = resource("aws_cognito_user_pool", "users", pool(**values), sensitive_values=marks)
    assert run(tmp_path, state(users)) == 3
    printed = capsys.readouterr()
    assert f"must hold no secret in {argument_name} of aws_cognito_user_pool.users" in printed.err
    assert SECRET not in printed.err + printed.out
    assert not (tmp_path / "out").exists()


def test_a_detail_of_a_provider_that_terraform_marks_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    users = resource("aws_cognito_user_pool", "users", pool())
    google = copy.deepcopy(GOOGLE)
    google["values"]["provider_details"]["client_id"] = SECRET
    google["sensitive_values"] = {"provider_details": {"client_id": True, "client_secret": True}}
    assert run(tmp_path, state(users, google)) == 3
    printed = capsys.readouterr()
    assert "no secret in provider_details.client_id of" in printed.err
    assert SECRET not in printed.err + printed.out
    google["sensitive_values"] = {"provider_details": {"client_secret": True}}
    assert run(tmp_path, state(users, google)) == 0


def test_an_external_id_is_a_variable(tmp_path: Path) -> None:
    sms = {"sns_caller_arn": "arn:aws:iam::123456789012:role/sms", "external_id": SECRET}
    users = resource(
        "aws_cognito_user_pool",
        "users",
        pool(sms_configuration=[sms], mfa_configuration="OPTIONAL"),
    )
    text = adopted(tmp_path, users)
    assert "external_id=users_external_id.string_value" in argument(text, "users", "sms")
    assert argument(text, "users", "mfa") == "Mfa.optional(SmsMfa(message=AS_IT_IS))"
    for file in (tmp_path / "out").iterdir():
        assert SECRET not in file.read_text(encoding="utf-8")


def test_an_address_is_no_command_of_a_log(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    risk = resource(
        "aws_cognito_risk_configuration",
        "risk",
        {"user_pool_id": POOL_ID},
        index="a\n::error::x\x1b",
    )
    users = resource("aws_cognito_user_pool", "users", pool())
    assert run(tmp_path, state(users, risk)) == 0
    printed = capsys.readouterr().out
    assert "\x1b" not in printed
    assert not any(line.startswith("::") for line in printed.splitlines())


GOOGLE = resource(
    "aws_cognito_identity_provider",
    "My-Google",
    {
        "attribute_mapping": {"email": "email", "username": "sub"},
        "provider_details": {
            "authorize_scopes": "openid email",
            "client_id": "a",
            "client_secret": "b",
        },
        "provider_name": "Google",
        "provider_type": "Google",
        "user_pool_id": POOL_ID,
    },
)
SERVER = resource(
    "aws_cognito_resource_server",
    "api",
    {
        "identifier": "api",
        "name": "api",
        "scope": [{"scope_name": "read", "scope_description": "Read"}],
        "user_pool_id": POOL_ID,
    },
)
WHOLE = state(
    resource(
        "aws_cognito_user_pool",
        "users",
        pool(
            schema=[
                {
                    "name": "team",
                    "attribute_data_type": "String",
                    "mutable": True,
                    "string_attribute_constraints": [{"min_length": "1", "max_length": "9"}],
                }
            ],
            account_recovery_setting=[
                {"recovery_mechanism": [{"name": "verified_email", "priority": 1}]}
            ],
        ),
    ),
    resource(
        "aws_cognito_user_pool_client",
        "web",
        client(
            access_token_validity=1,
            id_token_validity=1,
            refresh_token_validity=1,
            token_validity_units=[
                {"access_token": "hours", "id_token": "hours", "refresh_token": "days"}
            ],
        ),
    ),
    GOOGLE,
    SERVER,
    resource(
        "aws_cognito_user_pool_domain",
        "domain",
        {"domain": "acme", "user_pool_id": POOL_ID, "managed_login_version": 1},
    ),
    resource(
        "aws_cognito_user_group",
        "staff",
        {"name": "staff", "precedence": 1, "user_pool_id": POOL_ID},
    ),
)


def changed(node: Any) -> Iterator[None]:
    """Change each part of a document in turn: to other kinds of value, and to nothing."""
    keys = list(node) if isinstance(node, dict) else range(len(node))
    for key in keys:
        kept = node[key]
        for value in ("x", 10**29, None, [None]):
            node[key] = value
            yield
        node[key] = kept
        if isinstance(kept, dict | list):
            yield from changed(kept)
    if isinstance(node, dict):
        for key in keys:
            kept = node.pop(key)
            yield
            node[key] = kept


EVERY = 1 if os.environ.get("CI") else 13
"""One of so many changes is tried. A part has four, so that all kinds of change have their turn."""


def test_a_broken_state_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = copy.deepcopy(WHOLE)
    for number, _ in enumerate(changed(document["values"]["root_module"]["resources"])):
        if number % EVERY:
            continue
        code = run(tmp_path, document, f"out{number}")
        printed = capsys.readouterr()
        assert code in {0, 3}, printed.err
        assert printed.err.count("\n") == 1, printed.err
        assert printed.err.startswith("wrote ") == (code == 0)
