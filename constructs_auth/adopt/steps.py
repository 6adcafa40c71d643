"""The next steps after an adoption: what each remedy of `check` would do to users, safest first.

If a remedy has one clear value, the judge confirms that it ends the finding and adds no error, and
the change rules review a plan with it.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import Any

from constructs_auth.adopt.improvements import IMPROVEMENTS, UNREPORTED, Changes
from constructs_auth.adopt.parts import Part, System
from constructs_auth.facts.replacing import FIXED_ARGUMENTS, FixedArgument
from constructs_auth.facts.secret_names import UNREAD
from constructs_auth.review.findings import Answers, ChangeFinding
from constructs_auth.review.plan import read
from constructs_auth.review.reviewer import meanings
from constructs_auth.review.rule import Effect
from constructs_auth.rules.judge import Finding, Report
from constructs_auth.rules.registry import RULES
from constructs_auth.rules.rule import Context, Rule, Severity, Violation
from constructs_auth.terraform.block import UnknownValueError, top_argument
from constructs_auth.terraform.configuration import Configuration
from constructs_auth.terraform.resource import Resource

_MET_BY_THE_PROGRAM = frozenset({"CVH21D", "CVH23C"})
"""Rules on references, which a state does not have and the program has."""

_OWNER = "user_pool_id"
"""The argument that names the pool. A finding on it is about the settings of that pool."""

_INDEX = re.compile(r"\[[^\]]*\]")
_NAME = "the plan of one step"
_ERRORS: Mapping[str, Sequence[Rule]] = {
    kind: [rule for rule in RULES if rule.severity is Severity.ERROR and rule.resource_type == kind]
    for kind in {rule.resource_type for rule in RULES}
}


class Safety(IntEnum):
    """How safe a step is, the safest first."""

    UNREPORTED = 0
    """The change rules report nothing."""
    NOTICED = 1
    """The worst finding is low or medium."""
    BREAKING = 2
    """They report a finding that is worse."""
    NOT_REVIEWED = 3
    """No single value is right, or the effect of the value is not known."""
    FIXED = 4
    """The argument cannot change in place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One finding, and the effect of its remedy.

    Attributes:
        rule: The rule.
        severity: The severity of the finding.
        part: The construct.
        safety: How safe the step is.
        effects: What the change rules report for it, the worst first.
        note: Other known effects, or empty.
    """

    rule: Rule
    severity: Severity
    part: Part
    safety: Safety
    effects: tuple[ChangeFinding, ...] = ()
    note: str = ""

    @property
    def order(self) -> tuple[int, int, int, str]:
        """The safest first, then the mildest effect, then the most severe finding."""
        worst = min((one.severity.rank for one in self.effects), default=len(Severity))
        return self.safety, -worst, self.severity.rank, self.rule.id


def next_steps(
    system: System, report: Report, *, secrets: frozenset[str] = frozenset()
) -> tuple[Step, ...]:
    """Return a step for each rule and construct, in order of safety.

    Args:
        system: The parts of the program.
        report: The findings of `check` on the state.
        secrets: The secrets of the whole state, to find their copies.
    """
    findings = tuple(_findings(system, report))
    if not findings:
        return ()
    reviewed = _Reviewer(system, report, secrets).reviewed(findings)
    steps = [
        _step(finding, part, reviewed.get((finding.rule.id, part.address)))
        for finding, part in findings
    ]
    return tuple(sorted(steps, key=lambda step: step.order))


def _findings(system: System, report: Report) -> Iterator[tuple[Finding, Part]]:
    """Walk through the findings on constructs of the program, each rule once for each."""
    parts = {part.resource.address: part for part in system.parts}
    seen: set[tuple[str, str]] = set()
    for finding in report.findings:
        part = parts.get(finding.resource.address)
        place = finding.rule.id, finding.resource.address
        if part is not None and place not in seen and finding.rule.id not in _MET_BY_THE_PROGRAM:
            seen.add(place)
            yield finding, part


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Attempt:
    """A remedy to judge and review.

    Attributes:
        finding: The finding.
        part: The construct.
        changes: The arguments that differ.
        replaced: The paths of arguments that cannot change in place, if it changes one.
    """

    finding: Finding
    part: Part
    changes: Changes
    replaced: tuple[str, ...]

    @property
    def place(self) -> tuple[str, str]:
        return self.finding.rule.id, self.part.address


@dataclass(slots=True, kw_only=True)
class _Reviewed:
    """The reports of the change rules for one attempt."""

    attempt: _Attempt
    effects: list[ChangeFinding] = field(default_factory=list)
    is_undecided: bool = False


_Layer = Mapping[str, Sequence[_Attempt]]
"""Attempts that are judged and reviewed together, by the address of their construct."""


class _Reviewer:
    """Judges and reviews remedies: many in one plan, if they change different arguments."""

    def __init__(self, system: System, report: Report, secrets: frozenset[str]) -> None:
        resources = [
            *(part.resource for part in system.parts),
            *system.left,
            *(one for part in system.parts for one in part.nested.values()),
        ]
        self._configuration = Configuration(list(dict.fromkeys(resources)), is_state=True)
        self._context = Context(configuration=self._configuration, profile=report.profile)
        self._secrets = secrets
        self._known_errors = {
            (one.rule.id, one.resource.address, top_argument(one.at))
            for one in (*report.findings, *report.accepted)
            if one.rule.severity is Severity.ERROR
        }

    def reviewed(
        self, findings: Sequence[tuple[Finding, Part]]
    ) -> Mapping[tuple[str, str], _Reviewed]:
        """Review the remedies of *findings*, except those that do not end their finding."""
        attempts = [attempt for one in findings if (attempt := self._attempt(*one)) is not None]
        waiting = list(_layers(attempts))
        found: dict[tuple[str, str], _Reviewed] = {}
        while waiting:
            layer = waiting.pop()
            confirmed, doubtful = self._judged(layer)
            # Remedies that fail together may succeed alone.
            waiting += _layers(doubtful, together=False)
            found |= {one.attempt.place: one for one in self._review(confirmed)}
        return found

    def _attempt(self, finding: Finding, part: Part) -> _Attempt | None:
        improve = IMPROVEMENTS.get(finding.rule.id)
        if improve is None:
            return None
        try:
            wanted = improve(part.resource, self._context)
        except UnknownValueError:
            return None
        old = part.resource.body.values
        changes = {name: value for name, value in wanted.items() if old.get(name) != value}
        fixed = [one.path for one in _fixed_in(part.resource.type, {**old, **changes}, old)]
        return _Attempt(finding=finding, part=part, changes=changes, replaced=tuple(fixed))

    def _judged(self, layer: _Layer) -> tuple[_Layer, list[_Attempt]]:
        """Return the attempts that end their findings without a new error, and the failed ones."""
        changed = {
            address: _changed(attempts[0].part.resource, _together(attempts))
            for address, attempts in layer.items()
        }
        by_old = {
            attempts[0].part.resource: changed[address] for address, attempts in layer.items()
        }
        configuration = self._configuration.with_resources(
            [by_old.get(one, one) for one in self._configuration.resources]
        )
        context = replace(self._context, configuration=configuration, remembered={})
        confirmed: dict[str, Sequence[_Attempt]] = {}
        doubtful: list[_Attempt] = []
        for address, attempts in layer.items():
            resource = changed[address]
            if self._is_better(resource, [one.finding.rule for one in attempts], context):
                confirmed[address] = attempts
            elif len(attempts) > 1:
                doubtful += attempts
        return confirmed, doubtful

    def _is_better(self, resource: Resource, rules: Sequence[Rule], context: Context) -> bool:
        if any(True for rule in rules for _ in rule.ask(resource, context)):
            return False
        return not any(
            isinstance(answer, Violation)
            and (rule.id, resource.address, top_argument(answer.at)) not in self._known_errors
            for rule in _ERRORS.get(resource.type, ())
            for answer in rule.ask(resource, context)
        )

    def _review(self, layer: _Layer) -> list[_Reviewed]:
        """Review one plan with all attempts of *layer*, and attribute what it reports to each."""
        if not layer:
            return []
        document = {
            "format_version": "1.2",
            "resource_changes": [_planned(attempts) for attempts in layer.values()],
        }
        answers = meanings(read(document, name=_NAME, secrets=self._secrets))
        reviewed = {
            address: [_Reviewed(attempt=one) for one in attempts]
            for address, attempts in layer.items()
        }
        _attribute(answers, reviewed)
        return [one for each in reviewed.values() for one in each]


def _attribute(answers: Answers, reviewed: Mapping[str, Sequence[_Reviewed]]) -> None:
    """Add to each attempt the findings on its arguments, and on the resource as a whole."""
    for finding in answers.findings:
        for one in _meant(finding.at, reviewed[finding.change.address]):
            one.effects.append(finding)
    for undecided in answers.undecided:
        for one in _meant(undecided.at, reviewed[undecided.change.address]):
            one.is_undecided = True


def _meant(at: str, reviewed: Sequence[_Reviewed]) -> Sequence[_Reviewed]:
    argument = top_argument(at)
    return [one for one in reviewed if argument in one.attempt.changes] or reviewed


def _layers(attempts: Sequence[_Attempt], *, together: bool = True) -> list[_Layer]:
    """Distribute *attempts*, so that in a layer those of one construct change different arguments.

    A layer changes resources of one type, so that no rule on a client reads a changed pool. A
    replacement is alone, because it hides all other changes of its resource.
    """
    layers: dict[object, list[dict[str, list[_Attempt]]]] = defaultdict(list)
    for attempt in attempts:
        of_kind = layers[attempt.part.resource.type, bool(attempt.replaced)]
        layer = next((one for one in of_kind if _fits(attempt, one, together=together)), None)
        if layer is None:
            layer = {}
            of_kind.append(layer)
        layer.setdefault(attempt.part.address, []).append(attempt)
    return [layer for of_kind in layers.values() for layer in of_kind]


def _fits(attempt: _Attempt, layer: _Layer, *, together: bool) -> bool:
    others = layer.get(attempt.part.address, ())
    if not together or attempt.replaced:
        return not others
    return all(attempt.changes.keys().isdisjoint(one.changes) for one in others)


def _together(attempts: Sequence[_Attempt]) -> Changes:
    return {name: value for one in attempts for name, value in one.changes.items()}


def _changed(resource: Resource, changes: Changes) -> Resource:
    body = replace(resource.body, values={**resource.body.values, **changes})
    return replace(resource, body=body)


def _planned(attempts: Sequence[_Attempt]) -> Mapping[str, Any]:
    """Return the change of a plan, at the address that the resource has in the program."""
    part = attempts[0].part
    unread = {name for kind, (name,) in UNREAD if kind == part.resource.type}
    values = part.resource.body.values
    before = {name: value for name, value in values.items() if name not in unread}
    after = {**before, **_together(attempts)}
    marks = part.resource.body.sensitive
    paths = [path.split(".") for one in attempts for path in one.replaced]
    return {
        "address": part.address,
        "mode": "managed",
        "type": part.resource.type,
        "name": part.construct_id,
        "change": {
            "actions": ["delete", "create"] if paths else ["update"],
            "before": before,
            "after": after,
            "after_unknown": {},
            "before_sensitive": marks,
            "after_sensitive": marks,
            "replace_paths": paths,
        },
    }


def _fixed_in(kind: str, new: Changes, old: Changes) -> Iterator[FixedArgument]:
    """Walk through the arguments that cannot change in place and that differ."""
    for one in FIXED_ARGUMENTS.get(kind, ()):
        if new.get(one.argument) != old.get(one.argument):
            yield one


def _step(finding: Finding, part: Part, reviewed: _Reviewed | None) -> Step:
    step = Step(rule=finding.rule, severity=finding.severity, part=part, safety=Safety.NOT_REVIEWED)
    if reviewed is None:
        fixed = _fixed_at(finding)
        if fixed is None:
            return step
        return replace(step, safety=Safety.FIXED, note=_consequence(fixed))
    step = replace(step, effects=tuple(reviewed.effects), note=UNREPORTED.get(finding.rule.id, ""))
    if reviewed.attempt.replaced:
        return replace(step, safety=Safety.FIXED)
    return replace(step, safety=_safety(step, is_undecided=reviewed.is_undecided))


def _safety(step: Step, *, is_undecided: bool) -> Safety:
    effects = {one.effect for one in step.effects}
    if effects & {Effect.DESTROYS, Effect.NOT_FOUND}:
        return Safety.FIXED
    if is_undecided or Effect.FAILS in effects:
        return Safety.NOT_REVIEWED
    if any(one.severity.is_at_least(Severity.HIGH) for one in step.effects):
        return Safety.BREAKING
    return Safety.NOTICED if step.effects or step.note else Safety.UNREPORTED


def _fixed_at(finding: Finding) -> FixedArgument | None:
    """Return the argument of *finding* if it can never change in place, or `None`."""
    path = _INDEX.sub("", finding.at)
    if path in {"", _OWNER}:
        return None
    for one in FIXED_ARGUMENTS.get(finding.resource.type, ()):
        # The argument itself, something in it, or the block that has it.
        if f"{path}.".startswith(f"{one.path}.") or f"{one.path}.".startswith(f"{path}."):
            return one
    return None


def _consequence(fixed: FixedArgument) -> str:
    if fixed.is_refused:
        return f"Terraform cannot change {fixed.path}: {fixed.consequence}."
    return f"Another {fixed.path} means {fixed.consequence}."
