"""Clients keep their branding of the managed login."""

from typing import Any

import pytest
from botocore.exceptions import ClientError  # type: ignore[import-untyped]

from tests.emulator import Emulator
from tests.emulator.tests.conftest import REGION


def test_a_client_has_a_branding_of_its_own_or_none(emulator: Emulator, pool_id: str) -> None:
    cognito = emulator.cognito(REGION)
    made = cognito.create_user_pool_client(UserPoolId=pool_id, ClientName="app")
    client: Any = {"UserPoolId": pool_id, "ClientId": made["UserPoolClient"]["ClientId"]}
    with pytest.raises(ClientError, match="ResourceNotFoundException"):
        cognito.describe_managed_login_branding_by_client(**client)
    created = cognito.create_managed_login_branding(**client, UseCognitoProvidedValues=True)
    told = cognito.describe_managed_login_branding_by_client(**client)
    assert told["ManagedLoginBranding"] == created["ManagedLoginBranding"]
    assert told["ManagedLoginBranding"]["UseCognitoProvidedValues"] is True
