"""A group of users."""

from constructs_auth.facts import limits, resource_types as types
from constructs_auth.rules.ask import (
    has_a_name_of_its_own,
    text_within,
)
from constructs_auth.rules.rule import (
    Answers,
    Context,
    Family,
    Rule,
    Severity,
    Violation,
)
from constructs_auth.terraform.resource import Resource

GROUP = types.USER_GROUP
_PRECEDENCE = "precedence"
_MOST = limits.GROUP_PRECEDENCE.maximum


def _name(group: Resource, _context: Context) -> Answers:
    return text_within(group.body, "name", limits.GROUP_NAME)


def _own_name(group: Resource, context: Context) -> Answers:
    return has_a_name_of_its_own(group, context, "name")


def _description(group: Resource, _context: Context) -> Answers:
    return text_within(group.body, "description", limits.GROUP_DESCRIPTION)


def _precedence(group: Resource, _context: Context) -> Answers:
    value = group.body.number(_PRECEDENCE)
    if value is not None and not 0 <= value <= _MOST:
        yield Violation(text=f"must be from 0 to {_MOST}, got {value}", at=_PRECEDENCE)


def _not_zero(group: Resource, _context: Context) -> Answers:
    if group.body.number(_PRECEDENCE) == 0 and not group.body.evaluated:
        yield Violation(text="must be at least 1, got 0", at=_PRECEDENCE)


RULES: tuple[Rule, ...] = (
    Rule(
        id="CVK05",
        slug="group-name-characters",
        title="A group has a name that Cognito takes",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=GROUP,
        why="Cognito refuses the group at apply; the provider lets it pass.",
        remedy=f"choose a name of 1 to {limits.GROUP_NAME.maximum} characters without spaces",
        source="API, GroupNameType",
        check=_name,
    ),
    Rule(
        id="CVK05B",
        slug="group-description-length",
        title=f"The description of a group has at most {limits.GROUP_DESCRIPTION.maximum:,} "
        "characters",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=GROUP,
        why="Cognito refuses the group at apply.",
        remedy="say in a few words for whom it is",
        source="API, DescriptionType",
        check=_description,
    ),
    Rule(
        id="CVK05C",
        slug="group-precedence-range",
        title="The precedence of a group is not negative",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=GROUP,
        why="Cognito refuses the group at apply; the provider lets it pass.",
        remedy="write 1 for the group that wins",
        source="API, PrecedenceType",
        check=_precedence,
    ),
    Rule(
        id="CVK05D",
        slug="group-precedence-not-zero",
        title="The precedence of a group is not 0",
        family=Family.VALIDITY,
        severity=Severity.WARNING,
        resource_type=GROUP,
        why="The AWS provider makes a group with 0 without any precedence: it comes last instead "
        "of first, and its members get the role of another group.",
        remedy="write 1 for the group that wins",
        source="AWS provider 5.100.0, user_group.go",
        check=_not_zero,
    ),
    Rule(
        id="CVK05E",
        slug="group-name-of-its-own",
        title="A group has a name of its own in its pool",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=GROUP,
        why="Cognito refuses the second at apply: GroupExistsException.",
        remedy="choose another name, or take one of the two out",
        python_remedy="choose another name or leave one out",
        source="API, CreateGroup, GroupExistsException",
        check=_own_name,
    ),
)
