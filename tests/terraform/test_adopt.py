"""Live systems become programs: AWS is only read, the plan is empty, and users sign in as before.

Each system gets a program of its own. Their Terraform is planned and applied as one root module.
"""

import json
from collections.abc import Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from constructs_auth import cli
from tests.emulator import Emulator
from tests.support.adopted import complaints
from tests.support.synthesized import PROJECT, synthesize, with_local_state
from tests.support.terraform import Plan, Terraform
from tests.terraform.hand_made import REGION, SECRET, SYSTEMS, HandMade, described, sign_in

pytestmark = pytest.mark.thorough

_NAMES = [one.__name__ for one in SYSTEMS]
_VERIFIED = "with_everything_around"
"""The system that the command verifies itself; the root module proves the others faster."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopted:
    """A system that became a program.

    Attributes:
        made: The system.
        folder: The folder of the program.
        printed: What the command printed.
        signed_in: What came of a sign-in before.
        before: What AWS told of it before the command.
        after: The same after it.
    """

    made: HandMade
    folder: Path
    printed: str
    signed_in: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """All programs, planned and applied in one state.

    Attributes:
        changes: The changes of the plan before the apply.
        text: That plan, as Terraform prints it.
        second: The plan after it.
        state: The state after it, as `terraform show -json` prints it.
    """

    changes: tuple[Mapping[str, Any], ...]
    text: str
    second: Plan
    state: str


@pytest.fixture(scope="module")
def adopted(
    emulator: Emulator, own_provider: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, Adopted]:
    """The program of each system."""
    out = tmp_path_factory.mktemp("programs")
    found = {}
    with pytest.MonkeyPatch.context() as patch:
        for variable, value in {**own_provider, "PYTHONPATH": str(PROJECT)}.items():
            patch.setenv(variable, value)
        for system in SYSTEMS:
            name = system.__name__
            made = system(emulator)
            signed_in, before = sign_in(emulator, made), described(emulator, made)
            command = ["adopt", "--user-pool-id", made.pool_id, "--region", REGION]
            command += ["--out", str(out / name), "--stack", name]
            command += [] if name == _VERIFIED else ["--no-verify"]
            with redirect_stdout(StringIO()) as printed:
                assert cli.main(command) == 0, name
            found[name] = Adopted(
                made=made,
                folder=out / name,
                printed=printed.getvalue(),
                signed_in=signed_in,
                before=before,
                after=described(emulator, made),
            )
    return found


@pytest.fixture(scope="module")
def imported(
    adopted: Mapping[str, Adopted],
    executable: Path,
    own_provider: Mapping[str, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Imported:
    """The state of all programs, after the import."""
    folder = tmp_path_factory.mktemp("root")
    out = tmp_path_factory.mktemp("out")
    stacks = [
        synthesize(out / name, str(one.folder / "main.py")) / name for name, one in adopted.items()
    ]
    document = _merged([with_local_state(stack) for stack in stacks])
    (folder / "cdk.tf.json").write_text(json.dumps(document), encoding="utf-8")
    secrets = {f"TF_VAR_{name}": SECRET for name in document["variable"]}
    terraform = Terraform(
        folder=folder, executable=executable, environment={**own_provider, **secrets}
    )
    terraform.init()
    plan = terraform.plan()
    changes = terraform.show(plan)["resource_changes"]
    terraform.apply(plan)
    return Imported(
        changes=tuple(changes),
        text=plan.text,
        second=terraform.plan(),
        state=terraform.run("show", "-json"),
    )


def _merged(documents: list[dict[str, Any]]) -> dict[str, Any]:
    """The Terraform of several stacks as one; no name may be in two of them."""
    merged: dict[str, Any] = {"import": [], "resource": {}, "variable": {}}
    for document in documents:
        assert document.keys() <= {"//", "import", "provider", "resource", "terraform", "variable"}
        merged |= {name: document[name] for name in ("provider", "terraform")}
        merged["import"] += document["import"]
        for kind, resources in document["resource"].items():
            known = merged["resource"].setdefault(kind, {})
            assert not known.keys() & resources.keys()
            known |= resources
        assert not merged["variable"].keys() & document.get("variable", {}).keys()
        merged["variable"] |= document.get("variable", {})
    return merged


@pytest.mark.parametrize("name", _NAMES)
def test_aws_is_only_read(adopted: Mapping[str, Adopted], name: str) -> None:
    assert adopted[name].after == adopted[name].before


def test_the_command_proves_it(adopted: Mapping[str, Adopted]) -> None:
    assert "verified: 0 to add, 0 to change, 0 to destroy" in adopted[_VERIFIED].printed


def test_everything_is_imported_and_nothing_changes(imported: Imported) -> None:
    """Not even an argument; but a private key of Apple, which AWS never tells, is given again."""
    assert all("importing" in one["change"] for one in imported.changes), imported.text
    actions = {tuple(one["change"]["actions"]) for one in imported.changes}
    assert actions == {("no-op",), ("update",)}
    changed = [
        (one["address"], before, after)
        for one in imported.changes
        if (before := one["change"]["before"]) != (after := _without_key(one["change"]["after"]))
    ]
    assert changed == []


def _without_key(values: Mapping[str, Any]) -> Mapping[str, Any]:
    details = values.get("provider_details")
    if not isinstance(details, dict):
        return values
    kept = {name: one for name, one in details.items() if name != "private_key"}
    return {**values, "provider_details": kept}


def test_nothing_is_left_to_do_after_the_import(imported: Imported) -> None:
    assert not imported.second.has_changes, imported.second.text


@pytest.mark.parametrize("name", _NAMES)
def test_ruff_and_mypy_accept_the_program(adopted: Mapping[str, Adopted], name: str) -> None:
    assert complaints(adopted[name].folder) == []


@pytest.mark.parametrize("name", _NAMES)
def test_the_state_after_the_import_gives_the_same_program(
    adopted: Mapping[str, Adopted], imported: Imported, tmp_path: Path, name: str
) -> None:
    state = tmp_path / "state.json"
    state.write_text(imported.state, encoding="utf-8")
    one, again = adopted[name], tmp_path / "again"
    command = ["adopt", str(state), "--user-pool-id", one.made.pool_id]
    assert cli.main([*command, "--out", str(again), "--stack", name, "--no-verify"]) == 0
    for file in one.folder.rglob("*.py"):
        beside = again / file.relative_to(one.folder)
        assert beside.read_text("utf-8") == file.read_text("utf-8")


@pytest.mark.parametrize("name", _NAMES)
def test_users_sign_in_as_before(
    adopted: Mapping[str, Adopted], imported: Imported, emulator: Emulator, name: str
) -> None:
    assert not imported.second.has_changes
    one = adopted[name]
    assert described(emulator, one.made) == one.before
    assert sign_in(emulator, one.made) == one.signed_in
