"""What is known to work is not called wrong.

The plans in `plans/of_modules` are those of AWS provider 5.100.0 for a new user pool, set up as the
examples of well-known public modules set theirs up: their defaults, their empty texts, their
`count` and `for_each`. What no reader looks at is left out.

They were planned offline (`skip_credentials_validation`, `-refresh=false`) from the documented
variables of lgallard/cognito-user-pool (`small_pool`, `complete_pool`, `email_mfa_pool`,
`hosted_sign_in_pool`: its examples simple, complete, email_mfa, with_branding),
mineiros-io/cognito-user-pool (`link_verified_pool`: complete) and Cloud Posse's component
(`labelled_component`).
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from constructs_auth.rules.judge import Report, judge
from constructs_auth.rules.profile import STANDARD
from constructs_auth.rules.registry import RULES
from constructs_auth.rules.rule import Family, Severity
from constructs_auth.terraform.plan_json import read_plan
from constructs_auth.terraform.terraform_json import read_document

HERE = Path(__file__).parent
PLANS = sorted((HERE / "plans" / "of_modules").glob("*.json"))
SYNTHESIZED = sorted(
    path
    for path in (HERE.parents[1] / "synth" / "__snapshots__").rglob("*.json")
    if "aws_cognito_user_pool" in path.read_text(encoding="utf-8")  # what the rules know
)
DOMAIN_ELSEWHERE = {"test_main", "test_example[passwordless]", "test_example[web_application]"}
"""Programs that accept `CVI08`, because the domain of their pages is defined elsewhere."""
POOL_ID = "${aws_cognito_user_pool.users.id}"
VALIDITY = [rule for rule in RULES if rule.family is Family.VALIDITY]


def judged_plan(document: Mapping[str, Any]) -> Report:
    """Ask all validity rules of a plan."""
    return judge(read_plan(document), rules=VALIDITY, profile=STANDARD, today=date(2026, 1, 1))


def read_json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def findings(report: Report, severities: Iterable[Severity] = tuple(Severity)) -> list[str]:
    """Write the findings of *severities* for a reader."""
    return [
        f"{finding.rule.id} {finding.resource.address}: {finding.at}: {finding.text}"
        for finding in report.findings
        if finding.severity in severities
    ]


def test_the_files_are_found() -> None:
    """Otherwise the tests below could pass on nothing."""
    assert len(PLANS) == 6
    assert len(SYNTHESIZED) >= 8


@pytest.mark.parametrize("path", SYNTHESIZED, ids=lambda path: path.stem)
def test_what_the_constructs_write_has_no_finding(path: Path) -> None:
    written = read_json(path)
    for document in [written] if "resource" in written else written.values():
        report = judge(
            read_document(document), rules=VALIDITY, profile=STANDARD, today=date(2026, 1, 1)
        )
        assert report.resources >= 2
        elsewhere = {"CVI08"} if path.stem in DOMAIN_ELSEWHERE else set()
        assert {finding.rule.id for finding in report.findings} == elsewhere


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_what_public_modules_plan_has_no_error(path: Path) -> None:
    report = judged_plan(read_json(path))
    assert report.resources >= 1
    assert findings(report, [Severity.ERROR]) == []


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_a_mistake_in_their_plans_is_found(path: Path) -> None:
    document = read_json(path)
    change = next(
        change
        for change in document["resource_changes"]
        if change["type"] == "aws_cognito_user_pool"
    )
    change["change"]["after"]["name"] = "users/eu"
    assert findings(judged_plan(document), [Severity.ERROR]) == [
        f"CVA01 {change['address']}: name: must be 1 to 128 characters, letters, digits, spaces "
        "and _ + = , . @ -, got 'users/eu'"
    ]


@pytest.mark.parametrize(
    ("kind", "one"),
    [
        ("aws_cognito_user_pool_domain", {"domain": "acme", "user_pool_id": POOL_ID}),
        ("aws_cognito_log_delivery_configuration", {"user_pool_id": POOL_ID}),
        ("aws_cognito_risk_configuration", {"user_pool_id": POOL_ID}),
        ("aws_cognito_user_pool_ui_customization", {"user_pool_id": POOL_ID, "css": ".a {}"}),
        ("aws_wafv2_web_acl_association", {"resource_arn": POOL_ID.replace(".id", ".arn")}),
    ],
)
def test_of_two_of_which_a_count_chooses_one_none_is_a_second_one(
    kind: str, one: Mapping[str, Any]
) -> None:
    document = {
        "resource": {
            "aws_cognito_user_pool": {"users": {"name": "users"}},
            kind: {
                "a": {**one, "count": "${var.old ? 1 : 0}"},
                "b": {**one, "count": "${var.old ? 0 : 1}"},
            },
        }
    }
    report = judge(
        read_document(document), rules=VALIDITY, profile=STANDARD, today=date(2026, 1, 1)
    )
    assert [finding for finding in findings(report) if "second one" in finding] == []
