"""Standard attributes, and attributes of our own."""

from typing import Any

import pytest
from hypothesis import given, strategies as st

from constructs_auth import (
    BooleanAttribute,
    DateTimeAttribute,
    NumberAttribute,
    StandardAttribute,
    StandardAttributeName,
    StringAttribute,
)
from tests.unit.samples import (
    HAND_WRITTEN,
    LIST_TOKEN,
    NUMBER_TOKEN,
    OBJECT_TOKEN,
    TEXT_TOKEN,
    TEXTS,
    refusal,
)

OWN_KINDS: tuple[Any, ...] = (
    BooleanAttribute,
    DateTimeAttribute,
    NumberAttribute,
    StringAttribute,
)
RULE = "must be 1 to 20 characters"
REMEDY = "choose a short name without the prefix custom:, which Cognito adds"
LENGTHS = "from 0 to 2048 characters"
AT_MOST = "choose at most 2048 characters"
NAME_CHARACTERS = st.characters(categories=("L", "M", "S", "N", "P"), exclude_characters=":{")

own_kinds = pytest.mark.parametrize("kind", OWN_KINDS, ids=lambda kind: str(kind.__name__))


def test_a_standard_attribute_has_cognitos_own_lengths() -> None:
    email = StandardAttribute(name=StandardAttributeName.EMAIL)
    assert (email.required, email.mutable) == (False, True)
    assert (email.min_length, email.max_length) == (0, 2048)


@pytest.mark.parametrize("name", StandardAttributeName)
def test_each_standard_attribute_has_a_short_form(name: StandardAttributeName) -> None:
    """A method of its name; `name` is the field that holds it."""
    short = getattr(StandardAttribute, "full_name" if name == "name" else name)
    assert short() == StandardAttribute(name=name)
    assert short(required=True, mutable=False) == StandardAttribute(
        name=name, required=True, mutable=False
    )


def test_a_birthdate_has_ten_characters() -> None:
    birthdate = StandardAttribute(name=StandardAttributeName.BIRTHDATE)
    assert (birthdate.min_length, birthdate.max_length) == (10, 10)


def test_the_time_of_the_last_update_has_no_lengths() -> None:
    updated_at = StandardAttribute(name=StandardAttributeName.UPDATED_AT)
    assert (updated_at.min_length, updated_at.max_length) == (None, None)


def test_the_lengths_of_a_standard_attribute_can_be_narrowed() -> None:
    email = StandardAttribute(name=StandardAttributeName.EMAIL, min_length=7, max_length=40)
    assert (email.min_length, email.max_length) == (7, 40)


def test_a_standard_attribute_may_be_named_by_its_text() -> None:
    name: Any = "email"
    assert StandardAttribute(name=name).name is StandardAttributeName.EMAIL


@pytest.mark.parametrize("name", ["mail", "custom:email", "EMAIL", None, 1, [], TEXT_TOKEN])
def test_refuses_an_unknown_standard_attribute(name: Any) -> None:
    known = " and not a token" if name == TEXT_TOKEN else ""
    members = ", ".join(f"StandardAttributeName.{name.name}" for name in StandardAttributeName)
    assert refusal(lambda: StandardAttribute(name=name)) == (
        f"StandardAttribute.name: must be a member of StandardAttributeName{known}, "
        f"got {name!r}; choose from {members}"
    )


