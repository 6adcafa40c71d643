"""The attributes of users in a user pool: standard attributes and custom attributes."""

from dataclasses import dataclass
from typing import Self, TypeAlias

from constructs_auth import _checks
from constructs_auth._tokens import Flag, Number, is_concrete
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import limits
from constructs_auth.facts.words import READ_ONLY_ATTRIBUTES, StandardAttributeName
from constructs_auth.values.as_it_is import AS_IT_IS, AsItIs

_FIXED_LENGTHS = {StandardAttributeName.BIRTHDATE: (10, 10)}
_MAX_LENGTH = limits.STRING_ATTRIBUTE_LENGTH.maximum
_RESERVED = ("sub", "identities", *READ_ONLY_ATTRIBUTES, *StandardAttributeName)


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardAttribute:
    """The constraints of a standard attribute: `StandardAttribute.email(required=True)`.

    There is such a method for each standard attribute; `full_name` is the one for `name`. Lengths
    need the long form, `StandardAttribute(name=StandardAttributeName.EMAIL, max_length=100)`.

    **Can never be changed once the pool is created.**

    Args:
        name: Which attribute.
        required: Whether users must give a value at sign-up. By default `False`.
        mutable: Whether it may change after sign-up. By default `True`. An attribute that an
            identity provider maps must be mutable.
        min_length: The shortest value, in characters. By default Cognito's own: 0, and 10 for
            `birthdate`. `AS_IT_IS` if the attribute of an imported pool has no such bound. Not
            allowed for `updated_at`, which is a number.
        max_length: The longest value, in characters. By default Cognito's own: 2048, and 10 for
            `birthdate`. `AS_IT_IS` if the attribute of an imported pool has no such bound. Not
            allowed for `updated_at`, which is a number.

    Raises:
        InvalidValueError: An unknown attribute, or lengths that Cognito does not accept.
    """

    name: StandardAttributeName
    required: Flag = False
    mutable: Flag = True
    min_length: Number | AsItIs | None = None
    max_length: Number | AsItIs | None = None

    def __post_init__(self) -> None:
        """Check the values, and fill in Cognito's own lengths."""
        name = _checks.known_member("StandardAttribute.name", self.name, StandardAttributeName)
        object.__setattr__(self, "name", name)
        _checks.flag("StandardAttribute.required", self.required)
        _checks.flag("StandardAttribute.mutable", self.mutable)
        if name is StandardAttributeName.UPDATED_AT:
            self._reject_lengths()
            return
        least, most = _FIXED_LENGTHS.get(name, (0, _MAX_LENGTH))
        minimum = least if self.min_length is None else self.min_length
        maximum = most if self.max_length is None else self.max_length
        check_lengths("StandardAttribute", minimum, maximum)
        object.__setattr__(self, "min_length", minimum)
        object.__setattr__(self, "max_length", maximum)

    @classmethod
    def address(cls, *, required: Flag = False, mutable: Flag = True) -> Self:
        """Return the attribute `address`."""
        return cls(name=StandardAttributeName.ADDRESS, required=required, mutable=mutable)

    @classmethod
    def birthdate(cls, *, required: Flag = False, mutable: Flag = True) -> Self:
        """Return the attribute `birthdate`."""
        return cls(name=StandardAttributeName.BIRTHDATE, required=required, mutable=mutable)

    @classmethod
    def email(cls, *, required: Flag = False, mutable: Flag = True) -> Self:
        """Return the attribute `email`."""
        return cls(name=StandardAttributeName.EMAIL, required=required, mutable=mutable)

    @classmethod
    def family_name(cls, *, required: Flag = False, mutable: Flag = True) -> Self:
        """Return the attribute `family_name`."""
        return cls(name=StandardAttributeName.FAMILY_NAME, required=required, mutable=mutable)

    @classmethod
    def full_name(cls, *, required: Flag = False, mutable: Flag = True) -> Self:
        """Return the attribute `name`; the word is taken here by the name of an attribute."""
        return cls(name=StandardAttributeName.NAME, required=required, mutable=mutable)

    @classmethod
    def gender(cls, *, required: Flag = False, mutable: Flag = True) -> Self:
        """Return the attribute `gender`."""
        return cls(name=StandardAttributeName.GENDER, required=required, mutable=mutable)

    @classmethod
    def given_name(cls, *, required: Flag = False, mutable: Flag = True) -> Self:
        """Return the attribute `given_name`."""
        return cls(name=StandardAttributeName.GIVEN_NAME, required=required, mutable=mutable)

    @classmethod
    def locale(cls, *, required: Flag = False, mutable: Flag = True) -> Self:
        """Return the attribute `locale`."""
        return cls(name=StandardAttributeName.LOCALE, required=required, mutable=mutable)

    @classmethod
    def middle_name(cls, *, required: Flag = False, mutable: Flag = True) -> Self:
        """Return the attribute `middle_name`."""
        return cls(name=StandardAttributeName.MIDDLE_NAME, required=required, mutable=mutable)

    @classmethod
    def nickname(cls, *, required: Flag = False, mutable: Flag = True) -> Self:
        """Return the attribute `nickname`."""
        return cls(name=StandardAttributeName.NICKNAME, required=required, mutable=mutable)

    @classmethod
    def phone_number(cls, *, required: Flag = False, mutable: Flag = True) -> Self:
        """Return the attribute `phone_number`."""
        return cls(name=StandardAttributeName.PHONE_NUMBER, required=required, mutable=mutable)

    @classmethod
    def picture(cls, *, required: Flag = False, mutable: Flag = True) -> Self:
        """Return the attribute `picture`."""
        return cls(name=StandardAttributeName.PICTURE, required=required, mutable=mutable)

    @classmethod
    def preferred_username(cls, *, required: Flag = False, mutable: Flag = True) -> Self:
        """Return the attribute `preferred_username`."""
        return cls(
            name=StandardAttributeName.PREFERRED_USERNAME, required=required, mutable=mutable
        )

    @classmethod
    def profile(cls, *, required: Flag = False, mutable: Flag = True) -> Self:
        """Return the attribute `profile`."""
        return cls(name=StandardAttributeName.PROFILE, required=required, mutable=mutable)

    @classmethod
    def updated_at(cls, *, required: Flag = False, mutable: Flag = True) -> Self:
        """Return the attribute `updated_at`."""
        return cls(name=StandardAttributeName.UPDATED_AT, required=required, mutable=mutable)

    @classmethod
    def website(cls, *, required: Flag = False, mutable: Flag = True) -> Self:
        """Return the attribute `website`."""
        return cls(name=StandardAttributeName.WEBSITE, required=required, mutable=mutable)

    @classmethod
    def zoneinfo(cls, *, required: Flag = False, mutable: Flag = True) -> Self:
        """Return the attribute `zoneinfo`."""
        return cls(name=StandardAttributeName.ZONEINFO, required=required, mutable=mutable)

    def _reject_lengths(self) -> None:
        for field, value in (("min_length", self.min_length), ("max_length", self.max_length)):
            if value is not None:
                raise InvalidValueError(
                    f"StandardAttribute.{field}",
                    "must be left out for updated_at, which is a number",
                    got=value,
                    remedy="leave it out",
                )


