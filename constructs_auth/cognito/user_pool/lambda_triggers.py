"""The `lambda_config` block, and the permissions that the triggers need."""

from constructs_auth._construct import name_after
from constructs_auth.engine import (
    CognitoUserPool,
    CognitoUserPoolLambdaConfig,
    CognitoUserPoolLambdaConfigCustomEmailSender,
    CognitoUserPoolLambdaConfigCustomSmsSender,
    CognitoUserPoolLambdaConfigPreTokenGenerationConfig,
    Construct,
    LambdaPermission,
)
from constructs_auth.values.lambda_triggers import (
    LambdaFunction,
    LambdaTriggers,
    function_and_qualifier,
    functions_of,
    invoked_arn,
)


def lambda_config(triggers: LambdaTriggers) -> CognitoUserPoolLambdaConfig | None:
    """Return `None` without a trigger: an empty block changes in each plan (lgallard#82)."""
    if not any(functions_of(triggers)):
        return None
    return CognitoUserPoolLambdaConfig(
        create_auth_challenge=_arn(triggers.create_auth_challenge),
        custom_email_sender=_email_sender(triggers.custom_email_sender),
        custom_message=_arn(triggers.custom_message),
        custom_sms_sender=_sms_sender(triggers.custom_sms_sender),
        define_auth_challenge=_arn(triggers.define_auth_challenge),
        kms_key_id=triggers.kms_key_id,
        post_authentication=_arn(triggers.post_authentication),
        post_confirmation=_arn(triggers.post_confirmation),
        pre_authentication=_arn(triggers.pre_authentication),
        pre_sign_up=_arn(triggers.pre_sign_up),
        pre_token_generation_config=_pre_token_generation(triggers),
        user_migration=_arn(triggers.user_migration),
        verify_auth_challenge_response=_arn(triggers.verify_auth_challenge_response),
    )


def allow_invocations(
    scope: Construct, triggers: LambdaTriggers, *, user_pool: CognitoUserPool
) -> None:
    """Allow Cognito to call each function, for *user_pool* alone."""
    for trigger, function in functions_of(triggers):
        if trigger in triggers.without_permission:
            continue
        arn, qualifier = function_and_qualifier(function)
        permission = LambdaPermission(
            scope,
            f"invoke_{trigger}",
            action="lambda:InvokeFunction",
            function_name=arn,
            principal="cognito-idp.amazonaws.com",
            qualifier=qualifier,
            source_arn=user_pool.arn,
        )
        name_after(scope, permission, trigger)


def _arn(function: LambdaFunction | None) -> str | None:
    return None if function is None else invoked_arn(function)


def _email_sender(
    function: LambdaFunction | None,
) -> CognitoUserPoolLambdaConfigCustomEmailSender | None:
    if function is None:
        return None
    return CognitoUserPoolLambdaConfigCustomEmailSender(
        lambda_arn=invoked_arn(function), lambda_version="V1_0"
    )


def _sms_sender(
    function: LambdaFunction | None,
) -> CognitoUserPoolLambdaConfigCustomSmsSender | None:
    if function is None:
        return None
    return CognitoUserPoolLambdaConfigCustomSmsSender(
        lambda_arn=invoked_arn(function), lambda_version="V1_0"
    )


def _pre_token_generation(
    triggers: LambdaTriggers,
) -> CognitoUserPoolLambdaConfigPreTokenGenerationConfig | None:
    # Never with the older `pre_token_generation`, from which the provider derives V1_0.
    if triggers.pre_token_generation is None:
        return None
    return CognitoUserPoolLambdaConfigPreTokenGenerationConfig(
        lambda_arn=invoked_arn(triggers.pre_token_generation.function),
        lambda_version=triggers.pre_token_generation.version,
    )
