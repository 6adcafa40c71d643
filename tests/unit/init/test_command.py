"""The command `init`: what it writes, and what it refuses, in one line and with nothing written."""

import ast
import json
import re
import subprocess
import tomllib
from importlib import metadata
from importlib.metadata import PackageNotFoundError
from itertools import product
from pathlib import Path
from typing import NoReturn

import pytest
import yaml  # type: ignore[import-untyped] # it comes with moto, without types

from constructs_auth import cli
from constructs_auth.facts.versions import CDKTF_CLI, CDKTN_CLI
from constructs_auth.init import project
from tests.support.synthesized import PROJECT
from tests.unit.init.projects import FILES, KINDS, names, new_project


@pytest.fixture(autouse=True)
def no_region(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the region of this machine out."""
    monkeypatch.delenv("AWS_REGION", raising=False)
    monkeypatch.delenv("AWS_DEFAULT_REGION", raising=False)


def context(folder: Path) -> dict[str, str]:
    """Give the settings of a project."""
    found: dict[str, str] = json.loads((folder / "cdktf.json").read_text("utf-8"))["context"]
    return found


@pytest.mark.parametrize(
    ("kind", "framework", "state"),
    list(product(KINDS, ["cdktf", "cdktn"], [(), ("--bucket", "acme-states")])),
)
def test_every_kind_has_the_same_files(
    tmp_path: Path, kind: str, framework: str, state: tuple[str, ...]
) -> None:
    folder = new_project(tmp_path / "new", "--kind", kind, "--framework", framework, *state)
    assert names(folder) == FILES
    for name in FILES - {".github/workflows/plan.yml"}:
        text = (folder / name).read_text("utf-8")
        assert text.endswith("\n")
        assert not text.endswith("\n\n")
        assert not re.search(r"\$\{?[a-z]", text), name
    for name in ("main.py", "tests/test_main.py"):
        ast.parse((folder / name).read_text("utf-8"))
    tools = tomllib.loads((folder / "pyproject.toml").read_text("utf-8"))["tool"]
    assert tools["mypy"]["strict"] is True
    readme = (folder / "README.md").read_text("utf-8")
    assert "can never be changed later" in readme
    assert f"npx {framework} deploy auth" in readme


def test_it_says_what_was_written_and_the_next_three_commands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new_project(tmp_path / "my sign-in")
    printed = capsys.readouterr()
    assert printed.err == (
        f"wrote {tmp_path}/my sign-in: 11 files, kind web, framework cdktf, region eu-west-1, "
        "state in a local file\n"
    )
    assert printed.out.splitlines() == [
        f"  cd '{tmp_path}/my sign-in' && pip install -r requirements-dev.txt && npm install",
        "  pytest",
        "  npx cdktf deploy auth",
    ]


@pytest.mark.parametrize("name", ["-a", "-", "a b", "it's", "${HOME}", "~", "$(id)", "a\nb"])
def test_the_first_command_enters_a_folder_of_any_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(["init", "--", name]) == 0
    command = capsys.readouterr().out.partition(" && ")[0]
    entered = subprocess.run(
        ["/bin/sh", "-c", f"{command} && test -f main.py"], check=False, cwd=tmp_path
    )
    assert entered.returncode == 0, command


def test_a_name_of_a_folder_may_be_as_long_as_the_file_system_allows(tmp_path: Path) -> None:
    folder = tmp_path / ("n" * 255)
    new_project(folder)
    assert list(tmp_path.iterdir()) == [folder]


def test_without_a_folder_it_writes_here_beside_what_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "LICENSE").write_text("mine", encoding="utf-8")
    assert cli.main(["init", "--framework", "CDKTN"]) == 0
    assert names(tmp_path) == {*FILES, "LICENSE"}
    assert capsys.readouterr().out.splitlines() == [
        "  pip install -r requirements-dev.txt && npm install",
        "  pytest",
        "  npx cdktn deploy auth",
    ]


@pytest.mark.parametrize("name", sorted(FILES))
def test_no_file_is_replaced(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text("mine", encoding="utf-8")
    assert cli.main(["init", str(tmp_path)]) == 2
    assert capsys.readouterr().err == (
        f"constructs-auth init: FOLDER: must not have {name} yet, got {tmp_path}; "
        "name a new folder\n"
    )
    assert names(tmp_path) == {name}
    assert (tmp_path / name).read_text(encoding="utf-8") == "mine"


def test_a_file_is_no_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a").write_text("mine", encoding="utf-8")
    for place in ("a", "a/b", "a/b/c"):
        assert cli.main(["init", str(tmp_path / place)]) == 2
        assert capsys.readouterr().err == (
            f"constructs-auth init: FOLDER: must be a folder, got the file {tmp_path}/a; "
            "name another one\n"
        )
    assert (tmp_path / "a").read_text(encoding="utf-8") == "mine"


def test_a_folder_that_cannot_be_written_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_folder: Path, **_: object) -> NoReturn:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    assert cli.main(["init", str(tmp_path / "new")]) == 3
    printed = capsys.readouterr()
    assert printed.err == (
        f"constructs-auth init: {tmp_path}/new: cannot be written (Permission denied); "
        "name a folder that you may write to\n"
    )
    assert printed.out == ""
    assert list(tmp_path.iterdir()) == []


def test_a_circle_of_links_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a").symlink_to("a")
    assert cli.main(["init", str(tmp_path / "a")]) == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (
            ["--kind", "mobile"],
            "argument --kind: must be one of web, spa, native, passwordless, machine, company, "
            "got 'mobile'",
        ),
        (["--framework", "cdk"], "argument --framework: must be one of cdktf, cdktn, got 'cdk'"),
        (["--state", "http"], "argument --state: must be one of local, s3, got 'http'"),
    ],
)
def test_a_wrong_word_lists_the_right_ones(
    tmp_path: Path, options: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["init", str(tmp_path / "new"), *options])
    assert ended.value.code == 2
    assert capsys.readouterr().err.splitlines()[-1] == f"constructs-auth init: error: {says}"
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--region", "Ireland"], "--region: must be the name of an AWS region, got 'Ireland'"),
        (["--region", ""], "--region: must be the name of an AWS region, got ''"),
        (["--state", "s3"], "--state s3: needs a bucket that exists; name it with --bucket"),
        (
            ["--state", "local", "--bucket", "acme-states"],
            "--bucket: must be left out with --state local",
        ),
        (["--bucket", "Acme"], "--bucket: must be the name of an S3 bucket, got 'Acme'"),
        (["--bucket", "a\n::error::b"], "--bucket: must be the name of an S3 bucket"),
    ],
)
def test_what_does_not_fit_is_one_line(
    tmp_path: Path, options: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["init", str(tmp_path / "new"), *options]) == 2
    printed = capsys.readouterr()
    assert printed.err.startswith(f"constructs-auth init: {says}")
    assert (printed.out, printed.err.count("\n")) == ("", 1)
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("options", [["--state", "s3"], []])
def test_a_bucket_is_a_setting_of_the_program(tmp_path: Path, options: list[str]) -> None:
    folder = new_project(tmp_path / "new", *options, "--bucket", "acme-states")
    assert context(folder)["state_bucket"] == "acme-states"
    program = (folder / "main.py").read_text("utf-8")
    assert 'bucket=app.setting("state_bucket", environment="AUTH_STATE_BUCKET")' in program
    assert "LocalBackend" not in program
    assert "CG702" not in program


def test_the_region_is_that_of_the_option_or_of_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-west-2")
    assert context(new_project(tmp_path / "a"))["region"] == "us-west-2"
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    assert context(new_project(tmp_path / "b"))["region"] == "us-east-1"
    given = new_project(tmp_path / "c", "--region", "ap-southeast-2")
    assert context(given)["region"] == "ap-southeast-2"


def test_no_two_projects_want_the_same_domain(tmp_path: Path) -> None:
    """A prefix exists once in a region, among all accounts of AWS."""
    prefixes = {context(new_project(tmp_path / name))["domain_prefix"] for name in "abc"}
    assert len(prefixes) == 3
    assert all(re.fullmatch(r"sign-in-[0-9a-f]{8}", one) for one in prefixes)


@pytest.mark.parametrize(
    ("version", "bound"),
    [("0.1.0", ">=0.1.0,<0.2"), ("0.9.3", ">=0.9.3,<0.10"), ("2.3.4", ">=2.3.4,<3")],
)
def test_the_requirement_is_the_installed_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, bound: str
) -> None:
    monkeypatch.setattr(project, "installed_version", lambda: version)
    folder = new_project(tmp_path / "a")
    assert (folder / "requirements.txt").read_text("utf-8") == f"constructs-auth{bound}\n"
    folder = new_project(tmp_path / "b", "--framework", "cdktn")
    assert (folder / "requirements.txt").read_text("utf-8") == f"constructs-auth[cdktn]{bound}\n"


def test_a_copy_without_an_installation_requires_any_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> NoReturn:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", missing)
    folder = new_project(tmp_path / "a")
    assert (folder / "requirements.txt").read_text("utf-8") == "constructs-auth\n"


@pytest.mark.parametrize(
    ("framework", "cli_of", "tried"),
    [("cdktf", CDKTF_CLI, "package.json"), ("cdktn", CDKTN_CLI, "tests/cdktn/package.json")],
)
def test_the_command_line_is_the_one_that_the_tests_run(
    tmp_path: Path, framework: str, cli_of: object, tried: str
) -> None:
    folder = new_project(tmp_path / "new", "--framework", framework)
    written = json.loads((folder / "package.json").read_text("utf-8"))
    ours = json.loads((PROJECT / tried).read_text("utf-8"))
    assert written["devDependencies"] == ours["devDependencies"]
    assert cli_of in {CDKTF_CLI, CDKTN_CLI}


def test_the_workflow_is_that_of_this_repository(tmp_path: Path) -> None:
    """Only the installation differs: a project has requirements, and is no package."""
    written = (new_project(tmp_path / "new") / ".github/workflows/plan.yml").read_text("utf-8")
    ours = (PROJECT / ".github/workflows/plan.yml").read_text("utf-8")
    install = "run: pip install -r requirements.txt\n"
    reviewer = "run: pip install -r reviewer/requirements.txt\n"
    assert (written.count(install), written.count(reviewer)) == (2, 1)
    assert ours == written.replace(install, "run: pip install .\n").replace(
        reviewer, "run: pip install ./reviewer\n"
    )
    assert yaml.safe_load(written)["permissions"] == {}
