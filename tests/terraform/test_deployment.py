"""One deployment of `main.py` with plain Terraform: applied, planned again, used and destroyed.

Commands of Terraform take seconds, so all tests share this one story; the fixtures tell it, the
tests look at what came of it. test_interruption.py has the applies that do not finish.
"""

import json
import re
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from constructs_auth import cli
from tests.emulator import Emulator
from tests.support.interruption import Seen, look
from tests.support.journey import Deployment, Journey
from tests.support.synthesized import FILE, Synthesized
from tests.support.terraform import Finished, Terraform
from tests.terraform.conftest import NewFolder


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """An apply, and what there was after it."""

    how: Finished
    after: Seen


@pytest.fixture(scope="module")
def terraform(new_folder: NewFolder) -> Terraform:
    """Terraform in an initialized folder with the stack."""
    return new_folder("deployment")


@pytest.fixture(scope="module")
def finished(terraform: Terraform, emulator: Emulator, synthesized_stack: Synthesized) -> Applied:
    """The stack is applied."""
    with terraform.start_apply() as process:
        how = process.wait()
    return Applied(how=how, after=look(emulator, synthesized_stack))


@pytest.fixture(scope="module")
def deployment(finished: Applied, terraform: Terraform) -> Deployment:  # noqa: ARG001 - it comes before
    """What the outputs name."""
    outputs = terraform.outputs()
    return Deployment(
        pool_id=outputs["user_pool_id"],
        client_id=outputs["user_pool_client_id"],
        pool_endpoint=outputs["user_pool_endpoint"],
    )


def test_is_run_unchanged(terraform: Terraform, synthesized_stack: Synthesized) -> None:
    """The emulator is reached through the environment alone."""
    assert (terraform.folder / FILE).read_bytes() == synthesized_stack.file.read_bytes()
    assert "127.0.0.1" not in synthesized_stack.file.read_text(encoding="utf-8")


def test_is_valid(terraform: Terraform) -> None:
    """Terraform and the provider's schema accept it, without a warning."""
    assert terraform.validate() == "Success! The configuration is valid.\n\n"


def test_plans_the_pool_and_its_client(finished: Applied) -> None:
    """The plan creates these two and nothing else."""
    assert re.findall(r"# (\S+) will be (\w+)", finished.how.output) == [
        ("aws_cognito_user_pool.exampleUserPool", "created"),
        ("aws_cognito_user_pool_client.exampleUserPoolClient", "created"),
    ]


def test_applies_both_and_unlocks_the_state(
    finished: Applied, synthesized_stack: Synthesized
) -> None:
    """The bucket holds the state, and no lock."""
    assert "Apply complete! Resources: 2 added, 0 changed, 0 destroyed." in finished.how.output
    assert finished.after.keys == [synthesized_stack.key]


def test_outputs_name_what_was_made(
    deployment: Deployment, finished: Applied, synthesized_stack: Synthesized
) -> None:
    """They are the ids of the pool and the client, and the pool's endpoint."""
    (pool,), (client,) = finished.after.pools, finished.after.clients
    assert deployment == Deployment(
        pool_id=pool,
        client_id=client,
        pool_endpoint=f"cognito-idp.{synthesized_stack.region}.amazonaws.com/{pool}",
    )


@pytest.mark.usefixtures("finished")
def test_leaves_no_state_in_the_folder(terraform: Terraform) -> None:
    """The state holds the client's secret, so it stays out of working folders."""
    assert not list(terraform.folder.glob("*.tfstate*"))


@pytest.mark.usefixtures("finished")
def test_plans_nothing_after_it_was_applied(terraform: Terraform) -> None:
    """The next plan, which refreshes the state first, is empty."""
    plan = terraform.plan()
    assert not plan.has_changes, plan.text


@pytest.mark.usefixtures("finished")
def test_a_hand_off_takes_it_over_without_a_change(
    terraform: Terraform, synthesized_stack: Synthesized, tmp_path: Path
) -> None:
    """What CDKTF's Terraform deployed, with its state in S3, a hand-off finds as it is."""
    stack, target = str(synthesized_stack.file.parent), tmp_path / "handed-over"
    assert cli.main(["handoff", stack, "--out", str(target), "--format", "hcl"]) == 0
    taken_over = replace(terraform, folder=target)
    taken_over.init()

    plan = taken_over.plan()
    assert not plan.has_changes, plan.text


# The SRP client asks for the time in a way that Python 3.12 warns about.
@pytest.mark.filterwarnings(r"ignore:datetime\.datetime\.utcnow:DeprecationWarning")
def test_serves_a_user(
    deployment: Deployment, emulator: Emulator, synthesized_stack: Synthesized
) -> None:
    """A user signs up and in, and is refused where they must be."""
    journey = Journey(
        cognito=emulator.cognito(synthesized_stack.region),
        keys_from=emulator.endpoint,
        deployment=deployment,
    )
    assert {name: action() for name, action in journey.steps()} == {
        "sign up with a weak password": "refused: InvalidPasswordException",
        "sign up": "user jane; a code went to j***@e***",
        "sign in before confirming": "refused: UserNotConfirmedException",
        "confirm with a wrong code": "refused: CodeMismatchException",
        "confirm": "the code was right",
        "sign in with a wrong password": "refused: NotAuthorizedException",
        "sign in": "by SRP: ID and access token for 60 minutes, and a refresh token",
        "check the tokens against the pool's keys": (
            "signed by the pool (RS256), for this client, not expired"
        ),
        "read the user with the access token": "jane@example.com, verified",
        "refresh": "a new access token",
        "revoke": "the refresh token and what came from it",
        "refresh and read the user, again": "refused: NotAuthorizedException",
    }


def test_is_destroyed_once_the_protection_is_off(
    deployment: Deployment, terraform: Terraform, emulator: Emulator, synthesized_stack: Synthesized
) -> None:
    """Nothing is left in Cognito, nor in the state; this ends the story."""
    cognito = emulator.cognito(synthesized_stack.region)
    cognito.update_user_pool(UserPoolId=deployment.pool_id, DeletionProtection="INACTIVE")
    terraform.destroy()
    after = look(emulator, synthesized_stack)
    assert after.pools == []
    assert json.loads(after.state)["resources"] == []
