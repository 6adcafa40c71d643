"""The units of time, held against botocore's model of the API."""

import botocore.session  # type: ignore[import-untyped]  # botocore ships no types

from constructs_auth.facts.units import DEFAULT_UNIT, SECONDS_IN

API = botocore.session.get_session().get_service_model("cognito-idp")


def test_the_units_are_those_of_the_api() -> None:
    assert set(SECONDS_IN) == set(API.shape_for("TimeUnitsType").enum)


def test_each_unit_is_as_long_as_its_parts_and_the_largest_stands_first() -> None:
    assert SECONDS_IN["minutes"] == 60 * SECONDS_IN["seconds"]
    assert SECONDS_IN["hours"] == 60 * SECONDS_IN["minutes"]
    assert SECONDS_IN["days"] == 24 * SECONDS_IN["hours"]
    assert list(SECONDS_IN.values()) == sorted(SECONDS_IN.values(), reverse=True)


def test_each_lifetime_with_a_unit_in_the_api_has_a_default() -> None:
    units = API.shape_for("TokenValidityUnitsType").members
    lifetimes = {
        "AccessToken": "access_token",
        "IdToken": "id_token",
        "RefreshToken": "refresh_token",
    }
    assert set(DEFAULT_UNIT) == {lifetimes[name] for name in units}
    assert set(DEFAULT_UNIT.values()) <= set(SECONDS_IN)
