"""Applies every change rule to every change, and groups consequences under their cause."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias, cast

from constructs_auth.facts.resource_types import (
    CLOUD_CONTROL_TERMS,
    IDENTITY_POOL,
    USER_POOL,
)
from constructs_auth.review.change import Action, Change
from constructs_auth.review.plan import Plan
from constructs_auth.review.provider_settings import PROVIDED, provider_changes
from constructs_auth.review.root_cause import Causes, find_causes
from constructs_auth.review.rule import About, ChangeRule, Effect, Meaning, Surroundings
from constructs_auth.review.source import TerraformSource
from constructs_auth.rules.accepted import Accepted
from constructs_auth.rules.alike import Alone, ReadsMoreError
from constructs_auth.rules.rule import Severity, asked
from constructs_auth.terraform.block import top_argument


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependent:
    """A change that is only a consequence of a finding.

    Attributes:
        change: The change.
        text: Its meaning, or its action if it has no separate meaning.
    """

    change: Change
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeFinding:
    """The meaning of a change.

    Attributes:
        rule: The rule.
        change: The change.
        effect: The effect on users and applications.
        severity: The severity.
        text: What happens, and to whom.
        at: The argument, or empty.
        remedy: What to do instead.
        dependents: The consequences.
        follows: The rule and the address of the finding whose consequence it is, or `None`.
        accepted: The entry that accepts it, or `None`.
        is_drift: Whether it was changed outside of Terraform.
        about: What it is about.
    """

    rule: ChangeRule
    change: Change
    effect: Effect
    severity: Severity
    text: str
    at: str
    remedy: str
    dependents: tuple[Dependent, ...] = ()
    follows: tuple[str, str] | None = None
    accepted: Accepted | None = None
    is_drift: bool = False
    about: About = About.SETTINGS


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeUndecided:
    """A change whose meaning is not known before the apply."""

    rule: ChangeRule
    change: Change
    why: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The results of all change rules.

    Attributes:
        findings: The meanings of changes, by severity.
        undecided: Changes whose meaning is not known before the apply.
    """

    findings: tuple[ChangeFinding, ...]
    undecided: tuple[ChangeUndecided, ...]


def ask(
    plan: Plan,
    rules: Iterable[ChangeRule],
    *,
    base: TerraformSource | None = None,
    source: TerraformSource | None = None,
) -> Answers:
    """Apply *rules* to all changes of *plan*.

    Args:
        plan: The plan.
        rules: The rules.
        base: The Terraform JSON that is deployed, if given.
        source: The Terraform JSON of the plan, if given.
    """
    planned = {change.address: change for change in plan.changes if not change.is_deposed}
    causes = find_causes(planned, plan.before)
    base, source = base or TerraformSource(), source or TerraformSource()
    provided = _provided(plan)
    surroundings = Surroundings(
        before=plan.before,
        after=plan.after,
        changes=planned,
        followers=causes.followers,
        planned=planned,
        recorded=plan.recorded,
        renames=plan.renames,
        place=plan.place,
        provider_changes=provider_changes(
            base.providers,
            source.providers,
            {change.address: change.resource.static_address for change in provided},
        ),
        first_of_provider={
            change.resource.provider_key: change.address for change in reversed(provided)
        },
        base=base,
        source=source,
        first_created=_first_created(plan),
    )
    by_type: dict[str, list[ChangeRule]] = defaultdict(list)
    for rule in rules:
        for kind in rule.resource_types:
            by_type[kind].append(rule)
    findings, undecided = _asked(plan.changes, by_type, surroundings)
    kept = [finding for finding in findings if _is_reported(finding)]
    kept = _never_created_again(kept, plan.changes, by_type, surroundings, causes)
    drifted = _drifted(plan, by_type, surroundings)
    grouped = [*_grouped(_noted(kept, plan), causes), *drifted]
    return Answers(
        findings=tuple(sorted(grouped, key=_order)),
        undecided=tuple(one for one in undecided if not _only_follows(one.change, one.at, causes)),
    )


