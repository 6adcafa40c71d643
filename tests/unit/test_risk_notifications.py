"""What threat protection writes to users, and from where."""

from typing import Any

import pytest

from constructs_auth import NotifyConfiguration, NotifyEmail
from tests.unit.samples import ADDRESS_ARN, DOMAIN_ARN, TEXTS, refusal

EMAIL: dict[str, Any] = {
    "subject": "Unusual sign-in",
    "html_body": "<p>{login-time}</p>",
    "text_body": "{login-time}",
}


def test_every_message_has_a_text_by_default() -> None:
    """Without links, for which a pool needs a domain."""
    notify = NotifyConfiguration(source_arn=ADDRESS_ARN)
    assert notify.block_email.subject == "We blocked a sign-in"
    assert notify.mfa_email.subject == "We asked for a second factor"
    assert notify.no_action_email == NotifyEmail(
        subject="Unusual sign-in",
        html_body=(
            "<p>A sign-in to your account looked unusual.</p><ul><li>Time: {login-time}</li>"
            "<li>Device: {device-name}</li><li>Place: {city}, {country}</li>"
            "<li>IP address: {ip-address}</li></ul>"
            "<p>If this was not you, change your password.</p>"
        ),
        text_body=(
            "A sign-in to your account looked unusual.\nTime: {login-time}\n"
            "Device: {device-name}\nPlace: {city}, {country}\nIP address: {ip-address}\n"
            "If this was not you, change your password."
        ),
    )
    assert not notify.uses_links()


@pytest.mark.parametrize("link", ["{one-click-link-valid}", "{one-click-link-invalid}"])
@pytest.mark.parametrize("email", ["block_email", "mfa_email", "no_action_email"])
@pytest.mark.parametrize("body", ["html_body", "text_body"])
def test_knows_of_a_link_in_any_message(email: str, body: str, link: str) -> None:
    message: Any = NotifyEmail(**{**EMAIL, body: f"Was it you? {link}"})
    notify = NotifyConfiguration(source_arn=ADDRESS_ARN, **{email: message})
    assert notify.uses_links()


@pytest.mark.parametrize("text", TEXTS)
def test_tokens_pass(text: str) -> None:
    email = NotifyEmail(subject=text, html_body=text, text_body=text)
    notify = NotifyConfiguration(
        source_arn=text,
        from_email_address=text,
        reply_to_email_address=text,
        block_email=email,
    )
    assert notify.block_email == email
    assert not notify.uses_links()


def test_answers_may_go_to_a_name_with_an_address() -> None:
    notify = NotifyConfiguration(
        source_arn=DOMAIN_ARN,
        from_email_address="Acme <security@example.com>",
        reply_to_email_address="Help <help@example.com>",
    )
    assert notify.reply_to_email_address == "Help <help@example.com>"


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (
            {"subject": ""},
            "NotifyEmail.subject: must be 1 to 140 characters, not 0, got ''; write a text that "
            "fits",
        ),
        (
            {"html_body": "<p/>"},
            "NotifyEmail.html_body: must be 6 to 20000 characters, not 4, got '<p/>'; write a text "
            "that fits",
        ),
        (
            {"text_body": "bell\a bell"},
            "NotifyEmail.text_body: must be 6 to 20000 characters, printable characters and white "
            "space, got 'bell\\x07 bell'; write a text that fits",
        ),
    ],
)
def test_refuses_a_message_that_cognito_refuses(settings: dict[str, Any], expected: str) -> None:
    assert refusal(lambda: NotifyEmail(**{**EMAIL, **settings})) == expected


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (
            {"source_arn": "security@example.com"},
            "NotifyConfiguration.source_arn: must be 20 to 2048 characters, "
            "arn:partition:service:region:account:resource, got 'security@example.com'; write the "
            "ARN of a verified SES identity",
        ),
        (
            {"source_arn": DOMAIN_ARN},
            "NotifyConfiguration.from_email_address: must be given when the SES identity is a "
            "domain, got None; write an address of that domain",
        ),
        (
            {"source_arn": ADDRESS_ARN, "reply_to_email_address": "help"},
            "NotifyConfiguration.reply_to_email_address: must be an e-mail address, got 'help'; "
            "write an address such as 'ann@example.com'",
        ),
        (
            {"source_arn": ADDRESS_ARN, "mfa_email": "text"},
            "NotifyConfiguration.mfa_email: must be of type NotifyEmail, got 'text'; write "
            "NotifyEmail(…)",
        ),
    ],
)
def test_refuses_a_sender_that_cognito_refuses(settings: dict[str, Any], expected: str) -> None:
    assert refusal(lambda: NotifyConfiguration(**settings)) == expected
