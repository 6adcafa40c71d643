"""Writes reviews as Markdown for comments on GitHub and GitLab, with a diagram."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from constructs_auth.report.markdown import code, fenced, plain, table
from constructs_auth.review.change import Action, Change
from constructs_auth.review.findings import ChangeFinding, Dependent
from constructs_auth.review.report import sentences
from constructs_auth.review.report.sentences import SHOWN_ACTIONS
from constructs_auth.review.reviewer import Review
from constructs_auth.review.root_cause import OWNERS
from constructs_auth.rules.judge import Finding
from constructs_auth.rules.rule import Severity
from constructs_auth.terraform.configuration import Configuration
from constructs_auth.terraform.resource import Resource


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a report.

    Attributes:
        title: Its name in the note that it was left out.
        head: The text before its items, kept with them.
        items: The parts that can be left out one by one, from the end.
        tail: The text after its items.
        between: The separator of items.
    """

    title: str
    head: str
    items: Sequence[str]
    tail: str = ""
    between: str = "\n\n"

    def text(self, count: int | None = None) -> str:
        """Return the section with its first *count* items; with all of them by default."""
        kept = self.items if count is None else self.items[:count]
        body = self.between.join(kept)
        parts = [f"{self.head}{body}" if self.between == "\n" else "", self.tail]
        if self.between != "\n":
            parts = [self.head, body, self.tail]
        return "\n\n".join(part for part in parts if part)


def fit(sections: Sequence[Section], characters: int) -> tuple[list[str], list[str]]:
    """Return as much of *sections* as fits into *characters*.

    Returns:
        The sections that fit, and a phrase for each that is left out, in part or as a whole.
    """
    texts: list[str] = []
    notes: list[str] = []
    room = characters
    for at, section in enumerate(sections):
        whole = section.text()
        if len(whole) + 2 <= room:
            texts.append(whole)
            room -= len(whole) + 2
            continue
        count = _most(section, room)
        if count:
            texts.append(section.text(count))
            notes.append(f"{len(section.items) - count:,} more in «{section.title}»")
            at += 1  # noqa: PLW2901 - the rest is left out as a whole
        notes += list(_left_out(sections[at:]))
        break
    return texts, notes


def _most(section: Section, room: int) -> int:
    """Return the largest number of items that fits."""
    low, high = 0, len(section.items)
    while low < high:
        middle = (low + high + 1) // 2
        if len(section.text(middle)) + 2 <= room:
            low = middle
        else:
            high = middle - 1
    return low


def _left_out(sections: Sequence[Section]) -> Iterator[str]:
    for section in sections:
        yield f"«{section.title}» ({len(section.items):,})"


_MOST_NODES = 60
_UNSAFE = re.compile(r"[^A-Za-z0-9_.\-\[\] ]")
_STYLES = {
    Action.DELETE: "fill:#ffd7d5,stroke:#cf222e,color:#1f2328",
    Action.REPLACE: "fill:#ffd7d5,stroke:#cf222e,color:#1f2328",
    Action.UPDATE: "fill:#fff8c5,stroke:#9a6700,color:#1f2328",
    Action.CREATE: "fill:#dafbe1,stroke:#1a7f37,color:#1f2328",
}


def diagram(review: Review) -> str:
    """Return a diagram of changed resources and their owners; empty if there are none."""
    touched = [change for action in SHOWN_ACTIONS for change in review.of(action)]
    if not touched:
        return ""
    drawn = {change.address: change for change in touched[:_MOST_NODES]}
    return "\n".join(("flowchart LR", *_lines(drawn, review, len(touched) - len(drawn))))


def _lines(drawn: Mapping[str, Change], review: Review, more: int) -> Iterator[str]:
    names = {address: f"n{at}" for at, address in enumerate(drawn)}
    for address, change in drawn.items():
        yield f'  {names[address]}["{_label(address)}<br/>{change.action}"]:::{change.action}'
    if more:
        yield f'  more["and {more:,} more"]'
    for address, change in drawn.items():
        configuration = review.plan.before if change.before is not None else review.plan.after
        for owner in _owners(change.resource, configuration):
            if owner in names and owner != address:
                yield f"  {names[owner]} --> {names[address]}"
                break
    for action in dict.fromkeys(change.action for change in drawn.values()):
        if action in _STYLES:
            yield f"  classDef {action} {_STYLES[action]}"


def _owners(resource: Resource, configuration: Configuration) -> Iterator[str]:
    for argument, kind, by in OWNERS:
        target = configuration.target(resource, argument, kind, by=by)
        if isinstance(target, Resource):
            yield target.address


def _label(address: str) -> str:
    """Escape an address, so that nothing in it is Mermaid or HTML syntax."""
    return _UNSAFE.sub(lambda match: f"#{ord(match[0])};", address)


MOST_CHARACTERS = 60_000
"""GitHub accepts 65,536 in a comment."""

_ROOM_FOR_NOTES = 1_000
_IN_FULL = frozenset({Severity.ERROR, Severity.CRITICAL, Severity.HIGH})
_MOST_DEPENDENTS = 50
_CHECK = "New findings of check"


