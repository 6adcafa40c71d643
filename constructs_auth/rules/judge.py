"""Applies every rule to every resource, and separates accepted findings."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from constructs_auth.rules.accepted import Accepted
from constructs_auth.rules.alike import Answers
from constructs_auth.rules.profile import Profile
from constructs_auth.rules.rule import Context, Rule, Severity, Violation
from constructs_auth.terraform.configuration import Configuration
from constructs_auth.terraform.hcl.written import UnreadModule
from constructs_auth.terraform.module_files import LeftOut
from constructs_auth.terraform.resource import Origin, Resource


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A rule that a resource violates.

    Attributes:
        rule: The rule.
        resource: The resource.
        severity: The severity in this profile.
        text: What is wrong.
        at: The argument.
        accepted: The entry that accepts it, or `None`.
        source_line: The line of HCL that it is about; empty if it is not shown.
    """

    rule: Rule
    resource: Resource
    severity: Severity
    text: str
    at: str
    accepted: Accepted | None = None
    source_line: str = ""

    @property
    def origin(self) -> Origin:
        """Where the argument is."""
        return self.resource.origin_of(self.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class UndecidedRule:
    """A rule whose result for a resource is not known yet."""

    rule: Rule
    resource: Resource
    why: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stale:
    """An accepted finding that has expired or that matches no finding.

    Attributes:
        accepted: The entry.
        why: What is wrong with it: `expired on 2026-06-30`, `matches no finding`.
    """

    accepted: Accepted
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The results of all rules.

    Attributes:
        profile: The profile.
        resources: How many resources were judged: those whose type has rules.
        findings: Findings that are not accepted, by severity.
        accepted: Findings that are accepted.
        undecided: Rules whose result is not known.
        stale: Accepted findings to remove from the list.
        files: How many files were read, if they are the text of a folder.
        unread: The modules that were not read.
        left_out: The files that OpenTofu does not read.
    """

    profile: Profile
    resources: int
    findings: tuple[Finding, ...]
    accepted: tuple[Finding, ...]
    undecided: tuple[UndecidedRule, ...]
    stale: tuple[Stale, ...]
    files: int = 0
    unread: tuple[UnreadModule, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    def worst(self) -> Severity | None:
        """Return the highest severity of the findings; a stale entry counts as a warning."""
        found = [finding.severity for finding in self.findings]
        if self.stale:
            found.append(Severity.WARNING)
        return next((severity for severity in Severity if severity in found), None)


def in_one(reports: Sequence[Report]) -> Report:
    """Return *reports*, of several inputs, as one."""
    if len(reports) == 1:
        return reports[0]
    findings = [one for report in reports for one in report.findings]
    return Report(
        profile=reports[0].profile,
        resources=sum(report.resources for report in reports),
        findings=tuple(sorted(findings, key=lambda finding: finding.severity.rank)),
        accepted=tuple(one for report in reports for one in report.accepted),
        undecided=tuple(one for report in reports for one in report.undecided),
        stale=tuple(one for report in reports for one in report.stale),
        files=sum(report.files for report in reports),
        unread=tuple(one for report in reports for one in report.unread),
        left_out=tuple(one for report in reports for one in report.left_out),
    )


def within(report: Report, files: Collection[str]) -> Report:
    """Return the part of *report* on *files*, which were judged with those beside them."""
    return replace(
        report,
        findings=tuple(one for one in report.findings if one.origin.file in files),
        accepted=tuple(one for one in report.accepted if one.origin.file in files),
        undecided=tuple(
            one for one in report.undecided if one.resource.origin_of(one.at).file in files
        ),
        stale=tuple(
            one for one in report.stale if one.accepted.place.rpartition(":")[0] in {"", *files}
        ),
    )


def judge(
    configuration: Configuration,
    *,
    rules: Iterable[Rule],
    profile: Profile,
    accepted: Sequence[Accepted] = (),
    today: date,
) -> Report:
    """Judge *configuration* by *rules*.

    Args:
        configuration: The resources.
        rules: The rules; `registry.RULES` for all.
        profile: The profile.
        accepted: Findings that are accepted.
        today: The day on which entries of *accepted* may have expired.
    """
    context = Context(configuration=configuration, profile=profile)
    rules = tuple(rules)
    ids = {rule.slug: rule.id for rule in rules}
    answers = Answers(rules, context)
    findings: list[Finding] = []
    undecided: list[UndecidedRule] = []
    judged = sum(answers.has_rules(resource.type) for resource in configuration.resources)
    for resource in (*configuration.resources, *configuration.declarations()):
        for rule, answer in answers.of(resource):
            if isinstance(answer, Violation):
                findings.append(_finding(rule, resource, answer, profile))
            else:
                undecided.append(
                    UndecidedRule(rule=rule, resource=resource, why=answer.why, at=answer.at)
                )
    by_address = _by_address((one for one in accepted if not one.is_expired(today)), ids)
    marked = [_marked(finding, by_address) for finding in findings]
    in_order = sorted(marked, key=lambda finding: finding.severity.rank)
    return Report(
        profile=profile,
        resources=judged,
        findings=tuple(finding for finding in in_order if finding.accepted is None),
        accepted=tuple(finding for finding in in_order if finding.accepted is not None),
        undecided=tuple(undecided),
        stale=tuple(_stale(accepted, in_order, today)),
    )


def _finding(rule: Rule, resource: Resource, answer: Violation, profile: Profile) -> Finding:
    waived = rule.needs_plus and not profile.require_plus
    return Finding(
        rule=rule,
        resource=resource,
        severity=Severity.INFO if waived else rule.severity,
        text=answer.text,
        at=answer.at,
    )


_Entries = Mapping[tuple[str, str], Accepted]


def _by_address(accepted: Iterable[Accepted], ids: Mapping[str, str]) -> _Entries:
    return {(ids.get(entry.rule, entry.rule), entry.address): entry for entry in accepted}


def _marked(finding: Finding, entries: _Entries) -> Finding:
    if not entries:
        return finding
    resource = finding.resource
    for address in (resource.address, resource.static_address):
        entry = entries.get((finding.rule.id, address))
        if entry is not None:
            return replace(finding, accepted=entry)
    return finding


def _stale(
    accepted: Sequence[Accepted], findings: Sequence[Finding], today: date
) -> Iterator[Stale]:
    used = {id(finding.accepted) for finding in findings}
    # A comment in a module applies to each of its instances.
    places = {finding.accepted.place for finding in findings if finding.accepted} - {""}
    for entry in accepted:
        if entry.is_expired(today):
            yield Stale(accepted=entry, why=f"expired on {entry.until}")
        elif id(entry) not in used and entry.place not in places:
            yield Stale(accepted=entry, why="matches no finding")
