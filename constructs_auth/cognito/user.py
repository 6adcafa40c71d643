"""Users that Terraform creates, and their group memberships."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from constructs_auth import _checks
from constructs_auth._construct import AuthConstruct, name_after
from constructs_auth._tokens import Flag, is_concrete
from constructs_auth.cognito._references import secret_problems
from constructs_auth.cognito.user_group import UserGroup
from constructs_auth.cognito.user_pool.reference import (
    UserPoolRef,
    attributes_of,
    check_pool,
    is_judged_with,
    is_own,
)
from constructs_auth.engine import CognitoUser, CognitoUserInGroup, Construct
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import limits
from constructs_auth.facts.words import (
    ALIAS_FORMS,
    READ_ONLY_ATTRIBUTES,
    DeliveryMedium,
    MessageAction,
    StandardAttributeName,
)
from constructs_auth.values.as_it_is import AS_IT_IS, AsItIs
from constructs_auth.values.attributes import StandardAttribute


class User(AuthConstruct):
    """An account that Terraform creates: for tests, or for the first administrator.

    Do not define users who sign up: Terraform would manage, and delete, each of them.

    **Changing** *user_pool* or *username* replaces the account.

    Args:
        scope: The parent. If it is a stack, *construct_id* is the resource's Terraform name.
        construct_id: The id. Changing it replaces the account.
        user_pool: The pool.
        username: 1 to 128 characters without spaces; the e-mail address or phone number if users of
            the pool sign in with it.
        attributes: The user's attributes, by a `StandardAttributeName`, `custom:` and a name, or
            `email_verified`. By default *username*, if it is an address.
        groups: The groups of the user. By default none. The Terraform name of a membership is the
            id of the user, `_` and the id of the group, whatever the order of the groups.
        temporary_password: A password that the user must change at the first sign-in, as a token:
            `string_value` of a sensitive `Variable`, or an attribute of a data source. By default
            Cognito generates one and sends it.
        password: A permanent password, as a token, for test accounts. By default none.
        desired_delivery_mediums: How Cognito sends the invitation. By default by e-mail if the
            address is known, else by SMS if the phone number is known. `AS_IT_IS` leaves it out,
            for an imported user.
        message_action: `SUPPRESS` for no invitation, `RESEND` for another one. By default Cognito
            sends it once, or not at all with a permanent *password*.
        enabled: Whether the user may sign in. By default `True`.

    Attributes:
        resource: The CDKTF resource, for settings that this construct does not offer.

    Raises:
        InvalidValueError: A value that Cognito does not accept, a password as plain text, or both
            kinds of password.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        user_pool: UserPoolRef,
        username: str,
        attributes: Mapping[str, str] | Mapping[StandardAttributeName, str] | None = None,
        groups: Collection[UserGroup] = (),
        temporary_password: str | None = None,
        password: str | None = None,
        desired_delivery_mediums: Collection[DeliveryMedium] | AsItIs | None = None,
        message_action: MessageAction | None = None,
        enabled: Flag = True,
    ) -> None:
        check_pool("User.user_pool", user_pool)
        _checked_username(username, user_pool)
        known = _checked_attributes({} if attributes is None else attributes, username, user_pool)
        kept = _checked_groups(groups, user_pool)
        passwords = _checked_passwords(temporary_password, password)
        mediums = _checked_mediums(desired_delivery_mediums, known)
        if message_action is None and password is not None:
            message_action = MessageAction.SUPPRESS
        if message_action is not None:
            _checks.member("User.message_action", message_action, MessageAction)
        _checks.flag("User.enabled", enabled)

        super().__init__(scope, construct_id)
        self.user_pool = user_pool
        self._passwords = passwords
        self._username = username
        self.resource = CognitoUser(
            self,
            "Default",
            attributes=_as_the_provider_reads(known),
            desired_delivery_mediums=list(mediums) or None,
            enabled=enabled,
            message_action=message_action,
            password=password,
            temporary_password=temporary_password,
            user_pool_id=user_pool.user_pool_id,
            username=username,
        )
        # In a separate scope, because the id of a group may equal the id of another child.
        memberships = Construct(self, "groups")
        for group in kept:
            membership = UserInGroup(memberships, group.node.id, user=self, group=group)
            name_after(self, membership.resource, group.node.id)

    def find_problems(self) -> Sequence[str]:
        """Return errors for passwords that plans show, and for a name like an alias."""
        return (
            *secret_problems(self, self._passwords),
            *_alias_problems(self, self._username, self.user_pool),
        )

    def find_warnings(self) -> Sequence[str]:
        """Return a warning that Terraform's state contains a permanent password."""
        if "password" not in self._passwords:
            return ()
        warning = (
            "Terraform's state contains the permanent password; use it only for test accounts, and "
            "temporary_password for people"
        )
        return (warning,)


