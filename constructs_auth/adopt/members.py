"""What belongs to a user pool, other than its clients."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from constructs_auth.adopt.parts import AS_IT_IS, Override, block, blocks, member, members, texts
from constructs_auth.adopt.python import Argument, Call, Expression, Items, Table
from constructs_auth.facts.import_ids import NOT_READ
from constructs_auth.facts.resource_types import USER
from constructs_auth.facts.words import (
    READ_ONLY_ATTRIBUTES,
    AttributesRequestMethod,
    DeliveryMedium,
    MessageAction,
    StandardAttributeName,
)

SOCIAL = {
    "Facebook": "FacebookIdentityProvider",
    "Google": "GoogleIdentityProvider",
    "LoginWithAmazon": "LoginWithAmazonIdentityProvider",
    "SignInWithApple": "SignInWithAppleIdentityProvider",
}
"""The construct of each type of social provider."""

_SCOPES = {
    "Facebook": "public_profile, email",
    "Google": "openid email profile",
    "LoginWithAmazon": "profile",
    "OIDC": "openid email",
    "SignInWithApple": "email name",
}
_SUBJECT = {
    "Facebook": "id",
    "Google": "sub",
    "LoginWithAmazon": "user_id",
    "OIDC": "sub",
    "SignInWithApple": "sub",
}
_SAML_FLAGS = ("EncryptedResponses", "IDPInit", "IDPSignout")
_ENDPOINTS = ("authorize_url", "token_url", "attributes_url", "jwks_uri")


def domain(values: Mapping[str, Any], *, pool: Expression) -> Iterator[Argument]:
    """Walk through the arguments of a `UserPoolDomain`."""
    yield Argument(name="user_pool", value=pool)
    name = str(values["domain"])
    certificate = values.get("certificate_arn")
    if certificate:
        given: Expression = Call(
            "CustomDomain",
            (),
            (
                Argument(name="domain", value=name),
                Argument(name="certificate", value=str(certificate)),
            ),
        )
    else:
        given = Call("PrefixDomain", (), (Argument(name="prefix", value=name),))
    yield Argument(name="domain", value=given)
    version = values.get("managed_login_version")
    yield Argument(name="managed_login_version", value=int(version) if version else 1)
    if version == 2:  # noqa: PLR2004 - the managed login
        yield Argument(
            name="default_branding",
            value=False,
            comment="Default of this library: True, a branding for each client without one.",
        )


def resource_server(
    values: Mapping[str, Any], *, construct_id: str, pool: Expression
) -> Iterator[Argument]:
    """Walk through the arguments of a `ResourceServer`."""
    yield Argument(name="user_pool", value=pool)
    yield Argument(name="identifier", value=str(values["identifier"]))
    scopes = sorted(blocks(values, "scope"), key=lambda one: str(one.get("scope_name")))
    yield Argument(
        name="scopes",
        value=Items(
            [
                Call(
                    "ResourceServerScope",
                    (),
                    (
                        Argument(name="name", value=str(one.get("scope_name"))),
                        Argument(name="description", value=str(one.get("scope_description"))),
                    ),
                )
                for one in scopes
            ]
        ),
    )
    if values["name"] != construct_id:
        yield Argument(name="name", value=str(values["name"]))


def user_group(
    values: Mapping[str, Any], *, construct_id: str, pool: Expression
) -> Iterator[Argument]:
    """Walk through the arguments of a `UserGroup`."""
    yield Argument(name="user_pool", value=pool)
    if values["name"] != construct_id:
        yield Argument(name="name", value=str(values["name"]))
    if values.get("description"):
        yield Argument(name="description", value=str(values["description"]))
    if values.get("precedence"):
        yield Argument(name="precedence", value=int(values["precedence"]))
    if values.get("role_arn"):
        yield Argument(name="role_arn", value=str(values["role_arn"]))


PASSWORDS = ("password", "temporary_password")
"""The secrets of a user."""

_OFFERED_OF_A_USER = frozenset({*PASSWORDS, "desired_delivery_mediums", "message_action"})


def user(
    values: Mapping[str, Any], *, pool: Expression, passwords: Mapping[str, Expression]
) -> Iterator[Argument]:
    """Walk through the arguments of a `User`.

    Args:
        values: The values of the state.
        pool: The pool.
        passwords: The variables with the passwords that the state has.
    """
    yield Argument(name="user_pool", value=pool)
    yield Argument(name="username", value=str(values["username"]))
    attributes = _attributes_of(values)
    if attributes:
        known = (*StandardAttributeName, *READ_ONLY_ATTRIBUTES)
        table: list[tuple[Expression, Expression]] = [
            (name if name in known or ":" in name else f"custom:{name}", value)
            for name, value in sorted(attributes.items())
        ]
        yield Argument(name="attributes", value=Table(table))
    for name in PASSWORDS:
        if name in passwords:
            yield Argument(name=name, value=passwords[name])
    mediums = texts(values, "desired_delivery_mediums")
    sent = members(DeliveryMedium, mediums)
    yield Argument(name="desired_delivery_mediums", value=sent if mediums and sent else AS_IT_IS)
    action = member(MessageAction, str(values.get("message_action") or ""))
    if action is not None:
        yield Argument(name="message_action", value=action)
    if values.get("enabled") is False:
        yield Argument(name="enabled", value=False)


def user_overrides(values: Mapping[str, Any]) -> Iterator[Override]:
    """Walk through the settings of a user that the construct does not offer."""
    for name in sorted(NOT_READ[USER] - _OFFERED_OF_A_USER):
        if values.get(name):
            yield Override(argument=name, value=values[name])
    attributes, name = _attributes_of(values), str(values["username"])
    if ("@" in name and "email" not in attributes) or (
        name.startswith("+") and "phone_number" not in attributes
    ):  # the construct adds the address
        yield Override(argument="attributes", value=attributes)
    if values.get("password") and not values.get("message_action"):
        # The construct sends no invitation beside a permanent password.
        yield Override(argument="message_action", value=None)


def _attributes_of(values: Mapping[str, Any]) -> dict[str, str]:
    found = {str(k): str(v) for k, v in (values.get("attributes") or {}).items()}
    found.pop("sub", None)  # Cognito's own
    return found


def log_delivery(values: Mapping[str, Any], *, pool: Expression) -> Sequence[Argument] | None:
    """Return the arguments of a `LogDelivery`, or `None` if it cannot express the delivery."""
    names = {"userNotification": "user_notification", "userAuthEvents": "user_auth_events"}
    found: dict[str, Argument] = {}
    for one in blocks(values, "log_configurations"):
        name = names.get(str(one.get("event_source")))
        destination = _destination(one)
        if name is None or destination is None or name in found:
            return None
        found[name] = Argument(name=name, value=destination)
    if not found:
        return None
    in_order = [found[name] for name in names.values() if name in found]
    return [Argument(name="user_pool", value=pool), *in_order]


def _destination(found: Mapping[str, Any]) -> Call | None:
    for name, argument, function in (
        ("cloud_watch_logs_configuration", "log_group_arn", "LogGroup"),
        ("s3_configuration", "bucket_arn", "LogBucket"),
        ("firehose_configuration", "stream_arn", "FirehoseStream"),
    ):
        arn = block(found, name).get(argument)
        if arn:
            return Call(function, (), (Argument(name=argument, value=str(arn)),))
    return None


def identity_provider(
    values: Mapping[str, Any], *, construct_id: str, pool: Expression, secret: Expression
) -> Call | None:
    """Return the call of the provider's construct, or `None` for an unknown type.

    Args:
        values: The values of the state.
        construct_id: The id of the construct.
        pool: The pool.
        secret: The variable that holds the secret.
    """
    kind = str(values["provider_type"])
    details = {str(k): str(v) for k, v in (values.get("provider_details") or {}).items()}
    found = [Argument(name="user_pool", value=pool)]
    if kind == "SAML":
        found += _saml(values, details, construct_id)
        function = "SamlIdentityProvider"
    elif kind in _SCOPES:
        found += _oauth_provider(values, details, construct_id, secret)
        function = SOCIAL.get(kind, "OidcIdentityProvider")
    else:
        return None
    found += _mapping(values, _SUBJECT.get(kind))
    identifiers = texts(values, "idp_identifiers")
    if identifiers and kind not in SOCIAL:
        found.append(Argument(name="idp_identifiers", value=Items([*identifiers])))
    return Call(function, (), found)


def provider_overrides(values: Mapping[str, Any]) -> Iterator[Override]:
    """Walk through the settings of a provider that its construct does not offer.

    The construct of SAML writes each flag, which a provider of the console may not have.
    """
    details = {str(k): str(v) for k, v in (values.get("provider_details") or {}).items()}
    if values["provider_type"] == "SAML" and any(name not in details for name in _SAML_FLAGS):
        names = ("MetadataURL", "MetadataFile", "RequestSigningAlgorithm", *_SAML_FLAGS)
        kept = {name: details[name] for name in names if details.get(name)}
        yield Override(argument="provider_details", value=kept)
    identifiers = texts(values, "idp_identifiers")
    if identifiers and values["provider_type"] in SOCIAL:
        yield Override(argument="idp_identifiers", value=[*identifiers])


def needs_secret(values: Mapping[str, Any]) -> str:
    """Return the name of the secret that the provider has, or an empty text."""
    details = values.get("provider_details") or {}
    if values["provider_type"] == "SignInWithApple":
        return "private_key"
    return "client_secret" if details.get("client_secret") else ""


def _oauth_provider(
    values: Mapping[str, Any], details: Mapping[str, str], construct_id: str, secret: Expression
) -> Iterator[Argument]:
    kind = str(values["provider_type"])
    yield Argument(name="client_id", value=details.get("client_id", ""))
    if kind == "SignInWithApple":
        yield Argument(name="team_id", value=details.get("team_id", ""))
        yield Argument(name="key_id", value=details.get("key_id", ""))
        yield Argument(name="private_key", value=secret)
    elif needs_secret(values):
        yield Argument(name="client_secret", value=secret)
    if kind == "OIDC":
        yield Argument(name="oidc_issuer", value=details.get("oidc_issuer", ""))
        if all(details.get(name) for name in _ENDPOINTS):
            endpoints = [Argument(name=name, value=details[name]) for name in _ENDPOINTS]
            yield Argument(name="endpoints", value=Call("OidcEndpoints", (), endpoints))
        if values["provider_name"] != construct_id:
            yield Argument(name="provider_name", value=str(values["provider_name"]))
    if kind == "Facebook" and details.get("api_version", "v17.0") != "v17.0":
        yield Argument(name="api_version", value=details["api_version"])
    scopes = details.get("authorize_scopes", "")
    if scopes != _SCOPES[kind]:
        yield Argument(name="authorize_scopes", value=Items(scopes.replace(",", " ").split()))
    method = details.get("attributes_request_method", "GET")
    if kind == "OIDC" and method != "GET":
        yield Argument(
            name="attributes_request_method", value=member(AttributesRequestMethod, method)
        )


def _saml(
    values: Mapping[str, Any], details: Mapping[str, str], construct_id: str
) -> Sequence[Argument]:
    if details.get("MetadataURL"):
        metadata = Call(
            "SamlMetadataUrl", (), (Argument(name="url", value=details["MetadataURL"]),)
        )
    else:
        metadata = Call(
            "SamlMetadataFile",
            (),
            (Argument(name="content", value=details.get("MetadataFile", "")),),
        )
    found = [Argument(name="metadata", value=metadata)]
    if values["provider_name"] != construct_id:
        found.append(Argument(name="provider_name", value=str(values["provider_name"])))
    return [
        *found,
        *(
            Argument(name=name, value=True)
            for name, key in (
                ("idp_signout", "IDPSignout"),
                ("encrypted_responses", "EncryptedResponses"),
                ("sign_requests", "RequestSigningAlgorithm"),
                ("idp_initiated", "IDPInit"),
            )
            if details.get(key) not in (None, "", "false")
        ),
    ]


def _mapping(values: Mapping[str, Any], subject: str | None) -> Iterator[Argument]:
    mapping = {str(k): str(v) for k, v in (values.get("attribute_mapping") or {}).items()}
    if subject is not None and mapping.get("username") == subject:
        del mapping["username"]
    if mapping != {"email": "email"} or values["provider_type"] == "SAML":
        table: list[tuple[Expression, Expression]] = [
            (member(StandardAttributeName, name) or name, source)
            for name, source in sorted(mapping.items())
        ]
        yield Argument(name="attribute_mapping", value=Table(table))
