"""What the rules of `check` say of the planned values, and what of it this plan brings in."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from constructs_auth.review.change import Action
from constructs_auth.review.plan import Plan
from constructs_auth.rules.accepted import Accepted
from constructs_auth.rules.judge import Finding, judge
from constructs_auth.rules.profile import Profile
from constructs_auth.rules.rule import Context, Rule, Violation

_QUIET = frozenset({Action.NOTHING, Action.MOVE, Action.IMPORT, Action.READ})
_INDEX = re.compile(r"\[\d+\]")

_Place = tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks:
    """What `check` would say after the apply, next to what it says now.

    Attributes:
        new: What this plan brings in, the worst first.
        accepted: What this plan brings in and somebody accepts.
        old: How many findings were there before and stay.
        unknown: How many rules cannot be answered before the apply.
    """

    new: tuple[Finding, ...]
    accepted: tuple[Finding, ...]
    old: int
    unknown: int


def compare_checks(
    plan: Plan,
    *,
    rules: Sequence[Rule],
    profile: Profile,
    accepted: Sequence[Accepted],
    today: date,
) -> Checks:
    """Judge *plan* as it will be, and tell apart what was there before."""
    report = judge(plan.after, rules=rules, profile=profile, accepted=accepted, today=today)
    findings = (*report.findings, *report.accepted)
    is_quiet = all(change.action in _QUIET for change in plan.changes)
    new = [] if is_quiet else _new(findings, plan, profile)
    return Checks(
        new=tuple(finding for finding in new if finding.accepted is None),
        accepted=tuple(finding for finding in new if finding.accepted is not None),
        old=len(findings) - len(new),
        unknown=len(report.undecided),
    )


def _new(findings: Sequence[Finding], plan: Plan, profile: Profile) -> list[Finding]:
    """Find what was not there before, though members of sets change their places.

    Of one argument, another value that is wrong as well is not new; of a set, it is. What is
    wrong with noise was there before: the provider only writes it in another way.
    """
    before = _texts_before(findings, plan, profile)
    noise = {
        (change.address, at)
        for change in plan.changes
        if change.before is not None
        for at in change.folded
    }
    left: list[Finding] = []
    for finding in findings:
        known = before[_place(finding)]
        if known[finding.text]:
            known[finding.text] -= 1
        elif (finding.resource.address, finding.at) not in noise:
            left.append(finding)
    new: list[Finding] = []
    for finding in left:
        known = before[_place(finding)]
        another = next((text for text, count in known.items() if count), None)
        if another is None or finding.at.endswith("]"):
            new.append(finding)
        else:
            known[another] -= 1
    return new


def _texts_before(
    findings: Sequence[Finding], plan: Plan, profile: Profile
) -> dict[_Place, Counter[str]]:
    """Ask the rules that find something afterwards what they find now, of the same resources."""
    context = Context(configuration=plan.before, profile=profile)
    resources = {resource.address: resource for resource in plan.before.resources}
    texts: dict[_Place, Counter[str]] = defaultdict(Counter)
    asked = {(finding.rule.id, finding.resource.address): finding for finding in findings}
    for (rule, address), finding in asked.items():
        resource = resources.get(address)
        for answer in finding.rule.ask(resource, context) if resource is not None else ():
            if isinstance(answer, Violation):
                texts[rule, address, _INDEX.sub("", answer.at)][answer.text] += 1
    return texts


def _place(finding: Finding) -> _Place:
    return finding.rule.id, finding.resource.address, _INDEX.sub("", finding.at)
