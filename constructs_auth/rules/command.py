"""The command `check`."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from constructs_auth.report.exit_codes import DONE, FINDINGS, UNREADABLE
from constructs_auth.report.output import complain
from constructs_auth.report.words import one_of
from constructs_auth.rules.accepted import Accepted, read_accepted_file
from constructs_auth.rules.fail_on import add_fail_on, fails
from constructs_auth.rules.hiding import hidden
from constructs_auth.rules.judge import Report, in_one, judge, within
from constructs_auth.rules.load import Loaded, load_all
from constructs_auth.rules.profile import PROFILES, STANDARD
from constructs_auth.rules.registry import RULES
from constructs_auth.rules.report import as_json, markdown, sarif
from constructs_auth.rules.source_lines import with_source_lines
from constructs_auth.rules.synthesized import joined


class Format(StrEnum):
    """The format of a report."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    MARKDOWN = "markdown"


def add_check_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `check`."""
    parser.add_argument(
        "paths",
        nargs="+",
        metavar="PATH",
        help="a folder of Terraform (*.tf and *.tf.json) or OpenTofu, a file of it, a plan or a "
        "state (terraform show -json); - reads standard input",
    )
    parser.add_argument(
        "--profile",
        choices=sorted(PROFILES),
        help="which requirements apply; by default the profile of the synthesized stack, or "
        "standard",
    )
    add_fail_on(parser)
    parser.add_argument(
        "--format",
        type=one_of(Format),
        default=Format.TEXT,
        metavar="FORMAT",
        help=f"{', '.join(Format)} (default: %(default)s)",
    )
    parser.add_argument(
        "--accepted",
        type=Path,
        metavar="FILE",
        help="a JSON file of accepted findings, in addition to those of the synthesized stack",
    )
    parser.add_argument(
        "--var-file",
        "-var-file",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="a file with values of variables, as Terraform's -var-file",
    )
    parser.add_argument(
        "--show-unknown",
        action="store_true",
        help="in text: also list the results that are unknown until apply",
    )


def check(arguments: argparse.Namespace) -> int:
    """Judge `arguments.paths`; return exit code 1 if a finding is severe enough, otherwise 0.

    If a file of a folder cannot be read, the others are judged, and the exit code is 3.

    Raises:
        UnreadableError: A path, or the file of accepted findings, cannot be read.
    """
    everything = list(load_all(arguments.paths, var_files=arguments.var_file))
    broken = [line for loaded in everything for line in loaded.broken]
    for line in dict.fromkeys(broken):
        complain(f"constructs-auth check: {line}")
    if broken and not any(loaded.files for loaded in everything):
        return UNREADABLE
    report = in_one([_judged(loaded, arguments) for loaded in everything])
    match arguments.format:
        case Format.JSON:
            sys.stdout.write(as_json.write(report))
        case Format.SARIF:
            sys.stdout.write(sarif.write(report))
        case Format.MARKDOWN:
            sys.stdout.write(markdown.write(report))
        case _:
            _print(report, show_unknown=arguments.show_unknown)
    if broken:
        return UNREADABLE
    return FINDINGS if fails(report.worst(), arguments.fail_on) else DONE


def _print(report: Report, *, show_unknown: bool) -> None:
    from constructs_auth.report.terminal import Terminal  # noqa: PLC0415 - it loads `rich`
    from constructs_auth.rules.report import text  # noqa: PLC0415 - as above

    text.write(report, Terminal(), show_unknown=show_unknown)


def _judged(loaded: Loaded, arguments: argparse.Namespace) -> Report:
    written = () if arguments.accepted is None else read_accepted_file(arguments.accepted)
    written = _of_check(written, arguments)
    profile = PROFILES.get(
        arguments.profile or loaded.synthesized.profile or STANDARD.name, STANDARD
    )
    report = judge(
        loaded.configuration,
        rules=RULES,
        profile=profile,
        accepted=joined(written, _of_check(loaded.accepted, arguments)),
        today=datetime.now(tz=UTC).date(),
    )
    report = replace(report, files=loaded.files, unread=loaded.unread, left_out=loaded.left_out)
    report = hidden(report, loaded.configuration, loaded.secrets)
    if loaded.files:
        report = with_source_lines(report, loaded.secrets)
    return within(report, loaded.shown) if loaded.shown else report


def _of_check(entries: Sequence[Accepted], arguments: argparse.Namespace) -> tuple[Accepted, ...]:
    """Leave out findings of change rules, which `review` accepts."""
    return tuple(entry for entry in entries if entry.rule not in arguments.change_rules)
