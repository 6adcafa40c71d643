"""Pools keep where their logs go."""

import pytest
from botocore.exceptions import ClientError  # type: ignore[import-untyped]

from tests.emulator import Emulator
from tests.emulator.tests.conftest import REGION

_GROUP = f"arn:aws:logs:{REGION}:123456789012:log-group:/aws/vendedlogs/cognito"


def test_a_pool_keeps_where_its_logs_go(emulator: Emulator) -> None:
    cognito = emulator.cognito(REGION)
    pool_id = cognito.create_user_pool(PoolName="pool")["UserPool"]["Id"]
    empty = cognito.get_log_delivery_configuration(UserPoolId=pool_id)["LogDeliveryConfiguration"]
    assert empty["LogConfigurations"] == []
    cognito.set_log_delivery_configuration(
        UserPoolId=pool_id,
        LogConfigurations=[
            {
                "EventSource": "userNotification",
                "LogLevel": "ERROR",
                "CloudWatchLogsConfiguration": {"LogGroupArn": _GROUP},
            }
        ],
    )
    told = cognito.get_log_delivery_configuration(UserPoolId=pool_id)["LogDeliveryConfiguration"]
    (found,) = told["LogConfigurations"]
    assert found["CloudWatchLogsConfiguration"] == {"LogGroupArn": _GROUP}


def test_activity_needs_the_tier_plus(emulator: Emulator) -> None:
    cognito = emulator.cognito(REGION)
    pool_id = cognito.create_user_pool(PoolName="pool")["UserPool"]["Id"]
    with pytest.raises(ClientError, match="FeatureUnavailableInTierException"):
        cognito.set_log_delivery_configuration(
            UserPoolId=pool_id,
            LogConfigurations=[
                {
                    "EventSource": "userAuthEvents",
                    "LogLevel": "INFO",
                    "CloudWatchLogsConfiguration": {"LogGroupArn": _GROUP},
                }
            ],
        )