@dataclass(frozen=True, slots=True, kw_only=True)
class StringAttribute:
    """A custom attribute that holds text. In tokens its name is `custom:` and *name*.

    **Can never be changed or removed.**

    Args:
        name: 1 to 20 characters without spaces, without the prefix `custom:`.
        mutable: Whether it may change after sign-up. By default `True`.
        min_length: The shortest value, in characters. By default 0. `AS_IT_IS` if the attribute of
            an imported pool has no such bound.
        max_length: The longest value, in characters. By default 2048, Cognito's maximum. `AS_IT_IS`
            if the attribute of an imported pool has no such bound.

    Raises:
        InvalidValueError: A name or lengths that Cognito does not accept.
    """

    name: str
    mutable: Flag = True
    min_length: Number | AsItIs = 0
    max_length: Number | AsItIs = _MAX_LENGTH

    def __post_init__(self) -> None:
        """Check the values."""
        _check_custom_name("StringAttribute", self.name)
        _checks.flag("StringAttribute.mutable", self.mutable)
        check_lengths("StringAttribute", self.min_length, self.max_length)


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberAttribute:
    """A custom attribute that holds a number.

    **Can never be changed or removed.**

    Args:
        name: 1 to 20 characters without spaces, without the prefix `custom:`.
        mutable: Whether it may change after sign-up. By default `True`.
        min_value: The lowest value, a whole number. By default no limit.
        max_value: The highest value, a whole number. By default no limit.

    Raises:
        InvalidValueError: A name that Cognito does not accept, or a minimum above the maximum.
    """

    name: str
    mutable: Flag = True
    min_value: Number | None = None
    max_value: Number | None = None

    def __post_init__(self) -> None:
        """Check the values."""
        _check_custom_name("NumberAttribute", self.name)
        _checks.flag("NumberAttribute.mutable", self.mutable)
        check_values("NumberAttribute", self.min_value, self.max_value)


