"""Who may create an account."""

from constructs_auth.facts.resource_types import USER_POOL
from constructs_auth.review import compare, names
from constructs_auth.review.change import Change
from constructs_auth.review.rule import Answers, ChangeRule, Effect, Meaning, Surroundings
from constructs_auth.rules.rule import Severity

_ADMIN_ONLY = "admin_create_user_config.allow_admin_create_user_only"
_SOURCE = "API, AdminCreateUserConfigType.AllowAdminCreateUserOnly"


def _opens(change: Change, _surroundings: Surroundings) -> Answers:
    admin_only = compare.flag(change, _ADMIN_ONLY, default=False)
    if admin_only is not None and admin_only.before:
        yield Meaning(
            text=f"Anybody on the internet can create an account in {names.pool(change.resource)} "
            "and sign in to its applications.",
            at=admin_only.at,
        )


def _closes(change: Change, _surroundings: Surroundings) -> Answers:
    admin_only = compare.flag(change, _ADMIN_ONLY, default=False)
    if admin_only is not None and admin_only.after:
        yield Meaning(
            text="People without an account can no longer sign up: the sign-up pages of "
            f"{names.pool(change.resource)} reject them.",
            at=admin_only.at,
        )


RULES: tuple[ChangeRule, ...] = (
    ChangeRule(
        id="CH10",
        slug="self-sign-up-opened",
        title="Self sign-up is opened",
        effect=Effect.WEAKENS,
        severity=Severity.HIGH,
        resource_types=(USER_POOL,),
        remedy="keep allow_admin_create_user_only = true, or check what a stranger with an account "
        "can do in each application and identity pool",
        source=_SOURCE,
        check=_opens,
    ),
    ChangeRule(
        id="CH11",
        slug="self-sign-up-closed",
        title="Self sign-up is closed",
        effect=Effect.BREAKS,
        severity=Severity.MEDIUM,
        resource_types=(USER_POOL,),
        remedy="make sure that somebody invites new users, and remove sign-up links",
        source=_SOURCE,
        undecided_by=("CH10",),
        check=_closes,
    ),
)