def _first_created(plan: Plan) -> Mapping[str, str]:
    renamed = frozenset(plan.renames.values())
    return {
        change.type: change.address
        for change in reversed(plan.changes)
        if change.action is Action.CREATE and change.address not in renamed
    }


def _provided(plan: Plan) -> Sequence[Change]:
    """Return the planned changes to which rules on providers apply, pools first.

    It leaves out resources that the provider no longer finds: there, another provider is the cause.
    """
    lost = set(_gone(plan))
    return sorted(
        (one for one in plan.changes if one.type in PROVIDED and one.address not in lost),
        key=lambda change: change.type not in {USER_POOL, IDENTITY_POOL},
    )


_COGNITO = ("aws_cognito_", "awscc_cognito_")
_ByType: TypeAlias = Mapping[str, Sequence[ChangeRule]]


def _asked(
    changes: Iterable[Change], rules: _ByType, surroundings: Surroundings
) -> tuple[list[ChangeFinding], list[ChangeUndecided]]:
    findings: list[ChangeFinding] = []
    undecided: list[ChangeUndecided] = []
    concerned = _Concerned(rules)
    for change in changes:
        for rule in concerned.by(change):
            for answer in asked(rule.check, change, surroundings):
                if isinstance(answer, Meaning):
                    finding = _finding(rule, change, answer)
                    findings.append(_renamed(finding, surroundings))
                elif not rule.undecided_by:
                    undecided.append(
                        ChangeUndecided(rule=rule, change=change, why=answer.why, at=answer.at)
                    )
    return findings, undecided


class _Concerned:
    """Finds the rules that a change concerns.

    Most rules first ask whether one of their arguments changes, and have no answer otherwise. A
    rule that has none, and has read nothing but the outline of a change, has none for any change
    with the same outline: the type, the action, and the arguments that change.

    Args:
        rules: The rules, by type.
    """

    def __init__(self, rules: _ByType) -> None:
        self._rules = rules
        self._known: dict[object, Sequence[ChangeRule]] = {}

    def by(self, change: Change) -> Sequence[ChangeRule]:
        """Return the rules that may have an answer for *change*."""
        is_there = change.before is None, change.after is None
        outline = change.type, change.action, change.touched, is_there
        found = self._known.get(outline)
        if found is None:
            found = self._known[outline] = [
                rule
                for rule in _rules_for(change, self._rules)
                if change.action in rule.actions and _may_answer(rule, change)
            ]
        return found


def _may_answer(rule: ChangeRule, change: Change) -> bool:
    """Return whether *rule* may have an answer for a change with the outline of *change*."""
    readable = {name: getattr(change, name) for name in ("type", "action", "touched", "goes")}
    sides = {
        "before": None if change.before is None else Alone(),
        "after": None if change.after is None else Alone(),
    }
    outline = cast("Change", Alone(**readable, **sides))
    try:
        return any(True for _ in rule.check(outline, cast("Surroundings", Alone())))
    except ReadsMoreError:
        return True


def _rules_for(change: Change, rules: _ByType) -> Sequence[ChangeRule]:
    """Return the rules for the type; for an unknown Cognito type, those for foreign types."""
    if change.type not in rules and change.type.startswith(_COGNITO):
        return rules.get(CLOUD_CONTROL_TERMS, ())
    return rules.get(change.type, ())


def _never_created_again(
    findings: Sequence[ChangeFinding],
    changes: Iterable[Change],
    rules: _ByType,
    surroundings: Surroundings,
    causes: Causes,
) -> list[ChangeFinding]:
    """Judge replaced consequences of a replacement that fails as deletions.

    Terraform deletes them before the resource on which they depend, and that deletion fails.
    """
    failing = {
        finding.change.address
        for finding in findings
        if finding.effect is Effect.FAILS
        and finding.change.action is Action.REPLACE
        and not finding.change.creates_first
        and finding.about is About.LOSS
    }
    deleted = [
        replace(change, action=Action.DELETE, causes=())
        for change in changes
        if change.action is Action.REPLACE and causes.root.get(change.address) in failing
    ]
    addresses = {change.address for change in deleted}
    others = [
        finding
        for finding in findings
        if finding.change.address not in addresses or finding.about is not About.LOSS
    ]
    return [*others, *_asked(deleted, rules, surroundings)[0]]


