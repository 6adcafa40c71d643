"""The names that users sign in with; Cognito never allows this to change."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TypeAlias

from constructs_auth import _checks
from constructs_auth._tokens import Flag
from constructs_auth.facts.words import AliasAttribute, ContactAttribute
from constructs_auth.values.as_it_is import AS_IT_IS, AsItIs


@dataclass(frozen=True, slots=True, kw_only=True)
class UsernameAttributes:
    """Users sign up and sign in with an e-mail address or a phone number instead of a user name.

    Cognito generates a user name (a UUID, equal to `sub`). **Can never be changed.**

    Args:
        attributes: Which of them Cognito accepts. By default the e-mail address.
        case_sensitive: Whether `Ann@example.com` and `ann@example.com` are two users. By
            default `False`, as AWS advises. `AS_IT_IS` for an imported pool without this setting.

    Raises:
        InvalidValueError: An attribute that Cognito does not accept, or none.
    """

    attributes: Collection[ContactAttribute] = (ContactAttribute.EMAIL,)
    case_sensitive: Flag | AsItIs = False

    def __post_init__(self) -> None:
        """Check the values, and sort the attributes."""
        subject = "UsernameAttributes.attributes"
        remedy = "name ContactAttribute.EMAIL, ContactAttribute.PHONE_NUMBER or both"
        attributes = _checks.members(subject, self.attributes, ContactAttribute, remedy=remedy)
        _checks.not_empty(
            subject, attributes, remedy=f"{remedy}, or use Username() for sign-in by user name"
        )
        object.__setattr__(self, "attributes", attributes)
        if self.case_sensitive is not AS_IT_IS:
            _checks.flag("UsernameAttributes.case_sensitive", self.case_sensitive)


@dataclass(frozen=True, slots=True, kw_only=True)
class Username:
    """Users choose a user name at sign-up, and may sign in with aliases of it.

    **Can never be changed.**

    Args:
        alias_attributes: Attributes that Cognito accepts in place of the user name, once they are
            verified. By default none.
        case_sensitive: Whether `Ann` and `ann` are two users. By default `False`, as AWS advises.
            `AS_IT_IS` for an imported pool without this setting.

    Raises:
        InvalidValueError: An alias that Cognito does not accept.
    """

    alias_attributes: Collection[AliasAttribute] = ()
    case_sensitive: Flag | AsItIs = False

    def __post_init__(self) -> None:
        """Check the values, and sort the aliases."""
        aliases = _checks.members(
            "Username.alias_attributes",
            self.alias_attributes,
            AliasAttribute,
            remedy="name members of AliasAttribute, or leave it out for no alias",
        )
        object.__setattr__(self, "alias_attributes", aliases)
        if self.case_sensitive is not AS_IT_IS:
            _checks.flag("Username.case_sensitive", self.case_sensitive)


SignIn: TypeAlias = UsernameAttributes | Username


def contact_attributes(sign_in: SignIn) -> tuple[ContactAttribute, ...]:
    """Return which of e-mail address and phone number users sign in with."""
    names = (
        sign_in.attributes if isinstance(sign_in, UsernameAttributes) else sign_in.alias_attributes
    )
    return tuple(contact for contact in ContactAttribute if contact.value in names)
