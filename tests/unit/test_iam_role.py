"""The role that gets a policy."""

from typing import Any

import pytest
from hypothesis import given, strategies as st

from constructs_auth.values.user_pool_grant import role_name_of
from tests.unit.samples import KEY_ARN, OBJECT_TOKEN, ROLE_ARN, TEXTS, refusal

REMEDY = "give the construct of the role, or write its name"


class RoleConstruct:
    """A role as a construct."""

    name = "${TfToken[TOKEN.1]}"
    arn = "${TfToken[TOKEN.2]}"


class OwnRole:
    """A role of this package."""

    role_name = "${TfToken[TOKEN.3]}"
    role_arn = "${TfToken[TOKEN.4]}"


@pytest.mark.parametrize(
    ("role", "name"),
    [
        ("support", "support"),
        (ROLE_ARN, "sms"),
        ("arn:aws:iam::123456789012:role/service/eu/support", "support"),
        (RoleConstruct(), "${TfToken[TOKEN.1]}"),
        (OwnRole(), "${TfToken[TOKEN.3]}"),
        *((token, token) for token in TEXTS),
    ],
)
def test_a_role_has_a_name(role: Any, name: str) -> None:
    assert role_name_of("X.role", role) == name


@given(
    st.lists(st.from_regex(r"[a-z]{1,9}", fullmatch=True), max_size=3),
    st.from_regex(r"[a-zA-Z0-9_+=,.@-]{1,64}", fullmatch=True),
)
def test_the_name_in_an_arn_is_its_last_part(path: list[str], name: str) -> None:
    arn = f"arn:aws:iam::123456789012:role/{'/'.join([*path, name])}"
    assert role_name_of("X.role", arn) == name


@pytest.mark.parametrize(
    ("role", "rule"),
    [
        ("the support", "must be 1 to 64 characters, letters, digits and _ + = , . @ -"),
        ("service/support", "must be 1 to 64 characters, letters, digits and _ + = , . @ -"),
        ("a" * 65, "must be 1 to 64 characters, not 65"),
        (KEY_ARN, "must be an ARN of the service iam"),
        ("arn:aws:iam::123456789012:user/support", "must be the ARN of a role"),
        (3, "must be a role or a text"),
        (OBJECT_TOKEN, "must be a role or a text"),
    ],
)
def test_refuses_what_is_no_role(role: Any, rule: str) -> None:
    expected = f"X.role: {rule}, got {role!r}; {REMEDY}"
    assert refusal(lambda: role_name_of("X.role", role)) == expected