_OUTSIDE = "Somebody changed it outside of Terraform, and this apply"


def _drifted(plan: Plan, rules: _ByType, surroundings: Surroundings) -> tuple[ChangeFinding, ...]:
    """Judge the changes outside of Terraform: which resources are gone, and what each change means.

    A change that the apply keeps is a finding like any other. A change that the apply undoes is
    only a note, because the plan contains the same change.
    """
    if not plan.drift:
        return ()
    drift = {change.address: change for change in plan.drift}
    causes = find_causes(drift, plan.recorded)
    outside = replace(
        surroundings,
        before=plan.recorded,
        after=plan.before,
        changes=drift,
        followers=causes.followers,
        base=replace(surroundings.base, guarded=frozenset(), provider_version=""),
        is_drift=True,
    )
    findings, _ = _asked(plan.drift, rules, outside)
    return tuple(
        replace(finding, is_drift=True)
        if finding.change.action is Action.GONE
        # The finding on a missing resource already states what the apply does.
        else _with_outcome(finding, surroundings.planned)
        for finding in _grouped(findings, causes)
        # Those effects would be those of a later apply.
        if finding.effect not in {Effect.FAILS, Effect.DIFFERS}
    )


def _with_outcome(finding: ChangeFinding, planned: Mapping[str, Change]) -> ChangeFinding:
    """Add whether the apply keeps the change that somebody made outside of Terraform."""
    change = planned.get(finding.change.address)
    if change is not None and change.action is Action.DELETE:
        # A value in the configuration would keep nothing.
        return replace(finding, is_drift=True, text=f"{_OUTSIDE} deletes it: {finding.text}")
    touched = change.touched if change is not None else frozenset()
    arguments = {top_argument(finding.at)} if finding.at else finding.change.touched
    if arguments & touched:
        return replace(
            finding,
            is_drift=True,
            severity=Severity.LOW,
            text=f"{_OUTSIDE} undoes that: {finding.text}",
            remedy="make sure that nobody needs the change that the apply undoes",
        )
    return replace(
        finding,
        is_drift=True,
        text=f"{_OUTSIDE} keeps that: {finding.text}",
        remedy=f"write the value that you want into the configuration: {finding.remedy}",
    )


def _noted(findings: Sequence[ChangeFinding], plan: Plan) -> Iterator[ChangeFinding]:
    """Add to each finding whether the apply undoes a change outside of Terraform."""
    drift = {change.address: change.touched for change in plan.drift}
    for finding in findings:
        touched = drift.get(finding.change.address, frozenset())
        if finding.at and top_argument(finding.at) in touched:
            note = "Somebody changed this outside of Terraform since the last apply."
            yield replace(finding, text=f"{finding.text} {note}")
        else:
            yield finding


def _finding(rule: ChangeRule, change: Change, meaning: Meaning) -> ChangeFinding:
    return ChangeFinding(
        rule=rule,
        change=change,
        effect=meaning.effect or rule.effect,
        severity=meaning.severity or rule.severity,
        text=_capital(meaning.text),
        at=meaning.at,
        remedy=meaning.remedy or rule.remedy,
        follows=meaning.follows,
        about=meaning.about or rule.about,
    )


def _renamed(finding: ChangeFinding, surroundings: Surroundings) -> ChangeFinding:
    """Add to a deletion that is only a rename how to keep the resource."""
    new = surroundings.rename(finding.change)
    if not new or finding.about is not About.LOSS:
        return finding
    if surroundings.gets_another_name(finding.change):
        what = f"If this is the same resource, only its address and its name change, to {new}."
    else:
        what = f"Only the address changes, to {new}."
    return replace(
        finding,
        text=f"{what} {finding.text}",
        remedy=surroundings.moved_blocks(finding.change),
    )


