"""The table of blocks is what the installed provider and the installed bindings say."""

from pathlib import Path

import pytest

from constructs_auth.handoff.schema import aws_schema, pack
from tools.provider_schema import make_table


@pytest.mark.thorough
def test_the_shipped_table_is_up_to_date(executable: Path, tmp_path: Path) -> None:
    """Otherwise: `python -m tools.provider_schema`."""
    del executable

    made = make_table(tmp_path)

    assert made["versions"] == {"provider": "5.100.0", "bindings": "6.25.0"}
    assert pack(aws_schema()) == made
