"""What is secret in a text, and copies of secrets, in time that grows in a line."""

import time

import pytest

from constructs_auth.terraform.sensitive import Copies, secret_parts, without_login


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://ann:pa55@db.example/x", "https://(hidden)@db.example/x"),
        ("https://pa55@db.example", "https://(hidden)@db.example"),
        ("//ann:pa55@db.example", "//(hidden)@db.example"),
        ("https://ann:pa/55@db.example", "https://(hidden)@db.example"),
        ("https://ann:p@55@db.example", "https://(hidden)@db.example"),
        ("https%3A%2F%2Fann%3Apa55%40db.example", "https%3A%2F%2F(hidden)%40db.example"),
        ("ann:pa55@tcp(db.example)", "(hidden)@tcp(db.example)"),
        (
            "https://a.example/cb?access_token=pa55&x=1",
            "https://a.example/cb?access_token=(hidden)&x=1",
        ),
        ("https://a.example/#id_token=pa55", "https://a.example/#id_token=(hidden)"),
        ("https://a.example/?X-Amz-Signature=pa55", "https://a.example/?X-Amz-Signature=(hidden)"),
        (
            "https://a.example/?next=b%3Fapi_key%3Dpa55",
            "https://a.example/?next=b%3Fapi_key%3D(hidden)",
        ),
    ],
)
def test_secrets_of_a_url_are_found_in_any_form(text: str, shown: str) -> None:
    assert without_login(text) == shown
    assert secret_parts(text)


@pytest.mark.parametrize(
    "text",
    [
        "https://app.example/callback?state=1&appid=42",
        "https://app.example:8443/a@b",
        "mailto:ann@acme.example",
        "ann@acme.example",
        "Acme <no-reply@acme.example>",
        "arn:aws:ses:eu-west-1:123456789012:identity/no-reply@acme.example",
        '{"Version": "2012-10-17", "Statement": []}',
        "${aws_cognito_user_pool.users.id}",
        "${nonsensitive(var.name)}",
    ],
)
def test_nothing_is_secret_in_other_texts(text: str) -> None:
    assert without_login(text) == text
    assert not secret_parts(text)


@pytest.mark.parametrize(
    "text",
    [
        '{"db": {"password": "pa55"}}',
        '[{"name": "X-API-KEY", "value": "pa55"}]',
        '${sensitive("pa55")}',
    ],
)
def test_secrets_in_json_and_in_expressions_are_found(text: str) -> None:
    assert secret_parts(text) == ("pa55",)


def test_copies_of_many_secrets_are_found_in_time_that_grows_in_a_line() -> None:
    def seconds(count: int) -> float:
        started = time.process_time()
        copies = Copies(f"https://secret-{number}.example/callback" for number in range(count))
        texts = [f"https://app-{number}.example/callback" for number in range(count)]
        assert not any(map(copies.finds, texts))
        return time.process_time() - started

    assert seconds(4_000) < 10 * seconds(1_000)


def test_a_parameter_in_the_value_of_another_one_is_secret_as_a_whole_and_in_parts() -> None:
    text = "https://a.example/?token=first;x=1;key=second&y=2"
    assert without_login(text) == "https://a.example/?token=(hidden)&y=2"
    assert secret_parts(text) == ("first;x=1;key=second", "first;x=1", "second")
