"""States of modules become programs, in both ways: with imports, and with the state itself.

`adopted_modules/` has pools in the style of public modules, by count, by labels and by tenants.
"""

import json
import re
import shutil
from collections.abc import Callable, Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from constructs_auth import cli
from tests.emulator import Emulator
from tests.support.adopted import complaints
from tests.support.synthesized import PROJECT, synthesize
from tests.support.terraform import Terraform

pytestmark = pytest.mark.thorough

MODULES = Path(__file__).parent / "adopted_modules"
SECRET = "made-up"
VERIFIED = "verified: 0 to add, 0 to change, 0 to destroy"
MEMBERSHIP = 'module.staff.aws_cognito_user_in_group.this["ann"]'
FORMS = ("shown", "raw", "plan", "folder")
"""The forms of the input: the state in both formats, a plan, and the folder itself."""

RESOURCES = 28
"""All resources of the modules, one of them the membership, which cannot be imported."""

NAMES = [
    "app",
    "client_0",
    "client_1",
    "client_2",
    "customers_0",
    "customers_1",
    "domain",
    "google",
    "google_client_secret",
    "import",
    "pages",
    "pool",
    "resource",
    "staff",
    "staff_Read_Only",
    "staff_admins",
    "staff_ann",
    "staff_identity_pool",
    "staff_intranet_web",
    "staff_risk_configuration",
    "staff_user_pool_domain",
    "staff_wiki",
    "tenants_acme_eu",
    "tenants_blue_example",
    "tenants_blue_example_app",
]
"""The ids of the constructs. Where a name says enough, it is without the module."""

Adopt = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def applied(
    executable: Path,
    own_provider: Mapping[str, str],
    emulator: Emulator,
    tmp_path_factory: pytest.TempPathFactory,
) -> Terraform:
    """The modules, applied."""
    folder = tmp_path_factory.mktemp("modules") / "root"
    shutil.copytree(MODULES, folder)
    source = "def handler(event, _): return event"
    variables = {
        "TF_VAR_google_client_secret": SECRET,
        "TF_VAR_trigger": emulator.make_trigger("modules-trigger", "eu-west-1", source=source),
    }
    terraform = Terraform(
        folder=folder, executable=executable, environment={**own_provider, **variables}
    )
    terraform.init()
    terraform.apply()
    return terraform


