"""The checks of an app at synthesis: combinations, addresses, warnings and rules."""

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from posixpath import join, normpath
from typing import Any, Protocol

from constructs_auth._garbage import without_garbage_collection
from constructs_auth._place import place_of, root_of
from constructs_auth.engine import IConstruct, TerraformResource, TerraformStack, is_instance
from constructs_auth.errors import Problem
from constructs_auth.facts.backends import PLACES_OF_STATES
from constructs_auth.facts.terraform_names import is_terraform_name
from constructs_auth.rules.accepted import Accepted
from constructs_auth.rules.hiding import hidden
from constructs_auth.rules.judge import Finding, Report, judge
from constructs_auth.rules.profile import Profile
from constructs_auth.rules.registry import RULES
from constructs_auth.rules.report.sentences import subject
from constructs_auth.rules.report.text import print_table
from constructs_auth.rules.rule import Severity
from constructs_auth.rules.synthesized import Provenance, Synthesized
from constructs_auth.terraform.counterpart import secrets_of_program
from constructs_auth.terraform.terraform_json import read_document


class Inspected(IConstruct, Protocol):
    """A construct of this package, which finds problems that the Terraform does not show."""

    @property
    def program_line(self) -> str:
        """The source line that created it, or an empty text."""
        ...

    def find_problems(self) -> Sequence[str]:
        """Return errors that only the whole app shows, each with a remedy."""
        ...

    def find_warnings(self) -> Sequence[str]:
        """Return warnings, each with a remedy."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The state of a stack.

    Attributes:
        path: The path of the stack.
        place: Where the state is, such as `s3 acme-state/auth.tfstate`; empty if unknown.
    """

    path: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The result of the rules for one stack.

    Attributes:
        report: The report of the rules.
        synthesized: The data for the file next to the Terraform JSON.
        fail_on: The lowest severity that stops the synthesis.
    """

    report: Report
    synthesized: Synthesized
    fail_on: Severity

    def problems(self) -> Iterator[Problem]:
        """Yield the findings that stop the synthesis."""
        for finding in self.report.findings:
            origin = finding.resource.origin
            if finding.severity.is_at_least(self.fail_on):
                yield Problem(
                    path=origin.construct_path or finding.resource.address,
                    text=_sentence(finding),
                    source=origin.source,
                )

    def print_findings(self, folder: Path) -> None:
        """Print the findings of the Terraform in *folder* as a table to stderr."""
        print_table(self.report, sys.stderr, folder=folder)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """The problems, warnings and findings of a stack.

    Attributes:
        problems: The errors: first those of constructs, in the order of the construct tree, then
            those of the rules.
        warnings: The warnings, each as one line.
        judgement: The result of the rules.
        state: The state of the stack.
    """

    problems: tuple[Problem, ...]
    warnings: tuple[str, ...]
    judgement: Judgement
    state: State

    def print_warnings(self, folder: Path) -> None:
        """Print the warnings and findings to stderr: CDKTF only writes warnings to a file.

        Args:
            folder: The folder of the Terraform.
        """
        for text in self.warnings:
            print(f"warning: {text}", file=sys.stderr)  # noqa: T201 - output for the user
        self.judgement.print_findings(folder)


def problems_of(
    ours: Iterable[Inspected], constructs: Sequence[IConstruct], document: Mapping[str, Any]
) -> Iterator[Problem]:
    """Yield the problems of each construct, repeated addresses, and names that Terraform rejects.

    Args:
        ours: The constructs of this package.
        constructs: All constructs of a stack.
        document: The stack's Terraform JSON.
    """
    for construct in ours:
        for text in construct.find_problems():
            path, line = place_of(construct).path, construct.program_line
            yield Problem(path=path, text=text, source=line)
    resources = [each for each in constructs if is_instance(each, TerraformResource)]
    by_name = (of_type.values() for of_type in document.get("resource", {}).values())
    defined = sum("//" in body for bodies in by_name for body in bodies)
    if len(resources) != defined:  # CDKTF has merged two of one address
        yield from _equal_addresses(resources)
    if "moved" in document:
        yield from _moved_from_existing(resources, document["moved"])
    yield from _rejected_names(document)


def warnings_of(ours: Iterable[Inspected]) -> Iterator[str]:
    """Yield the warnings of each construct."""
    for construct in ours:
        path = place_of(construct).path
        yield from (f"{path}: {text}" for text in construct.find_warnings())


def lines_of(ours: Iterable[Inspected]) -> dict[str, str]:
    """Return the source line of each construct, by the construct's path."""
    return {
        place_of(construct).path: construct.program_line
        for construct in ours
        if construct.program_line
    }


def state_of(document: Mapping[str, Any], *, path: str, folder: str) -> State:
    """Return the state of a stack.

    Args:
        document: The stack's Terraform JSON.
        path: The path of the stack.
        folder: The folder that Terraform runs in, below that of all stacks.
    """
    for kind, settings in document.get("terraform", {}).get("backend", {}).items():
        if kind == "local":
            file = settings.get("path") or "terraform.tfstate"
            return State(path=path, place=f"local {normpath(join(folder, file))}")
        keys = PLACES_OF_STATES.get(kind, ())
        values = [settings.get(key) for key in keys]
        if values and all(isinstance(value, str) for value in values):
            return State(path=path, place=f"{kind} {'/'.join(values)}")
    return State(path=path, place="")


