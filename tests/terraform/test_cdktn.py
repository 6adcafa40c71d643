"""`cdktn diff` and `cdktn deploy` work, on the Terraform that CDKTF writes."""

import os
import re
from collections.abc import Mapping
from importlib.metadata import version

import pytest

from tests.emulator import Emulator
from tests.support.cdktf import Cdktf, cdk_terrain
from tests.support.requirements import require_cdk_terrain
from tests.support.synthesized import Synthesized

pytestmark = pytest.mark.thorough


@pytest.fixture(scope="module")
def cdktn(environment: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory) -> Cdktf:
    """The command line of CDK Terrain; without it these tests skip, or fail where `CI=true`."""
    require_cdk_terrain(os.environ)
    return cdk_terrain(tmp_path_factory.mktemp("cdktn"), environment)


def test_diff_and_deploy_work_as_those_of_cdktf(
    cdktn: Cdktf, emulator: Emulator, synthesized_stack: Synthesized
) -> None:
    """The Terraform is that of CDKTF, byte by byte, but for the version in the metadata."""
    assert re.findall(r"# (\S+) \(\S+\)\s+will\s+be\s+(\w+)", cdktn.diff()) == [
        ("aws_cognito_user_pool.exampleUserPool", "created"),
        ("aws_cognito_user_pool_client.exampleUserPoolClient", "created"),
    ]
    written = (cdktn.stack_folder / synthesized_stack.file.name).read_text(encoding="utf-8")
    of_cdktf = synthesized_stack.file.read_text(encoding="utf-8")
    note = f'"version": "{version("cdktf")}"'
    assert note not in written
    assert re.sub(r'"version": "0\.\d+\.\d+"', note, written) == of_cdktf

    deployed = cdktn.deploy()
    cognito = emulator.cognito(synthesized_stack.region)
    (pool,) = cognito.list_user_pools(MaxResults=60)["UserPools"]
    assert f"user_pool_id = {pool['Id']}" in deployed
