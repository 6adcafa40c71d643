"""The line of source that a finding is about, unless it may show a secret."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from constructs_auth.facts.secret_names import may_hold_secret
from constructs_auth.rules.judge import Finding, Report
from constructs_auth.terraform.module_files import HCL
from constructs_auth.terraform.sensitive import Copies, secret_parts

_NAME = re.compile(r"[\w-]+")


def with_source_lines(report: Report, secrets: frozenset[str]) -> Report:
    """Return *report* with the line of HCL that each finding is about.

    Args:
        report: The results.
        secrets: The secrets of the whole input, to find their copies.
    """
    copies = Copies(secrets)
    lines_of = cache(_lines)  # of this report alone: a file may change before the next one
    return replace(
        report,
        findings=tuple(
            replace(one, source_line=_line(one, copies, lines_of)) for one in report.findings
        ),
    )


def _line(finding: Finding, copies: Copies, lines_of: Callable[[str], Sequence[str]]) -> str:
    origin = finding.origin
    lines = lines_of(origin.file) if origin.file.endswith(HCL) else ()
    if not 0 < origin.line <= len(lines):
        return ""
    line = lines[origin.line - 1].strip()
    kind = finding.resource.type
    is_whole = line.endswith("{") and origin.line == finding.resource.origin.line
    may_show_secret = not is_whole and (
        kind in {"variable", "output"}
        or any(may_hold_secret(kind, (name,)) for name in _NAME.findall(line))
    )
    return "" if may_show_secret or copies.finds(line) or secret_parts(line) else line


def _lines(file: str) -> Sequence[str]:
    try:
        return Path(file).read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError):
        return ()