def foreign_stacks(stack: TerraformStack) -> Iterator[Problem]:
    """Yield an error for each stack of another app that *stack* refers to.

    CDKTF reads its state, which this app does not write.
    """
    for other in stack.dependencies:
        if root_of(other) is not root_of(stack):
            yield Problem(
                path=place_of(stack).path,
                text=f"must refer to constructs of its own app, got {place_of(other).path} of "
                "another app; define both in one app, or refer to it with ExistingUserPool or "
                "another data source",
            )


def shared_states(states: Iterable[State]) -> Iterator[Problem]:
    """Yield an error for each stack whose state is that of a stack before it."""
    owners: dict[str, str] = {}
    for state in states:
        owner = owners.setdefault(state.place, state.path)
        if state.place and owner != state.path:
            yield Problem(
                path=state.path,
                text=f"backend: must have a state of its own, got {state.place}, the state of "
                f"{owner}; choose another key or path, otherwise each apply destroys what the "
                "other stack has created",
            )


def _rejected_names(document: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield the names that Terraform rejects, which an override or another package can give."""
    for around, name, body in _named(document):
        if not is_terraform_name(name):
            note = body.get("//", {}).get("metadata", {}) if isinstance(body, Mapping) else {}
            yield Problem(
                path=note.get("path", f"{around}.{name}"),
                text="must have a Terraform name, which starts with a letter or _ and has only "
                f"letters, digits, _ and -, got {name!r}; choose another id",
            )


def _named(document: Mapping[str, Any]) -> Iterator[tuple[str, str, object]]:
    """Yield each named block: the part before the name in its address, the name, and the body."""
    for section in ("module", "output", "variable"):
        for name, body in document.get(section, {}).items():
            yield section, name, body
    for section in ("data", "resource"):
        for kind, bodies in document.get(section, {}).items():
            for name, body in bodies.items():
                yield kind, name, body


def _equal_addresses(resources: Sequence[TerraformResource]) -> Iterator[Problem]:
    by_address = defaultdict(list)
    for resource in resources:
        by_address[resource.terraform_resource_type, resource.friendly_unique_id].append(resource)
    for (kind, name), (first, *others) in by_address.items():
        for other in others:
            yield Problem(
                path=other.node.path,
                text=f"must have a unique address, got {kind}.{name}, the address of "
                f"{first.node.path}; choose another id, otherwise Terraform never creates one of "
                "the two",
            )


def _moved_from_existing(
    resources: Sequence[TerraformResource], moved: Sequence[Mapping[str, str]]
) -> Iterator[Problem]:
    """Yield the moves that Terraform rejects, because a resource still has the old address."""
    by_address = {
        f"{resource.terraform_resource_type}.{resource.friendly_unique_id}": resource
        for resource in resources
    }
    for block in moved:
        old, new = block["from"], block["to"]
        if old in by_address and new in by_address:
            yield Problem(
                path=by_address[new].node.path,
                text=f"renamed_from: must name an address that no resource has, got {old}, the "
                f"address of {by_address[old].node.path}; give the new construct another id, or "
                "remove renamed_from",
            )


@without_garbage_collection()
def judge_document(
    document: Mapping[str, object],
    *,
    lines: Mapping[str, str],
    profile: Profile,
    accepted: Sequence[Accepted],
    accepted_changes: Sequence[Accepted],
    fail_on: Severity,
) -> Judgement:
    """Judge the Terraform JSON of a stack.

    Args:
        document: The Terraform JSON.
        lines: The source line of each construct, by the construct's path.
        profile: The profile of the stack.
        accepted: The findings of `check` that the program accepts.
        accepted_changes: The findings of change rules that the program accepts, for `review`.
        fail_on: The lowest severity that stops the synthesis.
    """
    configuration = read_document(document)
    provenances = {
        resource.static_address: _provenance(resource.origin.construct_path, lines)
        for resource in configuration.resources
    }
    synthesized = Synthesized(
        profile=profile.name,
        accepted=tuple(accepted),
        accepted_changes=tuple(accepted_changes),
        made=provenances,
    )
    # In the order of the program: of two that exclude each other, the later one is at fault.
    order = {path: number for number, path in enumerate(lines)}
    resources = sorted(
        synthesized.named(configuration).resources,
        key=lambda each: order.get(each.origin.construct_path, len(order)),
    )
    configuration = configuration.with_resources(resources)
    report = judge(
        configuration,
        rules=RULES,
        profile=profile,
        accepted=accepted,
        today=datetime.now(tz=UTC).date(),
    )
    report = hidden(report, configuration, secrets_of_program(configuration))
    return Judgement(report=report, synthesized=synthesized, fail_on=fail_on)


def _provenance(path: str, lines: Mapping[str, str]) -> Provenance:
    """Return the construct of a resource: itself, or its nearest parent with a source line."""
    around = path
    while around and around not in lines:
        around = around.rpartition("/")[0]
    return Provenance(construct_path=around or path, source=lines.get(around, ""))


def _sentence(finding: Finding) -> str:
    """Return the finding as a sentence, with the remedy for Python if the rule has one."""
    remedy = finding.rule.python_remedy or finding.rule.remedy
    return f"{finding.rule.id} {subject(finding)}; {remedy}"
