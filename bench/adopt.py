"""Measure the time to adopt a large state, compared with the time to read the file."""

import json
import sys
from pathlib import Path
from typing import Any

from rich.table import Table

from bench.review import processes_table
from tests.unit.adopt.states import client, pool, resource, state

_TENANTS = 100


def adopt_table(folder: Path, runs: int) -> Table:
    """Measure whole processes on a state of 100 pools, each with a client and a group.

    Args:
        folder: The folder for the state and the programs.
        runs: How often each process runs; they take turns.
    """
    file = folder / "adopted.json"
    resources = [one for at in range(_TENANTS) for one in _tenant(at)]
    file.write_text(json.dumps(state(*resources)), encoding="utf-8")
    adopting = (
        "import sys, tempfile\n"
        "from constructs_auth.cli import main\n"
        "with tempfile.TemporaryDirectory() as out:\n"
        f"    sys.exit(main(['adopt', {str(file)!r}, '--out', out, '--no-verify']))\n"
    )
    commands = {
        "json.load of the same file": [
            sys.executable,
            "-c",
            f"import json; json.load(open({str(file)!r}))",
        ],
        "adopt --no-verify": [sys.executable, "-c", adopting],
    }
    return processes_table(commands, runs, title=f"A state of {len(resources)} resources, adopted")


def _tenant(at: int) -> list[dict[str, Any]]:
    pool_id = f"eu-west-1_Tenant{at:03}"
    arn = f"arn:aws:cognito-idp:eu-west-1:123456789012:userpool/{pool_id}"
    schema = {
        "name": "tier",
        "attribute_data_type": "String",
        "mutable": True,
        "required": False,
        "developer_only_attribute": False,
        "string_attribute_constraints": [{"min_length": "1", "max_length": "20"}],
    }
    callback = f"https://tenant{at}.acme.example/callback"
    return [
        resource(
            "aws_cognito_user_pool",
            f"tenant{at}",
            pool(id=pool_id, arn=arn, name=f"tenant {at}", schema=[schema]),
        ),
        resource(
            "aws_cognito_user_pool_client",
            f"web{at}",
            client(
                id=f"1example{at}",
                user_pool_id=pool_id,
                allowed_oauth_flows=["code"],
                allowed_oauth_flows_user_pool_client=True,
                allowed_oauth_scopes=["email", "openid"],
                callback_urls=[callback],
                supported_identity_providers=["COGNITO"],
            ),
        ),
        resource(
            "aws_cognito_user_group",
            f"staff{at}",
            {"name": "staff", "precedence": 1, "user_pool_id": pool_id},
        ),
    ]
