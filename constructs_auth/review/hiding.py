"""Removes what depends on a sensitive value from the results of the change rules (ADR 11)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from constructs_auth.review.change import Change
from constructs_auth.review.findings import Answers, ChangeFinding, ChangeUndecided, Dependent
from constructs_auth.review.plan import Plan
from constructs_auth.review.rule import ChangeRule
from constructs_auth.rules.hiding import shown, shown_argument
from constructs_auth.terraform.block import top_argument
from constructs_auth.terraform.sensitive import NOT_SHOWN, Texts


def hidden(answers: Answers, others: Sequence[tuple[Answers, Texts]]) -> Answers:
    """Return *answers* without what is different for a counterpart.

    Args:
        answers: The answers for the plan.
        others: The answers for each of its counterparts, and the values of that.
    """
    if not others:
        return answers
    said = [(_by_place(one), values) for one, values in others]
    return Answers(
        findings=tuple(_finding(one, said) for one in answers.findings),
        undecided=tuple(_undecided(one, said) for one in answers.undecided),
    )


def without_sensitive_causes(plan: Plan) -> Plan:
    """Return *plan* with only the top-level argument of causes that depend on a secret."""
    if not plan.counterparts:
        return plan
    known = [
        {(change.address, cause) for change in other.changes for cause in change.causes}
        for other in plan.counterparts
    ]
    changes: list[Change] = []
    for change in plan.changes:
        causes = tuple(
            cause if all((change.address, cause) in one for one in known) else top_argument(cause)
            for cause in change.causes
        )
        changes.append(change if causes == change.causes else replace(change, causes=causes))
    return replace(plan, changes=tuple(changes))


@dataclass(frozen=True, slots=True)
class _Said:
    """What one change rule says of one resource in a counterpart.

    Attributes:
        texts: The texts of its findings.
        remedies: Their remedies.
        reasons: The reasons of its undecided results.
        at: The arguments of both.
        dependents: The texts of the consequences of its findings, by address.
    """

    texts: set[str] = field(default_factory=set)
    remedies: set[str] = field(default_factory=set)
    reasons: set[str] = field(default_factory=set)
    at: set[str] = field(default_factory=set)
    dependents: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


_ByPlace: TypeAlias = Mapping[tuple[str, str], _Said]


def _by_place(answers: Answers) -> _ByPlace:
    found: dict[tuple[str, str], _Said] = defaultdict(_Said)
    for finding in answers.findings:
        said = found[finding.rule.id, finding.change.address]
        said.texts.add(finding.text)
        said.remedies.add(finding.remedy)
        said.at.add(finding.at)
        for one in finding.dependents:
            said.dependents[one.change.address].add(one.text)
    for undecided in answers.undecided:
        said = found[undecided.rule.id, undecided.change.address]
        said.reasons.add(undecided.why)
        said.at.add(undecided.at)
    return found


def _finding(finding: ChangeFinding, others: Sequence[tuple[_ByPlace, Texts]]) -> ChangeFinding:
    said = _of(finding.rule, finding.change, others)
    title = f"{finding.rule.title}: {NOT_SHOWN}."
    return replace(
        finding,
        text=shown(finding.text, [(one.texts, values) for one, values in said], instead=title),
        at=shown_argument(finding.at, [(one.at, values) for one, values in said]),
        remedy=shown(
            finding.remedy,
            [(one.remedies, values) for one, values in said],
            instead=finding.rule.remedy,
        ),
        dependents=tuple(_dependent(one, said) for one in finding.dependents),
    )


def _dependent(dependent: Dependent, said: Sequence[tuple[_Said, Texts]]) -> Dependent:
    texts = [(one.dependents.get(dependent.change.address, ()), values) for one, values in said]
    instead = f"{NOT_SHOWN.capitalize()}."
    return replace(dependent, text=shown(dependent.text, texts, instead=instead))


def _undecided(
    undecided: ChangeUndecided, others: Sequence[tuple[_ByPlace, Texts]]
) -> ChangeUndecided:
    said = _of(undecided.rule, undecided.change, others)
    reasons = [(one.reasons, values) for one, values in said]
    return replace(
        undecided,
        why=shown(undecided.why, reasons, instead=NOT_SHOWN),
        at=shown_argument(undecided.at, [(one.at, values) for one, values in said]),
    )


def _of(
    rule: ChangeRule, change: Change, others: Sequence[tuple[_ByPlace, Texts]]
) -> Sequence[tuple[_Said, Texts]]:
    return [(one.get((rule.id, change.address), _Said()), values) for one, values in others]
