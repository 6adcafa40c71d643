"""By which name users sign in."""

from typing import Any

import pytest

from constructs_auth import AliasAttribute, ContactAttribute, Username, UsernameAttributes
from constructs_auth.values.sign_in import contact_attributes
from tests.unit.samples import LIST_TOKEN, OBJECT_TOKEN, TEXT_TOKEN, refusal

EMAIL, PHONE = ContactAttribute.EMAIL, ContactAttribute.PHONE_NUMBER
REMEDY = "name ContactAttribute.EMAIL, ContactAttribute.PHONE_NUMBER or both"


def test_users_sign_in_with_an_email_address_in_any_case_by_default() -> None:
    sign_in = UsernameAttributes()
    assert sign_in.attributes == (EMAIL,)
    assert sign_in.case_sensitive is False


def test_a_user_name_has_no_alias_by_default() -> None:
    assert Username().alias_attributes == ()
    assert Username().case_sensitive is False


@pytest.mark.parametrize("attributes", [[PHONE, EMAIL], {PHONE, EMAIL}, ("phone_number", "email")])
def test_sorts_the_attributes(attributes: Any) -> None:
    assert UsernameAttributes(attributes=attributes).attributes == (EMAIL, PHONE)


def test_sorts_the_aliases() -> None:
    aliases = Username(alias_attributes=frozenset(AliasAttribute)).alias_attributes
    assert aliases == tuple(sorted(AliasAttribute))


@pytest.mark.parametrize(
    ("attributes", "text"),
    [
        ([], f": must not be empty, got []; {REMEDY}, or use Username() for sign-in by user name"),
        ("email", ": must be a list, a tuple or a set, got 'email'; put it into a list"),
        (None, f": must be a list, a tuple or a set, got None; {REMEDY}"),
        (
            ["preferred_username"],
            "[0]: must be a member of ContactAttribute, got 'preferred_username'; "
            "choose from ContactAttribute.EMAIL, ContactAttribute.PHONE_NUMBER",
        ),
        (
            ["email", EMAIL],
            "[1]: must not repeat, got <ContactAttribute.EMAIL: 'email'>; name it once",
        ),
    ],
)
def test_refuses_attributes_that_cognito_refuses(attributes: Any, text: str) -> None:
    assert refusal(lambda: UsernameAttributes(attributes=attributes)) == (
        f"UsernameAttributes.attributes{text}"
    )


@pytest.mark.parametrize(
    ("aliases", "text"),
    [
        ("email", ": must be a list, a tuple or a set, got 'email'; put it into a list"),
        (
            None,
            ": must be a list, a tuple or a set, got None; "
            "name members of AliasAttribute, or leave it out for no alias",
        ),
        (
            ["nickname"],
            "[0]: must be a member of AliasAttribute, got 'nickname'; choose from "
            "AliasAttribute.EMAIL, AliasAttribute.PHONE_NUMBER, AliasAttribute.PREFERRED_USERNAME",
        ),
    ],
)
def test_refuses_aliases_that_cognito_refuses(aliases: Any, text: str) -> None:
    assert refusal(lambda: Username(alias_attributes=aliases)) == f"Username.alias_attributes{text}"


@pytest.mark.parametrize("kind", [UsernameAttributes, Username])
def test_refuses_what_is_no_flag(kind: Any) -> None:
    assert refusal(lambda: kind(case_sensitive=None)) == (
        f"{kind.__name__}.case_sensitive: must be True or False, got None; write one of them"
    )


@pytest.mark.parametrize("attributes", [[TEXT_TOKEN], LIST_TOKEN])
def test_tokens_pass(attributes: Any) -> None:
    flag: Any = OBJECT_TOKEN
    by_contact = UsernameAttributes(attributes=attributes, case_sensitive=flag)
    assert by_contact.attributes == tuple(attributes)
    by_name = Username(alias_attributes=attributes, case_sensitive=flag)
    assert by_name.alias_attributes == tuple(attributes)


@pytest.mark.parametrize(
    ("sign_in", "contacts"),
    [
        (UsernameAttributes(), (EMAIL,)),
        (UsernameAttributes(attributes=[PHONE]), (PHONE,)),
        (Username(), ()),
        (Username(alias_attributes=list(AliasAttribute)), (EMAIL, PHONE)),
        (Username(alias_attributes=[AliasAttribute.PREFERRED_USERNAME]), ()),
    ],
)
def test_names_the_addresses_that_users_sign_in_with(sign_in: Any, contacts: Any) -> None:
    assert contact_attributes(sign_in) == contacts
