"""Through which role Cognito sends SMS."""

from typing import Any

import pytest

from constructs_auth import SmsConfiguration
from tests.unit.samples import KEY_ARN, OBJECT_TOKEN, ROLE_ARN, TEXTS, refusal

ROLE = "write the ARN of an IAM role"
EXTERNAL_ID = "write the external id of the role's trust policy"


def test_sends_from_the_region_of_the_pool_by_default() -> None:
    assert SmsConfiguration(sns_caller_arn=ROLE_ARN, external_id="users").sns_region is None


@pytest.mark.parametrize("partition", ["aws", "aws-cn", "aws-us-gov"])
def test_accepts_roles_of_every_partition(partition: str) -> None:
    arn = ROLE_ARN.replace("arn:aws:", f"arn:{partition}:")
    assert SmsConfiguration(sns_caller_arn=arn, external_id="users").sns_caller_arn == arn


@pytest.mark.parametrize("token", TEXTS)
def test_tokens_pass(token: str) -> None:
    sms = SmsConfiguration(sns_caller_arn=token, external_id=token, sns_region=token)
    assert sms.sns_caller_arn == sms.external_id == sms.sns_region == token


def test_accepts_another_region() -> None:
    region = "ap-northeast-1"
    sms = SmsConfiguration(sns_caller_arn=ROLE_ARN, external_id="users", sns_region=region)
    assert sms.sns_region == region


@pytest.mark.parametrize(
    ("arn", "text"),
    [
        (KEY_ARN, f"must be an ARN of the service iam, got {KEY_ARN!r}; {ROLE}"),
        ("sms-role", f"must be 20 to 2048 characters, not 8, got 'sms-role'; {ROLE}"),
        (None, f"must be a text, got None; {ROLE}"),
        (OBJECT_TOKEN, "must be a text, got Resolvable(); wrap it in Token.as_string(…)"),
    ],
)
def test_refuses_what_is_no_role(arn: Any, text: str) -> None:
    assert refusal(lambda: SmsConfiguration(sns_caller_arn=arn, external_id="users")) == (
        f"SmsConfiguration.sns_caller_arn: {text}"
    )


@pytest.mark.parametrize("external_id", ["", None, 7, ["users"], {}])
def test_refuses_an_empty_external_id(external_id: Any) -> None:
    assert refusal(lambda: SmsConfiguration(sns_caller_arn=ROLE_ARN, external_id=external_id)) == (
        "SmsConfiguration.external_id: must be a text that is not empty, "
        f"got {external_id!r}; {EXTERNAL_ID}"
    )


@pytest.mark.parametrize("region", ["", "Tokyo", "ap_northeast_1", 1, ["eu-west-1"]])
def test_refuses_what_is_no_region(region: Any) -> None:
    make = {"sns_caller_arn": ROLE_ARN, "external_id": "users", "sns_region": region}
    assert refusal(lambda: SmsConfiguration(**make)) == (
        f"SmsConfiguration.sns_region: must be the name of an AWS region, got {region!r}; "
        "write one such as 'eu-west-1'"
    )
