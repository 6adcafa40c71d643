"""By which flows people sign in, where no recorded plan shows it."""

from tests.unit.review.plans import CLIENT, change, plan, reviewed


def test_rotation_that_takes_the_refresh_flow_away_is_reported_once() -> None:
    client = change(
        CLIENT,
        "web",
        {"name": "web", "explicit_auth_flows": ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_AUTH"]},
        {
            "name": "web",
            "explicit_auth_flows": ["ALLOW_USER_AUTH"],
            "refresh_token_rotation": [{"feature": "ENABLED"}],
        },
    )
    assert [finding.rule.id for finding in reviewed(plan(client)).findings] == ["CH34"]


def test_a_refresh_flow_that_goes_is_a_finding_where_rotation_is_not_known() -> None:
    client = change(
        CLIENT,
        "web",
        {"explicit_auth_flows": ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_AUTH"]},
        {"explicit_auth_flows": ["ALLOW_USER_AUTH"], "refresh_token_rotation": [{}]},
        after_unknown={"refresh_token_rotation": [{"feature": True}]},
    )
    result = reviewed(plan(client))
    assert [finding.rule.id for finding in result.findings] == ["CH25"]
    assert [one.rule.id for one in result.undecided] == ["CH34"]
