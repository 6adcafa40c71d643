"""Users in IAM Identity Center, and a reference to an existing identity store."""

import re
from collections.abc import Collection
from dataclasses import dataclass, fields
from types import NoneType
from typing import Protocol

from constructs_auth import _checks
from constructs_auth._tokens import is_concrete
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import limits

_TERRAFORM_NAME = r"[A-Za-z0-9_-]+"


class DirectoryGroup(Protocol):
    """A group of the identity store: `IdentityStoreGroup` fits."""

    @property
    def group_id(self) -> str:
        """The id that Identity Center assigned."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PostalAddress:
    """A postal address. Each part is 1 to 1,024 characters, and unset by default.

    Args:
        street_address: Street and number.
        locality: The city.
        region: The state or province.
        postal_code: The postal code.
        country: The country.
        formatted: The whole address, as printed.
        type: The kind of address. By default `work`.

    Raises:
        InvalidValueError: A value that Identity Center does not accept.
    """

    street_address: str | None = None
    locality: str | None = None
    region: str | None = None
    postal_code: str | None = None
    country: str | None = None
    formatted: str | None = None
    type: str = "work"

    def __post_init__(self) -> None:
        """Check the values."""
        for field in fields(self):
            _check_text(f"PostalAddress.{field.name}", getattr(self, field.name))


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkforceUser:
    """One person, for `IdentityStoreUsers` or `IdentityStoreUser`.

    **Changing** *user_name* replaces the user.

    Args:
        user_name: The name that the person signs in with: 1 to 128 characters without spaces.
        given_name: The first name, 1 to 1,024 characters like each text below.
        family_name: The last name.
        display_name: The name that others see. By default first and last name.
        email: The e-mail address; SAML applications receive it as `${user:email}`. By default none.
        phone_number: The phone number. By default none.
        address: The postal address. By default none.
        groups: The groups of the person, each an `IdentityStoreGroup`. By default none.
        middle_name: The middle name. By default none.
        honorific_prefix: Such as `Dr.`. By default none.
        honorific_suffix: Such as `III`. By default none.
        formatted_name: The whole name, as printed. By default none.
        nickname: By default none.
        title: The job. By default none.
        user_type: Such as `Contractor`. By default none.
        preferred_language: Such as `en-GB`. By default none.
        locale: Such as `en-GB`. By default none.
        timezone: Such as `Europe/Dublin`. By default none.
        profile_url: A page about the person. By default none.
        terraform_name: The end of the Terraform address: letters, digits, `_` and `-`. By default
            *user_name* with `_` for every other character. **Changing it** replaces the user.

    Raises:
        InvalidValueError: A value that Identity Center or Terraform does not accept, or a
            *user_name* that is a token without a *terraform_name*.
    """

    user_name: str
    given_name: str
    family_name: str
    display_name: str | None = None
    email: str | None = None
    phone_number: str | None = None
    address: PostalAddress | None = None
    groups: Collection[DirectoryGroup] = ()
    middle_name: str | None = None
    honorific_prefix: str | None = None
    honorific_suffix: str | None = None
    formatted_name: str | None = None
    nickname: str | None = None
    title: str | None = None
    user_type: str | None = None
    preferred_language: str | None = None
    locale: str | None = None
    timezone: str | None = None
    profile_url: str | None = None
    terraform_name: str | None = None

    def __post_init__(self) -> None:
        """Check the values."""
        subject = "WorkforceUser"
        _checks.text(
            f"{subject}.user_name",
            self.user_name,
            limits.WORKFORCE_USER_NAME,
            remedy="write the e-mail address or a short name",
        )
        check_reserved(f"{subject}.user_name", self.user_name)
        _checks.kind(f"{subject}.address", self.address, PostalAddress, NoneType)
        apart = ("user_name", "address", "groups", "terraform_name")
        for field in fields(self):
            if field.name not in apart:
                required = field.name in {"given_name", "family_name"}
                value = getattr(self, field.name)
                _check_text(f"{subject}.{field.name}", value, required=required)
        groups = _checks.items(
            f"{subject}.groups", self.groups, lambda _, group: group, remedy="write [group]"
        )
        object.__setattr__(self, "groups", groups)
        object.__setattr__(self, "terraform_name", self._checked_terraform_name())

    def _checked_terraform_name(self) -> str:
        subject = "WorkforceUser.terraform_name"
        name = self.terraform_name
        if name is None:
            if not is_concrete(self.user_name):
                raise InvalidValueError(
                    subject,
                    "must be set where user_name is a token",
                    got=None,
                    remedy="write a short name that does not change",
                )
            return re.sub(r"[^A-Za-z0-9_-]", "_", self.user_name)
        if not isinstance(name, str) or re.fullmatch(_TERRAFORM_NAME, name) is None:
            raise InvalidValueError(
                subject,
                "must be letters, digits, _ and -",
                got=name,
                remedy="write a short name that does not change",
            )
        return name


@dataclass(frozen=True, slots=True, kw_only=True)
class ExistingIdentityStore:
    """The identity store of IAM Identity Center by its id, where no data source can read it.

    Args:
        identity_store_id: The id, such as `d-1234567890`, or a token.
        region: The region of Identity Center. By default the region of the stack.

    Raises:
        InvalidValueError: A value that an identity store cannot have.
    """

    identity_store_id: str
    region: str | None = None

    def __post_init__(self) -> None:
        """Check the values."""
        subject = "ExistingIdentityStore"
        _checks.text(
            f"{subject}.identity_store_id",
            self.identity_store_id,
            limits.IDENTITY_STORE_ID,
            remedy="copy it from the settings of Identity Center, such as 'd-1234567890'",
        )
        if self.region is not None:
            _checks.known_region(f"{subject}.region", self.region)


def check_reserved(subject: str, name: str) -> None:
    """Reject the names that Identity Center reserves."""
    if name in limits.WORKFORCE_RESERVED_NAMES:
        raise InvalidValueError(
            subject,
            "must not be a name that Identity Center reserves",
            got=name,
            remedy="choose another name",
        )


def _check_text(subject: str, value: str | None, *, required: bool = False) -> None:
    if value is not None or required:
        _checks.text(
            subject,
            value,  # type: ignore[arg-type] # what is required may still be None
            limits.WORKFORCE_TEXT,
            remedy="write a short text" if required else "write a short text, or leave it out",
        )
