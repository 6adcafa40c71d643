"""Writes reviews as one self-contained HTML page: no script, no font, no network."""

from collections.abc import Iterator, Sequence
from html import escape

from constructs_auth.report.characters import one_line
from constructs_auth.report.counts import counted
from constructs_auth.review.change import Change
from constructs_auth.review.differences import Difference
from constructs_auth.review.findings import ChangeFinding
from constructs_auth.review.report import sentences
from constructs_auth.review.reviewer import Review
from constructs_auth.rules.judge import Finding

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = """
:root { color-scheme: light dark; --line: #d1d9e0; --soft: #f6f8fa; --dim: #59636e;
  --text: #1f2328; --page: #ffffff; --bad: #cf222e; --warn: #9a6700; --good: #1a7f37;
  --bad-soft: #ffebe9; --warn-soft: #fff8c5; --good-soft: #dafbe1; }
@media (prefers-color-scheme: dark) {
  :root { --line: #3d444d; --soft: #151b23; --dim: #9198a1; --text: #f0f6fc; --page: #0d1117;
    --bad: #ff7b72; --warn: #e3b341; --good: #3fb950; --bad-soft: #3c1618; --warn-soft: #34280b;
    --good-soft: #12261e; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text);
  font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 70rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.5rem; margin: 0 0 1rem; }
h2 { font-size: 1.15rem; margin: 2rem 0 .75rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 0 0 .5rem; }
p { margin: .5rem 0; }
code { font: .875em ui-monospace, monospace; background: var(--soft); padding: .1em .3em;
  border-radius: 4px; overflow-wrap: break-word; }
.review + .review { margin-top: 4rem; }
.verdict { padding: 1rem; border-radius: 6px; font-weight: 600; border-left: 6px solid var(--good);
  background: var(--good-soft); overflow-wrap: break-word; }
.verdict.error, .verdict.critical, .verdict.high { border-color: var(--bad);
  background: var(--bad-soft); }
.verdict.medium, .verdict.warning, .verdict.low, .verdict.info { border-color: var(--warn);
  background: var(--warn-soft); }
.finding { border: 1px solid var(--line); border-left: 6px solid var(--warn); border-radius: 6px;
  padding: .75rem 1rem; margin: .75rem 0; overflow-wrap: break-word; }
.finding.error, .finding.critical, .finding.high { border-left-color: var(--bad); }
.facts, footer { color: var(--dim); font-size: .875rem; }
.effect { font-weight: 600; }
table { border-collapse: collapse; table-layout: fixed; width: 100%; font-size: .875rem;
  margin: .5rem 0; }
th, td { border: 1px solid var(--line); padding: .35rem .6rem; text-align: left;
  vertical-align: top; }
th { background: var(--soft); }
th.short { width: 6.5rem; }
td { overflow-wrap: break-word; }
@media (max-width: 48rem) {
  main { padding: 1rem; }
  table, tbody, tr, td { display: block; }
  thead { display: none; }
  table, td { border: 0; }
  tr { border: 1px solid var(--line); border-radius: 6px; padding: .35rem 0; margin: .5rem 0; }
  td::before { content: attr(data-column); display: block; color: var(--dim); font-size: .75rem; }
}
h1, summary { overflow-wrap: break-word; }
summary { cursor: pointer; }
.change { margin: .4rem 0; }
.action { display: inline-block; min-width: 4.5rem; font-weight: 600; }
.action.delete, .action.replace, del { color: var(--bad); }
.action.update, .action.forget, .mark { color: var(--warn); }
.action.create, ins { color: var(--good); }
.mark { font-size: .8rem; }
footer { margin-top: 1rem; }
"""
"""System fonts, and the reader's light or dark mode.

No column is cut: the columns of a table share the width, long words break, and where there is no
room beside each other, the cells of a row stand below each other with the names of their columns.
"""

_SHORT = frozenset({"severity", "action", "until"})
"""The columns of one word."""


def write(reviews: Sequence[Review]) -> str:
    """Return a page with *reviews*, the worst first."""
    body = "\n".join(line for review in sentences.worst_first(reviews) for line in _review(review))
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_safe(_title(reviews))}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _title(reviews: Sequence[Review]) -> str:
    return f"Plan of {', '.join(review.label for review in reviews)}"


def _review(review: Review) -> Iterator[str]:
    worst = review.worst()
    level = worst.value if worst is not None else "none"
    yield '<article class="review">'
    yield f"<h1>Plan of <code>{_safe(review.label)}</code></h1>"
    yield f'<p class="verdict {level}">{_safe(sentences.verdict(review))}</p>'
    yield f"<p>{_safe(sentences.actions(review))}.</p>"
    for severity, findings in sentences.by_severity(review):
        yield f"<h2>{severity.capitalize()}</h2>"
        for finding in findings:
            yield from _finding(finding)
    if review.checks.new:
        yield from _titled(sentences.CHECK, [_check(finding) for finding in review.checks.new])
    yield from _accepted(review)
    yield from _changes(review)
    yield from _footer(review)
    yield "</article>"


