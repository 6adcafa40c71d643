"""How the names of roles begin."""

import re

import pytest
from hypothesis import given, strategies as st

from constructs_auth._iam import policy_document, role_name_prefix


@pytest.mark.parametrize(
    ("owner", "suffix", "prefix"),
    [
        ("identities", "administrators", "identities-administrators-"),
        ("People of Acme", "sms", "People-of-Acme-sms-"),
        ("users-of-the-whole-company-in-europe", "sms", "users-of-the-whole-company-in-eur-sms-"),
        ("identities", "x" * 40, f"{'x' * 37}-"),
    ],
)
def test_a_prefix_names_owner_and_role(owner: str, suffix: str, prefix: str) -> None:
    """The role is what tells one from the other, so the owner is shortened first."""
    assert role_name_prefix(owner, suffix) == prefix


@given(st.text(), st.text(min_size=1))
def test_a_prefix_is_one_that_iam_and_terraform_take(owner: str, suffix: str) -> None:
    """IAM's RoleName is up to 64 characters, of which Terraform fills 26."""
    assert re.fullmatch(r"[a-zA-Z0-9_+=,.@-]{1,38}", role_name_prefix(owner, suffix))


def test_a_policy_is_written_in_one_order() -> None:
    assert policy_document({"Effect": "Allow", "Action": "sns:Publish"}) == (
        '{"Statement": [{"Action": "sns:Publish", "Effect": "Allow"}], "Version": "2012-10-17"}'
    )
