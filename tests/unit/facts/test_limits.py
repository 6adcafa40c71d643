"""What Cognito accepts, held against botocore's model of its API."""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

import constructs_auth
from constructs_auth.facts import limits, words
from constructs_auth.facts.limits import EMAILS_A_DAY, Range, Text
from tests.support.api_models import SESSION, api_model

LIMITS = {name: value for name, value in vars(limits).items() if isinstance(value, Range | Text)}
WITH_SHAPE = {name: limit for name, limit in LIMITS.items() if limit.shape is not None}
SERVICES = (
    "apigatewayv2",
    "cognito-identity",
    "cognito-idp",
    "elbv2",
    "iam",
    "identitystore",
    "logs",
    "sso-admin",
    "wafv2",
)
APIS = {name: api_model(name) for name in SERVICES}

NO_SPACES = r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+"
PRINTABLE = st.characters(categories=("L", "M", "S", "N", "P"))
SEPARATORS = st.characters(categories=("Z", "Cc"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What the model states of a shape; a text of any length is not in it."""

    minimum: int
    maximum: int
    pattern: str | None


def stated(shape: str, service: str = "cognito-idp") -> Stated:
    """Read *shape* in the model of *service*; a list without a minimum may be empty."""
    metadata: dict[str, Any] = APIS[service].shape_for(shape).metadata
    return Stated(
        minimum=metadata.get("min", 0),
        maximum=metadata["max"],
        pattern=metadata.get("pattern"),
    )


@pytest.mark.parametrize("name", WITH_SHAPE)
def test_a_limit_is_what_the_api_model_states(name: str) -> None:
    limit = WITH_SHAPE[name]
    assert limit.shape is not None
    pattern = limit.pattern if isinstance(limit, Text) else None
    assert stated(limit.shape, limit.service) == Stated(
        minimum=limit.minimum, maximum=limit.maximum, pattern=pattern
    )


@pytest.mark.parametrize("service", APIS)
def test_the_limits_of_every_api_are_held(service: str) -> None:
    """Otherwise the test above could pass over one of them."""
    assert [name for name, limit in WITH_SHAPE.items() if limit.service == service]


@pytest.mark.parametrize("name", sorted(LIMITS.keys() - WITH_SHAPE.keys()))
def test_a_limit_without_a_shape_says_where_it_is_written(name: str) -> None:
    assert len(LIMITS[name].source) > len("API")


def test_most_limits_are_held_by_the_model() -> None:
    """Otherwise the two tests above could pass on nothing."""
    assert len(WITH_SHAPE) > 20


@pytest.mark.parametrize(
    ("shape", "limit"),
    [
        ("EmailVerificationSubjectByLinkType", limits.EMAIL_SUBJECT),
        ("EmailMfaMessageType", limits.EMAIL_MESSAGE),
        ("EmailNotificationSubjectType", limits.EMAIL_SUBJECT),
        ("SkippedIPRangeListType", limits.IP_RANGES),
    ],
)
def test_one_limit_serves_shapes_that_are_alike(shape: str, limit: Text | Range) -> None:
    """Subjects, messages and lists of several kinds are checked against one limit."""
    pattern = limit.pattern if isinstance(limit, Text) else None
    assert stated(shape) == Stated(minimum=limit.minimum, maximum=limit.maximum, pattern=pattern)


def test_the_subject_of_a_code_has_the_pattern_of_the_others() -> None:
    """The model states no length for it; 140 is the length of every other subject."""
    metadata = APIS["cognito-idp"].shape_for("EmailMfaSubjectType").metadata
    assert metadata == {"pattern": limits.EMAIL_SUBJECT.pattern}


@pytest.mark.parametrize(
    ("shape", "limit", "seconds"),
    [
        ("AuthSessionValidityType", limits.AUTH_SESSION_SECONDS, 60),
        ("TemporaryPasswordValidityDaysType", limits.TEMPORARY_PASSWORD_DAYS, 1),
    ],
)
def test_what_is_counted_otherwise_agrees_with_the_model(
    shape: str, limit: Range, seconds: int
) -> None:
    assert limit.maximum == stated(shape).maximum * seconds
    assert limit.minimum in (stated(shape).minimum * seconds, 1)


@pytest.mark.parametrize(
    ("shape", "limit"),
    [
        ("DeveloperProviderName", limits.DEVELOPER_PROVIDER_NAME),
        ("MappingRulesList", limits.MAPPING_RULES),
    ],
)
def test_what_the_provider_takes_less_of_is_within_the_model(
    shape: str, limit: Range | Text
) -> None:
    """The AWS provider would refuse at the plan what Cognito takes."""
    model = stated(shape, "cognito-identity")
    assert (limit.minimum, limit.maximum < model.maximum) == (model.minimum, True)
    assert model.pattern == (limit.pattern if isinstance(limit, Text) else None)


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        ("ExplicitAuthFlowsType", words.AUTH_FLOWS),
        ("IdentityProviderTypeType", words.PROVIDER_TYPES),
        ("OAuthFlowType", words.OAUTH_FLOWS),
        ("TimeUnitsType", words.TIME_UNITS),
    ],
)
def test_words_are_those_of_the_api_model(shape: str, expected: tuple[str, ...]) -> None:
    assert list(expected) == APIS["cognito-idp"].shape_for(shape).enum


def test_logs_are_kept_for_the_days_that_cloudwatch_logs_names() -> None:
    """The model has them in words alone."""
    words = APIS["logs"].shape_for("Days").documentation
    sentence = re.search(r"Possible values are: ([^.]+)\.", words)
    assert sentence is not None
    assert tuple(map(int, re.findall(r"\d+", sentence[1]))) == limits.LOG_RETENTION_DAYS


@given(st.text(PRINTABLE, min_size=1))
def test_text_without_separators_has_no_spaces(text: str) -> None:
    assert limits.matches(NO_SPACES, text)


@given(st.text(PRINTABLE), SEPARATORS, st.text(PRINTABLE))
def test_a_separator_or_control_character_is_a_space(
    before: str, character: str, after: str
) -> None:
    assert not limits.matches(NO_SPACES, f"{before}{character}{after}")


@given(st.characters())
def test_a_character_matches_by_its_category(character: str) -> None:
    category = unicodedata.category(character)[0]
    assert limits.matches(NO_SPACES, character) is (category in "LMSNP")
    with_spaces = r"[\p{L}\p{M}\p{S}\p{N}\p{P}\p{Z}]"
    assert limits.matches(with_spaces, character) is (category in "LMSNPZ")


@given(st.text(st.characters(categories=("L", "N"), min_codepoint=128), min_size=1))
def test_word_characters_are_ascii(text: str) -> None:
    assert not limits.matches(r"[\w\s]+", text)


@pytest.mark.parametrize("text", ["é", "e\u0301", "ж", "語", "€", "½", "—", "😀", "a_b-c!", "~"])
def test_printable_characters_of_every_script_match(text: str) -> None:
    assert limits.matches(NO_SPACES, text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "a b",
        "a\u00a0b",
        "a\u2028b",
        "tab\t",
        "line\n",
        "bell\a",
        "zero\u200bwidth",
        "\ue000",
        "\ue001",
        "\x7f",
    ],
)
def test_spaces_and_what_is_not_printable_do_not_match(text: str) -> None:
    assert not limits.matches(NO_SPACES, text)


@pytest.mark.parametrize(
    ("text", "accepted"),
    [
        ("users", True),
        ("a" * 128, True),
        ("Users of example.com, v2 = @+-", True),
        ("", False),
        ("a" * 129, False),
        ("users/eu", False),
        ("größe", False),
        ("users#1", False),
    ],
)
def test_the_name_of_a_pool_matches_as_a_whole(text: str, *, accepted: bool) -> None:
    assert limits.USER_POOL_NAME.accepts(text) is accepted


@pytest.mark.parametrize(
    ("text", "accepted"),
    [
        ("Your code is {####}", True),
        ("Ваш код: {####} 😀\nDanke!", True),
        ("Your code is {###}", False),
        ("Your code is {####}\a", False),
    ],
)
def test_a_message_holds_the_code(text: str, *, accepted: bool) -> None:
    assert limits.EMAIL_MESSAGE.accepts(text) is accepted


@pytest.mark.parametrize(("text", "accepted"), [("{####} line", True), ("{####}\nline", False)])
def test_an_sms_is_one_line(text: str, *, accepted: bool) -> None:
    assert limits.SMS_MESSAGE.accepts(text) is accepted


@pytest.mark.parametrize("partition", SESSION.get_available_partitions())
def test_every_region_of_every_partition_is_known(partition: str) -> None:
    regions = SESSION.get_available_regions("s3", partition)
    assert [region for region in regions if not re.fullmatch(limits.REGION, region)] == []


@pytest.mark.parametrize(
    "text",
    ["example.com", "a.b.c.example", "localhost", "x1.example-shop.co", "xn--bcher-kva.example"],
)
def test_tells_a_domain(text: str) -> None:
    assert limits.is_domain(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "example",
        "Example.com",
        "example.com.",
        ".example.com",
        "-a.example",
        "a-.example",
        "a..example",
        "192.168.0.1",
        "example.com/path",
        "https://example.com",
        "example.com:443",
        "bücher.example",
        "example.com\n",
        f"{'a' * 64}.example",
    ],
)
def test_tells_what_is_no_domain(text: str) -> None:
    assert not limits.is_domain(text)


PACKAGE = Path(constructs_auth.__file__).parent
PAGES = [*PACKAGE.rglob("*.py"), *(PACKAGE.parent / "docs").glob("*.md")]


def test_each_sentence_about_cognitos_own_sender_has_the_same_number() -> None:
    said = [
        int(number)
        for page in PAGES
        for number in re.findall(r"(\d+) messages a day", page.read_text(encoding="utf-8"))
    ]
    assert len(said) > 1
    assert set(said) == {EMAILS_A_DAY}
