"""The phrases that all reports of a review share."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from constructs_auth.report.characters import shortened
from constructs_auth.report.counts import counted
from constructs_auth.review.change import Action, Change
from constructs_auth.review.differences import AFTER_APPLY, Difference
from constructs_auth.review.findings import ChangeFinding
from constructs_auth.review.plan import Plan
from constructs_auth.review.reviewer import Review
from constructs_auth.review.rule import Effect
from constructs_auth.rules.rule import Severity
from constructs_auth.terraform.block import top_argument
from constructs_auth.terraform.sensitive import HIDDEN, without_login

NOT_SET = "(not set)"
UNSHOWN = "(not shown)"
_LONGEST = 300
_LONGEST_SENTENCE = 600
_LONGEST_NAME = 120
_MOST_NAMES = 3
_ASIDE = re.compile(r"; | \(Terraform replaces it")
_COUNTED = (
    (Action.CREATE, "to add"),
    (Action.UPDATE, "to change"),
    (Action.REPLACE, "to replace"),
    (Action.DELETE, "to delete"),
    (Action.SUPERSEDE, "to forget and create"),
    (Action.FORGET, "to forget"),
    (Action.MOVE, "moved"),
    (Action.IMPORT, "imported"),
)
SHOWN_ACTIONS = (
    Action.DELETE,
    Action.REPLACE,
    Action.SUPERSEDE,
    Action.FORGET,
    Action.UPDATE,
    Action.CREATE,
    Action.MOVE,
    Action.IMPORT,
)
"""The actions that a report lists, the worst first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The words of a table that pages have.

    Attributes:
        title: Its heading; empty if it stands below something else.
        columns: The names of its columns.
    """

    title: str = ""
    columns: tuple[str, ...]


CHECK = Table(
    title="New findings of check",
    columns=("severity", "rule", "resource", "finding", "what to do"),
)
ACCEPTED = Table(title="Accepted", columns=("rule", "resource", "what it means", "reason", "until"))
STALE = Table(title="Accepted findings to remove", columns=("rule", "resource", "reason", "why"))
UNKNOWN = Table(title="Unknown until apply", columns=("rule", "resource", "why"))
OUTPUTS = Table(title="Outputs", columns=("output that changes", "how"))
DRIFT = Table(title="Drift", columns=("changed outside of Terraform", "what"))
DEPENDENTS = Table(columns=("resource", "action", "what it means"))
ATTRIBUTES = Table(columns=("attribute", "before", "after"))
RESOURCES = "Resources"
INSTEAD = "Instead"
REPLACES = "(replaces)"


def worst_first(reviews: Sequence[Review]) -> list[Review]:
    """Return *reviews*, the worst first; those that are equally bad keep their order."""
    return sorted(reviews, key=_badness)


def _badness(review: Review) -> tuple[bool, int]:
    worst = review.worst()
    return not review.plan.errored, len(Severity) if worst is None else worst.rank


def output(plan: Plan, name: str) -> str:
    """Return how the output *name* changes."""
    if name in plan.removed_outputs:
        return "removed: programs and stacks that read it fail"
    return "new value"


def verdict(review: Review) -> str:
    """Return in one line whether the plan is safe to apply, and why not."""
    return " ".join(_verdict(review))


def _verdict(review: Review) -> Iterator[str]:
    yield from _completeness(review)
    counts = severities(review)
    if counts:
        yield f"{counts}:"
        yield _worst_text(review)
    dangers = accepted_dangers(review)
    if dangers:
        reason = dangers[0].accepted.reason if dangers[0].accepted is not None else ""
        what = shortened(_first_part(dangers[0]), _LONGEST_SENTENCE)
        yield f"Accepted ({shortened(reason, _LONGEST_NAME)}): {what}"
        if len(dangers) > 1:
            yield f"Also accepted: {counted(len(dangers) - 1, 'other finding')} of this kind."
    if not counts and not dangers:
        yield from _no_findings(review)


def _completeness(review: Review) -> Iterator[str]:
    """Walk through the reasons why the plan does not show everything that happens."""
    if review.plan.errored:
        yield "Terraform failed to create this plan."
        if review.guarded:
            yield f"prevent_destroy protects {_first_of(review.guarded)}."
    elif not review.plan.complete:
        yield "This plan is not complete: another one has to follow."
    if review.plan.beyond:
        yield f"This plan also {' and '.join(review.plan.beyond)}, which no rule judges."


def _no_findings(review: Review) -> Iterator[str]:
    """State that nothing is dangerous, but only if that is true."""
    accepted = len(review.accepted) + len(review.checks.accepted)
    if accepted:
        yield f"Only accepted findings: {accepted:,}."
    if review.undecided:
        yield f"Unknown until apply: what {counted(len(review.undecided), 'change')} will do."
    if accepted or review.undecided:
        return
    is_whole = not any(_completeness(review))
    if any(review.of(action) for action in SHOWN_ACTIONS):
        yield f"Nothing dangerous found{'' if is_whole else ' in what it shows'}."
    elif is_whole:
        yield "No changes."


def _first_of(addresses: Sequence[str]) -> str:
    """List the first addresses, and count the rest."""
    shown = [shortened(address, _LONGEST_NAME) for address in addresses[:_MOST_NAMES]]
    rest = len(addresses) - len(shown)
    return f"{', '.join(shown)}{f' and {rest:,} more' if rest else ''}"


def accepted_dangers(review: Review) -> Sequence[ChangeFinding]:
    """Return the accepted findings that every reader must see: critical and destructive ones."""
    return [
        one
        for one in review.accepted
        if one.severity is Severity.CRITICAL or one.effect in {Effect.NOT_FOUND, Effect.DESTROYS}
    ]


def _first_part(finding: ChangeFinding) -> str:
    """Return the text of *finding* without its asides."""
    return f"{_ASIDE.split(finding.text.removesuffix('.'))[0]}."


def _worst_text(review: Review) -> str:
    """Return the text of the worst finding.

    A loss of users and a pool that is not found are worse than an apply that fails.
    """
    first = review.findings[0] if review.findings else None
    if first is not None and (
        first.severity in {review.worst(), Severity.CRITICAL} or first.effect is Effect.NOT_FOUND
    ):
        return shortened(_first_part(first), _LONGEST_SENTENCE)
    found = review.checks.new[0]
    place = f"{found.resource.address}: {found.at}" if found.at else found.resource.address
    return shortened(f"{place}: {found.text}.", _LONGEST_SENTENCE)


def has_news(change: Change) -> bool:
    """Return whether a change of an existing resource has more than new ids of other resources."""
    return change.action in {Action.UPDATE, Action.REPLACE} and any(
        difference.after is not AFTER_APPLY for difference in change.differences
    )


def severities(review: Review) -> str:
    """Count the findings: `1 critical, 2 high`."""
    return ", ".join(f"{count} {severity}" for severity, count in review.severities().items())


def actions(review: Review) -> str:
    """Count the changes: `1 to add, 2 to change`."""
    counts = [(len(_counted(review, action)), word) for action, word in _COUNTED]
    return ", ".join(f"{count} {word}" for count, word in counts if count) or "nothing to do"


def _counted(review: Review, action: Action) -> Sequence[Change]:
    """Return the changes of one kind; a resource that is imported and changed counts as both."""
    if action is Action.IMPORT:
        return [one for one in review.plan.changes if one.is_imported]
    return review.of(action)


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedRow:
    """A row of `ACCEPTED`.

    Attributes:
        rule: The id of the rule.
        title: Its title.
        address: The address of the resource.
        text: What was found.
        reason: Why it is accepted.
        until: The last day, or a dash if there is none.
    """

    rule: str
    title: str
    address: str
    text: str
    reason: str
    until: str


def accepted(review: Review) -> Iterator[AcceptedRow]:
    """Walk through the accepted findings, those of the change rules first."""
    entries = (
        *(
            (one.rule.id, one.rule.title, one.change.address, one.text, one.accepted)
            for one in review.accepted
        ),
        *(
            (one.rule.id, one.rule.title, one.resource.address, one.text, one.accepted)
            for one in review.checks.accepted
        ),
    )
    for rule, title, address, text, entry in entries:
        if entry is not None:
            yield AcceptedRow(
                rule=rule,
                title=title,
                address=address,
                text=text,
                reason=entry.reason,
                until=str(entry.until or "—"),
            )


def left_out(review: Review) -> Iterator[str]:
    """Walk through what the report does not show, and why."""
    if review.noise:
        yield f"{counted(review.noise, 'update')} without any effect"
    if review.folded:
        without = "without meaning (empty for unset, computed, order)"
        yield f"{counted(review.folded, 'difference')} {without}"
    if review.checks.old:
        yield f"{counted(review.checks.old, 'finding')} of check that existed before"
    if review.checks.unknown:
        yield f"{counted(review.checks.unknown, 'result')} of check unknown until apply"


def drift(change: Change) -> str:
    """Return the changes outside of Terraform."""
    if change.action is Action.GONE:
        return "not found"
    return ", ".join(dict.fromkeys(top_argument(one.path) for one in change.differences))


def whereabouts(change: Change) -> str:
    """Return the construct and the source line that define the resource."""
    origin = change.resource.origin
    place = origin.source or (f"{origin.file}:{origin.line}" if origin.line else "")
    return ", ".join(part for part in (origin.construct_path, place) if part)


def reason(change: Change) -> str:
    """Return why Terraform does it; empty if the reason is only the configuration."""
    if change.is_imported and change.action is not Action.IMPORT:
        return f"imported; {_reason(change)}" if _reason(change) else "imported, and changed"
    return _reason(change)


def _reason(change: Change) -> str:
    if change.is_deposed:
        return "left behind by a replacement"
    if change.causes:
        return f"{', '.join(change.causes)} cannot be changed"
    if change.previous_address:
        return f"was {change.previous_address}"
    known = {
        "replace_because_tainted": "tainted",
        "replace_by_request": "required by -replace",
        "replace_by_triggers": "required by replace_triggered_by",
        "delete_because_no_resource_config": "no longer in the configuration",
        "delete_because_enabled_false": "enabled is false in its lifecycle",
        "forgot_because_lifecycle_destroy_in_config": "destroy is false in its lifecycle",
        "forgot_because_lifecycle_destroy_in_state": "destroy was false in its lifecycle",
    }
    return known.get(change.reason, change.reason.replace("_", " "))


def shown(value: object) -> str:
    """Format a value as Terraform does; a long one is shortened in the middle."""
    if value is AFTER_APPLY:
        return repr(AFTER_APPLY)
    if value is None:
        return NOT_SET
    if isinstance(value, list):
        written = f"[{', '.join(shown(item) for item in value)}]"
    elif isinstance(value, str):
        written = json.dumps(without_login(value), ensure_ascii=False)
    else:
        written = json.dumps(value, ensure_ascii=False, default=repr)
    return shortened(written, _LONGEST)


def both_sides(difference: Difference) -> tuple[str, str]:
    """Format both sides of a difference; for a secret only that it changes."""
    if difference.shown_as and not difference.is_hidden and difference.is_known:
        return UNSHOWN, f"{UNSHOWN}, changes"
    if difference.is_hidden:
        return HIDDEN, f"{HIDDEN} changes"
    return shown(difference.before), shown(difference.after)


def is_shown_as_set(difference: Difference) -> bool:
    """Return whether to show a difference as added and removed members."""
    return (
        difference.is_set
        and isinstance(difference.before, list)
        and isinstance(difference.after, list)
    )


def by_severity(review: Review) -> Iterator[tuple[Severity, Sequence[ChangeFinding]]]:
    """Walk through the findings by severity, the worst first."""
    for severity in Severity:
        found = [finding for finding in review.findings if finding.severity is severity]
        if found:
            yield severity, found
