"""Removes what depends on a sensitive value from the results of the rules (ADR 11)."""

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
    """Return *report* without what depends on a sensitive value of *configuration*.

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


def shown(text: str, others: Sequence[tuple[Iterable[str], Texts]], *, instead: str) -> str:
    """Return what to show of *text*.

    It is *text* if all counterparts have it. Otherwise it is a text that all of them have with
    `(hidden)` in place of their values, if *text* has that form too; otherwise *instead*.

    Args:
        text: What is said of the real values.
        others: What is said of the values of each counterpart, and these values.
        instead: A text that depends on no value.
    """
    if all(text in texts for texts, _ in others):
        return text
    forms = [{values.hidden_in(one) for one in texts} for texts, values in others]
    fitting = [one for one in set.intersection(*forms) if _fits(text, one)]
    return max(fitting, key=len, default=instead)


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
    """What a rule says of a resource in one counterpart.

    Attributes:
        violations: The texts of its findings, by argument.
        undecided: The reasons of its undecided results, by argument.
        values: The values of the counterpart.
    """

    violations: dict[str, set[str]]
    undecided: dict[str, set[str]]
    values: Texts


class Others:
    """What the same rules say of the counterparts of a configuration.

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
        self._said: dict[tuple[str, str], Sequence[_Said]] = {}

    def hidden(self, report: Report) -> Report:
        """Return *report* without what is different for a counterpart."""
        return replace(
            report,
            findings=self.hidden_findings(report.findings),
            accepted=self.hidden_findings(report.accepted),
            undecided=tuple(map(self._undecided, report.undecided)),
        )

    def hidden_findings(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Return *findings* without what is different for a counterpart."""
        return tuple(map(self._finding, findings))

    def _finding(self, finding: Finding) -> Finding:
        said = self._of(finding.rule, finding.resource)
        at = shown_argument(finding.at, [(one.violations, one.values) for one in said])
        text = shown(
            finding.text,
            [(_texts(one.violations, finding.at, at), one.values) for one in said],
            instead=f"{finding.rule.title}: {NOT_SHOWN}",
        )
        return (
            replace(finding, text=text, at=at)
            if (text, at) != (finding.text, finding.at)
            else finding
        )

    def _undecided(self, undecided: UndecidedRule) -> UndecidedRule:
        said = self._of(undecided.rule, undecided.resource)
        at = shown_argument(undecided.at, [(one.undecided, one.values) for one in said])
        why = shown(
            undecided.why,
            [(_texts(one.undecided, undecided.at, at), one.values) for one in said],
            instead=NOT_SHOWN,
        )
        return replace(undecided, why=why, at=at)

    def _of(self, rule: Rule, resource: Resource) -> Sequence[_Said]:
        key = rule.id, resource.address
        if key not in self._said:
            self._said[key] = [
                _said_by(rule, resources.get(resource.address), context, values)
                for context, resources, values in self._others
            ]
        return self._said[key]


def _said_by(rule: Rule, resource: Resource | None, context: Context, values: Texts) -> _Said:
    said = _Said(violations=defaultdict(set), undecided=defaultdict(set), values=values)
    for answer in () if resource is None else rule.ask(resource, context):
        if isinstance(answer, Violation):
            said.violations[answer.at].add(answer.text)
        else:
            said.undecided[answer.at].add(answer.why)
    return said


def _texts(by_argument: Mapping[str, set[str]], at: str, shown_at: str) -> Iterable[str]:
    """Return the texts of *at*, or those of all arguments if it is not shown."""
    if at == shown_at:
        return by_argument.get(at, ())
    return set[str]().union(*by_argument.values())


def _by_address(configuration: Configuration) -> Mapping[str, Resource]:
    return {
        resource.address: resource
        for resource in (*configuration.resources, *configuration.declarations())
    }


def shown_argument(at: str, others: Sequence[tuple[Iterable[str], Texts]]) -> str:
    """Return *at* if all counterparts have it, otherwise only as much as depends on no secret."""
    return shown(at, others, instead=top_argument(at))