@pytest.mark.parametrize("field", ["min_length", "max_length"])
def test_refuses_lengths_of_a_number(field: str) -> None:
    lengths: dict[str, Any] = {field: 5}
    make = lambda: StandardAttribute(name=StandardAttributeName.UPDATED_AT, **lengths)  # noqa: E731 - read twice
    assert refusal(make) == (
        f"StandardAttribute.{field}: must be left out for updated_at, which is a number, got 5; "
        "leave it out"
    )


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        ("min_length", -1, f"must be {LENGTHS}, got -1; {AT_MOST}"),
        ("min_length", 2049, f"must be {LENGTHS}, got 2049; {AT_MOST}"),
        ("max_length", 2049, f"must be {LENGTHS}, got 2049; {AT_MOST}"),
        ("min_length", True, f"must be a whole number {LENGTHS}, got True; {AT_MOST}"),
        ("max_length", 7.0, f"must be a whole number {LENGTHS}, got 7.0; {AT_MOST}"),
        ("max_length", "7", f"must be a whole number {LENGTHS}, got '7'; {AT_MOST}"),
        (
            "max_length",
            HAND_WRITTEN,
            f"must be a whole number {LENGTHS}, got '${{var.x}}'; wrap it in Token.as_number(…)",
        ),
    ],
)
def test_refuses_lengths_that_cognito_refuses(field: str, value: Any, text: str) -> None:
    lengths: dict[str, Any] = {field: value}
    assert refusal(lambda: StringAttribute(name="team", **lengths)) == (
        f"StringAttribute.{field}: {text}"
    )
    email = StandardAttributeName.EMAIL
    assert refusal(lambda: StandardAttribute(name=email, **lengths)) == (
        f"StandardAttribute.{field}: {text}"
    )


@pytest.mark.parametrize("field", ["min_length", "max_length"])
def test_an_own_text_has_lengths_always(field: str) -> None:
    lengths: dict[str, Any] = {field: None}
    assert refusal(lambda: StringAttribute(name="team", **lengths)) == (
        f"StringAttribute.{field}: must be a whole number {LENGTHS}, got None; {AT_MOST}"
    )


def test_refuses_lengths_the_wrong_way_round() -> None:
    assert refusal(lambda: StringAttribute(name="team", min_length=9, max_length=3)) == (
        "StringAttribute.min_length: must not be greater than max_length, which is 3, got 9; "
        "swap the two values"
    )
    email = StandardAttributeName.EMAIL
    assert refusal(lambda: StandardAttribute(name=email, min_length=9, max_length=3)) == (
        "StandardAttribute.min_length: must not be greater than max_length, which is 3, got 9; "
        "swap the two values"
    )


def test_refuses_a_birthdate_longer_than_cognito_has_it() -> None:
    """The other bound is Cognito's own."""
    birthdate = StandardAttributeName.BIRTHDATE
    assert refusal(lambda: StandardAttribute(name=birthdate, min_length=11)) == (
        "StandardAttribute.min_length: must not be greater than max_length, which is 10, got 11; "
        "swap the two values"
    )


@given(st.tuples(st.integers(0, 2048), st.integers(0, 2048)).map(sorted))
def test_accepts_all_lengths_in_order(lengths: list[int]) -> None:
    shortest, longest = lengths
    attribute = StringAttribute(name="team", min_length=shortest, max_length=longest)
    assert (attribute.min_length, attribute.max_length) == (shortest, longest)


@given(st.tuples(st.integers(), st.integers()).map(sorted))
def test_accepts_all_whole_numbers_as_bounds_in_order(bounds: list[int]) -> None:
    least, greatest = bounds
    attribute = NumberAttribute(name="level", min_value=least, max_value=greatest)
    assert (attribute.min_value, attribute.max_value) == (least, greatest)


def test_a_number_has_no_bounds_by_default() -> None:
    level = NumberAttribute(name="level")
    assert (level.min_value, level.max_value) == (None, None)


@pytest.mark.parametrize("value", [True, 1.5, "1", [1], LIST_TOKEN])
@pytest.mark.parametrize("field", ["min_value", "max_value"])
def test_refuses_bounds_that_are_no_whole_numbers(field: str, value: Any) -> None:
    assert refusal(lambda: NumberAttribute(name="level", **{field: value})) == (
        f"NumberAttribute.{field}: must be a whole number, got {value!r}; "
        "write a whole number, or leave it out for no limit"
    )


def test_refuses_bounds_the_wrong_way_round() -> None:
    assert refusal(lambda: NumberAttribute(name="level", min_value=9, max_value=3)) == (
        "NumberAttribute.min_value: must not be greater than max_value, which is 3, got 9; "
        "swap the two values"
    )


@own_kinds
@given(name=st.text(NAME_CHARACTERS, min_size=1, max_size=20))
def test_accepts_every_printable_name_of_an_own_attribute(kind: Any, name: str) -> None:
    if name not in {*StandardAttributeName, "sub", "identities"}:
        assert kind(name=name).name == name
    assert kind(name="team").mutable is True


