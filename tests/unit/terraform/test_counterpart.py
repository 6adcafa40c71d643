"""Counterparts have other values in place of secret ones, and the same ones elsewhere."""

import copy

import pytest

from constructs_auth.facts.secret_names import UNREAD
from constructs_auth.review.findings import ask
from constructs_auth.review.plan import read
from constructs_auth.review.registry import CHANGE_RULES
from constructs_auth.rules.judge import judge
from constructs_auth.rules.profile import STRICT
from constructs_auth.rules.registry import RULES
from constructs_auth.terraform.counterpart import Counterpart, Form, secrets_of
from constructs_auth.terraform.sensitive import Copies
from tests.plans.record import RECORDED
from tests.plans.verdicts import TODAY, recorded
from tests.unit.review.plans import CLIENT, change, plan

UNUSED = {
    "name": "web",
    "access_token_validity": 60,
    "callback_urls": ["https://a.example"],
    "enable_token_revocation": True,
    "tags": {"note": "Q"},
}


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("name", UNUSED)
def test_only_what_is_marked_is_another_value(form: Form, name: str) -> None:
    document = plan(change(CLIENT, "web", None, UNUSED, after_sensitive={name: True}))
    other = Counterpart(form, Copies(())).of_plan(document)
    values = other["resource_changes"][0]["change"]["after"]
    assert [key for key in UNUSED if values[key] != UNUSED[key]] == [name]


def test_a_plan_without_secrets_is_its_own_counterpart() -> None:
    document = plan(change(CLIENT, "web", None, UNUSED))
    assert not secrets_of(document)
    assert Counterpart(Form.ALIKE, Copies(())).of_plan(document) is document


def test_no_rule_reads_the_secrets_that_have_no_counterpart() -> None:
    (argument,) = {argument for _, (argument,) in UNREAD}
    kinds = {kind for kind, _ in UNREAD}
    for path in sorted(RECORDED.glob("*client*.json")):
        document = recorded(path.stem)
        other = copy.deepcopy(document)
        for entry in other["resource_changes"]:
            for side in ("before", "after"):
                values = entry["change"].get(side)
                if entry["type"] in kinds and values and values.get(argument):
                    values[argument] = "another one, of another length"
        said = []
        for one in (document, other):
            given = read(one, name="plan.json")
            answers = ask(given, CHANGE_RULES)
            report = judge(given.after, rules=RULES, profile=STRICT, today=TODAY)
            said.append(
                (
                    [(finding.rule.id, finding.text) for finding in answers.findings],
                    [(finding.rule.id, finding.text) for finding in report.findings],
                    [(finding.rule.id, finding.why) for finding in report.undecided],
                )
            )
        assert said[0] == said[1]
