"""The attributes that a pool defines, and those that an identity provider fills."""

from collections.abc import Mapping

from tests.unit.rules.cases import POOL, UNKNOWN, Case, Resources, attribute, pool


def text(name: str, least: object, most: object) -> Mapping[str, object]:
    """Make one of a text with bounds."""
    bounds = {"min_length": least, "max_length": most}
    return attribute(name, string_attribute_constraints=bounds)


def number(name: str, least: object, most: object) -> Mapping[str, object]:
    """Make one of a number with bounds."""
    bounds = {"min_value": least, "max_value": most}
    return attribute(name, "Number", number_attribute_constraints=bounds)


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
        rule="CVB01",
        bad=pool(schema=[attribute(f"a{number}") for number in range(51)]),
        says=("aws_cognito_user_pool.users: schema: must contain at most 50 attributes, got 51",),
        good=pool(schema=[attribute(f"a{number}") for number in range(50)]),
        unknown=pool(dynamic={"schema": {"for_each": UNKNOWN}}),
    ),
    Case(
        rule="CVB02",
        bad=pool(schema=[attribute("a" * 21), attribute("two words")]),
        says=(
            "aws_cognito_user_pool.users: schema[0].name: must be 1 to 20 characters, got 21",
            (
                "aws_cognito_user_pool.users: schema[1].name: must be 1 to 20 characters, "
                "printable characters without spaces, got 'two words'"
            ),
        ),
        good=pool(schema=[attribute("größe"), attribute("a" * 20)]),
        unknown=pool(schema=[attribute(UNKNOWN)]),
    ),
    Case(
        rule="CVB03",
        bad=pool(schema=[attribute("custom:plan"), attribute("dev:plan")]),
        says=(
            (
                "aws_cognito_user_pool.users: schema[0].name: must have no prefix, since Cognito "
                "adds it, got 'custom:plan'"
            ),
            (
                "aws_cognito_user_pool.users: schema[1].name: must have no prefix, since Cognito "
                "adds it, got 'dev:plan'"
            ),
        ),
        good=pool(schema=[attribute("plan"), attribute("customer")]),
        unknown=pool(schema=[attribute(UNKNOWN)]),
    ),
    Case(
        rule="CVB04",
        bad=pool(schema=[attribute("email_verified"), attribute("phone_number_verified")]),
        says=(
            (
                "aws_cognito_user_pool.users: schema[0].name: must not be one that Cognito manages "
                "itself, got 'email_verified'"
            ),
            (
                "aws_cognito_user_pool.users: schema[1].name: must not be one that Cognito manages "
                "itself, got 'phone_number_verified'"
            ),
        ),
        good=pool(schema=[attribute("email")]),
        unknown=pool(schema=[attribute(UNKNOWN)]),
    ),
    Case(
        rule="CVB04B",
        bad=pool(schema=[attribute("sub"), attribute("identities")]),
        says=(
            (
                "aws_cognito_user_pool.users: schema[0].name: must not be one that Cognito manages "
                "itself, got 'sub'"
            ),
            (
                "aws_cognito_user_pool.users: schema[1].name: must not be one that Cognito manages "
                "itself, got 'identities'"
            ),
        ),
        good=pool(schema=[attribute("subject")]),
        unknown=pool(schema=[attribute(UNKNOWN)]),
    ),
    Case(
        rule="CVB05",
        bad=pool(schema=[attribute("email", required=True), attribute("plan", required=True)]),
        says=(
            "aws_cognito_user_pool.users: schema[1].required: must be false for a custom "
            "attribute, got true for 'plan'",
        ),
        good=pool(schema=[attribute("email", required=True), attribute("plan")]),
        unknown=pool(schema=[attribute(UNKNOWN, required=True)]),
    ),
    Case(
        rule="CVB06",
        bad=pool(schema=[attribute("plan"), attribute("email"), attribute("plan", "Number")]),
        says=("aws_cognito_user_pool.users: schema[2].name: must not repeat, got 'plan'",),
        good=pool(schema=[attribute("plan"), attribute("Plan"), attribute("plan")]),
        unknown=pool(schema=[attribute("plan"), attribute(UNKNOWN)]),
        mended=pool(schema=[attribute("plan"), attribute("email")]),
    ),
    Case(
        rule="CVB07",
        bad=pool(schema=[attribute("plan", "Text")]),
        says=(
            "aws_cognito_user_pool.users: schema[0].attribute_data_type: must be one of "
            "String, Number, DateTime, Boolean, got 'Text'",
        ),
        good=pool(
            schema=[
                attribute("a", "String"),
                attribute("b", "Number"),
                attribute("c", "DateTime"),
                attribute("d", "Boolean"),
            ]
        ),
        unknown=pool(schema=[attribute("plan", UNKNOWN)]),
    ),
    Case(
        rule="CVB08",
        bad=pool(schema=[attribute("birthdate", "DateTime"), attribute("updated_at", "String")]),
        says=(
            (
                "aws_cognito_user_pool.users: schema[0].attribute_data_type: must be String "
                "for birthdate, got 'DateTime'"
            ),
            (
                "aws_cognito_user_pool.users: schema[1].attribute_data_type: must be Number "
                "for updated_at, got 'String'"
            ),
        ),
        good=pool(schema=[attribute("birthdate", "String"), attribute("updated_at", "Number")]),
        unknown=pool(schema=[attribute("email", UNKNOWN)]),
    ),
    Case(
        rule="CVB08B",
        bad=pool(schema=[attribute("email", developer_only_attribute=True)]),
        says=(
            "aws_cognito_user_pool.users: schema[0].developer_only_attribute: must be false for "
            "email, got true",
        ),
        good=pool(schema=[attribute("email", developer_only_attribute=False)]),
        unknown=pool(schema=[attribute("email", developer_only_attribute=UNKNOWN)]),
    ),
    Case(
        rule="CVB08B",
        bad=pool(schema=[attribute("name", developer_only_attribute=True)]),
        says=(
            "aws_cognito_user_pool.users: schema[0].developer_only_attribute: must be false for "
            "name, got true",
        ),
        good=pool(schema=[attribute("plan", developer_only_attribute=True)]),  # CG122
        unknown=None,
    ),
    Case(
        rule="CVB09",
        bad=pool(schema=[text("a", -1, 2048), text("b", "0", "4096")]),
        says=(
            (
                "aws_cognito_user_pool.users: "
                "schema[0].string_attribute_constraints[0].min_length: must be from 0 to "
                "2048 characters, got -1"
            ),
            (
                "aws_cognito_user_pool.users: "
                "schema[1].string_attribute_constraints[0].max_length: must be from 0 to "
                "2048 characters, got 4096"
            ),
        ),
        good=pool(schema=[text("a", 0, 2048), text("b", "0", "2048"), text("c", "", "")]),
        unknown=pool(schema=[text("a", 0, UNKNOWN)]),
    ),
    Case(
        rule="CVB09B",
        bad=pool(schema=[text("a", 10, 5)]),
        says=(
            "aws_cognito_user_pool.users: "
            "schema[0].string_attribute_constraints[0].min_length: must not be greater than "
            "max_length, which is 5, got 10",
        ),
        good=pool(schema=[text("a", "9", "10"), text("b", 5, None)]),
        unknown=pool(schema=[text("a", UNKNOWN, 5)]),
    ),
    Case(
        rule="CVB10",
        bad=pool(schema=[number("a", "10", "9")]),
        says=(
            "aws_cognito_user_pool.users: "
            "schema[0].number_attribute_constraints[0].min_value: must not be greater than "
            "max_value, which is 9, got 10",
        ),
        good=pool(schema=[number("a", "-5", "10"), number("b", None, "5"), number("c", "", "5")]),
        unknown=pool(schema=[number("a", 1, UNKNOWN)]),
    ),
    Case(
        rule="CG122",
        bad=pool(schema=[attribute("plan", developer_only_attribute=True)]),
        says=(
            "aws_cognito_user_pool.users: schema[0].developer_only_attribute: must be false, "
            "got true",
        ),
        good=pool(schema=[attribute("plan"), attribute("e", developer_only_attribute=False)]),
        unknown=pool(schema=[attribute("plan", developer_only_attribute=UNKNOWN)]),
    ),
    Case(
        rule="CVB13",
        bad=pool(schema=[attribute("tenant"), attribute("level", "Number")]),
        says=(
            "aws_cognito_user_pool.users: schema[0].string_attribute_constraints: must be set for "
            "the String attribute 'tenant', got none",
            "aws_cognito_user_pool.users: schema[1].number_attribute_constraints: must be set for "
            "the Number attribute 'level', got none",
        ),
        good=pool(
            schema=[
                attribute("tenant", string_attribute_constraints={}),
                attribute("level", "Number", number_attribute_constraints={"min_value": "1"}),
                attribute("email"),
                attribute("active", "Boolean"),
            ]
        ),
        unknown=pool(schema=[attribute("tenant", UNKNOWN)]),
    ),
    Case(
        rule="CVB13B",
        bad=pool(
            schema=[
                attribute("email", mutable=True),
                attribute("name", mutable=True, string_attribute_constraints={}),
                attribute("nickname", required=True, string_attribute_constraints={}),
                attribute("updated_at", "Number", required=True),
            ]
        ),
        says=(
            "aws_cognito_user_pool.users: schema[0].string_attribute_constraints: must have "
            "Cognito's bounds for the standard attribute 'email', got none",
            "aws_cognito_user_pool.users: schema[1].string_attribute_constraints: must have "
            "Cognito's bounds for the standard attribute 'name', got none",
            "aws_cognito_user_pool.users: schema[2].string_attribute_constraints: must have "
            "Cognito's bounds for the standard attribute 'nickname', got none",
            "aws_cognito_user_pool.users: schema[3].number_attribute_constraints: must have "
            "Cognito's bounds for the standard attribute 'updated_at', got none",
        ),
        good=pool(
            schema=[
                text("email", "0", "2048"),
                attribute("name", mutable=True, required=True),
                attribute("nickname"),
                number("updated_at", "0", None),
            ]
        ),
        unknown=pool(schema=[attribute("email", mutable=UNKNOWN)]),
    ),
    Case(
        rule="CVB12",
        bad=mapped({"email": "email", "custom:plan": "plan"}, attribute("plan", mutable=False)),
        says=(
            "aws_cognito_user_pool.users: schema[0].mutable: must be true where "
            "aws_cognito_identity_provider.google maps custom:plan, got false",
        ),
        good=mapped({"email": "email", "custom:plan": "plan"}, attribute("plan", mutable=True)),
        unknown=mapped(UNKNOWN, attribute("plan", mutable=False)),
    ),
    Case(
        rule="CVB12",
        bad=mapped({"email": "email"}, attribute("email")),
        says=(
            "aws_cognito_user_pool.users: schema[0].mutable: must be true where "
            "aws_cognito_identity_provider.google maps email, got false",
        ),
        good=mapped({"name": "name"}, attribute("email", mutable=False)),
        unknown=mapped({"email": "email"}, attribute("email", mutable=UNKNOWN)),
    ),
    Case(
        rule="CVB06",
        bad=pool(schema=[attribute("plan"), attribute("plan", mutable=True)]),
        says=("aws_cognito_user_pool.users: schema[1].name: must not repeat, got 'plan'",),
        good=pool(
            schema=[
                attribute("plan"),
                attribute("plan"),  # Terraform merges copies.
                attribute("plan", developer_only_attribute=True),
            ]
        ),
        unknown=None,
    ),
)
