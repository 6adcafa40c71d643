"""Writes reviews as Markdown for the comments of GitHub and GitLab."""

import json
from collections.abc import Iterator, Sequence

from constructs_auth.report.markdown import code, fenced, plain, table
from constructs_auth.review.change import Change
from constructs_auth.review.findings import ChangeFinding, Dependent
from constructs_auth.review.report import words
from constructs_auth.review.report.budget import Section, fit
from constructs_auth.review.report.mermaid import diagram
from constructs_auth.review.reviewer import Review
from constructs_auth.rules.judge import Finding
from constructs_auth.rules.rule import Severity

MOST_CHARACTERS = 60_000
"""GitHub takes 65,536 in a comment."""

_ROOM_FOR_NOTES = 1_000
_IN_FULL = frozenset({Severity.ERROR, Severity.CRITICAL, Severity.HIGH})
_MOST_DEPENDENTS = 50
_CHECK = "New findings of check"


def write(reviews: Sequence[Review]) -> str:
    """Write *reviews*, one after the other, each with its hidden header.

    Together they have at most 60,000 characters; what has no room is left out from the bottom of
    each review, by whole items, and counted.
    """
    share = MOST_CHARACTERS // max(len(reviews), 1)
    return "\n".join(_written(review, share - 1) for review in reviews)


def header(review: Review) -> str:
    """Give the hidden line by which a later run finds its comment."""
    written = json.dumps({"v": 1, "root": review.label}, ensure_ascii=True)
    safe = written.replace("-", "\\u002d").replace("<", "\\u003c").replace(">", "\\u003e")
    return f"<!-- constructs-auth {safe} -->"


def _written(review: Review, characters: int) -> str:
    top = "\n\n".join((header(review), f"## {_title(review)}", _verdict(review), _summary(review)))
    bottom = _footer(review)
    room = characters - len(top) - len(bottom) - _ROOM_FOR_NOTES
    sections, notes = fit(list(_sections(review)), room)
    parts = [top, *sections]
    if notes:
        parts.append(f"**Left out for want of room:** {plain('; '.join(notes))}.")
    return "\n\n".join((*parts, bottom)) + "\n"


def _title(review: Review) -> str:
    return f"Plan of {code(_short(review.label))}"


def _verdict(review: Review) -> str:
    return f"**{plain(_short(words.verdict(review), 600))}**"


def _summary(review: Review) -> str:
    return f"{plain(words.actions(review))}."


def _sections(review: Review) -> Iterator[Section]:
    for severity, findings in words.by_severity(review):
        title = severity.capitalize()
        if severity in _IN_FULL:
            yield Section(
                title=title, head=f"### {title}", items=[_finding(one) for one in findings]
            )
        else:
            head = table(("rule", "resource", "what it means", "instead"), ())
            yield _rows(title, head, [_finding_row(finding) for finding in findings])
    if review.checks.new:
        head = table(("severity", "rule", "resource", "found", "what to do"), ())
        yield _rows(_CHECK, head, [_check_row(finding) for finding in review.checks.new])
    if review.accepted or review.checks.accepted:
        head = table(("rule", "resource", "reason", "until"), ())
        yield _rows("Accepted", head, list(_accepted(review)))
    if review.expired:
        head = table(("rule", "resource", "reason", "expired on"), ())
        rows = [
            _row(code(one.rule), code(one.address), plain(one.reason), str(one.until))
            for one in review.expired
        ]
        yield _rows("Accepted no longer", head, rows)
    if review.undecided:
        head = table(("rule", "resource", "why"), ())
        rows = [
            _row(
                f"{code(one.rule.id)} {plain(one.rule.title)}",
                code(one.change.address),
                f"{code(one.at)}: {plain(one.why)}" if one.at else plain(one.why),
            )
            for one in review.undecided
        ]
        yield _rows("Cannot be told yet", head, rows)
    yield from _tables(review)


