"""Removes texts that depend on a sensitive value from the results of change rules (ADR 11)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from constructs_auth.review.change import Change
from constructs_auth.review.findings import Answers, ChangeFinding, ChangeUndecided, Dependent
from constructs_auth.review.plan import Plan
from constructs_auth.review.rule import ChangeRule
from constructs_auth.rules.hiding import Common, in_common
from constructs_auth.terraform.block import top_argument
from constructs_auth.terraform.sensitive import NOT_SHOWN, Texts


def hidden(answers: Answers, others: Sequence[tuple[Answers, Texts]]) -> Answers:
    """Return *answers* without texts that differ for a counterpart.

    Args:
        answers: The answers for the plan.
        others: The answers for each of its counterparts, and the values of that.
    """
    if not others:
        return answers
    said = [(_by_place(one), values) for one, values in others]
    places: dict[tuple[str, str], _Place] = {}

    def place(rule: ChangeRule, change: Change) -> _Place:
        key = rule.id, change.address
        if key not in places:
            places[key] = _place([(one.get(key, _Said()), values) for one, values in said])
        return places[key]

    return Answers(
        findings=tuple(_finding(one, place(one.rule, one.change)) for one in answers.findings),
        undecided=tuple(_undecided(one, place(one.rule, one.change)) for one in answers.undecided),
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
    """The results of one change rule for one resource in a counterpart.

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


@dataclass(frozen=True, slots=True)
class _Place:
    """The results that all counterparts have in common, for one change rule and one resource."""

    texts: Common
    remedies: Common
    reasons: Common
    at: Common
    dependents: Mapping[str, Common]


def _place(said: Sequence[tuple[_Said, Texts]]) -> _Place:
    addresses = {address for one, _ in said for address in one.dependents}
    return _Place(
        texts=in_common([(one.texts, values) for one, values in said]),
        remedies=in_common([(one.remedies, values) for one, values in said]),
        reasons=in_common([(one.reasons, values) for one, values in said]),
        at=in_common([(one.at, values) for one, values in said]),
        dependents={
            address: in_common([(one.dependents.get(address, ()), values) for one, values in said])
            for address in addresses
        },
    )


def _finding(finding: ChangeFinding, place: _Place) -> ChangeFinding:
    title = f"{finding.rule.title}: {NOT_SHOWN}."
    return replace(
        finding,
        text=place.texts.shown(finding.text, instead=title),
        at=place.at.shown_argument(finding.at),
        remedy=place.remedies.shown(finding.remedy, instead=finding.rule.remedy),
        dependents=tuple(_dependent(one, place) for one in finding.dependents),
    )


def _dependent(dependent: Dependent, place: _Place) -> Dependent:
    instead = f"{NOT_SHOWN.capitalize()}."
    texts = place.dependents.get(dependent.change.address)
    text = instead if texts is None else texts.shown(dependent.text, instead=instead)
    return replace(dependent, text=text)


def _undecided(undecided: ChangeUndecided, place: _Place) -> ChangeUndecided:
    return replace(
        undecided,
        why=place.reasons.shown(undecided.why, instead=NOT_SHOWN),
        at=place.at.shown_argument(undecided.at),
    )
