"""Which role of AWS a user gets."""

from collections.abc import Iterator

from constructs_auth.review import compare, names
from constructs_auth.review.change import Action, Change
from constructs_auth.review.changes._types import GROUP
from constructs_auth.review.compare import AttributeChange
from constructs_auth.review.differences import AFTER_APPLY
from constructs_auth.review.rule import (
    GOES,
    Answers,
    ChangeRule,
    Effect,
    Meaning,
    Surroundings,
)
from constructs_auth.rules.rule import Severity, Undecided

_ATTACHMENT = "aws_cognito_identity_pool_roles_attachment"
_TAGS = "aws_cognito_identity_pool_provider_principal_tag"
_MAPPING = "role_mapping"
_AMBIGUOUS = "ambiguous_role_resolution"


def _mapping_changes(change: Change, _surroundings: Surroundings) -> Answers:
    changed: set[str] = set()
    for difference in change.differences:
        if not difference.path.startswith(_MAPPING):
            continue
        if difference.after is AFTER_APPLY:
            yield Undecided(why="known after apply", at=difference.path)
        elif difference.path.endswith(f".{_AMBIGUOUS}") and difference.before == "Deny":
            yield Meaning(
                text="Users whom no rule gives a role get the role of every signed-in user, "
                "where they got none before.",
                at=difference.path,
            )
        else:
            changed.add(difference.path.partition("]")[0] + "]")
    for path in sorted(changed):
        yield Meaning(
            text="Users get other roles of AWS than before: the rules that choose them change.",
            at=path,
        )


def _attachment_goes(change: Change, _surroundings: Surroundings) -> Answers:
    if change.action is Action.DELETE:
        text = (
            "No user of the identity pool gets credentials of AWS any more: its roles are taken "
            "away."
        )
    else:
        text = (
            "Requests for credentials of AWS fail while the roles of the identity pool are taken "
            "away and set again."
        )
    yield Meaning(text=text, at=names.listed(change.causes))


def _tags_go(change: Change, _surroundings: Surroundings) -> Answers:
    again = "" if change.action is Action.DELETE else " until they are set again"
    yield Meaning(
        text=f"Policies that look at tags of a user's session deny everything{again}: the mapping "
        "from claims to tags goes.",
        at=names.listed(change.causes),
    )


def _group_changes(change: Change, _surroundings: Surroundings) -> Answers:
    group = names.named(change.resource, "name")
    role = compare.text(change, "role_arn")
    if isinstance(role, Undecided):
        yield role
    elif isinstance(role, AttributeChange):
        yield from _of_role(role, group)
    precedence = compare.number(change, "precedence")
    if isinstance(precedence, Undecided):
        yield precedence
    elif isinstance(precedence, AttributeChange):
        yield Meaning(
            text=f"Users who are in {group} and in another group may get the role of the other "
            "one: of several, that of the lowest precedence counts.",
            at=precedence.at,
        )


def _of_role(role: AttributeChange[str | None], group: str) -> Iterator[Meaning]:
    if role.after is None:
        text, effect = f"Users in {group} lose the role {_short(role.before)}", Effect.BREAKS
    else:
        text, effect = f"Users in {group} get the role {_short(role.after)}", Effect.WEAKENS
        if role.before:
            text += f" instead of {_short(role.before)}"
    yield Meaning(text=f"{text}.", at=role.at, effect=effect)


def _short(arn: str | None) -> str:
    return (arn or "").partition(":role/")[2] or arn or ""


ROLE_MAPPING_CHANGED = ChangeRule(
    id="CH42",
    title="The mapping of users to roles changes",
    effect=Effect.WEAKENS,
    severity=Severity.HIGH,
    resource_types=(_ATTACHMENT,),
    remedy='keep ambiguous_role_resolution = "Deny", and check which claim users can change',
    source="API, RoleMapping; developer guide, «Role-based access control»",
    check=_mapping_changes,
)
ROLES_GO = ChangeRule(
    id="CR12",
    title="The roles of an identity pool are taken away or replaced",
    effect=Effect.BREAKS,
    severity=Severity.HIGH,
    resource_types=(_ATTACHMENT,),
    remedy="change what the old role may do, and keep its ARN; any change of roles replaces",
    source="plan of provider 5.100.0",
    actions=GOES,
    check=_attachment_goes,
)
TAGS_GO = ChangeRule(
    id="CR13",
    title="The tags of an identity pool's users are taken away or replaced",
    effect=Effect.BREAKS,
    severity=Severity.HIGH,
    resource_types=(_TAGS,),
    remedy="apply in a quiet hour",
    source="plan of provider 5.100.0",
    actions=GOES,
    check=_tags_go,
)
GROUP_ROLE_CHANGED = ChangeRule(
    id="CH43",
    title="The role or the precedence of a group changes",
    effect=Effect.WEAKENS,
    severity=Severity.HIGH,
    resource_types=(GROUP,),
    remedy="check what the new role may do, and who is in the group",
    source="API, GroupType.RoleArn, Precedence",
    check=_group_changes,
)
