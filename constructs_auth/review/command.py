"""The command `review`."""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import file_digest
from io import StringIO
from pathlib import Path

from constructs_auth.errors import UnreadableError
from constructs_auth.report.characters import one_line
from constructs_auth.report.exit_codes import DONE, FINDINGS, UNREADABLE, WRONG_USE
from constructs_auth.report.output import complain, tell_written, write_file
from constructs_auth.report.words import one_of
from constructs_auth.review.plan import read
from constructs_auth.review.registry import any_rule_named
from constructs_auth.review.reviewer import Review, review
from constructs_auth.review.source import TerraformSource
from constructs_auth.rules.accepted import Accepted, is_reason, read_accepted_file
from constructs_auth.rules.fail_on import add_fail_on, fails
from constructs_auth.rules.profile import PROFILES, STANDARD
from constructs_auth.rules.synthesized import joined
from constructs_auth.terraform.json_text import parse, read_bytes, read_standard_input, refuse_pipe

_STANDARD_INPUT = "-"
_AND = "+"
_REMEDY = "give the output of `terraform show -json` for a plan file"


class Format(StrEnum):
    """The format of a review."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"
    SARIF = "sarif"
    HTML = "html"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `review`."""
    parser.add_argument(
        "plans",
        metavar="PLAN",
        nargs="+",
        help="the output of `terraform show -json` for a plan, one file for each root module; "
        "- reads standard input",
    )
    parser.add_argument(
        "--format",
        type=one_of(Format),
        default=Format.TEXT,
        metavar="FORMAT",
        help=f"{', '.join(Format)} (default: %(default)s)",
    )
    parser.add_argument(
        "--output",
        type=Path,
        metavar="FILE",
        help="write the report to this file, and the text format to standard output",
    )
    add_fail_on(parser)
    parser.add_argument(
        "--profile",
        choices=sorted(PROFILES),
        help="which requirements of check apply; by default the profile of the synthesized stack, "
        "or standard",
    )
    parser.add_argument(
        "--accepted",
        type=Path,
        metavar="FILE",
        help="a JSON file of accepted findings, in addition to those of the synthesized stack",
    )
    parser.add_argument(
        "--accept",
        nargs=3,
        action="append",
        default=[],
        metavar=("RULE", "ADDRESS", "REASON"),
        help="accept a finding in this review; may be repeated",
    )
    parser.add_argument(
        "--synth",
        type=Path,
        action="append",
        default=[],
        metavar="DIR",
        help="the folder with the Terraform of the plan, to name constructs and source lines; "
        "once for all plans, or once for each in their order",
    )
    parser.add_argument(
        "--base",
        type=Path,
        action="append",
        default=[],
        metavar="DIR",
        help="the folder with the Terraform that is deployed, to detect a removed "
        "prevent_destroy, another backend, another version of the provider, and another alias, "
        "region, account or role; given like --synth, and only with it",
    )
    parser.add_argument(
        "--label",
        action="append",
        default=[],
        metavar="NAME",
        help="the name of this root module in a pull request; once for each plan",
    )
    parser.add_argument(
        "--expect",
        action="append",
        default=[],
        metavar="FINGERPRINT",
        help="fail unless the plan has this fingerprint, which a review prints; once for each plan",
    )
    parser.add_argument(
        "--plan-file",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="the plan file that `terraform show -json` read and `terraform apply` will read: its "
        "digest becomes a part of the fingerprint; once for each plan",
    )


def run(arguments: argparse.Namespace) -> int:
    """Review the plans; return 0, 1 if a finding is severe enough, or 3 if a plan is errored.

    Raises:
        UnreadableError: A plan, or another file, cannot be read.
    """
    wrong = _wrong_use(arguments)
    if wrong:
        complain(one_line(f"constructs-auth review: {wrong}"))
        return WRONG_USE
    reviews = _reviews(arguments)
    _write(reviews, arguments)
    unexpected = _unexpected(reviews, arguments.expect)
    for line in unexpected:
        complain(f"constructs-auth review: {line}")
    if any(one.plan.errored for one in reviews):
        return UNREADABLE
    is_bad = any(fails(one.worst(), arguments.fail_on) for one in reviews)
    return FINDINGS if is_bad or unexpected else DONE


def _wrong_use(arguments: argparse.Namespace) -> str:
    count = len(arguments.plans)
    if arguments.plans.count(_STANDARD_INPUT) > 1:
        return "standard input can be read only once; give files"
    for name, values in (
        ("--label", arguments.label),
        ("--expect", arguments.expect),
        ("--plan-file", arguments.plan_file),
    ):
        if values and len(values) != count:
            return f"{name} must be given once for each plan, or not at all"
    for name, values in (("--synth", arguments.synth), ("--base", arguments.base)):
        if len(values) not in {0, 1, count}:
            return f"{name} must be given once, or once for each plan"
    if arguments.base and not arguments.synth:
        return "--base requires --synth"
    return next(_wrong_acceptances(arguments.accept), "")


def _wrong_acceptances(given: Sequence[Sequence[str]]) -> Iterator[str]:
    for rule, address, reason in given:
        if any_rule_named(rule) is None:
            yield f"--accept: no rule {rule}; `constructs-auth rules` lists them"
        elif not address.strip() or not is_reason(reason):
            yield "--accept needs a rule, the address of a resource and a reason"


