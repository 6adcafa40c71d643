"""What a user may be called, and what may be known of a user."""

from collections.abc import Collection, Mapping

from constructs_auth import _checks
from constructs_auth._tokens import is_concrete
from constructs_auth.cognito._user_pool_ref import UserPoolRef, attributes_of, is_own
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import limits
from constructs_auth.facts.words import READ_ONLY_ATTRIBUTES, DeliveryMedium, StandardAttributeName
from constructs_auth.values.attributes import StandardAttribute

_BY_SIGN_IN = {"email": "@", "phone_number": "+"}
"""How a name looks that is an address: by a sign in it."""


def checked_username(username: str, user_pool: UserPoolRef) -> str:
    """Check the name, which is an address where users sign in with one."""
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


def checked_attributes(
    attributes: Mapping[str, str] | Mapping[StandardAttributeName, str],
    username: str,
    user_pool: UserPoolRef,
) -> dict[str, str]:
    """Check the attributes, and add the address that is the name: Cognito adds it too."""
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
            continue  # who owns the pool knows
        if is_concrete(name) and is_concrete(known) and name not in known:
            raise InvalidValueError(
                subject,
                "must name attributes of the pool",
                got=name,
                remedy=f"write 'custom:{name}'"
                if f"custom:{name}" in known
                else "add the attribute to the pool, its own with the prefix custom:",
            )
    kind = _address_kind(username) if is_concrete(username) else None
    if kind in _sign_in_by(user_pool):
        kept.setdefault(kind, username)
    return {name: kept[name] for name in _checks.in_order(kept)}


def as_the_provider_reads(attributes: Mapping[str, str]) -> dict[str, str] | None:
    """Write names without `custom:`, which the AWS provider adds itself and reads without.

    With it, each plan would show a change (seen with version 5.100.0).
    """
    return {name.removeprefix("custom:"): value for name, value in attributes.items()} or None


def checked_mediums(
    mediums: Collection[DeliveryMedium] | None, attributes: Mapping[str, str]
) -> tuple[DeliveryMedium, ...]:
    """Check the ways to send an invitation, or take those that there are addresses for.

    Cognito's own default is SMS, also for a user without a phone number.
    """
    if mediums is not None:
        remedy = "name members of DeliveryMedium"
        subject = "User.desired_delivery_mediums"
        return _checks.members(subject, mediums, DeliveryMedium, remedy=remedy)
    if "email" in attributes:
        return (DeliveryMedium.EMAIL,)
    return (DeliveryMedium.SMS,) if "phone_number" in attributes else ()


def _sign_in_by(user_pool: UserPoolRef) -> tuple[str, ...]:
    """Give the addresses that are names in the pool; none where a name is just a name."""
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
