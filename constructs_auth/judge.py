"""The judge of a stack, of any class: its profile, `fail_on` and its accepted findings."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from constructs_auth import _checks
from constructs_auth._inspection import (
    Inspected,
    Inspection,
    State,
    foreign_stacks,
    judge_document,
    lines_of,
    problems_of,
    shared_states,
    state_of,
    warnings_of,
)
from constructs_auth._place import address_of, constructs_of, place_of, root_of, stack_of
from constructs_auth.engine import (
    Construct,
    IConstruct,
    IStackSynthesizer,
    ISynthesisSession,
    IValidation,
    TerraformStack,
    jsii,
)
from constructs_auth.errors import InvalidValueError
from constructs_auth.review.registry import change_rule_named
from constructs_auth.rules.accepted import Accepted, is_reason
from constructs_auth.rules.profile import STANDARD, Profile, checked_profile
from constructs_auth.rules.registry import rule_named
from constructs_auth.rules.rule import Severity
from constructs_auth.rules.synthesized import FILE

_SUBJECT = "accept_finding"
_ADDRESS = re.compile(
    r"terraform\.backend\.\w+|(module\.[\w-]+(\[[^\]]+\])?\.)*[a-z]\w*\.[\w-]+(\[[^\]]+\])?"
)


@dataclass(slots=True)
class _App:
    """The judges of an app, by their stacks; the states seen so far, by the paths of the stacks."""

    judges: "dict[IConstruct, Judge]" = field(default_factory=dict)
    states: dict[str, State] = field(default_factory=dict)
    judges_itself: bool = False


_APPS: WeakKeyDictionary[IConstruct, _App] = WeakKeyDictionary()


class Judge:
    """The judge of a stack: its profile, `fail_on` and accepted findings.

    Each stack with a construct of this package has one, also a `TerraformStack` of CDKTF.
    `Judge.of(stack)` returns it. An `AuthStack` takes the same settings as arguments.
    """

    def __init__(self, stack: TerraformStack) -> None:
        self._stack = stack
        self._profile = STANDARD
        self._fail_on = Severity.ERROR
        self._accepted: list[Accepted] = []
        self._members: dict[IConstruct, Inspected] = {}
        self._warnings: list[str] = []
        self._inspection: Inspection | None = None

    @classmethod
    def of(cls, construct: Construct) -> "Judge":
        """Return the judge of a stack, or of the stack that *construct* is in.

        The rules judge a stack without any construct of this package only after this call.

        Raises:
            InvalidValueError: *construct* is in no stack.
        """
        stack = stack_of("Judge.of", construct)
        judges = _APPS.setdefault(root_of(stack), _App()).judges
        if stack not in judges:
            judge = judges[stack] = cls(stack)
            stack.node.add_validation(_Validation(judge))
            stack.synthesizer = _Synthesizer(stack.synthesizer, judge)
        return judges[stack]

    @property
    def profile(self) -> Profile:
        """The requirements of the rules, and the defaults of pools. At first `STANDARD`.

        Raises:
            InvalidValueError: Something else is set, or the stack already has constructs of this
                package, whose defaults are those of another profile.
        """
        return self._profile

    @profile.setter
    def profile(self, profile: Profile) -> None:
        checked = checked_profile("Judge.profile", profile)
        if self._members and checked != self._profile:
            raise InvalidValueError(
                "Judge.profile",
                "must be set before the constructs of the stack, which take their defaults from it",
                got=checked.name,
                remedy="set it as soon as the stack is there",
            )
        self._profile = checked

    @property
    def fail_on(self) -> Severity:
        """The lowest severity of a finding that stops the synthesis. At first `Severity.ERROR`.

        Raises:
            InvalidValueError: Something else is set.
        """
        return self._fail_on

    @fail_on.setter
    def fail_on(self, fail_on: Severity) -> None:
        self._fail_on = _checks.known_member("Judge.fail_on", fail_on, Severity)

    @property
    def accepted_findings(self) -> tuple[Accepted, ...]:
        """The findings that `accept_finding` accepted."""
        return tuple(self._accepted)

    def accept_finding(
        self,
        rule: str,
        construct: Construct | str,
        *,
        reason: str,
        until: date | None = None,
    ) -> None:
        """Accept that *construct* breaks *rule*. Every report shows this with the reason.

        Rules are those of `check` and the change rules of `review`.

        Args:
            rule: The id or the name of the rule, such as `CG201` or `no-implicit-grant`, or of a
                change rule, such as `CH21` or `callback-url-removed`.
            construct: A construct of this package, or a resource of the bindings; or the Terraform
                address of what has no construct: a resource that the program no longer defines, or
                the backend, such as `terraform.backend.local`.
            reason: Why this is acceptable here, in a sentence.
            until: The last day of the acceptance; after it, the finding counts again. By default
                there is no end.

        Raises:
            InvalidValueError: An unknown rule, no reason, or a construct without a resource.
        """
        self._accepted.append(
            Accepted(
                rule=_known_rule(rule),
                address=_known_address(construct),
                reason=_given_reason(reason),
                until=_given_day(until),
            )
        )

    def inspect(self, document: Mapping[str, Any] | None = None) -> Inspection:
        """Return the problems and warnings of every construct, and the findings of the rules.

        Args:
            document: The Terraform JSON as it is written. By default CDKTF generates it; call
                `prepare_stack` first, for cross-stack references.
        """
        constructs = constructs_of(self._stack)
        ours = [self._members[each] for each in constructs if each in self._members]
        document = self._stack.to_terraform() if document is None else document
        judgement = judge_document(
            document,
            lines=lines_of(ours),
            profile=self._profile,
            accepted=[one for one in self._accepted if rule_named(one.rule) is not None],
            accepted_changes=[one for one in self._accepted if rule_named(one.rule) is None],
            fail_on=self._fail_on,
        )
        place = place_of(self._stack)
        return Inspection(
            problems=(
                *problems_of(ours, constructs, document),
                *foreign_stacks(self._stack),
                *judgement.problems(),
            ),
            warnings=(
                *(f"{place.path}: {text}" for text in self._warnings),
                *warnings_of(ours),
            ),
            judgement=judgement,
            state=state_of(document, path=place.path, folder=place.construct_id),
        )

    def validate(self) -> list[str]:
        """Return the problems for an app of CDKTF."""
        app = _APPS[root_of(self._stack)]
        if app.judges_itself:
            return []
        self._inspection = found = self.inspect()
        path = found.state.path
        app.states[path] = found.state
        shared = [each for each in shared_states(app.states.values()) if each.path == path]
        return [str(problem) for problem in (*found.problems, *shared)]

    def write_beside(self, folder: Path) -> None:
        """Write the file beside what an app of CDKTF wrote to *folder*, and print the warnings."""
        if _APPS[root_of(self._stack)].judges_itself:
            return
        found, self._inspection = self._inspection, None
        if found is None:  # CDKTF was told to skip validations
            found = self.inspect()
        write_beside(folder, self._stack, found)
        found.print_warnings(folder_of(folder, self._stack))

    def add(self, construct: Inspected) -> None:
        """Inspect *construct* of this package, which is in the stack, at synthesis."""
        self._members[construct] = construct

    def warn(self, text: str) -> None:
        """Print *text* about the stack at each synthesis."""
        self._warnings.append(text)


def judges_of(app: IConstruct) -> Mapping[IConstruct, Judge]:
    """Return the judges of the stacks of *app*, by their stacks."""
    return _APPS[app].judges if app in _APPS else {}


@contextmanager
def judging(app: IConstruct) -> Iterator[None]:
    """Let *app* judge its stacks; otherwise CDKTF's validation does it."""
    of_app = _APPS.setdefault(app, _App())
    of_app.judges_itself = True
    try:
        yield
    finally:
        of_app.judges_itself = False


