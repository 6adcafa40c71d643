"""A hand-off is the same Terraform: real Terraform plans the same, and finds nothing to mend."""

import base64
import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
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
from tests.synth import everything, files
from tests.synth.examples import EXAMPLES, load

app = AuthApp()
everything.define(app)
files.define(app)
main.define(app)
for path in EXAMPLES:
    load(path).define(app)
app.synth()
"""

_MADE_UP_ARN = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:made-up"

_NOT_DEPLOYED = ("custom_domain", "state")
"""Planned only: the provider waits half a minute for each record, and longer for a bucket."""

_READS_FILES = "files"

_LANGUAGES = ("hcl", "json")

_ELSEWHERE = "eu-central-1"

_IN_ONE_REGION = (
    "arn:aws:ses:eu-west-1:",
    "arn:aws:wafv2:eu-west-1:",
    "arn:aws:kms:eu-west-1:",
    "arn:aws:lambda:eu-west-1:",
    "arn:aws:elasticloadbalancing:eu-west-1:",
)
"""What exists in a region, in somebody's account."""


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

    def root(
        self,
        name: str,
        stacks: Path,
        given: Mapping[str, Mapping[str, Any]],
        **more: object,
    ) -> Terraform:
        """Call stacks as modules of one root, so that Terraform starts once for all of them."""
        folder = self.folder / name
        modules: dict[str, Mapping[str, Any]] = {}
        for stack, variables in given.items():
            shutil.copytree(stacks / stack, folder / stack)
            without_backend(folder / stack)
            modules[stack] = {"source": f"./{stack}", **variables}
        document = json.dumps({"module": modules, **more})
        (folder / "main.tf.json").write_text(document, encoding="utf-8")
        return self.terraform(folder)

    def copy(self, name: str, stack: Path) -> Terraform:
        """Prepare a copy of a stack, with its state in a file."""
        shutil.copytree(stack, self.folder / name)
        without_backend(self.folder / name)
        return self.terraform(self.folder / name)


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


def hand_over(stack: Path, target: Path, *options: str) -> Path:
    """Run the command."""
    assert cli.main(["handoff", str(stack), "--out", str(target), *options]) == 0
    return target


