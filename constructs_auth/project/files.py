"""The files beside the program: the settings of CDKTF, and what Git ignores."""

import json
from collections.abc import Mapping

GITIGNORE = """\
__pycache__/
.venv/
node_modules/
cdktf.log
# What CDKTF writes; of it only the lock files of providers are kept.
/cdktf.out/*
!/cdktf.out/stacks/
/cdktf.out/stacks/*/*
!/cdktf.out/stacks/*/.terraform.lock.hcl
# A state contains secrets.
*.tfstate
*.tfstate.*
.terraform/
"""


def cdktf_json(project_id: str, *, context: Mapping[str, str] | None = None) -> str:
    """Return `cdktf.json`, which the command lines of CDKTF and of CDK Terrain read.

    Args:
        project_id: What names the project for them.
        context: The settings that the program reads with `AuthApp.setting`. By default none.
    """
    document = {
        "language": "python",
        "app": "python main.py",
        "projectId": project_id,
        "sendCrashReports": "false",
        **({"context": dict(context)} if context else {}),
    }
    return f"{json.dumps(document, indent=2)}\n"
