"""Applies of `main.py` that are stopped, locked out and killed, and the one that finishes.

The first apply is stopped, the second one locks another one out and is killed, and the third one
finishes. Commands of Terraform take seconds, so all tests share this one story.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pytest

from tests.emulator import Emulator
from tests.support.interruption import Seen, apply_that_waits, lock_in, look
from tests.support.synthesized import Synthesized
from tests.support.terraform import Finished, Terraform, TerraformError
from tests.terraform.conftest import NewFolder

pytestmark = pytest.mark.thorough


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