class UserInGroup(AuthConstruct):
    """The membership of one user in one group.

    **Changing** *user* or *group* replaces the membership.

    Args:
        scope: The parent. If it is a stack, *construct_id* is the resource's Terraform name.
        construct_id: The id.
        user: The user.
        group: The group, of the same pool.

    Attributes:
        resource: The CDKTF resource, for settings that this construct does not offer.

    Raises:
        InvalidValueError: The values are not a user and a group of one pool.
    """

    def __init__(
        self, scope: Construct, construct_id: str, *, user: User, group: UserGroup
    ) -> None:
        _checks.kind("UserInGroup.user", user, User)
        _checks.kind("UserInGroup.group", group, UserGroup)
        _check_pool("UserInGroup.group", group, user.user_pool)
        super().__init__(scope, construct_id)
        # References, so that Terraform creates both first.
        self.resource = CognitoUserInGroup(
            self,
            "Default",
            group_name=group.resource.name,
            user_pool_id=user.user_pool.user_pool_id,
            username=user.resource.username,
        )


def _checked_groups(groups: Collection[UserGroup], user_pool: UserPoolRef) -> list[UserGroup]:
    def check(label: str, group: UserGroup) -> UserGroup:
        _checks.kind(label, group, UserGroup)
        _check_pool(label, group, user_pool)
        return group

    subject = "User.groups"
    by_id: dict[str, UserGroup] = {}
    for group in _checks.items(subject, groups, check, remedy="write [group]"):
        if group.node.id in by_id:
            raise InvalidValueError(
                subject,
                "must have unique ids, which name the memberships",
                got=[by_id[group.node.id].node.path, group.node.path],
                remedy="use UserInGroup(…) for one of them",
            )
        by_id[group.node.id] = group
    return [by_id[name] for name in sorted(by_id)]


def _check_pool(subject: str, group: UserGroup, user_pool: UserPoolRef) -> None:
    if group.user_pool != user_pool:
        raise InvalidValueError(
            subject,
            "must be a group of the user's pool",
            got=group.node.path,
            remedy="use a group of that pool",
        )


def _checked_passwords(temporary_password: str | None, password: str | None) -> dict[str, str]:
    given = {"temporary_password": temporary_password, "password": password}
    passwords = {name: value for name, value in given.items() if value is not None}
    for name, value in passwords.items():
        _checks.secret(f"User.{name}", value)
    if len(passwords) > 1:
        raise InvalidValueError(
            "User.password",
            "must be left out together with temporary_password",
            got="***",
            remedy="set one of the two",
        )
    return passwords


_BY_SIGN_IN = {"email": "@", "phone_number": "+"}
"""The character by which a user name is recognized as an address."""


def _checked_username(username: str, user_pool: UserPoolRef) -> str:
    """Check the name, which must be an address if users sign in with one."""
    subject = "User.username"
    _checks.text(subject, username, limits.USERNAME, remedy="give another name")
    kinds = _sign_in_by(user_pool)
    if kinds and is_concrete(username) and _address_kind(username) not in kinds:
        raise InvalidValueError(
            subject,
            f"must be what users of the pool sign in with: {' or '.join(kinds)}",
            got=username,
            remedy="write the address",
        )
    return username