@own_kinds
@given(
    before=st.text(NAME_CHARACTERS, max_size=9),
    space=st.characters(categories=("Z", "Cc")),
    after=st.text(NAME_CHARACTERS, max_size=9),
)
def test_refuses_every_name_with_a_space(kind: Any, before: str, space: str, after: str) -> None:
    name = f"{before}{space}{after}"
    assert refusal(lambda: kind(name=name)) == (
        f"{kind.__name__}.name: {RULE}, printable characters without spaces, got {name!r}; {REMEDY}"
    )


@own_kinds
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("", f"{RULE}, not 0, got ''; {REMEDY}"),
        ("a" * 21, f"{RULE}, not 21, got '{'a' * 21}'; {REMEDY}"),
        ("custom:organization_id", f"{RULE}, not 22, got 'custom:organization_id'; {REMEDY}"),
        (None, f"must be a text, got None; {REMEDY}"),
        (7, f"must be a text, got 7; {REMEDY}"),
        ({}, f"must be a text, got {{}}; {REMEDY}"),
        (["team"], f"must be a text, got ['team']; {REMEDY}"),
        (
            "custom:team",
            "must not have a prefix, because Cognito adds custom: itself, "
            "got 'custom:team'; write 'team'",
        ),
        (
            "dev:team",
            "must not have a prefix, because Cognito adds custom: itself, "
            "got 'dev:team'; write 'team'",
        ),
        (
            "email",
            "must not be an attribute name that every user pool already has, got 'email'; "
            "use StandardAttribute.email()",
        ),
        (
            "name",
            "must not be an attribute name that every user pool already has, got 'name'; "
            "use StandardAttribute.full_name()",
        ),
        (
            "sub",
            "must not be an attribute name that every user pool already has, got 'sub'; "
            "leave it out, Cognito manages this attribute",
        ),
        (
            "email_verified",
            "must not be an attribute name that every user pool already has, "
            "got 'email_verified'; leave it out, Cognito manages this attribute",
        ),
    ],
)
def test_refuses_a_name_that_cognito_refuses(kind: Any, name: Any, text: str) -> None:
    assert refusal(lambda: kind(name=name)) == f"{kind.__name__}.name: {text}"


@own_kinds
def test_refuses_what_is_no_flag(kind: Any) -> None:
    assert refusal(lambda: kind(name="team", mutable=1)) == (
        f"{kind.__name__}.mutable: must be True or False, got 1; write one of them"
    )


@pytest.mark.parametrize("field", ["required", "mutable"])
def test_refuses_what_is_no_flag_of_a_standard_attribute(field: str) -> None:
    wrong: dict[str, Any] = {field: "no"}
    assert refusal(lambda: StandardAttribute(name=StandardAttributeName.EMAIL, **wrong)) == (
        f"StandardAttribute.{field}: must be True or False, got 'no'; write one of them"
    )


@own_kinds
@pytest.mark.parametrize("name", [*TEXTS, f"{'a' * 30}-{TEXT_TOKEN}", "custom:${var.x}"])
def test_tokens_pass_as_names(kind: Any, name: str) -> None:
    assert kind(name=name, mutable=OBJECT_TOKEN).name == name


def test_tokens_pass_as_lengths_and_bounds() -> None:
    flag: Any = OBJECT_TOKEN
    text = StringAttribute(name="team", min_length=NUMBER_TOKEN, max_length=1)
    number = NumberAttribute(name="level", min_value=9, max_value=NUMBER_TOKEN)
    email = StandardAttribute(
        name=StandardAttributeName.EMAIL, required=flag, mutable=flag, max_length=NUMBER_TOKEN
    )
    assert text.min_length == number.max_value == email.max_length == NUMBER_TOKEN
    assert email.required is flag


@own_kinds
def test_refuses_an_unknown_keyword(kind: Any) -> None:
    """An own attribute cannot be required: Cognito has no such thing."""
    with pytest.raises(TypeError) as caught:
        kind(name="team", required=True)
    assert str(caught.value).startswith(
        f"{kind.__name__}: must be given known arguments, got 'required'; "
    )
