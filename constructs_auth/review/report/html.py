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
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; margin: .5rem 0; }
th, td { border: 1px solid var(--line); padding: .35rem .6rem; text-align: left;
  vertical-align: top; }
th { background: var(--soft); }
td, td code { overflow-wrap: break-word; }
summary { cursor: pointer; }
.change { margin: .4rem 0; }
.action { display: inline-block; min-width: 4.5rem; font-weight: 600; }
.action.delete, .action.replace, del { color: var(--bad); }
.action.update, .action.forget, .mark { color: var(--warn); }
.action.create, ins { color: var(--good); }
.mark { font-size: .8rem; }
footer { margin-top: 1rem; }
"""
"""System fonts, and the reader's light or dark mode."""


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
        yield "<h2>New findings of check</h2>"
        rows = [_check(finding) for finding in review.checks.new]
        yield _table(("severity", "rule", "resource", "finding", "what to do"), rows)
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
    yield f"<p><b>Instead:</b> {_safe(finding.remedy)}.</p>"
    if finding.dependents:
        count = counted(len(finding.dependents), "consequence")
        yield f"<details open><summary>{count}</summary>"
        yield _table(
            ("resource", "action", "what it means"),
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
    rows = [
        (
            _safe(one.rule.id),
            _code(one.change.address),
            f"{_safe(one.text)} ({_safe(one.accepted.reason)})",
        )
        for one in review.accepted
        if one.accepted is not None
    ]
    rows += [
        (
            _safe(one.rule.id),
            _code(one.resource.address),
            f"{_safe(one.text)} ({_safe(one.accepted.reason)})",
        )
        for one in review.checks.accepted
        if one.accepted is not None
    ]
    rows += [
        (
            _safe(one.accepted.rule),
            _code(one.accepted.address),
            f"{_safe(one.why)}: {_safe(one.accepted.reason)}",
        )
        for one in review.stale
    ]
    if rows:
        yield "<h2>Accepted</h2>"
        yield _table(("rule", "resource", "reason"), rows)
    if review.undecided:
        yield "<h2>Unknown until apply</h2>"
        yield _table(
            ("rule", "resource", "why"),
            [
                (
                    f"{_safe(one.rule.id)} {_safe(one.rule.title)}",
                    f"{_code(one.change.address)} {_code(one.at) if one.at else ''}",
                    _safe(one.why),
                )
                for one in review.undecided
            ],
        )


def _changes(review: Review) -> Iterator[str]:
    changes = [change for action in sentences.SHOWN_ACTIONS for change in review.of(action)]
    if changes:
        yield "<h2>Resources</h2>"
        for change in changes:
            yield _change(change)
    for title, names in (
        ("Outputs that change", [_code(name) for name in review.plan.outputs]),
        (
            "Changed outside of Terraform",
            [f"{_code(one.address)} {_safe(sentences.drift(one))}" for one in review.plan.drift],
        ),
    ):
        if names:
            yield f"<h2>{title}</h2><ul>"
            yield from (f"<li>{name}</li>" for name in names)
            yield "</ul>"


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
        f"{_table(('attribute', 'before', 'after'), rows)}</details>"
    )


def _difference(difference: Difference) -> tuple[str, str, str]:
    mark = ' <span class="mark">replaces</span>' if difference.replaces else ""
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


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    cells = "".join(f'<th scope="col">{_safe(name)}</th>' for name in head)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return (
        f'<div class="wide"><table><thead><tr>{cells}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _code(text: str) -> str:
    return f"<code>{_safe(text)}</code>"


def _safe(text: str) -> str:
    return escape(one_line(str(text)))
