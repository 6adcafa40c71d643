"""A group of workforce users, for assignments of applications and accounts."""

from collections.abc import Sequence

from constructs_auth import _checks
from constructs_auth._construct import AuthConstruct, name_or_id
from constructs_auth._registry import add_member, members_before
from constructs_auth._tokens import is_concrete
from constructs_auth.engine import Construct, IdentitystoreGroup
from constructs_auth.facts import limits
from constructs_auth.identity_store.identity_store import (
    IdentityStoreRef,
    check_store,
    home_provider,
)
from constructs_auth.values.identity_store import check_reserved


class IdentityStoreGroup(AuthConstruct):
    """A group of workforce users.

    **Changing** *identity_store* replaces the group. The new group has no members.

    Args:
        scope: The parent. If it is a stack, *construct_id* is the resource's Terraform name.
        construct_id: The id. Changing it replaces the group.
        identity_store: The directory.
        display_name: The name, unique in the directory: 1 to 1,024 characters. By default
            *construct_id*.
        description: The purpose of the group, 1 to 1,024 characters. By default none.

    Attributes:
        identity_store: The directory.
        display_name: The name.
        resource: The CDKTF resource, for settings that this construct does not offer.

    Raises:
        InvalidValueError: A value that Identity Center does not accept.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        identity_store: IdentityStoreRef,
        display_name: str | None = None,
        description: str | None = None,
    ) -> None:
        name = name_or_id("IdentityStoreGroup", display_name, construct_id)
        subject = "IdentityStoreGroup.display_name"
        check_store("IdentityStoreGroup.identity_store", identity_store)
        _checks.text(subject, name, limits.WORKFORCE_GROUP_NAME, remedy="give another name")
        check_reserved(subject, name)
        if description is not None:
            _checks.text(
                "IdentityStoreGroup.description",
                description,
                limits.WORKFORCE_TEXT,
                remedy="describe in a few words who it is for, or leave it out",
            )

        super().__init__(scope, construct_id)
        self.identity_store = identity_store
        self.display_name = name
        self.resource = IdentitystoreGroup(
            self,
            "Default",
            description=description,
            display_name=name,
            identity_store_id=identity_store.identity_store_id,
            provider=home_provider(self, identity_store.region),
        )
        add_member(identity_store, self)

    @property
    def group_id(self) -> str:
        """The id that Identity Center assigns; known after the apply."""
        return self.resource.group_id

    def find_problems(self) -> Sequence[str]:
        """Return an error for each other group of the directory with the same name."""
        return tuple(
            "display_name: must be unique in the directory, got "
            f"{self.display_name!r}, the name of {other.node.path}; choose another name or remove "
            "one"
            for other in members_before(self.identity_store, IdentityStoreGroup, self)
            if is_concrete(self.display_name) and other.display_name == self.display_name
        )
