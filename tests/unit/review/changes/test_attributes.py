"""What is said of attributes, where no recorded plan shows it."""

from tests.unit.review.plans import POOL, change, plan, reviewed


def test_an_attribute_whose_name_is_not_known_is_named() -> None:
    pool = change(
        POOL,
        "users",
        {"schema": [{"name": "team"}]},
        {"schema": [{"attribute_data_type": "String"}]},
        after_unknown={"schema": [{"name": True}]},
    )
    result = reviewed(plan(pool))
    assert result.findings == ()
    assert [(one.rule.id, one.at, one.why) for one in result.undecided] == [
        ("CH20", "schema[0].name", "known after apply"),
    ]