def _tables(review: Review) -> Iterator[Section]:
    changes = [change for action in words.SHOWN_ACTIONS for change in review.of(action)]
    if changes:
        head = table(("action", "resource", "why"), ())
        rows = [
            _row(str(one.action), code(one.address), plain(words.reason(one))) for one in changes
        ]
        yield _rows("Resources", head, rows)
    items = [_attributes(change) for change in changes if words.has_news(change)]
    if items:
        yield Section(title="Changed attributes", head="### Changed attributes", items=items)
    if review.plan.outputs:
        head = table(("output that changes",), ())
        yield _rows("Outputs", head, [_row(code(name)) for name in review.plan.outputs])
    if review.plan.drifted:
        head = table(("changed outside of Terraform",), ())
        yield _rows("Drift", head, [_row(code(address)) for address in review.plan.drifted])
    drawn = diagram(review)
    if drawn:
        yield Section(
            title="Diagram",
            head="<details><summary>Diagram</summary>",
            items=[fenced(drawn, "mermaid")],
            tail="</details>",
        )


def _rows(title: str, head: str, rows: Sequence[str]) -> Section:
    return Section(title=title, head=f"### {title}\n\n{head}\n", items=rows, between="\n")


def _finding(finding: ChangeFinding) -> str:
    change = finding.change
    where = words.whereabouts(change)
    facts = [
        code(change.address),
        *([code(finding.at)] if finding.at else []),
        str(finding.effect),
        f"{code(finding.rule.id)} {plain(finding.rule.title)}",
        *([plain(where)] if where else []),
    ]
    parts = [
        f"**{plain(finding.text)}**",
        f"{' · '.join(facts)}<br>\nInstead: {plain(finding.remedy)}.",
    ]
    if finding.dependents:
        parts.append(_dependents(finding.dependents))
    return "\n\n".join(parts)


def _dependents(dependents: Sequence[Dependent]) -> str:
    shown = dependents[:_MOST_DEPENDENTS]
    rows = table(
        ("resource", "action", "what it means"),
        [(code(one.change.address), str(one.change.action), plain(one.text)) for one in shown],
    )
    more = len(dependents) - len(shown)
    rest = f"\n\nand {more:,} more" if more else ""
    count = words.counted(len(dependents), "change")
    follow = "follows" if len(dependents) == 1 else "follow"
    return (
        f"<details open><summary>{count} {follow} from it</summary>\n\n{rows}{rest}\n\n</details>"
    )


def _finding_row(finding: ChangeFinding) -> str:
    at = f" {code(finding.at)}" if finding.at else ""
    return _row(
        f"{code(finding.rule.id)} {plain(finding.rule.title)}",
        f"{code(finding.change.address)}{at}",
        plain(finding.text),
        plain(finding.remedy),
    )


def _check_row(finding: Finding) -> str:
    return _row(
        str(finding.severity),
        f"{code(finding.rule.id)} {plain(finding.rule.title)}",
        code(finding.resource.address),
        f"{code(finding.at)}: {plain(finding.text)}" if finding.at else plain(finding.text),
        plain(finding.rule.remedy),
    )


def _accepted(review: Review) -> Iterator[str]:
    entries = [
        *(
            (one.rule.id, one.rule.title, one.change.address, one.accepted)
            for one in review.accepted
        ),
        *(
            (one.rule.id, one.rule.title, one.resource.address, one.accepted)
            for one in review.checks.accepted
        ),
    ]
    for rule, title, address, entry in entries:
        if entry is not None:
            until = str(entry.until or "—")
            yield _row(f"{code(rule)} {plain(title)}", code(address), plain(entry.reason), until)


def _attributes(change: Change) -> str:
    rows: list[tuple[str, str, str]] = []
    for difference in change.differences:
        mark = " (replaces)" if difference.replaces else ""
        path = f"{code(_short(difference.path))}{mark}"
        if words.is_shown_as_set(difference):
            gone = "<br>".join(f"\\- {code(words.shown(item))}" for item in difference.removed)
            new = "<br>".join(f"+ {code(words.shown(item))}" for item in difference.added)
            rows.append((path, gone, new))
        else:
            before, after = words.both_sides(difference)
            rows.append((path, code(before), code(after)))
    lines = table(("attribute", "before", "after"), rows)
    return f"{change.action} {code(change.address)}\n\n{lines}"


def _footer(review: Review) -> str:
    facts = [
        f"fingerprint {code(review.fingerprint)}",
        plain(f"Terraform {_short(review.plan.terraform_version)}"),
        f"profile {review.profile.name}",
    ]
    hidden = [plain(text) for text in words.left_out(review)]
    notes = f"Not shown: {', '.join(hidden)}.<br>\n" if hidden else ""
    return f"<sub>{notes}{' · '.join(facts)}</sub>"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _short(text: str, most: int = 200) -> str:
    return text if len(text) <= most else f"{text[:most]}…"
