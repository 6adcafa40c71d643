"""What `check` says of configurations in other people's styles, planned and applied.

Each folder of `configurations/` is one. `expected.txt` holds the findings of its plan once it is
applied. `--snapshot-update` writes it anew; read the difference, and ask of each line whether it
is true and useful. `minimal.tf.json` has each type of resource with its required arguments alone.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from constructs_auth.facts.kept_arguments import ZERO_IF_NOT_SET
from constructs_auth.facts.resource_types import COGNITO_PREFIX
from tests.support.judged import Judged, as_root, differences
from tests.support.terraform import Terraform

pytestmark = pytest.mark.thorough

CONFIGURATIONS = Path(__file__).with_name("configurations")
NAMES = sorted(path.name for path in CONFIGURATIONS.iterdir() if path.is_dir())
MINIMAL = "minimal"

REGION = "eu-west-1"
SEVERITIES = ("error", "critical", "high", "medium", "warning", "low", "info")

NOT_IN_A_STATE = {
    "? CG301": "a state does not record where a secret comes from",
    "? CG701": "the same, of a password",
    "- CG701D": "a state has no variables",
}


_ZERO = "a plan does not tell a precedence of 0 from one that is not set"
NOT_IN_A_PLAN = {"? CVK05C": _ZERO, "? CVK05D": _ZERO}

_TIER = "the tier is left out, and known after the apply: the rule does not apply to ESSENTIALS"
OF_PLUS = {
    f"{mark} {rule}": _TIER
    for mark in "+-"
    for rule in ("CG109", "CG110", "CG111", "CG112", "CG602B")
}


@pytest.fixture(scope="module")
def forms(
    executable: Path,
    own_provider: Mapping[str, str],  # one that runs already has one configuration for all
    tmp_path_factory: pytest.TempPathFactory,
) -> Mapping[str, Any]:
    """The plan before the apply of all configurations, the plan after it, and the state."""
    folder = tmp_path_factory.mktemp("configurations")
    for name in NAMES:
        copytree(CONFIGURATIONS / name, folder / name)
    root = {
        "provider": {"aws": {"region": REGION}},
        "module": {name: {"source": f"./{name}"} for name in NAMES},
    }
    (folder / "main.tf.json").write_text(json.dumps(root), encoding="utf-8")
    terraform = Terraform(folder=folder, executable=executable, environment=own_provider)
    terraform.init()
    creation = terraform.plan()
    before = terraform.show(creation)
    terraform.apply(creation)
    again = terraform.plan()
    assert not again.has_changes, again.text
    return {
        "creation": before,
        "plan": terraform.show(again),
        "state": json.loads(terraform.run("show", "-json")),
    }


@pytest.mark.parametrize("name", NAMES)
def test_each_finding_of_a_configuration_is_known(
    name: str, forms: Mapping[str, Any], tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    found = Judged.of(as_root(forms["plan"], name), tmp_path)
    lines = sorted(
        (SEVERITIES.index(severity), f"{severity} {rule} {address}\n")
        for (rule, address), severity in found.findings.items()
    )
    text = "".join(line for _, line in lines)
    file = CONFIGURATIONS / name / "expected.txt"
    if request.config.option.update_snapshots:
        file.write_text(text, encoding="utf-8")

    assert text == file.read_text(encoding="utf-8")
    assert "error " not in text


@pytest.mark.parametrize("name", NAMES)
def test_a_state_and_an_earlier_plan_are_judged_alike(
    name: str, forms: Mapping[str, Any], tmp_path: Path
) -> None:
    plan = Judged.of(as_root(forms["plan"], name), tmp_path)
    state = Judged.of(as_root(forms["state"], name), tmp_path)
    creation = Judged.of(as_root(forms["creation"], name), tmp_path)

    assert unexplained(differences(plan, state), NOT_IN_A_STATE) == []
    # What Cognito fills in, and ARNs and ids, are known after the apply alone.
    told = unexplained(differences(plan, creation), OF_PLUS)
    assert [one for one in told if not one.startswith("?")] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_plan_is_judged_as_the_terraform_is(
    name: str, forms: Mapping[str, Any], tmp_path: Path
) -> None:
    written = Judged.read(CONFIGURATIONS / name)

    told = differences(written, Judged.of(as_root(forms["plan"], name), tmp_path))
    assert unexplained(told, OF_PLUS | NOT_IN_A_PLAN) == []


def test_numbers_that_come_back_as_zero_are_known(forms: Mapping[str, Any]) -> None:
    """Of each type, with its required arguments alone."""
    resources = as_root(forms["state"], MINIMAL)["values"]["root_module"]["resources"]
    zeros = {
        (resource["type"], path)
        for resource in resources
        if resource["type"].startswith(COGNITO_PREFIX)
        for path, value in numbers(resource["values"])
        if value == 0
    }
    known = {(kind, path) for kind, paths in ZERO_IF_NOT_SET.items() for path in paths}

    # Cognito remembers no passwords by default: 0 means the same as left out.
    assert zeros - known == {
        ("aws_cognito_user_pool", "estimated_number_of_users"),
        ("aws_cognito_user_pool", "password_policy.password_history_size"),
    }


def numbers(values: Mapping[str, Any], path: str = "") -> list[tuple[str, float]]:
    """Return the numbers in *values*, at any depth."""
    found = []
    for name, value in values.items():
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict):
                found += numbers(item, f"{path}{name}.")
            elif isinstance(item, int | float) and not isinstance(item, bool):
                found.append((f"{path}{name}", item))
    return found


def unexplained(differences: list[str], known: Mapping[str, str]) -> list[str]:
    """Return those that have no reason in *known*."""
    return [one for one in differences if " ".join(one.split()[:2]) not in known]
