"""Deploys what `make synth` wrote to an embedded AWS, signs a user up and in, and destroys it.

`make demo` runs it; the Terraform JSON of another synthesis may be given as an argument. It reaches
nothing but its own emulator, and leaves nothing behind.
"""

import signal
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from tests.emulator import Emulator, running_emulator
from tests.support import demo_terraform
from tests.support.journey import Deployment, Journey
from tests.support.progress import Progress, StepFailedError
from tests.support.synthesized import MADE_BY_SYNTH, Synthesized
from tests.support.terraform import Terraform, TerraformError

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient

_INTERRUPTED = 128 + signal.SIGINT


class DemoError(Exception):
    """The deployment did something else than it should."""


@dataclass(slots=True, kw_only=True)
class Demo:
    """The steps around the user's journey; each says in words what came of it.

    Attributes:
        stack: What is deployed.
        work: A folder for files of the demo's own.
        running: What must be stopped at the end.
    """

    stack: Synthesized
    work: Path
    running: ExitStack
    emulator: Emulator = field(init=False)
    terraform: Terraform = field(init=False)
    deployment: Deployment = field(init=False)

    def start_emulator(self) -> str:
        """Starts the embedded AWS."""
        self.emulator = self.running.enter_context(running_emulator(self.work / "emulator.log"))
        return f"process {self.emulator.pid}, {self.emulator.endpoint}"

    def make_bucket(self) -> str:
        """Makes the bucket of the state, which must exist before Terraform runs."""
        self.emulator.make_bucket(self.stack.bucket, self.stack.region)
        return f"{self.stack.bucket} in {self.stack.region}"

    def init(self) -> str:
        """Prepares a working folder with exactly what was synthesized."""
        self.terraform = demo_terraform.terraform_for(self.stack, self.emulator, work=self.work)
        return demo_terraform.init(self.terraform)

    def apply(self) -> str:
        """Makes the user pool and its client."""
        said = demo_terraform.apply(self.terraform)
        outputs = self.terraform.outputs()
        self.deployment = Deployment(
            pool_id=outputs["user_pool_id"],
            client_id=outputs["user_pool_client_id"],
            pool_endpoint=outputs["user_pool_endpoint"],
        )
        return said

    def state_is_in_s3(self) -> str:
        """The bucket holds the state, and the lock is gone."""
        listed = self.emulator.s3(self.stack.region).list_objects_v2(Bucket=self.stack.bucket)
        keys = [found["Key"] for found in listed.get("Contents", [])]
        if keys != [self.stack.key]:
            raise DemoError(f"the bucket should hold {self.stack.key} alone, it holds {keys}")
        return f"s3://{self.stack.bucket}/{self.stack.key}, not locked"

    def plan_is_empty(self) -> str:
        """A second plan finds nothing to change."""
        plan = self.terraform.plan()
        if plan.has_changes:
            raise DemoError(f"the second plan should be empty:\n{plan.text}")
        return "nothing to change"

    def destroy_is_refused(self) -> str:
        """Cognito does not delete a protected pool; Terraform has deleted the client by then."""
        try:
            self.terraform.destroy()
        except TerraformError as error:
            if "deletion protection is activated" not in error.output:
                raise
        else:
            raise DemoError("a protected user pool should not be destroyed")
        described = self.cognito().describe_user_pool(UserPoolId=self.deployment.pool_id)
        users = described["UserPool"]["EstimatedNumberOfUsers"]
        return f"refused: deletion protection kept the pool and its {users} user"

    def destroy(self) -> str:
        """Takes the protection off, as an operator would, and destroys the rest."""
        # UpdateUserPool resets what it is not told; the pool is about to go.
        self.cognito().update_user_pool(
            UserPoolId=self.deployment.pool_id, DeletionProtection="INACTIVE"
        )
        self.terraform.destroy()
        left = self.cognito().list_user_pools(MaxResults=1)["UserPools"]
        if left:
            raise DemoError(f"no user pool should be left, there is {left[0]['Id']}")
        return "no user pool is left"

    def stop_emulator(self) -> str:
        """Stops the embedded AWS by its process id."""
        self.running.close()
        return f"process {self.emulator.pid} has ended"

    def cognito(self) -> "CognitoIdentityProviderClient":
        """A client of the emulated Cognito."""
        return self.emulator.cognito(self.stack.region)


def main(file: Path = MADE_BY_SYNTH) -> int:
    """Runs the demo on a synthesized stack and returns its exit code."""
    console = Console(highlight=False)
    if not file.is_file():
        console.print(f"{file}: is missing; run `make synth` first", soft_wrap=True)
        return 1
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # stop as Ctrl-C does
    progress = Progress(console=console)
    try:
        with tempfile.TemporaryDirectory(prefix="constructs-auth-demo-") as work:
            run(progress, Synthesized.read(file), Path(work))
    except StepFailedError as failed:
        console.print(progress.table("What the demo did"))
        console.print(f"{failed}: failed, and everything was stopped", style="bold red")
        console.print(str(failed.__cause__), markup=False, soft_wrap=True)
        return 1
    except KeyboardInterrupt:
        console.print("interrupted; everything was stopped")
        return _INTERRUPTED
    console.print(progress.table("What the demo did"))
    return 0


def run(progress: Progress, stack: Synthesized, work: Path) -> None:
    """Runs all steps; stops everything at the end, at a failure and at Ctrl-C.

    Raises:
        StepFailedError: At the first step that fails.
    """
    with ExitStack() as running:
        demo = Demo(stack=stack, work=work, running=running)
        progress.step("start the embedded AWS", demo.start_emulator)
        progress.step("make the state bucket", demo.make_bucket)
        progress.step("terraform init", demo.init)
        progress.step("terraform apply", demo.apply)
        progress.step("look for the state", demo.state_is_in_s3)
        journey = Journey(
            cognito=demo.cognito(), keys_from=demo.emulator.endpoint, deployment=demo.deployment
        )
        for name, action in journey.steps():
            progress.step(name, action)
        progress.step("terraform plan, again", demo.plan_is_empty)
        progress.step("terraform destroy", demo.destroy_is_refused)
        progress.step("take the protection off, terraform destroy", demo.destroy)
        progress.step("stop the embedded AWS", demo.stop_emulator)


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
