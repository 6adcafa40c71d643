"""Asks an outside scanner, Checkov, what it thinks of a plan."""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.support.synthesized import PROJECT

EXECUTABLE = PROJECT / ".tools" / "checkov" / "bin" / "checkov"
"""Where `make .tools/checkov/ready` puts it."""

# Nothing listens there: the scanner has no business outside of this machine.
_NOWHERE = "http://127.0.0.1:9"


def failed_checks(plan: dict[str, Any], *, folder: Path, executable: Path) -> list[str]:
    """Scans a plan in the JSON of `terraform show`; gives `check address` for what failed."""
    file = folder / "plan.json"
    file.write_text(json.dumps(plan), encoding="utf-8")
    result = subprocess.run(
        [
            str(executable),
            "--file",
            str(file),
            "--framework",
            "terraform_plan",
            "--output",
            "json",
            "--skip-download",
            "--quiet",
        ],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"HTTPS_PROXY": _NOWHERE, "HTTP_PROXY": _NOWHERE},
    )
    report = json.loads(result.stdout)
    summary = report["summary"]
    if summary["parsing_errors"] or not summary["passed"]:
        raise RuntimeError(result.stdout + result.stderr)
    return sorted(_failed(report))


def _failed(report: dict[str, Any]) -> Iterator[str]:
    for check in report["results"]["failed_checks"]:
        yield f"{check['check_id']} {check['resource']}"
