"""Reviews a plan: what its changes mean, which findings they introduce, and which are accepted."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from constructs_auth.review.acceptance import stale
from constructs_auth.review.change import Action, Change
from constructs_auth.review.findings import Answers, ChangeFinding, ChangeUndecided, ask
from constructs_auth.review.fingerprint import fingerprint
from constructs_auth.review.hiding import hidden, without_sensitive_causes
from constructs_auth.review.plan import Plan
from constructs_auth.review.registry import CHANGE_RULES
from constructs_auth.review.source import TerraformSource
from constructs_auth.rules import alike
from constructs_auth.rules.accepted import Accepted
from constructs_auth.rules.hiding import Others
from constructs_auth.rules.judge import Finding, Stale, judge
from constructs_auth.rules.profile import Profile
from constructs_auth.rules.registry import RULES
from constructs_auth.rules.rule import Context, Rule, Severity, Violation

_QUIET = frozenset({Action.NOTHING, Action.MOVE, Action.IMPORT, Action.READ})
_INDEX = re.compile(r"\[\d+\]")

_Place = tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks:
    """The findings of `check` after the apply, compared with those before.

    Attributes:
        new: The findings that this plan introduces, by severity.
        accepted: The findings that this plan introduces and that are accepted.
        old: How many findings exist before and after.
        unknown: How many results are not known before the apply.
        used: The entries that accept a finding, new or old.
    """

    new: tuple[Finding, ...]
    accepted: tuple[Finding, ...]
    old: int
    unknown: int
    used: frozenset[Accepted] = frozenset()


def compare_checks(
    plan: Plan,
    *,
    rules: Sequence[Rule],
    profile: Profile,
    accepted: Sequence[Accepted],
    today: date,
) -> Checks:
    """Judge the resources after the apply, and separate findings that existed before."""
    report = judge(plan.after, rules=rules, profile=profile, accepted=accepted, today=today)
    findings = (*report.findings, *report.accepted)
    is_quiet = all(change.action in _QUIET for change in plan.changes)
    others = Others([(one.after, one.stand_ins) for one in plan.counterparts], profile)
    new = others.hidden_findings([] if is_quiet else _new(findings, plan, profile))
    return Checks(
        new=tuple(finding for finding in new if finding.accepted is None),
        accepted=tuple(finding for finding in new if finding.accepted is not None),
        old=len(findings) - len(new),
        unknown=len(report.undecided),
        used=frozenset(one.accepted for one in report.accepted if one.accepted is not None),
    )


def _new(findings: Sequence[Finding], plan: Plan, profile: Profile) -> list[Finding]:
    """Return the findings that this plan introduces.

    If an argument is wrong before and after, the finding is not new, even with another value. In
    a set it is new, but members that only changed their position are not. Differences without
    meaning introduce no finding: the provider only writes the value in another way.
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
    """Return the findings before the apply of the same rules on the same resources.

    A renamed resource counts as the same, and so does one that the provider no longer finds. If
    somebody changed a resource outside of Terraform, rules see its present values, also where they
    judge another one.
    """
    resources = {resource.address: resource for resource in plan.recorded.resources}
    resources |= {resource.address: resource for resource in plan.before.resources}
    # Rules ask which of several resources is the first, so all that is asked about is in there.
    present = set(map(id, plan.before.resources))
    configuration = plan.recorded.with_resources(
        tuple(
            one if id(one) in present else resources[one.address] for one in plan.recorded.resources
        )
    )
    resources |= {new: resources[old] for old, new in plan.renames.items() if old in resources}
    asked: dict[str, set[str]] = defaultdict(set)
    for finding in findings:
        asked[finding.resource.address].add(finding.rule.id)
    answers = alike.Answers(
        {finding.rule.id: finding.rule for finding in findings}.values(),
        Context(configuration=configuration, profile=profile),
    )
    texts: dict[_Place, Counter[str]] = defaultdict(Counter)
    for address, rules in asked.items():
        resource = resources.get(address)
        for rule, answer in answers.of(resource, rules) if resource is not None else ():
            if isinstance(answer, Violation):
                texts[rule.id, address, _INDEX.sub("", answer.at)][answer.text] += 1
    return texts


