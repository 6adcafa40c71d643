"""What tests need besides Python packages: they skip without it, or fail where `CI=true`."""

from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

import pytest

from tests.support.browser import BrowserMissingError, find_browser
from tests.support.cdktf import CDKTN_EXECUTABLE, EXECUTABLE
from tests.support.checkov import EXECUTABLE as CHECKOV
from tests.support.synthesized import PROJECT
from tests.support.terraform import TerraformMissingError, find_terraform
from tools.runtimes import find_python, node_of, python_of


def require_terraform(environment: Mapping[str, str]) -> Path:
    """The `terraform` program."""
    try:
        return find_terraform(environment)
    except TerraformMissingError as error:
        _do_without(str(error), environment)


def require_cdktf(environment: Mapping[str, str], executable: Path = EXECUTABLE) -> None:
    """The CDKTF command line."""
    if not executable.exists():
        _do_without("cdktf-cli: not found in node_modules; run `npm ci`", environment)


def require_cdk_terrain(
    environment: Mapping[str, str], executable: Path = CDKTN_EXECUTABLE
) -> None:
    """The command line of CDK Terrain."""
    if not executable.exists():
        _do_without("cdktn-cli: not found in .tools; run `make .tools/cdktn/ready`", environment)


def require_checkov(environment: Mapping[str, str], executable: Path = CHECKOV) -> Path:
    """The outside scanner."""
    if not executable.exists():
        _do_without("checkov: not found in .tools; run `make .tools/checkov/ready`", environment)
    return executable


def require_browser(environment: Mapping[str, str]) -> Path:
    """A browser."""
    try:
        return find_browser(environment)
    except BrowserMissingError as error:
        _do_without(str(error), environment)


def require_clients(environment: Mapping[str, str]) -> Path:
    """The `node_modules` of the clients in `tests/clients`."""
    modules = PROJECT / ".tools" / "clients" / "node_modules"
    if not modules.exists():
        _do_without("clients: not found in .tools; run `make .tools/clients/ready`", environment)
    return modules


def require_node(release: int, environment: Mapping[str, str]) -> Path:
    """A release of Node.js, which pip brings."""
    if not (node := node_of(release)).exists():
        _do_without(f"Node.js {release}: not found in .tools; run `make runtimes`", environment)
    return node


def require_python(version: str, environment: Mapping[str, str]) -> Path:
    """A version of Python with the packages; a machine that has none also skips where `CI=true`."""
    if not (python := python_of(version)).exists():
        if find_python(version) is None:
            pytest.skip(f"Python {version}: not on this machine")
        _do_without(f"Python {version}: not found in .tools; run `make runtimes`", environment)
    return python


def _do_without(missing: str, environment: Mapping[str, str]) -> NoReturn:
    """Skips; every provider of continuous integration sets `CI`, and there a skip would hide."""
    if environment.get("CI", "").lower() in {"true", "1"}:
        pytest.fail(missing, pytrace=False)
    pytest.skip(missing)
