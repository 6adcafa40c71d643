"""`main.py` defines the system of the README's table."""

from typing import Any

import pytest

import main
from constructs_auth import AuthApp
from tests.synth.conftest import Synthesize


@pytest.fixture(autouse=True)
def _settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUTH_REGION", "eu-central-1")
    monkeypatch.setenv("AUTH_STATE_BUCKET", "acme-state")


@pytest.fixture
def document(app: AuthApp, synthesize: Synthesize) -> Any:
    """What `main.py` writes."""
    return synthesize(main.define(app))


def test_the_user_pool_is_that_of_the_table(document: Any) -> None:
    """Auto-verified e-mail, the password policy, and a required e-mail of 7 to 40 characters."""
    pool = document["resource"]["aws_cognito_user_pool"]["exampleUserPool"]

    assert pool["name"] == "exampleUserPool"
    assert pool["auto_verified_attributes"] == ["email"]
    policy = pool["password_policy"]
    assert policy["minimum_length"] == 8
    assert policy["require_lowercase"] is True
    assert policy["require_numbers"] is True
    assert policy["require_symbols"] is True
    assert policy["require_uppercase"] is True
    assert pool["schema"] == [
        {
            "attribute_data_type": "String",
            "developer_only_attribute": False,
            "mutable": True,
            "name": "email",
            "required": True,
            "string_attribute_constraints": {"max_length": "40", "min_length": "7"},
        }
    ]


def test_the_client_is_that_of_the_table(document: Any) -> None:
    """Flows, scopes, URLs, the secret and the identity provider."""
    client = document["resource"]["aws_cognito_user_pool_client"]["exampleUserPoolClient"]

    assert client["user_pool_id"] == "${aws_cognito_user_pool.exampleUserPool.id}"
    assert client["allowed_oauth_flows"] == ["code", "implicit"]
    assert client["allowed_oauth_flows_user_pool_client"] is True
    assert client["allowed_oauth_scopes"] == [
        "aws.cognito.signin.user.admin",
        "email",
        "openid",
        "phone",
        "profile",
    ]
    assert client["callback_urls"] == ["https://www.example.com/callback"]
    assert client["default_redirect_uri"] == "https://www.example.com/callback"
    assert client["logout_urls"] == ["https://www.example.com/logout"]
    assert client["generate_secret"] is True
    assert client["supported_identity_providers"] == ["COGNITO"]


def test_the_outputs_name_the_pool_the_client_and_the_endpoint(document: Any) -> None:
    """Each output has a value that Terraform knows and a description."""
    values = {name: output["value"] for name, output in document["output"].items()}

    assert values == {
        "user_pool_client_id": "${aws_cognito_user_pool_client.exampleUserPoolClient.id}",
        "user_pool_endpoint": "${aws_cognito_user_pool.exampleUserPool.endpoint}",
        "user_pool_id": "${aws_cognito_user_pool.exampleUserPool.id}",
    }
    assert all(output["description"] for output in document["output"].values())


def test_state_goes_to_s3_under_a_key_that_names_the_stack(document: Any) -> None:
    """The bucket and the region are those of the environment."""
    assert document["terraform"]["backend"] == {
        "s3": {
            "bucket": "acme-state",
            "encrypt": True,
            "key": "auth/terraform.tfstate",
            "region": "eu-central-1",
            "use_lockfile": True,
        }
    }
    assert document["provider"] == {"aws": [{"region": "eu-central-1"}]}


def test_what_is_not_the_default_is_accepted_with_a_reason(
    app: AuthApp, capsys: pytest.CaptureFixture[str]
) -> None:
    """The implicit grant, the scope of users, no domain: every report says why."""
    stack = main.define(app)
    app.synth()

    assert capsys.readouterr().err == ""
    assert [(entry.rule, entry.reason) for entry in stack.accepted_findings] == [
        ("CG201", "Pages that predate the code grant use it; take it out with them."),
        ("CG213", "Users change their own profile with their access token."),
        ("CVI08", "The domain of the sign-in pages is defined outside this program."),
    ]
