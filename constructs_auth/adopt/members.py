"""The resources that belong to a user pool, other than its clients."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from constructs_auth.adopt.parts import AS_IT_IS, Override, block, blocks, member, members, texts
from constructs_auth.adopt.python import Argument, Call, Expression, Items, Table
from constructs_auth.facts.import_ids import NOT_READ
from constructs_auth.facts.resource_types import USER
from constructs_auth.facts.secret_names import USER_PASSWORDS
from constructs_auth.facts.words import (
    READ_ONLY_ATTRIBUTES,
    DeliveryMedium,
    MessageAction,
    StandardAttributeName,
)


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


_OFFERED_OF_A_USER = frozenset({*USER_PASSWORDS, "desired_delivery_mediums", "message_action"})


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
    for name in USER_PASSWORDS:
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
