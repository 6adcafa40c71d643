"""Signing up needs the secret of a client."""

import pytest
from botocore.exceptions import ClientError  # type: ignore[import-untyped]

from tests.emulator import Emulator
from tests.emulator.tests.conftest import REGION


def test_a_client_with_a_secret_proves_it(emulator: Emulator, pool_id: str) -> None:
    """Signing up without the proof is refused."""
    cognito = emulator.cognito(REGION)
    client = cognito.create_user_pool_client(
        UserPoolId=pool_id, ClientName="client", GenerateSecret=True
    )["UserPoolClient"]
    with pytest.raises(ClientError, match="Unable to verify secret hash for client"):
        cognito.sign_up(ClientId=client["ClientId"], Username="jane", Password="Passw0rd!")
