"""How long tokens last, where no recorded plan shows it."""

from tests.unit.review.plans import CLIENT, change, plan, reviewed, said


def test_lifetimes_are_compared_in_seconds_and_not_by_their_numbers() -> None:
    def client(validity: int, unit: str) -> dict[str, object]:
        return {
            "name": "web",
            "access_token_validity": validity,
            "token_validity_units": [{"access_token": unit}],
        }

    assert said(plan(change(CLIENT, "web", client(60, "minutes"), client(2, "hours")))) == [
        'CH30: Stolen access tokens of "web" work for 2 hours, not 1 hour.',
    ]
    assert said(plan(change(CLIENT, "web", client(2, "hours"), client(120, "minutes")))) == []


def test_a_number_that_is_read_in_a_smaller_unit_breaks_and_in_a_larger_one_weakens() -> None:
    def client(unit: str) -> dict[str, object]:
        return {
            "name": "web",
            "refresh_token_validity": 30,
            "token_validity_units": [{"refresh_token": unit}],
        }

    shorter = reviewed(plan(change(CLIENT, "web", client("days"), client("hours"))))
    longer = reviewed(plan(change(CLIENT, "web", client("hours"), client("days"))))
    assert [(one.rule.id, one.effect) for one in shorter.findings] == [("CH31", "breaks")]
    assert [(one.rule.id, one.effect) for one in longer.findings] == [("CH31", "weakens")]


def test_a_lifetime_whose_unit_is_not_known_names_the_unit() -> None:
    client = change(
        CLIENT,
        "web",
        {"access_token_validity": 1, "token_validity_units": [{"access_token": "hours"}]},
        {"access_token_validity": 2, "token_validity_units": [{}]},
        after_unknown={"token_validity_units": [{"access_token": True}]},
    )
    result = reviewed(plan(client))
    assert result.findings == ()
    assert [(one.rule.id, one.at) for one in result.undecided] == [
        ("CH29", "token_validity_units[0].access_token"),
    ]


def test_a_lifetime_that_is_not_known_does_not_hide_another_one() -> None:
    client = change(
        CLIENT,
        "web",
        {"access_token_validity": 2, "id_token_validity": 2},
        {"id_token_validity": 1},
        after_unknown={"access_token_validity": True},
    )
    result = reviewed(plan(client))
    assert [(one.rule.id, one.at) for one in result.findings] == [("CH29", "id_token_validity")]
    assert [(one.rule.id, one.at) for one in result.undecided] == [
        ("CH29", "access_token_validity"),
    ]
