"""What is lost with what belongs to a pool."""

from constructs_auth.review import names
from constructs_auth.review.change import Action, Change
from constructs_auth.review.changes._moved import moved_block
from constructs_auth.review.changes._types import CLIENTS, GROUP, RESOURCE_SERVER
from constructs_auth.review.rule import (
    GOES,
    IN_PLACE,
    Answers,
    ChangeRule,
    Effect,
    Meaning,
    Surroundings,
)
from constructs_auth.rules.rule import Severity

_PLAN = "plan of provider 5.100.0"
_PROVIDER_6 = "provider 6.25.0, the resource's source"


def _client_goes(change: Change, surroundings: Surroundings) -> Answers:
    client = names.client(change.resource)
    secret = " and secret" if change.resource.body.peek_flag("generate_secret") is True else ""
    if change.action is Action.DELETE:
        text = f"Nobody can sign in to {client} any more, and its sessions cannot be refreshed"
    else:
        text = (
            f"{client} gets another client id{secret}: nobody can sign in to it until each "
            "deployed application has been told, and its sessions end"
        )
    yield Meaning(
        text=f"{text}.",
        at=names.listed(change.causes),
        remedy=moved_block(change, surroundings, "name") or None,
    )


def _server_goes(change: Change, _surroundings: Surroundings) -> Answers:
    server = names.named(change.resource, "identifier")
    if change.action is Action.REPLACE and change.causes == ("name",):
        text = (
            f"Clients that ask {server} for scopes get errors while it is deleted and created again"
        )
    else:
        text = f"Clients that ask {server} for scopes get invalid_scope, and tokens lack them"
    yield Meaning(text=f"{text}.", at=names.listed(change.causes))


def _group_goes(change: Change, _surroundings: Surroundings) -> Answers:
    yield Meaning(
        text=f"All members of {names.named(change.resource, 'name')} are in it no longer: the "
        "group is deleted, and with it who belonged to it.",
        at=names.listed(change.causes),
    )


def _user_goes(change: Change, _surroundings: Surroundings) -> Answers:
    again = " and gets a new, empty account" if change.action is Action.REPLACE else ""
    yield Meaning(
        text=f"The user {names.named(change.resource, 'username')} is deleted with password and "
        f"second factors{again}.",
        at=names.listed(change.causes),
    )


def _member_goes(change: Change, _surroundings: Surroundings) -> Answers:
    yield Meaning(
        text=f"The user {names.named(change.resource, 'username')} is no longer in the group "
        f"{names.named(change.resource, 'group_name')}, and loses what it allows.",
        at=names.listed(change.causes),
    )


def _style_goes(change: Change, _surroundings: Surroundings) -> Answers:
    if change.action is Action.DELETE:
        yield Meaning(text="Whoever signs in sees Cognito's own pages: the style is deleted.")


def _style_moves(change: Change, _surroundings: Surroundings) -> Answers:
    for name in ("user_pool_id", "client_id"):
        if change.action is Action.UPDATE and any(
            difference.path == name for difference in change.differences
        ):
            yield Meaning(
                text="The old style stays where it is and nobody manages it: Terraform only puts "
                "one more at the new place.",
                at=name,
            )


def _branding_goes(change: Change, _surroundings: Surroundings) -> Answers:
    if change.action is Action.DELETE:
        text = (
            "Whoever signs in to the client gets an error instead of managed login: it has no style"
        )
    else:
        text = "Whoever signs in gets no branded page while the style is deleted and created again"
    yield Meaning(text=f"{text}.", at=names.listed(change.causes))


def _replica_goes(change: Change, _surroundings: Surroundings) -> Answers:
    yield Meaning(
        text="Nobody can sign in in the other region: the replica of the pool is deleted"
        f"{'' if change.action is Action.DELETE else ' and built anew'}.",
        at=names.listed(change.causes),
    )


CLIENT_GOES = ChangeRule(
    id="CR02",
    title="An app client is deleted or replaced",
    effect=Effect.BREAKS,
    severity=Severity.CRITICAL,
    resource_types=CLIENTS,
    remedy="keep the client with its generate_secret and user_pool_id; make a second one beside "
    "it, change the applications over, and delete this one last",
    source=f"terraform-provider-aws, resource user_pool_client; {_PLAN}",
    actions=GOES,
    check=_client_goes,
)
RESOURCE_SERVER_GOES = ChangeRule(
    id="CR05",
    title="A resource server is deleted or replaced",
    effect=Effect.BREAKS,
    severity=Severity.HIGH,
    resource_types=(RESOURCE_SERVER,),
    remedy="keep name and identifier; changing either replaces",
    source=f"terraform-provider-aws #41347; {_PLAN}",
    actions=GOES,
    check=_server_goes,
)
GROUP_GOES = ChangeRule(
    id="CR06",
    title="A group is deleted or replaced",
    effect=Effect.DESTROYS,
    severity=Severity.HIGH,
    resource_types=(GROUP,),
    remedy="keep the group; to rename it, make a second one, move its members, delete it last",
    source=_PLAN,
    actions=GOES,
    check=_group_goes,
)
USER_GOES = ChangeRule(
    id="CR07",
    title="A user is deleted or replaced",
    effect=Effect.DESTROYS,
    severity=Severity.HIGH,
    resource_types=("aws_cognito_user",),
    remedy="keep the user; disable it with enabled = false",
    source=f"terraform-provider-aws #38175; {_PLAN}",
    actions=GOES,
    check=_user_goes,
)
MEMBER_GOES = ChangeRule(
    id="CR08",
    title="A membership is deleted or replaced",
    effect=Effect.BREAKS,
    severity=Severity.MEDIUM,
    resource_types=("aws_cognito_user_in_group",),
    remedy="check that the user no longer needs what the group allows",
    source=_PLAN,
    actions=GOES,
    check=_member_goes,
)
STYLE_DELETED = ChangeRule(
    id="CR10",
    title="The style of sign-in pages is deleted",
    effect=Effect.BREAKS,
    severity=Severity.LOW,
    resource_types=("aws_cognito_user_pool_ui_customization",),
    remedy="keep the style",
    source=_PLAN,
    actions=GOES,
    check=_style_goes,
)
STYLE_MOVED = ChangeRule(
    id="CR10B",
    title="The style of sign-in pages moves and leaves one behind",
    effect=Effect.BREAKS,
    severity=Severity.LOW,
    resource_types=("aws_cognito_user_pool_ui_customization",),
    remedy="delete the old style in an apply of its own first",
    source=f"{_PLAN}: user_pool_id and client_id update in place",
    actions=IN_PLACE,
    check=_style_moves,
)
BRANDING_GOES = ChangeRule(
    id="CR15",
    title="A style of managed login is deleted or replaced",
    effect=Effect.BREAKS,
    severity=Severity.MEDIUM,
    resource_types=("aws_cognito_managed_login_branding",),
    remedy="keep one style for each client as long as its domain has managed login",
    source=_PROVIDER_6,
    actions=GOES,
    check=_branding_goes,
)
REPLICA_GOES = ChangeRule(
    id="CR16",
    title="A replica of a pool is deleted or replaced",
    effect=Effect.BREAKS,
    severity=Severity.HIGH,
    resource_types=("aws_cognito_user_pool_replica",),
    remedy="keep user_pool_id and region_name",
    source=_PROVIDER_6,
    actions=GOES,
    check=_replica_goes,
)
