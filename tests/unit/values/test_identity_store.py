"""People of a company, and the directory that they are in."""

import re
from typing import Any

import pytest
from hypothesis import given, strategies as st

from constructs_auth import ExistingIdentityStore, PostalAddress, WorkforceUser
from tests.unit.samples import NUMBER_TOKEN, TEXT_TOKEN, TEXTS, refusal

USER_NAME = "write the e-mail address or a short name"
SHORT = "write a short text, or leave it out"
STAYS = "write a short name that does not change"


def ann(**settings: Any) -> WorkforceUser:
    """A person who is called Ann."""
    return WorkforceUser(
        **{"user_name": "ann", "given_name": "Ann", "family_name": "Archer", **settings}
    )


def test_a_person_needs_three_names_and_nothing_else() -> None:
    user = ann()
    assert user.groups == ()
    assert (user.email, user.address, user.display_name) == (None, None, None)


@pytest.mark.parametrize(
    ("user_name", "terraform_name"),
    [
        ("ann", "ann"),
        ("Ann.Archer-1", "Ann_Archer-1"),
        ("ann@acme.example", "ann_acme_example"),
        ("zoë", "zo_"),
        ("山田", "__"),
    ],
)
def test_the_terraform_name_comes_from_the_user_name(user_name: str, terraform_name: str) -> None:
    assert ann(user_name=user_name).terraform_name == terraform_name


@given(st.text(st.characters(categories=("L", "N", "S", "P")), min_size=1, max_size=128))
def test_every_user_name_gives_a_name_that_terraform_takes(user_name: str) -> None:
    name = ann(user_name=user_name).terraform_name
    assert name is not None
    assert re.fullmatch(r"[A-Za-z0-9_-]+", name)


def test_a_terraform_name_of_its_own_stays_when_the_user_name_changes() -> None:
    assert ann(user_name="anna", terraform_name="ann").terraform_name == "ann"


@pytest.mark.parametrize("token", TEXTS)
def test_tokens_pass(token: str) -> None:
    user = ann(user_name=token, given_name=token, email=token, terraform_name="ann")
    assert user.user_name is token
    assert PostalAddress(locality=token).locality is token
    assert ExistingIdentityStore(identity_store_id=token).identity_store_id is token


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (
            {"user_name": "ann archer"},
            "WorkforceUser.user_name: must be 1 to 128 characters, printable characters without "
            f"spaces, got 'ann archer'; {USER_NAME}",
        ),
        (
            {"user_name": "a" * 129},
            "WorkforceUser.user_name: must be 1 to 128 characters, not 129, "
            f"got {'a' * 129!r}; {USER_NAME}",
        ),
        (
            {"user_name": "Administrator"},
            "WorkforceUser.user_name: must not be a name that Identity Center reserves, "
            "got 'Administrator'; choose another name",
        ),
        (
            {"given_name": ""},
            "WorkforceUser.given_name: must be 1 to 1024 characters, not 0, got ''; "
            "write a short text",
        ),
        (
            {"family_name": None},
            "WorkforceUser.family_name: must be a text, got None; write a short text",
        ),
        (
            {"title": "a\x07"},
            "WorkforceUser.title: must be 1 to 1024 characters, printable characters and spaces, "
            f"got 'a\\x07'; {SHORT}",
        ),
        (
            {"email": ["ann@acme.example"]},
            f"WorkforceUser.email: must be a text, got ['ann@acme.example']; {SHORT}",
        ),
        (
            {"phone_number": NUMBER_TOKEN},
            f"WorkforceUser.phone_number: must be a text, got {NUMBER_TOKEN!r}; "
            "wrap it in Token.as_string(…)",
        ),
        (
            {"address": "1 Main Street"},
            "WorkforceUser.address: must be of type PostalAddress, got '1 Main Street'; "
            "write PostalAddress(…)",
        ),
        (
            {"groups": "engineers"},
            "WorkforceUser.groups: must be a list, a tuple or a set, got 'engineers'; "
            "put it into a list",
        ),
        (
            {"terraform_name": "ann@acme"},
            "WorkforceUser.terraform_name: must be letters, digits, _ and -, got 'ann@acme'; "
            f"{STAYS}",
        ),
        (
            {"terraform_name": TEXT_TOKEN},
            "WorkforceUser.terraform_name: must be letters, digits, _ and -, "
            f"got {TEXT_TOKEN!r}; {STAYS}",
        ),
        (
            {"user_name": TEXT_TOKEN},
            "WorkforceUser.terraform_name: must be set where user_name is a token, "
            f"got None; {STAYS}",
        ),
    ],
)
def test_a_wrong_value_is_refused(settings: dict[str, Any], message: str) -> None:
    assert refusal(lambda: ann(**settings)) == message


def test_an_address_is_for_work_and_has_short_texts() -> None:
    assert PostalAddress(country="Ireland").type == "work"
    assert refusal(lambda: PostalAddress(country="")) == (
        f"PostalAddress.country: must be 1 to 1024 characters, not 0, got ''; {SHORT}"
    )


@pytest.mark.parametrize(
    "identity_store_id",
    [
        "d-0123456789",
        "0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f",
        "arn:aws:identitystore::123456789012:identitystore/d-0123456789",
    ],
)
def test_an_identity_store_is_known_by_its_id(identity_store_id: str) -> None:
    store = ExistingIdentityStore(identity_store_id=identity_store_id, region="us-east-1")
    assert store.identity_store_id == identity_store_id


def test_refuses_what_is_no_id_of_an_identity_store() -> None:
    assert refusal(lambda: ExistingIdentityStore(identity_store_id="ssoins-0123456789abcdef")) == (
        "ExistingIdentityStore.identity_store_id: must be 1 to 93 characters, d- and 10 digits or "
        "letters from a to f, got 'ssoins-0123456789abcdef'; copy it from the settings of "
        "Identity Center, such as 'd-1234567890'"
    )


@pytest.mark.parametrize(
    ("region", "message"),
    [
        (
            "Ireland",
            "ExistingIdentityStore.region: must be the name of an AWS region, got 'Ireland'; "
            "write one such as 'eu-west-1'",
        ),
        (
            TEXT_TOKEN,
            "ExistingIdentityStore.region: must not be a token, because it selects a provider, "
            f"got {TEXT_TOKEN!r}; write one such as 'eu-west-1'",
        ),
    ],
)
def test_the_region_of_identity_center_is_known_now(region: str, message: str) -> None:
    assert (
        refusal(lambda: ExistingIdentityStore(identity_store_id="d-0123456789", region=region))
        == message
    )
