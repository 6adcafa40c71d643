"""The workforce user: one person in the directory of IAM Identity Center."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from constructs_auth import _checks
from constructs_auth._construct import AuthConstruct, name_after
from constructs_auth._registry import add_member, members_before
from constructs_auth._tokens import is_concrete
from constructs_auth.engine import (
    Construct,
    IdentitystoreGroupMembership,
    IdentitystoreUser,
    IdentitystoreUserAddresses,
    IdentitystoreUserEmails,
    IdentitystoreUserName,
    IdentitystoreUserPhoneNumbers,
)
from constructs_auth.errors import InvalidValueError
from constructs_auth.identity_store.group import IdentityStoreGroup
from constructs_auth.identity_store.identity_store import (
    IdentityStoreRef,
    check_store,
    home_provider,
)
from constructs_auth.values.identity_store import DirectoryGroup, PostalAddress, WorkforceUser

_WORK = "work"


class IdentityStoreUser(AuthConstruct):
    """One person in the directory; for a list of people use `IdentityStoreUsers`.

    Not for a directory that is filled from elsewhere (SCIM or Active Directory): Identity Center
    tells that source nothing, and the two would disagree.

    **Can never be changed** without another user: *identity_store* and the user name.

    Args:
        scope: The stack; directly below it, *construct_id* is the resource's Terraform name.
        construct_id: The id. Another id is another user.
        identity_store: The directory.
        user: Who it is. The Terraform name of a membership is *construct_id*, `_` and the id of
            the group, in whatever order the groups are given; `terraform_name` does not count.

    Attributes:
        identity_store: The directory.
        user: Who it is.
        memberships: The memberships, by the ids of the groups.
        resource: The resource as the bindings have it, for what is not offered here.

    Raises:
        InvalidValueError: Something else than a user and a directory, or a group of another one.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        identity_store: IdentityStoreRef,
        user: WorkforceUser,
    ) -> None:
        check_store("IdentityStoreUser.identity_store", identity_store)
        _checks.kind("IdentityStoreUser.user", user, WorkforceUser)
        groups = _checked_groups("WorkforceUser.groups", user.groups, identity_store)

        super().__init__(scope, construct_id)
        self.identity_store = identity_store
        self.user = user
        self.resource = IdentitystoreUser(
            self,
            "Default",
            addresses=_addresses(user.address),
            display_name=user.display_name or f"{user.given_name} {user.family_name}",
            emails=_emails(user.email),
            identity_store_id=identity_store.identity_store_id,
            locale=user.locale,
            name=_name(user),
            nickname=user.nickname,
            phone_numbers=_phone_numbers(user.phone_number),
            preferred_language=user.preferred_language,
            profile_url=user.profile_url,
            provider=home_provider(self, identity_store.region),
            timezone=user.timezone,
            title=user.title,
            user_name=user.user_name,
            user_type=user.user_type,
        )
        add_member(identity_store, self)
        # A scope of their own, for the id of a group may be any.
        memberships = Construct(self, "groups")
        self.memberships = {
            name: IdentityStoreMembership(memberships, name, user=self, group=group)
            for name, group in groups.items()
        }
        for name, membership in self.memberships.items():
            name_after(self, membership.resource, name)

    @property
    def user_id(self) -> str:
        """The id that Identity Center gave the user; known after the apply."""
        return self.resource.user_id

    def find_problems(self) -> Sequence[str]:
        """Name another user of the same name; asked when the app is synthesized."""
        name = self.user.user_name
        return tuple(
            f"user_name: must be the user's own in the directory, got {name!r}, the name of "
            f"{other.node.path}; choose another name or leave one out"
            for other in members_before(self.identity_store, IdentityStoreUser, self)
            if is_concrete(name) and other.user.user_name == name
        )


class IdentityStoreMembership(AuthConstruct):
    """The membership of one workforce user in one group.

    **Can never be changed**, only replaced: *user* and *group*.

    Args:
        scope: The stack; directly below it, *construct_id* is the resource's Terraform name.
        construct_id: The id.
        user: The user.
        group: The group, of the same directory.

    Attributes:
        resource: The resource as the bindings have it, for what is not offered here.

    Raises:
        InvalidValueError: Something else than a user and a group of one directory.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        user: IdentityStoreUser,
        group: IdentityStoreGroup,
    ) -> None:
        _checks.kind("IdentityStoreMembership.user", user, IdentityStoreUser)
        _check_group("IdentityStoreMembership.group", group, user.identity_store)
        super().__init__(scope, construct_id)
        self.resource = IdentitystoreGroupMembership(
            self,
            "Default",
            group_id=group.group_id,
            identity_store_id=user.identity_store.identity_store_id,
            member_id=user.user_id,
            provider=home_provider(self, user.identity_store.region),
        )


def _checked_groups(
    subject: str, groups: Collection[DirectoryGroup], identity_store: IdentityStoreRef
) -> dict[str, IdentityStoreGroup]:
    """Check the groups of a user, and give them by their ids, which name the memberships."""
    by_id: dict[str, IdentityStoreGroup] = {}
    for index, group in enumerate(groups):
        kept = _check_group(f"{subject}[{index}]", group, identity_store)
        if kept.node.id in by_id:
            raise InvalidValueError(
                subject,
                "must have ids of their own, which name the memberships",
                got=[by_id[kept.node.id].node.path, kept.node.path],
                remedy="use IdentityStoreMembership(…) for one of them",
            )
        by_id[kept.node.id] = kept
    return {name: by_id[name] for name in sorted(by_id)}


def _check_group(
    subject: str, group: DirectoryGroup, identity_store: IdentityStoreRef
) -> IdentityStoreGroup:
    if not isinstance(group, IdentityStoreGroup):
        raise InvalidValueError(
            subject,
            "must be of type IdentityStoreGroup",
            got=group,
            remedy="write IdentityStoreGroup(…)",
        )
    if group.identity_store != identity_store:
        raise InvalidValueError(
            subject,
            "must be a group of the user's own directory",
            got=group.node.path,
            remedy="use a group of that directory",
        )
    return group


def _name(user: WorkforceUser) -> IdentitystoreUserName:
    return IdentitystoreUserName(
        family_name=user.family_name,
        formatted=user.formatted_name,
        given_name=user.given_name,
        honorific_prefix=user.honorific_prefix,
        honorific_suffix=user.honorific_suffix,
        middle_name=user.middle_name,
    )


def _emails(email: str | None) -> IdentitystoreUserEmails | None:
    """The only one there can be is the primary one, which `${user:email}` stands for."""
    if email is None:
        return None
    return IdentitystoreUserEmails(primary=True, type=_WORK, value=email)


def _phone_numbers(number: str | None) -> IdentitystoreUserPhoneNumbers | None:
    if number is None:
        return None
    return IdentitystoreUserPhoneNumbers(primary=True, type=_WORK, value=number)


def _addresses(address: PostalAddress | None) -> IdentitystoreUserAddresses | None:
    if address is None:
        return None
    return IdentitystoreUserAddresses(
        country=address.country,
        formatted=address.formatted,
        locality=address.locality,
        postal_code=address.postal_code,
        primary=True,
        region=address.region,
        street_address=address.street_address,
        type=address.type,
    )


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
            name: _checked_groups(f"WorkforceUser.groups of {name}", user.groups, identity_store)
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