def _reviews(arguments: argparse.Namespace) -> list[Review]:
    accepted = _accepted(arguments)
    sources = _sources(arguments.synth, len(arguments.plans))
    bases = _sources(arguments.base, len(arguments.plans))
    today = datetime.now(tz=UTC).date()
    reviews: list[Review] = []
    for at, path in enumerate(arguments.plans):
        name = "standard input" if path == _STANDARD_INPUT else path
        profile = arguments.profile or sources[at].profile or STANDARD.name
        try:
            plan = read(_document(path, name), name=name, origins=sources[at].origins)
            reviews.append(
                review(
                    plan,
                    profile=PROFILES.get(profile, STANDARD),
                    accepted=joined(accepted, sources[at].accepted, named=any_rule_named),
                    today=today,
                    label=arguments.label[at] if arguments.label else "",
                    source=sources[at],
                    base=bases[at],
                )
            )
        except RecursionError:
            raise UnreadableError(name, "is nested too deeply", remedy=_REMEDY) from None
    if arguments.plan_file:
        reviews = list(map(_with_digest, reviews, arguments.plan_file))
    return _without_repeated(reviews, accepted) if len(reviews) > 1 else reviews


def _with_digest(review: Review, file: Path) -> Review:
    """Add the digest of the plan file: the fingerprint alone covers only what the plan means."""
    try:
        refuse_pipe(file, remedy="name the plan file")
        with file.open("rb") as opened:
            digest = file_digest(opened, "sha256").hexdigest()
    except OSError as error:
        raise UnreadableError(
            str(file), f"cannot be read ({error.strerror})", remedy="name a readable plan file"
        ) from None
    return replace(review, fingerprint=f"{review.fingerprint}{_AND}sha256:{digest}")


def _accepted(arguments: argparse.Namespace) -> tuple[Accepted, ...]:
    """Return the entries of the options, which apply to all plans."""
    written = () if arguments.accepted is None else read_accepted_file(arguments.accepted)
    given = [
        Accepted(rule=rule, address=address, reason=reason)
        for rule, address, reason in arguments.accept
    ]
    return (*given, *written)


def _without_repeated(reviews: list[Review], accepted: Sequence[Accepted]) -> list[Review]:
    """Report an entry for all plans as stale only if no plan needs it, and then once."""
    stale = [{entry.accepted for entry in one.stale} for one in reviews]
    told = {entry for entry in accepted if not all(entry in found for found in stale)}
    kept: list[Review] = []
    for one in reviews:
        left = tuple(entry for entry in one.stale if entry.accepted not in told)
        told.update(entry.accepted for entry in left if entry.accepted in accepted)
        kept.append(replace(one, stale=left))
    return kept


def _sources(folders: Sequence[Path], count: int) -> list[TerraformSource]:
    """Read the Terraform JSON of each plan; one folder is used for all plans."""
    if not folders:
        return [TerraformSource()] * count
    from constructs_auth.review.terraform_source import (  # noqa: PLC0415 - it loads readers of HCL
        read_terraform_source,
    )

    found = [read_terraform_source(folder) for folder in folders]
    return found if len(found) == count else found * count


def _document(path: str, name: str) -> object:
    if path == _STANDARD_INPUT:
        return parse(read_standard_input(), name, remedy=_REMEDY)
    return parse(read_bytes(Path(path), remedy="name a readable file"), name, remedy=_REMEDY)


def _write(reviews: Sequence[Review], arguments: argparse.Namespace) -> None:
    writer = _writer(arguments.format)
    if writer is None:
        _write_text(reviews, arguments.output)
    elif arguments.output is None:
        sys.stdout.write(writer(reviews))
    else:
        write_file(arguments.output, writer(reviews))
        tell_written(f"{arguments.output}: the review as {arguments.format}")
        _write_text(reviews, None)


def _writer(form: Format) -> Callable[[Sequence[Review]], str] | None:
    """Return what writes a review as *form*, `None` for the text of a terminal."""
    # Each loads modules that the others do not need.
    match form:
        case Format.MARKDOWN:
            from constructs_auth.review.report.markdown import write  # noqa: PLC0415 - as above
        case Format.JSON:
            from constructs_auth.review.report.as_json import write  # noqa: PLC0415 - as above
        case Format.SARIF:
            from constructs_auth.review.report.sarif import write  # noqa: PLC0415 - as above
        case Format.HTML:
            from constructs_auth.review.report.html import write  # noqa: PLC0415 - as above
        case Format.TEXT:
            return None
    return write


def _write_text(reviews: Sequence[Review], output: Path | None) -> None:
    from rich.console import Console  # noqa: PLC0415 - it takes time

    from constructs_auth.report.terminal import Terminal  # noqa: PLC0415 - it loads `rich`
    from constructs_auth.review.report import text  # noqa: PLC0415 - as above

    if output is None:
        text.write(reviews, Terminal())
        return
    lines = StringIO()
    text.write(reviews, Console(file=lines))
    write_file(output, lines.getvalue())
    tell_written(f"{output}: the review as text")


def _unexpected(reviews: Sequence[Review], expected: Sequence[str]) -> list[str]:
    """Return an error for each plan that has another fingerprint than expected.

    The meaning and the digest of the plan file may be expected together, or one of them.
    """
    return [
        f"{one.plan.name}: must have the fingerprint {wanted}, got {one.fingerprint}; this is not "
        "the plan that was reviewed: review it again"
        for one, wanted in zip(reviews, expected, strict=False)
        if not set(wanted.split(_AND)) <= set(one.fingerprint.split(_AND))
    ]
