"""Terraform runs in an environment of its own, and its absence is said in one line."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.provider import MIRROR_VARIABLE
from tests.support.requirements import require_cdktf, require_terraform
from tests.support.synthesized import PROJECT
from tests.support.terraform import (
    Terraform,
    TerraformError,
    TerraformMissingError,
    find_terraform,
    terraform_environment,
)

_MISSING = (
    "Terraform: not found on the PATH; install version 1.11 or newer, see "
    "https://developer.hashicorp.com/terraform/install"
)


def test_finds_terraform_on_the_path(tmp_path: Path) -> None:
    """As a shell does."""
    program = make_program(tmp_path, "exit 0")
    assert find_terraform({"PATH": f"/nowhere:{tmp_path}"}) == program


def test_says_where_to_get_terraform(tmp_path: Path) -> None:
    """Where there is none."""
    with pytest.raises(TerraformMissingError) as error:
        find_terraform({"PATH": str(tmp_path)})
    assert str(error.value) == _MISSING


@pytest.mark.parametrize("environment", [{}, {"CI": "false"}])
def test_tests_without_terraform_skip(environment: dict[str, str]) -> None:
    """A developer without Terraform is told so, and runs the other tests."""
    with pytest.raises(pytest.skip.Exception) as skipped:
        require_terraform(environment)
    assert str(skipped.value) == _MISSING


@pytest.mark.thorough
def test_tests_without_terraform_take_one_line(tmp_path: Path) -> None:
    """However many there are."""
    files = ("tests/terraform/test_deployment.py", "tests/terraform/test_handoff_hcl.py")
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *files],
        cwd=PROJECT,
        env={**os.environ, "PATH": str(tmp_path), "CI": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    skipped = [line for line in run.stdout.splitlines() if line.startswith("SKIPPED")]
    lines = [line for line in skipped if "thorough" not in line]
    assert [re.sub(r"\d+", "N", line, count=1) for line in lines] == [
        f"SKIPPED [N] tests/terraform: {_MISSING}"
    ]


@pytest.mark.parametrize("environment", [{"CI": "true"}, {"CI": "1"}])
def test_tests_without_terraform_fail_in_continuous_integration(
    environment: dict[str, str],
) -> None:
    """Where a skip would be seen by nobody."""
    with pytest.raises(pytest.fail.Exception) as failed:
        require_terraform(environment)
    assert str(failed.value) == _MISSING


def test_tests_without_cdktf_say_how_to_install_it(tmp_path: Path) -> None:
    """The same rule for the CDKTF command line."""
    message = "cdktf-cli: not found in node_modules; run `npm ci`"
    with pytest.raises(pytest.skip.Exception) as skipped:
        require_cdktf({}, tmp_path / "cdktf")
    assert str(skipped.value) == message
    with pytest.raises(pytest.fail.Exception) as failed:
        require_cdktf({"CI": "true"}, tmp_path / "cdktf")
    assert str(failed.value) == message


def test_terraform_sees_no_setting_of_the_caller(tmp_path: Path) -> None:
    """Neither credentials nor Terraform's own variables get through."""
    (tmp_path / "mirror/registry.terraform.io/hashicorp/aws").mkdir(parents=True)
    environment = terraform_environment(
        {
            "PATH": "/usr/bin",
            "AWS_PROFILE": "production",
            "AWS_CA_BUNDLE": "/bundle.pem",
            "TF_CLI_CONFIG_FILE": "/missing.tfrc",
            "TF_CLI_ARGS_apply": "-destroy",
            "TF_VAR_name": "value",
            "TF_WORKSPACE": "production",
            MIRROR_VARIABLE: str(tmp_path / "mirror"),
        },
        work=tmp_path,
    )
    assert environment == {
        "PATH": "/usr/bin",
        "CHECKPOINT_DISABLE": "1",
        "GOGC": "off",
        "GOMEMLIMIT": "2GiB",
        "TF_CLI_CONFIG_FILE": str(tmp_path / "terraform.rc"),
        "TF_INPUT": "0",
        "TF_IN_AUTOMATION": "1",
    }
    assert str(tmp_path / "mirror") in (tmp_path / "terraform.rc").read_text(encoding="utf-8")


def test_a_failure_holds_the_command_its_exit_code_and_what_it_said(tmp_path: Path) -> None:
    """Enough to understand it without running it again."""
    program = make_program(tmp_path, "echo working; echo 'Error: no' >&2; exit 3")
    terraform = Terraform(folder=tmp_path, executable=program, environment={"PATH": "/bin"})
    with pytest.raises(TerraformError) as error:
        terraform.validate()
    assert str(error.value) == ("terraform validate -no-color: exit code 3\nworking\nError: no\n")


@pytest.mark.parametrize(("exit_code", "has_changes"), [(0, False), (2, True)])
def test_a_plan_says_whether_it_has_changes(
    tmp_path: Path, exit_code: int, *, has_changes: bool
) -> None:
    """By the exit code that Terraform documents, not by its words."""
    program = make_program(tmp_path, f"echo No changes.; exit {exit_code}")
    terraform = Terraform(folder=tmp_path, executable=program, environment={"PATH": "/bin"})
    assert terraform.plan().has_changes is has_changes


def test_a_process_that_is_left_is_stopped(tmp_path: Path) -> None:
    """Leaving the block, as Ctrl-C does, interrupts Terraform and waits for it."""
    program = make_program(
        tmp_path,
        'trap "echo stopped > seen; exit 1" INT; echo > ready; while :; do sleep 0.05; done',
    )
    terraform = Terraform(folder=tmp_path, executable=program, environment=dict(os.environ))
    with terraform.start_apply():
        while not (tmp_path / "ready").exists():
            time.sleep(0.01)
    assert (tmp_path / "seen").read_text(encoding="utf-8") == "stopped\n"


def make_program(folder: Path, script: str) -> Path:
    """Makes a program that stands in for `terraform`."""
    program = folder / "terraform"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    return program
