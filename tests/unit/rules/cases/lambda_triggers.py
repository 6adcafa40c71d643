"""The functions that Cognito calls."""

from tests.unit.rules.cases import UNKNOWN, Case, Resources, pool

FUNCTION = "arn:aws:lambda:eu-west-1:123456789012:function:f"
SENDER = {"lambda_arn": FUNCTION, "lambda_version": "V1_0"}


def triggers(**values: object) -> Resources:
    """Make a pool with a `lambda_config`."""
    return pool(lambda_config=values)


def permission(**values: object) -> Resources:
    """Make a pool, and a permission for Cognito to call a function."""
    permission = {"principal": "cognito-idp.amazonaws.com", **values}
    return {**pool(), "aws_lambda_permission": {"call": permission}}


def with_key(**values: object) -> Resources:
    """Make a pool with a custom sender and its key."""
    return {
        **triggers(custom_email_sender=SENDER, kms_key_id="${aws_kms_key.codes.arn}"),
        "aws_kms_key": {"codes": values},
    }


CASES = (
    Case(
        rule="CVF01",
        bad=triggers(
            pre_token_generation_config={"lambda_arn": FUNCTION, "lambda_version": "V4_0"}
        ),
        says=(
            "aws_cognito_user_pool.users: "
            "lambda_config[0].pre_token_generation_config[0].lambda_version: must be one of "
            "V1_0, V2_0, V3_0, got 'V4_0'",
        ),
        good=triggers(
            pre_token_generation_config={"lambda_arn": FUNCTION, "lambda_version": "V3_0"}
        ),
        unknown=triggers(pre_token_generation_config={"lambda_version": UNKNOWN}),
    ),
    Case(
        rule="CVF02",
        bad=triggers(
            pre_token_generation=f"{FUNCTION}:live",
            pre_token_generation_config={"lambda_arn": FUNCTION, "lambda_version": "V2_0"},
        ),
        says=(
            "aws_cognito_user_pool.users: lambda_config[0].pre_token_generation: must be the "
            "function of pre_token_generation_config, "
            "arn:aws:lambda:eu-west-1:123456789012:function:f, got "
            "arn:aws:lambda:eu-west-1:123456789012:function:f:live",
        ),
        good=triggers(
            pre_token_generation=UNKNOWN,
            pre_token_generation_config={"lambda_arn": UNKNOWN, "lambda_version": "V2_0"},
        ),
        unknown=triggers(
            pre_token_generation=FUNCTION,
            pre_token_generation_config={"lambda_arn": UNKNOWN, "lambda_version": "V2_0"},
        ),
        mended=triggers(
            pre_token_generation_config={"lambda_arn": FUNCTION, "lambda_version": "V2_0"}
        ),
    ),
    Case(
        rule="CVF03",
        bad=triggers(custom_email_sender={"lambda_arn": FUNCTION, "lambda_version": "V2_0"}),
        says=(
            "aws_cognito_user_pool.users: "
            "lambda_config[0].custom_email_sender[0].lambda_version: must be one of V1_0, "
            "got 'V2_0'",
        ),
        good=triggers(custom_sms_sender={"lambda_arn": FUNCTION, "lambda_version": "V1_0"}),
        unknown=triggers(custom_sms_sender={"lambda_version": UNKNOWN}),
        mended=triggers(custom_email_sender={"lambda_arn": FUNCTION, "lambda_version": "V1_0"}),
    ),
    Case(
        rule="CVF03B",
        bad=triggers(custom_email_sender=SENDER, custom_sms_sender=SENDER),
        says=(
            "aws_cognito_user_pool.users: lambda_config[0].kms_key_id: must be set for "
            "custom_email_sender and custom_sms_sender, got null",
        ),
        good=triggers(custom_email_sender=SENDER, kms_key_id=UNKNOWN),
        unknown=triggers(custom_email_sender=UNKNOWN),
    ),
    Case(
        rule="CVF05",
        bad=triggers(
            custom_email_sender={"lambda_arn": "f", "lambda_version": "V1_0"},
            pre_sign_up=f"{FUNCTION}:$LATEST",
        ),
        says=(
            (
                "aws_cognito_user_pool.users: lambda_config[0].pre_sign_up: must be 20 to "
                "2048 characters, arn:partition:service:region:account:resource, got "
                "'arn:aws:lambda:eu-west-1:123456789012:function:f:$LATEST'"
            ),
            (
                "aws_cognito_user_pool.users: "
                "lambda_config[0].custom_email_sender[0].lambda_arn: must be 20 to 2048 "
                "characters, got 1"
            ),
        ),
        good=triggers(
            kms_key_id="arn:aws:kms:eu-west-1:123456789012:alias/codes",
            post_authentication="",
            pre_sign_up=f"{FUNCTION}:live",
        ),
        unknown=triggers(pre_sign_up=UNKNOWN),
        mended=triggers(
            custom_email_sender={"lambda_arn": FUNCTION, "lambda_version": "V1_0"},
            pre_sign_up=FUNCTION,
        ),
    ),
    Case(
        rule="CVF06",
        bad=triggers(define_auth_challenge=FUNCTION),
        says=(
            "aws_cognito_user_pool.users: lambda_config: must have all three triggers of "
            "custom authentication, got no create_auth_challenge and no "
            "verify_auth_challenge_response",
        ),
        good=triggers(
            create_auth_challenge=FUNCTION,
            define_auth_challenge=FUNCTION,
            verify_auth_challenge_response=UNKNOWN,
        ),
        unknown=None,
    ),
    Case(
        rule="CVF06",
        bad=triggers(create_auth_challenge=FUNCTION, define_auth_challenge=FUNCTION),
        says=(
            "aws_cognito_user_pool.users: lambda_config: must have all three triggers of "
            "custom authentication, got no verify_auth_challenge_response",
        ),
        good=triggers(pre_sign_up=FUNCTION),
        unknown=pool(lambda_config=UNKNOWN),
    ),
    Case(
        rule="CG120",
        bad=permission(),
        says=("aws_lambda_permission.call: source_arn: must be the ARN of a user pool, got null",),
        good=permission(source_arn="${aws_cognito_user_pool.users.arn}"),
        unknown=permission(source_arn=UNKNOWN),
    ),
    Case(
        rule="CG120",
        bad=permission(source_arn="arn:aws:cognito-idp:eu-west-1:1:userpool/*"),
        says=(
            "aws_lambda_permission.call: source_arn: must be the ARN of one user pool, got "
            "'arn:aws:cognito-idp:eu-west-1:1:userpool/*'",
        ),
        good=permission(source_arn="arn:aws:cognito-idp:eu-west-1:1:userpool/eu-west-1_a"),
        unknown={"aws_lambda_permission": {"call": {"principal": UNKNOWN}}},
    ),
    Case(
        rule="CG120",
        bad=permission(source_arn="arn:aws:s3:::bucket"),
        says=(
            "aws_lambda_permission.call: source_arn: must be the ARN of one user pool, got "
            "'arn:aws:s3:::bucket'",
        ),
        good={"aws_lambda_permission": {"call": {"principal": "s3.amazonaws.com"}}},
        unknown=None,
    ),
    Case(
        rule="CG121",
        bad=with_key(enable_key_rotation=False),
        says=(
            "aws_cognito_user_pool.users: lambda_config[0].kms_key_id: must name a key that "
            "rotates, got aws_kms_key.codes",
        ),
        good=with_key(enable_key_rotation=True),
        unknown=with_key(enable_key_rotation=UNKNOWN),
    ),
    Case(
        rule="CG121",
        bad=triggers(
            custom_email_sender=SENDER,
            kms_key_id="arn:aws:kms:eu-west-1:123456789012:alias/aws/lambda",
        ),
        says=(
            "aws_cognito_user_pool.users: lambda_config[0].kms_key_id: must be your own key, got "
            "arn:aws:kms:eu-west-1:123456789012:alias/aws/lambda",
        ),
        good=triggers(pre_sign_up=FUNCTION),
        unknown=triggers(custom_email_sender=SENDER, kms_key_id=UNKNOWN),
    ),
    Case(
        rule="CG121",
        bad=with_key(),
        says=(
            "aws_cognito_user_pool.users: lambda_config[0].kms_key_id: must name a key that "
            "rotates, got aws_kms_key.codes",
        ),
        good=pool(),
        unknown=triggers(
            custom_email_sender=SENDER,
            kms_key_id="arn:aws:kms:eu-west-1:123456789012:key/1",
        ),
    ),
)
