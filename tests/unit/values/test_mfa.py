"""Whether users prove themselves a second time, and with what."""

from typing import Any

import pytest

from constructs_auth import CODE, EmailMfa, Mfa, MfaConfiguration, SmsMfa, SoftwareTokenMfa
from constructs_auth.values.mfa import find_factor
from tests.unit.samples import OBJECT_TOKEN, TEXTS, refusal

REMEDY = "name SoftwareTokenMfa(), SmsMfa() or EmailMfa(), as in Mfa.required(SmsMfa())"
ALL = (SoftwareTokenMfa(), SmsMfa(), EmailMfa())


@pytest.mark.parametrize(
    ("mfa", "configuration", "factors"),
    [
        (Mfa.off(), MfaConfiguration.OFF, ()),
        (Mfa.optional(*ALL), MfaConfiguration.OPTIONAL, ALL),
        (Mfa.required(SmsMfa()), MfaConfiguration.ON, (SmsMfa(),)),
    ],
)
def test_says_who_must_use_a_second_factor(mfa: Mfa, configuration: Any, factors: Any) -> None:
    assert mfa.configuration is configuration
    assert mfa.factors == factors


def test_factors_of_a_set_have_one_order() -> None:
    factors: Any = frozenset({SoftwareTokenMfa(), EmailMfa(), SmsMfa()})
    mfa = Mfa(configuration=MfaConfiguration.ON, factors=factors)
    assert mfa.factors == (EmailMfa(), SmsMfa(), SoftwareTokenMfa())


def test_finds_the_factor_of_a_kind() -> None:
    mfa = Mfa.optional(SmsMfa(message=f"{CODE} is it"))
    assert find_factor(mfa, SmsMfa) == SmsMfa(message=f"{CODE} is it")
    assert find_factor(mfa, EmailMfa) is None


@pytest.mark.parametrize("make", [Mfa.optional, Mfa.required])
def test_refuses_mfa_without_a_factor(make: Any) -> None:
    assert refusal(make) == f"Mfa.factors: must not be empty, got []; {REMEDY}"


def test_refuses_factors_without_mfa() -> None:
    make = {"configuration": MfaConfiguration.OFF, "factors": [SoftwareTokenMfa()]}
    wrong: dict[str, Any] = make
    assert refusal(lambda: Mfa(**wrong)) == (
        "Mfa.factors: must be empty when MFA is off, got [SoftwareTokenMfa()]; "
        "use Mfa.optional(…), or remove the factors"
    )


@pytest.mark.parametrize("factor", ["SOFTWARE_TOKEN_MFA", None, SoftwareTokenMfa, 1, []])
def test_refuses_what_is_no_factor(factor: Any) -> None:
    assert refusal(lambda: Mfa.optional(factor)) == (
        "Mfa.factors[0]: must be of type SoftwareTokenMfa or SmsMfa or EmailMfa, "
        f"got {factor!r}; write SoftwareTokenMfa(…) or SmsMfa(…) or EmailMfa(…)"
    )


@pytest.mark.parametrize(
    ("factors", "text"),
    [
        (
            SoftwareTokenMfa(),
            f"must be a list, a tuple or a set, got SoftwareTokenMfa(); {REMEDY}",
        ),
        (None, f"must be a list, a tuple or a set, got None; {REMEDY}"),
        ("sms", "must be a list, a tuple or a set, got 'sms'; put it into a list"),
        (
            [SmsMfa(message=f"a {CODE}"), SmsMfa(message=f"b {CODE}")],
            (
                "must name each kind of factor once, got [SmsMfa(message='a {####}'), "
                "SmsMfa(message='b {####}')]; remove one of them"
            ),
        ),
    ],
)
def test_refuses_what_are_no_factors(factors: Any, text: str) -> None:
    assert refusal(lambda: Mfa(configuration=MfaConfiguration.ON, factors=factors)) == (
        f"Mfa.factors: {text}"
    )


def test_refuses_one_factor_twice() -> None:
    assert refusal(lambda: Mfa.optional(SoftwareTokenMfa(), SoftwareTokenMfa())) == (
        "Mfa.factors[1]: must not repeat, got SoftwareTokenMfa(); name it once"
    )


@pytest.mark.parametrize("configuration", ["REQUIRED", "on", None, True, False])
def test_refuses_an_unknown_configuration(configuration: Any) -> None:
    assert refusal(lambda: Mfa(configuration=configuration)) == (
        f"Mfa.configuration: must be a member of MfaConfiguration, got {configuration!r}; "
        "choose from MfaConfiguration.OFF, MfaConfiguration.OPTIONAL, MfaConfiguration.ON"
    )


@pytest.mark.parametrize("factors", [[], [SoftwareTokenMfa()]])
@pytest.mark.parametrize("token", TEXTS)
def test_a_token_as_configuration_is_not_compared(token: Any, factors: Any) -> None:
    mfa = Mfa(configuration=token, factors=factors)
    assert mfa.configuration == token
    assert mfa.factors == tuple(factors)


@pytest.mark.parametrize("token", TEXTS)
def test_tokens_pass_in_messages(token: str) -> None:
    assert SmsMfa(message=token).message == token
    assert EmailMfa(subject=token, message=token).subject == token


@pytest.mark.parametrize(
    ("make", "text"),
    [
        (
            lambda: SmsMfa(message="Hello"),
            "SmsMfa.message: must contain {####}, got 'Hello'; add it, because Cognito puts its "
            "own text there",
        ),
        (
            lambda: SmsMfa(message=f"{CODE}\nis it"),
            (
                "SmsMfa.message: must be 6 to 140 characters, one line of text, "
                "got '{####}\\nis it'; write a text that fits"
            ),
        ),
        (
            lambda: EmailMfa(message="Your code"),
            (
                "EmailMfa.message: must contain {####}, got 'Your code'; "
                "add it, because Cognito puts its own text there"
            ),
        ),
        (
            lambda: EmailMfa(subject=""),
            (
                "EmailMfa.subject: must be 1 to 140 characters, not 0, got ''; "
                "write a text that fits"
            ),
        ),
    ],
)
def test_refuses_messages_that_cognito_refuses(make: Any, text: str) -> None:
    assert refusal(make) == text


@pytest.mark.parametrize("value", [None, 5, [CODE], {}, OBJECT_TOKEN])
def test_refuses_what_is_no_message(value: Any) -> None:
    remedy = "wrap it in Token.as_string(…)" if value is OBJECT_TOKEN else "write a text that fits"
    assert refusal(lambda: SmsMfa(message=value)) == (
        f"SmsMfa.message: must be a text, got {value!r}; {remedy}"
    )
