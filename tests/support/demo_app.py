"""Deploys the sample application to an embedded AWS, and serves it until Ctrl-C.

`make demo-app` runs it. It reaches nothing but its own emulator, opens no window, and leaves
nothing behind.
"""

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console

from tests.emulator import Emulator, running_emulator
from tests.support import demo_terraform
from tests.support.loopback_cognito import LoopbackCognito, loopback_cognito
from tests.support.progress import Progress, StepFailedError
from tests.support.synthesized import FILE, PROJECT, Synthesized, synthesize
from tests.support.terraform import Terraform, find_terraform

EXAMPLE = PROJECT / "examples" / "sample_application"
STACK = "sample_application"
EMAIL = "jane@example.com"
PASSWORD = "Correct-Horse-Battery-1"
"""The password of a user in an emulator on this machine, so it may be known."""

_PORT = 8400
_NODE_MODULES = PROJECT / ".tools" / "sample_application" / "node_modules"
_LOOPBACK = ("127.0.0.1", "::1")
_INTERRUPTED = 128 + signal.SIGINT
_SECONDS_TO_STOP = 5


class DemoError(Exception):
    """The application cannot be deployed or served."""


@dataclass(slots=True, kw_only=True)
class Demo:
    """The steps from the program to the page; each says in words what came of it.

    Attributes:
        port: The port of the page.
        node_modules: Where npm has installed what the page loads.
        work: A folder for files of the demo's own.
        running: What must be stopped at the end.
    """

    port: int
    node_modules: Path
    work: Path
    running: ExitStack
    emulator: Emulator = field(init=False)
    terraform: Terraform = field(init=False)
    stack: Synthesized = field(init=False)
    cognito: LoopbackCognito = field(init=False)
    server: "subprocess.Popen[str]" = field(init=False)

    @property
    def url(self) -> str:
        """The page."""
        return f"http://localhost:{self.port}/"

    @property
    def configuration(self) -> Path:
        """The configuration of the application."""
        return self.work / "oidc.json"

    def look_around(self) -> str:
        """Finds out first what would fail later."""
        executable = find_terraform(os.environ)
        if not (self.node_modules / "oidc-client-ts").is_dir():
            raise DemoError(
                f"oidc-client-ts: not found in {self.node_modules}; run `make demo-app`, which "
                "installs it"
            )
        # A browser asks at IPv6 first, where servers for development often are.
        for address in _LOOPBACK:
            with suppress(OSError), socket.create_connection((address, self.port), timeout=1):
                raise DemoError(
                    f"port {self.port}: is in use by another program; stop it, or choose another "
                    f"port with `make demo-app PORT={self.port + 1}`"
                )
        return f"{executable}, port {self.port} is free"

    def start_emulator(self) -> str:
        """Starts the embedded AWS."""
        self.emulator = self.running.enter_context(running_emulator(self.work / "emulator.log"))
        return f"process {self.emulator.pid}, {self.emulator.endpoint}"

    def synthesize(self) -> str:
        """Writes the Terraform of the example, for this port."""
        stacks = synthesize(
            self.work / "out",
            *("-m", "examples.sample_application.main"),
            environment={"APPLICATION_URL": self.url},
        )
        self.stack = Synthesized.read(stacks / STACK / FILE)
        self.emulator.make_bucket(self.stack.bucket, self.stack.region)
        return f"examples/{STACK}/main.py, state in the bucket {self.stack.bucket}"

    def init(self) -> str:
        """Prepares a working folder with exactly what was synthesized."""
        self.terraform = demo_terraform.terraform_for(self.stack, self.emulator, work=self.work)
        return demo_terraform.init(self.terraform)

    def apply(self) -> str:
        """Creates pool, domain, client and scope."""
        return demo_terraform.apply(self.terraform)

    def configure(self) -> str:
        """Writes the configuration, as the documentation of the command shows it.

        A person's browser would look for the hosts of Cognito at AWS, so the configuration also
        says where they are here.
        """
        command = ("app-config", "--format", "oidc-client", "--output", str(self.configuration))
        subprocess.run(
            [sys.executable, "-m", "constructs_auth", *command],
            cwd=PROJECT,
            input=self.terraform.run("output", "-json"),
            text=True,
            encoding="utf-8",
            check=True,
        )
        settings = json.loads(self.configuration.read_text(encoding="utf-8"))
        self.cognito = self.running.enter_context(
            loopback_cognito(self.emulator, settings["authority"])
        )
        settings["metadataUrl"] = self.cognito.metadata_url
        self.configuration.write_text(json.dumps(settings), encoding="utf-8")
        return f"oidc.json, client {settings['client_id']}"

    def create_user(self) -> str:
        """Creates a user who can sign in."""
        cognito = self.emulator.cognito(self.stack.region)
        pool_id = self.cognito.issuer.rpartition("/")[2]
        cognito.admin_create_user(
            UserPoolId=pool_id,
            Username=EMAIL,
            UserAttributes=[{"Name": "email_verified", "Value": "true"}],
            MessageAction="SUPPRESS",
        )
        cognito.admin_set_user_password(
            UserPoolId=pool_id, Username=EMAIL, Password=PASSWORD, Permanent=True
        )
        return EMAIL

    def serve(self) -> str:
        """Serves page and API, as the README of the example shows it."""
        self.server = self.running.enter_context(
            subprocess.Popen(
                [
                    *(sys.executable, str(EXAMPLE / "server.py")),
                    *("--configuration", str(self.configuration)),
                    *("--node-modules", str(self.node_modules)),
                ],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                encoding="utf-8",
            )
        )
        self.running.callback(self._stop_server)
        said = self.server.stdout.readline() if self.server.stdout else ""
        if not said.startswith("serving "):
            raise DemoError(f"the server did not start: {said.strip()}")
        return f"process {self.server.pid}, {self.url}"

    def instructions(self) -> str:
        """What to do now."""
        return f"""
Your sign-in works. Open the page in a browser:

  page       {self.url}
  mailbox    {self.cognito.url}/_mailbox
  test user  {EMAIL}
  password   {PASSWORD}

Sign in as the test user. Or sign up with any address: its code is in the mailbox.
Everything runs on this machine, and is deleted when you press Ctrl-C.
"""

    def wait(self) -> None:
        """Waits as long as the server serves.

        Raises:
            DemoError: If it ends by itself.
        """
        said, _ = self.server.communicate()
        raise DemoError(f"the server has ended:\n{said}")

    def _stop_server(self) -> None:
        self.server.terminate()
        try:
            self.server.wait(_SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            self.server.kill()


def main() -> int:
    """Runs the demo until Ctrl-C, and returns its exit code."""
    parser = argparse.ArgumentParser(description="Deploys and serves the sample application.")
    parser.add_argument("--port", type=int, default=_PORT, help="the port of the page")
    parser.add_argument("--node-modules", type=Path, default=_NODE_MODULES, metavar="FOLDER")
    arguments = parser.parse_args()
    console = Console(highlight=False)
    # A terminal that is closed, and a caller that stops us, do as Ctrl-C does.
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.default_int_handler)
    progress = Progress(console=console)
    is_serving = False
    try:
        with (
            tempfile.TemporaryDirectory(prefix="constructs-auth-demo-") as work,
            ExitStack() as running,
        ):
            demo = Demo(
                port=arguments.port,
                node_modules=arguments.node_modules,
                work=Path(work),
                running=running,
            )
            deploy(demo, progress)
            is_serving = True
            console.print(demo.instructions(), markup=False, soft_wrap=True)
            demo.wait()
    except StepFailedError as failed:
        console.print(f"{failed}: failed, and everything was stopped", style="bold red")
        console.print(str(failed.__cause__), markup=False, soft_wrap=True)
        return 1
    except DemoError as error:
        console.print(f"{error}\nEverything was stopped.", markup=False, soft_wrap=True)
        return 1
    except KeyboardInterrupt:
        console.print("stopped; nothing is left" if is_serving else "interrupted; nothing is left")
        return 0 if is_serving else _INTERRUPTED
    return 0


def deploy(demo: Demo, progress: Progress) -> None:
    """Runs all steps.

    Raises:
        StepFailedError: At the first step that fails.
    """
    progress.step("look for Terraform and a free port", demo.look_around)
    progress.step("start the embedded AWS", demo.start_emulator)
    progress.step("write the Terraform", demo.synthesize)
    progress.step("terraform init", demo.init)
    progress.step("terraform apply", demo.apply)
    progress.step("write the configuration", demo.configure)
    progress.step("create a test user", demo.create_user)
    progress.step("serve page and API", demo.serve)


if __name__ == "__main__":
    sys.exit(main())