def folder_of(outdir: Path, stack: TerraformStack) -> Path:
    """Return the folder of the Terraform of *stack*, below *outdir*."""
    return outdir / "stacks" / place_of(stack).construct_id


def write_beside(outdir: Path, stack: TerraformStack, inspection: Inspection) -> None:
    """Write the file of *stack* beside its Terraform JSON, which is in *outdir*."""
    file = folder_of(outdir, stack) / FILE
    text = inspection.judgement.synthesized.dumps()
    # JSON can escape what UTF-8 lacks: half of a surrogate pair, as in the name of a file.
    file.write_text(text, encoding="utf-8", errors="backslashreplace")


@jsii.implements(IValidation)
class _Validation:
    """Judge the stack when CDKTF validates it: after the Aspects, and before it writes."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge

    def validate(self) -> list[str]:
        """Return the problems."""
        return self._judge.validate()


@jsii.implements(IStackSynthesizer)
class _Synthesizer:
    """Write the stack as CDKTF does, and `constructs-auth.json` beside it."""

    def __init__(self, original: IStackSynthesizer, judge: Judge) -> None:
        self._original = original
        self._judge = judge

    def synthesize(self, session: ISynthesisSession) -> None:
        """Write the stack; CDKTF validates it before."""
        self._original.synthesize(session)
        self._judge.write_beside(Path(session.outdir))


def _known_rule(rule: str) -> str:
    """Reject a text that is neither the id nor the slug of a rule."""
    known = isinstance(rule, str) and (rule_named(rule) or change_rule_named(rule))
    if not known:
        raise InvalidValueError(
            f"{_SUBJECT}, rule",
            "must be the id or the name of a rule",
            got=rule,
            remedy="`constructs-auth rules` lists them",
        )
    return rule


def _given_reason(reason: str) -> str:
    """Reject an acceptance without a reason, which readers of the report need."""
    if not is_reason(reason):
        raise InvalidValueError(
            f"{_SUBJECT}, reason",
            "must be a text that is not empty",
            got=reason,
            remedy="write in a sentence why this is acceptable here",
        )
    return reason


def _given_day(until: date | None) -> date | None:
    """Reject a value that is not a date."""
    if until is not None and type(until) is not date:
        raise InvalidValueError(
            f"{_SUBJECT}, until",
            "must be a datetime.date",
            got=until,
            remedy="write date(2027, 6, 30)",
        )
    return until


def _known_address(construct: Construct | str) -> str:
    """Return the Terraform address of *construct*'s resource; reject a construct without one."""
    if isinstance(construct, str):
        return _checked_address(construct)
    address = address_of(construct)
    if address is None:
        raise InvalidValueError(
            f"{_SUBJECT}, construct",
            "must be a construct that has a resource",
            got=type(construct).__name__,
            remedy="pass the construct that the finding names",
        )
    return address


def _checked_address(address: str) -> str:
    """Reject a text that is not a Terraform address."""
    if _ADDRESS.fullmatch(address) is None:
        raise InvalidValueError(
            f"{_SUBJECT}, construct",
            "must be a Terraform address",
            got=address,
            remedy="write one such as 'aws_cognito_user_pool_client.web', or pass the construct",
        )
    return address
