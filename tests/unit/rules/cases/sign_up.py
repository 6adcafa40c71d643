"""Who may become a user, and what is known of them."""

from tests.unit.rules.cases import FEDERATED, MACHINE, OWN, UNKNOWN, Case, client_of_pool, pool

ONLY = "allow_admin_create_user_only"

UPDATE = "attributes_require_verification_before_update"

CASES = (
    Case(
        rule="CG113",
        bad=pool(admin_create_user_config={}),
        says=(
            "aws_cognito_user_pool.users: "
            "admin_create_user_config[0].allow_admin_create_user_only: must be set, got null, so "
            "everybody may sign up",
        ),
        good=pool(admin_create_user_config={ONLY: False}),
        unknown=pool(),
    ),
    Case(
        rule="CG113",
        profile="strict",
        bad=pool(admin_create_user_config={ONLY: False}),
        says=(
            "aws_cognito_user_pool.users: "
            "admin_create_user_config[0].allow_admin_create_user_only: must be true, got "
            "false",
        ),
        good=pool(admin_create_user_config={ONLY: True}),
        unknown=pool(admin_create_user_config={ONLY: UNKNOWN}),
    ),
    Case(
        rule="CG114",
        bad=pool(admin_create_user_config={ONLY: False}),
        says=(
            "aws_cognito_user_pool.users: auto_verified_attributes: must not be empty where "
            "everybody may sign up, got none",
        ),
        good=pool(admin_create_user_config={ONLY: True}),
        unknown=pool(),
        mended=pool(admin_create_user_config={ONLY: False}, auto_verified_attributes=["email"]),
    ),
    Case(
        rule="CG114",
        bad=pool(admin_create_user_config={}, auto_verified_attributes=[]),
        says=(
            "aws_cognito_user_pool.users: auto_verified_attributes: must not be empty where "
            "everybody may sign up, got none",
        ),
        good=pool(auto_verified_attributes=["email"]),
        unknown=pool(auto_verified_attributes=UNKNOWN),
    ),
    Case(
        rule="CG115",
        bad=pool(auto_verified_attributes=["email", "phone_number"]),
        says=(
            (
                "aws_cognito_user_pool.users: user_attribute_update_settings: must contain email, "
                "got none"
            ),
            (
                "aws_cognito_user_pool.users: user_attribute_update_settings: must contain "
                "phone_number, got none"
            ),
        ),
        good=pool(),
        unknown=pool(auto_verified_attributes=UNKNOWN),
        mended=pool(
            auto_verified_attributes=["email", "phone_number"],
            user_attribute_update_settings={
                "attributes_require_verification_before_update": ["email", "phone_number"]
            },
        ),
    ),
    Case(
        rule="CG115",
        bad=pool(
            auto_verified_attributes=["email", "phone_number"],
            user_attribute_update_settings={UPDATE: ["email"]},
        ),
        says=(
            "aws_cognito_user_pool.users: user_attribute_update_settings: must contain "
            "phone_number, got email",
        ),
        good=pool(
            auto_verified_attributes=["email"],
            user_attribute_update_settings={UPDATE: ["email"]},
        ),
        unknown=pool(
            auto_verified_attributes=["email"], user_attribute_update_settings={UPDATE: [UNKNOWN]}
        ),
    ),
    Case(
        rule="CG113",
        bad=client_of_pool({"admin_create_user_config": {}}, **FEDERATED),
        says=(
            "aws_cognito_user_pool.users: "
            "admin_create_user_config[0].allow_admin_create_user_only: must be set, got null, "
            "so everybody may sign up",
        ),
        good=client_of_pool({"admin_create_user_config": {}}, **MACHINE),
        unknown=None,
    ),
    Case(
        rule="CG114",
        bad=client_of_pool({"admin_create_user_config": {ONLY: False}}, **FEDERATED),
        says=(
            "aws_cognito_user_pool.users: auto_verified_attributes: must not be empty where "
            "everybody may sign up, got none",
        ),
        good=client_of_pool({"admin_create_user_config": {ONLY: False}}, **MACHINE),
        unknown=None,
    ),
    Case(
        rule="CG115",
        bad=client_of_pool({"auto_verified_attributes": ["email"]}, **OWN),
        says=(
            "aws_cognito_user_pool.users: user_attribute_update_settings: must contain email, "
            "got none",
        ),
        good=client_of_pool({"auto_verified_attributes": ["email"]}, **FEDERATED),
        unknown=None,
    ),
)
