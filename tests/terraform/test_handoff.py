"""A hand-off is the same Terraform: real Terraform plans the same, and finds nothing to mend."""

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from constructs_auth import cli
from constructs_auth.handoff.hcl.document import render
from constructs_auth.handoff.schema import aws_schema
from tests.emulator import Emulator
from tests.support import terraform_language
from tests.support.synthesized import (
    FILE,
    for_provider_5,
    synthesize,
    with_local_state,
)
from tests.support.terraform import Terraform

_PROGRAM = """
import main
from constructs_auth import AuthApp
from tests.synth import everything
from tests.synth.examples import EXAMPLES, load

app = AuthApp()
everything.define(app)
main.define(app)
for path in EXAMPLES:
    load(path).define(app)
app.synth()
"""

_MADE_UP_ARN = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:made-up"

_NOT_DEPLOYED = ("custom_domain", "state")
"""Planned only: the provider waits half a minute for each record, and longer for a bucket."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """Makes working folders for Terraform."""

    folder: Path
    executable: Path
    environment: Mapping[str, str]

    def terraform(self, folder: Path) -> Terraform:
        """Prepare a folder."""
        terraform = Terraform(
            folder=folder, executable=self.executable, environment=self.environment
        )
        terraform.init()
        return terraform

    def root(self, name: str, stacks: Path, given: Mapping[str, Mapping[str, str]]) -> Terraform:
        """Call stacks as modules of one root, so that Terraform starts once for all of them."""
        folder = self.folder / name
        modules: dict[str, Mapping[str, str]] = {}
        for stack, variables in given.items():
            shutil.copytree(stacks / stack, folder / stack)
            without_backend(folder / stack)
            modules[stack] = {"source": f"./{stack}", **variables}
        (folder / "main.tf.json").write_text(json.dumps({"module": modules}), encoding="utf-8")
        return self.terraform(folder)


def without_backend(folder: Path) -> None:
    """Keep the state in a file of the folder's own."""
    for name in ("backend.tf", "backend.tf.json"):
        (folder / name).unlink(missing_ok=True)
    if (folder / FILE).exists():
        (folder / FILE).write_text(json.dumps(with_local_state(folder)), encoding="utf-8")


def needed_variables(stack: Path) -> list[str]:
    """The variables that a stack as CDKTF wrote it must be given."""
    variables = json.loads((stack / FILE).read_text(encoding="utf-8")).get("variable", {})
    return [name for name, body in variables.items() if "default" not in body]


def variables_of(stacks: Path, **known: str) -> dict[str, dict[str, str]]:
    """A value for each variable that each stack must be given, made up where it is not known."""
    return {
        stack.name: {name: known.get(name, "made-up") for name in needed_variables(stack)}
        for stack in sorted(stacks.iterdir())
    }


def hand_over(stack: Path, target: Path, written_as: str = "hcl") -> Path:
    """Run the command."""
    code = cli.main(["handoff", str(stack), "--out", str(target), "--format", written_as])
    assert code == 0
    return target


def changes(terraform: Terraform) -> dict[str, Any]:
    """What a plan would do, by address."""
    shown = terraform.show(terraform.plan())
    return {change["address"]: change["change"] for change in shown["resource_changes"]}


def planned(terraform: Terraform) -> dict[str, Any]:
    """All that a plan says but when it was made."""
    shown = terraform.show(terraform.plan())
    kept = ("planned_values", "resource_changes", "output_changes", "checks", "variables")
    assert shown["resource_changes"]
    return {name: shown[name] for name in kept}


