"""Accepted findings: read with care, used once, and never hiding more than they say."""

import json
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from constructs_auth.errors import UnreadableError
from constructs_auth.rules.accepted import Accepted, read_accepted_file
from constructs_auth.rules.in_place import accepted_by
from constructs_auth.rules.judge import Report, judge
from constructs_auth.rules.profile import STANDARD
from constructs_auth.rules.registry import RULES
from constructs_auth.rules.rule import Severity
from constructs_auth.rules.synthesized import joined
from constructs_auth.terraform.hcl.written import Comment
from constructs_auth.terraform.plan_json import read_plan
from constructs_auth.terraform.terraform_json import read_document
from tests.unit.rules.cases import POOL

DAY = date(2026, 6, 30)
REMEDY = (
    'write {"accepted": [{"rule": "CG113", "address": "aws_cognito_user_pool.users", '
    '"reason": "…", "until": "2027-06-30"}]}'
)


def entry(**changed: Any) -> Accepted:
    """Accept that the pool `users` has no deletion protection."""
    known: dict[str, Any] = {"rule": "CG101", "address": f"{POOL}.users", "reason": "A test."}
    return Accepted(**(known | changed))


def judged(*accepted: Accepted) -> Report:
    """Judge two pools by the rule of deletion protection alone."""
    return judge(
        read_document({"resource": {POOL: {"users": {}, "others": {}}}}),
        rules=[rule for rule in RULES if rule.id == "CG101"],
        profile=STANDARD,
        accepted=accepted,
        today=DAY,
    )


def test_it_takes_off_the_finding_of_one_resource() -> None:
    report = judged(entry())

    assert [finding.resource.address for finding in report.findings] == [f"{POOL}.others"]
    (accepted,) = report.accepted
    assert accepted.accepted == entry()
    assert report.stale == ()


def test_it_may_name_the_rule_by_its_slug() -> None:
    by_slug = entry(rule="deletion-protection-active")
    report = judged(by_slug)

    assert [finding.resource.address for finding in report.findings] == [f"{POOL}.others"]
    assert [finding.accepted for finding in report.accepted] == [by_slug]
    assert report.stale == ()


def test_of_two_that_name_one_rule_by_id_and_by_slug_the_first_counts() -> None:
    by_slug, by_id = entry(rule="deletion-protection-active"), entry()
    of_another_rule = entry(rule="no-implicit-grant")

    assert joined([by_slug], [by_id, of_another_rule]) == (by_slug, of_another_rule)
    assert joined([by_id], [by_slug]) == (by_id,)


def test_its_last_day_counts() -> None:
    assert len(judged(entry(until=DAY)).accepted) == 1


def test_after_its_last_day_the_finding_is_back_and_the_entry_is_stale() -> None:
    report = judged(entry(until=date(2026, 6, 29)))

    assert len(report.findings) == 2
    assert [stale.why for stale in report.stale] == ["expired on 2026-06-29"]


@pytest.mark.parametrize(
    "changed", [{"rule": "CG999"}, {"rule": "no-implicit-grant"}, {"address": f"{POOL}.nobody"}]
)
def test_one_that_accepts_nothing_is_stale(changed: dict[str, str]) -> None:
    report = judged(entry(**changed))

    assert len(report.findings) == 2
    assert [stale.why for stale in report.stale] == ["matches no finding"]


def test_a_stale_entry_is_a_warning() -> None:
    report = judge(
        read_document({"resource": {}}),
        rules=RULES,
        profile=STANDARD,
        accepted=[entry()],
        today=DAY,
    )
    assert report.worst() is Severity.WARNING


def test_all_instances_are_accepted_by_the_address_without_keys() -> None:
    """A change for each tenant would be a line for each tenant."""
    document = {
        "format_version": "1.2",
        "resource_changes": [
            {
                "address": f'{POOL}.users["{tenant}"]',
                "type": POOL,
                "name": "users",
                "index": tenant,
                "change": {"after": {"deletion_protection": "INACTIVE"}},
            }
            for tenant in ("a", "b")
        ],
    }
    from_plan = read_plan(document)
    by_name = [rule for rule in RULES if rule.id == "CG101"]
    report = judge(from_plan, rules=by_name, profile=STANDARD, accepted=[entry()], today=DAY)
    assert len(report.accepted) == 2
    one = entry(address=f'{POOL}.users["a"]')
    report = judge(from_plan, rules=by_name, profile=STANDARD, accepted=[one], today=DAY)
    assert [finding.resource.key for finding in report.findings] == ["b"]


def test_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "accepted.json"
    written = {"rule": "CG101", "address": "a.b", "reason": "A reason.", "until": "2027-06-30"}
    path.write_text(json.dumps({"accepted": [written]}), encoding="utf-8")

    assert read_accepted_file(path) == (
        Accepted(rule="CG101", address="a.b", reason="A reason.", until=date(2027, 6, 30)),
    )


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ([], "accepted must be a list"),
        ({"accepted": {}}, "accepted must be a list"),
        (
            {"accepted": [{"rule": "a", "address": "b", "reason": "c", "untill": "2027-01-01"}]},
            "accepted[0] must be an object with rule, address, reason and, optionally, until",
        ),
        (
            {"accepted": [{"rule": "a", "address": "b", "reason": "\u200b \u2800"}]},
            "accepted[0].reason must be a text that is not empty",
        ),
        (
            {"accepted": [{"rule": "a", "address": "b"}]},
            "accepted[0].reason must be a text that is not empty",
        ),
        (
            {"accepted": [{"rule": "a", "address": "b", "reason": "c", "until": "tomorrow"}]},
            "accepted[0].until must be a date such as 2027-06-30",
        ),
        (
            {"accepted": [{"rule": "a", "address": "b", "reason": "c", "until": "2027-02-30"}]},
            "accepted[0].until must be a date such as 2027-06-30",
        ),
    ],
)
def test_a_file_that_may_mean_something_else_is_refused(
    tmp_path: Path, document: Any, message: str
) -> None:
    path = tmp_path / "accepted.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(UnreadableError) as caught:
        read_accepted_file(path)
    assert str(caught.value) == f"{path}: {message}; {REMEDY}"


def test_a_file_that_is_no_json_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "accepted.json"
    path.write_text("rules: []", encoding="utf-8")
    with pytest.raises(UnreadableError) as caught:
        read_accepted_file(path)
    why = "must be JSON, but: Expecting value: line 1 column 1 (char 0)"
    assert str(caught.value) == f"{path}: {why}; {REMEDY}"


def test_a_comment_with_many_spaces_takes_no_square_of_time() -> None:
    spaces = " " * 200_000
    text = f"accept CG201, a{spaces}reason{spaces}, until 2099-06-30{spaces}"
    started = time.process_time()
    accepted = accepted_by(Comment(text=text, file="a.tf", line=1, subject="aws_x.a"))
    assert time.process_time() - started < 1
    assert (accepted.reason, str(accepted.until)) == ("a reason", "2099-06-30")
