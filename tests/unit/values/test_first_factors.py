"""With what users may begin to sign in besides a password."""

from typing import Any

import pytest

from constructs_auth import EmailOtp, Passkey, SmsOtp, UserVerification
from constructs_auth.facts.words import FirstAuthFactor
from constructs_auth.values.first_factors import factor_name
from tests.unit.samples import HAND_WRITTEN, OBJECT_TOKEN, TEXTS, refusal

REMEDY = "write the domain alone, such as 'example.com'"


@pytest.mark.parametrize("domain", ["example.com", "auth.example.co.uk", "localhost", *TEXTS])
def test_accepts_a_domain_or_its_token(domain: str) -> None:
    passkey = Passkey(relying_party_id=domain)
    assert passkey.relying_party_id == domain
    assert passkey.user_verification is UserVerification.REQUIRED


@pytest.mark.parametrize(
    "domain",
    [
        "https://example.com",
        "example.com/sign-in",
        "example.com:443",
        "Example.com",
        "example",
        "192.168.0.1",
        "exam ple.com",
    ],
)
def test_refuses_what_is_no_domain(domain: str) -> None:
    assert refusal(lambda: Passkey(relying_party_id=domain)) == (
        "Passkey.relying_party_id: must be a lower-case domain name without scheme, port or path, "
        f"got {domain!r}; {REMEDY}"
    )


@pytest.mark.parametrize(
    ("domain", "text"),
    [
        ("", f"must be 1 to 127 characters, not 0, got ''; {REMEDY}"),
        (
            f"{'a.' * 63}com",
            f"must be 1 to 127 characters, not 129, got '{'a.' * 63}com'; {REMEDY}",
        ),
        (None, f"must be a text, got None; {REMEDY}"),
        (["example.com"], f"must be a text, got ['example.com']; {REMEDY}"),
        (
            OBJECT_TOKEN,
            "must be a text, got Resolvable(); wrap it in Token.as_string(…)",
        ),
    ],
)
def test_refuses_what_does_not_fit(domain: Any, text: str) -> None:
    assert refusal(lambda: Passkey(relying_party_id=domain)) == f"Passkey.relying_party_id: {text}"


@pytest.mark.parametrize("verification", [UserVerification.PREFERRED, "preferred"])
def test_accepts_a_verification_or_its_text(verification: Any) -> None:
    passkey = Passkey(relying_party_id="example.com", user_verification=verification)
    assert passkey.user_verification is UserVerification.PREFERRED


def test_a_token_passes_as_verification() -> None:
    token: Any = HAND_WRITTEN
    passkey = Passkey(relying_party_id="example.com", user_verification=token)
    assert passkey.user_verification == HAND_WRITTEN


@pytest.mark.parametrize("verification", ["REQUIRED", "discouraged", None, True])
def test_refuses_an_unknown_verification(verification: Any) -> None:
    make = {"relying_party_id": "example.com", "user_verification": verification}
    assert refusal(lambda: Passkey(**make)) == (
        f"Passkey.user_verification: must be a member of UserVerification, got {verification!r}; "
        "choose from UserVerification.REQUIRED, UserVerification.PREFERRED"
    )


@pytest.mark.parametrize(
    ("factor", "name"),
    [
        (EmailOtp(), FirstAuthFactor.EMAIL_OTP),
        (SmsOtp(), FirstAuthFactor.SMS_OTP),
        (Passkey(relying_party_id="example.com"), FirstAuthFactor.WEB_AUTHN),
    ],
)
def test_gives_cognitos_own_name(factor: Any, name: FirstAuthFactor) -> None:
    assert factor_name(factor) is name


def test_a_relying_party_is_named_always() -> None:
    wrong: dict[str, Any] = {}
    with pytest.raises(TypeError) as caught:
        Passkey(**wrong)
    assert str(caught.value) == (
        "Passkey.__init__() missing 1 required keyword-only argument: 'relying_party_id'"
    )
