"""Who may make an account."""

from constructs_auth.review import compare, names
from constructs_auth.review.change import Change
from constructs_auth.review.compare import AttributeChange
from constructs_auth.review.rule import Answers, ChangeRule, Effect, Meaning, Surroundings
from constructs_auth.rules.rule import Severity, Undecided
from constructs_auth.terraform.configuration import USER_POOL

_PATH = "admin_create_user_config.allow_admin_create_user_only"
_SOURCE = "API, AdminCreateUserConfigType.AllowAdminCreateUserOnly"


def _opens(change: Change, _surroundings: Surroundings) -> Answers:
    moved = compare.flag(change, _PATH, default=False)
    if isinstance(moved, Undecided):
        yield moved
    elif isinstance(moved, AttributeChange) and moved.before:
        yield Meaning(
            text=f"Anybody on the internet can make an account in {names.pool(change.resource)} "
            "and sign in to its applications.",
            at=moved.at,
        )


def _closes(change: Change, _surroundings: Surroundings) -> Answers:
    moved = compare.flag(change, _PATH, default=False)
    if isinstance(moved, AttributeChange) and moved.after:
        yield Meaning(
            text="People without an account can no longer sign up by themselves: the sign-up "
            f"pages of {names.pool(change.resource)} refuse them.",
            at=moved.at,
        )


SIGN_UP_OPENED = ChangeRule(
    id="CH10",
    title="Self sign-up is opened",
    effect=Effect.WEAKENS,
    severity=Severity.HIGH,
    resource_types=(USER_POOL,),
    remedy="keep allow_admin_create_user_only = true, or check what a stranger with an account "
    "may do in each application and identity pool",
    source=_SOURCE,
    check=_opens,
)
SIGN_UP_CLOSED = ChangeRule(
    id="CH11",
    title="Self sign-up is closed",
    effect=Effect.BREAKS,
    severity=Severity.MEDIUM,
    resource_types=(USER_POOL,),
    remedy="make sure that somebody invites new users, and take sign-up links away",
    source=_SOURCE,
    check=_closes,
)
