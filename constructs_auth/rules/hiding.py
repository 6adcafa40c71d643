"""Removes texts that depend on a sensitive value from the results of the rules (ADR 11)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from constructs_auth.rules.judge import Finding, Report, UndecidedRule
from constructs_auth.rules.profile import Profile
from constructs_auth.rules.rule import Context, Rule, Violation
from constructs_auth.terraform.block import top_argument
from constructs_auth.terraform.configuration import Configuration
from constructs_auth.terraform.counterpart import Counterpart, Form
from constructs_auth.terraform.resource import Resource
from constructs_auth.terraform.sensitive import HIDDEN, NOT_SHOWN, Copies, Texts


def hidden(report: Report, configuration: Configuration, secrets: frozenset[str]) -> Report:
    """Return *report* without texts that depend on a sensitive value of *configuration*.

    Args:
        report: The results for *configuration*.
        configuration: What was judged.
        secrets: The secrets of the whole input, to find their copies.
    """
    copies = Copies(secrets)
    others: list[tuple[Configuration, Texts]] = []
    for form in Form if secrets else ():
        counterpart = Counterpart(form, copies)
        other = counterpart.of_configuration(configuration)
        if other is configuration:
            break  # nothing in it is secret
        others.append((other, counterpart.given))
    return Others(others, report.profile).hidden(report)


@dataclass(frozen=True, slots=True)
class Common:
    """The texts that are the same for all counterparts.

    Attributes:
        texts: The texts that do not depend on a secret.
        forms: Texts that differ only in values of the counterparts, with `(hidden)` in their place.
    """

    texts: frozenset[str]
    forms: Sequence[str]

    def shown(self, text: str, *, instead: str) -> str:
        """Return what to show of *text*, which the real values give.

        It is *text* if all counterparts give it too, otherwise a form that *text* has, otherwise
        *instead*, which depends on no value.
        """
        if text in self.texts:
            return text
        return next((form for form in self.forms if _fits(text, form)), instead)

    def shown_argument(self, at: str) -> str:
        """Return *at*, or only the part of it that depends on no secret."""
        return self.shown(at, instead=top_argument(at))


def in_common(said: Sequence[tuple[Iterable[str], Texts]]) -> Common:
    """Return what all counterparts have in common. *said* has the texts and the values of each."""
    if not said:
        return Common(texts=frozenset(), forms=())
    texts = [frozenset(found) for found, _ in said]
    forms = [
        {values.hidden_in(one) for one in found}
        for found, (_, values) in zip(texts, said, strict=True)
    ]
    hidden_forms = {form for form in set.intersection(*forms) if HIDDEN in form}
    return Common(
        texts=frozenset.intersection(*texts),
        forms=sorted(hidden_forms, key=lambda form: (-len(form), form)),
    )


def _fits(text: str, form: str) -> bool:
    """Return whether *text* is *form* with anything in place of each `(hidden)`."""
    first, *rest = form.split(HIDDEN)
    if not rest or not text.startswith(first):
        return False
    at = len(first)
    for part in rest[:-1]:
        found = text.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return text.endswith(rest[-1]) and len(text) - len(rest[-1]) >= at


@dataclass(frozen=True, slots=True)
class _Said:
    """The results of a rule for a resource in one counterpart: texts by argument.

    Attributes:
        violations: The texts of its findings.
        undecided: The reasons of its undecided results.
        values: The values of the counterpart.
    """

    violations: dict[str, set[str]]
    undecided: dict[str, set[str]]
    values: Texts


@dataclass(frozen=True, slots=True)
class _Place:
    """The results that all counterparts have in common, for one rule and one resource.

    Attributes:
        at: The arguments.
        by_argument: The texts of each argument.
        any: The texts of all arguments.
    """

    at: Common
    by_argument: Mapping[str, Common]
    any: Common

    def shown(self, at: str, text: str, *, instead: str) -> tuple[str, str]:
        """Return what to show of an argument and of the text about it."""
        shown_at = self.at.shown_argument(at)
        texts = self.by_argument.get(at, _NOTHING) if shown_at == at else self.any
        return shown_at, texts.shown(text, instead=instead)


_NOTHING = Common(texts=frozenset(), forms=())


class Others:
    """The results of the same rules for the counterparts of a configuration.

    Args:
        counterparts: Each counterpart, and its values; none if the configuration has no secret.
        profile: The profile of the rules.
    """

    def __init__(
        self, counterparts: Sequence[tuple[Configuration, Texts]], profile: Profile
    ) -> None:
        self._others = [
            (
                Context(configuration=configuration, profile=profile),
                _by_address(configuration),
                values,
            )
            for configuration, values in counterparts
        ]
        self._places: dict[tuple[str, str], tuple[_Place, _Place]] = {}

    def hidden(self, report: Report) -> Report:
        """Return *report* without texts that differ for a counterpart."""
        return replace(
            report,
            findings=self.hidden_findings(report.findings),
            accepted=self.hidden_findings(report.accepted),
            undecided=tuple(map(self._undecided, report.undecided))
            if self._others
            else report.undecided,
        )

    def hidden_findings(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Return *findings* without texts that differ for a counterpart."""
        return tuple(map(self._finding, findings)) if self._others else tuple(findings)

    def _finding(self, finding: Finding) -> Finding:
        place, _ = self._of(finding.rule, finding.resource)
        instead = f"{finding.rule.title}: {NOT_SHOWN}"
        at, text = place.shown(finding.at, finding.text, instead=instead)
        return replace(finding, text=text, at=at)

    def _undecided(self, undecided: UndecidedRule) -> UndecidedRule:
        _, place = self._of(undecided.rule, undecided.resource)
        at, why = place.shown(undecided.at, undecided.why, instead=NOT_SHOWN)
        return replace(undecided, why=why, at=at)

    def _of(self, rule: Rule, resource: Resource) -> tuple[_Place, _Place]:
        """Return the place for findings, and that for undecided results."""
        key = rule.id, resource.address
        if key not in self._places:
            said = [
                _said_by(rule, resources.get(resource.address), context, values)
                for context, resources, values in self._others
            ]
            self._places[key] = (
                _place([(one.violations, one.values) for one in said]),
                _place([(one.undecided, one.values) for one in said]),
            )
        return self._places[key]


def _place(said: Sequence[tuple[Mapping[str, set[str]], Texts]]) -> _Place:
    arguments = {at for texts, _ in said for at in texts}
    return _Place(
        at=in_common(said),
        by_argument={
            at: in_common([(texts.get(at, ()), values) for texts, values in said])
            for at in arguments
        },
        any=in_common([(set[str]().union(*texts.values()), values) for texts, values in said]),
    )


def _said_by(rule: Rule, resource: Resource | None, context: Context, values: Texts) -> _Said:
    said = _Said(violations=defaultdict(set), undecided=defaultdict(set), values=values)
    for answer in () if resource is None else rule.ask(resource, context):
        if isinstance(answer, Violation):
            said.violations[answer.at].add(answer.text)
        else:
            said.undecided[answer.at].add(answer.why)
    return said


def _by_address(configuration: Configuration) -> Mapping[str, Resource]:
    return {
        resource.address: resource
        for resource in (*configuration.resources, *configuration.declarations())
    }