def strings_of(value: object) -> Iterator[str]:
    """Every text in a plan."""
    if isinstance(value, dict):
        for item in value.values():
            yield from strings_of(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings_of(item)
    elif isinstance(value, str):
        yield value


def outputs_of(stacks: Path, names: Iterable[str]) -> dict[str, Mapping[str, object]]:
    """All outputs of stacks as outputs of their root."""
    return {
        f"{name}_{output}": {"value": f"${{module.{name}.{output}}}", "sensitive": True}
        for name in names
        for output in json.loads((stacks / name / FILE).read_text("utf-8")).get("output", {})
    }


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
        hand_over(stack, folder / "hcl" / stack.name)
        hand_over(stack, folder / "json" / stack.name, "--format", "json")
        hand_over(stack, folder / "module" / stack.name, "--module")
    return {"original": original} | {name: folder / name for name in ("hcl", "json", "module")}


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
    del given[_READS_FILES]  # CDKTF's Terraform finds them only in its own folder
    roots = {name: workshop.root(name, written[name], given) for name in ("original", *_LANGUAGES)}

    assert roots["hcl"].run("fmt", "-check", "-recursive", "-diff") == ""
    for name in _LANGUAGES:
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
    for name in (*_NOT_DEPLOYED, _READS_FILES):
        del given[name]
    roots = {
        name: workshop.root(f"deployed-{name}", written[name], given)
        for name in ("original", *_LANGUAGES)
    }
    roots["original"].apply()

    for name in _LANGUAGES:
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


def with_files(written: dict[str, Path]) -> list[str]:
    """The names of the stacks that read files."""
    return [assets.parent.name for assets in sorted(written["original"].glob("*/assets"))]


@pytest.mark.thorough
def test_a_stack_that_reads_files_is_applied_in_a_fresh_copy_and_taken_over_without_a_change(
    written: dict[str, Path], workshop: Workshop, emulator: Emulator
) -> None:
    """Its own Terraform and both languages name the files so that their states are the same."""
    assert _READS_FILES in with_files(written)
    for name in with_files(written):
        fresh = workshop.copy(f"{name}-hcl", written["hcl"] / name)
        fresh.apply()
        for language in ("original", "json"):
            taken = workshop.copy(f"{name}-{language}", written[language] / name)
            shutil.copy(fresh.folder / "terraform.tfstate", taken.folder)
            plan = taken.plan()
            assert not plan.has_changes, plan.text
        if name == _READS_FILES:
            expected = expected_files(fresh.folder, region="eu-west-1")
            pool = fresh.outputs()["user_pool_id"]
            assert deployed_files(emulator, "eu-west-1", pool) == expected
        fresh.destroy()


@pytest.mark.thorough
def test_a_module_that_reads_files_is_applied_in_the_region_of_its_caller(
    written: dict[str, Path], workshop: Workshop, emulator: Emulator
) -> None:
    given: dict[str, Mapping[str, Any]] = {_READS_FILES: {}}
    root = workshop.root(
        "caller",
        written["module"],
        given,
        provider={"aws": {"region": _ELSEWHERE}},
        output=outputs_of(written["original"], given),
    )
    root.apply()
    outputs = root.outputs()
    assert outputs["files_sign_in"] == "https://acme-files.auth.eu-central-1.amazoncognito.com"
    expected = expected_files(root.folder / _READS_FILES, region=_ELSEWHERE)
    assert deployed_files(emulator, _ELSEWHERE, outputs["files_user_pool_id"]) == expected
    plan = root.plan()
    assert not plan.has_changes, plan.text


def deployed_files(emulator: Emulator, region: str, pool_id: str) -> dict[str, str]:
    """What AWS has of the stack `files`: a digest of the code, a message, the pages."""
    functions = emulator.client("lambda", region)
    function = functions.get_function(FunctionName="trigger")["Configuration"]
    layer = functions.get_layer_version(LayerName="shared", VersionNumber=1)["Content"]
    found = emulator.cognito(region).describe_user_pool(UserPoolId=pool_id)["UserPool"]
    storage = emulator.s3(region)
    pages = storage.list_objects_v2(Bucket="acme-files-pages")["Contents"]
    return {
        "code": function["CodeSha256"],
        "layer": layer["CodeSha256"],
        "message": found["VerificationMessageTemplate"]["EmailMessage"],
        "region": function["Environment"]["Variables"]["REGION"],
    } | {
        page["Key"]: storage.get_object(Bucket="acme-files-pages", Key=page["Key"])["Body"]
        .read()
        .decode()
        for page in pages
    }


def expected_files(stack: Path, *, region: str) -> dict[str, str]:
    """The same from the folder of the hand-off."""
    (code,) = stack.glob("assets/code/*/archive.zip")
    (layer,) = stack.glob("assets/shared/*/archive.zip")
    (message,) = stack.glob("assets/message/*/code.html")
    (pages,) = stack.glob("assets/pages/*")
    return {
        "code": base64.b64encode(hashlib.sha256(code.read_bytes()).digest()).decode(),
        "layer": base64.b64encode(hashlib.sha256(layer.read_bytes()).digest()).decode(),
        "message": message.read_text("utf-8"),
        "region": region,
    } | {
        page.relative_to(pages).as_posix(): page.read_text("utf-8")
        for page in pages.rglob("*.html")
    }


@pytest.mark.thorough
@pytest.mark.parametrize("form", ["hcl", "module"])
def test_what_depends_on_the_region_is_planned_in_another_one(
    written: dict[str, Path], workshop: Workshop, form: str
) -> None:
    """By the variable, and by the provider of the caller of a module."""
    given: dict[str, dict[str, Any]] = {
        **variables_of(
            written["original"], listener_arn=_MADE_UP_ARN, target_group_arn=_MADE_UP_ARN
        )
    }
    for name, variables in given.items():
        terraform = (written[form] / name / "terraform.tf").read_text("utf-8")
        if form == "hcl":
            variables["region"] = _ELSEWHERE
        elif "configuration_aliases" in terraform:
            variables["providers"] = {"aws": "aws", "aws.us_east_1": "aws.us_east_1"}
    root = workshop.root(
        f"elsewhere-{form}",
        written[form],
        given,
        provider={"aws": [{"region": _ELSEWHERE}, {"alias": "us_east_1", "region": "us-east-1"}]},
        output=outputs_of(written["original"], given),
    )
    shown = root.show(root.plan())

    texts = [*strings_of([shown["planned_values"], shown["output_changes"]])]
    of_the_program = [text for text in texts if "eu-west-1" in text]
    stays = [text for text in of_the_program if not text.startswith(_IN_ONE_REGION)]
    assert stays == ["eu-west-1"], "the region of SNS, which the stack `everything` names"
    assert "https://acme-machines.auth.eu-central-1.amazoncognito.com/oauth2/token" in texts
