"""A group of users."""

from constructs_auth.facts import limits, resource_types as types
from constructs_auth.rules.ask import (
    has_unique_name,
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
_WRITE_1 = "write 1 for the group that takes precedence"


def _name(group: Resource, _context: Context) -> Answers:
    return text_within(group.body, "name", limits.GROUP_NAME)


def _unique_name(group: Resource, context: Context) -> Answers:
    return has_unique_name(group, context, "name")


def _description(group: Resource, _context: Context) -> Answers:
    return text_within(group.body, "description", limits.GROUP_DESCRIPTION)


def _precedence(group: Resource, _context: Context) -> Answers:
    value = group.body.number(_PRECEDENCE)
    if value is not None and not 0 <= value <= _MOST:
        yield Violation(text=f"must be from 0 to {_MOST}, got {value}", at=_PRECEDENCE)


def _not_zero(group: Resource, _context: Context) -> Answers:
    if group.body.number(_PRECEDENCE) == 0:
        yield Violation(text="must be at least 1, got 0", at=_PRECEDENCE)


RULES: tuple[Rule, ...] = (
    Rule(
        id="CVK05",
        slug="group-name-characters",
        title="A group must have a name that Cognito accepts",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=GROUP,
        why="Cognito refuses the group at apply; Terraform's provider accepts it.",
        remedy=f"choose a name of 1 to {limits.GROUP_NAME.maximum} characters without spaces",
        source="API, GroupNameType",
        check=_name,
    ),
    Rule(
        id="CVK05B",
        slug="group-description-length",
        title=f"The description of a group must have at most {limits.GROUP_DESCRIPTION.maximum:,} "
        "characters",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=GROUP,
        why="Cognito refuses the group at apply.",
        remedy="describe the group in a few words",
        source="API, DescriptionType",
        check=_description,
    ),
    Rule(
        id="CVK05C",
        slug="group-precedence-range",
        title="The precedence of a group must not be negative",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=GROUP,
        why="Cognito refuses the group at apply; Terraform's provider accepts it.",
        remedy=_WRITE_1,
        source="API, PrecedenceType",
        check=_precedence,
    ),
    Rule(
        id="CVK05D",
        slug="group-precedence-not-zero",
        title="The precedence of a group must not be 0",
        family=Family.VALIDITY,
        severity=Severity.WARNING,
        resource_type=GROUP,
        why="For 0, the AWS provider creates a group without a precedence. The group comes last "
        "instead of first, and its members get the role of another group.",
        remedy=_WRITE_1,
        source="AWS provider 5.100.0, user_group.go",
        check=_not_zero,
    ),
    Rule(
        id="CVK05E",
        slug="group-name-of-its-own",
        title="The name of a group must be unique in its pool",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=GROUP,
        why="Cognito refuses the second at apply: GroupExistsException.",
        remedy="choose another name, or remove one of the two",
        python_remedy="choose another name, or remove one of the two",
        source="API, GroupExistsException",
        check=_unique_name,
    ),
)
