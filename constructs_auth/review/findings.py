"""Applies every change rule to every change, and groups consequences under their cause."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from constructs_auth.review.change import Action, Change, top_argument
from constructs_auth.review.compare import known
from constructs_auth.review.differences import AFTER_APPLY, Difference
from constructs_auth.review.plan import Plan
from constructs_auth.review.root_cause import Causes, find_causes
from constructs_auth.review.rule import ChangeRule, Effect, Meaning, Surroundings
from constructs_auth.review.secrets import NOT_SHOWN, is_marked
from constructs_auth.review.terraform_source import TerraformSource
from constructs_auth.rules.accepted import Accepted
from constructs_auth.rules.rule import Severity, asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependent:
    """A change that is only a consequence of a finding.

    Attributes:
        change: The change.
        text: Its meaning, or its action if it has no meaning of its own.
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
    changes = {change.address: change for change in plan.changes if not change.is_deposed}
    causes = find_causes(changes, plan.before)
    surroundings = Surroundings(
        before=plan.before,
        after=plan.after,
        changes=changes,
        followers=causes.followers,
        base=base or TerraformSource(),
        source=source or TerraformSource(),
    )
    by_type: dict[str, list[ChangeRule]] = defaultdict(list)
    for rule in rules:
        for kind in rule.resource_types:
            by_type[kind].append(rule)
    findings: list[ChangeFinding] = []
    undecided: list[ChangeUndecided] = []
    for change in plan.changes:
        for rule in by_type.get(change.type, ()):
            if change.action not in rule.actions:
                continue
            for answer in asked(rule.check, change, surroundings):
                if isinstance(answer, Meaning):
                    findings.append(_finding(rule, change, answer))
                elif not rule.undecided_by:
                    undecided.append(
                        ChangeUndecided(rule=rule, change=change, why=answer.why, at=answer.at)
                    )
    kept = [finding for finding in findings if _is_reported(finding)]
    return Answers(
        findings=_grouped(kept, causes),
        undecided=tuple(one for one in undecided if not _only_follows(one.change, one.at, causes)),
    )


def _finding(rule: ChangeRule, change: Change, meaning: Meaning) -> ChangeFinding:
    quotable = not meaning.quotes or not _is_hidden(change, meaning.at)
    return ChangeFinding(
        rule=rule,
        change=change,
        effect=meaning.effect or rule.effect,
        severity=meaning.severity or rule.severity,
        text=_capital(meaning.text) if quotable else f"{rule.title}: {NOT_SHOWN}.",
        at=meaning.at,
        remedy=meaning.remedy or rule.remedy,
        follows=meaning.follows,
    )


def _is_hidden(change: Change, at: str) -> bool:
    """Return whether the value at *at*, or a part of it, is a secret."""
    way = top_argument(at)
    sides = [side for side in (change.before, change.after) if side is not None]
    return any(is_marked(side.body.sensitive.get(way)) for side in sides)


def _is_reported(finding: ChangeFinding) -> bool:
    """Return whether to report *finding*.

    For a replaced resource, only settings that become weaker are reported: the replacement itself
    is already a finding.
    """
    if finding.change.action is not Action.REPLACE or Action.UPDATE not in finding.rule.actions:
        return True
    return finding.effect is Effect.WEAKENS


def _grouped(findings: Sequence[ChangeFinding], causes: Causes) -> tuple[ChangeFinding, ...]:
    """Put consequences under the deletion or replacement that causes them, and sort."""
    texts: dict[str, str] = {}
    roots: list[ChangeFinding] = []
    for finding in findings:
        address = finding.change.address
        if address not in causes.root:
            roots.append(finding)
        elif Action.UPDATE not in finding.rule.actions:
            texts.setdefault(address, finding.text)
        elif not _only_follows(finding.change, finding.at, causes):
            roots.append(finding)
    grouped = [
        replace(finding, dependents=tuple(_dependents(finding, causes, texts)))
        if finding.change.goes and Action.UPDATE not in finding.rule.actions
        else finding
        for finding in roots
    ]
    return tuple(sorted(_with_followers(grouped), key=_order))


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
        yield Dependent(change=change, text=texts.get(change.address, _happens(change)))


def _happens(change: Change) -> str:
    words = {
        Action.DELETE: "Terraform deletes it too.",
        Action.REPLACE: "Terraform deletes it and creates it again.",
        Action.UPDATE: "Terraform changes it to the new ids.",
    }
    return words.get(change.action, "")


def _only_follows(change: Change, at: str, causes: Causes) -> bool:
    """Return whether the change of *at* is only a consequence of another change."""
    if change.address not in causes.root:
        return False
    if change.goes:
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


_VERSION = "v1"
_LENGTH = 32
_QUIET = frozenset({Action.NOTHING, Action.READ})


def fingerprint(plan: Plan) -> str:
    """Return the fingerprint of *plan*.

    It covers each action with its resource and cause, whether deletion protection applies, every
    shown value, and the names of outputs. For a secret it covers only whether it changes, neither
    the value nor anything derived from it. It does not cover differences without meaning, times,
    versions and unchanged resources.
    """
    meaning = {
        "changes": [_meaning(change) for change in plan.changes if _counts(change)],
        "outputs": plan.outputs,
        "errored": plan.errored,
    }
    written = json.dumps(meaning, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return f"{_VERSION}:{sha256(written.encode()).hexdigest()[:_LENGTH]}"


def _counts(change: Change) -> bool:
    return change.action not in _QUIET and not change.is_noise


def _meaning(change: Change) -> dict[str, object]:
    return {
        "address": change.address,
        "action": change.action,
        "creates_first": change.creates_first,
        "is_deposed": change.is_deposed,
        "previous_address": change.previous_address,
        "causes": sorted(change.causes),
        "guard": str(_guard(change)) if change.goes else "",
        "differences": [_difference(difference) for difference in change.differences],
    }


def _guard(change: Change) -> str | None:
    return known(change.resource.body.text, "deletion_protection")


def _difference(difference: Difference) -> list[object]:
    if difference.is_hidden:
        return [difference.path, "hidden"]
    return [difference.path, _plain(difference.before), _plain(difference.after)]


def _plain(value: object) -> object:
    if value is AFTER_APPLY:
        return {"after_apply": True}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value
