"""Writes reviews as Markdown for comments on GitHub and GitLab, with a diagram."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from constructs_auth.report.characters import shortened
from constructs_auth.report.counts import counted
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
        title: Its name in the note that items were left out.
        head: The text before its items, kept with them.
        items: The parts that can be left out one by one.
        brief: A shorter form of each item, for one that does not fit; empty if there is none.
        tail: The text after its items.
        between: The separator of items.
    """

    title: str
    head: str
    items: Sequence[str]
    brief: Sequence[str] = ()
    tail: str = ""
    between: str = "\n\n"

    def text(self, kept: Sequence[str]) -> str:
        """Return the section with only the items *kept*."""
        body = self.between.join(kept)
        parts = [f"{self.head}{body}" if self.between == "\n" else "", self.tail]
        if self.between != "\n":
            parts = [self.head, body, self.tail]
        return "\n\n".join(part for part in parts if part)


def fit(sections: Sequence[Section], characters: int) -> tuple[list[str], list[str]]:
    """Return as much of *sections* as fits into *characters*.

    If an item does not fit, only that item is skipped.

    Returns:
        The sections, and a phrase for each from which items are left out.
    """
    texts: list[str] = []
    notes: list[str] = []
    room = characters
    for section in sections:
        kept = list(_fitting(section, room))
        if kept:
            texts.append(section.text(kept))
            room -= len(texts[-1]) + len(_BETWEEN)
        left_out = len(section.items) - len(kept)
        if left_out:
            count = f"{left_out:,} more in «" if kept else "«"
            notes.append(f"{count}{section.title}»{'' if kept else f' ({left_out:,})'}")
    return texts, notes


def _fitting(section: Section, characters: int) -> Iterator[str]:
    """Walk through the items that fit, each in full or else in brief."""
    room = characters - len(section.text(())) - 3 * len(_BETWEEN)
    for at, item in enumerate(section.items):
        forms = (item, *section.brief[at : at + 1])
        found = next((form for form in forms if len(form) + len(section.between) <= room), None)
        if found is not None:
            room -= len(found) + len(section.between)
            yield found


_BETWEEN = "\n\n"
_MOST_NODES = 60
_LONGEST_LABEL = 80
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
    return _UNSAFE.sub(lambda match: f"#{ord(match[0])};", shortened(address, _LONGEST_LABEL))


MOST_CHARACTERS = 60_000
"""GitHub documents 65,536 characters for a comment, and stores 262,144 bytes: no text of 60,000
characters is longer. GitLab takes a million."""

_ROOM_FOR_NOTES = 1_000
_FEWEST_CHARACTERS = 2_500
"""The smallest number of characters for each of many reviews in one comment."""

_LONGEST_NAME = 200
_LONGEST_TEXT = 1_000
_LONGEST_BRIEF = 160
_MOST_ROWS = 50
_MOST_MEMBERS = 20
_ROOM_FOR_DEPENDENTS = 10_000
_IN_FULL = frozenset({Severity.ERROR, Severity.CRITICAL, Severity.HIGH})


def write(reviews: Sequence[Review]) -> str:
    """Return *reviews*, the worst first, each with its hidden header.

    All reviews together have at most 60,000 characters. Each review leaves out whole items, the
    worst last, and states how many. If there are too many reviews, the comment has the worst, and
    the number of the others at the top.
    """
    most = MOST_CHARACTERS // _FEWEST_CHARACTERS - 1
    ordered = sentences.worst_first(reviews)
    kept, left_out = ordered[:most], ordered[most:]
    share = MOST_CHARACTERS // max(len(kept) + bool(left_out), 1)
    pages = "\n".join(_written(review, share - 1) for review in kept)
    if not reviews:
        return pages
    first = header(reviews[0])  # a later run finds the comment by its first line
    pages = pages.replace(f"{first}\n", "", 1)
    return "".join((f"{first}\n", *(f"\n{line}" for line in _rest(left_out)), pages))


def _rest(reviews: Sequence[Review]) -> Iterator[str]:
    """Count the plans that do not fit, and their findings."""
    if reviews:
        counts = Counter[Severity]()
        for review in reviews:
            counts.update(review.severities())
        found = ", ".join(f"{counts[one]:,} {one}" for one in Severity if counts[one])
        plans = counted(len(reviews), "more plan")
        yield f"**Left out to save space:** {plans} ({found or 'no findings'}).\n"


