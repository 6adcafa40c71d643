"""What is said of plans that real Terraform made."""

import re

import pytest

from constructs_auth.review.registry import CHANGE_RULES
from tests.plans.all_cases import CASES
from tests.plans.case import PlanCase
from tests.plans.cases import quiet, replaced, silent
from tests.plans.record import RECORDED
from tests.plans.verdicts import described, plan_of, recorded, reviewed, verdicts

VERDICTS = verdicts()
NAMES = [case.name for case in CASES]
BESIDE_THE_PLAN = {"CH46", "CH47", "CH48", "CH49", "CR21", "CR27"}
PROVIDER = {"CR28"}
DRIFT = {"CR19", "CR20"}
AROUND_COGNITO = {"CR16", "CR22", "CR23", "CR24", "CR25", "CR26"}
IN_OPENTOFU = {"CR17"}
IN_PROVIDER_6 = {"CH45", "CR15"}


@pytest.mark.parametrize("name", NAMES)
def test_each_recorded_plan_gets_its_verdict(name: str) -> None:
    assert described(reviewed(name)) == VERDICTS[name]


def test_each_plan_has_a_verdict_and_each_verdict_a_plan() -> None:
    assert sorted(NAMES) == sorted(VERDICTS)
    assert sorted(NAMES) == sorted(file.stem for file in RECORDED.glob("*.json"))


@pytest.mark.parametrize("case", replaced.CASES, ids=lambda case: case.name)
def test_each_replacing_attribute_is_reported(case: PlanCase) -> None:
    result = reviewed(case.name)
    for one in result.plan.changes:
        if one.action == "replace":
            reported = [finding.change.address for finding in result.findings]
            reported += [
                found.change.address for each in result.findings for found in each.dependents
            ]
            assert one.address in reported


@pytest.mark.parametrize("case", silent.CASES, ids=lambda case: case.name)
def test_what_terraform_does_not_do_is_not_reported(case: PlanCase) -> None:
    assert VERDICTS[case.name] == "Nothing."
    assert [one.action for one in plan_of(case.name).changes] == ["no-op"]


@pytest.mark.parametrize("case", quiet.CASES, ids=lambda case: case.name)
def test_a_plan_of_nothing_or_of_new_resources_alone_is_quiet(case: PlanCase) -> None:
    result = reviewed(case.name)
    assert result.findings == ()
    assert result.undecided == ()


def test_every_change_of_the_catalogue_has_a_rule() -> None:
    assert {rule.id for rule in CHANGE_RULES} >= {f"CH{number:02}" for number in range(1, 48)}


def test_every_rule_that_can_be_is_shown_by_a_real_plan() -> None:
    shown = set(re.findall(r"^- (\w+) ", "\n".join(VERDICTS.values()), re.MULTILINE))
    not_recorded = IN_PROVIDER_6 | BESIDE_THE_PLAN | PROVIDER | DRIFT | AROUND_COGNITO | IN_OPENTOFU
    assert {rule.id for rule in CHANGE_RULES} - shown == not_recorded


def test_a_recorded_plan_names_the_versions_that_made_it() -> None:
    document = recorded("no_change")
    assert document["terraform_version"] == "1.11.4"
    assert document["configuration"]["provider_config"]["aws"]["version_constraint"] == "5.100.0"
