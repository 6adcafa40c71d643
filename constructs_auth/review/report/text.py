"""Writes reviews for a terminal."""

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.text import Text

from constructs_auth.report.characters import log_line
from constructs_auth.report.counts import counted
from constructs_auth.report.terminal import print_line
from constructs_auth.review.change import Action, Change
from constructs_auth.review.differences import Difference
from constructs_auth.review.findings import ChangeFinding
from constructs_auth.review.report import sentences
from constructs_auth.review.reviewer import Review
from constructs_auth.rules.report.text import STYLES

_MOST_ROWS = 200
_SIGNS = {
    Action.DELETE: ("-", "red"),
    Action.REPLACE: ("-/+", "red"),
    Action.SUPERSEDE: ("./+", "red"),
    Action.FORGET: (".", "yellow"),
    Action.UPDATE: ("~", "yellow"),
    Action.CREATE: ("+", "green"),
    Action.MOVE: (">", "cyan"),
    Action.IMPORT: ("<", "cyan"),
}


def write(reviews: Sequence[Review], console: Console) -> None:
    """Print *reviews*: findings by severity, then the verdict on the last line."""
    for review in sentences.worst_first(reviews):
        if len(reviews) > 1:
            _print(console, Text(review.label, style="bold underline"))
            console.print()
        _write(review, console)


def _write(review: Review, console: Console) -> None:
    for finding in review.findings:
        for line in _finding(finding):
            _print(console, line)
        print_line(console, Text())
    for found in review.checks.new:
        head = Text(f"{found.severity} ", style=STYLES[found.severity])
        head.append(f"{found.rule.id} ", style="bold")
        head.append(f"{found.resource.address} (new finding of check)")
        _print(console, head)
        place = f"{found.at}: " if found.at else ""
        _print(console, Text(f"  {place}{found.text}"))
        _print(console, Text(f"  → {found.rule.remedy}", style="green"))
        print_line(console, Text())
    for line in _rest(review):
        _print(console, line)
    _print(console, Text(sentences.verdict(review), style="bold"))
    _print(console, Text(f"{sentences.actions(review)} (fingerprint {review.fingerprint})"))
    for note in sentences.left_out(review):
        _print(console, Text(f"not shown: {note}", style="dim"))
    print_line(console, Text())


def _finding(finding: ChangeFinding) -> Iterator[Text]:
    change = finding.change
    line = Text(f"{finding.severity} ", style=STYLES[finding.severity])
    line.append(f"{finding.rule.id} ", style="bold")
    line.append(change.address)
    if finding.at:
        line.append(f" {finding.at}")
    line.append(f" {finding.effect}", style="italic")
    place = sentences.whereabouts(change)
    if place:
        line.append(f" ({place})", style="dim")
    yield line
    yield Text(f"  {finding.text}")
    yield Text(f"  → {finding.remedy}", style="green")
    if finding.dependents:
        yield Text(f"  {counted(len(finding.dependents), 'consequence')}:", style="dim")
    for one in finding.dependents:
        yield Text(f"    {one.change.address}: {one.text}", style="dim")


def _rest(review: Review) -> Iterator[Text]:
    accepted = (
        *((one.rule.id, one.change.address, one.text, one.accepted) for one in review.accepted),
        *(
            (one.rule.id, one.resource.address, one.text, one.accepted)
            for one in review.checks.accepted
        ),
    )
    for rule, address, text, entry in accepted:
        if entry is not None:
            yield Text(f"accepted {rule} {address}: {entry.reason} ({text})", style="dim")
    for stale in review.stale:
        old = stale.accepted
        yield Text(
            f"stale {old.rule} {old.address}: {stale.why}; remove it ({old.reason})",
            style="yellow",
        )
    for one in review.undecided:
        place = f" {one.at}" if one.at else ""
        yield Text(f"unknown {one.rule.id} {one.change.address}{place}: {one.why}", style="dim")
    for drifted in review.plan.drift[:_MOST_ROWS]:
        yield Text(
            f"changed outside of Terraform: {drifted.address} ({sentences.drift(drifted)})",
            style="dim",
        )
    for name in review.plan.removed_outputs[:_MOST_ROWS]:
        yield Text(f"output {name}: {sentences.output(review.plan, name)}", style="yellow")
    changes = [change for action in sentences.SHOWN_ACTIONS for change in review.of(action)]
    for change in changes[:_MOST_ROWS]:
        yield from _change(change)
    if len(changes) > _MOST_ROWS:
        yield Text(f"and {len(changes) - _MOST_ROWS:,} more", style="dim")
    if changes:
        yield Text("")


def _change(change: Change) -> Iterator[Text]:
    sign, style = _SIGNS.get(change.action, (" ", ""))
    reason = sentences.reason(change)
    yield Text(f"{sign} ", style=style) + Text(
        f"{change.address}{f' ({reason})' if reason else ''}"
    )
    if sentences.has_news(change):
        for difference in change.shown:
            yield Text(f"    {_line(difference)}", style="dim")


def _line(difference: Difference) -> str:
    mark = " (replaces)" if difference.replaces else ""
    if sentences.is_shown_as_set(difference):
        members = [
            *(f"- {sentences.shown(item)}" for item in difference.removed),
            *(f"+ {sentences.shown(item)}" for item in difference.added),
        ]
        return f"{difference.path}{mark}: {', '.join(members)}"
    before, after = sentences.both_sides(difference)
    return f"{difference.path}{mark}: {before} → {after}"


def _print(console: Console, text: Text) -> None:
    """Print one line without wrapping, so that addresses can be searched for."""
    text.plain = log_line(text.plain)
    print_line(console, text)
