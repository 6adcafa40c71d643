"""Users sign in by the flows of the client alone."""

import pytest
from botocore.exceptions import ClientError  # type: ignore[import-untyped]

from tests.emulator import Emulator
from tests.emulator.tests.conftest import REGION


def test_a_client_signs_in_by_its_own_flows_only(emulator: Emulator, pool_id: str) -> None:
    """A client that allows SRP does not take a plain password."""
    cognito = emulator.cognito(REGION)
    client = cognito.create_user_pool_client(
        UserPoolId=pool_id, ClientName="client", ExplicitAuthFlows=["ALLOW_USER_SRP_AUTH"]
    )["UserPoolClient"]
    with pytest.raises(ClientError, match="USER_PASSWORD_AUTH flow not enabled for this client"):
        cognito.initiate_auth(
            ClientId=client["ClientId"],
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": "jane", "PASSWORD": "Passw0rd!"},
        )