def _is_reported(finding: ChangeFinding) -> bool:
    """Return whether to report *finding*; for a replaced resource, only weaker settings count."""
    is_of_replaced = finding.change.action is Action.REPLACE and finding.about is About.SETTINGS
    return not is_of_replaced or finding.effect is Effect.WEAKENS


def _grouped(findings: Iterable[ChangeFinding], causes: Causes) -> tuple[ChangeFinding, ...]:
    """Put consequences under the deletion or replacement that causes them."""
    texts: dict[str, str] = {}
    roots: list[ChangeFinding] = []
    for finding in findings:
        address = finding.change.address
        if address not in causes.root:
            roots.append(finding)
        elif finding.about is About.LOSS:
            if finding.change.goes:
                texts.setdefault(address, finding.text)
        elif not _only_follows(finding.change, finding.at, causes):
            roots.append(finding)
    grouped = tuple(
        replace(finding, dependents=tuple(_dependents(finding, causes, texts)))
        if finding.about is About.LOSS
        else finding
        for finding in roots
    )
    return tuple(_with_followers(grouped))


def _with_followers(findings: Sequence[ChangeFinding]) -> Iterator[ChangeFinding]:
    """Put findings that follow from another one under it."""
    told = {(finding.rule.id, finding.change.address) for finding in findings}
    following: dict[tuple[str, str], list[Dependent]] = defaultdict(list)
    for finding in findings:
        if finding.follows in told:
            following[finding.follows].append(Dependent(change=finding.change, text=finding.text))
    for finding in findings:
        if finding.follows not in told:
            more = following.get((finding.rule.id, finding.change.address), ())
            yield replace(finding, dependents=(*finding.dependents, *more)) if more else finding


def _dependents(
    finding: ChangeFinding, causes: Causes, texts: Mapping[str, str]
) -> Iterator[Dependent]:
    if finding.change.is_deposed:
        return
    for change in causes.followers.get(finding.change.address, ()):
        own = texts.get(change.address, "")
        outcome = _outcome(finding, change, own)
        text = " ".join(part for part in (own, outcome) if part)
        yield Dependent(change=change, text=text or _happens(change))


def _outcome(finding: ChangeFinding, change: Change, own: str) -> str:
    """Add what happens to a consequence of a deletion that fails."""
    replaces = finding.change.action is Action.REPLACE
    if finding.effect is not Effect.FAILS or finding.change.creates_first:
        return ""
    if change.action is Action.UPDATE:
        return "The apply fails before Terraform changes it." if replaces else ""
    start = "This happens" if own else "Terraform deletes it"
    if change.action is Action.DELETE:
        return f"{start} before the apply fails."
    again = "it is not created again" if replaces else "it is created again in the new pool"
    return f"{start} before the apply fails, and {again}."


def _happens(change: Change) -> str:
    words = {
        Action.GONE: "The provider does not find it either.",
        Action.DELETE: "Terraform deletes it too.",
        Action.REPLACE: "Terraform deletes it and creates it again.",
        Action.UPDATE: "Terraform changes it to the new ids.",
    }
    return words.get(change.action, "")


def _only_follows(change: Change, at: str, causes: Causes) -> bool:
    """Return whether the change of *at* is only a consequence of another change."""
    if change.address not in causes.root:
        return False
    if change.goes or change.action is Action.GONE:
        return False
    way = top_argument(at)
    return way in causes.arguments.get(change.address, frozenset())


def _order(finding: ChangeFinding) -> tuple[int, int, str, str]:
    return (
        finding.severity.rank,
        finding.effect.rank,
        finding.change.address,
        finding.rule.id,
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _gone(plan: Plan) -> Iterator[str]:
    """Walk through the resources that the provider no longer finds."""
    return (change.address for change in plan.drift if change.action is Action.GONE)
