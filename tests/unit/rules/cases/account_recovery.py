"""How users get back in."""

from tests.unit.rules.cases import (
    FEDERATED,
    OWN,
    SMS,
    UNKNOWN,
    Case,
    both,
    client_of_pool,
    pool,
    recovery,
)

BY_SMS_ALONE = recovery(("verified_phone_number", 1), mfa_configuration="ON", sms_configuration=SMS)

CASES = (
    Case(
        rule="CVA09",
        bad=recovery(),
        says=(
            "aws_cognito_user_pool.users: account_recovery_setting: must contain 1 to 2 "
            "mechanisms, got 0",
        ),
        good=recovery(("verified_email", 1)),
        unknown=pool(account_recovery_setting=UNKNOWN),
    ),
    Case(
        rule="CVA09",
        bad=recovery(("verified_email", 1), ("verified_phone_number", 2), ("admin_only", 3)),
        says=(
            "aws_cognito_user_pool.users: account_recovery_setting: must contain 1 to 2 "
            "mechanisms, got 3",
        ),
        good=pool(),
        unknown=None,
    ),
    Case(
        rule="CVA09B",
        bad=recovery(("email", 1)),
        says=(
            "aws_cognito_user_pool.users: "
            "account_recovery_setting[0].recovery_mechanism[0].name: must be one of "
            "verified_email, verified_phone_number, admin_only, got 'email'",
        ),
        good=recovery(("verified_email", 1), ("verified_phone_number", 2)),
        unknown=recovery((UNKNOWN, 1)),
    ),
    Case(
        rule="CVA09C",
        bad=recovery(("verified_email", 7), ("verified_phone_number", 0)),
        says=(
            (
                "aws_cognito_user_pool.users: "
                "account_recovery_setting[0].recovery_mechanism[0].priority: must be from 1 "
                "to 2, got 7"
            ),
            (
                "aws_cognito_user_pool.users: "
                "account_recovery_setting[0].recovery_mechanism[1].priority: must be from 1 "
                "to 2, got 0"
            ),
        ),
        good=recovery(("verified_email", "2")),
        unknown=recovery(("verified_email", UNKNOWN)),
    ),
    Case(
        rule="CVA10",
        bad=recovery(("verified_email", 1), ("admin_only", 2)),
        says=(
            "aws_cognito_user_pool.users: "
            "account_recovery_setting[0].recovery_mechanism[1].name: must be the only "
            "mechanism, got another",
        ),
        good=recovery(("admin_only", 1)),
        unknown=recovery(("verified_email", 1), (UNKNOWN, 2)),
    ),
    Case(
        rule="CVA10B",
        bad=recovery(("verified_email", 1), ("verified_email", 2)),
        says=(
            "aws_cognito_user_pool.users: account_recovery_setting[0].recovery_mechanism[1].name: "
            "must not repeat, got verified_email",
        ),
        good=recovery(("verified_email", 1)),
        unknown=None,
    ),
    Case(
        rule="CVA10B",
        bad=recovery(("verified_email", 1), ("verified_phone_number", 1)),
        says=(
            "aws_cognito_user_pool.users: "
            "account_recovery_setting[0].recovery_mechanism[1].priority: must not repeat, got 1",
        ),
        good=recovery(("verified_email", 1), ("verified_email", 1)),  # Terraform merges copies.
        unknown=None,
    ),
    Case(
        rule="CVA10B",
        bad=recovery(("verified_email", 2), ("verified_phone_number", 2)),
        says=(
            "aws_cognito_user_pool.users: "
            "account_recovery_setting[0].recovery_mechanism[1].priority: must not repeat, got 2",
        ),
        good=recovery(("verified_email", 1), ("verified_phone_number", 2)),
        unknown=recovery(("verified_email", 1), ("verified_phone_number", UNKNOWN)),
    ),
    Case(
        rule="CVA11",
        bad=recovery(("verified_phone_number", 1), mfa_configuration="ON", sms_configuration=SMS),
        says=(
            "aws_cognito_user_pool.users: account_recovery_setting: must offer a mechanism other "
            "than SMS where SMS is the only second factor, got only verified_phone_number",
        ),
        good=recovery(
            ("verified_phone_number", 1),
            mfa_configuration="ON",
            sms_configuration=SMS,
            software_token_mfa_configuration={"enabled": True},
        ),
        unknown=recovery(
            ("verified_phone_number", 1), mfa_configuration=UNKNOWN, sms_configuration=SMS
        ),
    ),
    Case(
        rule="CVA11",
        bad=recovery(
            ("verified_phone_number", 1), mfa_configuration="OPTIONAL", sms_configuration=SMS
        ),
        says=(
            "aws_cognito_user_pool.users: account_recovery_setting: must offer a mechanism other "
            "than SMS where SMS is the only second factor, got only verified_phone_number",
        ),
        good=recovery(
            ("verified_phone_number", 2),
            ("verified_email", 1),
            mfa_configuration="ON",
            sms_configuration=SMS,
        ),
        unknown=None,
    ),
    Case(
        rule="CG117",
        bad=recovery(("verified_phone_number", 1), ("verified_email", 2)),
        says=(
            "aws_cognito_user_pool.users: account_recovery_setting: must begin with "
            "verified_email or admin_only, got 'verified_phone_number'",
        ),
        good=recovery(("verified_phone_number", 2), ("verified_email", 1)),
        unknown=pool(),
    ),
    Case(
        rule="CG117",
        bad=recovery(("verified_phone_number", 1)),
        says=(
            "aws_cognito_user_pool.users: account_recovery_setting: must begin with "
            "verified_email or admin_only, got 'verified_phone_number'",
        ),
        good=recovery(("admin_only", 1)),
        unknown=recovery(("verified_phone_number", UNKNOWN), ("verified_email", 1)),
    ),
    Case(
        rule="CG117",
        bad=recovery(("verified_phone_number", "1"), ("verified_email", "2")),
        says=(
            "aws_cognito_user_pool.users: account_recovery_setting: must begin with "
            "verified_email or admin_only, got 'verified_phone_number'",
        ),
        good=recovery(("verified_email", UNKNOWN)),
        unknown=recovery((UNKNOWN, 1)),
    ),
    Case(
        rule="CVA11",
        bad=both(client_of_pool({}, **OWN), BY_SMS_ALONE),
        says=(
            "aws_cognito_user_pool.users: account_recovery_setting: must offer a mechanism "
            "other than SMS where SMS is the only second factor, got only verified_phone_number",
        ),
        good=both(client_of_pool({}, **FEDERATED), BY_SMS_ALONE),
        unknown=None,
    ),
    Case(
        rule="CG117",
        bad=both(client_of_pool({}, **OWN), BY_SMS_ALONE),
        says=(
            "aws_cognito_user_pool.users: account_recovery_setting: must begin with "
            "verified_email or admin_only, got 'verified_phone_number'",
        ),
        good=both(client_of_pool({}, **FEDERATED), BY_SMS_ALONE),
        unknown=None,
    ),
)
