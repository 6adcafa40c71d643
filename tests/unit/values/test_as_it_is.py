"""What an imported resource can leave as it is."""

from datetime import timedelta

import pytest

from constructs_auth import (
    AS_IT_IS,
    InvalidValueError,
    InvitationMessages,
    StandardAttribute,
    StandardAttributeName,
    StringAttribute,
    TokenValidity,
    Username,
    UsernameAttributes,
)


def test_values_accept_it_where_an_imported_pool_may_have_nothing() -> None:
    assert Username(case_sensitive=AS_IT_IS).case_sensitive is AS_IT_IS
    assert UsernameAttributes(case_sensitive=AS_IT_IS).case_sensitive is AS_IT_IS
    team = StringAttribute(name="team", min_length=AS_IT_IS, max_length=256)
    assert (team.min_length, team.max_length) == (AS_IT_IS, 256)
    email = StandardAttribute(
        name=StandardAttributeName.EMAIL, min_length=AS_IT_IS, max_length=AS_IT_IS
    )
    assert (email.min_length, email.max_length) == (AS_IT_IS, AS_IT_IS)
    assert InvitationMessages(sms_message=AS_IT_IS).sms_message is AS_IT_IS


def test_a_program_reads_it_by_its_name() -> None:
    assert repr(AS_IT_IS) == "AS_IT_IS"


def test_the_other_bound_is_checked() -> None:
    with pytest.raises(InvalidValueError, match=r"StringAttribute\.max_length: must be"):
        StringAttribute(name="team", min_length=AS_IT_IS, max_length=3000)


def test_a_time_of_tokens_is_given_or_all_are_left() -> None:
    with pytest.raises(InvalidValueError, match=r"TokenValidity\.access_token: must be"):
        TokenValidity(access_token=AS_IT_IS, id_token=timedelta(hours=1))  # type: ignore[arg-type] # on purpose