@pytest.fixture(scope="module")
def inputs(applied: Terraform, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """The same state in each form; the plan changes nothing, and has what Terraform read again."""
    folder = tmp_path_factory.mktemp("inputs")
    plan = applied.plan()
    assert not plan.has_changes, plan.text
    texts = {
        "shown": applied.run("show", "-json"),
        "raw": applied.run("state", "pull"),
        "plan": json.dumps(applied.show(plan)),
    }
    for name, text in texts.items():
        (folder / f"{name}.json").write_text(text, encoding="utf-8")
    return {**{name: str(folder / f"{name}.json") for name in texts}, "folder": str(applied.folder)}


@pytest.fixture(scope="module")
def adopt(own_provider: Mapping[str, str]) -> Adopt:
    """Runs the command in an environment that leads to the emulator."""

    def run(*arguments: str) -> tuple[int, str, str]:
        printed, errors = StringIO(), StringIO()
        with pytest.MonkeyPatch.context() as patch:
            for variable, value in {**own_provider, "PYTHONPATH": str(PROJECT)}.items():
                patch.setenv(variable, value)
            with redirect_stdout(printed), redirect_stderr(errors):
                code = cli.main(["adopt", *arguments])
        return code, printed.getvalue(), errors.getvalue()

    return run


@dataclass(frozen=True, slots=True, kw_only=True)
class Programs:
    """The programs of one way, by the form of their input.

    Attributes:
        folders: Their folders.
        printed: What the command printed.
    """

    folders: Mapping[str, Path]
    printed: Mapping[str, str]


def _programs(adopt: Adopt, inputs: Mapping[str, str], out: Path, *options: str) -> Programs:
    folders, printed = {}, {}
    for form in FORMS:
        folders[form] = out / form
        # The form of the raw state and the one of `show` give the same program as the folder.
        more = () if form in {"plan", "folder"} else ("--no-verify",)
        given = (inputs[form], "--out", str(folders[form]), *options, *more)
        code, printed[form], errors = adopt(*given)
        assert code == 0, (form, printed[form], errors)
    return Programs(folders=folders, printed=printed)


@pytest.fixture(scope="module")
def importing(
    adopt: Adopt, inputs: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Programs:
    """The programs that import the resources into a state of their own."""
    return _programs(adopt, inputs, tmp_path_factory.mktemp("importing"))


@pytest.fixture(scope="module")
def keeping(
    adopt: Adopt, inputs: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Programs:
    """The programs that take over the state."""
    return _programs(adopt, inputs, tmp_path_factory.mktemp("keeping"), "--same-state")


def files(folder: Path) -> Mapping[str, bytes]:
    """All files below *folder* but caches and the page, which names the old addresses."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts and path.name != "ADOPTION.md"
    }


def different(one: Path, other: Path) -> set[str]:
    """The names of the files of two programs that are not the same."""
    return {name for name, _ in files(one).items() ^ files(other).items()}


def synthesized(applied: Terraform, program: Path, out: Path) -> Terraform:
    """A working folder with the Terraform of a program."""
    stack = synthesize(out, str(program / "main.py")) / "auth"
    secret = {"TF_VAR_google_client_secret": SECRET}
    environment = {**applied.environment, **secret}
    return Terraform(folder=stack, executable=applied.executable, environment=environment)


def changes_of(terraform: Terraform, *options: str) -> list[Mapping[str, Any]]:
    """The changes of a plan, with those that change nothing."""
    terraform.run("plan", "-no-color", "-out=saved", *options)
    found: list[Mapping[str, Any]] = json.loads(terraform.run("show", "-json", "saved"))[
        "resource_changes"
    ]
    return found


def test_each_form_of_the_input_is_proved(importing: Programs, keeping: Programs) -> None:
    for programs in (importing, keeping):
        for form in ("plan", "folder"):
            assert VERIFIED in programs.printed[form]


def test_each_form_of_the_input_gives_the_same_program(
    importing: Programs, keeping: Programs
) -> None:
    """But that a plan has read flags that the state has not, which the program then writes."""
    for form in FORMS:
        assert different(importing.folders["raw"], importing.folders[form]) == set()
        changed = {"user_pools.py"} if form == "plan" else set()
        assert different(keeping.folders["raw"], keeping.folders[form]) == changed


def test_the_membership_of_a_group_is_left_to_the_terraform_before(
    importing: Programs, keeping: Programs
) -> None:
    for form in FORMS:
        assert f"not covered, see ADOPTION.md: {MEMBERSHIP}" in importing.printed[form]
        assert "not covered" not in keeping.printed[form]


def test_a_program_has_names_of_the_modules(importing: Programs) -> None:
    text = "\n".join(
        path.read_text(encoding="utf-8") for path in importing.folders["raw"].glob("*.py")
    )
    assert sorted(re.findall(r'\(\s*stack,\s*"(\w+)"', text)) == NAMES


def test_all_is_imported_into_a_state_of_its_own(
    applied: Terraform, importing: Programs, adopt: Adopt, tmp_path: Path
) -> None:
    """Then nothing is left to do, and the program can be written again from the new state."""
    program = importing.folders["folder"]
    terraform = synthesized(applied, program, tmp_path / "out")
    terraform.init()
    plan = terraform.plan()
    changes = terraform.show(plan)["resource_changes"]
    assert len(changes) == RESOURCES - 1
    assert all("importing" in one["change"] for one in changes)
    assert [one for one in changes if one["change"]["before"] != one["change"]["after"]] == []
    terraform.apply(plan)
    plan = terraform.plan()
    assert not plan.has_changes, plan.text

    again = tmp_path / "again"
    assert adopt(str(terraform.folder), "--out", str(again), "--no-verify")[0] == 0
    assert different(program, again) == set()


def test_the_state_itself_is_taken_over_by_moves_alone(
    applied: Terraform, keeping: Programs, adopt: Adopt, tmp_path: Path
) -> None:
    """Whether Terraform reads AWS before or not; and the new state can be taken over again."""
    terraform = synthesized(applied, keeping.folders["raw"], tmp_path / "out")
    shutil.copy(applied.folder / "terraform.tfstate", terraform.folder)
    terraform.init()
    for options in (("-refresh=false",), ()):
        changes = changes_of(terraform, *options)
        assert len(changes) == RESOURCES
        assert {tuple(one["change"]["actions"]) for one in changes} == {("no-op",)}
        assert sum("previous_address" in one for one in changes) == RESOURCES - 1
    terraform.run("apply", "-no-color", "saved")
    plan = terraform.plan()
    assert not plan.has_changes, plan.text

    state = tmp_path / "state.json"
    state.write_text(terraform.run("state", "pull"), encoding="utf-8")
    again = tmp_path / "again"
    code, printed, errors = adopt(str(state), "--out", str(again), "--same-state")
    assert code == 0, errors
    assert VERIFIED in printed
    text = b"\n".join(one for name, one in files(again).items() if name.endswith(".py"))
    assert b"moved_from" not in text
    assert b"import_from" not in text


def test_a_state_with_other_resources_is_not_taken_over(
    inputs: Mapping[str, str], adopt: Adopt, tmp_path: Path
) -> None:
    """The program would destroy them."""
    document = json.loads(Path(inputs["raw"]).read_text(encoding="utf-8"))
    role = {
        "mode": "managed",
        "type": "aws_iam_role",
        "name": "sms",
        "provider": 'provider["registry.terraform.io/hashicorp/aws"]',
        "instances": [{"schema_version": 0, "attributes": {"id": "sms", "name": "sms"}}],
    }
    document["resources"].append(role)
    state = tmp_path / "state.json"
    state.write_text(json.dumps(document), encoding="utf-8")
    out = tmp_path / "out"
    code, printed, errors = adopt(str(state), "--out", str(out), "--same-state")
    assert (code, printed) == (3, "")
    assert "must contain only what the program defines, got aws_iam_role.sms" in errors
    assert errors.count("\n") == 1
    assert not out.exists()


def test_a_plan_with_changes_gives_what_exists(
    applied: Terraform, importing: Programs, adopt: Adopt, tmp_path: Path
) -> None:
    changes = ("-var", "google_client_secret=another", "-out=changes")
    applied.run("plan", "-no-color", *changes)
    plan = tmp_path / "plan.json"
    plan.write_text(applied.run("show", "-json", "changes"), encoding="utf-8")
    out = tmp_path / "out"
    code, printed, errors = adopt(str(plan), "--out", str(out), "--no-verify")
    assert code == 0, errors
    assert (
        "the plan has changes, which the program leaves out: "
        "module.customers.aws_cognito_identity_provider.google[0]\n"
    ) in printed
    assert different(out, importing.folders["raw"]) == set()


def test_ruff_and_mypy_accept_the_programs(importing: Programs, keeping: Programs) -> None:
    for programs in (importing, keeping):
        assert complaints(programs.folders["raw"]) == []
