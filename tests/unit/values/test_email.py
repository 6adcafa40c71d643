"""From where Cognito sends e-mail."""

from typing import Any

import pytest

from constructs_auth import CognitoEmail, SesEmail
from tests.unit.samples import (
    ADDRESS_ARN,
    DOMAIN_ARN,
    OBJECT_TOKEN,
    ROLE_ARN,
    TEXTS,
    refusal,
)

IDENTITY = "write the ARN of a verified SES identity"
ADDRESS = "write an address such as 'ann@example.com'"
SET = "write the name of an SES configuration set, not its ARN"


def test_cognito_sends_from_an_address_of_its_own() -> None:
    assert CognitoEmail().reply_to_email_address is None


def test_an_identity_that_is_an_address_is_the_sender() -> None:
    assert SesEmail(source_arn=ADDRESS_ARN).from_email_address is None


@pytest.mark.parametrize("partition", ["aws", "aws-cn", "aws-us-gov"])
def test_accepts_a_domain_of_every_partition_with_a_sender(partition: str) -> None:
    arn = DOMAIN_ARN.replace("arn:aws:", f"arn:{partition}:")
    assert SesEmail(source_arn=arn, from_email_address="ann@example.com").source_arn == arn


@pytest.mark.parametrize(
    "sender",
    [
        "ann@example.com",
        "Ann.O'Neil+tag@mail.example.com",
        "<ann@example.com>",
        "Ann <ann@example.com>",
        '"Ann, of Example" <ann@Example.COM>',
        "ann@localhost",
        *TEXTS,
        "Ann <${var.x}>",
    ],
)
def test_accepts_a_sender_with_a_name_and_without(sender: str) -> None:
    assert SesEmail(source_arn=DOMAIN_ARN, from_email_address=sender).from_email_address == sender


@pytest.mark.parametrize(
    "sender",
    [
        "ann",
        "ann@",
        "@example.com",
        "ann@example",
        "ann@example.com, bob@example.com",
        "ann@bob@example.com",
        "ann o@example.com",
        "ann@example.com>",
        "<ann@example.com",
        "Ann ann@example.com",
        "Ann <ann@example.com> of Example",
        "Ann <>",
        "Ann\n<ann@example.com>",
        "ann@example.com\n",
        "ann@-example.com",
    ],
)
def test_refuses_what_is_no_sender(sender: str) -> None:
    assert refusal(lambda: SesEmail(source_arn=DOMAIN_ARN, from_email_address=sender)) == (
        f"SesEmail.from_email_address: must be an e-mail address, got {sender!r}; {ADDRESS}"
    )


@pytest.mark.parametrize("answers", ["ann@example.com", "ann+x@example.co.uk", *TEXTS])
def test_accepts_an_address_for_answers(answers: str) -> None:
    assert CognitoEmail(reply_to_email_address=answers).reply_to_email_address == answers
    email = SesEmail(source_arn=ADDRESS_ARN, reply_to_email_address=answers)
    assert email.reply_to_email_address == answers


@pytest.mark.parametrize("answers", ["Ann <ann@example.com>", "<ann@example.com>", "ann"])
def test_refuses_a_name_beside_the_address_for_answers(answers: str) -> None:
    text = f"reply_to_email_address: must be an e-mail address, got {answers!r}; {ADDRESS}"
    assert refusal(lambda: CognitoEmail(reply_to_email_address=answers)) == f"CognitoEmail.{text}"
    make = {"source_arn": ADDRESS_ARN, "reply_to_email_address": answers}
    assert refusal(lambda: SesEmail(**make)) == f"SesEmail.{text}"


@pytest.mark.parametrize("value", ["", 5, True, ["ann@example.com"], {}])
@pytest.mark.parametrize("field", ["from_email_address", "reply_to_email_address"])
def test_refuses_what_is_no_text(field: str, value: Any) -> None:
    make: dict[str, Any] = {"source_arn": ADDRESS_ARN, field: value}
    assert refusal(lambda: SesEmail(**make)) == (
        f"SesEmail.{field}: must be a text that is not empty, got {value!r}; {ADDRESS}"
    )


@pytest.mark.parametrize(
    ("arn", "text"),
    [
        (ROLE_ARN, f"must be an ARN of the service ses, got {ROLE_ARN!r}; {IDENTITY}"),
        (
            "noreply@mail.example.com",
            (
                "must be 20 to 2048 characters, arn:partition:service:region:account:resource, "
                f"got 'noreply@mail.example.com'; {IDENTITY}"
            ),
        ),
        ("example.com", f"must be 20 to 2048 characters, not 11, got 'example.com'; {IDENTITY}"),
        (None, f"must be a text, got None; {IDENTITY}"),
        (7, f"must be a text, got 7; {IDENTITY}"),
        (OBJECT_TOKEN, "must be a text, got Resolvable(); wrap it in Token.as_string(…)"),
    ],
)
def test_refuses_what_is_no_identity(arn: Any, text: str) -> None:
    assert refusal(lambda: SesEmail(source_arn=arn)) == f"SesEmail.source_arn: {text}"


def test_refuses_a_domain_without_a_sender() -> None:
    assert refusal(lambda: SesEmail(source_arn=DOMAIN_ARN)) == (
        "SesEmail.from_email_address: must be given when the SES identity is a domain, got None; "
        "write an address of that domain"
    )


@pytest.mark.parametrize("token", TEXTS)
def test_an_identity_that_is_not_known_needs_no_sender(token: str) -> None:
    assert SesEmail(source_arn=token).from_email_address is None


@pytest.mark.parametrize("name", ["events", "a_b-C9", "a" * 64, *TEXTS])
def test_accepts_a_configuration_set(name: str) -> None:
    assert SesEmail(source_arn=ADDRESS_ARN, configuration_set=name).configuration_set == name


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("", f"must be 1 to 64 characters, not 0, got ''; {SET}"),
        ("a" * 65, f"must be 1 to 64 characters, not 65, got '{'a' * 65}'; {SET}"),
        ("a b", f"must be 1 to 64 characters, letters, digits, _ and -, got 'a b'; {SET}"),
        ("a\n", f"must be 1 to 64 characters, letters, digits, _ and -, got 'a\\n'; {SET}"),
        (1, f"must be a text, got 1; {SET}"),
    ],
)
def test_refuses_what_is_no_configuration_set(name: Any, text: str) -> None:
    assert refusal(lambda: SesEmail(source_arn=ADDRESS_ARN, configuration_set=name)) == (
        f"SesEmail.configuration_set: {text}"
    )
