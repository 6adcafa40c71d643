"""An apply that is stopped, locked out or killed loses nothing, and the next one finishes.

The emulator holds the call that makes the client, so that everything happens at the same moment in
every run: the user pool exists and the client does not. One deployment goes through all of it, in
the order of this file.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from tests.support.emulator import Emulator
from tests.support.synthesized import Synthesized
from tests.support.terraform import Finished, Terraform, TerraformError, TerraformProcess
from tests.terraform.conftest import NewFolder

_CALL = "CreateUserPoolClient"
_SECONDS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What there is at one moment.

    Attributes:
        keys: The keys in the bucket of the state.
        state: The state.
        pools: The ids of all user pools.
        clients: How many clients they have.
    """

    keys: list[str]
    state: str
    pools: list[str]
    clients: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Killed:
    """An apply that was killed, while another one was locked out.

    Attributes:
        before: What there was before the other one tried.
        locked_out: Why the other one failed.
        after: What there was after the first one had been killed.
    """

    before: Seen
    locked_out: TerraformError
    after: Seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovered:
    """An apply after one that was killed.

    Attributes:
        refused: Why it failed as long as the dead one's lock was there.
        said: What it printed when the lock had been removed.
        after: What there was at the end.
    """

    refused: TerraformError
    said: str
    after: Seen


@pytest.fixture(scope="module")
def terraform(new_folder: NewFolder) -> Terraform:
    """Terraform in a folder with the stack."""
    return new_folder("interruption")


@pytest.fixture(scope="module")
def stopped(terraform: Terraform, emulator: Emulator) -> Finished:
    """An apply that got the signal of Ctrl-C, or of a cancelled pipeline."""
    with apply_that_waits(terraform, emulator) as process:
        process.interrupt()
        return process.wait()


@pytest.fixture(scope="module")
def after_stop(stopped: Finished, emulator: Emulator, synthesized_stack: Synthesized) -> Seen:  # noqa: ARG001 - it must have happened
    """What there is after that."""
    return look(emulator, synthesized_stack)


@pytest.fixture(scope="module")
def killed(
    after_stop: Seen,  # noqa: ARG001 - it must have happened
    terraform: Terraform,
    emulator: Emulator,
    synthesized_stack: Synthesized,
) -> Killed:
    """An apply that was killed without a warning, after it had locked another one out."""
    with apply_that_waits(terraform, emulator) as process:
        before = look(emulator, synthesized_stack)
        with pytest.raises(TerraformError) as locked_out:
            terraform.apply()
        process.kill()
    return Killed(
        before=before, locked_out=locked_out.value, after=look(emulator, synthesized_stack)
    )


@pytest.fixture(scope="module")
def recovered(
    killed: Killed,  # noqa: ARG001 - it must have happened
    terraform: Terraform,
    emulator: Emulator,
    synthesized_stack: Synthesized,
) -> Recovered:
    """The next apply, after the lock of the dead one was removed."""
    with pytest.raises(TerraformError) as refused:
        terraform.apply()
    terraform.force_unlock(lock_id_in(refused.value))
    said = terraform.apply()
    return Recovered(refused=refused.value, said=said, after=look(emulator, synthesized_stack))


def test_a_stopped_apply_fails(stopped: Finished) -> None:
    """A pipeline sees that the apply did not finish."""
    assert stopped.exit_code == 1
    assert "Interrupt received" in stopped.output


def test_a_stopped_apply_keeps_what_it_made(
    after_stop: Seen, synthesized_stack: Synthesized
) -> None:
    """The state knows the user pool, and nobody is locked out."""
    (pool,) = after_stop.pools
    assert pool in after_stop.state
    assert after_stop.clients == 0
    assert after_stop.keys == [synthesized_stack.key]


def test_an_apply_locks_others_out(killed: Killed, synthesized_stack: Synthesized) -> None:
    """The other apply fails, and says that and where the state is locked."""
    said = killed.locked_out.output
    assert "Error acquiring the state lock" in said
    assert f"{synthesized_stack.bucket}/{synthesized_stack.key}" in said
    assert "OperationTypeApply" in said


def test_a_locked_out_apply_changes_nothing(killed: Killed) -> None:
    """State, pool and lock are as they were."""
    assert killed.after == killed.before


def test_a_killed_apply_leaves_the_state_and_its_lock(
    killed: Killed, after_stop: Seen, synthesized_stack: Synthesized
) -> None:
    """The pool stays in the state; the lock stays too, as nobody could remove it."""
    assert killed.after.state == after_stop.state
    assert killed.after.pools == after_stop.pools
    assert killed.after.keys == [synthesized_stack.key, synthesized_stack.lock_key]


def test_the_next_apply_names_the_lock_of_a_killed_one(recovered: Recovered) -> None:
    """It says which lock to remove, once one is sure that its owner is dead."""
    assert "Error acquiring the state lock" in recovered.refused.output
    assert re.search(r"ID: +\S+", recovered.refused.output)


def test_the_next_apply_finishes(
    recovered: Recovered, after_stop: Seen, synthesized_stack: Synthesized
) -> None:
    """It makes the client that was missing, in the pool that was there."""
    assert "Apply complete! Resources: 1 added, 0 changed, 0 destroyed." in recovered.said
    assert recovered.after.pools == after_stop.pools
    assert recovered.after.clients == 1
    assert recovered.after.keys == [synthesized_stack.key]


@contextmanager
def apply_that_waits(terraform: Terraform, emulator: Emulator) -> Iterator[TerraformProcess]:
    """Starts an apply and waits until it makes the client; that call is lost in the end."""
    emulator.gate("hold", _CALL)
    try:
        with terraform.start_apply() as process:
            emulator.wait_for_call(_CALL, seconds=_SECONDS)
            yield process
    finally:
        emulator.gate("drop", _CALL)


def look(emulator: Emulator, stack: Synthesized) -> Seen:
    """Looks at the bucket of the state and at Cognito."""
    s3 = emulator.s3(stack.region)
    listed = s3.list_objects_v2(Bucket=stack.bucket).get("Contents", [])
    state = s3.get_object(Bucket=stack.bucket, Key=stack.key)["Body"].read().decode()
    cognito = emulator.cognito(stack.region)
    pools = [pool["Id"] for pool in cognito.list_user_pools(MaxResults=60)["UserPools"]]
    clients = [cognito.list_user_pool_clients(UserPoolId=pool)["UserPoolClients"] for pool in pools]
    return Seen(
        keys=[found["Key"] for found in listed],
        state=state,
        pools=pools,
        clients=sum(len(of_pool) for of_pool in clients),
    )


def lock_id_in(error: TerraformError) -> str:
    """The id of the lock that Terraform complains about."""
    found = re.search(r"ID: +(\S+)", error.output)
    assert found is not None, error.output
    return found[1]
