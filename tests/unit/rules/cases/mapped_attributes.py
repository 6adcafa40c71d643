"""Attributes that an identity provider fills."""

from collections.abc import Mapping

from tests.unit.rules.cases import POOL, UNKNOWN, Case, Resources, attribute


def mapped(mapping: object, *schema: Mapping[str, object]) -> Resources:
    """Make a pool of *schema* with a provider of *mapping*."""
    return {
        POOL: {"users": {"schema": list(schema)}},
        "aws_cognito_identity_provider": {
            "google": {
                "attribute_mapping": mapping,
                "user_pool_id": "${aws_cognito_user_pool.users.id}",
            }
        },
    }


CASES = (
    Case(
        rule="CVB12",
        bad=mapped({"email": "email", "custom:plan": "plan"}, attribute("plan", mutable=False)),
        says=(
            "aws_cognito_user_pool.users: schema[0].mutable: must be true where "
            "aws_cognito_identity_provider.google fills custom:plan, got false",
        ),
        good=mapped({"email": "email", "custom:plan": "plan"}, attribute("plan", mutable=True)),
        unknown=mapped(UNKNOWN, attribute("plan", mutable=False)),
    ),
    Case(
        rule="CVB12",
        bad=mapped({"email": "email"}, attribute("email")),
        says=(
            "aws_cognito_user_pool.users: schema[0].mutable: must be true where "
            "aws_cognito_identity_provider.google fills email, got false",
        ),
        good=mapped({"name": "name"}, attribute("email", mutable=False)),
        unknown=mapped({"email": "email"}, attribute("email", mutable=UNKNOWN)),
    ),
)
