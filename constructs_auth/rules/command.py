"""The command `check`."""

import argparse
import sys
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from constructs_auth.report.exit_codes import DONE, FINDINGS
from constructs_auth.report.output import Terminal
from constructs_auth.report.words import one_of
from constructs_auth.rules.accepted import read_accepted_file
from constructs_auth.rules.fail_on import add_fail_on, fails
from constructs_auth.rules.hiding import hidden
from constructs_auth.rules.judge import Report, judge
from constructs_auth.rules.load import Loaded, load
from constructs_auth.rules.profile import PROFILES, STANDARD
from constructs_auth.rules.registry import RULES
from constructs_auth.rules.report import as_json, markdown, sarif, text
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
        "path",
        metavar="PATH",
        help="a cdk.tf.json, a folder of *.tf.json, a plan or a state (terraform show -json); "
        "- reads standard input",
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
        "--show-unknown",
        action="store_true",
        help="in text: also list the results that are unknown until apply",
    )


def check(arguments: argparse.Namespace) -> int:
    """Judge `arguments.path`; return exit code 1 if a finding is severe enough, otherwise 0.

    Raises:
        UnreadableError: The path, or the file of accepted findings, cannot be read.
    """
    loaded = load(arguments.path)
    report = _judged(loaded, arguments)
    match arguments.format:
        case Format.JSON:
            sys.stdout.write(as_json.write(report))
        case Format.SARIF:
            sys.stdout.write(sarif.write(report))
        case Format.MARKDOWN:
            sys.stdout.write(markdown.write(report))
        case _:
            text.write(report, Terminal(), show_unknown=arguments.show_unknown)
    return FINDINGS if fails(report.worst(), arguments.fail_on) else DONE


def _judged(loaded: Loaded, arguments: argparse.Namespace) -> Report:
    written = () if arguments.accepted is None else read_accepted_file(arguments.accepted)
    # A file for `check` and `review` may also accept findings of change rules.
    written = tuple(entry for entry in written if entry.rule not in arguments.change_rules)
    profile = PROFILES.get(
        arguments.profile or loaded.synthesized.profile or STANDARD.name, STANDARD
    )
    report = judge(
        loaded.configuration,
        rules=RULES,
        profile=profile,
        accepted=joined(written, loaded.synthesized.accepted),
        today=datetime.now(tz=UTC).date(),
    )
    return hidden(report, loaded.configuration, loaded.secrets)