@dataclass(frozen=True, slots=True, kw_only=True)
class BooleanAttribute:
    """A custom attribute that is true or false.

    **Can never be changed or removed.**

    Args:
        name: 1 to 20 characters without spaces, without the prefix `custom:`.
        mutable: Whether it may change after sign-up. By default `True`.

    Raises:
        InvalidValueError: A name that Cognito does not accept.
    """

    name: str
    mutable: Flag = True

    def __post_init__(self) -> None:
        """Check the values."""
        _check_custom_name("BooleanAttribute", self.name)
        _checks.flag("BooleanAttribute.mutable", self.mutable)


@dataclass(frozen=True, slots=True, kw_only=True)
class DateTimeAttribute:
    """A custom attribute that holds a point in time.

    **Can never be changed or removed.**

    Args:
        name: 1 to 20 characters without spaces, without the prefix `custom:`.
        mutable: Whether it may change after sign-up. By default `True`.

    Raises:
        InvalidValueError: A name that Cognito does not accept.
    """

    name: str
    mutable: Flag = True

    def __post_init__(self) -> None:
        """Check the values."""
        _check_custom_name("DateTimeAttribute", self.name)
        _checks.flag("DateTimeAttribute.mutable", self.mutable)


CustomAttribute: TypeAlias = (
    StringAttribute | NumberAttribute | BooleanAttribute | DateTimeAttribute
)
Attribute: TypeAlias = StandardAttribute | CustomAttribute


def _check_custom_name(kind: str, name: str) -> None:
    subject = f"{kind}.name"
    _checks.text(
        subject,
        name,
        limits.CUSTOM_ATTRIBUTE_NAME,
        remedy="choose a short name without the prefix custom:, which Cognito adds",
    )
    if not is_concrete(name):
        return
    if name.startswith(("custom:", "dev:")):
        raise InvalidValueError(
            subject,
            "must not have a prefix, because Cognito adds custom: itself",
            got=name,
            remedy=f"write {name.partition(':')[2]!r}",
        )
    if name in _RESERVED:
        raise InvalidValueError(
            subject,
            "must not be an attribute name that every user pool already has",
            got=name,
            remedy=_for_reserved(name),
        )


def _for_reserved(name: str) -> str:
    if name in tuple(StandardAttributeName):
        method = "full_name" if name == StandardAttributeName.NAME else name
        return f"use StandardAttribute.{method}()"
    return "leave it out, Cognito manages this attribute"


def check_lengths(kind: str, minimum: Number | AsItIs, maximum: Number | AsItIs) -> None:
    """Reject lengths that Cognito does not accept, and a minimum above the maximum.

    Raises:
        InvalidValueError: A length that Cognito does not accept, or a minimum above the maximum.
    """
    for field, value in (("min_length", minimum), ("max_length", maximum)):
        if value is not AS_IT_IS:
            _checks.whole_number(
                f"{kind}.{field}",
                value,
                limits.STRING_ATTRIBUTE_LENGTH,
                remedy="choose at most 2048 characters",
            )
    if minimum is not AS_IT_IS and maximum is not AS_IT_IS:
        _check_order(kind, "length", minimum, maximum)


def check_values(kind: str, minimum: Number | None, maximum: Number | None) -> None:
    """Reject bounds that are not whole numbers, and a minimum above the maximum.

    Raises:
        InvalidValueError: A bound that is not a whole number, or a minimum above the maximum.
    """
    for field, value in (("min_value", minimum), ("max_value", maximum)):
        if value is not None:
            _checks.whole_number(
                f"{kind}.{field}",
                value,
                None,
                remedy="write a whole number, or leave it out for no limit",
            )
    _check_order(kind, "value", minimum, maximum)


def _check_order(kind: str, what: str, minimum: Number | None, maximum: Number | None) -> None:
    if minimum is None or maximum is None or not is_concrete((minimum, maximum)):
        return
    if minimum > maximum:
        raise InvalidValueError(
            f"{kind}.min_{what}",
            f"must not be greater than max_{what}, which is {maximum}",
            got=minimum,
            remedy="swap the two values",
        )
