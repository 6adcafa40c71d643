"""An app moves from CDKTF to CDK Terrain as docs/cdk_terrain.md says: its plan is empty."""

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.emulator import Emulator
from tests.support.cdktf import Cdktf, cdk_terrain
from tests.support.requirements import require_cdk_terrain, require_cdktf
from tests.support.synthesized import Synthesized

pytestmark = pytest.mark.thorough


def test_what_cdktf_deployed_has_an_empty_plan_on_cdk_terrain(
    environment: Mapping[str, str],
    emulator: Emulator,
    synthesized_stack: Synthesized,
    tmp_path: Path,
) -> None:
    """The state in S3 stays as it is, and a deployment with CDK Terrain keeps the pool."""
    require_cdktf(os.environ)
    require_cdk_terrain(os.environ)
    cdktf = Cdktf(out=tmp_path / "cdktf", environment=environment)
    cdktf.diff()
    cdktf.deploy()
    cognito = emulator.cognito(synthesized_stack.region)
    (before,) = cognito.list_user_pools(MaxResults=60)["UserPools"]

    cdktn = cdk_terrain(tmp_path / "cdktn", environment)
    assert "No changes. Your infrastructure matches the configuration." in cdktn.diff()

    cdktn.deploy()
    assert cognito.list_user_pools(MaxResults=60)["UserPools"] == [before]
