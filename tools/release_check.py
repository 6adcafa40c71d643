"""Build the sdist and the wheel into `dist`, and try each in an environment of its own.

The environment has the distribution and what it requires, nothing else. There, the first program
of the README is synthesized, and every command runs.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from constructs_auth import __version__

PROJECT = Path(__file__).parents[1]
NAME = "constructs-auth"
DIST = PROJECT / "dist"
PLAN = PROJECT / "tests/plans/recorded/pool_unprotected_name.json"
"""A plan that deletes a pool and creates another one."""

_CONFIGURATION = {"version": "1.4", "auth": {"user_pool_id": "eu-west-1_AbCdEf123"}}
_OUTPUTS = {"amplify": {"sensitive": False, "type": "string", "value": json.dumps(_CONFIGURATION)}}
_VARIABLES = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "CONSTRUCTS_AUTH_FRAMEWORK")
"""What would bring this clone, or another environment, into the one that is tried."""


def main() -> None:
    """Build both, and try both.

    They require the same, which is installed once: it takes most of the time.
    """
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        with _step("building the sdist, and the wheel from it"):
            built = _build(work / "build")
        environment = work / "environment"
        _run([sys.executable, "-m", "venv", environment])
        pip: list[str | Path] = [
            _programs(environment) / "python",
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-compile",
        ]
        wheel, sdist = built
        with _step("installing the wheel into an empty environment"):
            _run([*pip, wheel])
        with _step("running every command of the wheel"):
            _try(environment, work / "wheel")
        with _step("installing the sdist in place of the wheel"):
            _run([_programs(environment) / "python", "-m", "pip", "uninstall", "-qy", NAME])
            _run([*pip, "--no-deps", sdist])
        with _step("running every command of the sdist"):
            _try(environment, work / "sdist")


def _build(environment: Path) -> tuple[Path, Path]:
    """Return the wheel and the sdist, and let `dist` have them alone."""
    shutil.rmtree(DIST, ignore_errors=True)
    _run([sys.executable, "-m", "venv", environment])
    python = _programs(environment) / "python"
    _run([python, "-m", "pip", "install", "--quiet", "--no-compile", "build"])
    _run([python, "-m", "build", "--outdir", DIST, PROJECT])
    names = [
        f"constructs_auth-{__version__}-py3-none-any.whl",
        f"constructs_auth-{__version__}.tar.gz",
    ]
    _expect(sorted(each.name for each in DIST.iterdir()), wanted=sorted(names))
    wheel, sdist = names
    return DIST / wheel, DIST / sdist


def _try(environment: Path, work: Path) -> None:
    """Synthesize a program, and run every command on what it wrote or on a recorded plan."""
    work.mkdir()
    python, command = _programs(environment) / "python", _programs(environment) / "constructs-auth"

    def run(*arguments: str | Path, code: int = 0, told: str = "") -> str:
        return _run([command, *arguments], at=work, code=code, told=told)

    installed = json.loads(_run([python, "-m", "pip", "list", "--format", "json"], at=work))
    _expect({"pytest", "mypy", "ruff"} & {each["name"] for each in installed}, wanted=set())
    where = _run([python, "-c", "import constructs_auth as c; print(c.__file__)"], at=work)
    _expect(where.startswith(f"{environment}/"), wanted=True)
    _expect(run("--version"), wanted=f"constructs-auth {__version__}\n")

    (work / "main.py").write_text(_first_program(), encoding="utf-8")
    _run([python, "main.py"], at=work)
    stack = work / "cdktf.out/stacks/auth"
    _expect((stack / "cdk.tf.json").is_file(), wanted=True)

    listed = re.findall(r"^    ([a-z-]+)", run("--help"), re.MULTILINE)
    _expect(listed, wanted=["init", "check", "rules", "handoff", "review", "adopt", "app-config"])
    run("init", "project")
    _expect((work / "project/main.py").is_file(), wanted=True)
    run("check", stack)
    run("rules", "CG201")
    run("handoff", "auth", "--app", f"{python} main.py", "--out", "terraform")
    _expect((work / "terraform/main.tf").is_file(), wanted=True)
    _expect("CR01" in run("review", PLAN, code=1), wanted=True)
    (work / "state.json").write_text(json.dumps(_state()), encoding="utf-8")
    run("adopt", "state.json", "--out", "adopted", "--no-verify")
    _expect((work / "adopted/main.py").is_file(), wanted=True)
    written = run("app-config", "--format", "amplify-outputs", told=json.dumps(_OUTPUTS))
    _expect(json.loads(written), wanted=_CONFIGURATION)


def _state() -> dict[str, object]:
    """Return the state before `PLAN`, as `terraform show -json` prints it."""
    plan = json.loads(PLAN.read_text(encoding="utf-8"))
    resources = [
        {name: one[name] for name in ("address", "mode", "type", "name", "provider_name")}
        | {"schema_version": 0, "values": one["change"]["before"]}
        for one in plan["resource_changes"]
        if one["change"]["before"]
    ]
    return {
        "format_version": "1.0",
        "terraform_version": "1.11.4",
        "values": {"root_module": {"resources": resources}},
    }


def _first_program() -> str:
    """Return the first Python program of the README."""
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    return readme.partition("```python\n")[2].partition("```")[0]


def _programs(environment: Path) -> Path:
    return environment / ("Scripts" if sys.platform == "win32" else "bin")


def _run(
    command: Sequence[str | Path], *, at: Path = PROJECT, code: int = 0, told: str = ""
) -> str:
    """Run *command* in the folder *at*, and return what it prints on standard output."""
    kept = {name: value for name, value in os.environ.items() if name not in _VARIABLES}
    ended = subprocess.run(  # noqa: S603 - commands of this module
        command, cwd=at, env=kept, input=told, capture_output=True, check=False, text=True
    )
    if ended.returncode != code:
        words = " ".join(map(str, command))
        sys.exit(f"{words}: exit code {ended.returncode}\n{ended.stdout}\n{ended.stderr}")
    return ended.stdout


def _expect(given: object, *, wanted: object) -> None:
    if given != wanted:
        sys.exit(f"expected {wanted!r}, got {given!r}")


@contextmanager
def _step(what: str) -> Iterator[None]:
    """Print what is done, and how long it took."""
    began = time.monotonic()
    yield
    sys.stdout.write(f"{what}: {time.monotonic() - began:.0f} s\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
