"""The command `rules`: lists the rules of `check` and the change rules of `review`."""

import argparse
import sys
from collections.abc import Iterator
from enum import StrEnum

from constructs_auth.report.characters import one_line
from constructs_auth.report.exit_codes import DONE, WRONG_USE
from constructs_auth.report.output import complain
from constructs_auth.report.words import one_of
from constructs_auth.review.registry import CHANGE_RULES, any_rule_named, markdown, section
from constructs_auth.review.rule import ChangeRule
from constructs_auth.rules import catalogue
from constructs_auth.rules.registry import RULES
from constructs_auth.rules.rule import Rule


class Format(StrEnum):
    """The format of the catalogue."""

    TEXT = "text"
    MARKDOWN = "markdown"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `rules`."""
    parser.add_argument(
        "id",
        metavar="ID",
        nargs="?",
        help="one rule, by its id or its slug: CG201 or no-implicit-grant, CH21 or "
        "callback-url-removed",
    )
    parser.add_argument(
        "--format",
        type=one_of(Format),
        default=Format.TEXT,
        metavar="FORMAT",
        help="text, markdown (default: %(default)s)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Print both catalogues, or one rule with its reason."""
    is_markdown = arguments.format is Format.MARKDOWN
    if arguments.id is None:
        if is_markdown:
            sys.stdout.write(f"{catalogue.page(RULES)}\n{markdown(CHANGE_RULES)}")
        else:
            sys.stdout.write(_lists())
        return DONE
    # Ids have capitals, and slugs have none.
    rule = any_rule_named(arguments.id.upper()) or any_rule_named(arguments.id.lower())
    if rule is None:
        close = _close_to(arguments.id)
        meant = f"did you mean {close}? " if close else ""
        why = f"no rule {arguments.id}; {meant}run it without an ID to list all"
        complain(one_line(f"constructs-auth rules: {why}"))
        return WRONG_USE
    sys.stdout.write(_as_markdown(rule) if is_markdown else _as_text(rule))
    return DONE


def _close_to(given: str) -> str:
    """Return the slugs that *given* may stand for; ids differ too little for a guess."""
    from difflib import get_close_matches  # noqa: PLC0415 - only for an error

    slugs = [*(rule.slug for rule in RULES), *(rule.slug for rule in CHANGE_RULES)]
    return " or ".join(get_close_matches(given.lower(), slugs, cutoff=0.75))


def _as_markdown(rule: Rule | ChangeRule) -> str:
    return section(rule) if isinstance(rule, ChangeRule) else catalogue.markdown((rule,))


def _as_text(rule: Rule | ChangeRule) -> str:
    if isinstance(rule, ChangeRule):
        return catalogue.facts_in_columns(_facts(rule))
    return catalogue.all_about(rule)


def _lists() -> str:
    """Return both lists, and how many rules they have."""
    change_rules = catalogue.lines_of(
        ("change rule", "severity", "effect", "what happens"),
        ((rule.id, rule.severity, rule.effect, rule.title, rule.slug) for rule in CHANGE_RULES),
    )
    return (
        f"{catalogue.list_of(RULES)}\n{change_rules}"
        f"{len(RULES)} rules of `check`, {len(CHANGE_RULES)} change rules of `review`; "
        "`constructs-auth rules ID` explains one\n"
    )


def _facts(rule: ChangeRule) -> Iterator[tuple[str, str]]:
    yield "change rule", rule.id
    yield "name", rule.slug
    yield "what happens", rule.title
    yield "resource", ", ".join(rule.resource_types)
    yield "severity", f"{rule.severity}, of most findings"
    yield "effect", rule.effect
    yield "what to do", rule.remedy
    yield "source", rule.source
