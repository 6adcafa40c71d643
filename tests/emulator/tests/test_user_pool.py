"""User pools keep and return what they do at AWS."""

from typing import Any

import pytest
from botocore.exceptions import ClientError  # type: ignore[import-untyped]

from tests.emulator import Emulator
from tests.emulator.tests.conftest import REGION


def test_a_new_pool_has_cognitos_default_plan(emulator: Emulator) -> None:
    """DescribeUserPool always tells the plan."""
    cognito = emulator.cognito(REGION)
    made = cognito.create_user_pool(PoolName="pool")["UserPool"]
    described = cognito.describe_user_pool(UserPoolId=made["Id"])["UserPool"]
    assert described["UserPoolTier"] == "ESSENTIALS"


def test_a_pool_always_returns_its_password_policy(emulator: Emulator) -> None:
    """With the days of temporary passwords, and also if only the first factors were set."""
    cognito = emulator.cognito(REGION)
    own = {"PasswordPolicy": {"MinimumLength": 12}}
    first_factors = {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]}}

    def policy_of(policies: Any) -> Any:
        made = cognito.create_user_pool(PoolName="pool", Policies=policies)["UserPool"]
        described = cognito.describe_user_pool(UserPoolId=made["Id"])["UserPool"]
        return described["Policies"]["PasswordPolicy"]

    assert policy_of(own)["TemporaryPasswordValidityDays"] == 7
    assert policy_of(first_factors) == {
        "MinimumLength": 8,
        "RequireLowercase": True,
        "RequireNumbers": True,
        "RequireSymbols": True,
        "RequireUppercase": True,
        "TemporaryPasswordValidityDays": 7,
    }


def test_a_pool_keeps_its_plan(emulator: Emulator, pool_id: str) -> None:
    """The one that it was made with."""
    described = emulator.cognito(REGION).describe_user_pool(UserPoolId=pool_id)["UserPool"]
    assert described["UserPoolTier"] == "PLUS"


def test_an_update_keeps_what_it_cannot_set(emulator: Emulator, pool_id: str) -> None:
    """Or else Terraform would want to replace the pool."""
    cognito = emulator.cognito(REGION)
    cognito.update_user_pool(UserPoolId=pool_id, DeletionProtection="ACTIVE")
    described = cognito.describe_user_pool(UserPoolId=pool_id)["UserPool"]
    assert described["UsernameConfiguration"] == {"CaseSensitive": False}
    assert described["AliasAttributes"] == ["email"]
    assert described["UserPoolTags"] == {"stack": "auth"}


def test_tags_can_be_changed(emulator: Emulator, pool_id: str) -> None:
    """As Terraform does when the tags of the stack change."""
    cognito = emulator.cognito(REGION)
    arn = cognito.describe_user_pool(UserPoolId=pool_id)["UserPool"]["Arn"]
    cognito.tag_resource(ResourceArn=arn, Tags={"owner": "identity"})
    cognito.untag_resource(ResourceArn=arn, TagKeys=["stack"])
    described = cognito.describe_user_pool(UserPoolId=pool_id)["UserPool"]
    assert described["UserPoolTags"] == {"owner": "identity"}


def test_a_protected_pool_is_not_deleted(emulator: Emulator, pool_id: str) -> None:
    """Until the protection is taken off."""
    cognito = emulator.cognito(REGION)
    with pytest.raises(ClientError, match="deletion protection is activated"):
        cognito.delete_user_pool(UserPoolId=pool_id)
    cognito.update_user_pool(UserPoolId=pool_id, DeletionProtection="INACTIVE")
    cognito.delete_user_pool(UserPoolId=pool_id)
    with pytest.raises(ClientError, match="does not exist"):
        cognito.describe_user_pool(UserPoolId=pool_id)


def test_codes_by_mail_alone_do_not_turn_a_factor_off(emulator: Emulator) -> None:
    """Or else Terraform would remove that setting at every apply."""
    cognito = emulator.cognito(REGION)
    pool_id = cognito.create_user_pool(PoolName="pool")["UserPool"]["Id"]
    cognito.set_user_pool_mfa_config(
        UserPoolId=pool_id, MfaConfiguration="OPTIONAL", EmailMfaConfiguration={"Message": "{####}"}
    )
    told = cognito.get_user_pool_mfa_config(UserPoolId=pool_id)
    assert told["EmailMfaConfiguration"] == {"Message": "{####}"}
    assert "SoftwareTokenMfaConfiguration" not in told
