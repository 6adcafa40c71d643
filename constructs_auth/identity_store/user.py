"""Workforce users in the directory of IAM Identity Center, and their memberships."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from constructs_auth import _checks
from constructs_auth._bindings import check_bindings
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
    TerraformStack,
)
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import versions
from constructs_auth.identity_store.group import IdentityStoreGroup
from constructs_auth.identity_store.identity_store import (
    IdentityStoreRef,
    check_store,
    home_provider,
)
from constructs_auth.stack import AuthStack
from constructs_auth.values.identity_store import DirectoryGroup, PostalAddress, WorkforceUser

_WORK = "work"


class IdentityStoreUser(AuthConstruct):
    """One person in the directory; for a list of people use `IdentityStoreUsers`.

    Do not use it for a directory with an external source (SCIM or Active Directory): Identity
    Center does not send changes to that source, and the two would differ.

    **Changing** *identity_store* or the user name replaces the user.

    Args:
        scope: The parent. If it is a stack, *construct_id* is the resource's Terraform name.
        construct_id: The id. Changing it replaces the user.
        identity_store: The directory.
        user: The person. The Terraform name of a membership is *construct_id*, `_` and the id of
            the group, whatever the order of the groups; it does not use `terraform_name`.

    Attributes:
        identity_store: The directory.
        user: The person.
        memberships: The memberships, by the ids of the groups.
        resource: The CDKTF resource, for settings that this construct does not offer.

    Raises:
        InvalidValueError: The values are not a user and a directory, or a group belongs to another
            directory.
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
        # In a separate scope, because the id of a group may equal the id of another child.
        memberships = Construct(self, "groups")
        self.memberships = {
            name: IdentityStoreMembership(memberships, name, user=self, group=group)
            for name, group in groups.items()
        }
        for name, membership in self.memberships.items():
            name_after(self, membership.resource, name)

    @property
    def user_id(self) -> str:
        """The id that Identity Center assigns; known after the apply."""
        return self.resource.user_id

    @property
    def user_status(self) -> str:
        """`ENABLED` or `DISABLED`, as Identity Center has it; known after the apply.

        Terraform cannot set it. A stack that reads it requires AWS provider 6.69, the oldest that
        is known to have it.

        Raises:
            InvalidValueError: The installed AWS bindings do not have it.
        """
        name = "user_status"
        check_bindings(f"IdentityStoreUser.{name}", IdentitystoreUser, name)
        stack = TerraformStack.of(self)
        if isinstance(stack, AuthStack):
            stack.require_provider(versions.PROVIDER_FOR_USER_STATUS)
        return self.resource.get_string_attribute(name)

    def find_problems(self) -> Sequence[str]:
        """Return an error for each other user of the directory with the same name."""
        name = self.user.user_name
        return tuple(
            f"user_name: must be unique in the directory, got {name!r}, the name of "
            f"{other.node.path}; choose another name or remove one"
            for other in members_before(self.identity_store, IdentityStoreUser, self)
            if is_concrete(name) and other.user.user_name == name
        )


class IdentityStoreMembership(AuthConstruct):
    """The membership of one workforce user in one group.

    **Changing** *user* or *group* replaces the membership.

    Args:
        scope: The parent. If it is a stack, *construct_id* is the resource's Terraform name.
        construct_id: The id.
        user: The user.
        group: The group, of the same directory.

    Attributes:
        resource: The CDKTF resource, for settings that this construct does not offer.

    Raises:
        InvalidValueError: The values are not a user and a group of one directory.
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
    """Check the groups of a user, and return them by their ids, which name the memberships."""
    by_id: dict[str, IdentityStoreGroup] = {}
    for index, group in enumerate(groups):
        kept = _check_group(f"{subject}[{index}]", group, identity_store)
        if kept.node.id in by_id:
            raise InvalidValueError(
                subject,
                "must have unique ids, which name the memberships",
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
            "must be a group of the user's directory",
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
    """Return the address as the primary one, which `${user:email}` returns."""
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
    """All users of a list, with their group memberships.

    The Terraform name of a user is *construct_id*, `_` and the user's `terraform_name`, by default
    the user name. Thus you can add, remove and reorder users without changes to the others. The
    name of a membership adds `_` and the id of the group.

    **Changing** *construct_id* replaces all users, and changing a user name replaces that user.

    Args:
        scope: The stack.
        construct_id: The id, with which all Terraform names begin.
        identity_store: The directory.
        users: The people, in any order.

    Attributes:
        users: The `IdentityStoreUser` of each person, by the user name.

    Raises:
        InvalidValueError: A value that is not a `WorkforceUser`, a repeated user name, or two
            people with the same Terraform name.
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
        # In separate scopes, because the name of a user may equal the id of a group.
        people = Construct(self, "users")
        memberships = Construct(self, "groups")
        for name, user in by_name.items():
            # The names of memberships depend on the list, so they are created here.
            created = IdentityStoreUser(
                people, name, identity_store=identity_store, user=replace(user, groups=())
            )
            name_after(self, created.resource, name)
            self.users[user.user_name] = created
            for group_name, group in groups[name].items():
                child = f"{name}_{group_name}"
                membership = IdentityStoreMembership(memberships, child, user=created, group=group)
                name_after(self, membership.resource, child)


def _checked_users(users: Collection[WorkforceUser]) -> dict[str, WorkforceUser]:
    """Check the people, and return them by their Terraform names, sorted."""
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
                f"must give each person a unique Terraform name, {name} would be the name of two",
                got=[by_name[name].user_name, user.user_name],
                remedy="set another terraform_name for one of the two",
            )
        user_names.add(user.user_name)
        by_name[name] = user
    return {name: by_name[name] for name in sorted(by_name)}
