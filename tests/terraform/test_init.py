"""A new project works at once: its tools accept it, and its command line deploys it."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.emulator import Emulator
from tests.support.cdktf import Cdktf, cdk_terrain
from tests.support.requirements import require_cdk_terrain, require_cdktf
from tests.support.synthesized import FILE, PROJECT, STACK, for_provider_5, with_local_state
from tests.support.terraform import Terraform
from tests.unit.init.projects import KINDS, new_project

pytestmark = pytest.mark.thorough

FINDS_US = {"PYTHONPATH": str(PROJECT), "MYPYPATH": str(PROJECT)}
"""The library is not installed here."""


def ran(folder: Path, *command: str) -> str:
    """Run a Python program in *folder*, and give what it prints."""
    finished = subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env={**os.environ, **FINDS_US},
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return finished.stdout


@pytest.mark.parametrize("kind", KINDS)
def test_its_own_tools_accept_a_new_project(kind: str, tmp_path: Path) -> None:
    folder = new_project(tmp_path / kind, "--kind", kind)
    assert re.search(r"^[3-9] passed", ran(folder, "-m", "pytest", "-q"), re.MULTILINE)
    ran(folder, "-m", "ruff", "check", ".")
    ran(folder, "-m", "ruff", "format", "--check", ".")
    if kind in {"web", "company"}:  # they use most of the names; mypy takes ten seconds for each
        ran(folder, "-m", "mypy", "--cache-dir", str(tmp_path / "cache"))


def classic(folder: Path) -> Path:
    """Let the program ask for the classic pages: the provider here, 5.100, has no branding."""
    program = (folder / "main.py").read_text(encoding="utf-8")
    changed = program.replace(
        "user_pool=users,\n        domain=PrefixDomain(",
        "user_pool=users,\n        managed_login_version=1,\n        domain=PrefixDomain(",
    )
    assert changed != program
    (folder / "main.py").write_text(changed, encoding="utf-8")
    return folder


def deployed_domain(folder: Path, emulator: Emulator) -> dict[str, object]:
    """Give what AWS has of the domain in the settings of a project."""
    context = json.loads((folder / "cdktf.json").read_text(encoding="utf-8"))["context"]
    cognito = emulator.cognito(context["region"])
    domain = cognito.describe_user_pool_domain(Domain=context["domain_prefix"])
    return dict(domain["DomainDescription"])


def test_cdktf_deploys_a_new_project(
    environment: Mapping[str, str], emulator: Emulator, tmp_path: Path
) -> None:
    """Its lock file stays where Git keeps it, and the state beside the program."""
    require_cdktf(os.environ)
    folder = classic(new_project(tmp_path / "web"))
    cdktf = Cdktf(project=folder, out=folder / "cdktf.out", environment={**environment, **FINDS_US})
    assert "aws_cognito_user_pool.users" in cdktf.diff()
    deployed = cdktf.deploy()
    assert deployed_domain(folder, emulator)["UserPoolId"]
    assert "client_secret = <sensitive>" in deployed
    assert (folder / "auth.tfstate").is_file()
    lock = cdktf.stack_folder / ".terraform.lock.hcl"
    before = lock.read_bytes()
    ran(folder, "main.py")
    assert lock.read_bytes() == before
    assert "No changes." in cdktf.diff()


def test_cdk_terrain_deploys_a_new_project(
    environment: Mapping[str, str], emulator: Emulator, tmp_path: Path
) -> None:
    """It runs as it was written: an endpoint for tokens needs no branding."""
    require_cdk_terrain(os.environ)
    folder = new_project(tmp_path / "machine", "--kind", "machine", "--framework", "cdktn")
    cdktn = cdk_terrain(folder / "cdktf.out", {**environment, **FINDS_US}, project=folder)
    assert "aws_cognito_resource_server.orders" in cdktn.diff()
    assert "user_pool_client_token_url" in cdktn.deploy()
    assert "No changes." in cdktn.diff()
    assert deployed_domain(folder, emulator)["UserPoolId"]


def test_terraform_applies_every_kind_and_finds_nothing_to_change(
    executable: Path, environment: Mapping[str, str], tmp_path: Path
) -> None:
    """All are modules of one root, so that Terraform starts once for all of them."""
    modules = {}
    for kind in KINDS:
        folder = new_project(tmp_path / "projects" / kind, "--kind", kind)
        ran(folder, "main.py")
        stack = folder / "cdktf.out" / "stacks" / STACK
        document = for_provider_5(with_local_state(stack))
        target = tmp_path / "root" / kind
        shutil.copytree(stack, target)
        (target / FILE).write_text(json.dumps(document), encoding="utf-8")
        modules[str(kind)] = {"source": f"./{kind}"}
    root = tmp_path / "root" / "main.tf.json"
    root.write_text(json.dumps({"module": modules}), encoding="utf-8")
    terraform = Terraform(folder=root.parent, executable=executable, environment=environment)
    terraform.init()
    terraform.apply()
    pools = [one for one in terraform.addresses() if one.endswith("aws_cognito_user_pool.users")]
    assert len(pools) == len(KINDS)
    assert not terraform.plan().has_changes
