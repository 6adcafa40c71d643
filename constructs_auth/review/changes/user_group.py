"""The members of groups, and the role that a group gives."""

from constructs_auth.facts.replacing import PLANNED
from constructs_auth.facts.resource_types import USER_GROUP, USER_IN_GROUP
from constructs_auth.review import compare, names
from constructs_auth.review.change import Change
from constructs_auth.review.rule import (
    GOES,
    About,
    Answers,
    ChangeRule,
    Effect,
    Meaning,
    Surroundings,
)
from constructs_auth.rules.rule import Severity, separately


def _goes(change: Change, _surroundings: Surroundings) -> Answers:
    yield Meaning(
        text=f"All members lose the group {names.named(change.resource, 'name')}: Terraform "
        "deletes it with its memberships.",
        at=names.listed(change.causes),
    )


def _member_goes(change: Change, _surroundings: Surroundings) -> Answers:
    yield Meaning(
        text=f"The user {names.named(change.resource, 'username')} leaves the group "
        f"{names.named(change.resource, 'group_name')}, and loses what it allows.",
        at=names.listed(change.causes),
    )


def _changes(change: Change, _surroundings: Surroundings) -> Answers:
    group = names.named(change.resource, "name")
    return separately(_role_changes(change, group), _precedence_changes(change, group))


def _role_changes(change: Change, group: str) -> Answers:
    role = compare.text(change, "role_arn")
    if role is None:
        return
    if role.after is None:
        text, effect = f"Users in {group} lose the role {_short(role.before)}", Effect.BREAKS
    else:
        text, effect = f"Users in {group} get the role {_short(role.after)}", Effect.WEAKENS
        if role.before:
            text += f" instead of {_short(role.before)}"
    yield Meaning(text=f"{text}.", at=role.at, effect=effect)


def _precedence_changes(change: Change, group: str) -> Answers:
    precedence = compare.number(change, "precedence")
    if precedence is not None:
        yield Meaning(
            text=f"Users who are in {group} and in another group may get the role of the other "
            "group: the group with the lowest precedence decides.",
            at=precedence.at,
        )


def _short(arn: str | None) -> str:
    return (arn or "").partition(":role/")[2] or arn or ""


RULES: tuple[ChangeRule, ...] = (
    ChangeRule(
        id="CR06",
        slug="group-deleted-or-replaced",
        title="A group is deleted or replaced",
        effect=Effect.DESTROYS,
        severity=Severity.HIGH,
        resource_types=(USER_GROUP,),
        remedy="keep the group; to rename it, create a second one, move its members, and delete "
        "this one last",
        source=PLANNED,
        actions=GOES,
        about=About.LOSS,
        check=_goes,
    ),
    ChangeRule(
        id="CR08",
        slug="membership-deleted-or-replaced",
        title="A membership is deleted or replaced",
        effect=Effect.BREAKS,
        severity=Severity.MEDIUM,
        resource_types=(USER_IN_GROUP,),
        remedy="check that the user no longer needs what the group allows",
        source=PLANNED,
        actions=GOES,
        about=About.LOSS,
        check=_member_goes,
    ),
    ChangeRule(
        id="CH43",
        slug="group-role-changed",
        title="The role or the precedence of a group changes",
        effect=Effect.WEAKENS,
        severity=Severity.HIGH,
        resource_types=(USER_GROUP,),
        remedy="check what the new role may do, and who is in the group",
        source="API, GroupType.RoleArn, Precedence",
        check=_changes,
    ),
)