def _place(finding: Finding) -> _Place:
    return finding.rule.id, finding.resource.address, _INDEX.sub("", finding.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """The review of a plan.

    Attributes:
        plan: The plan.
        label: The name of this root module in a pull request.
        profile: The profile of `check`.
        fingerprint: The fingerprint of the plan's meaning.
        findings: The meanings of changes, by severity.
        accepted: Findings that are accepted.
        undecided: Changes whose meaning is not known before the apply.
        checks: The results of `check`.
        stale: Entries of accepted findings that have expired, or that match no finding.
        guarded: Deleted or replaced resources with prevent_destroy, if the configuration is given.
    """

    plan: Plan
    label: str
    profile: Profile
    fingerprint: str
    findings: tuple[ChangeFinding, ...] = field(repr=False)
    accepted: tuple[ChangeFinding, ...] = field(repr=False)
    undecided: tuple[ChangeUndecided, ...] = field(repr=False)
    checks: Checks = field(repr=False)
    stale: tuple[Stale, ...]
    guarded: tuple[str, ...] = ()

    def severities(self) -> Mapping[Severity, int]:
        """Count the new findings that are not accepted, by severity."""
        found = [
            *(finding.severity for finding in self.findings),
            *(finding.severity for finding in self.checks.new),
        ]
        return {one: found.count(one) for one in Severity if one in found}

    def worst(self) -> Severity | None:
        """Return the highest severity of the findings."""
        return next(iter(self.severities()), None)

    def of(self, action: Action) -> tuple[Change, ...]:
        """Return the changes with *action*, without noise."""
        return tuple(
            change
            for change in self.plan.changes
            if change.action is action and not change.is_noise
        )

    @property
    def noise(self) -> int:
        """The number of updates without any effect."""
        return sum(change.is_noise for change in self.plan.changes)

    @property
    def folded(self) -> int:
        """The number of differences without meaning, in resources with other differences."""
        return sum(
            len(change.folded)
            for change in self.plan.changes
            if change.action in {Action.UPDATE, Action.REPLACE} and not change.is_noise
        )


def meanings(
    plan: Plan, *, base: TerraformSource | None = None, source: TerraformSource | None = None
) -> Answers:
    """Return the results of all change rules for *plan*, without texts that depend on a secret.

    Args:
        plan: The plan.
        base: The Terraform JSON that is deployed, if given.
        source: The Terraform JSON of the plan, if given.
    """
    return hidden(
        ask(plan, CHANGE_RULES, base=base, source=source),
        [
            (ask(one, CHANGE_RULES, base=base, source=source), one.stand_ins)
            for one in plan.counterparts
        ],
    )


def review(
    plan: Plan,
    *,
    profile: Profile,
    accepted: Sequence[Accepted] = (),
    today: date,
    label: str = "",
    source: TerraformSource | None = None,
    base: TerraformSource | None = None,
) -> Review:
    """Review *plan*.

    Args:
        plan: The plan.
        profile: The profile of `check`.
        accepted: Accepted findings, of change rules and of `check`.
        today: The day on which entries of *accepted* may have expired.
        label: The name of this root module; by default the name of the plan.
        source: The Terraform JSON of the plan, if given.
        base: The Terraform JSON that is deployed, if given.
    """
    answers = meanings(plan, base=base, source=source)
    guarded = source.guarded if source is not None else frozenset()
    valid = [entry for entry in accepted if not entry.is_expired(today)]
    marked = [_marked(finding, valid) for finding in answers.findings]
    checks = compare_checks(plan, rules=RULES, profile=profile, accepted=valid, today=today)
    used = checks.used.union(one.accepted for one in marked if one.accepted is not None)
    return Review(
        plan=without_sensitive_causes(plan),
        label=label or plan.name,
        profile=profile,
        fingerprint=fingerprint(plan),
        findings=tuple(finding for finding in marked if finding.accepted is None),
        accepted=tuple(finding for finding in marked if finding.accepted is not None),
        undecided=answers.undecided,
        checks=checks,
        stale=tuple(stale(accepted, used, today)),
        guarded=tuple(
            change.address
            for change in plan.changes
            if change.goes and change.resource.static_address in guarded
        ),
    )


def _marked(finding: ChangeFinding, accepted: Sequence[Accepted]) -> ChangeFinding:
    addresses = {finding.change.address, finding.change.resource.static_address}
    for entry in accepted:
        if entry.rule in {finding.rule.id, finding.rule.slug} and entry.address in addresses:
            return replace(finding, accepted=entry)
    return finding
