"""Prints findings in a terminal: all of them, or a short table at each synth."""

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from constructs_auth.report.characters import log_line
from constructs_auth.report.terminal import print_line
from constructs_auth.rules.accepted import Accepted
from constructs_auth.rules.judge import Finding, Report
from constructs_auth.rules.report.sentences import subject, verdict, whereabouts
from constructs_auth.rules.rule import Severity

STYLES = {
    Severity.ERROR: "bold red",
    Severity.CRITICAL: "bold red",
    Severity.HIGH: "red",
    Severity.MEDIUM: "yellow",
    Severity.WARNING: "yellow",
    Severity.LOW: "cyan",
    Severity.INFO: "dim",
}


def write(report: Report, console: Console, *, show_unknown: bool = False) -> None:
    """Print *report*: findings by severity, then the verdict on the last line.

    Args:
        report: The results of the rules.
        console: The console to print to.
        show_unknown: Whether to list unknown results; otherwise they are only counted.
    """
    for finding in report.findings:
        _print_finding(finding, console)
    for finding in report.accepted:
        if finding.accepted is not None:
            _print(console, Text("accepted ", style="dim") + _headline(finding))
            _print(console, Text(f"  {_reason(finding.accepted)}"))
            print_line(console, Text())
    for stale in report.stale:
        entry = stale.accepted
        _print(console, Text(f"stale {entry.rule} {entry.address}", style="yellow"))
        _print(console, Text(f"  {stale.why}; remove it: {_reason(entry)}"))
        print_line(console, Text())
    if show_unknown:
        for undecided in report.undecided:
            place = f"{undecided.at}: " if undecided.at else ""
            head = f"unknown {undecided.rule.id} {undecided.resource.address}"
            _print(console, Text(head, style="dim"))
            _print(console, Text(f"  {place}{undecided.why}", style="dim"))
        if report.undecided:
            print_line(console, Text())
    for line in _not_read(report):
        _print(console, Text(line, style="yellow"))
    _print(console, Text(verdict(report), style="bold"))
    if report.undecided and not show_unknown:
        _print(console, Text("--show-unknown lists the unknown results", style="dim"))


def _not_read(report: Report) -> Iterator[str]:
    for one in report.left_out:
        yield f"left out: {one.file} (OpenTofu reads {one.instead} in its place)"
    for module in report.unread:
        yield f"not read: {module.address} ({module.source})"


def _print_finding(finding: Finding, console: Console) -> None:
    _print(console, _headline(finding))
    if finding.source_line:
        _print(console, Text(f"  │ {finding.source_line}", style="dim"))
    _print(console, Text(f"  {subject(finding)}"))
    _print(console, Text(f"  → {finding.rule.remedy}", style="green"))
    print_line(console, Text())


def _headline(finding: Finding) -> Text:
    line = Text(f"{finding.severity} ", style=STYLES[finding.severity])
    line.append(f"{finding.rule.id} ", style="bold")
    line.append(finding.resource.address)
    place = whereabouts(finding.origin)
    if place:
        line.append(f" ({place})", style="dim")
    return line


def _reason(accepted: Accepted) -> str:
    until = "" if accepted.until is None else f" (until {accepted.until})"
    return f"{accepted.reason}{until}"


def _print(console: Console, text: Text) -> None:
    """Print one line without wrapping, so that addresses and paths can be searched for."""
    text.plain = log_line(text.plain)
    print_line(console, text)


_WIDTH_OF_A_FILE = 140
_MOST_ROWS = 40


def print_table(report: Report, file: TextIO, *, folder: Path) -> None:
    """Print the findings that each synth should show; nothing if there are none.

    Findings of severity `info` are counted but not listed: most of them need the PLUS tier.
    Stale entries of the accepted findings are listed. The table has the 40 most severe findings. If
    something is only counted, the last line is the command that lists it.

    Args:
        report: The results of the rules.
        file: Where to print.
        folder: The folder of the Terraform.
    """
    shown = [one for one in report.findings if one.severity is not Severity.INFO]
    if not shown and not report.stale:
        return
    console = Console(file=file, width=None if file.isatty() else _WIDTH_OF_A_FILE)
    lines = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("severity", "rule", "construct", "finding"):
        lines.add_column(name, overflow="fold")
    for finding in shown[:_MOST_ROWS]:
        origin = finding.resource.origin
        place = origin.construct_path or finding.resource.address
        where = Text(place)
        if origin.source:
            where.append(f"\n{origin.source}", style="dim")
        message = Text(subject(finding))
        remedy = finding.rule.python_remedy or finding.rule.remedy
        message.append(f"\n→ {remedy}", style="green")
        lines.add_row(
            Text(finding.severity, style=STYLES[finding.severity]), finding.rule.id, where, message
        )
    for stale in report.stale[:_MOST_ROWS]:
        entry = stale.accepted
        lines.add_row("stale", entry.rule, Text(entry.address), Text(f"{stale.why}; remove it"))
    console.print(lines)
    left = max(len(shown) - _MOST_ROWS, 0) + max(len(report.stale) - _MOST_ROWS, 0)
    if left:
        console.print(Text(f"… and {left} more", style="dim"))
    console.print(Text(verdict(report), style="dim"), soft_wrap=True)
    if left or report.undecided or len(shown) < len(report.findings):
        path = shlex.quote(log_line(str(folder)))
        command = f"constructs-auth check {path} --show-unknown"
        console.print(Text(f"All of them: {command}", style="dim"), soft_wrap=True)