def header(review: Review) -> str:
    """Return the hidden line that identifies the comment for a later run."""
    root = review.label
    if len(root) > _LONGEST_NAME:
        root = (
            f"{shortened(root, _LONGEST_NAME)} {sha256(root.encode(errors='replace')).hexdigest()}"
        )
    written = json.dumps({"v": 1, "root": root}, ensure_ascii=True)
    safe = written.replace("-", "\\u002d").replace("<", "\\u003c").replace(">", "\\u003e")
    safe = safe.replace("##", "#\\u0023")  # of a workflow command
    return f"<!-- constructs-auth {safe} -->"


def _written(review: Review, characters: int) -> str:
    verdict = _verdict(review, characters // 3)
    top = "\n\n".join((header(review), f"## {_title(review)}", verdict, _summary(review)))
    bottom = _footer(review)
    room = characters - len(top) - len(bottom) - _ROOM_FOR_NOTES
    sections, notes = fit(list(_sections(review)), room)
    parts = [top, *sections]
    if notes:
        parts.append(f"**Left out to save space:** {plain('; '.join(notes))}.")
    return "\n\n".join((*parts, bottom)) + "\n"


def _title(review: Review) -> str:
    return f"Plan of {_name(review.label)}"


def _verdict(review: Review, characters: int) -> str:
    """Return the verdict, shortened until it fits after escaping."""
    return f"**{_plain_within(sentences.verdict(review), characters)}**"


def _summary(review: Review) -> str:
    return f"{plain(sentences.actions(review))}."


def _sections(review: Review) -> Iterator[Section]:
    for severity, findings in sentences.by_severity(review):
        title = severity.capitalize()
        if severity in _IN_FULL:
            yield Section(
                title=title,
                head=f"### {title}",
                items=[_finding(one) for one in findings],
                brief=[_brief(one) for one in findings],
            )
        else:
            head = table(("rule", "resource", "what it means", "instead"), ())
            yield _rows(title, head, [_finding_row(finding) for finding in findings])
    if review.checks.new:
        yield _table(sentences.CHECK, [_check_row(finding) for finding in review.checks.new])
    if review.accepted or review.checks.accepted:
        yield _table(sentences.ACCEPTED, list(_accepted(review)))
    if review.stale:
        rows = [
            _row(
                _name(one.accepted.rule),
                _name(one.accepted.address),
                _words(one.accepted.reason),
                _words(one.why),
            )
            for one in review.stale
        ]
        yield _table(sentences.STALE, rows)
    if review.undecided:
        rows = [
            _row(
                f"{code(one.rule.id)} {plain(one.rule.title)}",
                _name(one.change.address),
                f"{_name(one.at)}: {_words(one.why)}" if one.at else _words(one.why),
            )
            for one in review.undecided
        ]
        yield _table(sentences.UNKNOWN, rows)
    yield from _tables(review)


def _tables(review: Review) -> Iterator[Section]:
    changes = [change for action in sentences.SHOWN_ACTIONS for change in review.of(action)]
    if changes:
        head = table(("action", "resource", "why"), ())
        rows = [
            _row(str(one.action), _name(one.address), _words(sentences.reason(one)))
            for one in changes
        ]
        yield _rows(sentences.RESOURCES, head, rows)
    items = [_attributes(change) for change in changes if sentences.has_news(change)]
    if items:
        yield Section(title="Changed attributes", head="### Changed attributes", items=items)
    if review.plan.outputs:
        changed = [
            _row(_name(name), _words(sentences.output(review.plan, name)))
            for name in review.plan.outputs
        ]
        yield _table(sentences.OUTPUTS, changed)
    if review.plan.drift:
        rows = [_row(_name(one.address), _words(sentences.drift(one))) for one in review.plan.drift]
        yield _table(sentences.DRIFT, rows)
    drawn = diagram(review)
    if drawn:
        yield Section(
            title="Diagram",
            head="<details><summary>Diagram</summary>",
            items=[fenced(drawn, "mermaid")],
            tail="</details>",
        )


def _table(words: sentences.Table, rows: Sequence[str]) -> Section:
    return _rows(words.title, table(words.columns, ()), rows)


def _rows(title: str, head: str, rows: Sequence[str]) -> Section:
    return Section(title=title, head=f"### {title}\n\n{head}\n", items=rows, between="\n")


def _finding(finding: ChangeFinding) -> str:
    change = finding.change
    where = sentences.whereabouts(change)
    facts = [
        _name(change.address),
        *([_name(finding.at)] if finding.at else []),
        str(finding.effect),
        f"{code(finding.rule.id)} {plain(finding.rule.title)}",
        *([_words(where)] if where else []),
    ]
    parts = [
        f"**{_words(finding.text)}**",
        f"{' · '.join(facts)}<br>\n{sentences.INSTEAD}: {_words(finding.remedy)}.",
    ]
    if finding.dependents:
        parts.append(_dependents(finding.dependents))
    return "\n\n".join(parts)


def _brief(finding: ChangeFinding) -> str:
    text = _plain_within(finding.text, _LONGEST_BRIEF)
    address = code(shortened(finding.change.address, _LONGEST_LABEL))
    return f"**{text}**<br>\n{address} · {code(finding.rule.id)}"


def _dependents(dependents: Sequence[Dependent]) -> str:
    rows: list[tuple[str, ...]] = []
    room = _ROOM_FOR_DEPENDENTS
    for one in dependents[:_MOST_ROWS]:
        row = (_name(one.change.address), str(one.change.action), _words(one.text))
        room -= sum(map(len, row))
        if room > 0:
            rows.append(row)
    written = table(sentences.DEPENDENTS.columns, rows)
    count = counted(len(dependents), "consequence")
    more = _and_more(len(dependents) - len(rows), "\n\n")
    return f"<details open><summary>{count}</summary>\n\n{written}{more}\n\n</details>"


def _and_more(count: int, before: str) -> str:
    return f"{before}and {count:,} more" if count else ""


def _finding_row(finding: ChangeFinding) -> str:
    at = f" {_name(finding.at)}" if finding.at else ""
    return _row(
        f"{code(finding.rule.id)} {plain(finding.rule.title)}",
        f"{_name(finding.change.address)}{at}",
        _words(finding.text),
        _words(finding.remedy),
    )


def _check_row(finding: Finding) -> str:
    return _row(
        str(finding.severity),
        f"{code(finding.rule.id)} {plain(finding.rule.title)}",
        _name(finding.resource.address),
        f"{_name(finding.at)}: {_words(finding.text)}" if finding.at else _words(finding.text),
        _words(finding.rule.remedy),
    )


def _accepted(review: Review) -> Iterator[str]:
    for one in sentences.accepted(review):
        named = f"{code(one.rule)} {plain(one.title)}"
        yield _row(named, _name(one.address), _words(one.text), _words(one.reason), one.until)


def _attributes(change: Change) -> str:
    rows: list[tuple[str, str, str]] = []
    differences = change.shown
    for difference in differences[:_MOST_ROWS]:
        mark = f" {sentences.REPLACES}" if difference.replaces else ""
        path = f"{_name(difference.path)}{mark}"
        if sentences.is_shown_as_set(difference):
            rows.append(
                (path, _members("\\-", difference.removed), _members("+", difference.added))
            )
        else:
            before, after = sentences.both_sides(difference)
            rows.append((path, code(before), code(after)))
    lines = table(sentences.ATTRIBUTES.columns, rows)
    more = _and_more(len(differences) - len(rows), "\n\n")
    return f"{change.action} {_name(change.address)}\n\n{lines}{more}"


def _members(sign: str, members: Sequence[object]) -> str:
    """Format the members that are added to a set or removed from it, in one cell."""
    shown = [f"{sign} {code(sentences.shown(one))}" for one in members[:_MOST_MEMBERS]]
    return "<br>".join(shown) + _and_more(len(members) - len(shown), "<br>")


def _footer(review: Review) -> str:
    facts = [
        f"fingerprint {code(review.fingerprint)}",
        _words(f"{review.plan.program} {shortened(review.plan.terraform_version, _LONGEST_NAME)}"),
        f"profile {review.profile.name}",
    ]
    hidden = [plain(text) for text in sentences.left_out(review)]
    notes = f"Not shown: {', '.join(hidden)}.<br>\n" if hidden else ""
    return f"<sub>{notes}{' · '.join(facts)}</sub>"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _name(text: str) -> str:
    """Format an address, a path or a key, shortened in the middle because its end identifies it."""
    return code(shortened(text, _LONGEST_NAME))


def _words(text: str) -> str:
    """Escape a sentence, shortened in the middle if a value makes it very long."""
    return _plain_within(text, _LONGEST_TEXT)


def _plain_within(text: str, most: int) -> str:
    """Escape *text*, shortened in the middle until it fits into *most* after escaping."""
    text = shortened(text, most)
    written = plain(text)
    while len(written) > most:
        text = shortened(text, len(text) * 2 // 3)
        written = plain(text)
    return written
