"""One deployment of `main.py` with plain Terraform, through everything that may happen to it.

Its first apply is stopped, its second one locks another one out and is killed, the third one
finishes; then it is planned again, used and destroyed. Commands of Terraform take seconds, so that
all tests share this one story; the fixtures tell it, the tests look at what came of it.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from constructs_auth import cli
from tests.emulator import Emulator
from tests.support.interruption import Seen, apply_that_waits, lock_in, look
from tests.support.journey import Deployment, Journey
from tests.support.synthesized import FILE, Synthesized
from tests.support.terraform import Finished, Terraform, TerraformError
from tests.terraform.conftest import NewFolder


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """An apply, and what there was after it."""

    how: Finished
    after: Seen


@dataclass(frozen=True, slots=True, kw_only=True)
class LockedOut:
    """An apply that failed at the lock of another one, and what there was before and after."""

    why: TerraformError
    before: Seen
    after: Seen


@pytest.fixture(scope="module")
def stoppable(new_folder: NewFolder, own_provider: Mapping[str, str]) -> Terraform:
    """Terraform in a folder with the stack, with a provider that is stopped with it."""
    terraform = replace(new_folder("deployment"), environment=own_provider)
    terraform.init()
    return terraform


@pytest.fixture(scope="module")
def terraform(stoppable: Terraform, environment: Mapping[str, str]) -> Terraform:
    """Terraform in the same folder, for commands that are not stopped."""
    return replace(stoppable, environment=environment)


@pytest.fixture(scope="module")
def stopped(stoppable: Terraform, emulator: Emulator, synthesized_stack: Synthesized) -> Applied:
    """The first apply gets the signal of Ctrl-C, or of a cancelled pipeline."""
    with apply_that_waits(stoppable, emulator) as process:
        process.interrupt()
        how = process.wait()
    return Applied(how=how, after=look(emulator, synthesized_stack))


@pytest.fixture(scope="module")
def locked_out(
    stopped: Applied,  # noqa: ARG001 - it comes before
    stoppable: Terraform,
    emulator: Emulator,
    synthesized_stack: Synthesized,
) -> LockedOut:
    """The second apply locks another one out; then it is killed without a warning."""
    with apply_that_waits(stoppable, emulator) as process:
        before = look(emulator, synthesized_stack)
        with pytest.raises(TerraformError) as why:
            stoppable.apply()
        process.kill()
    return LockedOut(why=why.value, before=before, after=look(emulator, synthesized_stack))


@pytest.fixture(scope="module")
def finished(
    locked_out: LockedOut,
    terraform: Terraform,
    emulator: Emulator,
    synthesized_stack: Synthesized,
) -> Applied:
    """The third apply finishes, once the dead one's lock has been removed."""
    terraform.force_unlock(lock_in(locked_out.why))
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


def test_plans_the_pool_and_its_client(stopped: Applied) -> None:
    """The plan creates these two and nothing else."""
    assert re.findall(r"# (\S+) will be (\w+)", stopped.how.output) == [
        ("aws_cognito_user_pool.exampleUserPool", "created"),
        ("aws_cognito_user_pool_client.exampleUserPoolClient", "created"),
    ]


def test_a_stopped_apply_fails(stopped: Applied) -> None:
    """A pipeline sees that it did not finish."""
    assert stopped.how.exit_code == 1
    assert "Interrupt received" in stopped.how.output


def test_a_stopped_apply_keeps_what_it_made(
    stopped: Applied, synthesized_stack: Synthesized
) -> None:
    """The state knows the pool, and nobody is locked out."""
    (pool,) = stopped.after.pools
    assert pool in stopped.after.state
    assert stopped.after.clients == []
    assert stopped.after.keys == [synthesized_stack.key]


def test_an_apply_locks_others_out(locked_out: LockedOut, synthesized_stack: Synthesized) -> None:
    """The other one fails, and says which state is locked, and by what."""
    said = locked_out.why.output
    assert "Error acquiring the state lock" in said
    assert f"{synthesized_stack.bucket}/{synthesized_stack.key}" in said
    assert "OperationTypeApply" in said


def test_neither_a_locked_out_nor_a_killed_apply_loses_anything(
    locked_out: LockedOut, stopped: Applied, synthesized_stack: Synthesized
) -> None:
    """State and pool are as before; the lock stays too, as nobody could remove it."""
    assert locked_out.after == locked_out.before
    assert locked_out.after.state == stopped.after.state
    assert locked_out.after.keys == [synthesized_stack.key, synthesized_stack.lock_key]


def test_the_next_apply_finishes(
    finished: Applied, stopped: Applied, synthesized_stack: Synthesized
) -> None:
    """It makes the client that was missing, in the pool that was there, and unlocks the state."""
    assert "Apply complete! Resources: 1 added, 0 changed, 0 destroyed." in finished.how.output
    assert finished.after.pools == stopped.after.pools
    assert len(finished.after.clients) == 1
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
