"""`cdktf diff` and `cdktf deploy` work, on the same Terraform as plain Terraform does."""

import os
import re
from collections.abc import Mapping

import pytest

from tests.emulator import Emulator
from tests.support.cdktf import Cdktf
from tests.support.requirements import require_cdktf
from tests.support.synthesized import Synthesized

pytestmark = pytest.mark.thorough


@pytest.fixture(scope="module")
def cdktf(environment: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory) -> Cdktf:
    """The CDKTF command line; without it these tests skip, or fail where `CI=true`."""
    require_cdktf(os.environ)
    return Cdktf(out=tmp_path_factory.mktemp("cdktf"), environment=environment)


@pytest.fixture(scope="module")
def shown(cdktf: Cdktf) -> str:
    """What `cdktf diff` prints for a stack that is not deployed."""
    return cdktf.diff()


@pytest.fixture(scope="module")
def deployed(cdktf: Cdktf, shown: str) -> str:  # noqa: ARG001 - it deploys what diff has shown
    """What `cdktf deploy` prints."""
    return cdktf.deploy()


def test_diff_shows_the_pool_and_its_client(shown: str) -> None:
    """It plans to create both."""
    assert re.findall(r"# (\S+) \(\S+\)\s+will\s+be\s+(\w+)", shown) == [
        ("aws_cognito_user_pool.exampleUserPool", "created"),
        ("aws_cognito_user_pool_client.exampleUserPoolClient", "created"),
    ]


@pytest.mark.usefixtures("shown")
def test_diff_synthesizes_what_main_does(cdktf: Cdktf, synthesized_stack: Synthesized) -> None:
    """CDKTF hands settings to the app in its own way; the Terraform is the same, byte by byte."""
    written = cdktf.stack_folder / synthesized_stack.file.name
    assert written.read_bytes() == synthesized_stack.file.read_bytes()


def test_deploy_makes_the_pool_and_its_client(
    deployed: str, emulator: Emulator, synthesized_stack: Synthesized
) -> None:
    """Both exist afterwards, and the outputs are printed."""
    cognito = emulator.cognito(synthesized_stack.region)
    (pool,) = cognito.list_user_pools(MaxResults=60)["UserPools"]
    (client,) = cognito.list_user_pool_clients(UserPoolId=pool["Id"])["UserPoolClients"]
    assert f"user_pool_id = {pool['Id']}" in deployed
    assert f"user_pool_client_id = {client['ClientId']}" in deployed