def write(reviews: Sequence[Review]) -> str:
    """Return *reviews*, one after the other, each with its hidden header.

    All reviews together have at most 60,000 characters. Each review leaves out whole items from
    its end, and states how many.
    """
    share = MOST_CHARACTERS // max(len(reviews), 1)
    return "\n".join(_written(review, share - 1) for review in reviews)


def header(review: Review) -> str:
    """Return the hidden line that identifies the comment for a later run."""
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
        parts.append(f"**Left out to save space:** {plain('; '.join(notes))}.")
    return "\n\n".join((*parts, bottom)) + "\n"


def _title(review: Review) -> str:
    return f"Plan of {code(_short(review.label))}"


def _verdict(review: Review) -> str:
    return f"**{plain(_short(sentences.verdict(review), 600))}**"


def _summary(review: Review) -> str:
    return f"{plain(sentences.actions(review))}."


def _sections(review: Review) -> Iterator[Section]:
    for severity, findings in sentences.by_severity(review):
        title = severity.capitalize()
        if severity in _IN_FULL:
            yield Section(
                title=title, head=f"### {title}", items=[_finding(one) for one in findings]
            )
        else:
            head = table(("rule", "resource", "what it means", "instead"), ())
            yield _rows(title, head, [_finding_row(finding) for finding in findings])
    if review.checks.new:
        head = table(("severity", "rule", "resource", "finding", "what to do"), ())
        yield _rows(_CHECK, head, [_check_row(finding) for finding in review.checks.new])
    if review.accepted or review.checks.accepted:
        head = table(("rule", "resource", "what it means", "reason", "until"), ())
        yield _rows("Accepted", head, list(_accepted(review)))
    if review.stale:
        head = table(("rule", "resource", "reason", "why"), ())
        rows = [
            _row(
                code(one.accepted.rule),
                code(one.accepted.address),
                plain(one.accepted.reason),
                plain(one.why),
            )
            for one in review.stale
        ]
        yield _rows("Accepted findings to remove", head, rows)
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
        yield _rows("Unknown until apply", head, rows)
    yield from _tables(review)


def _tables(review: Review) -> Iterator[Section]:
    changes = [change for action in sentences.SHOWN_ACTIONS for change in review.of(action)]
    if changes:
        head = table(("action", "resource", "why"), ())
        rows = [
            _row(str(one.action), code(one.address), plain(sentences.reason(one)))
            for one in changes
        ]
        yield _rows("Resources", head, rows)
    items = [_attributes(change) for change in changes if sentences.has_news(change)]
    if items:
        yield Section(title="Changed attributes", head="### Changed attributes", items=items)
    if review.plan.outputs:
        head = table(("output that changes",), ())
        yield _rows("Outputs", head, [_row(code(name)) for name in review.plan.outputs])
    if review.plan.drift:
        head = table(("changed outside of Terraform", "what"), ())
        rows = [_row(code(one.address), plain(sentences.drift(one))) for one in review.plan.drift]
        yield _rows("Drift", head, rows)
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
    where = sentences.whereabouts(change)
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
    count = sentences.counted(len(dependents), "consequence")
    return f"<details open><summary>{count}</summary>\n\n{rows}{rest}\n\n</details>"


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
            (one.rule.id, one.rule.title, one.change.address, one.text, one.accepted)
            for one in review.accepted
        ),
        *(
            (one.rule.id, one.rule.title, one.resource.address, one.text, one.accepted)
            for one in review.checks.accepted
        ),
    ]
    for rule, title, address, text, entry in entries:
        if entry is not None:
            until = str(entry.until or "—")
            named = f"{code(rule)} {plain(title)}"
            yield _row(named, code(address), plain(text), plain(entry.reason), until)


def _attributes(change: Change) -> str:
    rows: list[tuple[str, str, str]] = []
    for difference in change.shown:
        mark = " (replaces)" if difference.replaces else ""
        path = f"{code(_short(difference.path))}{mark}"
        if sentences.is_shown_as_set(difference):
            gone = "<br>".join(f"\\- {code(sentences.shown(item))}" for item in difference.removed)
            new = "<br>".join(f"+ {code(sentences.shown(item))}" for item in difference.added)
            rows.append((path, gone, new))
        else:
            before, after = sentences.both_sides(difference)
            rows.append((path, code(before), code(after)))
    lines = table(("attribute", "before", "after"), rows)
    return f"{change.action} {code(change.address)}\n\n{lines}"


def _footer(review: Review) -> str:
    facts = [
        f"fingerprint {code(review.fingerprint)}",
        plain(f"{review.plan.program} {_short(review.plan.terraform_version)}"),
        f"profile {review.profile.name}",
    ]
    hidden = [plain(text) for text in sentences.left_out(review)]
    notes = f"Not shown: {', '.join(hidden)}.<br>\n" if hidden else ""
    return f"<sub>{notes}{' · '.join(facts)}</sub>"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _short(text: str, most: int = 200) -> str:
    return text if len(text) <= most else f"{text[:most]}…"
