"""By which name users sign in; Cognito never lets this be changed."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TypeAlias

from constructs_auth import _checks
from constructs_auth._tokens import Flag
from constructs_auth.facts.words import AliasAttribute, ContactAttribute


@dataclass(frozen=True, slots=True, kw_only=True)
class UsernameAttributes:
    """Users sign up and in with an e-mail address or a phone number; there is no user name.

    Cognito keeps a generated user name (a UUID, equal to `sub`). **Can never be changed.**

    Args:
        attributes: Which of them is accepted. By default the e-mail address.
        case_sensitive: Whether `Ann@example.com` and `ann@example.com` are two users. By
            default `False`, as AWS advises.

    Raises:
        InvalidValueError: An attribute that Cognito does not know, or none.
    """

    attributes: Collection[ContactAttribute] = (ContactAttribute.EMAIL,)
    case_sensitive: Flag = False

    def __post_init__(self) -> None:
        """Check the values, and sort the attributes."""
        subject = "UsernameAttributes.attributes"
        remedy = "name ContactAttribute.EMAIL, ContactAttribute.PHONE_NUMBER or both"
        attributes = _checks.members(subject, self.attributes, ContactAttribute, remedy=remedy)
        _checks.not_empty(
            subject, attributes, remedy=f"{remedy}, or use Username() for sign-in by user name"
        )
        object.__setattr__(self, "attributes", attributes)
        _checks.flag("UsernameAttributes.case_sensitive", self.case_sensitive)


@dataclass(frozen=True, slots=True, kw_only=True)
class Username:
    """Users choose a user name at sign-up, and may have aliases for it.

    **Can never be changed.**

    Args:
        alias_attributes: Attributes that are accepted in place of the user name, once verified.
            By default none.
        case_sensitive: Whether `Ann` and `ann` are two users. By default `False`, as AWS advises.

    Raises:
        InvalidValueError: An alias that Cognito does not know.
    """

    alias_attributes: Collection[AliasAttribute] = ()
    case_sensitive: Flag = False

    def __post_init__(self) -> None:
        """Check the values, and sort the aliases."""
        aliases = _checks.members(
            "Username.alias_attributes",
            self.alias_attributes,
            AliasAttribute,
            remedy="name members of AliasAttribute, or leave it out for no alias",
        )
        object.__setattr__(self, "alias_attributes", aliases)
        _checks.flag("Username.case_sensitive", self.case_sensitive)


SignIn: TypeAlias = UsernameAttributes | Username


def contact_attributes(sign_in: SignIn) -> tuple[ContactAttribute, ...]:
    """Name the e-mail address and the phone number where users sign in with them."""
    names = (
        sign_in.attributes if isinstance(sign_in, UsernameAttributes) else sign_in.alias_attributes
    )
    return tuple(contact for contact in ContactAttribute if contact.value in names)
