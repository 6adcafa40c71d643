"""How accounts are recovered, where no recorded plan shows it."""

from tests.unit.review.plans import POOL, change, plan, reviewed


def test_a_priority_that_is_not_known_is_named() -> None:
    def pool(**first: object) -> dict[str, object]:
        mechanisms = [{"name": "verified_email", **first}, {"name": "admin_only", "priority": 2}]
        return {"account_recovery_setting": [{"recovery_mechanism": mechanisms}]}

    document = plan(
        change(
            POOL,
            "users",
            pool(priority=1),
            pool(),
            after_unknown={
                "account_recovery_setting": [{"recovery_mechanism": [{"priority": True}, {}]}]
            },
        )
    )
    result = reviewed(document)
    assert result.findings == ()
    assert [(one.rule.id, one.at) for one in result.undecided] == [
        ("CH17", "account_recovery_setting[0].recovery_mechanism[0].priority"),
    ]
