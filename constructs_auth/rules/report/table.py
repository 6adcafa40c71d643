"""Writes findings as a short table, for whoever synthesizes."""

from typing import TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from constructs_auth.rules.judge import Report
from constructs_auth.rules.report.text import STYLES
from constructs_auth.rules.report.words import subject, verdict
from constructs_auth.rules.rule import Severity

_WIDTH_OF_A_FILE = 140


def print_table(report: Report, file: TextIO) -> None:
    """Print what deserves to be seen each time; nothing where there is nothing.

    Findings for information are counted and not listed: most say that the plan Plus would mend
    them. An entry among the accepted findings that should go is listed.
    """
    shown = [one for one in report.findings if one.severity is not Severity.INFO]
    if not shown and not report.stale:
        return
    console = Console(file=file, width=None if file.isatty() else _WIDTH_OF_A_FILE)
    lines = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("severity", "rule", "construct", "found"):
        lines.add_column(name, overflow="fold")
    for finding in shown:
        origin = finding.resource.origin
        place = origin.construct_path or finding.resource.address
        where = Text(place)
        if origin.source:
            where.append(f"\n{origin.source}", style="dim")
        found = Text(subject(finding))
        found.append(f"\n→ {finding.rule.remedy}", style="green")
        lines.add_row(
            Text(finding.severity, style=STYLES[finding.severity]), finding.rule.id, where, found
        )
    for stale in report.stale:
        entry = stale.accepted
        lines.add_row("stale", entry.rule, Text(entry.address), Text(f"{stale.why}; take it out"))
    console.print(lines)
    console.print(Text(verdict(report), style="dim"), soft_wrap=True)