def _finding(finding: ChangeFinding) -> Iterator[str]:
    change = finding.change
    where = sentences.whereabouts(change)
    yield f'<section class="finding {finding.severity}">'
    yield f"<h3>{_safe(finding.text)}</h3>"
    facts = [
        f"<code>{_safe(change.address)}</code>",
        *([f"<code>{_safe(finding.at)}</code>"] if finding.at else []),
        f'<span class="effect">{_safe(finding.effect)}</span>',
        f"{_safe(finding.rule.id)} {_safe(finding.rule.title)}",
        *([_safe(where)] if where else []),
    ]
    yield f'<p class="facts">{" · ".join(facts)}</p>'
    yield f"<p><b>{sentences.INSTEAD}:</b> {_safe(finding.remedy)}.</p>"
    if finding.dependents:
        count = counted(len(finding.dependents), "consequence")
        yield f"<details open><summary>{count}</summary>"
        yield _table(
            sentences.DEPENDENTS.columns,
            [
                (_code(one.change.address), _safe(one.change.action), _safe(one.text))
                for one in finding.dependents
            ],
        )
        yield "</details>"
    yield "</section>"


def _check(finding: Finding) -> tuple[str, ...]:
    place = f"{_code(finding.at)}: " if finding.at else ""
    return (
        f'<span class="{finding.severity}">{finding.severity}</span>',
        f"{_safe(finding.rule.id)} {_safe(finding.rule.title)}",
        _code(finding.resource.address),
        f"{place}{_safe(finding.text)}",
        _safe(finding.rule.remedy),
    )


def _accepted(review: Review) -> Iterator[str]:
    yield from _titled(
        sentences.ACCEPTED,
        [
            (
                f"{_safe(one.rule)} {_safe(one.title)}",
                _code(one.address),
                _safe(one.text),
                _safe(one.reason),
                _safe(one.until),
            )
            for one in sentences.accepted(review)
        ],
    )
    yield from _titled(
        sentences.STALE,
        [
            (
                _code(one.accepted.rule),
                _code(one.accepted.address),
                _safe(one.accepted.reason),
                _safe(one.why),
            )
            for one in review.stale
        ],
    )
    yield from _titled(
        sentences.UNKNOWN,
        [
            (
                f"{_safe(one.rule.id)} {_safe(one.rule.title)}",
                _code(one.change.address),
                f"{_code(one.at)}: {_safe(one.why)}" if one.at else _safe(one.why),
            )
            for one in review.undecided
        ],
    )


def _changes(review: Review) -> Iterator[str]:
    changes = [change for action in sentences.SHOWN_ACTIONS for change in review.of(action)]
    if changes:
        yield f"<h2>{sentences.RESOURCES}</h2>"
        for change in changes:
            yield _change(change)
    yield from _titled(
        sentences.OUTPUTS,
        [(_code(name), _safe(sentences.output(review.plan, name))) for name in review.plan.outputs],
    )
    yield from _titled(
        sentences.DRIFT,
        [(_code(one.address), _safe(sentences.drift(one))) for one in review.plan.drift],
    )


def _change(change: Change) -> str:
    reason = sentences.reason(change)
    head = (
        f'<span class="action {_safe(change.action)}">{_safe(change.action)}</span> '
        f"{_code(change.address)} {_safe(reason)}"
    )
    shown = change.shown
    if not shown:
        return f'<p class="change">{head}</p>'
    rows = [_difference(difference) for difference in shown]
    is_open = " open" if sentences.has_news(change) else ""
    return (
        f'<details class="change"{is_open}><summary>{head}</summary>'
        f"{_table(sentences.ATTRIBUTES.columns, rows)}</details>"
    )


def _difference(difference: Difference) -> tuple[str, str, str]:
    mark = f' <span class="mark">{sentences.REPLACES}</span>' if difference.replaces else ""
    path = f"{_code(difference.path)}{mark}"
    if sentences.is_shown_as_set(difference):
        gone = "<br>".join(
            f"<del>{_code(sentences.shown(one))}</del>" for one in difference.removed
        )
        new = "<br>".join(f"<ins>{_code(sentences.shown(one))}</ins>" for one in difference.added)
        return path, gone, new
    before, after = sentences.both_sides(difference)
    return path, _code(before), _code(after)


def _footer(review: Review) -> Iterator[str]:
    notes = [_safe(note) for note in sentences.left_out(review)]
    if notes:
        yield f"<footer>Not shown: {', '.join(notes)}.</footer>"
    made_by = _safe(f"{review.plan.program} {review.plan.terraform_version}")
    yield (
        f"<footer>fingerprint {_code(review.fingerprint)} · {made_by} · profile "
        f"{_safe(review.profile.name)}</footer>"
    )


def _titled(words: sentences.Table, rows: Sequence[Sequence[str]]) -> Iterator[str]:
    if rows:
        yield f"<h2>{_safe(words.title)}</h2>"
        yield _table(words.columns, rows)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    cells = "".join(_column(name) for name in head)
    body = "".join(f"<tr>{_cells(head, row)}</tr>" for row in rows)
    return f"<table><thead><tr>{cells}</tr></thead><tbody>{body}</tbody></table>"


def _column(name: str) -> str:
    short = ' class="short"' if name in _SHORT else ""
    return f'<th scope="col"{short}>{_safe(name)}</th>'


def _cells(head: Sequence[str], row: Sequence[str]) -> str:
    return "".join(
        f'<td data-column="{_safe(name)}">{cell}</td>' for name, cell in zip(head, row, strict=True)
    )


def _code(text: str) -> str:
    return f"<code>{_safe(text)}</code>"


def _safe(text: str) -> str:
    return escape(one_line(str(text)))
