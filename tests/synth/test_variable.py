"""Inputs of the Terraform: what whoever runs it gives."""

from typing import Any

import pytest

from constructs_auth import (
    AuthStack,
    GoogleIdentityProvider,
    OAuth,
    UserPool,
    UserPoolClient,
    Variable,
    VariableValidation,
    WebApplication,
)
from constructs_auth.errors import InvalidValueError, SynthesisError
from tests.synth.conftest import Synthesize


def test_a_value_of_a_construct_can_be_an_input(stack: AuthStack, synthesize: Synthesize) -> None:
    urls = Variable(
        stack,
        "callback_urls",
        description="Where users return to after signing in.",
        variable_type="list(string)",
        default=["https://app.acme.example/callback"],
        validations=[
            VariableValidation(
                condition="length(var.callback_urls) > 0", error_message="Give at least one URL."
            )
        ],
    )
    users = UserPool(stack, "users")
    UserPoolClient(
        stack,
        "web",
        user_pool=users,
        application=WebApplication(oauth=OAuth(callback_urls=urls.list_value)),
    )

    written = synthesize(stack)

    assert without_comment(written["variable"]["callback_urls"]) == {
        "default": ["https://app.acme.example/callback"],
        "description": "Where users return to after signing in.",
        "nullable": False,
        "type": "list(string)",
        "validation": [
            {
                "condition": "${length(var.callback_urls) > 0}",
                "error_message": "Give at least one URL.",
            }
        ],
    }
    client = written["resource"]["aws_cognito_user_pool_client"]["web"]
    assert client["callback_urls"] == "${var.callback_urls}"


def test_a_secret_is_a_sensitive_variable(stack: AuthStack, synthesize: Synthesize) -> None:
    secret = Variable(stack, "google_secret", description="From Google.", sensitive=True)
    GoogleIdentityProvider(
        stack,
        "google",
        user_pool=UserPool(stack, "users"),
        client_id="1",
        client_secret=secret.string_value,
    )

    assert without_comment(synthesize(stack)["variable"]["google_secret"]) == {
        "description": "From Google.",
        "nullable": False,
        "sensitive": True,
        "type": "string",
    }


def test_a_secret_from_an_open_variable_is_found(stack: AuthStack, synthesize: Synthesize) -> None:
    secret = Variable(stack, "google_secret", description="From Google.")
    GoogleIdentityProvider(
        stack,
        "google",
        user_pool=UserPool(stack, "users"),
        client_id="1",
        client_secret=secret.string_value,
    )

    with pytest.raises(
        SynthesisError, match="a sensitive variable, got the variable 'google_secret'"
    ):
        synthesize(stack)


@pytest.mark.parametrize(
    ("construct_id", "arguments", "message"),
    [
        (
            "Callback-URLs",
            {"description": "x"},
            "Variable: must have an id of lower-case letters, digits and _, got 'Callback-URLs'; "
            "write one such as 'callback_urls'",
        ),
        (
            "urls",
            {"description": ""},
            "Variable urls.description: must be a text that is not empty, got ''; "
            "describe the value in a few words",
        ),
        (
            "secret",
            {"description": "x", "sensitive": True, "default": "HUSH"},
            "Variable secret.default: must not be set for a sensitive variable, as the Terraform "
            "JSON would contain it, got '***'; leave it out, and set the value in Terraform's "
            "environment",
        ),
    ],
)
def test_refuses_what_nobody_could_fill_in(
    stack: AuthStack, construct_id: str, arguments: dict[str, Any], message: str
) -> None:
    with pytest.raises(InvalidValueError) as raised:
        Variable(stack, construct_id, **arguments)
    assert str(raised.value) == message


def without_comment(body: dict[str, Any]) -> dict[str, Any]:
    """A block without CDKTF's note."""
    return {name: value for name, value in body.items() if name != "//"}
