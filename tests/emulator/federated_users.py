"""The users of other identity providers: their profiles, which each sign-in writes again."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus

from moto.cognitoidp.models import (
    CognitoIdpGroup,
    CognitoIdpIdentityProvider,
    CognitoIdpUser,
    CognitoIdpUserPool,
    CognitoIdpUserPoolAttribute,
    CognitoIdpUserPoolClient,
)

EXTERNAL = "EXTERNAL_PROVIDER"
"""The status of users of other identity providers."""

_VERIFIED = {"email": "email_verified", "phone_number": "phone_number_verified"}


class AttributesError(Exception):
    """The pool does not accept the attributes that a provider sent."""


class DisabledError(Exception):
    """An administrator has disabled the user."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who a provider says that somebody is.

    Attributes:
        provider: The provider.
        issuer: The name that the provider gives itself; `None` where it gives none.
        subject: The name of the user at the provider.
        attributes: What the provider says of the user.
    """

    provider: CognitoIdpIdentityProvider
    issuer: str | None
    subject: str
    attributes: Mapping[str, str]


def as_text(value: object) -> str:
    """Return a value as Cognito stores it: flags in lower case, and several values in brackets."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (list, tuple)):
        texts = [as_text(one) for one in value]
        if len(texts) == 1:
            return texts[0]
        return f"[{', '.join(quote_plus(one, safe='*').replace('~', '%7E') for one in texts)}]"
    return str(value)


def signed_in_user(
    pool: CognitoIdpUserPool, client: CognitoIdpUserPoolClient, identity: Identity
) -> CognitoIdpUser:
    """Create the user of an identity at the first sign-in, and update it at each other one.

    Raises:
        AttributesError: An attribute is missing, or may not be written.
        DisabledError: The user may not sign in.
    """
    name = f"{identity.provider.name}_{identity.subject}"
    user: CognitoIdpUser | None = pool.users.get(name)
    mapped = _mapped(identity)
    _check(pool, client, user, mapped)
    present = {key: value for key, value in mapped.items() if value is not None}
    if user is None:
        user = CognitoIdpUser(pool.id, name, None, EXTERNAL, [])
        pool.users[user.username] = user
        present["identities"] = json.dumps([_identity(identity)])
        _join_group(pool, user, identity.provider)
    elif not user.enabled:
        raise DisabledError
    for address, flag in _VERIFIED.items():
        if address in present and flag not in mapped:
            present[flag] = "false"
    gone = [key for key in mapped if key not in present and key in user.attribute_lookup]
    if gone:
        user.delete_attributes(gone)
    user.update_attributes([{"Name": key, "Value": value} for key, value in present.items()])
    return user


def _mapped(identity: Identity) -> dict[str, str | None]:
    """The attributes of the pool that the provider writes; `None` for one that it did not send."""
    mapping: Mapping[str, str] = identity.provider.extended_config.get("AttributeMapping") or {}
    return {
        name: identity.attributes.get(source)
        for name, source in mapping.items()
        if name != "username"
    }


def _check(
    pool: CognitoIdpUserPool,
    client: CognitoIdpUserPoolClient,
    user: CognitoIdpUser | None,
    mapped: Mapping[str, str | None],
) -> None:
    writable = client.extended_config.get("WriteAttributes")
    for name, value in mapped.items():
        schema = pool.schema_attributes.get(name)
        if schema is None and name not in CognitoIdpUserPoolAttribute.STANDARD_SCHEMA:
            raise AttributesError(f"Type for attribute {{{name}}} could not be determined")
        if writable and name not in writable:
            raise AttributesError("A client attempted to write unauthorized attribute")
        if schema is None:
            continue  # a standard attribute, as it is by default
        if user is not None and not schema.mutable:
            raise AttributesError(f"user.{name}: Attribute cannot be updated.")
        if user is not None and schema.required and value is None:
            raise AttributesError(f"{name}: Required attribute cannot be deleted")
    if user is None:
        for name, schema in pool.schema_attributes.items():
            if schema.required and name != "sub" and mapped.get(name) is None:
                raise AttributesError(f"{name}: The attribute is required")


def _identity(identity: Identity) -> dict[str, Any]:
    return {
        "userId": identity.subject,
        "providerName": identity.provider.name,
        "providerType": identity.provider.extended_config["ProviderType"],
        "issuer": identity.issuer,
        "primary": True,
        "dateCreated": int(time.time() * 1000),
    }


def _join_group(
    pool: CognitoIdpUserPool, user: CognitoIdpUser, provider: CognitoIdpIdentityProvider
) -> None:
    """Add a new user to the group of all users of a provider, which the first of them creates."""
    name = f"{pool.id}_{provider.name}"
    if name not in pool.groups:
        group = CognitoIdpGroup(pool.id, name, "Autogenerated group", None, None)  # type: ignore[arg-type] # moto's None
        pool.groups[name] = group
    pool.backend.admin_add_user_to_group(pool.id, name, str(user.username))
