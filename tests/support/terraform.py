"""Finds Terraform and runs it in a working folder."""

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from tests.support.provider import find_provider, mirror_configuration
from tests.support.synthesized import PROJECT

_PASSED_ON = ("PATH", "HOME", "TMPDIR", "LANG", "TF_PLUGIN_CACHE_DIR", "SSL_CERT_FILE")
_PASSED_ON_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy")
_HAS_CHANGES = 2
_SECONDS_TO_STOP = 20


class TerraformMissingError(Exception):
    """Terraform is not installed."""


class TerraformError(Exception):
    """A Terraform command failed.

    Attributes:
        command: The command, as typed.
        exit_code: Terraform's exit code; negative for the signal that ended it.
        output: What Terraform said.
    """

    def __init__(self, command: str, exit_code: int, output: str) -> None:
        self.command = command
        self.exit_code = exit_code
        self.output = output
        super().__init__(f"{command}: exit code {exit_code}\n{output}")


def find_terraform(environment: Mapping[str, str]) -> Path:
    """Finds the `terraform` program on the PATH.

    Raises:
        TerraformMissingError: If there is none.
    """
    found = shutil.which("terraform", path=environment.get("PATH", ""))
    if found is None:
        raise TerraformMissingError(
            "Terraform: not found on the PATH; install version 1.11 or newer, see "
            "https://developer.hashicorp.com/terraform/install"
        )
    return Path(found)


def terraform_environment(environment: Mapping[str, str], *, work: Path) -> dict[str, str]:
    """The environment that Terraform runs in: nothing of the caller's AWS or Terraform settings.

    Args:
        environment: The caller's environment.
        work: A folder for a CLI configuration file, written where the AWS provider is in a mirror.

    Raises:
        NoSuchMirrorError: If the environment names a mirror that is none.
    """
    clean = {
        name: environment[name]
        for name in (*_PASSED_ON, *_PASSED_ON_PROXIES)
        if name in environment
    }
    clean |= {
        "CHECKPOINT_DISABLE": "1",
        "TF_IN_AUTOMATION": "1",
        "TF_INPUT": "0",
        # Collecting garbage only near a limit saves a third of a plan's processor time.
        "GOGC": "off",
        "GOMEMLIMIT": "2GiB",
    }
    location = find_provider(environment, project=PROJECT, home=Path.home())
    if location.mirror is not None:
        written = work / "terraform.rc"
        written.write_text(mirror_configuration(location.mirror), encoding="utf-8")
        clean["TF_CLI_CONFIG_FILE"] = str(written)
    elif location.cli_configuration is not None:
        clean["TF_CLI_CONFIG_FILE"] = str(location.cli_configuration)
    return clean


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What Terraform would change.

    Attributes:
        file: The saved plan, to apply or to show.
        has_changes: Whether applying it would change anything, outputs included.
        text: The plan as Terraform prints it.
    """

    file: Path
    has_changes: bool
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """How a Terraform command ended.

    Attributes:
        exit_code: Terraform's exit code; negative for the signal that ended it.
        output: What it printed, without warnings and errors.
        errors: Its warnings and errors.
    """

    exit_code: int
    output: str
    errors: str


class TerraformProcess:
    """A Terraform command that runs; leaving the `with` block stops it and its provider."""

    def __init__(self, terraform: "Terraform", *arguments: str) -> None:
        self.command = " ".join(("terraform", *arguments))
        # A session of its own: Ctrl-C reaches Terraform through us, and the provider ends with it.
        self._process = subprocess.Popen(
            [str(terraform.executable), *arguments],
            cwd=terraform.folder,
            env=dict(terraform.environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )

    def __enter__(self) -> Self:
        """Hands on the process."""
        return self

    def __exit__(self, *_: object) -> None:
        """Stops what still runs."""
        if self._process.poll() is None:
            self.interrupt()
            try:
                self._process.communicate(timeout=_SECONDS_TO_STOP)
            except subprocess.TimeoutExpired:
                self.kill()

    def wait(self) -> Finished:
        """Waits for the end."""
        output, errors = self._process.communicate()
        return Finished(exit_code=self._process.returncode, output=output, errors=errors)

    def interrupt(self) -> None:
        """Asks Terraform to stop, as Ctrl-C or a cancelled pipeline does."""
        self._process.send_signal(signal.SIGINT)

    def kill(self) -> Finished:
        """Ends Terraform and its provider at once, as the loss of the machine would."""
        os.killpg(self._process.pid, signal.SIGKILL)
        return self.wait()


@dataclass(frozen=True, slots=True, kw_only=True)
class Terraform:
    """Terraform in one working folder.

    Attributes:
        folder: The working folder, which holds the configuration.
        executable: The `terraform` program.
        environment: All environment variables that Terraform sees.
    """

    folder: Path
    executable: Path
    environment: Mapping[str, str] = field(repr=False)

    def init(self) -> str:
        """Prepares the folder: backend and provider."""
        return self.run("init", "-no-color")

    def move_state(self, configuration: str | None = None) -> str:
        """Prepares the folder for another backend, and copies the state there.

        Args:
            configuration: The file with what the backend of the Terraform JSON leaves out.
        """
        given = () if configuration is None else (f"-backend-config={configuration}",)
        return self.run("init", "-no-color", "-migrate-state", "-force-copy", *given)

    def validate(self) -> str:
        """Checks the configuration against the provider's schema."""
        return self.run("validate", "-no-color")

    def plan(self) -> Plan:
        """Refreshes the state and says what would change."""
        file = self.folder / "saved.tfplan"
        finished = self._finish(
            "plan", "-no-color", "-detailed-exitcode", f"-out={file}", good=(0, _HAS_CHANGES)
        )
        return Plan(file=file, has_changes=finished.exit_code == _HAS_CHANGES, text=finished.output)

    def show(self, plan: Plan) -> dict[str, Any]:
        """A saved plan as the JSON that Terraform documents."""
        shown: dict[str, Any] = json.loads(self.run("show", "-json", str(plan.file)))
        return shown

    def apply(self, plan: Plan | None = None) -> str:
        """Makes what a saved plan says, or else what the configuration says."""
        saved = () if plan is None else (str(plan.file),)
        return self.run("apply", "-no-color", "-auto-approve", *saved)

    def addresses(self) -> list[str]:
        """The addresses of everything in the state."""
        return self.run("state", "list").split()

    def destroy(self) -> str:
        """Deletes everything in the state."""
        return self.run("destroy", "-no-color", "-auto-approve")

    def outputs(self) -> dict[str, Any]:
        """The values of all outputs, sensitive ones included."""
        outputs: dict[str, dict[str, Any]] = json.loads(self.run("output", "-json"))
        return {name: output["value"] for name, output in outputs.items()}

    def force_unlock(self, lock_id: str) -> str:
        """Removes a lock that a dead Terraform left behind."""
        return self.run("force-unlock", "-force", lock_id)

    def start_apply(self) -> TerraformProcess:
        """Starts an apply and does not wait for it."""
        return TerraformProcess(self, "apply", "-no-color", "-auto-approve")

    def run(self, *arguments: str) -> str:
        """Runs any command, and gives what it printed."""
        return self._finish(*arguments).output

    def _finish(self, *arguments: str, good: Collection[int] = (0,)) -> Finished:
        with TerraformProcess(self, *arguments) as process:
            finished = process.wait()
        if finished.exit_code not in good:
            raise TerraformError(
                process.command, finished.exit_code, finished.output + finished.errors
            )
        return finished
