"""The Terraform of a demo: in a folder of its own, with the embedded AWS behind it."""

import os
from pathlib import Path

from tests.emulator import Emulator
from tests.support.synthesized import Synthesized
from tests.support.terraform import Terraform, find_terraform, terraform_environment


def terraform_for(stack: Synthesized, emulator: Emulator, *, work: Path) -> Terraform:
    """Makes a working folder with exactly what was synthesized.

    Args:
        stack: What is deployed.
        emulator: The AWS that it is deployed to.
        work: Where the folder is made.
    """
    folder = work / "terraform"
    stack.copy_to(folder)
    return Terraform(
        folder=folder,
        executable=find_terraform(os.environ),
        environment=terraform_environment(os.environ, work=work) | emulator.environment(),
    )


def init(terraform: Terraform) -> str:
    """Prepares the folder; says which provider it installed."""
    said = terraform.init().splitlines()
    return next(line.strip("- ") for line in said if line.startswith("- Installed"))


def apply(terraform: Terraform) -> str:
    """Creates what the folder describes; says how much that was."""
    said = terraform.apply().splitlines()
    return next(line for line in said if line.startswith("Apply complete!"))
