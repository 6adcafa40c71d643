"""Through which role and region SMS is sent."""

import json
from collections.abc import Mapping

from tests.unit.rules.cases import SMS, UNKNOWN, Case, Resources, factors, pool

STATEMENT = {
    "Action": "sts:AssumeRole",
    "Effect": "Allow",
    "Principal": {"Service": "cognito-idp.amazonaws.com"},
}
CONDITION = {"StringEquals": {"aws:SourceAccount": UNKNOWN, "sts:ExternalId": "users"}}


def in_region(region: str, **values: object) -> Resources:
    """Make a pool that sends SMS, with a provider in *region*."""
    return {
        **pool(sms_configuration={**SMS, **values}),
        "provider": {"aws": {"region": region}},
    }


def trusted(*statements: Mapping[str, object]) -> Resources:
    """Make a pool with a role whose trust policy has *statements*."""
    return trusted_by(json.dumps({"Version": "2012-10-17", "Statement": list(statements)}))


def trusted_by(policy: str) -> Resources:
    """Make a pool with a role whose trust policy is *policy*."""
    return {
        **pool(
            sms_configuration={"external_id": "users", "sns_caller_arn": "${aws_iam_role.sms.arn}"}
        ),
        "aws_iam_role": {"sms": {"assume_role_policy": policy}},
    }


CASES = (
    Case(
        rule="CVA08",
        bad=pool(auto_verified_attributes=["phone_number"]),
        says=(
            "aws_cognito_user_pool.users: auto_verified_attributes: must come with "
            "sms_configuration where it names phone_number, got none",
        ),
        good=pool(auto_verified_attributes=["phone_number"], sms_configuration=SMS),
        unknown=pool(auto_verified_attributes=UNKNOWN),
    ),
    Case(
        rule="CVA08",
        bad=pool(auto_verified_attributes=["email", "phone_number"]),
        says=(
            "aws_cognito_user_pool.users: auto_verified_attributes: must come with "
            "sms_configuration where it names phone_number, got none",
        ),
        good=pool(alias_attributes=["phone_number"], auto_verified_attributes=["email"]),
        unknown=pool(auto_verified_attributes=["phone_number"], sms_configuration=UNKNOWN),
    ),
    Case(
        rule="CVD17",
        bad=pool(sign_in_policy=factors("PASSWORD", "SMS_OTP")),
        says=(
            "aws_cognito_user_pool.users: sign_in_policy[0].allowed_first_auth_factors: must come "
            "with sms_configuration where it contains SMS_OTP, got none",
        ),
        good=pool(sign_in_policy=factors("PASSWORD", "SMS_OTP"), sms_configuration=SMS),
        unknown=pool(sign_in_policy=factors("PASSWORD", UNKNOWN)),
    ),
    Case(
        rule="CVE08",
        bad=pool(sms_configuration={"external_id": "", "sns_caller_arn": UNKNOWN}),
        says=(
            "aws_cognito_user_pool.users: sms_configuration[0].external_id: must be set, got null",
        ),
        good=pool(sms_configuration=SMS),
        unknown=pool(sms_configuration=UNKNOWN),
    ),
    Case(
        rule="CVE08",
        bad=pool(sms_configuration={}),
        says=(
            (
                "aws_cognito_user_pool.users: sms_configuration[0].external_id: must be set, "
                "got null"
            ),
            (
                "aws_cognito_user_pool.users: sms_configuration[0].sns_caller_arn: must be "
                "set, got null"
            ),
        ),
        good=pool(),
        unknown=None,
    ),
    Case(
        rule="CVE09",
        bad=in_region("ap-northeast-2", sns_region="ap-northeast-2"),
        says=(
            "aws_cognito_user_pool.users: sms_configuration[0].sns_region: must be "
            "ap-northeast-1 for a pool in ap-northeast-2, got 'ap-northeast-2'",
        ),
        good=in_region("ap-northeast-2", sns_region="ap-northeast-1"),
        unknown=in_region(UNKNOWN, sns_region="eu-west-1"),
    ),
    Case(
        rule="CVE09",
        bad=pool(region="ap-northeast-2", sms_configuration={**SMS, "sns_region": "us-east-1"}),
        says=(
            "aws_cognito_user_pool.users: sms_configuration[0].sns_region: must be "
            "ap-northeast-1 for a pool in ap-northeast-2, got 'us-east-1'",
        ),
        good=in_region("eu-west-1", sns_region="eu-west-1"),
        unknown=in_region("ap-northeast-2"),
    ),
    Case(
        rule="CG119",
        bad=trusted(STATEMENT),
        says=(
            "aws_cognito_user_pool.users: sms_configuration[0].sns_caller_arn: must name a role "
            "with the conditions sts:ExternalId and aws:SourceAccount, got aws_iam_role.sms",
        ),
        good=trusted({**STATEMENT, "Condition": CONDITION}),
        unknown=pool(sms_configuration=SMS),
    ),
    Case(
        rule="CG119",
        bad=trusted({**STATEMENT, "Condition": {"StringEquals": {"aws:SourceAccount": UNKNOWN}}}),
        says=(
            "aws_cognito_user_pool.users: sms_configuration[0].sns_caller_arn: must name a role "
            "with the conditions sts:ExternalId, got aws_iam_role.sms",
        ),
        good=trusted(
            {
                **STATEMENT,
                "Condition": {
                    "ArnLike": {"AWS:SourceArn": "arn:aws:cognito-idp:*:1:userpool/*"},
                    "StringEquals": {"sts:externalId": "users"},
                },
            },
            {**STATEMENT, "Principal": {"Service": "lambda.amazonaws.com"}},
        ),
        unknown=trusted_by("${data.aws_iam_policy_document.trust.json}"),
    ),
    Case(
        rule="CG119",
        bad=trusted({**STATEMENT, "Condition": {"StringEquals": {"sts:ExternalId": "users"}}}),
        says=(
            "aws_cognito_user_pool.users: sms_configuration[0].sns_caller_arn: must name a role "
            "with the conditions aws:SourceAccount, got aws_iam_role.sms",
        ),
        good=pool(),
        unknown=trusted_by(UNKNOWN),
    ),
)
