"""Workforce users from a plain list, each with an address that no other one changes."""

from collections.abc import Collection
from dataclasses import replace

from constructs_auth import _checks
from constructs_auth._construct import AuthConstruct, name_after
from constructs_auth._tokens import is_concrete
from constructs_auth.engine import Construct
from constructs_auth.errors import InvalidValueError
from constructs_auth.identity_store.identity_store import IdentityStoreRef, check_store
from constructs_auth.identity_store.user import (
    IdentityStoreMembership,
    IdentityStoreUser,
    checked_groups,
)
from constructs_auth.values.identity_store import WorkforceUser

_SUBJECT = "IdentityStoreUsers.users"


class IdentityStoreUsers(AuthConstruct):
    """All people of a list, with the groups that the list says they are in.

    The Terraform name of a person is *construct_id*, `_` and the person's `terraform_name`, by
    default the user name: whoever is added or taken out, and wherever in the list, nobody else
    is touched. A membership adds `_` and the id of the group.

    **Can never be changed** without other users: *construct_id* and the user names.

    Args:
        scope: The stack.
        construct_id: The id, with which all addresses begin.
        identity_store: The directory.
        users: The people, in any order.

    Attributes:
        users: What was made of each of them, by the user name.

    Raises:
        InvalidValueError: Somebody who is no `WorkforceUser`, a user name that repeats, or two
            people with one Terraform name.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        identity_store: IdentityStoreRef,
        users: Collection[WorkforceUser],
    ) -> None:
        check_store("IdentityStoreUsers.identity_store", identity_store)
        by_name = _checked_users(users)
        groups = {
            name: checked_groups(f"WorkforceUser.groups of {name}", user.groups, identity_store)
            for name, user in by_name.items()
        }

        super().__init__(scope, construct_id)
        self.users: dict[str, IdentityStoreUser] = {}
        # Scopes of their own, for the name of a user may be the id of a group.
        people = Construct(self, "users")
        memberships = Construct(self, "groups")
        for name, user in by_name.items():
            # Its memberships are named after the list, so they are made here.
            made = IdentityStoreUser(
                people, name, identity_store=identity_store, user=replace(user, groups=())
            )
            name_after(self, made.resource, name)
            self.users[user.user_name] = made
            for group_name, group in groups[name].items():
                child = f"{name}_{group_name}"
                membership = IdentityStoreMembership(memberships, child, user=made, group=group)
                name_after(self, membership.resource, child)


def _checked_users(users: Collection[WorkforceUser]) -> dict[str, WorkforceUser]:
    """Check the people, and give them by their Terraform names, in the order of these."""
    kept = _checks.items(
        _SUBJECT,
        users,
        lambda label, user: _checks.kind(label, user, WorkforceUser),
        remedy="write [WorkforceUser(…)]",
    )
    by_name: dict[str, WorkforceUser] = {}
    user_names: set[str] = set()
    for user in kept:
        if is_concrete(user.user_name) and user.user_name in user_names:
            raise InvalidValueError(
                _SUBJECT,
                "must not repeat a user name",
                got=user.user_name,
                remedy="name each person once",
            )
        name = str(user.terraform_name)
        if name in by_name:
            raise InvalidValueError(
                _SUBJECT,
                f"must give each person a Terraform name of their own, {name} would be the name "
                "of two",
                got=[by_name[name].user_name, user.user_name],
                remedy="give one of the two another terraform_name",
            )
        user_names.add(user.user_name)
        by_name[name] = user
    return {name: by_name[name] for name in sorted(by_name)}
