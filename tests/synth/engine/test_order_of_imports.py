"""The order of imports is harmless: a program may import the bindings before constructs_auth."""

import json
import os
import re
import shutil
import subprocess
import sys
from importlib.metadata import distributions
from pathlib import Path

import pytest

from constructs_auth.engine._framework import CDKTN, framework_in_use
from tests.support.renamed_imports import RENAMED
from tests.synth.engine.programs import PROJECT, Home, Run
from tests.synth.engine.small_bindings import BINDINGS
from tests.synth.engine.test_start import SUBMODULES_AT_MOST
from tests.synth.examples import EXAMPLES
from tests.synth.test_examples import on_cdktf

MAIN = PROJECT / "main.py"
SNAPSHOTS = PROJECT / "tests/synth/__snapshots__/test_examples"
"""The Terraform of each program as it is, which `tests/synth/test_examples.py` holds."""

START_HOOK = str(PROJECT / "start")
"""The folder with what pip puts beside the package: Python reads its `.pth` file at each start."""

INSTALL = f"import site; site.addsitedir({START_HOOK!r})"

RUN = f"""\
{INSTALL}
import json, runpy, sys, tempfile
from pathlib import Path
program = runpy.run_path("main.py")
app = program["AuthApp"](context={{}})
program["define"](app)
app.synth()
(kernel,) = Path(tempfile.gettempdir()).glob("jsii-kernel-*/node_modules/@cdkt?/provider-aws")
print(json.dumps({{
    "submodules": sum(name.startswith("{BINDINGS}.") for name in sys.modules),
    "shipped_assembly": (kernel / "lib/index.d.ts").exists(),
}}))
"""


def name_of(path: Path) -> str:
    """Return the name of a program."""
    return "main" if path == MAIN else path.parent.name


def is_installed() -> bool:
    """Return whether pip has installed constructs-auth here."""
    return any(True for _ in distributions(name="constructs-auth"))


@pytest.mark.thorough
def test_bindings_that_come_first_start_fast_too(home: Home, as_shipped: Run) -> None:
    """Once pip has installed constructs-auth."""
    run = home.start(IMPORT_BINDINGS_FIRST="1", START_HOOK=START_HOOK).finish()
    assert run.terraform == as_shipped.terraform
    assert not run.shipped_assembly
    assert run.imported_by_us < SUBMODULES_AT_MOST


@pytest.mark.thorough
@pytest.mark.skipif(is_installed(), reason="this environment has the hook of the installation")
def test_without_an_installation_a_line_says_what_the_order_costs(
    home: Home, as_shipped: Run
) -> None:
    """As where the package is copied into a folder of the PYTHONPATH."""
    run, printed = home.start(IMPORT_BINDINGS_FIRST="1").finish_slow()
    assert run == as_shipped
    assert printed == (
        f"constructs-auth: this start takes up to {framework_in_use().as_shipped_seconds} seconds "
        f"more, because the program imports {BINDINGS} before constructs_auth; install "
        "constructs-auth with pip, which makes the order of imports harmless, or import "
        "constructs_auth.engine first, or set CONSTRUCTS_AUTH_FAST_START=0 to accept it\n"
    )
    assert not (home.folder / "constructs-auth").exists()


@pytest.mark.thorough
def test_an_accepted_slow_start_prints_nothing(home: Home, as_shipped: Run) -> None:
    run = home.start(IMPORT_BINDINGS_FIRST="1", CONSTRUCTS_AUTH_FAST_START="0").finish()
    assert run == as_shipped


def test_a_start_of_python_imports_nothing_of_the_package(tmp_path: Path) -> None:
    """The installation costs each start of Python one small module."""
    names = "sorted(name for name in sys.modules if 'constructs_auth' in name)"
    run = run_python(f"{INSTALL}; import sys; print({names})", folder=tmp_path)
    assert run.stdout == "['_constructs_auth_start']\n"


@pytest.mark.skipif(not is_installed(), reason="this environment runs the package from its sources")
def test_pip_installs_the_hook(tmp_path: Path) -> None:
    """As in the environment that `make cdktn` creates."""
    run = run_python("import sys; print('_constructs_auth_start' in sys.modules)", folder=tmp_path)
    assert run.stdout == "True\n"


@pytest.mark.thorough
@pytest.mark.parametrize("path", [MAIN, *EXAMPLES], ids=name_of)
def test_each_program_is_the_same_and_starts_fast_with_its_imports_in_the_default_order(
    path: Path, derived: Path, tmp_path: Path
) -> None:
    """As ruff sorts the imports of a user's program, where constructs_auth is a third party."""
    assert derived.is_file()
    folder = tmp_path / "program"
    if path == MAIN:
        folder.mkdir()
        shutil.copy(path, folder)
    else:
        shutil.copytree(path.parent, folder)
    file = folder / "main.py"
    text = file.read_text(encoding="utf-8")
    if framework_in_use() is CDKTN:
        for module, renamed in RENAMED.items():
            text = re.sub(rf"\b{module}\b(?!\.json)", renamed, text)
    assert "isort" not in text
    file.write_text(text, encoding="utf-8")
    sort = ["ruff", "check", "--isolated", "--select", "I", "--fix", "--exit-zero", "-q", "main.py"]
    subprocess.run([sys.executable, "-m", *sort], cwd=folder, check=True)
    run = run_python(RUN, folder=folder)
    assert "this start takes" not in run.stderr
    facts = json.loads(run.stdout)
    assert facts["submodules"] < SUBMODULES_AT_MOST * 2
    assert not facts["shipped_assembly"]
    stacks = {
        file.parent.name: on_cdktf(json.loads(file.read_text(encoding="utf-8")))
        for file in folder.glob("cdktf.out/stacks/*/cdk.tf.json")
    }
    name = "test_main" if path == MAIN else f"test_example[{name_of(path)}]"
    snapshot = json.loads((SNAPSHOTS / f"{name}.json").read_text(encoding="utf-8"))
    assert snapshot in (stacks, *stacks.values())


def run_python(code: str, *, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a program in a folder, with a folder of its own for temporary files."""
    temporary = folder / "tmp"
    temporary.mkdir(exist_ok=True)
    settings = {
        "AUTH_REGION": "eu-west-1",
        "AUTH_STATE_BUCKET": "constructs-auth-state",
        "PYTHONPATH": str(PROJECT),
        "TMPDIR": str(temporary),
    }
    result = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env=os.environ | settings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return result
