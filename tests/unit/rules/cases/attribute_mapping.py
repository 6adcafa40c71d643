"""The attributes that an identity provider fills."""

from tests.unit.rules.cases import UNKNOWN, Case, Resources, alone, in_pool

PROVIDER = "aws_cognito_identity_provider"
IT = f"{PROVIDER}.it"
ACME = f"{PROVIDER}.acme"
SCHEMA = [
    {"name": "team", "mutable": True},
    {"name": "fixed", "mutable": False},
    {"name": "silent"},
    {"name": "email", "required": True, "mutable": True},
]


def mapped(schema: object, *names: str) -> Resources:
    """Make a provider of a pool with *schema* that fills the attributes *names*."""
    mapping = dict.fromkeys(names, "claim")
    return in_pool(PROVIDER, {"schema": schema}, acme={"attribute_mapping": mapping})


def from_oidc(**mapping: object) -> Resources:
    """Make one OIDC provider with a mapping."""
    return alone(PROVIDER, provider_type="OIDC", attribute_mapping=mapping)


CASES = (
    Case(
        rule="CVJ07",
        bad=from_oidc(**{"custom:a-name-that-is-much-too-long": "a"}),
        says=(
            f"{IT}: attribute_mapping: must have keys of 1 to 32 characters, got "
            "'custom:a-name-that-is-much-too-long'",
        ),
        good=from_oidc(email="email"),
        unknown=alone(PROVIDER, attribute_mapping=UNKNOWN),
    ),
    Case(
        rule="CVJ07B",
        bad=mapped(SCHEMA, "team", "custom:teem", "email", "username"),
        says=(
            f"{ACME}: attribute_mapping: must name attributes of the pool, custom ones as "
            "custom:<name>, got 'team'",
            f"{ACME}: attribute_mapping: must name attributes in the pool's schema, got "
            "'custom:teem'",
        ),
        good=mapped(SCHEMA, "custom:team", "email", "email_verified", "username"),
        unknown=mapped(UNKNOWN, "custom:team"),
    ),
    Case(
        rule="CVJ07C",
        bad=mapped(SCHEMA, "name"),
        says=(f"{ACME}: attribute_mapping: must contain email, which the pool requires",),
        good=mapped(SCHEMA, "email"),
        unknown=mapped(UNKNOWN, "email"),
    ),
)
