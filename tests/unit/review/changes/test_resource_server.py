"""Which scopes there are, where no recorded plan shows it."""

from tests.unit.review.plans import change, plan, reviewed


def test_a_scope_that_is_not_known_is_named() -> None:
    server = change(
        "aws_cognito_resource_server",
        "orders",
        {"identifier": "orders", "scope": [{"scope_name": "read"}]},
        {"identifier": "orders", "scope": [{"scope_description": "Read"}]},
        after_unknown={"scope": [{"scope_name": True}]},
    )
    result = reviewed(plan(server))
    assert result.findings == ()
    assert [(one.rule.id, one.at, one.why) for one in result.undecided] == [
        ("CH28B", "scope[0].scope_name", "known after apply"),
    ]
