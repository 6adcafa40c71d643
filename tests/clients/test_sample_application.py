"""`make demo-app`: a person in a browser signs up, signs in and out at the sample application."""

import os
import re
import signal
import socket
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.clients.conftest import PROGRAMS, results_of, scenarios_of
from tests.support.demo_app import EMAIL, PASSWORD
from tests.support.requirements import require_browser, require_clients, require_terraform
from tests.support.running import running

DEMO = "tests.support.demo_app"
_SECONDS = 300
PROGRAM = "sample_application.mjs"


@pytest.fixture
def port() -> int:
    """A port that nobody uses."""
    return free_port()


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def until_served(demo: "subprocess.Popen[str]") -> str:
    """Waits for the instructions; gives all that the demo has printed."""
    said = ""
    for line in demo.stdout or ():
        said += line
        if "Ctrl-C" in line:
            return said
    pytest.fail(f"the demo has ended:\n{said}", pytrace=False)


def named(said: str, name: str) -> str:
    """A value that the instructions name."""
    found = re.search(rf"(?m)^  {name} +(\S+)$", said)
    assert found is not None, said
    return found[1]


@pytest.fixture(scope="module")
def instructions() -> Iterator[str]:
    """What the demo prints; it serves meanwhile."""
    require_terraform(os.environ)
    modules = require_clients(os.environ)
    with running(DEMO, "--port", str(free_port()), "--node-modules", str(modules)) as demo:
        yield until_served(demo)


@pytest.fixture(scope="module")
def results(
    instructions: str, tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, str | None]:
    """What went wrong in each scenario of the person, or `None`."""
    work = tmp_path_factory.mktemp("person")
    for name in (PROGRAM, "emulator.mjs"):
        (work / name).write_bytes((PROGRAMS / name).read_bytes())
    (work / "node_modules").symlink_to(require_clients(os.environ))
    run = subprocess.run(
        ["node", PROGRAM],  # noqa: S607 - that of the virtual environment
        cwd=work,
        env=os.environ
        | {
            "CHROMIUM": str(require_browser(os.environ)),
            "EMAIL": EMAIL,
            "EMULATOR": named(instructions, "mailbox").removesuffix("/_mailbox"),
            "PAGE": named(instructions, "page"),
            "PASSWORD": PASSWORD,
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=_SECONDS,
    )
    return results_of(run)


@pytest.mark.thorough
@pytest.mark.parametrize("scenario", scenarios_of(PROGRAM))
def test_a_person(scenario: str, results: Mapping[str, str | None]) -> None:
    error = results.get(scenario, results.get("", "did not run"))
    assert error is None, f"{scenario}:\n{error}"


@pytest.mark.thorough
def test_all_scenarios_ran(results: Mapping[str, str | None]) -> None:
    """A program that ends early, or a scenario that nobody finds, is no success."""
    assert {*results} == {*scenarios_of(PROGRAM)}
    assert len(results) >= 5


@pytest.mark.thorough
def test_ctrl_c_stops_everything(port: int, tmp_path: Path) -> None:
    """Emulator, page and sign-in pages end with the demo, and so does its folder."""
    require_terraform(os.environ)
    modules = require_clients(os.environ)
    arguments = ("--port", str(port), "--node-modules", str(modules))
    with running(DEMO, *arguments, environment={"TMPDIR": str(tmp_path)}) as demo:
        said = until_served(demo)
        endpoints = {int(found) for found in re.findall(r"(?:localhost|127\.0\.0\.1):(\d+)", said)}
        assert port in endpoints
        assert len(endpoints) == 3
        demo.send_signal(signal.SIGINT)
        rest, _ = demo.communicate(timeout=_SECONDS)
    assert rest.splitlines()[-1] == "stopped; nothing is left"
    assert demo.returncode == 0
    assert not any(is_listening(each) for each in endpoints)
    assert [*tmp_path.glob("constructs-auth-*")] == []


@pytest.mark.parametrize(
    ("family", "address"), [(socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")]
)
def test_a_port_in_use_is_named_with_a_remedy(
    family: socket.AddressFamily, address: str, port: int, tmp_path: Path
) -> None:
    """Before anything starts; a browser would reach the other program."""
    require_terraform(os.environ)
    (tmp_path / "oidc-client-ts").mkdir()
    with socket.socket(family) as other:
        try:
            other.bind((address, port))
        except OSError:
            pytest.skip(f"{address}: not on this machine")
        other.listen()
        with running(DEMO, "--port", str(port), "--node-modules", str(tmp_path)) as demo:
            said, _ = demo.communicate(timeout=_SECONDS)
    assert f"port {port}: is in use by another program; stop it, or choose another" in said
    assert f"make demo-app PORT={port + 1}" in said
    assert "start the embedded AWS" not in said
    assert demo.returncode == 1


def test_a_missing_terraform_is_named_with_a_remedy(port: int, tmp_path: Path) -> None:
    nowhere = {"PATH": str(tmp_path)}
    with running(DEMO, "--port", str(port), environment=nowhere) as demo:
        said, _ = demo.communicate(timeout=_SECONDS)
    assert "Terraform: not found on the PATH; install version 1.11 or newer" in said
    assert demo.returncode == 1


def test_a_missing_package_is_named_with_a_remedy(port: int, tmp_path: Path) -> None:
    require_terraform(os.environ)
    with running(DEMO, "--port", str(port), "--node-modules", str(tmp_path)) as demo:
        said, _ = demo.communicate(timeout=_SECONDS)
    assert (
        f"oidc-client-ts: not found in {tmp_path}; run `make demo-app`, which installs it" in said
    )
    assert demo.returncode == 1


def is_listening(port: int) -> bool:
    """Whether anybody answers at a port of this machine."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
