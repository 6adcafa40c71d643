"""Which addresses Cognito verifies."""

from tests.unit.rules.cases import UNKNOWN, Case, pool

UPDATE = "attributes_require_verification_before_update"

CASES = (
    Case(
        rule="CVA03B",
        bad=pool(auto_verified_attributes=["mail"]),
        says=(
            "aws_cognito_user_pool.users: auto_verified_attributes[0]: must be one of email, "
            "phone_number, got 'mail'",
        ),
        good=pool(auto_verified_attributes=["email"]),
        unknown=pool(auto_verified_attributes=[UNKNOWN]),
    ),
    Case(
        rule="CVA07",
        bad=pool(user_attribute_update_settings={UPDATE: ["name"]}),
        says=(
            "aws_cognito_user_pool.users: "
            "user_attribute_update_settings[0]."
            "attributes_require_verification_before_update[0]: must be one of email, "
            "phone_number, got 'name'",
        ),
        good=pool(
            auto_verified_attributes=["email"], user_attribute_update_settings={UPDATE: ["email"]}
        ),
        unknown=pool(user_attribute_update_settings={UPDATE: UNKNOWN}),
    ),
    Case(
        rule="CVA07B",
        bad=pool(
            auto_verified_attributes=["email"],
            user_attribute_update_settings={UPDATE: ["email", "phone_number"]},
        ),
        says=(
            "aws_cognito_user_pool.users: "
            "user_attribute_update_settings[0].attributes_require_verification_before_update: must "
            "only name attributes in auto_verified_attributes, got 'phone_number'",
        ),
        good=pool(
            auto_verified_attributes=["email"],
            user_attribute_update_settings={UPDATE: ["email"]},
        ),
        unknown=pool(
            auto_verified_attributes=UNKNOWN,
            user_attribute_update_settings={UPDATE: ["email"]},
        ),
    ),
)