@pytest.fixture(scope="module")
def workshop(
    executable: Path, environment: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Workshop:
    return Workshop(
        folder=tmp_path_factory.mktemp("roots"), executable=executable, environment=environment
    )


@pytest.fixture(scope="module")
def written(executable: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:  # noqa: ARG001 - without Terraform there is no use for it
    """The folders with all stacks: as CDKTF wrote them, and handed over in both languages."""
    folder = tmp_path_factory.mktemp("stacks")
    original = synthesize(folder, "-c", _PROGRAM)
    for stack in sorted(original.iterdir()):
        document = json.loads((stack / FILE).read_text(encoding="utf-8"))
        (stack / FILE).write_text(json.dumps(for_provider_5(document)), encoding="utf-8")
        for written_as in ("hcl", "json"):
            hand_over(stack, folder / written_as / stack.name, written_as)
    return {"original": original, "hcl": folder / "hcl", "json": folder / "json"}


@pytest.mark.thorough
def test_all_of_the_language_means_the_same_in_hcl(workshop: Workshop, tmp_path: Path) -> None:
    """Conditions, dynamic blocks, provisioners, modules, moves: what a user may add by hand."""
    terraform_language.write(tmp_path / "json")
    original = workshop.terraform(tmp_path / "json")
    for folder in (tmp_path / "hcl", tmp_path / "hcl" / "module"):
        folder.mkdir()
        document = terraform_language.MODULE
        if folder.name == "hcl":
            document = terraform_language.DOCUMENT
        (folder / "main.tf").write_text(render(document, aws_schema()), encoding="utf-8")
    rendered = workshop.terraform(tmp_path / "hcl")

    assert rendered.run("fmt", "-check", "-recursive", "-diff") == ""
    assert planned(rendered) == planned(original)


@pytest.mark.thorough
def test_every_stack_is_handed_over(written: dict[str, Path]) -> None:
    names = {path.name for path in written["original"].iterdir()}
    assert {"auth", "everything", *_NOT_DEPLOYED} < names
    assert {path.name for path in written["hcl"].iterdir()} == names
    assert {path.name for path in written["json"].iterdir()} == names


@pytest.mark.thorough
def test_both_languages_plan_what_cdktf_planned(
    written: dict[str, Path], workshop: Workshop
) -> None:
    """Addresses, values, and what is not known yet; and Terraform has nothing to say."""
    given = variables_of(
        written["original"], listener_arn=_MADE_UP_ARN, target_group_arn=_MADE_UP_ARN
    )
    roots = {name: workshop.root(name, folder, given) for name, folder in written.items()}

    assert roots["hcl"].run("fmt", "-check", "-recursive", "-diff") == ""
    for name in ("hcl", "json"):
        assert json.loads(roots[name].run("validate", "-json"))["diagnostics"] == []
    expected = changes(roots["original"])
    assert len(expected) > 50
    assert changes(roots["hcl"]) == expected
    assert changes(roots["json"]) == expected


@pytest.mark.thorough
def test_every_stack_that_is_deployed_is_taken_over_without_a_change(
    written: dict[str, Path], workshop: Workshop, emulator: Emulator
) -> None:
    permission = json.loads((written["original"] / "everything" / FILE).read_text("utf-8"))
    function = permission["resource"]["aws_lambda_permission"]["names_pre_sign_up"]
    emulator.make_function(function["function_name"], alias=function["qualifier"])
    listener, targets = emulator.make_load_balancer("eu-west-1")
    given = variables_of(written["original"], listener_arn=listener, target_group_arn=targets)
    for name in _NOT_DEPLOYED:
        del given[name]
    roots = {
        name: workshop.root(f"deployed-{name}", folder, given) for name, folder in written.items()
    }
    roots["original"].apply()

    for name in ("hcl", "json"):
        shutil.copy(roots["original"].folder / "terraform.tfstate", roots[name].folder)
        plan = roots[name].plan()
        assert not plan.has_changes, plan.text


@pytest.mark.thorough
def test_its_tests_pass_without_aws(
    written: dict[str, Path], workshop: Workshop, tmp_path: Path
) -> None:
    for stack in sorted(written["hcl"].iterdir()):
        shutil.copytree(stack, tmp_path / stack.name)
        without_backend(tmp_path / stack.name)

        said = workshop.terraform(tmp_path / stack.name).run("test", "-no-color")

        assert "Success!" in said, stack.name
        assert " 0 failed" in said, stack.name
