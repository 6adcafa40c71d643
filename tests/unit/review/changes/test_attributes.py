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


def test_constraints_that_are_not_known_are_no_change_of_the_attribute() -> None:
    def pool(**bounds: str) -> dict[str, object]:
        return {"schema": [{"name": "team", "string_attribute_constraints": [bounds]}]}

    document = plan(
        change(
            POOL,
            "users",
            pool(max_length="64"),
            pool(),
            after_unknown={"schema": [{"string_attribute_constraints": [{"max_length": True}]}]},
        )
    )
    result = reviewed(document)
    assert result.findings == ()
    assert [(one.rule.id, one.at) for one in result.undecided] == [("CH20", 'schema["team"]')]
