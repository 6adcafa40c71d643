"""What becomes of multi-factor authentication, where no recorded plan shows it."""

from tests.unit.review.plans import POOL, change, plan, reviewed


def test_a_value_that_only_the_apply_tells_is_unknown_and_no_finding() -> None:
    pool = change(
        POOL,
        "users",
        {"name": "acme", "mfa_configuration": "ON"},
        {"name": "acme"},
        after_unknown={"mfa_configuration": True},
    )
    result = reviewed(plan(pool))
    assert result.findings == ()
    assert [(one.rule.id, one.at, one.why) for one in result.undecided] == [
        ("CH02", "mfa_configuration", "known after apply"),
    ]


def test_a_factor_that_goes_with_mfa_is_no_finding_of_its_own() -> None:
    pool = change(
        POOL,
        "users",
        {"mfa_configuration": "ON", "software_token_mfa_configuration": [{"enabled": True}]},
        {"mfa_configuration": "OFF"},
    )
    assert [finding.rule.id for finding in reviewed(plan(pool)).findings] == ["CH02"]


def test_a_factor_that_goes_is_a_finding_where_mfa_is_not_known() -> None:
    pool = change(
        POOL,
        "users",
        {"mfa_configuration": "ON", "software_token_mfa_configuration": [{"enabled": True}]},
        {},
        after_unknown={"mfa_configuration": True},
    )
    result = reviewed(plan(pool))
    assert [finding.rule.id for finding in result.findings] == ["CH04"]
    assert [one.rule.id for one in result.undecided] == ["CH02"]


def test_a_block_of_e_mail_without_texts_does_not_keep_mfa_from_being_turned_off() -> None:
    """The provider sends the block only if it has a text before or after."""

    def pool(mode: str, **texts: str) -> dict[str, object]:
        return {"mfa_configuration": mode, "email_mfa_configuration": [texts]}

    emptied = change(POOL, "users", pool("OPTIONAL"), pool("OFF"))
    assert [finding.rule.id for finding in reviewed(plan(emptied)).findings] == ["CH02"]
    filled = change(POOL, "users", pool("OPTIONAL", subject="Code"), pool("OFF"))
    assert [finding.rule.id for finding in reviewed(plan(filled)).findings] == ["CH02B"]