def _alias_problems(user: User, username: str, user_pool: UserPoolRef) -> Iterator[str]:
    """Yield an error for a name in the form of an alias; a rule reports users of the same stack."""
    if not is_own(user_pool) or is_judged_with(user_pool, user) or not is_concrete(username):
        return
    aliases = user_pool.resource.alias_attributes_input or ()
    for alias, form in ALIAS_FORMS.items():
        if alias.value in aliases and form.fullmatch(username):
            yield (
                f"username: must not have the form of {alias.value}, which is an alias in the "
                f"pool, got {username!r}; choose another username, such as 'root', and set "
                f"attributes={{{alias.value!r}: …}} to the address"
            )


def _checked_attributes(
    attributes: Mapping[str, str] | Mapping[StandardAttributeName, str],
    username: str,
    user_pool: UserPoolRef,
) -> dict[str, str]:
    """Check the attributes, and add the name if it is an address, as Cognito does."""
    subject = "User.attributes"
    if not isinstance(attributes, Mapping):
        raise InvalidValueError(
            subject,
            "must be a mapping",
            got=attributes,
            remedy="write {StandardAttributeName.NAME: 'Ann'}",
        )
    kept = {str(name): value for name, value in attributes.items()}
    known = _known(user_pool)
    for name, value in kept.items():
        label = f"{subject}[{name!r}]"
        _checks.text(label, value, limits.ATTRIBUTE_VALUE, remedy="write it as a short text")
        if not is_own(user_pool) and name.startswith("custom:"):
            continue  # only the owner of the pool knows
        if is_concrete(name) and is_concrete(known) and name not in known:
            raise InvalidValueError(
                subject,
                "must name attributes of the pool",
                got=name,
                remedy=f"write 'custom:{name}'"
                if f"custom:{name}" in known
                else "add the attribute to the pool; custom attributes have the prefix custom:",
            )
    kind = _address_kind(username) if is_concrete(username) else None
    if kind in _sign_in_by(user_pool):
        kept.setdefault(kind, username)
    return {name: kept[name] for name in _checks.in_order(kept)}


def _as_the_provider_reads(attributes: Mapping[str, str]) -> dict[str, str] | None:
    """Return names without `custom:`, which the AWS provider adds to requests and omits on reading.

    With the prefix, each plan shows a change (seen with version 5.100.0).
    """
    return {name.removeprefix("custom:"): value for name, value in attributes.items()} or None


def _checked_mediums(
    mediums: Collection[DeliveryMedium] | AsItIs | None, attributes: Mapping[str, str]
) -> tuple[DeliveryMedium, ...]:
    """Check how Cognito sends an invitation, or choose a way for which an address is known.

    Cognito's default is SMS, even for a user without a phone number.
    """
    if mediums is AS_IT_IS:
        return ()
    if mediums is not None:
        remedy = "name members of DeliveryMedium"
        subject = "User.desired_delivery_mediums"
        return _checks.members(subject, mediums, DeliveryMedium, remedy=remedy)
    if "email" in attributes:
        return (DeliveryMedium.EMAIL,)
    return (DeliveryMedium.SMS,) if "phone_number" in attributes else ()


def _sign_in_by(user_pool: UserPoolRef) -> tuple[str, ...]:
    """Return the kinds of address that users of the pool sign in with."""
    return tuple(user_pool.resource.username_attributes_input or ()) if is_own(user_pool) else ()


def _address_kind(username: str) -> str | None:
    if _BY_SIGN_IN["email"] in username:
        return "email"
    return "phone_number" if username.startswith(_BY_SIGN_IN["phone_number"]) else None


def _known(user_pool: UserPoolRef) -> tuple[str, ...]:
    own = (
        f"custom:{attribute.name}"
        for attribute in attributes_of(user_pool)
        if not isinstance(attribute, StandardAttribute)
    )
    return (*StandardAttributeName, *READ_ONLY_ATTRIBUTES, *own)
