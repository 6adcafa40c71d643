"""For each rule a configuration that breaks it, one that keeps it, and one that does not tell."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

POOL = "aws_cognito_user_pool"
CLIENT = "aws_cognito_user_pool_client"

POOL_ID = "${aws_cognito_user_pool.users.id}"
"""What means the pool of `pool()`."""

UNKNOWN = "${var.unknown}"
"""What only Terraform will know."""

Resources = Mapping[str, Mapping[str, Any]]
"""Bodies by type and name, as in the `resource` of Terraform JSON.

Other sections, such as `variable` and `provider`, stand beside the types.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Three configurations for one rule.

    Attributes:
        rule: The id of the rule.
        bad: Resources that break it.
        says: What is said of *bad*, each as `address: at: text`, in order.
        good: Resources that keep it.
        unknown: Resources of which it cannot be told, or `None` where it always can.
        profile: What is asked for.
        mended: *bad* after the remedy of the rule; `None` where *good* is that.
    """

    rule: str
    bad: Resources
    says: tuple[str, ...]
    good: Resources
    unknown: Resources | None
    profile: str = field(default="standard")
    mended: Resources | None = None


def pool(**values: object) -> Resources:
    """Make a pool named `users` of *values* alone."""
    return {POOL: {"users": values}}


def client(**values: object) -> Resources:
    """Make a client named `web` of *values* alone, without a pool of this configuration."""
    return {CLIENT: {"web": {"user_pool_id": UNKNOWN, **values}}}


def client_of_pool(pool: Mapping[str, object], **values: object) -> Resources:
    """Make a pool `users` of *pool*, and a client `web` in it of *values*."""
    return {
        POOL: {"users": pool},
        CLIENT: {"web": {"user_pool_id": "${aws_cognito_user_pool.users.id}", **values}},
    }


def in_pool(kind: str, pool: Mapping[str, object], **bodies: Mapping[str, object]) -> Resources:
    """Make a pool `users` of *pool*, and resources of the type *kind* in it, by name."""
    return {
        POOL: {"users": pool},
        kind: {name: {"user_pool_id": POOL_ID, **body} for name, body in bodies.items()},
    }


def alone(kind: str, **body: object) -> Resources:
    """Make one resource `it` of the type *kind* of *body* alone."""
    return {kind: {"it": body}}


def both(*several: Resources) -> Resources:
    """Put *several* together; of one type and name, the last counts."""
    found: dict[str, dict[str, Any]] = {}
    for resources in several:
        for kind, bodies in resources.items():
            found.setdefault(kind, {}).update(bodies)
    return found


OWN = {"supported_identity_providers": ["COGNITO"]}
"""What a client says whose users are those of the pool."""

FEDERATED = {
    "supported_identity_providers": ["${aws_cognito_identity_provider.acme.provider_name}"]
}
"""What a client says whose users are all of another provider."""

MACHINE = {"allowed_oauth_flows": ["client_credentials"], "generate_secret": True}
"""What the client of a program says."""

UNCLEAR = "${module.elsewhere.id}"
"""What may be any resource of the configuration."""

SMS = {"external_id": "users", "sns_caller_arn": "arn:aws:iam::123456789012:role/sms"}
"""An `sms_configuration`."""


def factors(*names: str) -> Mapping[str, object]:
    """Make a `sign_in_policy` of *names*."""
    return {"allowed_first_auth_factors": list(names)}


def attribute(name: object, kind: object = "String", **values: object) -> Mapping[str, object]:
    """Make a `schema` block."""
    return {"name": name, "attribute_data_type": kind, **values}


def recovery(*mechanisms: tuple[object, object], **values: object) -> Resources:
    """Make a pool with *mechanisms* of recovery, each a name and a priority."""
    blocks = [{"name": name, "priority": priority} for name, priority in mechanisms]
    return pool(account_recovery_setting={"recovery_mechanism": blocks}, **values)
