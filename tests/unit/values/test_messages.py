"""What Cognito writes to users, with its placeholders."""

from typing import Any

import pytest
from hypothesis import given, strategies as st

from constructs_auth import (
    CODE,
    USERNAME,
    InvitationMessages,
    VerificationByCode,
    VerificationByLink,
    link,
)
from tests.unit.samples import OBJECT_TOKEN, TEXTS, refusal

FITS = "write a text that fits"
PLACE = "add it, because Cognito puts its own text there"
PRINTABLE = "printable characters and white space"
WORDS = st.text(
    st.characters(categories=("L", "M", "S", "N", "P", "Zs"), max_codepoint=0x2FF).filter(
        lambda character: character not in "#${%\xa0"
    ),
    min_size=1,
    max_size=99,
)


def test_the_defaults_are_accepted() -> None:
    assert CODE in VerificationByCode().email_message
    assert link("confirm") in VerificationByLink().email_message
    assert USERNAME in str(InvitationMessages().sms_message)


@given(WORDS)
def test_a_link_of_any_words_is_accepted(words: str) -> None:
    message = f"Please {link(words)}"
    assert message == f"Please {{##{words}##}}"
    assert VerificationByLink(email_message=message).email_message == message


@pytest.mark.parametrize("words", ["", "a##b", None, 5, [], OBJECT_TOKEN])
def test_refuses_words_that_make_no_link(words: Any) -> None:
    assert refusal(lambda: link(words)) == (
        f"link: must have words, without ##, got {words!r}; write the link text"
    )


@pytest.mark.parametrize("token", TEXTS)
def test_a_token_passes_as_words(token: str) -> None:
    assert link(token) == f"{{##{token}##}}"
    assert VerificationByLink(email_message=f"a {link(token)}").email_message


@given(before=WORDS, after=WORDS)
def test_text_of_any_language_around_the_code_is_accepted(before: str, after: str) -> None:
    message = f"{before}{CODE}\n{after}"
    assert VerificationByCode(email_message=message).email_message == message


@pytest.mark.parametrize(
    ("kind", "field", "value", "text"),
    [
        (
            VerificationByCode,
            "email_message",
            "Your code",
            f"must contain {{####}}, got 'Your code'; {PLACE}",
        ),
        (
            VerificationByCode,
            "email_message",
            f"Your {link('code')}",
            f"must contain {{####}}, got 'Your {{##code##}}'; {PLACE}",
        ),
        (
            VerificationByCode,
            "sms_message",
            "Your code",
            f"must contain {{####}}, got 'Your code'; {PLACE}",
        ),
        (
            VerificationByCode,
            "sms_message",
            f"{CODE}{'.' * 135}",
            (f"must be 6 to 140 characters, not 141, got '{{####}}{'.' * 135}'; {FITS}"),
        ),
        (
            VerificationByCode,
            "email_message",
            f"{CODE}{'.' * 20_000}",
            (f"must be 6 to 20000 characters, not 20006, got '{{####}}{'.' * 193}…; {FITS}"),
        ),
        (
            VerificationByCode,
            "email_message",
            f"{CODE}\a",
            f"must be 6 to 20000 characters, {PRINTABLE}, got '{{####}}\\x07'; {FITS}",
        ),
        (
            VerificationByCode,
            "email_subject",
            "",
            f"must be 1 to 140 characters, not 0, got ''; {FITS}",
        ),
        (
            VerificationByCode,
            "email_subject",
            "a" * 141,
            f"must be 1 to 140 characters, not 141, got '{'a' * 141}'; {FITS}",
        ),
        (
            VerificationByLink,
            "email_message",
            "Please confirm",
            f"must contain {{##words##}}, got 'Please confirm'; {PLACE}",
        ),
        (
            VerificationByLink,
            "email_message",
            f"Please confirm {CODE}",
            f"must contain {{##words##}}, got 'Please confirm {{####}}'; {PLACE}",
        ),
        (
            VerificationByLink,
            "sms_message",
            f"Please {link('confirm')}",
            f"must contain {{####}}, got 'Please {{##confirm##}}'; {PLACE}",
        ),
        (
            VerificationByLink,
            "email_subject",
            "bell\a",
            f"must be 1 to 140 characters, {PRINTABLE}, got 'bell\\x07'; {FITS}",
        ),
        (
            InvitationMessages,
            "email_message",
            f"Your password is {CODE}",
            f"must contain {{username}}, got 'Your password is {{####}}'; {PLACE}",
        ),
        (
            InvitationMessages,
            "sms_message",
            f"You are {USERNAME}",
            f"must contain {{####}}, got 'You are {{username}}'; {PLACE}",
        ),
    ],
)
def test_refuses_a_text_that_cognito_refuses(kind: Any, field: str, value: str, text: str) -> None:
    assert refusal(lambda: kind(**{field: value})) == f"{kind.__name__}.{field}: {text}"


@pytest.mark.parametrize("value", [None, 5, True, ["{####}"], {}])
@pytest.mark.parametrize("field", ["email_subject", "email_message", "sms_message"])
@pytest.mark.parametrize("kind", [VerificationByCode, VerificationByLink, InvitationMessages])
def test_refuses_what_is_no_text(kind: Any, field: str, value: Any) -> None:
    assert refusal(lambda: kind(**{field: value})) == (
        f"{kind.__name__}.{field}: must be a text, got {value!r}; {FITS}"
    )


@pytest.mark.parametrize("token", TEXTS)
@pytest.mark.parametrize("field", ["email_subject", "email_message", "sms_message"])
@pytest.mark.parametrize("kind", [VerificationByCode, VerificationByLink, InvitationMessages])
def test_tokens_pass_without_placeholders(kind: Any, field: str, token: str) -> None:
    """Nobody knows yet what is in them."""
    assert getattr(kind(**{field: token}), field) == token
