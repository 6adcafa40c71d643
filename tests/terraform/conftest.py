"""What the Terraform tests share: the stack of `main.py`, and an emulated AWS for each file."""

import os
from collections.abc import Callable, Generator, Iterator, Mapping
from pathlib import Path

import pytest

from tests.emulator import Emulator, running_emulator
from tests.support.provider_process import installed_provider, running_provider
from tests.support.requirements import require_terraform
from tests.support.synthesized import FILE, STACK, Synthesized, synthesize
from tests.support.terraform import Terraform, terraform_environment

_CI = os.environ.get("CI", "").lower() in {"true", "1"}

NewFolder = Callable[[str], Terraform]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Gives all tests that skip for one reason one line in the summary."""
    report = yield
    if report.skipped and isinstance(report.longrepr, tuple):
        _, _, reason = report.longrepr
        report.longrepr = ("tests/terraform", None, reason)  # type: ignore[assignment] # as pytest does
    return report


@pytest.fixture(scope="session")
def executable() -> Path:
    """The `terraform` program; without it these tests skip, or fail where `CI=true`."""
    return require_terraform(os.environ)


@pytest.fixture(scope="session")
def synthesized_stack(executable: Path, tmp_path_factory: pytest.TempPathFactory) -> Synthesized:  # noqa: ARG001 - without Terraform there is no use for it
    """The stack that `main.py` writes, unchanged."""
    stacks = synthesize(tmp_path_factory.mktemp("synthesized"), "main.py")
    return Synthesized.read(stacks / STACK / FILE)


@pytest.fixture(scope="module")
def emulator(
    synthesized_stack: Synthesized, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Emulator]:
    """An emulated AWS of the file's own, where only the bucket of the state exists."""
    with running_emulator(tmp_path_factory.mktemp("emulator") / "log") as emulator:
        emulator.make_bucket(synthesized_stack.bucket, synthesized_stack.region)
        yield emulator


@pytest.fixture(scope="session")
def provider(
    executable: Path, synthesized_stack: Synthesized, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The AWS provider, as Terraform installs it for the stack."""
    work = tmp_path_factory.mktemp("provider")
    synthesized_stack.copy_to(work / "stack")
    terraform = Terraform(
        folder=work / "stack",
        executable=executable,
        environment=terraform_environment(os.environ, work=work),
    )
    terraform.run("init", "-no-color", "-backend=false")
    return installed_provider(terraform.folder)


@pytest.fixture(scope="session")
def schema_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that keeps the provider's schema, for all providers that run already."""
    return tmp_path_factory.mktemp("schema") / "schema"


@pytest.fixture(scope="module")
def own_provider(emulator: Emulator, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """The environment of a Terraform that starts its provider by itself.

    It alone leads to the emulator.
    """
    work = tmp_path_factory.mktemp("configuration")
    return terraform_environment(os.environ, work=work) | emulator.environment()


@pytest.fixture(scope="module")
def environment(
    own_provider: Mapping[str, str], schema_file: Path, request: pytest.FixtureRequest
) -> Iterator[Mapping[str, str]]:
    """The same with a provider that runs already; where `CI=true`, each command starts its own."""
    if _CI:
        yield own_provider
        return
    provider = request.getfixturevalue("provider")
    with running_provider(provider, own_provider, schema=schema_file) as address:
        yield {**own_provider, **address}


@pytest.fixture(scope="module")
def shared_provider(
    executable: Path,  # noqa: ARG001 - without Terraform there is no use for it
    schema_file: Path,
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Mapping[str, str]]:
    """A provider that runs already, for what calls no AWS; where `CI=true` there is none."""
    if _CI:
        yield {}
        return
    usual = terraform_environment(os.environ, work=tmp_path_factory.mktemp("shared"))
    provider = request.getfixturevalue("provider")
    with running_provider(provider, usual, schema=schema_file) as address:
        yield address


@pytest.fixture(scope="module")
def new_folder(
    executable: Path,
    environment: Mapping[str, str],
    synthesized_stack: Synthesized,
    tmp_path_factory: pytest.TempPathFactory,
) -> NewFolder:
    """Makes an initialized working folder of the stack; all share one state."""
    parent = tmp_path_factory.mktemp("working-folders")

    def make(name: str) -> Terraform:
        synthesized_stack.copy_to(parent / name)
        terraform = Terraform(folder=parent / name, executable=executable, environment=environment)
        terraform.init()
        return terraform

    return make
