"""Reactions to risks are kept where there is threat protection."""

import pytest
from botocore.exceptions import ClientError  # type: ignore[import-untyped]

from tests.emulator import Emulator
from tests.emulator.tests.conftest import REGION


def test_risks_are_kept_by_pool_and_by_client(emulator: Emulator) -> None:
    """Without events all are meant, and without anything Cognito's own reactions count again."""
    cognito = emulator.cognito(REGION)
    made = cognito.create_user_pool(
        PoolName="pool", UserPoolTier="PLUS", UserPoolAddOns={"AdvancedSecurityMode": "AUDIT"}
    )
    pool_id = made["UserPool"]["Id"]
    cognito.set_risk_configuration(
        UserPoolId=pool_id,
        CompromisedCredentialsRiskConfiguration={"Actions": {"EventAction": "BLOCK"}},
    )
    cognito.set_risk_configuration(
        UserPoolId=pool_id,
        ClientId="1example23456789",
        RiskExceptionConfiguration={"BlockedIPRangeList": ["203.0.113.0/24"]},
    )

    told = cognito.describe_risk_configuration(UserPoolId=pool_id)["RiskConfiguration"]
    assert sorted(told["CompromisedCredentialsRiskConfiguration"]["EventFilter"]) == [
        "PASSWORD_CHANGE",
        "SIGN_IN",
        "SIGN_UP",
    ]
    assert "RiskExceptionConfiguration" not in told
    told = cognito.describe_risk_configuration(UserPoolId=pool_id, ClientId="1example23456789")[
        "RiskConfiguration"
    ]
    assert told["RiskExceptionConfiguration"] == {"BlockedIPRangeList": ["203.0.113.0/24"]}
    assert "CompromisedCredentialsRiskConfiguration" not in told

    cognito.set_risk_configuration(UserPoolId=pool_id)
    told = cognito.describe_risk_configuration(UserPoolId=pool_id)["RiskConfiguration"]
    assert told == {"UserPoolId": pool_id}


def test_risks_need_threat_protection(emulator: Emulator, pool_id: str) -> None:
    """As Cognito says it."""
    cognito = emulator.cognito(REGION)
    with pytest.raises(ClientError, match="UserPoolAddOnNotEnabledException"):
        cognito.set_risk_configuration(UserPoolId=pool_id)
    with pytest.raises(ClientError, match="UserPoolAddOnNotEnabledException"):
        cognito.describe_risk_configuration(UserPoolId=pool_id)
